// Whose word counts for a target: patterns, the order of the search, and keys per delegator.
#include "fleet/trust/lookup.h"

#include <gmock/gmock.h>

#include "base/sha256.h"
#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// ---- Patterns
// ------------------------------------------------------------------------------------

bool pattern_matches(const std::string& pattern, const std::string& path) {
  Delegation delegation;
  delegation.paths = {pattern};
  return delegates(delegation, path);
}

TEST(PathPatterns, StarIsAnythingWithinAFolder) {
  for (const auto& [pattern, path] : std::vector<std::pair<const char*, const char*>>{
           {"targets/*.tgz", "targets/foo.tgz"},
           {"targets/*.tgz", "targets/.tgz"},
           {"*.tgz", "bar.tgz"},
           {"*", "a"},
           {"*", ""},
           {"", ""},
           {"**", "ab"},
           {"*/*", "a/b"},
           {"*/*", "/"},
           {"releases/*/*", "releases/x/x_v1"},
           {"a*b*c", "aXbXbc"},
           {"*ab", "aab"},
           {"*a*b", "xaxbxb"},
           {"khojaly/*", "khojaly/노선.png"},
       }) {
    EXPECT_TRUE(pattern_matches(pattern, path)) << pattern << " " << path;
  }
  for (const auto& [pattern, path] : std::vector<std::pair<const char*, const char*>>{
           {"targets/*.tgz", "targets/foo.txt"},
           {"*.tgz", "targets/foo.tgz"},
           {"*", "a/b"},
           {"*", "/"},
           {"**", "a/b"},
           {"a*c", "a/c"},
           {"khojaly/*", "khojaly/a/b"},
           {"khojaly/*", "khojaly"},
           {"khojaly/*", "khojaly2/a"},
           {"*/*", "a"},
           {"*/*", "a/b/c"},
           {"*a*b", "a/ab/b"},
           {"*ab", "aba"},
           {"", "a"},
       }) {
    EXPECT_FALSE(pattern_matches(pattern, path)) << pattern << " " << path;
  }
}

TEST(PathPatterns, QuestionMarkIsOneCharacterAndNoSlash) {
  EXPECT_TRUE(pattern_matches("foo-?.tgz", "foo-2.tgz"));
  EXPECT_TRUE(pattern_matches("foo-?.tgz", "foo-노.tgz"));
  EXPECT_TRUE(pattern_matches("*?", "노"));
  EXPECT_TRUE(pattern_matches("??", "노선"));
  EXPECT_FALSE(pattern_matches("foo-?.tgz", "foo-.tgz"));
  EXPECT_FALSE(pattern_matches("foo-?.tgz", "foo-22.tgz"));
  EXPECT_FALSE(pattern_matches("a?b", "a/b"));
  EXPECT_FALSE(pattern_matches("*??", "노"));
  EXPECT_FALSE(pattern_matches("*???x", "노노xy"));
}

TEST(PathPatterns, AllElseStandsForItself) {
  EXPECT_TRUE(pattern_matches("[ab].tgz", "[ab].tgz"));
  EXPECT_FALSE(pattern_matches("[ab].tgz", "a.tgz"));
  EXPECT_FALSE(pattern_matches("A", "a"));
  EXPECT_FALSE(pattern_matches("\\*", "*"));
  EXPECT_FALSE(pattern_matches("a.b", "aXb"));
}

