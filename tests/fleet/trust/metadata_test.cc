// The form of metadata: what is refused before anybody asks who signed it.
#include "fleet/trust/metadata.h"

#include <gmock/gmock.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "fleet/publish/metadata_text.h"
#include "fleet/trust/canonical.h"
#include "fleet/trust/keys.h"
#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// A small repository whose files are spoilt, one field at a time.
class Form : public testing::Test {
 protected:
  Form() : repository_(kNow) {
    repository_.delegate("targets", "khojaly", {"khojaly/*"});
    repository_.add_target("targets", "a.json", "a");
    repository_.publish();
  }

  json file(const std::string& name) { return json::parse(repository_.metadata(name)); }

  // What the parser says of the file after `change` was made to it.
  template <class Parse>
  Status after(const std::string& name, Parse parse, const std::function<void(json&)>& change) {
    json tree = file(name);
    change(tree);
    const auto parsed = parse(tree.dump());
    if (parsed) return {};
    EXPECT_FALSE(parsed.error().message.empty());
    return fail(parsed.error());
  }
  Status root(const std::function<void(json&)>& change) {
    return after("1.root.json", parse_root, change);
  }
  Status timestamp(const std::function<void(json&)>& change) {
    return after("timestamp.json", parse_timestamp, change);
  }
  Status snapshot(const std::function<void(json&)>& change) {
    return after("2.snapshot.json", parse_snapshot, change);
  }
  Status targets(const std::function<void(json&)>& change) {
    return after("2.targets.json", parse_targets, change);
  }
  Status delegation(const std::function<void(json&)>& change) {
    return targets([&](json& tree) { change(tree["signed"]["delegations"]["roles"][0]); });
  }

  RepositorySimulator repository_;
};

constexpr auto kBad = ErrorKind::bad_format;

TEST_F(Form, WhatIsPublishedIsReadAsItWasWritten) {
  const auto root = parse_root(repository_.metadata("1.root.json")).value();
  EXPECT_EQ(root.content.head.version, 1);
  EXPECT_EQ(root.content.head.expires, repository_.root.head.expires);
  EXPECT_TRUE(root.content.is_consistent_snapshot);
  EXPECT_EQ(root.content.keys, repository_.root.keys);
  EXPECT_EQ(root.content.targets, repository_.root.targets);
  const auto timestamp = parse_timestamp(repository_.metadata("timestamp.json")).value();
  EXPECT_EQ(timestamp.content.snapshot.version, 2);
  EXPECT_EQ(timestamp.content.snapshot.sha256, repository_.timestamp.snapshot.sha256);
  const auto snapshot = parse_snapshot(repository_.metadata("2.snapshot.json")).value();
  EXPECT_EQ(snapshot.content.roles.at("khojaly").version, 1);
  EXPECT_EQ(snapshot.content.roles.at("targets").version, 2);
  const auto targets = parse_targets(repository_.metadata("2.targets.json")).value();
  EXPECT_EQ(targets.content.targets, repository_.roles["targets"].targets);
  ASSERT_EQ(targets.content.delegations.size(), 1U);
  EXPECT_EQ(targets.content.delegations[0].name, "khojaly");
  EXPECT_THAT(targets.content.delegations[0].paths, testing::ElementsAre("khojaly/*"));
}

TEST_F(Form, UnknownFieldsAreKeptInWhatIsVerified) {
  json tree = file("1.root.json");
  tree["signed"]["x-more"] = {{"b", 1}, {"a", "\n"}};
  const auto parsed = parse_root(tree.dump()).value();
  EXPECT_THAT(parsed.canonical, HasSubstr("\"x-more\":{\"a\":\"\n\",\"b\":1}"));
}

TEST_F(Form, AFloatAnywhereInWhatIsSignedIsRefused) {
  EXPECT_THAT(root([](json& tree) { tree["signed"]["x-more"] = 1.5; }), FailsWith(kBad));
  EXPECT_THAT(root([](json& tree) { tree["signed"]["version"] = 1.0; }), FailsWith(kBad));
  EXPECT_THAT(root([](json& tree) { tree["x-outside"] = 1.5; }), Succeeds());
}

TEST_F(Form, ANameThatStandsTwiceIsRefused) {
  std::string text = repository_.metadata("timestamp.json");
  text.insert(text.find("\"version\""), "\"version\":1,");
  EXPECT_THAT(parse_timestamp(text), FailsWith(kBad));
}

