// Which keys count, and how often. The mathematics is held against Wycheproof in
// wycheproof_test.cc.
#include "fleet/trust/keys.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

#include "fleet/publish/signing_key.h"

namespace noseon {
namespace {

SigningKey new_key(KeyKind kind = KeyKind::ed25519) {
  return SigningKey::generate(kind).value();
}

KeysById listed(const std::vector<PublicKey>& keys) {
  KeysById by_id;
  for (const PublicKey& key : keys) by_id[key.id] = key;
  return by_id;
}

RoleKeys role_of(const KeysById& keys) {
  RoleKeys role;
  for (const auto& [id, key] : keys) role.key_ids.push_back(id);
  return role;
}

TEST(Keys, HaveTheirIdFromTheirCanonicalForm) {
  const PublicKey key{"", "ed25519", "ed25519", std::string(64, 'a')};
  EXPECT_EQ(key_id_of(key), to_hex(sha256(R"({"keytype":"ed25519","keyval":{"public":")" +
                                          std::string(64, 'a') + R"("},"scheme":"ed25519"})")));
}

TEST(Keys, OfEcdsaMayHaveEitherType) {
  const SigningKey key = new_key(KeyKind::ecdsa_p256);
  const std::string signature = key.sign("x").value().hex;
  PublicKey half = key.public_key();
  for (const char* type : {"ecdsa", "ecdsa-sha2-nistp256"}) {
    half.type = type;
    EXPECT_TRUE(verifies(half, "x", signature)) << type;
  }
  half.type = "ed25519";
  EXPECT_FALSE(verifies(half, "x", signature));
}

TEST(Keys, VerifyNothingUnderAnotherScheme) {
  for (const KeyKind kind : {KeyKind::ed25519, KeyKind::ecdsa_p256, KeyKind::rsa_3072}) {
    const SigningKey key = new_key(kind);
    const std::string signature = key.sign("x").value().hex;
    for (const char* scheme : {"ed25519", "ecdsa-sha2-nistp256", "rsassa-pss-sha256", "", "x"}) {
      PublicKey half = key.public_key();
      const bool is_right = half.scheme == scheme;
      half.scheme = scheme;
      EXPECT_EQ(verifies(half, "x", signature), is_right) << scheme;
      EXPECT_EQ(is_usable(half), is_right) << scheme;
    }
  }
}

TEST(Keys, OfRsaHave2048BitsAtLeast) {
  constexpr const char* kOf1024Bits =
      "-----BEGIN PUBLIC KEY-----\n"
      "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDrtYhW56bQQvAdyYi4wOxYl82w\n"
      "KKjHmM7vEirDweipJhXruihweYOtQeT6Gny5FmaV07RLA6n1oAfjUsd2i3x4vZdQ\n"
      "ROEusibYNAbCcF1Z5N8TBuWhMhIB73QdSylW+gRVQ5CzgWkBDttrBC3z9ueJyrvO\n"
      "FuowELzmTkD6VFVR6QIDAQAB\n"
      "-----END PUBLIC KEY-----\n";
  constexpr const char* kOf2048Bits =
      "-----BEGIN PUBLIC KEY-----\n"
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2zVeqFbCAgx2sYDhTk8U\n"
      "m6F3+W0BdlvA1JVJ42QQc8TE0e48CzfNhQ0GvamOoSkiwgOVJO3aZ/RCT4UGUdl2\n"
      "pczD/zSamDPOgVzsl/tNLTc3VL7+VhwuseEpseRbqdE8zQL7a2TceGHGduEVLv5T\n"
      "VnLeR1s2toD+hUuaRPj92hp5zhgs2TC0ZQDga0MyuS1n9Q9T1CHfX8IFyyFLUs6D\n"
      "iXanRzBXIkgY39QSwLSff2bJWydM+Qry1cQSsT3kfm04oLKM5eseDaJ8j0OVYJfW\n"
      "a6NKLn6rJBzGDwiiWTo/6eF6wAy0uQKMs0fUma6K4nOZiTTDo57K04jQqZZOxKjW\n"
      "KQIDAQAB\n"
      "-----END PUBLIC KEY-----\n";
  EXPECT_FALSE(is_usable({"", "rsa", "rsassa-pss-sha256", kOf1024Bits}));
  EXPECT_TRUE(is_usable({"", "rsa", "rsassa-pss-sha256", kOf2048Bits}));
}

TEST(Keys, SignaturesAreHexadecimal) {
  const SigningKey key = new_key();
  const std::string hex = key.sign("x").value().hex;
  for (const std::string& bad : {std::string(), hex + "0", hex + "00", hex.substr(2), hex + " ",
                                 "0x" + hex, std::string(128, 'g'), std::string(4096, '0')}) {
    EXPECT_FALSE(verifies(key.public_key(), "x", bad)) << bad.substr(0, 200);
  }
}

TEST(Keys, AreCountedOnceEach) {
  const SigningKey a = new_key();
  const SigningKey b = new_key(KeyKind::ecdsa_p256);
  const KeysById keys = listed({a.public_key(), b.public_key()});
  const RoleKeys role = role_of(keys);
  const MetadataSignature by_a = a.sign("x").value();
  const MetadataSignature by_b = b.sign("x").value();
  EXPECT_EQ(count_valid(keys, role, "x", {}), 0);
  EXPECT_EQ(count_valid(keys, role, "x", {by_a}), 1);
  EXPECT_EQ(count_valid(keys, role, "x", {by_a, by_b}), 2);
  EXPECT_EQ(count_valid(keys, role, "x", {by_a, by_a, by_a}), 1);
  EXPECT_EQ(count_valid(keys, role, "x", {by_b, b.sign("x").value()}), 1);
  EXPECT_EQ(count_valid(keys, role, "y", {by_a, by_b}), 0);
}

TEST(Keys, CountOnlyWhereTheRoleHasThem) {
  const SigningKey a = new_key();
  const SigningKey b = new_key();
  const KeysById keys = listed({a.public_key(), b.public_key()});
  const std::vector<MetadataSignature> both = {a.sign("x").value(), b.sign("x").value()};
  EXPECT_EQ(count_valid(keys, {{a.public_key().id}, 1}, "x", both), 1);
  EXPECT_EQ(count_valid(keys, {{"elsewhere"}, 1}, "x", both), 0);
  EXPECT_EQ(count_valid({}, role_of(keys), "x", both), 0);
}

TEST(Keys, WrittenInTwoWaysAreOneKey) {
  const SigningKey key = new_key();
  PublicKey twin = key.public_key();
  std::transform(twin.value.begin(), twin.value.end(), twin.value.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  twin.id = key_id_of(twin);
  const KeysById keys = listed({key.public_key(), twin});
  ASSERT_EQ(keys.size(), 2U);
  MetadataSignature signature = key.sign("x").value();
  MetadataSignature by_twin = signature;
  by_twin.key_id = twin.id;
  EXPECT_EQ(count_valid(keys, role_of(keys), "x", {by_twin}), 1);
  EXPECT_EQ(count_valid(keys, role_of(keys), "x", {signature, by_twin}), 1);
}

TEST(Keys, OfEcdsaUnderBothTypesAreOneKey) {
  const SigningKey key = new_key(KeyKind::ecdsa_p256);
  PublicKey twin = key.public_key();
  twin.type = "ecdsa-sha2-nistp256";
  twin.value += "\n";
  twin.id = key_id_of(twin);
  const KeysById keys = listed({key.public_key(), twin});
  const MetadataSignature signature = key.sign("x").value();
  EXPECT_EQ(count_valid(keys, role_of(keys), "x", {signature, {twin.id, signature.hex}}), 1);
}

}  // namespace
}  // namespace noseon