TEST(PathPatterns, AreTriedInTimeThatGrowsWithTheirLength) {
  // Would take for ever if each star tried each place.
  std::string pattern;
  for (int i = 0; i < 5'000; ++i) pattern += "*a";
  EXPECT_FALSE(pattern_matches(pattern + "b", std::string(5'000, 'a')));
}

TEST(PathPatterns, AnyOfThemWillDoAndNoneHoldsForNothing) {
  Delegation delegation;
  EXPECT_FALSE(delegates(delegation, ""));
  delegation.paths = {"a", "b"};
  EXPECT_TRUE(delegates(delegation, "b"));
  EXPECT_FALSE(delegates(delegation, "c"));
}

TEST(PathHashPrefixes, AreOfTheSha256OfThePath) {
  const std::string hash = to_hex(sha256("khojaly/a.png"));
  Delegation delegation;
  for (const std::size_t digits : {1U, 2U, 63U, 64U}) {
    delegation.path_hash_prefixes = {hash.substr(0, digits)};
    EXPECT_TRUE(delegates(delegation, "khojaly/a.png")) << digits;
    EXPECT_FALSE(delegates(delegation, "khojaly/b.png")) << digits;
  }
  delegation.path_hash_prefixes = {hash.substr(1, 2)};
  EXPECT_FALSE(delegates(delegation, "khojaly/a.png"));
  delegation.path_hash_prefixes.push_back(hash.substr(0, 3));
  EXPECT_TRUE(delegates(delegation, "khojaly/a.png"));
}

// ---- The search
// ----------------------------------------------------------------------------------

class Search : public testing::Test {
 protected:
  // After publishing all: which delegated roles a client fetches while it looks for a path that
  // nobody has, in order.
  std::vector<std::string> visits(const std::string& path = "missing") {
    repository_.publish();
    EXPECT_THAT(client_.refresh(), Succeeds());
    repository_.requests.clear();
    EXPECT_EQ(client_.owner_of(path), "-");
    std::vector<std::string> roles;
    for (const std::string& request : repository_.requests) {
      const std::size_t dot = request.find('.') + 1;
      roles.push_back(request.substr(dot, request.rfind('.') - dot));
    }
    return roles;
  }

  RepositorySimulator repository_{kNow};
  Client client_{repository_};
};

TEST_F(Search, IsPreOrderAndDepthFirst) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("A", "C", {"*"});
  repository_.delegate("A", "D", {"*"});
  repository_.delegate("C", "E", {"*"});
  EXPECT_THAT(visits(), ElementsAre("A", "C", "E", "D", "B"));
}

TEST_F(Search, PassesOverDelegationsThatDoNotHoldForThePath) {
  repository_.delegate("targets", "A", {"*.py"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("B", "C", {"*.py"});
  repository_.delegate("A", "D", {"*"});
  EXPECT_THAT(visits(), ElementsAre("B"));
}

TEST_F(Search, EndsWithATerminatingRoleAndItsDescendants) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("A", "C", {"*"}).is_terminating = true;
  repository_.delegate("A", "D", {"*"});
  repository_.delegate("C", "E", {"*"});
  EXPECT_THAT(visits(), ElementsAre("A", "C", "E"));
}

TEST_F(Search, IsNotEndedByATerminatingRoleOfOtherPaths) {
  repository_.delegate("targets", "A", {"a/*"}).is_terminating = true;
  repository_.delegate("targets", "B", {"*"});
  EXPECT_THAT(visits(), ElementsAre("B"));
}

TEST_F(Search, VisitsARoleOnceThoughDelegationsGoInACircle) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("A", "B", {"*"});
  repository_.delegate("B", "C", {"*"});
  repository_.delegate("C", "A", {"*"});
  repository_.delegate("C", "C", {"*"});
  EXPECT_THAT(visits(), ElementsAre("A", "B", "C"));
}

TEST_F(Search, ReachesARoleOfTwoDelegatorsThroughTheFirst) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("B", "C", {"*"});
  repository_.delegate("A", "C", {"*"});
  EXPECT_THAT(visits(), ElementsAre("A", "C", "B"));
}

TEST_F(Search, VisitsThirtyTwoRolesAndNoMore) {
  // "targets" is the first of the 32.
  std::string delegator = "targets";
  for (int i = 2; i <= 34; ++i) {
    const std::string role = "role" + std::to_string(i);
    repository_.delegate(delegator, role, {"*"});
    repository_.add_target(role, "at" + std::to_string(i), "x");
    delegator = role;
  }
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.owner_of("at32"), "role32");
  EXPECT_EQ(client_.owner_of("at33"), "-");
}

TEST_F(Search, FindsTheFirstRoleThatHasTheTarget) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("A", "C", {"*"});
  for (const char* role : {"B", "C"}) repository_.add_target(role, "poster", role);
  repository_.add_target("B", "other", "B");
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  const auto found = client_.find("poster").value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->role, "C");
  EXPECT_EQ(found->path, "poster");
  EXPECT_EQ(found->file, (TargetFile{1, sha256("C")}));
  EXPECT_EQ(client_.owner_of("other"), "B");
}

