// Signatures of metadata: ed25519 (RFC 8032), ecdsa-sha2-nistp256 (FIPS 186-4, DER), and
// rsassa-pss-sha256 (RFC 8017, salt as long as the hash), by OpenSSL 3. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/trust/metadata.h"

namespace noseon {

/// SHA-256 over the canonical form of the key as metadata lists it (TUF 1.0.34, section 4.2);
/// `key.id` is not looked at.
[[nodiscard]] std::string key_id_of(const PublicKey& key);

/// Whether signatures of this key can be verified at all: a known type and scheme, and a key of
/// that curve, or of 2048 to 8192 bits.
[[nodiscard]] bool is_usable(const PublicKey& key);

/// Whether `signature_hex` is this key's over `message`. False for whatever cannot be verified: an
/// unknown type or scheme, hexadecimal that is none, a curve or length that is not the scheme's.
[[nodiscard]] bool verifies(const PublicKey& key, std::string_view message,
                            std::string_view signature_hex);

/// How many distinct keys of the role have a valid signature; a bad one is passed over, and so is
/// one by a key that the role does not have. A key that is listed under several ids counts once.
[[nodiscard]] std::int64_t count_valid(const KeysById& keys, const RoleKeys& role,
                                       std::string_view canonical,
                                       const std::vector<MetadataSignature>& signatures);

}  // namespace noseon
