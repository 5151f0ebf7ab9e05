// What somebody who holds the network, or an online key, may try on a client, role by role.
// Sections are those of the TUF specification 1.0.34.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

class Attack : public testing::Test {
 protected:
  RepositorySimulator repository_{kNow};
  Client client_{repository_};
};

// ---- No attack
// -----------------------------------------------------------------------------------

TEST_F(Attack, WithoutAnyAClientTakesWhatIsThere) {
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_THAT(repository_.requests,
              ElementsAre("metadata/2.root.json", "metadata/timestamp.json",
                          "metadata/1.snapshot.json", "metadata/1.targets.json"));
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) {
    EXPECT_EQ(client_.version(role), 1) << role;
  }
}

TEST_F(Attack, WithoutAnyAndWithoutAChangeAClientAsksTwice) {
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.requests.clear();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_THAT(repository_.requests, ElementsAre("metadata/2.root.json", "metadata/timestamp.json"));
}

TEST_F(Attack, WithoutAnyFilesAreKeptAsTheyWereServed) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.kept["timestamp.json"], repository_.metadata("timestamp.json"));
  EXPECT_EQ(client_.kept["snapshot.json"], repository_.metadata("2.snapshot.json"));
  EXPECT_EQ(client_.kept["targets.json"], repository_.metadata("2.targets.json"));
}

TEST_F(Attack, WithoutConsistentSnapshotsNamesHaveNoVersions) {
  repository_.root.is_consistent_snapshot = false;
  repository_.publish_root();
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_THAT(repository_.requests,
              ElementsAre("metadata/2.root.json", "metadata/3.root.json", "metadata/timestamp.json",
                          "metadata/snapshot.json", "metadata/targets.json"));
}

// ---- Rollback
// ------------------------------------------------------------------------------------

TEST_F(Attack, RollbackOfTheTimestampIsRefused) {
  const std::string old = repository_.metadata("timestamp.json");
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.files["metadata/timestamp.json"] = old;
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  EXPECT_EQ(client_.version("timestamp"), 2);
}

TEST_F(Attack, RollbackOfTheSnapshotWithinANewTimestampIsRefused) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.head.version = 1;
  repository_.sign_snapshot();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  EXPECT_EQ(client_.version("timestamp"), 2);
  EXPECT_EQ(client_.version("snapshot"), 2);
}

TEST_F(Attack, RollbackOfTargetsWithinANewSnapshotIsRefused) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.roles["targets"].head.version = 1;
  repository_.sign_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  EXPECT_EQ(client_.version("snapshot"), 2);
  EXPECT_EQ(client_.version("targets"), 2);
}

TEST_F(Attack, RollbackOfADelegatedRoleWithinANewSnapshotIsRefused) {
  repository_.delegate("targets", "khojaly", {"khojaly/*"});
  repository_.publish();
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.roles["khojaly"].head.version = 1;
  repository_.sign_role("khojaly");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  const Status status = client_.refresh();
  EXPECT_THAT(status, FailsWith(ErrorKind::rollback));
  EXPECT_THAT(status.error().message, HasSubstr("khojaly"));
}

TEST_F(Attack, RollbackOfARoleIsFoundThoughTheStoredSnapshotHasExpired) {
  repository_.snapshot.head.expires = kNow + seconds{1};
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.head.expires = kNow + seconds{100};
  repository_.roles["targets"].head.version = 1;
  repository_.sign_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(kNow + seconds{2}), FailsWith(ErrorKind::rollback));
}

TEST_F(Attack, RollbackOfTheTimestampIsFoundThoughTheStoredOneHasExpired) {
  const std::string old = repository_.metadata("timestamp.json");
  repository_.timestamp.head.expires = kNow + seconds{1};
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.files["metadata/timestamp.json"] = old;
  EXPECT_THAT(client_.refresh(kNow + seconds{2}), FailsWith(ErrorKind::rollback));
}

TEST_F(Attack, RollbackToTheSameVersionsIsNone) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.publish_timestamp();  // names the same snapshot
  EXPECT_THAT(client_.refresh(), Succeeds());
  repository_.publish_snapshot();  // lists the same targets
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("snapshot"), 3);
  EXPECT_EQ(client_.version("targets"), 2);
}

