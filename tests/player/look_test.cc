// What of the time a picture shows besides its page.
#include "player/look.h"

#include <gtest/gtest.h>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

constexpr const char* kItems = R"(
[styles.plain]
[styles.clocked]
clock = "time"
[[item]]
id = "plain"
text = { en = "a" }
style = "plain"
[[item]]
id = "clocked"
text = { en = "b" }
style = "clocked"
)";

class LookTest : public testing::Test {
 protected:
  LookTurn look(std::optional<EntryIndex> entry, std::string_view civil) const {
    return look_at(*playlist, entry, display, context, utc(civil));
  }
  void make_night() {
    display.night = Night{{std::chrono::hours{20}, std::chrono::hours{30}}, 600};
  }

  std::shared_ptr<const Playlist> playlist = rig_playlist(kItems);
  Display display = *rig_display();
  Context context;
};

TEST_F(LookTest, NeverChangesWithoutANightAndAClock) {
  EXPECT_EQ(look(0, "2027-03-01 12:00").look, Look{});
  EXPECT_EQ(look(0, "2027-03-01 12:00").until, kEndOfTime);
  EXPECT_EQ(look({}, "2027-03-01 12:00").until, kEndOfTime);
}

TEST_F(LookTest, HasTheMinuteWhereTheStyleHasAClockAndThereAlone) {
  const LookTurn turn = look(1, "2027-03-01 12:05:59.999");
  EXPECT_EQ(turn.look.minute, parse_civil("2027-03-01 12:05"));
  EXPECT_EQ(turn.until, utc("2027-03-01 12:06"));
  EXPECT_EQ(look(1, "2027-03-01 12:06").look.minute, parse_civil("2027-03-01 12:06"));
  EXPECT_FALSE(look(0, "2027-03-01 12:05").look.minute);
  EXPECT_FALSE(look({}, "2027-03-01 12:05").look.minute) << "the fallback card";
}

TEST_F(LookTest, IsDimmedFromTheNightsFirstInstantToItsLast) {
  make_night();
  EXPECT_EQ(look(0, "2027-03-01 19:59:59.999").look.brightness, 1000);
  EXPECT_EQ(look(0, "2027-03-01 19:59:59.999").until, utc("2027-03-01 20:00"));
  EXPECT_EQ(look(0, "2027-03-01 20:00").look.brightness, 600);
  EXPECT_EQ(look(0, "2027-03-02 05:59:59.999").look.brightness, 600);
  EXPECT_EQ(look(0, "2027-03-02 06:00").look.brightness, 1000);
  EXPECT_EQ(look({}, "2027-03-02 05:00").look.brightness, 600) << "the fallback card too";
}

TEST_F(LookTest, ChangesWithWhicheverComesFirst) {
  make_night();
  EXPECT_EQ(look(1, "2027-03-01 19:58:30").until, utc("2027-03-01 19:59"));
  EXPECT_EQ(look(1, "2027-03-01 19:59:30").until, utc("2027-03-01 20:00"));
}

TEST_F(LookTest, SaysNoTimeAndDimsNothingWhileNothingConfirmsTheClock) {
  make_night();
  context.since = utc("2027-03-01 12:00");
  context.clock_floor = context.since;
  EXPECT_EQ(look(1, "2027-03-01 22:05").look, Look{});
  EXPECT_EQ(look(1, "2027-03-01 22:05").until, kEndOfTime);
}

}  // namespace
}  // namespace noseon
