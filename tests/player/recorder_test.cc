// A stretch of time as frames, through the real decoder and the real fonts.
#include "player/recorder.h"

#include <gtest/gtest.h>

#include "player/folder.h"
#include "player/studio.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

constexpr Color kRed{200, 16, 32};
constexpr Color kBlue{16, 32, 200};

class RecorderTest : public testing::Test {
 protected:
  void SetUp() override {
    display.size = {64, 36};
    display.zone = std::make_shared<const Zone>(Zone::utc());
    dir.write("posters/red.png", png(display.size, kRed));
    dir.write("posters/blue.png", png(display.size, kBlue));
    studio.emplace([] { return Typesetter::open(); }, make_picture_source());
  }

  static std::string poster(const std::string& name, const std::string& more) {
    return "[[item]]\nid = \"" + name + "\"\nposter = \"posters/" + name + ".png\"\n" + more + "\n";
  }

  // Red until nine, blue from nine on; both all day where `more` says nothing of hours.
  void record(const std::string& items, Instant from) {
    dir.write("campaign.toml", std::string(kCampaignHead) + items);
    loaded = load_folder(dir.path(), display, zones);
    recorder.emplace(loaded.playlist, loaded.display, Context{}, *studio, from);
  }
  Color at(Instant instant) { return color_at(*recorder->frame_at(instant), 5, 5); }

  TemporaryFolder dir;
  SystemZones zones;
  Display display;
  LoadedFolder loaded;
  std::optional<Studio> studio;
  std::optional<Recorder> recorder;
};

Instant utc_at(std::string_view civil) {
  return Instant{parse_civil(civil).value().time_since_epoch()};
}

TEST_F(RecorderTest, CutsAtAWindowsEdgeToTheMillisecond) {
  const Instant nine = utc_at("2027-03-01 00:00");  // in Seoul
  record(poster("red", "hours = \"08:00-09:00\"") + poster("blue", "hours = \"09:00-10:00\""),
         nine - Millis{100});
  EXPECT_EQ(at(nine - Millis{1}), kRed);
  EXPECT_EQ(at(nine), kBlue);
  EXPECT_EQ(at(nine + Millis{400}), kBlue);
}

TEST_F(RecorderTest, FadesBetweenItemsThatTakeTurnsFromTheirEdgeOn) {
  const Instant start = utc_at("2027-03-01 12:00");
  record(poster("red", "seconds = 4") + poster("blue", "seconds = 4"), start);
  static_cast<void>(recorder->frame_at(start));
  const Instant edge = recorder->showing().slot.until;
  const Color before = at(edge - Millis{1});
  const Color after = before == kRed ? kBlue : kRed;
  EXPECT_EQ(at(edge), before);
  const Color half = at(edge + Millis{250});
  EXPECT_EQ(half, (Color{108, 24, 116}));
  EXPECT_EQ(at(edge + Millis{500}), after);
}

TEST_F(RecorderTest, BeginsInMidFadeWhereOneIsUnderWay) {
  const Instant start = utc_at("2027-03-01 12:00");
  const std::string items = poster("red", "seconds = 4") + poster("blue", "seconds = 4");
  record(items, start);
  static_cast<void>(recorder->frame_at(start));
  const Instant edge = recorder->showing().slot.until;
  record(items, edge + Millis{250});
  EXPECT_EQ(at(edge + Millis{250}), (Color{108, 24, 116}));
}

TEST_F(RecorderTest, IsTheSameWhicheverFramesAreTaken) {
  const Instant start = utc_at("2027-03-01 12:00");
  const std::string items = poster("red", "seconds = 2") + poster("blue", "seconds = 3");
  record(items, start);
  std::vector<std::string> often;
  for (int frame = 0; frame <= 120; ++frame)
    often.push_back(hash(*recorder->frame_at(start + Millis{frame * 100})));
  record(items, start);
  for (int frame = 0; frame <= 120; frame += 40)
    EXPECT_EQ(hash(*recorder->frame_at(start + Millis{frame * 100})),
              often[static_cast<std::size_t>(frame)]);
}

TEST_F(RecorderTest, LeavesOutWhatCannotBeMadeAndSaysIt) {
  const Instant start = utc_at("2027-03-01 12:00");
  const std::string items = poster("red", "seconds = 2") + poster("blue", "seconds = 2");
  dir.write("campaign.toml", std::string(kCampaignHead) + items);
  loaded = load_folder(dir.path(), display, zones);
  std::filesystem::remove(dir / "posters/red.png");
  recorder.emplace(loaded.playlist, loaded.display, Context{}, *studio, start);
  for (int second = 0; second < 8; ++second) EXPECT_EQ(at(start + Millis{second * 1000}), kBlue);
  const std::vector<std::string> notes = recorder->take_notes();
  ASSERT_EQ(notes.size(), 1u) << "once";
  EXPECT_NE(notes[0].find("red.png"), std::string::npos) << notes[0];
}

}  // namespace
}  // namespace noseon
