#include "fleet/trust/keys.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/hex.h"
#include "base/openssl.h"
#include "base/sha256.h"
#include "fleet/trust/canonical.h"

namespace noseon {
namespace {

using openssl::bytes_of;
using openssl::Digest;
using openssl::Key;
using openssl::QuietErrors;

constexpr std::size_t kEd25519Bytes = 32;
constexpr std::size_t kPemBytesMax = 8192;
constexpr int kRsaBitsMin = 2048;  // TUF 1.0.34, section 4.2
constexpr int kRsaBitsMax = 8192;  // a longer key would only cost time
constexpr std::size_t kSignatureBytesMax = kRsaBitsMax / 8;

Key ed25519_key(const std::string& hex) {
  const auto raw = bytes_from_hex(hex, kEd25519Bytes);
  if (!raw || raw->size() != kEd25519Bytes) return nullptr;
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(*raw), raw->size()));
}

Key pem_key(const std::string& pem) {
  if (pem.size() > kPemBytesMax) return nullptr;
  return Key(PEM_read_bio_PUBKEY(openssl::reader_of(pem).get(), nullptr, nullptr, nullptr));
}

bool is_p256(const EVP_PKEY* key) {
  std::array<char, 32> group{};
  return EVP_PKEY_get_id(key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
         std::string_view(group.data()) == "prime256v1";
}

bool is_rsa(const EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  return EVP_PKEY_get_id(key) == EVP_PKEY_RSA && bits >= kRsaBitsMin && bits <= kRsaBitsMax;
}

enum class Scheme { ed25519, ecdsa, rsa_pss, unknown };

// "ecdsa" is the key type of older metadata, "ecdsa-sha2-nistp256" the specification's; both are in
// use.
Scheme scheme_of(const PublicKey& key) {
  if (key.type == "ed25519" && key.scheme == "ed25519") return Scheme::ed25519;
  if ((key.type == "ecdsa" || key.type == "ecdsa-sha2-nistp256") &&
      key.scheme == "ecdsa-sha2-nistp256") {
    return Scheme::ecdsa;
  }
  if (key.type == "rsa" && key.scheme == "rsassa-pss-sha256") return Scheme::rsa_pss;
  return Scheme::unknown;
}

// Null where it is no key of its scheme.
Key open_key(const PublicKey& key) {
  switch (scheme_of(key)) {
    case Scheme::ed25519:
      return ed25519_key(key.value);
    case Scheme::ecdsa: {
      Key opened = pem_key(key.value);
      return opened && is_p256(opened.get()) ? std::move(opened) : nullptr;
    }
    case Scheme::rsa_pss: {
      Key opened = pem_key(key.value);
      return opened && is_rsa(opened.get()) ? std::move(opened) : nullptr;
    }
    case Scheme::unknown:
      break;
  }
  return nullptr;
}

// RFC 8017, 8.1.2, with MGF1 of the same hash and a salt as long as it. A signer's other choice is
// refused: nobody needs it, and each freedom here is one for a forger.
bool set_pss(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

bool verifies_bytes(EVP_PKEY* key, Scheme scheme, std::string_view message,
                    std::string_view signature) {
  const Digest digest(EVP_MD_CTX_new());
  CHECK(digest);
  const EVP_MD* hash = scheme == Scheme::ed25519 ? nullptr : EVP_sha256();
  EVP_PKEY_CTX* context = nullptr;  // owned by `digest`
  if (EVP_DigestVerifyInit(digest.get(), &context, hash, nullptr, key) != 1) return false;
  if (scheme == Scheme::rsa_pss && !set_pss(context)) return false;
  return EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(message),
                          message.size()) == 1;
}

bool verifies_with(const Key& key, Scheme scheme, std::string_view message,
                   std::string_view signature_hex) {
  if (!key) return false;
  const auto signature = bytes_from_hex(signature_hex, kSignatureBytesMax);
  return signature && !signature->empty() && verifies_bytes(key.get(), scheme, message, *signature);
}

}  // namespace

std::string key_id_of(const PublicKey& key) {
  const nlohmann::json listed = {
      {"keytype", key.type}, {"scheme", key.scheme}, {"keyval", {{"public", key.value}}}};
  return to_hex(sha256(canonical_json(listed).value()));
}

bool is_usable(const PublicKey& key) {
  const QuietErrors quiet;
  return open_key(key) != nullptr;
}

bool verifies(const PublicKey& key, std::string_view message, std::string_view signature_hex) {
  const QuietErrors quiet;
  return verifies_with(open_key(key), scheme_of(key), message, signature_hex);
}

std::int64_t count_valid(const KeysById& keys, const RoleKeys& role, std::string_view canonical,
                         const std::vector<MetadataSignature>& signatures) {
  const QuietErrors quiet;
  const std::set<std::string_view> ids(role.key_ids.begin(), role.key_ids.end());
  std::vector<Key> counted;
  for (const MetadataSignature& signature : signatures) {
    const auto listed = keys.find(signature.key_id);
    if (listed == keys.end() || !ids.contains(signature.key_id)) continue;
    Key key = open_key(listed->second);
    const bool is_valid = verifies_with(key, scheme_of(listed->second), canonical, signature.hex);
    // One key may be listed under several ids, with other fields beside it or another "keytype".
    const bool is_new = std::none_of(counted.begin(), counted.end(), [&](const Key& other) {
      return EVP_PKEY_eq(other.get(), key.get()) == 1;
    });
    if (is_valid && is_new) counted.push_back(std::move(key));
  }
  return static_cast<std::int64_t>(counted.size());
}

}  // namespace noseon
