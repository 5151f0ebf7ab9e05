#include "fleet/pull/pulse.h"

#include <gtest/gtest.h>

#include "tests/support/notify_socket.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;

class PulseTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::ptrdiff_t beats() { return socket_.count("WATCHDOG=1"); }

  testing::NotifySocket socket_;
  FakeClock clock_{Instant{}};
};

TEST_F(PulseTest, IsToldThreeTimesInTheTimeThatIsWaited) {
  testing::NotifySocket::ask_for_life("3000000");
  Pulse pulse(ServiceManager::of_environment(), clock_);
  EXPECT_EQ(pulse.between_beats(), 1s);
  pulse.beat();
  EXPECT_EQ(beats(), 1) << "the first at once";
  clock_.advance(999ms);
  pulse.beat();
  EXPECT_EQ(beats(), 1);
  clock_.advance(1ms);
  pulse.beat();
  EXPECT_EQ(beats(), 2);
  clock_.advance(1h);
  EXPECT_EQ(beats(), 2) << "nothing is told but by the work";
}

TEST_F(PulseTest, DoesNotFollowTheMachinesTime) {
  testing::NotifySocket::ask_for_life("3000000");
  Pulse pulse(ServiceManager::of_environment(), clock_);
  pulse.beat();
  clock_.step(-24h);
  clock_.advance(1s);
  pulse.beat();
  EXPECT_EQ(beats(), 2);
}

TEST_F(PulseTest, IsNotToldWhereNobodyAsks) {
  Pulse pulse(ServiceManager::of_environment(), clock_);
  EXPECT_EQ(pulse.between_beats(), Millis::max());
  pulse.beat();
  EXPECT_EQ(beats(), 0);
}

}  // namespace
}  // namespace noseon
