// Metadata as it is published: what clients read of it, and who has signed.
#include "fleet/publish/metadata_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "fleet/trust/keys.h"
#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

using nlohmann::json;
using testing::HasSubstr;

SigningKey new_key() {
  return SigningKey::generate().value();
}

TimestampMetadata a_timestamp() {
  TimestampMetadata timestamp;
  timestamp.head = {7, kNow};
  timestamp.snapshot = meta_file_for(3, "bytes");
  return timestamp;
}

std::int64_t valid_signatures(const std::string& file, const Signers& of) {
  const auto parsed = parse_timestamp(file).value();
  KeysById keys;
  RoleKeys role;
  for (const SigningKey& key : of) {
    keys[key.public_key().id] = key.public_key();
    role.key_ids.push_back(key.public_key().id);
  }
  return count_valid(keys, role, parsed.canonical, parsed.signatures);
}

TEST(MetadataText, IsReadAsItWasWritten) {
  TimestampMetadata written = a_timestamp();
  written.issued = kNow - std::chrono::seconds{5};
  const SigningKey key = new_key();
  const std::string file = write_metadata(written, {key}).value();
  const TimestampMetadata read = parse_timestamp(file).value().content;
  EXPECT_EQ(read.head.version, 7);
  EXPECT_EQ(read.head.expires, kNow);
  EXPECT_EQ(read.snapshot.version, 3);
  EXPECT_EQ(read.snapshot.length, 5U);
  EXPECT_EQ(read.snapshot.sha256, sha256("bytes"));
  EXPECT_EQ(read.issued, written.issued);
  EXPECT_EQ(valid_signatures(file, {key}), 1);
}

TEST(MetadataText, SaysTheVersionOfTheSpecification) {
  EXPECT_EQ(metadata_json(a_timestamp())["spec_version"], "1.0.34");
}

TEST(MetadataText, OfADelegationIsReadAsItWasWritten) {
  const PublicKey key = new_key().public_key();
  TargetsMetadata written;
  written.head = {1, kNow};
  written.keys[key.id] = key;
  Delegation by_path{"a", {{key.id}, 2}, {"a/*", "b"}, {}, true};
  Delegation by_hash{"b", {{key.id}, 1}, {}, {"00", "f"}, false};
  written.delegations = {by_path, by_hash};
  const auto read = parse_targets(write_metadata(written, {}).value()).value().content;
  EXPECT_EQ(read.keys, written.keys);
  ASSERT_EQ(read.delegations.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read.delegations[i].name, written.delegations[i].name);
    EXPECT_EQ(read.delegations[i].keys, written.delegations[i].keys);
    EXPECT_EQ(read.delegations[i].paths, written.delegations[i].paths);
    EXPECT_EQ(read.delegations[i].path_hash_prefixes, written.delegations[i].path_hash_prefixes);
    EXPECT_EQ(read.delegations[i].is_terminating, written.delegations[i].is_terminating);
  }
}

TEST(MetadataText, TakesFieldsOfOnesOwn) {
  json content = metadata_json(a_timestamp());
  content["x-note"] = "노선\n\"1\"";
  const SigningKey key = new_key();
  const std::string file = sign_metadata(content, {key}).value();
  EXPECT_THAT(parse_timestamp(file).value().canonical, HasSubstr("\"x-note\":\"노선\n\\\"1\\\"\""));
  EXPECT_EQ(valid_signatures(file, {key}), 1);
  content["x-note"] = 0.5;
  EXPECT_THAT(sign_metadata(content, {key}), FailsWith(ErrorKind::bad_format));
}

TEST(MetadataText, IsSignedByOneOfficerAfterTheOther) {
  const Signers all = {new_key(), new_key(), new_key()};
  std::string file = write_metadata(a_timestamp(), {}).value();
  EXPECT_EQ(valid_signatures(file, all), 0);
  for (std::int64_t count = 1; count <= 3; ++count) {
    file = add_signatures(file, {all[static_cast<std::size_t>(count - 1)]}).value();
    EXPECT_EQ(valid_signatures(file, all), count);
  }
}

TEST(MetadataText, ASignatureOfTheSameKeyIsReplaced) {
  const SigningKey key = new_key();
  json tree = json::parse(write_metadata(a_timestamp(), {key}).value());
  tree["signatures"][0]["sig"] = "00";
  tree["x-outside"] = 1;
  const std::string file = add_signatures(tree.dump(), {key}).value();
  EXPECT_EQ(json::parse(file)["signatures"].size(), 1U);
  EXPECT_EQ(valid_signatures(file, {key}), 1);
  EXPECT_EQ(json::parse(file)["x-outside"], 1);
}

TEST(MetadataText, SignaturesAreAddedToNothingElse) {
  for (const char* text :
       {"", "[]", "{}", R"({"signed": {}})", R"({"signed": {}, "signatures": 1})",
        R"({"signed": {"a": 1.5}, "signatures": []})"}) {
    EXPECT_THAT(add_signatures(text, {new_key()}), FailsWith(ErrorKind::bad_format)) << text;
  }
}

TEST(MetadataText, TimesAreWholeSecondsOfUtc) {
  EXPECT_EQ(metadata_time(kNow), "2027-02-25T12:00:00Z");
  EXPECT_EQ(metadata_time(kNow + std::chrono::milliseconds{999}), "2027-02-25T12:00:00Z");
  EXPECT_EQ(metadata_time(Instant{std::chrono::milliseconds{-1}}), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace noseon