TEST_F(Attack, RollbackOfTheRootIsRefused) {
  repository_.publish_root();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.files["metadata/3.root.json"] = repository_.metadata("1.root.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  repository_.files["metadata/3.root.json"] = repository_.metadata("2.root.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  EXPECT_EQ(client_.version("root"), 2);
}

TEST_F(Attack, ARootThatSkipsAVersionIsRefused) {
  repository_.publish_root();
  repository_.publish_root();
  repository_.files["metadata/2.root.json"] = repository_.metadata("3.root.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  EXPECT_EQ(client_.version("root"), 1);
}

TEST_F(Attack, ARootOfTheHighestVersionHasNoNextOne) {
  repository_.root.head.version = kVersionMax;
  repository_.sign_root();
  client_.kept["root.json"] = repository_.metadata(fmt::format("{}.root.json", kVersionMax));
  EXPECT_THAT(client_.refresh(), Succeeds());
  repository_.files[fmt::format("metadata/{}.root.json", kVersionMax + 1)] =
      client_.kept["root.json"];
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
}

TEST_F(Attack, ARoleThatLeavesTheSnapshotIsMissed) {
  repository_.delegate("targets", "khojaly", {"khojaly/*"});
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.roles.erase("khojaly");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
}

TEST_F(Attack, ARoleMayComeToTheSnapshot) {
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.delegate("targets", "khojaly", {"khojaly/*"});
  repository_.publish();
  EXPECT_THAT(client_.refresh(), Succeeds());
}

// ---- Freeze
// --------------------------------------------------------------------------------------

TEST_F(Attack, FreezeEndsWhenTheTimestampExpires) {
  repository_.timestamp.head.expires = kNow;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(kNow - milliseconds{1}), Succeeds());
  EXPECT_THAT(client_.refresh(kNow), FailsWith(ErrorKind::expired));  // 5.4.4: the very moment
}

TEST_F(Attack, FreezeWithATimestampOfTheStoredVersionIsAnsweredByTheStoredOne) {
  ASSERT_THAT(client_.refresh(), Succeeds());
  const std::string stored = client_.kept["timestamp.json"];
  repository_.timestamp.snapshot.version = 100;  // 5.4.3.1: discarded without a look
  repository_.sign_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.kept["timestamp.json"], stored);
}

TEST_F(Attack, FreezeAtANewTimestampThatHasExpiredChangesNothing) {
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.timestamp.head.expires = kNow;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::expired));
  EXPECT_EQ(client_.version("timestamp"), 1);
}

TEST_F(Attack, FreezeEndsWhenTheSnapshotExpires) {
  repository_.snapshot.head.expires = kNow;
  repository_.publish();
  EXPECT_THAT(client_.refresh(kNow - milliseconds{1}), Succeeds());
  EXPECT_THAT(client_.refresh(kNow), FailsWith(ErrorKind::expired));
}

TEST_F(Attack, FreezeEndsWhenTargetsExpire) {
  repository_.roles["targets"].head.expires = kNow;
  repository_.publish();
  EXPECT_THAT(client_.refresh(kNow - milliseconds{1}), Succeeds());
  EXPECT_THAT(client_.refresh(kNow), FailsWith(ErrorKind::expired));
}

TEST_F(Attack, FreezeEndsWhenADelegatedRoleExpires) {
  repository_.delegate("targets", "khojaly", {"khojaly/*"});
  repository_.roles["khojaly"].head.expires = kNow;
  repository_.publish();
  ASSERT_THAT(client_.refresh(kNow - milliseconds{1}), Succeeds());
  EXPECT_THAT(client_.find("khojaly/a"), Succeeds());
  ASSERT_THAT(client_.refresh(kNow), Succeeds());
  EXPECT_THAT(client_.find("khojaly/a"), FailsWith(ErrorKind::expired));
}

TEST_F(Attack, FreezeEndsWhenTheLastRootExpiresAndOnlyTheLast) {
  repository_.root.head.expires = kNow;
  repository_.publish_root();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::expired));
  EXPECT_EQ(client_.version("root"), 2);  // 5.3.8: it is kept, and the client can go on from it
  EXPECT_EQ(client_.version("timestamp"), 0);
  repository_.root.head.expires = kNow + milliseconds{1000};
  repository_.publish_root();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("root"), 3);
}