TEST_F(Search, TopLevelTargetsComeFirst) {
  repository_.delegate("targets", "A", {"*"});
  for (const char* role : {"targets", "A"}) repository_.add_target(role, "poster", role);
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.owner_of("poster"), "targets");
}

TEST_F(Search, APathMustBeDelegatedByAllRolesInTheChain) {
  repository_.delegate("targets", "B", {"releases/*/*"});
  repository_.delegate("B", "D", {"releases/y/*.zip"});
  repository_.delegate("B", "E", {"*"});
  repository_.add_target("D", "releases/y/y_v1.zip", "y");
  repository_.add_target("D", "releases/z/z_v1.zip", "z");
  repository_.add_target("E", "a", "a");
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.owner_of("releases/y/y_v1.zip"), "D");
  EXPECT_EQ(client_.owner_of("releases/z/z_v1.zip"), "-");
  EXPECT_EQ(client_.owner_of("a"), "-");
}

TEST_F(Search, AnAgencyCannotSpeakForAnother) {
  for (const char* agency : {"emergency", "khojaly", "on-board"}) {
    repository_.delegate("targets", agency, {std::string(agency) + "/*"}).is_terminating = true;
  }
  repository_.add_target("khojaly", "on-board/a.png", "forged");
  repository_.add_target("khojaly", "emergency/a.png", "forged");
  repository_.add_target("on-board", "on-board/a.png", "real");
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.owner_of("on-board/a.png"), "on-board");
  EXPECT_EQ(client_.owner_of("emergency/a.png"), "-");
}

TEST_F(Search, EndsWithARoleThatCannotBeHad) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.add_target("B", "poster", "B");
  repository_.publish();
  repository_.files.erase("metadata/1.A.json");
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_THAT(client_.find("poster"), FailsWith(ErrorKind::not_found));
}

TEST_F(Search, ByHashPrefixFindsTheBin) {
  for (int bin = 0; bin < 16; ++bin) {
    Delegation& delegation = repository_.delegate("targets", fmt::format("bin-{:x}", bin), {});
    delegation.path_hash_prefixes = {fmt::format("{:x}", bin)};
  }
  const std::string path = "posters/a.png";
  const std::string bin = std::string("bin-") + to_hex(sha256(path))[0];
  repository_.add_target(bin, path, "a");
  repository_.publish();
  ASSERT_THAT(client_.refresh(), Succeeds());
  EXPECT_EQ(client_.owner_of(path), bin);
}

TEST_F(Search, UnusualRoleNamesAreQuoted) {
  for (const char* role : {"?", "#", "/delegatedrole", "../delegatedrole", "노선", "a b", "%2F"}) {
    RepositorySimulator repository(kNow);
    repository.delegate("targets", role, {"*"});
    repository.publish();
    Client client(repository);
    ASSERT_THAT(client.refresh(), Succeeds());
    EXPECT_EQ(client.owner_of("missing"), "-") << role;
    const std::string name = encode_role_name(role) + ".json";
    EXPECT_EQ(repository.requests.back(), "metadata/1." + name);
    EXPECT_TRUE(client.kept.contains(name));
    EXPECT_EQ(name.find('/'), name.npos);
  }
}

// ---- Keys per delegator
// --------------------------------------------------------------------------

