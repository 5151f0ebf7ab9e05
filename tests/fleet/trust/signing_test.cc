// Keys made, kept, and signed with.
#include "fleet/publish/signing_key.h"

#include <gmock/gmock.h>

#include "fleet/publish/metadata_text.h"
#include "fleet/trust/keys.h"

namespace noseon {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SigningKey new_key(KeyKind kind = KeyKind::ed25519) {
  return SigningKey::generate(kind).value();
}

// Making a new one of RSA takes a good part of a second.
const SigningKey& one_key(KeyKind kind) {
  static const SigningKey ed25519 = new_key(KeyKind::ed25519);
  static const SigningKey ecdsa = new_key(KeyKind::ecdsa_p256);
  static const SigningKey rsa = new_key(KeyKind::rsa_3072);
  return kind == KeyKind::ed25519 ? ed25519 : kind == KeyKind::ecdsa_p256 ? ecdsa : rsa;
}

constexpr KeyKind kAllKinds[] = {KeyKind::ed25519, KeyKind::ecdsa_p256, KeyKind::rsa_3072};

TEST(SigningKeyTest, WhatItSignsItsPublicHalfVerifies) {
  for (const KeyKind kind : kAllKinds) {
    const SigningKey& key = one_key(kind);
    const MetadataSignature signature = key.sign("a poster").value();
    EXPECT_EQ(signature.key_id, key.public_key().id);
    EXPECT_TRUE(verifies(key.public_key(), "a poster", signature.hex)) << key.public_key().scheme;
    EXPECT_FALSE(verifies(key.public_key(), "a Poster", signature.hex)) << key.public_key().scheme;
    EXPECT_FALSE(verifies(new_key(kind).public_key(), "a poster", signature.hex));
  }
}

TEST(SigningKeyTest, IsTheSameWhenWrittenAndRead) {
  for (const KeyKind kind : kAllKinds) {
    const SigningKey& key = one_key(kind);
    const std::string pem = key.to_pem(std::nullopt).value();
    EXPECT_THAT(pem, StartsWith("-----BEGIN PRIVATE KEY-----\n"));
    EXPECT_FALSE(is_encrypted_key(pem));
    const SigningKey read = SigningKey::read(pem, std::nullopt).value();
    EXPECT_EQ(read.public_key(), key.public_key());
    EXPECT_TRUE(verifies(key.public_key(), "x", read.sign("x").value().hex));
  }
}

TEST(SigningKeyTest, EncryptedOpensWithItsPassphraseAlone) {
  const SigningKey key = new_key();
  const std::string pem = key.to_pem("부산 2027").value();
  EXPECT_THAT(pem, StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  EXPECT_TRUE(is_encrypted_key(pem));
  EXPECT_EQ(SigningKey::read(pem, "부산 2027").value().public_key(), key.public_key());
  EXPECT_EQ(SigningKey::read(pem, "부산 2028").error().kind, ErrorKind::denied);
  EXPECT_EQ(SigningKey::read(pem, "").error().kind, ErrorKind::denied);
  const Error error = SigningKey::read(pem, std::nullopt).error();
  EXPECT_EQ(error.kind, ErrorKind::denied);
  EXPECT_THAT(error.message, HasSubstr("asks for its passphrase"));
}

TEST(SigningKeyTest, EncryptedTwiceIsNeverTheSameText) {
  const SigningKey key = new_key();
  EXPECT_NE(key.to_pem("a").value(), key.to_pem("a").value());
}

TEST(SigningKeyTest, APassphraseHasOneTo1024Bytes) {
  const SigningKey key = new_key();
  EXPECT_EQ(key.to_pem("").error().kind, ErrorKind::bad_format);
  const std::string longest(1024, 'p');
  EXPECT_TRUE(SigningKey::read(key.to_pem(longest).value(), longest));
  EXPECT_EQ(key.to_pem(longest + "p").error().kind, ErrorKind::too_large);
}

TEST(SigningKeyTest, APassphraseThatNobodyAskedForIsIgnored) {
  const SigningKey key = new_key();
  EXPECT_TRUE(SigningKey::read(key.to_pem(std::nullopt).value(), "a passphrase"));
}

TEST(SigningKeyTest, ThatIsNoneIsRefused) {
  for (const char* text :
       {"", "key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}) {
    EXPECT_EQ(SigningKey::read(text, "p").error().kind, ErrorKind::bad_format) << text;
  }
  const std::string longest(kKeyFileBytesMax, ' ');
  EXPECT_EQ(SigningKey::read(longest, "p").error().kind, ErrorKind::bad_format);
  EXPECT_EQ(SigningKey::read(longest + " ", "p").error().kind, ErrorKind::too_large);
}

TEST(SigningKeyTest, OfACurveThatNobodyAcceptsIsRefused) {
  // openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1
  constexpr const char* kP384 =
      "-----BEGIN PRIVATE KEY-----\n"
      "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDD7Hf/Popz+TvymbTFa\n"
      "9K89yWEenHiQEG60Vn/OJw3PXA+aYb8u1MlG4hiBQqLwJHGhZANiAATAllvbcjOy\n"
      "LqeYVhM8ChH/IFMjIGbfDiqmIk03MCbirxuD5npSBO+9PH4WorfB7EaYbxVZQtOK\n"
      "b+ka9oDBjf6024QMsUkEQv5quV8+fzhK3RWezpw+55oSV3HYOT/bTVo=\n"
      "-----END PRIVATE KEY-----\n";
  const Error error = SigningKey::read(kP384, std::nullopt).error();
  EXPECT_EQ(error.kind, ErrorKind::bad_format);
  EXPECT_THAT(error.message, HasSubstr("P-256"));
}

TEST(SigningKeyTest, OfTwoHalvesThatDoNotBelongTogetherIsRefused) {
  // Of P-256, with the public half of another.
  constexpr const char* kMixed =
      "-----BEGIN PRIVATE KEY-----\n"
      "MHcCAQEEIGrMk9tvpB/2ZTOWcTUm4TY+oMcdx30LWmjOI8elbWbRoAoGCCqGSM49\n"
      "AwEHoUQDQgAEp98SnofAx/WKIXuw+rti9PGatozVTp+aiGnExSSzkLj+HrMH6QAb\n"
      "4Y2dIm0tHG/HXcAYtUE0ufSEWcXfJIS9Tg==\n"
      "-----END PRIVATE KEY-----\n";
  EXPECT_EQ(SigningKey::read(kMixed, std::nullopt).error().kind, ErrorKind::bad_format);
}

TEST(PublicKeyFile, IsReadAsItWasWritten) {
  for (const KeyKind kind : kAllKinds) {
    const PublicKey key = one_key(kind).public_key();
    EXPECT_EQ(read_public_key(write_public_key(key)).value(), key);
  }
}

TEST(PublicKeyFile, ThatVerifiesNothingIsRefused) {
  for (const char* text : {
           R"({"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": "00"}})",
           R"({"keytype": "ed448", "scheme": "ed448", "keyval": {"public": "00"}})",
           R"({"keytype": "rsa", "scheme": "rsassa-pss-sha256", "keyval": {"public": "x"}})",
           R"({"keytype": "ed25519", "scheme": "ed25519"})",
           "[]",
           "",
       }) {
    EXPECT_EQ(read_public_key(text).error().kind, ErrorKind::bad_format) << text;
  }
}

}  // namespace
}  // namespace noseon