TEST_F(Attack, FreezeAtATrustedRootThatHasExpiredIsNoneWhereThereIsANewOne) {
  repository_.root.head.expires = kNow - seconds{1};
  repository_.sign_root();
  Client late(repository_);
  EXPECT_THAT(late.refresh(), FailsWith(ErrorKind::expired));
  repository_.root.head.expires = kNow + seconds{1};
  repository_.publish_root();
  EXPECT_THAT(late.refresh(), Succeeds());
}

// ---- Fast-forward
// --------------------------------------------------------------------------------

TEST_F(Attack, FastForwardOfTheTimestampIsHealedByANewKey) {
  repository_.timestamp.head.version = kVersionMax;
  repository_.sign_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.timestamp.head.version = 1;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  repository_.rotate_keys("timestamp");
  repository_.publish_root();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("timestamp"), 3);
}

TEST_F(Attack, FastForwardOfTheSnapshotIsHealedByNewKeys) {
  repository_.snapshot.head.version = 99'999;
  repository_.sign_snapshot();
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.head.version = 1;
  repository_.rotate_keys("timestamp");
  repository_.rotate_keys("snapshot");
  repository_.publish_root();
  repository_.publish();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("snapshot"), 2);
}

TEST_F(Attack, FastForwardOfTargetsIsHealedByANewKeyOfTheSnapshot) {
  repository_.roles["targets"].head.version = 99'999;
  repository_.sign_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.roles["targets"].head.version = 1;
  repository_.rotate_keys("snapshot");
  repository_.publish_root();
  repository_.publish();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("targets"), 2);
}

TEST_F(Attack, FastForwardIsForgottenThoughTheOldKeyIsStillAmongTheNew) {
  // 5.3.11: the keys were rotated, whether or not what is stored would still verify.
  repository_.snapshot.head.version = 99'999;
  repository_.sign_snapshot();
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.head.version = 1;
  repository_.add_key("timestamp");
  repository_.publish_root();
  repository_.publish_root();  // with the same keys; the rotation before it still counts
  repository_.publish();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("snapshot"), 2);
}

TEST_F(Attack, FastForwardIsForgottenThoughTheKeysWereRotatedBackInTheSameRun) {
  repository_.timestamp.head.version = 99'999;
  repository_.sign_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  const RootMetadata before = repository_.root;
  const Signers signers = repository_.signers["timestamp"];
  repository_.rotate_keys("timestamp");
  repository_.publish_root();
  repository_.keys_of("timestamp") = before.timestamp;
  repository_.signers["timestamp"] = signers;
  repository_.publish_root();
  repository_.timestamp.head.version = 1;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("timestamp"), 2);
}

TEST_F(Attack, ARollbackIsNotExcusedByNewKeysOfOtherRoles) {
  const std::string old = repository_.metadata("timestamp.json");
  repository_.publish_timestamp();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.rotate_keys("root");
  repository_.rotate_keys("targets");
  repository_.publish_root();
  repository_.files["metadata/timestamp.json"] = old;
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
}

// ---- Mix and match
// -------------------------------------------------------------------------------

TEST_F(Attack, MixAndMatchOfSnapshotsIsRefusedByTheirHash) {
  repository_.publish();
  const std::string one = repository_.metadata("2.snapshot.json");
  repository_.snapshot.head.expires += seconds{1};
  repository_.sign_snapshot();  // another of the same version, as well signed
  repository_.publish_timestamp();
  repository_.files["metadata/2.snapshot.json"] = one;
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
  EXPECT_EQ(client_.version("timestamp"), 3);
  EXPECT_EQ(client_.version("snapshot"), 0);
}

TEST_F(Attack, MixAndMatchOfTargetsIsRefusedByTheirHash) {
  const std::string one = repository_.metadata("1.targets.json");
  repository_.add_target("targets", "a", "a");
  repository_.sign_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  repository_.files["metadata/1.targets.json"] = one;
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
  EXPECT_EQ(client_.version("targets"), 0);
}

