// The device's own key: Ed25519 (RFC 8032), by OpenSSL. It signs what the display says of itself
// and nothing else; it has no part in what may be shown.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "player/journal/row.h"

namespace noseon {

/// Movable; sign() may be called from any thread.
class DeviceKey {
 public:
  /// The key in `file` (PEM, PKCS #8). Where there is none, a new one is made, durable before it is
  /// used, readable by its owner alone (mode 0600). The public half stands beside it as a PEM whose
  /// name ends in ".pub" instead of ".key". What is there and cannot be used is never replaced:
  /// denied (others may read it), bad_format (no Ed25519 key), disk.
  [[nodiscard]] static Result<DeviceKey> open_or_make(const std::filesystem::path& file);

  DeviceKey(DeviceKey&&) noexcept;
  DeviceKey& operator=(DeviceKey&&) noexcept;
  ~DeviceKey();

  [[nodiscard]] const KeyBytes& public_half() const { return public_half_; }
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  struct Impl;
  explicit DeviceKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
  KeyBytes public_half_{};
};

/// A public half as DeviceKey writes it: device.pub. not_found, bad_format, too_large.
[[nodiscard]] Result<KeyBytes> read_public_half(const std::filesystem::path& file);

/// For people to compare: the first 16 bytes of the key's SHA-256, hexadecimal, in groups of four.
[[nodiscard]] std::string fingerprint(const KeyBytes& key);

[[nodiscard]] bool verifies(const KeyBytes& key, std::string_view message,
                            const Signature& signature);

}  // namespace noseon
