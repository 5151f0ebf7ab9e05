#include "fleet/publish/signing_key.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/check.h"
#include "base/hex.h"
#include "base/openssl.h"
#include "base/say.h"
#include "fleet/trust/keys.h"

namespace noseon {
namespace {

using openssl::Bio;
using openssl::bytes_of;
using openssl::Digest;
using openssl::Key;
using openssl::text_of;
using Pkcs8 = Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using EncryptedPkcs8 = Handle<X509_SIG, X509_SIG_free>;
using Algorithm = Handle<X509_ALGOR, X509_ALGOR_free>;

constexpr std::uint64_t kScryptN = 1U << 14U;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 5;
constexpr std::size_t kPassphraseBytesMax = 1024;  // what OpenSSL's PEM readers have room for

// None of it fails for what is given to it, but for memory or a machine without randomness.
Failure refused() {
  ERR_clear_error();
  return fail(ErrorKind::unavailable, say("OpenSSL could not work with the key"));
}

// What the public half is listed as; nothing for a kind that metadata does not know.
std::optional<PublicKey> kind_of(const EVP_PKEY* key) {
  PublicKey known;
  switch (EVP_PKEY_get_id(key)) {
    case EVP_PKEY_ED25519:
      known.type = known.scheme = "ed25519";
      return known;
    case EVP_PKEY_EC:
      known.type = "ecdsa";
      known.scheme = "ecdsa-sha2-nistp256";
      return known;
    case EVP_PKEY_RSA:
      known.type = "rsa";
      known.scheme = "rsassa-pss-sha256";
      return known;
    default:
      return std::nullopt;
  }
}

Result<std::string> public_value(EVP_PKEY* key) {
  if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) {
    std::vector<unsigned char> raw(32);
    std::size_t size = raw.size();
    if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1) return refused();
    return bytes_to_hex(raw);
  }
  const Bio bio = openssl::writer();
  if (PEM_write_bio_PUBKEY(bio.get(), key) != 1) return refused();
  return text_of(bio);
}

// A key is only as good as what verifies it: a curve or length that nobody accepts is found here.
Result<PublicKey> usable(PublicKey key) {
  if (is_usable(key)) return key;
  return fail(
      ErrorKind::bad_format,
      say("signatures of this key would be refused: of ECDSA the curve must be P-256, and an "
          "RSA key 2048 to 8192 bits long"));
}

Result<PublicKey> public_half(EVP_PKEY* key) {
  auto half = kind_of(key);
  if (!half) {
    return fail(ErrorKind::bad_format,
                say("the key is neither ed25519 nor ECDSA P-256 nor RSA; make one of these"));
  }
  ASSIGN_OR_RETURN(half->value, public_value(key));
  half->id = key_id_of(*half);
  return usable(*std::move(half));
}

// A file may hold halves of two keys; OpenSSL notices that of ECDSA alone.
Status check_halves(const SigningKey& key) {
  const auto signature = key.sign("noseon");
  if (signature && verifies(key.public_key(), "noseon", signature->hex)) return {};
  ERR_clear_error();
  return fail(ErrorKind::bad_format, say("the private and the public half are of two keys"));
}

struct Asked {
  std::optional<std::string_view> passphrase;
  bool was_asked = false;
};

// OpenSSL's pem_password_cb: how many bytes it wrote, or -1 for none.
int give_passphrase(char* out, int size, int /*is_writing*/, void* user) {
  auto& asked = *static_cast<Asked*>(user);
  asked.was_asked = true;
  if (!asked.passphrase || asked.passphrase->size() > static_cast<std::size_t>(size)) return -1;
  std::copy(asked.passphrase->begin(), asked.passphrase->end(), out);
  return static_cast<int>(asked.passphrase->size());
}

Failure cannot_open(const Asked& asked) {
  ERR_clear_error();
  if (!asked.was_asked) {
    return fail(ErrorKind::bad_format, say("not a private key as PKCS#8 PEM"));
  }
  return fail(ErrorKind::denied, asked.passphrase ? say("the passphrase is another one")
                                                  : say("the key asks for its passphrase"));
}