TEST_F(Attack, MixAndMatchIsRefusedByVersionsWhereThereAreNoHashes) {
  repository_.lists_hashes = false;
  repository_.publish();
  repository_.files["metadata/2.snapshot.json"] = repository_.metadata("1.snapshot.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  repository_.publish();
  repository_.files["metadata/3.targets.json"] = repository_.metadata("2.targets.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::rollback));
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.files["metadata/timestamp.json"].clear();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
}

TEST_F(Attack, ALaterVersionThanTheNamedOneIsRefusedToo) {
  repository_.lists_hashes = false;
  repository_.publish();
  repository_.publish_role("targets");  // 3, while the snapshot lists 2
  repository_.files["metadata/2.targets.json"] = repository_.metadata("3.targets.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
  repository_.publish_snapshot();
  repository_.files["metadata/2.snapshot.json"] = repository_.metadata("3.snapshot.json");
  client_.kept.erase("snapshot.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
}

TEST_F(Attack, AWrongLengthIsRefusedThoughTheHashIsRight) {
  repository_.publish_snapshot();
  repository_.timestamp.snapshot.length = *repository_.timestamp.snapshot.length + 1;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::bad_format));
}

TEST_F(Attack, AStoredSnapshotOfTheNamedVersionAndAnotherHashIsFetchedAnew) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  repository_.snapshot.head.expires += seconds{1};
  repository_.sign_snapshot();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.kept["snapshot.json"], repository_.metadata("2.snapshot.json"));
}

TEST_F(Attack, AStoredFileThatRottedIsFetchedAnew) {
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  for (const char* name : {"timestamp.json", "snapshot.json", "targets.json"}) {
    std::string& file = client_.kept[name];
    const std::string good = file;
    file[file.size() / 2] = static_cast<char>(file[file.size() / 2] ^ 1);
    EXPECT_THAT(client_.refresh(), Succeeds()) << name;
    EXPECT_EQ(file, good) << name;
  }
}

// ---- Endless data
// --------------------------------------------------------------------------------

TEST_F(Attack, EndlessDataEndsAtTheCapOfEachRole) {
  const auto longer = [&](const std::string& path, std::uint64_t size) {
    repository_.files["metadata/" + path].resize(size, ' ');
  };
  repository_.lists_hashes = false;
  repository_.publish_root();
  repository_.publish();
  longer("2.root.json", 512'001);
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::too_large));
  longer("2.root.json", 512'000);
  longer("timestamp.json", 16'385);
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::too_large));
  longer("timestamp.json", 16'384);
  longer("2.snapshot.json", 2'000'001);
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::too_large));
  longer("2.snapshot.json", 2'000'000);
  longer("2.targets.json", 5'000'001);
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::too_large));
  longer("2.targets.json", 5'000'000);
  EXPECT_THAT(client_.refresh(), Succeeds());
}

TEST_F(Attack, EndlessDataEndsAtTheSignedLength) {
  repository_.publish();
  repository_.files["metadata/2.snapshot.json"] += ' ';
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::too_large));
}

TEST_F(Attack, EndlessRootsEndAt256) {
  for (int i = 0; i < 300; ++i) repository_.publish_root();
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("root"), 257);
  EXPECT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.version("root"), 301);
}

// ---- Arbitrary software: who signed
// --------------------------------------------------------------

TEST_F(Attack, AForgedFileOfAnyRoleIsRefused) {
  RepositorySimulator forger(kNow);  // its own keys, all well signed
  forger.lists_hashes = repository_.lists_hashes = false;
  for (RepositorySimulator* each : {&repository_, &forger}) {
    each->publish_root();
    each->publish();
  }
  const std::vector<std::string> names = {"2.root.json", "timestamp.json", "2.snapshot.json",
                                          "2.targets.json"};
  for (const std::string& name : names) {
    const std::string good = repository_.metadata(name);
    repository_.files["metadata/" + name] = forger.metadata(name);
    EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature)) << name;
    repository_.files["metadata/" + name] = good;
  }
  EXPECT_THAT(client_.refresh(), Succeeds());
}

TEST_F(Attack, AByteThatWasFlippedAnywhereIsNoticed) {
  repository_.lists_hashes = false;
  repository_.publish();
  const std::string good = repository_.metadata("timestamp.json");
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string& file = repository_.files["metadata/timestamp.json"];
    file = good;
    file[at] = static_cast<char>(file[at] ^ 1);
    Client client(repository_);
    if (!client.refresh()) ++refused;
  }
  EXPECT_EQ(refused, static_cast<int>(good.size()));
}

TEST_F(Attack, ATrustedRootThatDoesNotSignItselfIsRefused) {
  json tree = json::parse(client_.kept["root.json"]);
  tree["signatures"][0]["sig"] = std::string(128, '0');
  client_.kept["root.json"] = tree.dump();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
  EXPECT_TRUE(repository_.requests.empty());
}

