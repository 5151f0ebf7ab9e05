// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(const Sha256& hash);
/// Of 64 hexadecimal digits in lower case; nothing for any other text.
[[nodiscard]] std::optional<Sha256> sha256_from_hex(std::string_view text);

}  // namespace noseon
