// When a service manager is told that the player is ready and that it lives: by proofs alone.
#include "player/watchdog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "tests/support/notify_socket.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr Millis kPatience{300};  // a proof each 100 ms
constexpr Millis kBridged{200};

// Proves as often as it was told to, and never again.
class Pretended final : public Watched {
 public:
  void prove(std::function<void()> proven) override {
    ++asked;
    asked_at.push_back(std::chrono::steady_clock::now());
    if (lost-- <= 0) proven();
  }
  [[nodiscard]] bool is_stand_in() const override { return stand_in; }
  [[nodiscard]] std::string words() const override { return "spring/red stands"; }

  int lost = 0;  // so many proofs are lost first
  bool stand_in = false;
  int asked = 0;
  std::vector<Steady> asked_at;
};

class WatchdogTest : public ::testing::Test {
 protected:
  void make(bool asks_for_life = true) {
    if (asks_for_life)
      socket_.ask_for_life(std::to_string(std::chrono::microseconds{kPatience}.count()));
    manager_.emplace(ServiceManager::of_environment());
    watchdog_.emplace(*manager_, pretended_, loop_, kBridged);
  }
  void run_for(Millis time) {
    stop_.set(std::chrono::steady_clock::now() + time);
    EXPECT_TRUE(loop_.run());
  }

  WatchdogTest() {
    loop_.watch(stop_.fd(), [this] {
      if (stop_.take() > 0) loop_.stop();
    });
  }

  testing::NotifySocket socket_;
  Pretended pretended_;
  std::optional<ServiceManager> manager_;
  std::optional<Watchdog> watchdog_;
  Timer stop_;
  PollLoop loop_;
};

TEST_F(WatchdogTest, TheFirstFrameThatIsProvenIsReady) {
  make();
  EXPECT_FALSE(watchdog_->is_ready());
  watchdog_->shown("");
  EXPECT_TRUE(watchdog_->is_ready());
  EXPECT_THAT(socket_.told(), ElementsAre("READY=1", "STATUS=spring/red stands"));
}

TEST_F(WatchdogTest, ReadinessIsAskedForAgainWhereItsProofWasLost) {
  pretended_.lost = 2;
  make();
  watchdog_->shown("");
  EXPECT_FALSE(watchdog_->is_ready());
  EXPECT_EQ(socket_.count("READY=1"), 0);
  run_for(kPatience);
  EXPECT_TRUE(watchdog_->is_ready());
  EXPECT_EQ(socket_.count("READY=1"), 1) << "and said once";
}

TEST_F(WatchdogTest, NobodysLifeIsProvenBeforeItIsReady) {
  pretended_.lost = 1'000;
  make();
  watchdog_->shown("");
  run_for(kPatience + 50ms);
  EXPECT_GE(pretended_.asked, 3);
  EXPECT_EQ(socket_.count("WATCHDOG=1"), 0);
}

TEST_F(WatchdogTest, LifeIsProvenThreeTimesInTheTimeThatIsWaited) {
  make();
  watchdog_->shown("");
  run_for(kPatience + 50ms);
  EXPECT_GE(socket_.count("WATCHDOG=1"), 3);
  EXPECT_LE(socket_.count("WATCHDOG=1"), 4);
  for (std::size_t i = 2; i < pretended_.asked_at.size(); ++i)
    EXPECT_LT(pretended_.asked_at[i] - pretended_.asked_at[i - 1], kPatience) << i;
}

TEST_F(WatchdogTest, ALostProofIsNoWordAndTheNextOneIs) {
  make();
  watchdog_->shown("");
  pretended_.lost = 1;
  run_for(kPatience + 50ms);
  EXPECT_EQ(socket_.count("WATCHDOG=1"), pretended_.asked - 2) << "one for readiness, one lost";
  EXPECT_GE(socket_.count("WATCHDOG=1"), 2);
}

TEST_F(WatchdogTest, ACardThatBridgesIsReadyOnlyOnceItHasBridgedLongEnough) {
  pretended_.stand_in = true;
  make();
  const Steady began = std::chrono::steady_clock::now();
  watchdog_->shown("");
  run_for(kBridged / 2);
  EXPECT_FALSE(watchdog_->is_ready());
  EXPECT_EQ(pretended_.asked, 0);
  run_for(kBridged);
  EXPECT_TRUE(watchdog_->is_ready());
  ASSERT_FALSE(pretended_.asked_at.empty());
  EXPECT_GE(pretended_.asked_at[0] - began, kBridged);
}

TEST_F(WatchdogTest, TheRealFrameEndsTheBridge) {
  pretended_.stand_in = true;
  make();
  watchdog_->shown("");
  pretended_.stand_in = false;
  watchdog_->shown("");
  EXPECT_TRUE(watchdog_->is_ready());
}

TEST_F(WatchdogTest, AManagerThatAsksForNoLifeHearsOfReadinessAlone) {
  make(false);
  watchdog_->shown("");
  run_for(kPatience);
  EXPECT_THAT(socket_.told(), ElementsAre("READY=1", "STATUS=spring/red stands"));
  EXPECT_EQ(pretended_.asked, 1) << "nothing wakes";
}

TEST_F(WatchdogTest, WordsAreSaidWhenTheyChangeWithWhatAPersonShouldKnowBesides) {
  make(false);
  watchdog_->shown("");
  watchdog_->shown("");
  watchdog_->shown("left out after crashes: spring/blue");
  EXPECT_THAT(socket_.told(),
              ElementsAre("READY=1", "STATUS=spring/red stands",
                          "STATUS=spring/red stands; left out after crashes: spring/blue"));
}

TEST_F(WatchdogTest, WhereNobodyListensNothingIsProven) {
  ::unsetenv("NOTIFY_SOCKET");
  make();
  watchdog_->shown("");
  run_for(kPatience);
  EXPECT_EQ(pretended_.asked, 0);
}

}  // namespace
}  // namespace noseon
