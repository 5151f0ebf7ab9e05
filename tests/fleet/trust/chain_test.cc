// A stored release verified at once, as a display does before it plays it.
#include "fleet/trust/chain.h"

#include <gmock/gmock.h>

#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Release : public testing::Test {
 protected:
  Release() {
    for (const char* agency : {"emergency", "khojaly"}) {
      repository_.delegate("targets", agency, {std::string(agency) + "/*"}).is_terminating = true;
      repository_.add_target(agency, std::string(agency) + "/campaign-spring.json", agency);
    }
    repository_.publish();
  }

  Result<VerifiedRelease> verify(const MetadataFiles& files, const AcceptedVersions& accepted = {},
                                 Expiry expiry = Expiry::ignored, Instant now = kNow) {
    return verify_release(repository_.first_root(), files, now, expiry, accepted);
  }
  Result<VerifiedRelease> verify(const AcceptedVersions& accepted = {}) {
    return verify(repository_.generation(), accepted);
  }
  static std::vector<std::string> paths(const VerifiedRelease& release) {
    std::vector<std::string> paths;
    for (const FoundTarget& target : release.targets) paths.push_back(target.path);
    return paths;
  }

  RepositorySimulator repository_{kNow};
};

TEST_F(Release, HasEveryTargetWithWhoSignedForIt) {
  repository_.timestamp.issued = kNow;
  repository_.publish_timestamp();
  const VerifiedRelease release = verify().value();
  EXPECT_EQ(release.issued, kNow);
  ASSERT_EQ(release.targets.size(), 2U);
  EXPECT_EQ(release.targets[0],
            (FoundTarget{"emergency/campaign-spring.json", {9, sha256("emergency")}, "emergency"}));
  EXPECT_EQ(release.targets[1].role, "khojaly");
  EXPECT_EQ(release.versions,
            (AcceptedVersions{1, 3, 2, {{"targets", 2}, {"emergency", 1}, {"khojaly", 1}}}));
  EXPECT_EQ(release.root.head.version, 1);
}

TEST_F(Release, NeedsEveryFile) {
  const MetadataFiles whole = repository_.generation();
  for (const char* name :
       {"timestamp.json", "snapshot.json", "targets.json", "emergency.json", "khojaly.json"}) {
    MetadataFiles files = whole;
    files.erase(name);
    const auto release = verify(files);
    EXPECT_THAT(release, FailsWith(ErrorKind::not_found)) << name;
    EXPECT_THAT(release.error().message, HasSubstr(name));
  }
}

TEST_F(Release, AByteThatRottedInAnyFileIsNoticed) {
  const MetadataFiles whole = repository_.generation();
  for (const auto& [name, bytes] : whole) {
    if (name == "1.root.json") continue;  // the display has its own
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
      MetadataFiles files = whole;
      files[name][at] = static_cast<char>(files[name][at] ^ 1);
      EXPECT_FALSE(verify(files)) << name << " at " << at;
    }
  }
}

TEST_F(Release, WalksTheRootsFromTheDisplaysOwn) {
  for (int i = 0; i < 3; ++i) {
    repository_.rotate_keys("root");
    repository_.publish_root();
  }
  EXPECT_EQ(verify().value().versions.root, 4);
  MetadataFiles files = repository_.generation();
  files.erase("3.root.json");
  EXPECT_EQ(verify(files).value().versions.root, 2);
  files = repository_.generation();
  files["2.root.json"] = files["3.root.json"];
  EXPECT_THAT(verify(files), FailsWith(ErrorKind::signature));
}

TEST_F(Release, ThatExpiredGoesOnWhereExpiryIsIgnored) {
  const Instant late = kNow + hours{24 * 365};
  const MetadataFiles files = repository_.generation();
  EXPECT_THAT(verify(files, {}, Expiry::ignored, late), Succeeds());
  EXPECT_THAT(verify(files, {}, Expiry::judged, late), FailsWith(ErrorKind::expired));
  EXPECT_THAT(verify(files, {}, Expiry::judged, kNow), Succeeds());
}

// ---- Rollback
// ------------------------------------------------------------------------------------

TEST_F(Release, OfTheAcceptedVersionsIsAccepted) {
  const AcceptedVersions accepted = verify().value().versions;
  EXPECT_THAT(verify(accepted), Succeeds());
}

