// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);

/// Of what comes in pieces, so that a large file is never in memory whole.
class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  ~Sha256Stream();

  void add(std::string_view bytes);
  /// Of all that was added. Once, at the end.
  [[nodiscard]] Sha256 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(const Sha256& hash);
/// Of 64 hexadecimal digits in lower case; nothing for any other text.
[[nodiscard]] std::optional<Sha256> sha256_from_hex(std::string_view text);

}  // namespace noseon
