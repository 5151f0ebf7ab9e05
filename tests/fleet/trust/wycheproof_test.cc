// C2SP/wycheproof, where it lies beside the checkout: every invalid signature is refused, every
// valid one accepted. What is "acceptable" (valid in a form that a strict reader refuses) is
// refused too, for metadata has no legacy; of these three files none is.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/files.h"
#include "fleet/trust/keys.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

struct Tally {
  int valid = 0;
  int invalid = 0;
  int acceptable = 0;
};

class Wycheproof : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(folder_)) GTEST_SKIP() << folder_ << " is not there";
  }

  // `key_of(group)` is the group's key as metadata lists it.
  template <class KeyOf>
  Tally hold(const std::string& name, KeyOf key_of) {
    const json file = json::parse(read_file(folder_ / name, 16U << 20U).value());
    Tally tally;
    for (const json& group : file["testGroups"]) {
      const PublicKey key = key_of(group);
      for (const json& test : group["tests"]) hold_one(key, test, tally);
    }
    return tally;
  }

 private:
  static void hold_one(const PublicKey& key, const json& test, Tally& tally) {
    const std::string result = test["result"];
    const bool accepted = verifies(key, from_hex(test["msg"]), test["sig"].get<std::string>());
    EXPECT_EQ(accepted, result == "valid") << test.dump();
    tally.valid += result == "valid" ? 1 : 0;
    tally.invalid += result == "invalid" ? 1 : 0;
    tally.acceptable += result == "acceptable" ? 1 : 0;
  }

  fs::path folder_ =
      fs::path(NOSEON_SOURCE_DIR) / "../shared/corpora/sig-wycheproof/testvectors_v1";
};

TEST_F(Wycheproof, Ed25519) {
  const Tally tally = hold("ed25519_test.json", [](const json& group) {
    return PublicKey{"", "ed25519", "ed25519", group["publicKey"]["pk"]};
  });
  EXPECT_EQ(tally.valid, 88);
  EXPECT_EQ(tally.invalid, 63);
  EXPECT_EQ(tally.acceptable, 0);
}

TEST_F(Wycheproof, EcdsaOverP256) {
  const Tally tally = hold("ecdsa_secp256r1_sha256_test.json", [](const json& group) {
    return PublicKey{"", "ecdsa", "ecdsa-sha2-nistp256", group["publicKeyPem"]};
  });
  EXPECT_EQ(tally.valid, 174);
  EXPECT_EQ(tally.invalid, 310);
  EXPECT_EQ(tally.acceptable, 0);
}

TEST_F(Wycheproof, RsaPss) {
  const Tally tally = hold("rsa_pss_2048_sha256_mgf1_32_test.json", [](const json& group) {
    return PublicKey{"", "rsa", "rsassa-pss-sha256", group["publicKeyPem"]};
  });
  EXPECT_EQ(tally.valid, 63);
  EXPECT_EQ(tally.invalid, 45);
  EXPECT_EQ(tally.acceptable, 0);
}

}  // namespace
}  // namespace noseon
