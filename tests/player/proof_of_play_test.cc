// When a written play is sealed, while a poster stands on and nothing else happens.
#include "player/proof_of_play.h"

#include <gtest/gtest.h>

#include "tests/player/journal_rig.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Millis kSealEvery{1'000};
constexpr Millis kSealAgain{100};

TurnOnGlass turn_of(const std::string& item, const Clock& clock) {
  TurnOnGlass turn;
  turn.campaign = "spring";
  turn.item = item;
  turn.agency = "seoul";
  turn.from = clock.now();
  turn.until = clock.now() + std::chrono::hours{1};
  return turn;
}

// A display of posters that come when a test says so.
class ProofOfPlayTest : public ::testing::Test {
 protected:
  ProofOfPlayTest() {
    loop_.watch(stop_.fd(), [this] {
      if (stop_.take() > 0) loop_.stop();
    });
  }
  // At that time after the begin the poster stands; until then the loop runs.
  void shows_at(Millis after, const std::string& item) {
    run_until(after);
    proof_.stands(turn_of(item, clock_));
  }
  void run_until(Millis after) {
    stop_.set(began_ + after);
    ASSERT_TRUE(loop_.run());
  }
  [[nodiscard]] JournalState state() const { return proof_.state().value(); }
  // Everything that has ended is written, and sealed.
  [[nodiscard]] bool is_all_sealed() const {
    return state().recorded == state().shown && state().sealed == state().rows;
  }

  TemporaryFolder folder_;
  SystemClock clock_;
  Timer stop_;
  PollLoop loop_;
  ProofOfPlay proof_{{.folder = folder_ / "journal",
                      .display = "bus-472-1",
                      .is_simulated = false,
                      .seal_every = kSealEvery,
                      .seal_again = kSealAgain},
                     clock_,
                     loop_};
  Steady began_ = clock_.steady_now();
};

TEST_F(ProofOfPlayTest, WhatEndedIsSealedInTimeThoughNothingElseEnds) {
  shows_at(0ms, "a");
  shows_at(50ms, "b");
  ASSERT_TRUE(testing::wait_until([&] { return state().recorded == 1; }));
  run_until(kSealEvery - 200ms);
  EXPECT_FALSE(is_all_sealed()) << "not before it is due";
  run_until(50ms + kSealEvery + 1s);
  EXPECT_TRUE(is_all_sealed()) << state().sealed << " of " << state().rows;
}

TEST_F(ProofOfPlayTest, ASealThatTheDiskRefusedIsAskedForAgain) {
  shows_at(0ms, "a");
  shows_at(50ms, "b");
  ASSERT_TRUE(testing::wait_until([&] { return state().recorded == 1; }));
  testing::Sql other(folder_ / "journal/plays.db");
  other.run("BEGIN IMMEDIATE");
  run_until(50ms + kSealEvery + 200ms);
  ASSERT_FALSE(is_all_sealed()) << "the file was not locked";
  other.run("COMMIT");
  // The journal leaves a disk that refused alone for five seconds.
  for (Millis after = 3s; after < 12s && !is_all_sealed(); after += 200ms) run_until(after);
  EXPECT_TRUE(is_all_sealed()) << state().sealed << " of " << state().rows;
}

}  // namespace
}  // namespace noseon
