#include "base/handle.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <type_traits>

#include "base/id.h"

namespace noseon {
namespace {

// ---- Fd --------------------------------------------------------------------------------------

Fd open_null() {
  return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) != -1;
}

static_assert(!std::is_copy_constructible_v<Fd> && !std::is_copy_assignable_v<Fd>);
static_assert(!std::is_convertible_v<int, Fd>, "a number is not a descriptor by accident");

TEST(Fd, IsNoneUnlessItWasGivenOne) {
  EXPECT_FALSE(Fd().is_open());
  EXPECT_EQ(Fd().get(), -1);
}

TEST(Fd, ClosesWhenItDies) {
  int raw = -1;
  {
    const Fd fd = open_null();
    raw = fd.get();
    ASSERT_TRUE(is_open(raw));
  }
  EXPECT_FALSE(is_open(raw));
}

TEST(Fd, MovedFromOwnsNothingAndTheFileStaysOpen) {
  Fd first = open_null();
  const int raw = first.get();
  const Fd second = std::move(first);
  EXPECT_FALSE(first.is_open());  // NOLINT(bugprone-use-after-move): what is promised
  EXPECT_EQ(second.get(), raw);
  EXPECT_TRUE(is_open(raw));
}

TEST(Fd, AssignmentClosesWhatWasHeld) {
  Fd first = open_null();
  Fd second = open_null();
  const int held = first.get();
  const int given = second.get();
  first = std::move(second);
  EXPECT_FALSE(is_open(held));
  EXPECT_EQ(first.get(), given);
  EXPECT_TRUE(is_open(given));
}

TEST(Fd, AssignedToItselfStaysOpen) {
  Fd fd = open_null();
  Fd& same = fd;
  fd = std::move(same);
  EXPECT_TRUE(is_open(fd.get()));
}

TEST(Fd, ResetClosesOnce) {
  Fd fd = open_null();
  const int raw = fd.get();
  fd.reset();
  EXPECT_FALSE(is_open(raw));
  EXPECT_FALSE(fd.is_open());
  const Fd reused = open_null();  // takes the same number; a second close would hit it
  ASSERT_EQ(reused.get(), raw);
  fd.reset();
  EXPECT_TRUE(is_open(raw));
}

// ---- Handle ----------------------------------------------------------------------------------

struct Thing {
  int* freed;
};
void free_thing(Thing* thing) {
  ++*thing->freed;
}
using ThingHandle = Handle<Thing, free_thing>;

static_assert(sizeof(ThingHandle) == sizeof(Thing*));
static_assert(!std::is_copy_constructible_v<ThingHandle>);

TEST(Handle, FreesExactlyOnce) {
  int freed = 0;
  Thing thing{&freed};
  {
    ThingHandle first(&thing);
    const ThingHandle second = std::move(first);
    EXPECT_EQ(freed, 0);
  }
  EXPECT_EQ(freed, 1);
}

TEST(Handle, FreesNothingWhereThereIsNothing) {
  const ThingHandle none;
  EXPECT_EQ(none, nullptr);
}

// ---- Id --------------------------------------------------------------------------------------

static_assert(!std::is_constructible_v<CampaignId, ItemId>, "ids of two kinds cannot be swapped");
static_assert(!std::is_assignable_v<CampaignId&, ItemId>);
static_assert(!std::equality_comparable_with<CampaignId, ItemId>);
static_assert(!std::is_convertible_v<std::string, CampaignId>, "a string is no id by accident");

TEST(Id, OrdersAndHashesAsItsText) {
  const CampaignId bus("bus");
  const CampaignId tram("tram");
  EXPECT_LT(bus, tram);
  EXPECT_EQ(bus, CampaignId("bus"));
  EXPECT_EQ(std::hash<CampaignId>{}(bus), std::hash<CampaignId>{}(CampaignId("bus")));
  EXPECT_NE(std::hash<CampaignId>{}(bus), std::hash<CampaignId>{}(tram));
}

}  // namespace
}  // namespace noseon