// "targets" delegates a/* to A and b/* to B; both delegate to C, each naming a key of its own.
class PerDelegator : public Search {
 protected:
  PerDelegator() {
    repository_.delegate("targets", "A", {"a*"});
    repository_.delegate("targets", "B", {"b*"});
    repository_.signers["C"] = {key_of_a_};
    repository_.roles["C"].head = {0, repository_.roles["targets"].head.expires};
    repository_.delegate("A", "C", {"*"});
    repository_.signers["C"] = {key_of_b_};
    repository_.delegate("B", "C", {"*"});
    for (const char* path : {"a1", "b1"}) repository_.add_target("C", path, path);
  }

  void publish_signed_by(const Signers& signers) {
    repository_.signers["C"] = signers;
    repository_.publish();
    ASSERT_THAT(client_.refresh(), Succeeds());
  }

  SigningKey key_of_a_ = SigningKey::generate().value();
  SigningKey key_of_b_ = SigningKey::generate().value();
};

TEST_F(PerDelegator, ARoleIsBelievedByWhomItsKeysAreNamedAlone) {
  publish_signed_by({key_of_a_});
  EXPECT_EQ(client_.owner_of("a1"), "C");
  EXPECT_THAT(client_.find("b1"), FailsWith(ErrorKind::signature));
  EXPECT_EQ(client_.owner_of("a1"), "C");
}

TEST_F(PerDelegator, ARoleIsBelievedByTheOtherAloneInTheSameWay) {
  publish_signed_by({key_of_b_});
  EXPECT_THAT(client_.find("a1"), FailsWith(ErrorKind::signature));
  EXPECT_EQ(client_.owner_of("b1"), "C");
}

TEST_F(PerDelegator, ARoleWithTheKeysOfBothIsBelievedByBoth) {
  publish_signed_by({key_of_a_, key_of_b_});
  EXPECT_EQ(client_.owner_of("a1"), "C");
  EXPECT_EQ(client_.owner_of("b1"), "C");
}

TEST_F(PerDelegator, ARoleIsOneFileForAllItsDelegators) {
  // Else the one's C could delegate to a D in the name of the other's.
  repository_.lists_hashes = false;
  publish_signed_by({key_of_a_, key_of_b_});
  EXPECT_EQ(client_.owner_of("a1"), "C");
  repository_.add_target("C", "b2", "forged");
  repository_.sign_role("C");  // the same version, well signed
  client_.kept.erase("C.json");
  EXPECT_THAT(client_.find("b1"), FailsWith(ErrorKind::bad_format));
}

TEST_F(PerDelegator, AFileIsOfTheRoleThatItIsAskedFor) {
  publish_signed_by({key_of_a_, key_of_b_});
  auto trusted = TrustedMetadata::begin(repository_.first_root(), kNow, Expiry::judged).value();
  ASSERT_THAT(trusted.finish_roots(), Succeeds());
  const MetadataFiles files = repository_.generation();
  ASSERT_THAT(trusted.accept_timestamp(files.at("timestamp.json")), Succeeds());
  ASSERT_THAT(trusted.accept_snapshot(files.at("snapshot.json")), Succeeds());
  ASSERT_THAT(trusted.accept_targets(files.at("targets.json")), Succeeds());
  const std::string& c = files.at("C.json");
  EXPECT_THAT(trusted.accept_delegated(c, {"A", "C"}), FailsWith(ErrorKind::not_found));
  ASSERT_THAT(trusted.accept_delegated(files.at("A.json"), {"targets", "A"}), Succeeds());
  EXPECT_EQ(trusted.delegated({"A", "C"}), nullptr);
  EXPECT_THAT(trusted.accept_delegated(c, {"A", "C"}), Succeeds());
  EXPECT_NE(trusted.delegated({"A", "C"}), nullptr);
  EXPECT_EQ(trusted.delegated({"B", "C"}), nullptr);
  EXPECT_THAT(trusted.accept_delegated(c, {"targets", "C"}), FailsWith(ErrorKind::not_found));
  EXPECT_THAT(trusted.accept_delegated(files.at("B.json"), {"targets", "A"}),
              FailsWith(ErrorKind::bad_format));
}

}  // namespace
}  // namespace noseon
