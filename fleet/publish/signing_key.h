// Private keys of the roles: made, kept as PKCS#8 PEM, and signed with. The public halves are JSON
// as metadata lists keys. By OpenSSL 3.
//
// Encrypted files are PBES2 with AES-256-CBC under scrypt (RFC 8018, RFC 7914) at N = 2^14, r = 8,
// p = 5: 16 MiB and a good tenth of a second for each guess at the passphrase. OpenSSL's own tools
// read them, and refuse to spend more than 32 MiB.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/trust/metadata.h"

namespace noseon {

inline constexpr std::size_t kKeyFileBytesMax = 16'384;

enum class KeyKind {
  ed25519,
  ecdsa_p256,
  rsa_3072,  ///< for repositories that must have it; ours make none
};

/// Copies share the key. Any thread. The key's memory is wiped when the last copy goes.
class SigningKey {
 public:
  /// New, from the operating system's randomness.
  [[nodiscard]] static Result<SigningKey> generate(KeyKind kind = KeyKind::ed25519);
  /// denied: it is encrypted and there is no passphrase, or another one; bad_format: no PEM of a
  /// private key, or of a kind that metadata cannot have; too_large. A passphrase is ignored where
  /// the key is not encrypted.
  [[nodiscard]] static Result<SigningKey> read(std::string_view pem,
                                               std::optional<std::string_view> passphrase);

  /// Encrypted where there is a passphrase, else as it is: then the file must be nobody else's
  /// (mode 0600). bad_format for an empty passphrase.
  [[nodiscard]] Result<std::string> to_pem(std::optional<std::string_view> passphrase) const;
  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  /// The signature over `message`, as metadata lists it.
  [[nodiscard]] Result<MetadataSignature> sign(std::string_view message) const;

 private:
  struct Secret;
  SigningKey(std::shared_ptr<const Secret> secret, PublicKey public_key)
      : secret_(std::move(secret)), public_key_(std::move(public_key)) {}

  std::shared_ptr<const Secret> secret_;
  PublicKey public_key_;
};

/// Whether a key file asks for a passphrase.
[[nodiscard]] bool is_encrypted_key(std::string_view pem);

/// A public half as a file: {"keytype", "scheme", "keyval": {"public"}}, with a line break at the
/// end.
[[nodiscard]] std::string write_public_key(const PublicKey& key);
/// bad_format where it is none, or of a kind whose signatures nobody can verify.
[[nodiscard]] Result<PublicKey> read_public_key(std::string_view json);

}  // namespace noseon
