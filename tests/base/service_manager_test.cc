// The words of sd_notify(3), as a service manager hears them.
#include "base/service_manager.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "tests/support/notify_socket.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class ServiceManagerTest : public ::testing::Test {
 protected:
  testing::NotifySocket socket_;
};

TEST_F(ServiceManagerTest, SaysEachThingInTheProtocolsWords) {
  const ServiceManager manager = ServiceManager::of_environment();
  ASSERT_TRUE(manager.listens());
  manager.takes_longer(20s);
  manager.ready();
  manager.alive();
  manager.reloading();
  manager.stopping();
  EXPECT_THAT(socket_.told(), ElementsAre("EXTEND_TIMEOUT_USEC=20000000", "READY=1", "WATCHDOG=1",
                                          "RELOADING=1", "STOPPING=1"));
}

TEST_F(ServiceManagerTest, KeepsAStatusOnOneLine) {
  ServiceManager::of_environment().status("one line\nREADY=1");
  EXPECT_THAT(socket_.told(), ElementsAre("STATUS=one line READY=1"));
}

TEST_F(ServiceManagerTest, SaysNothingWhereNobodyAsked) {
  ::unsetenv("NOTIFY_SOCKET");
  const ServiceManager manager = ServiceManager::of_environment();
  EXPECT_FALSE(manager.listens());
  manager.ready();
  EXPECT_THAT(socket_.told(), ElementsAre());
}

TEST_F(ServiceManagerTest, IsPatientForEverWhereNobodyAsksForLife) {
  EXPECT_FALSE(ServiceManager::of_environment().patience());
  EXPECT_FALSE(ServiceManager::of_environment().between_signs_of_life());
}

TEST_F(ServiceManagerTest, WantsASignOfLifeThreeTimesInItsPatience) {
  const auto between = [](const char* patience) {
    testing::NotifySocket::ask_for_life(patience);
    return ServiceManager::of_environment().between_signs_of_life();
  };
  EXPECT_EQ(between("3000000"), 1s);
  EXPECT_EQ(between("10000000"), 3333ms);
  EXPECT_EQ(between("5999"), 1ms);
  EXPECT_EQ(between("1"), 1ms) << "a pause of nothing would be no pause";
}

TEST_F(ServiceManagerTest, IsAskedForLifeItselfOrByItsParentAndByNobodyElse) {
  socket_.ask_for_life("10000000", std::to_string(::getpid()));
  EXPECT_EQ(ServiceManager::of_environment().patience(), 10s);
  // A compositor that was started as the service leaves its environment to the player.
  socket_.ask_for_life("10000000", std::to_string(::getppid()));
  EXPECT_EQ(ServiceManager::of_environment().patience(), 10s);
  const pid_t somebody_else = std::max(::getpid(), ::getppid()) + 1;
  socket_.ask_for_life("10000000", std::to_string(somebody_else));
  EXPECT_FALSE(ServiceManager::of_environment().patience());
}

}  // namespace
}  // namespace noseon