TEST_F(Form, WhatIsNoMetadataIsRefused) {
  for (const char* text : {"", "[]", "{}", "7", "{\"signed\": 1, \"signatures\": []}",
                           "{\"signed\": {}}", "{\"signed\": {}, \"signatures\": {}}"}) {
    EXPECT_THAT(parse_root(text), FailsWith(kBad)) << text;
    EXPECT_THAT(parse_timestamp(text), FailsWith(kBad)) << text;
    EXPECT_THAT(parse_snapshot(text), FailsWith(kBad)) << text;
    EXPECT_THAT(parse_targets(text), FailsWith(kBad)) << text;
  }
}

TEST_F(Form, OneRoleIsNeverTakenForAnother) {
  EXPECT_THAT(parse_root(repository_.metadata("timestamp.json")), FailsWith(kBad));
  EXPECT_THAT(parse_timestamp(repository_.metadata("2.snapshot.json")), FailsWith(kBad));
  EXPECT_THAT(parse_snapshot(repository_.metadata("timestamp.json")), FailsWith(kBad));
  EXPECT_THAT(parse_targets(repository_.metadata("2.snapshot.json")), FailsWith(kBad));
  EXPECT_THAT(snapshot([](json& tree) { tree["signed"]["_type"] = "timestamp"; }), FailsWith(kBad));
}