TEST_F(Attack, ARootIsSignedByTheOldKeysAndTheNew) {
  const Signers old = repository_.signers["root"];
  repository_.rotate_keys("root");
  const Signers both = {old[0], repository_.signers["root"][0]};
  repository_.root.head.version = 2;
  const auto signed_by = [&](const Signers& signers) {
    repository_.files["metadata/2.root.json"] = write_metadata(repository_.root, signers).value();
    Client client(repository_);
    return client.refresh();
  };
  EXPECT_THAT(signed_by(old), FailsWith(ErrorKind::signature));
  EXPECT_THAT(signed_by(repository_.signers["root"]), FailsWith(ErrorKind::signature));
  EXPECT_THAT(signed_by({}), FailsWith(ErrorKind::signature));
  EXPECT_THAT(signed_by(both), Succeeds());
}

TEST_F(Attack, KeysThatTheNewRootNoLongerNamesSignNothing) {
  const Signers old = repository_.signers["timestamp"];
  repository_.rotate_keys("timestamp");
  repository_.publish_root();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
  EXPECT_EQ(client_.version("root"), 2);
  repository_.sign_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
}

TEST_F(Attack, AThresholdIsReachedByDistinctKeysExactly) {
  for (int i = 0; i < 2; ++i) repository_.add_key("timestamp");
  repository_.root.timestamp.threshold = 3;
  repository_.publish_root();
  const Signers three = repository_.signers["timestamp"];
  repository_.signers["timestamp"].pop_back();
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
  repository_.signers["timestamp"] = three;
  repository_.publish_timestamp();
  EXPECT_THAT(client_.refresh(), Succeeds());
}

TEST_F(Attack, AThresholdThatNobodyCanReachStopsTheRole) {
  repository_.root.timestamp.threshold = INT64_MAX;
  repository_.publish_root();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
}

TEST_F(Attack, ABadSignatureBesideAGoodOneIsPassedOver) {
  repository_.add_key("timestamp");
  repository_.publish_root();
  repository_.publish_root();  // with the same keys; the rotation before it still counts
  repository_.publish_timestamp();
  json tree = json::parse(repository_.metadata("timestamp.json"));
  tree["signatures"][0]["sig"] = "00";
  tree["signatures"].push_back({{"keyid", std::string(64, 'f')}, {"sig", "no hexadecimal"}});
  repository_.files["metadata/timestamp.json"] = tree.dump();
  EXPECT_THAT(client_.refresh(), Succeeds());
  tree["signatures"][1]["sig"] = "00";
  repository_.files["metadata/timestamp.json"] = tree.dump();
  client_.kept.erase("timestamp.json");
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
}

TEST_F(Attack, OneKeyUnderTwoIdsCountsOnce) {
  // The same key with another field beside it has another id, which is just as right.
  const SigningKey key = repository_.signers["timestamp"][0];
  repository_.root.timestamp.threshold = 2;
  repository_.root.head.version = 2;
  json content = metadata_json(repository_.root);
  json twin = content["keys"][key.public_key().id];
  twin["x-more"] = 1;
  const std::string twin_id = to_hex(sha256(twin.dump()));  // canonical here, as all is ASCII
  content["keys"][twin_id] = twin;
  content["roles"]["timestamp"]["keyids"].push_back(twin_id);
  repository_.files["metadata/2.root.json"] =
      sign_metadata(content, repository_.signers["root"]).value();
  json tree = json::parse(repository_.metadata("timestamp.json"));
  tree["signatures"].push_back({{"keyid", twin_id}, {"sig", tree["signatures"][0]["sig"]}});
  repository_.files["metadata/timestamp.json"] = tree.dump();
  EXPECT_THAT(client_.refresh(), FailsWith(ErrorKind::signature));
  EXPECT_EQ(client_.version("root"), 2);
}

// ---- Every failure leaves a state from which the next run works
// ----------------------------------

TEST_F(Attack, OverAClientGoesOnFromWhereItStood) {
  const auto good = [&] {
    repository_.publish();
    return repository_.files;
  };
  const std::vector<std::string> prefixes = {"timestamp", "2.snapshot", "2.targets"};
  const auto files = good();
  for (const std::string& prefix : prefixes) {
    repository_.files["metadata/" + prefix + ".json"] = "captive portal";
    EXPECT_FALSE(client_.refresh()) << prefix;
    repository_.files = files;
  }
  EXPECT_THAT(client_.refresh(), Succeeds());
}

}  // namespace
}  // namespace noseon
