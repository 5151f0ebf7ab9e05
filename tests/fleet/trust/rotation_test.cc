// Keys that come and go: which sets of signers carry a client from one root to the next, and a role
// through its root.
#include <gmock/gmock.h>

#include "tests/fleet/trust/client.h"

namespace noseon {
namespace {

// Keys are numbers; the repository has ten of them.
struct Step {
  std::vector<std::size_t> keys;
  std::int64_t threshold;
  std::vector<std::size_t> signers;
  bool is_accepted = true;
};

class Rotation : public testing::Test {
 protected:
  Rotation() {
    for (int i = 0; i < 10; ++i) keys_.push_back(SigningKey::generate().value());
  }

  void set(RepositorySimulator& repository, const char* role, const Step& step) {
    RoleKeys& trusted = repository.keys_of(role);
    trusted = {{}, step.threshold};
    for (const std::size_t key : step.keys) repository.trust(role, keys_[key]);
    repository.signers[role].clear();
    for (const std::size_t key : step.signers) repository.signers[role].push_back(keys_[key]);
  }

  // Whether a client that begins with the first of these roots comes as far as expected.
  void expect_roots(const std::vector<Step>& steps) {
    RepositorySimulator repository(kNow);
    repository.root.head.version = 0;
    std::int64_t reached = 0;
    for (const Step& step : steps) {
      set(repository, "root", step);
      repository.publish_root();
      if (step.is_accepted) ++reached;
    }
    Client client(repository);
    if (steps.back().is_accepted) {
      EXPECT_THAT(client.refresh(), Succeeds());
    } else {
      EXPECT_THAT(client.refresh(), FailsWith(ErrorKind::signature));
    }
    EXPECT_EQ(client.version("root"), reached);
  }

  void expect_role(const char* role, const Step& step) {
    SCOPED_TRACE(role);
    RepositorySimulator repository(kNow);
    Client client(repository);
    set(repository, role, step);
    repository.publish_root();
    repository.publish();
    if (step.is_accepted) {
      EXPECT_THAT(client.refresh(), Succeeds());
    } else {
      EXPECT_THAT(client.refresh(), FailsWith(ErrorKind::signature));
    }
  }

  std::vector<SigningKey> keys_;
};

TEST_F(Rotation, OfOneRootKeyIsSignedByBoth) {
  expect_roots({{{1}, 1, {1}}, {{2}, 1, {2, 1}}, {{2}, 1, {2}}});
}

TEST_F(Rotation, IgnoresSignaturesOfKeysThatAreNotTheRoots) {
  expect_roots({{{1}, 1, {3, 1, 4}}, {{2}, 1, {3, 2, 1, 4}}, {{2}, 1, {3, 2, 4}}});
}

TEST_F(Rotation, OfOneRootKeyWithoutTheOldOneIsRefused) {
  expect_roots({{{1}, 1, {1}}, {{2}, 1, {2, 3, 4}, false}});
}

TEST_F(Rotation, OfOneRootKeyWithoutTheNewOneIsRefused) {
  expect_roots({{{1}, 1, {1}}, {{2}, 1, {1, 3, 4}, false}});
}

TEST_F(Rotation, ThreeOfFiveSignInAnyCombination) {
  const std::vector<std::size_t> five = {0, 1, 2, 3, 4};
  std::vector<Step> steps;
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = a + 1; b < 5; ++b) {
      for (std::size_t c = b + 1; c < 5; ++c) steps.push_back({five, 3, {c, a, b}});
    }
  }
  ASSERT_EQ(steps.size(), 10U);
  expect_roots(steps);
}

TEST_F(Rotation, TwoOfFiveNeverDoWhereThreeAreNeeded) {
  const std::vector<std::size_t> five = {0, 1, 2, 3, 4};
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = a + 1; b < 5; ++b) {
      expect_roots({{five, 3, {0, 1, 2}}, {five, 3, {a, b, 5, 6}, false}});
    }
  }
}

TEST_F(Rotation, OfOneInFiveIsSignedByThreeOfTheOldAndThreeOfTheNew) {
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}}, {{0, 1, 3, 4, 5}, 3, {0, 4, 1}}});
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}},
                {{0, 1, 3, 4, 5}, 3, {0, 2, 4, 5}},
                {{0, 1, 3, 4, 5}, 3, {0, 4, 5}}});
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}}, {{0, 1, 3, 4, 5}, 3, {0, 2, 4}, false}});
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}}, {{0, 1, 3, 4, 5}, 3, {0, 4, 5}, false}});
}

TEST_F(Rotation, OfAllFiveTakesSixSignatures) {
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}},
                {{5, 6, 7, 8, 9}, 3, {0, 2, 4, 5, 6, 7}},
                {{5, 6, 7, 8, 9}, 3, {5, 6, 7}}});
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}}, {{5, 6, 7, 8, 9}, 3, {0, 2, 4, 5, 6}, false}});
  expect_roots({{{0, 1, 2, 3, 4}, 3, {0, 2, 4}}, {{5, 6, 7, 8, 9}, 3, {0, 2, 5, 6, 7}, false}});
}

TEST_F(Rotation, AThresholdRisesWithTheNewOneReached) {
  expect_roots({{{1, 2, 3}, 1, {1}}, {{1, 2, 3}, 2, {1, 2}}});
  expect_roots({{{1}, 1, {1}}, {{1, 2}, 2, {1, 2}}});
  expect_roots({{{1, 2, 3}, 1, {1}}, {{1, 2, 3}, 2, {2}, false}});
}

TEST_F(Rotation, AThresholdFallsWithTheOldOneReached) {
  expect_roots({{{1, 2, 3}, 2, {1, 2}}, {{1, 2, 3}, 1, {1, 2}}, {{1, 2, 3}, 1, {1}}});
  expect_roots({{{1, 2, 3}, 2, {1, 2}}, {{1, 2, 3}, 1, {1}, false}});
}

TEST_F(Rotation, OfOtherTopLevelRolesNeedsTheirNewKeysAlone) {
  const std::vector<Step> steps = {
      {{2}, 1, {2}},
      {{1}, 1, {3, 1, 4}},
      {{2}, 1, {1, 3, 4}, false},
      {{0, 1, 3, 4, 5}, 3, {0, 2, 4}, false},
      {{0, 1, 3, 4, 5}, 3, {0, 4}, false},
      {{0, 1, 2, 3, 4}, 3, {0, 2, 4}},
      {{0, 1, 2, 3, 4}, 3, {0, 4, 1}},
      {{0, 1, 2, 3, 4}, 3, {1, 2, 3}},
      {{0, 1, 2, 3, 4}, 3, {2, 3, 4}},
  };
  for (const Step& step : steps) {
    for (const char* role : {"timestamp", "snapshot", "targets"}) expect_role(role, step);
  }
}

}  // namespace
}  // namespace noseon