TEST_F(Form, IsReadAtExactlyTheCapOnBytesAndRefusedAtOneMore) {
  const auto at = [&](std::string text, std::uint64_t size) {
    text.resize(size, ' ');
    return text;
  };
  const std::string root = repository_.metadata("1.root.json");
  EXPECT_THAT(parse_root(at(root, 512'000)), Succeeds());
  EXPECT_THAT(parse_root(at(root, 512'001)), FailsWith(ErrorKind::too_large));
  const std::string timestamp = repository_.metadata("timestamp.json");
  EXPECT_THAT(parse_timestamp(at(timestamp, 16'384)), Succeeds());
  EXPECT_THAT(parse_timestamp(at(timestamp, 16'385)), FailsWith(ErrorKind::too_large));
  const std::string snapshot = repository_.metadata("2.snapshot.json");
  EXPECT_THAT(parse_snapshot(at(snapshot, 2'000'000)), Succeeds());
  EXPECT_THAT(parse_snapshot(at(snapshot, 2'000'001)), FailsWith(ErrorKind::too_large));
  const std::string targets = repository_.metadata("2.targets.json");
  EXPECT_THAT(parse_targets(at(targets, 5'000'000)), Succeeds());
  EXPECT_THAT(parse_targets(at(targets, 5'000'001)), FailsWith(ErrorKind::too_large));
}

// ---- What all roles have
// -------------------------------------------------------------------------

TEST_F(Form, TheMajorVersionOfTheSpecificationIsOurs) {
  const auto with = [&](const char* version) {
    return timestamp([&](json& tree) { tree["signed"]["spec_version"] = version; });
  };
  for (const char* version : {"1.0.34", "1.0", "1.99.0", "1.0.0"}) {
    EXPECT_THAT(with(version), Succeeds()) << version;
  }
  for (const char* version :
       {"2.0.0", "0.9", "1", "1.", "10.0.0", "1.x", "", "1.0.", "1.0.0.0", "1.0.x"}) {
    EXPECT_THAT(with(version), FailsWith(kBad)) << version;
  }
}

TEST_F(Form, VersionsGoFromOneToWhatEveryReaderOfJsonKeeps) {
  const auto with = [&](const json& version) {
    return targets([&](json& tree) { tree["signed"]["version"] = version; });
  };
  EXPECT_THAT(with(1), Succeeds());
  EXPECT_THAT(with(9'007'199'254'740'991), Succeeds());
  EXPECT_THAT(with(9'007'199'254'740'992), FailsWith(kBad));
  EXPECT_THAT(with(INT64_MAX), FailsWith(kBad));
  EXPECT_THAT(with(0), FailsWith(kBad));
  EXPECT_THAT(with(-1), FailsWith(kBad));
  EXPECT_THAT(with(1ULL << 63U), FailsWith(kBad));
  EXPECT_THAT(with("1"), FailsWith(kBad));
  EXPECT_THAT(with(nullptr), FailsWith(kBad));
  EXPECT_THAT(with(true), FailsWith(kBad));
}

TEST_F(Form, AVersionPastUint64IsRefusedAndNotRounded) {
  std::string text = repository_.metadata("timestamp.json");
  const auto at = text.rfind("\"version\":2");
  ASSERT_NE(at, text.npos);
  text.replace(at, 11, "\"version\":18446744073709551617");
  EXPECT_THAT(parse_timestamp(text), FailsWith(kBad));
}

TEST_F(Form, ExpiresIsWrittenInOneWay) {
  const auto with = [&](const json& expires) {
    return root([&](json& tree) { tree["signed"]["expires"] = expires; });
  };
  EXPECT_THAT(with("2028-02-29T23:59:59Z"), Succeeds());
  for (const char* text :
       {"2027-02-29T00:00:00Z", "2028-02-29T23:59:60Z", "2028-02-29T23:59:59", "2028-02-29",
        "2028-02-29T23:59:59+00:00", "2028-02-29 23:59:59Z", "2028-02-29T23:59:59z",
        "2028-02-29T23:59:59.5Z", "2028-02-29T23:59Z", " 2028-02-29T23:59:59Z", ""}) {
    EXPECT_THAT(with(text), FailsWith(kBad)) << text;
  }
  EXPECT_THAT(with(1'900'000'000), FailsWith(kBad));
}

TEST_F(Form, AKeySignsOnce) {
  EXPECT_THAT(root([](json& tree) {
                tree["signatures"].push_back({{"keyid", "elsewhere"}, {"sig", ""}});
              }),
              Succeeds());
  EXPECT_THAT(root([](json& tree) { tree["signatures"].push_back(tree["signatures"][0]); }),
              FailsWith(kBad));
}

TEST_F(Form, ASignatureHasAKeyIdAndAText) {
  for (const json& entry : {json(1), json::object(), json{{"keyid", "a"}}, json{{"sig", "a"}},
                            json{{"keyid", 1}, {"sig", "00"}}, json{{"keyid", "a"}, {"sig", 0}}}) {
    EXPECT_THAT(root([&](json& tree) { tree["signatures"].push_back(entry); }), FailsWith(kBad))
        << entry;
  }
}

// ---- Keys and roles
// ------------------------------------------------------------------------------

TEST_F(Form, AKeyIdThatIsNotTheKeysIsRefused) {
  EXPECT_THAT(root([](json& tree) {
                json& keys = tree["signed"]["keys"];
                const json key = keys.begin().value();
                keys["0000"] = key;
              }),
              FailsWith(kBad));
  EXPECT_THAT(targets([](json& tree) {
                json& keys = tree["signed"]["delegations"]["keys"];
                keys.begin().value()["keyval"]["public"] = std::string(64, '0');
              }),
              FailsWith(kBad));
}

TEST_F(Form, AKeyIdMayCoverFieldsThatARepositoryAdded) {
  EXPECT_THAT(root([](json& tree) {
                json& keys = tree["signed"]["keys"];
                json key = keys.begin().value();
                key["keyid_hash_algorithms"] = {"sha256"};
                keys[to_hex(sha256(canonical_json(key).value()))] = key;
              }),
              Succeeds());
}

TEST_F(Form, FieldsMayBeAddedToAKeyThatHasItsIdAlready) {
  EXPECT_THAT(root([](json& tree) {
                tree["signed"]["keys"].begin().value()["x-holder"] = "control centre";
              }),
              Succeeds());
}

TEST_F(Form, KeysOfUnknownKindsAreKept) {
  const PublicKey key{"", "sphincs", "sphincs-128", "00"};
  EXPECT_THAT(root([&](json& tree) {
                tree["signed"]["keys"][key_id_of(key)] = {{"keytype", "sphincs"},
                                                          {"scheme", "sphincs-128"},
                                                          {"keyval", {{"public", "00"}}}};
              }),
              Succeeds());
}

TEST_F(Form, ThresholdsBeginWithOne) {
  const auto with = [&](const json& threshold) {
    return root([&](json& tree) { tree["signed"]["roles"]["targets"]["threshold"] = threshold; });
  };
  EXPECT_THAT(with(1), Succeeds());
  EXPECT_THAT(with(INT64_MAX), Succeeds());  // and is never reached
  for (const json& threshold : {json(0), json(-1), json(1.0), json("1"), json(1ULL << 63U)}) {
    EXPECT_THAT(with(threshold), FailsWith(kBad)) << threshold;
    EXPECT_THAT(delegation([&](json& role) { role["threshold"] = threshold; }), FailsWith(kBad));
  }
}

TEST_F(Form, AKeyIdStandsOnceInARole) {
  EXPECT_THAT(root([](json& tree) {
                json& ids = tree["signed"]["roles"]["snapshot"]["keyids"];
                ids.push_back(ids[0]);
              }),
              FailsWith(kBad));
  EXPECT_THAT(delegation([](json& role) { role["keyids"].push_back(role["keyids"][0]); }),
              FailsWith(kBad));
}

TEST_F(Form, ARootHasAllTopLevelRoles) {
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) {
    EXPECT_THAT(root([&](json& tree) { tree["signed"]["roles"].erase(role); }), FailsWith(kBad))
        << role;
  }
  EXPECT_THAT(root([](json& tree) {
                tree["signed"]["roles"]["mirrors"] = tree["signed"]["roles"]["root"];
              }),
              Succeeds());
}

TEST_F(Form, ConsistentSnapshotsAreOffWhereNothingIsSaid) {
  json tree = file("1.root.json");
  tree["signed"].erase("consistent_snapshot");
  EXPECT_FALSE(parse_root(tree.dump()).value().content.is_consistent_snapshot);
  EXPECT_THAT(root([](json& t) { t["signed"]["consistent_snapshot"] = "yes"; }), FailsWith(kBad));
}

// ---- Timestamp and snapshot
// ----------------------------------------------------------------------

TEST_F(Form, ATimestampNamesTheSnapshotAndNothingElse) {
  EXPECT_THAT(timestamp([](json& tree) { tree["signed"]["meta"].erase("snapshot.json"); }),
              FailsWith(kBad));
  EXPECT_THAT(timestamp([](json& tree) {
                json& meta = tree["signed"]["meta"];
                meta["targets.json"] = meta["snapshot.json"];
              }),
              FailsWith(kBad));
}

TEST_F(Form, ASnapshotListsTheTopLevelTargets) {
  EXPECT_THAT(snapshot([](json& tree) { tree["signed"]["meta"].erase("targets.json"); }),
              FailsWith(kBad));
  EXPECT_THAT(snapshot([](json& tree) { tree["signed"]["meta"].erase("khojaly.json"); }),
              Succeeds());
}

TEST_F(Form, ASnapshotListsFilesOfRoles) {
  for (const char* name : {"khojaly", ".json", "khojaly.jso"}) {
    EXPECT_THAT(snapshot([&](json& tree) {
                  tree["signed"]["meta"][name] = {{"version", 1}};
                }),
                FailsWith(kBad))
        << name;
  }
}

TEST_F(Form, LengthAndHashMayBeLeftOutButNotBeWrong) {
  const auto with = [&](const json& entry) {
    return snapshot([&](json& tree) { tree["signed"]["meta"]["khojaly.json"] = entry; });
  };
  EXPECT_THAT(with({{"version", 1}}), Succeeds());
  EXPECT_THAT(with({{"version", 1}, {"length", 0}}), Succeeds());
  EXPECT_THAT(with({{"version", 0}}), FailsWith(kBad));
  EXPECT_THAT(with({{"version", kVersionMax}}), Succeeds());
  EXPECT_THAT(with({{"version", kVersionMax + 1}}), FailsWith(kBad));
  EXPECT_THAT(with({{"length", 1}}), FailsWith(kBad));
  EXPECT_THAT(with({{"version", 1}, {"length", -1}}), FailsWith(kBad));
  EXPECT_THAT(with({{"version", 1}, {"hashes", json::object()}}), FailsWith(kBad));
  EXPECT_THAT(with({{"version", 1}, {"hashes", {{"sha256", "ABCD"}}}}), FailsWith(kBad));
  EXPECT_THAT(with({{"version", 1}, {"hashes", {{"sha512", "00"}}}}), FailsWith(kBad));
}

TEST_F(Form, WhenATimestampWasIssuedIsReadWhereItIsWell) {
  const auto with = [&](const json& issued) {
    json tree = file("timestamp.json");
    tree["signed"]["x-issued"] = issued;
    return parse_timestamp(tree.dump()).value().content.issued;
  };
  EXPECT_EQ(with("2027-02-25T12:00:00Z"), kNow);
  EXPECT_EQ(with("2027-02-25T12:00:00.5Z"), std::nullopt);
  EXPECT_EQ(with("yesterday"), std::nullopt);
  EXPECT_EQ(with(7), std::nullopt);
  EXPECT_EQ(parse_timestamp(repository_.metadata("timestamp.json"))->content.issued, std::nullopt);
}

// ---- Targets and delegations
// ---------------------------------------------------------------------

TEST_F(Form, ATargetHasALengthAndItsSha256) {
  const auto with = [&](const json& entry) {
    return targets([&](json& tree) { tree["signed"]["targets"]["b"] = entry; });
  };
  const std::string hash(64, 'a');
  EXPECT_THAT(with({{"length", 0}, {"hashes", {{"sha256", hash}}}}), Succeeds());
  EXPECT_THAT(with({{"length", 0}, {"hashes", {{"sha256", hash}, {"sha512", "x"}}}}), Succeeds());
  EXPECT_THAT(with({{"length", 0}, {"hashes", {{"sha256", hash}}}, {"custom", {{"a", 1}}}}),
              Succeeds());
  EXPECT_THAT(with({{"length", -1}, {"hashes", {{"sha256", hash}}}}), FailsWith(kBad));
  EXPECT_THAT(with({{"hashes", {{"sha256", hash}}}}), FailsWith(kBad));
  EXPECT_THAT(with({{"length", 0}}), FailsWith(kBad));
  EXPECT_THAT(with({{"length", 0}, {"hashes", json::object()}}), FailsWith(kBad));
  EXPECT_THAT(with({{"length", 0}, {"hashes", {{"sha512", hash}}}}), FailsWith(kBad));
  EXPECT_THAT(with(1), FailsWith(kBad));
}

TEST_F(Form, TargetsMayDelegateNothing) {
  EXPECT_THAT(targets([](json& tree) { tree["signed"].erase("delegations"); }), Succeeds());
  EXPECT_THAT(targets([](json& tree) { tree["signed"].erase("targets"); }), FailsWith(kBad));
}

TEST_F(Form, ADelegatedRoleHasANameOfItsOwn) {
  for (const char* name : {"root", "timestamp", "snapshot", "targets", ""}) {
    EXPECT_THAT(delegation([&](json& role) { role["name"] = name; }), FailsWith(kBad)) << name;
  }
  EXPECT_THAT(delegation([](json& role) { role["name"] = "Root"; }), Succeeds());
  EXPECT_THAT(targets([](json& tree) {
                json& roles = tree["signed"]["delegations"]["roles"];
                roles.push_back(roles[0]);
              }),
              FailsWith(kBad));
}

TEST_F(Form, ADelegationHasPathsOrHashPrefixesAndNeverBothOrNeither) {
  EXPECT_THAT(delegation([](json& role) { role.erase("paths"); }), FailsWith(kBad));
  EXPECT_THAT(delegation([](json& role) { role["path_hash_prefixes"] = {"ab"}; }), FailsWith(kBad));
  EXPECT_THAT(delegation([](json& role) {
                role.erase("paths");
                role["path_hash_prefixes"] = {"ab"};
              }),
              Succeeds());
  EXPECT_THAT(delegation([](json& role) { role["paths"] = json::array(); }), Succeeds());
  EXPECT_THAT(delegation([](json& role) { role["paths"] = {1}; }), FailsWith(kBad));
}

TEST_F(Form, HashPrefixesAreLowerCaseHexadecimalOfAtMost64Digits) {
  const auto with = [&](const std::string& prefix) {
    return delegation([&](json& role) {
      role.erase("paths");
      role["path_hash_prefixes"] = {prefix};
    });
  };
  EXPECT_THAT(with("0"), Succeeds());
  EXPECT_THAT(with(std::string(64, 'f')), Succeeds());
  EXPECT_THAT(with(std::string(65, 'f')), FailsWith(kBad));
  EXPECT_THAT(with("AB"), FailsWith(kBad));
  EXPECT_THAT(with("xy"), FailsWith(kBad));
}

TEST_F(Form, TerminatingIsYesOrNo) {
  EXPECT_THAT(delegation([](json& role) { role.erase("terminating"); }), Succeeds());
  EXPECT_THAT(delegation([](json& role) { role["terminating"] = true; }), Succeeds());
  EXPECT_THAT(delegation([](json& role) { role["terminating"] = 1; }), FailsWith(kBad));
}

TEST(RoleNames, ArePercentEncodedForUrlsAndFiles) {
  EXPECT_EQ(encode_role_name("khojaly-2_7.a~"), "khojaly-2_7.a~");
  EXPECT_EQ(encode_role_name("../a/b"), "..%2Fa%2Fb");
  EXPECT_EQ(encode_role_name("?#% \""), "%3F%23%25%20%22");
  EXPECT_EQ(encode_role_name("노선"), "%EB%85%B8%EC%84%A0");
}

}  // namespace
}  // namespace noseon