TEST_F(Release, UnderAnAcceptedVersionOfAnyRoleIsRefused) {
  const AcceptedVersions same = verify().value().versions;
  AcceptedVersions higher = same;
  ++higher.root;
  EXPECT_THAT(verify(higher), FailsWith(ErrorKind::rollback));
  higher = same;
  ++higher.timestamp;
  EXPECT_THAT(verify(higher), FailsWith(ErrorKind::rollback));
  higher = same;
  ++higher.snapshot;
  EXPECT_THAT(verify(higher), FailsWith(ErrorKind::rollback));
  for (const char* role : {"targets", "emergency", "khojaly"}) {
    higher = same;
    ++higher.roles[role];
    EXPECT_THAT(verify(higher), FailsWith(ErrorKind::rollback)) << role;
  }
}

TEST_F(Release, ThatLostARoleIsRefused) {
  AcceptedVersions accepted = verify().value().versions;
  accepted.roles["on-board"] = 1;
  EXPECT_THAT(verify(accepted), FailsWith(ErrorKind::rollback));
}

TEST_F(Release, RecoversFromAFastForwardByNewKeys) {
  repository_.timestamp.head.version = 99'999;
  repository_.roles["khojaly"].head.version = 99'999;
  repository_.publish();
  const AcceptedVersions accepted = verify().value().versions;
  EXPECT_EQ(accepted.roles.at("khojaly"), 100'000);
  repository_.timestamp.head.version = 10;
  repository_.roles["khojaly"].head.version = 10;
  repository_.publish();
  EXPECT_THAT(verify(accepted), FailsWith(ErrorKind::rollback));
  repository_.rotate_keys("snapshot");
  repository_.publish_root();
  repository_.publish();
  EXPECT_THAT(verify(accepted), Succeeds());
}

TEST_F(Release, IsNotExcusedByKeysThatWereReplacedBefore) {
  repository_.rotate_keys("snapshot");
  repository_.publish_root();
  repository_.publish();
  AcceptedVersions accepted = verify().value().versions;
  EXPECT_EQ(accepted.root, 2);
  repository_.publish_root();  // the same keys
  ++accepted.timestamp;
  EXPECT_THAT(verify(accepted), FailsWith(ErrorKind::rollback));
}

TEST_F(Release, IsExcusedByKeysThatTheVeryNextRootReplaced) {
  const AcceptedVersions before = verify().value().versions;
  AcceptedVersions accepted = before;
  accepted.timestamp = 99'999;
  repository_.rotate_keys("timestamp");
  repository_.publish_root();
  repository_.publish_timestamp();
  EXPECT_THAT(verify(accepted), Succeeds());
  accepted.root = 2;
  EXPECT_THAT(verify(accepted), FailsWith(ErrorKind::rollback));
}

// ---- Delegations
// ---------------------------------------------------------------------------------

TEST_F(Release, PassesOverARoleThatHasNotPublishedYet) {
  repository_.delegate("targets", "on-board", {"on-board/*"});
  repository_.publish_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  const auto release = verify();
  ASSERT_THAT(release, Succeeds());
  EXPECT_EQ(release->targets.size(), 2U);
}

TEST_F(Release, ATargetWhoseSearchLeadsThroughARoleThatHasNotPublishedIsNobodys) {
  TargetsMetadata& targets = repository_.roles["targets"];
  repository_.delegate("targets", "later", {"*/*"});
  std::rotate(targets.delegations.begin(), targets.delegations.end() - 1,
              targets.delegations.end());
  repository_.publish_role("targets");
  repository_.publish_snapshot();
  repository_.publish_timestamp();
  const auto release = verify();
  ASSERT_THAT(release, Succeeds());
  EXPECT_THAT(release->targets, IsEmpty());
}

TEST_F(Release, ARoleWhoseFileIsEmptyWasLeftOutAndTheOthersGoOn) {
  MetadataFiles files = repository_.generation();
  files["khojaly.json"] = "";
  const auto release = verify(files);
  ASSERT_THAT(release, Succeeds());
  EXPECT_THAT(paths(*release), ElementsAre("emergency/campaign-spring.json"));
  EXPECT_THAT(release->left_out, ElementsAre("khojaly"));
  EXPECT_EQ(release->versions.roles.at("khojaly"), 1);  // and may not go back behind it
}

TEST_F(Release, NoTopLevelRoleMayBeLeftOut) {
  for (const char* name : {"timestamp.json", "snapshot.json", "targets.json"}) {
    MetadataFiles files = repository_.generation();
    files[name] = "";
    EXPECT_THAT(verify(files), FailsWith(ErrorKind::bad_format)) << name;
  }
}

TEST_F(Release, TheExpiryOfADelegatedRoleIsNotJudgedAgain) {
  repository_.roles["khojaly"].head.expires = kNow;
  repository_.publish();
  const auto release = verify(repository_.generation(), {}, Expiry::judged);
  ASSERT_THAT(release, Succeeds());
  EXPECT_EQ(release->targets.size(), 2U);
}

TEST_F(Release, LeavesOutWhatNobodyMaySay) {
  repository_.add_target("khojaly", "emergency/forged.json", "x");
  repository_.add_target("khojaly", "anything", "x");
  repository_.publish();
  EXPECT_THAT(paths(verify().value()),
              ElementsAre("emergency/campaign-spring.json", "khojaly/campaign-spring.json"));
}

TEST_F(Release, ListsAPathOnceWithTheRoleThatCounts) {
  repository_.add_target("targets", "khojaly/campaign-spring.json", "of the lead");
  repository_.publish();
  const auto release = verify().value();
  ASSERT_EQ(release.targets.size(), 2U);
  EXPECT_EQ(release.targets[1].role, "targets");
  EXPECT_EQ(release.targets[1].file.sha256, sha256("of the lead"));
}

TEST_F(Release, ReachesRolesOfAnyDepthAndEndsInCircles) {
  repository_.delegate("khojaly", "school", {"khojaly/*"});
  repository_.delegate("school", "khojaly", {"khojaly/*"});
  repository_.add_target("school", "khojaly/by-the-school", "x");
  repository_.publish();
  EXPECT_EQ(verify().value().targets[0].path, "emergency/campaign-spring.json");
  EXPECT_THAT(paths(verify().value()), testing::Contains("khojaly/by-the-school"));
  MetadataFiles files = repository_.generation();
  files.erase("school.json");
  EXPECT_THAT(verify(files), FailsWith(ErrorKind::not_found));
}

TEST_F(Release, HasAtMost1024Delegations) {
  RoleKeys keys;
  keys.key_ids = {repository_.signers["khojaly"][0].public_key().id};
  TargetsMetadata& targets = repository_.roles["targets"];
  for (std::size_t i = targets.delegations.size(); i < kDelegationsMax; ++i) {
    Delegation delegation;
    delegation.name = fmt::format("unpublished-{}", i);
    delegation.keys = keys;
    targets.delegations.push_back(delegation);
  }
  repository_.publish();
  EXPECT_THAT(verify(), Succeeds());
  targets.delegations.push_back(targets.delegations.back());
  targets.delegations.back().name = "one more";
  repository_.publish();
  EXPECT_THAT(verify(), FailsWith(ErrorKind::too_large));
}

TEST_F(Release, HasNoRoleThatIsNamedAsARootsFile) {
  for (const char* name : {"2.root", ".root", "00.root"}) {
    RepositorySimulator repository(kNow);
    repository.delegate("targets", name, {"*"});
    repository.publish();
    EXPECT_THAT(
        verify_release(repository.first_root(), repository.generation(), kNow, Expiry::judged, {}),
        FailsWith(ErrorKind::bad_format))
        << name;
  }
  repository_.delegate("targets", "a2.root", {"nothing"});
  repository_.publish();
  EXPECT_THAT(verify(), Succeeds());
}

TEST_F(Release, IsVerifiedPerDelegator) {
  // A second delegator that names another key of "khojaly".
  const Signers real = repository_.signers["khojaly"];
  const SigningKey other = SigningKey::generate().value();
  repository_.signers["khojaly"] = {other};
  repository_.delegate("emergency", "khojaly", {"emergency/*"});
  repository_.signers["khojaly"] = real;
  repository_.publish();
  EXPECT_THAT(verify(), FailsWith(ErrorKind::signature));
  repository_.signers["khojaly"].push_back(other);
  repository_.publish();
  EXPECT_THAT(verify(), Succeeds());
}

}  // namespace
}  // namespace noseon