Result<std::string> encrypted_pem(EVP_PKEY* key, std::string_view passphrase) {
  if (passphrase.empty()) {
    return fail(ErrorKind::bad_format, say("an empty passphrase protects nothing"));
  }
  if (passphrase.size() > kPassphraseBytesMax) {
    return fail(ErrorKind::too_large,
                say("a passphrase has at most {} bytes", kPassphraseBytesMax));
  }
  const Pkcs8 plain(EVP_PKEY2PKCS8(key));
  Algorithm scrypt(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, kScryptN, kScryptR, kScryptP));
  if (!plain || !scrypt) return refused();
  const EncryptedPkcs8 encrypted(PKCS8_set0_pbe(
      passphrase.data(), static_cast<int>(passphrase.size()), plain.get(), scrypt.get()));
  if (!encrypted) return refused();
  scrypt.release();  // it is part of `encrypted` now
  const Bio bio = openssl::writer();
  if (PEM_write_bio_PKCS8(bio.get(), encrypted.get()) != 1) return refused();
  return text_of(bio);
}

Result<std::string> plain_pem(EVP_PKEY* key) {
  const Bio bio = openssl::secret_writer();
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return refused();
  }
  return text_of(bio);
}

Key generate_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::ecdsa_p256:
      return Key(EVP_EC_gen("P-256"));
    case KeyKind::rsa_3072:
      return Key(EVP_RSA_gen(3072));
    case KeyKind::ed25519:
      break;
  }
  return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

// RFC 8017 with a salt as long as the hash, which is what verifies() asks for.
bool set_pss(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

}  // namespace

struct SigningKey::Secret {
  Key key;
};

Result<SigningKey> SigningKey::generate(KeyKind kind) {
  Key key = generate_key(kind);
  if (!key) return refused();
  ASSIGN_OR_RETURN(PublicKey half, public_half(key.get()));
  return SigningKey(std::make_shared<Secret>(Secret{std::move(key)}), std::move(half));
}

Result<SigningKey> SigningKey::read(std::string_view pem,
                                    std::optional<std::string_view> passphrase) {
  if (pem.size() > kKeyFileBytesMax) {
    return fail(ErrorKind::too_large,
                say("a key file of {} bytes, at most {} are read", pem.size(), kKeyFileBytesMax));
  }
  Asked asked{passphrase};
  Key key(PEM_read_bio_PrivateKey(openssl::reader_of(pem).get(), nullptr, give_passphrase, &asked));
  if (!key) return cannot_open(asked);
  ASSIGN_OR_RETURN(PublicKey half, public_half(key.get()));
  SigningKey read(std::make_shared<Secret>(Secret{std::move(key)}), std::move(half));
  TRY(check_halves(read));
  return read;
}

Result<std::string> SigningKey::to_pem(std::optional<std::string_view> passphrase) const {
  return passphrase ? encrypted_pem(secret_->key.get(), *passphrase)
                    : plain_pem(secret_->key.get());
}

Result<MetadataSignature> SigningKey::sign(std::string_view message) const {
  EVP_PKEY* key = secret_->key.get();
  const Digest digest(EVP_MD_CTX_new());
  CHECK(digest);
  const EVP_MD* hash = EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
  EVP_PKEY_CTX* context = nullptr;  // owned by `digest`
  if (EVP_DigestSignInit(digest.get(), &context, hash, nullptr, key) != 1) return refused();
  if (EVP_PKEY_get_id(key) == EVP_PKEY_RSA && !set_pss(context)) return refused();
  std::vector<unsigned char> signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = signature.size();
  if (EVP_DigestSign(digest.get(), signature.data(), &size, bytes_of(message), message.size()) !=
      1) {
    return refused();
  }
  signature.resize(size);
  return MetadataSignature{public_key_.id, bytes_to_hex(signature)};
}

bool is_encrypted_key(std::string_view pem) {
  return pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != pem.npos ||
         pem.find("Proc-Type: 4,ENCRYPTED") != pem.npos;
}

std::string write_public_key(const PublicKey& key) {
  const nlohmann::json listed = {
      {"keytype", key.type}, {"scheme", key.scheme}, {"keyval", {{"public", key.value}}}};
  return listed.dump() + "\n";
}

Result<PublicKey> read_public_key(std::string_view json) {
  ASSIGN_OR_RETURN(PublicKey key, parse_public_key(json));
  return usable(std::move(key));
}

}  // namespace noseon
