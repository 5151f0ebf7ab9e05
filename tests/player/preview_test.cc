// The tester's keys and panels, as values.
#include "player/preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "player/preview_panels.h"
#include "player/preview_steps.h"
#include "player/when.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using testing::HasSubstr;

class PreviewSteps : public testing::Test {
 protected:
  std::shared_ptr<const Playlist> playlist = rig_playlist(kMorningAndNoon);
  std::shared_ptr<const Display> display = rig_display();
  Schedule schedule{*playlist, *display};
};

TEST_F(PreviewSteps, GoFromSlotToSlotAndBack) {
  const Instant here = schedule.showing_at({}, utc("2027-03-01 07:00")).slot.from;
  const auto next = slot_beside(schedule, {}, here, Direction::forth);
  EXPECT_EQ(next, schedule.showing_at({}, here).slot.until);
  EXPECT_EQ(slot_beside(schedule, {}, *next, Direction::back), here);
}

// Of 12 s the first page 8 and the second 4.
TEST(PreviewPages, AreSteppedThroughWithinTheirSlot) {
  const PageWeights weights{3, 1};
  const Instant start = utc("2027-03-01 08:00");
  const Span slot{start, start + Millis{12'000}};
  const auto forth = [&](int at) {
    return page_beside(weights, slot, start + Millis{at}, Direction::forth);
  };
  const auto back = [&](int at) {
    return page_beside(weights, slot, start + Millis{at}, Direction::back);
  };
  EXPECT_EQ(forth(0), start + Millis{8'000});
  EXPECT_EQ(forth(7'999), start + Millis{8'000});
  EXPECT_EQ(forth(8'000), std::nullopt) << "the next one is another slot's";
  EXPECT_EQ(back(8'000), start);
  EXPECT_EQ(back(11'999), start);
  EXPECT_EQ(back(7'999), std::nullopt);
}

TEST(PreviewPages, OfWhatHasOneAreNone) {
  const Span ever{kBeginningOfTime, kEndOfTime};
  for (const Direction direction : {Direction::back, Direction::forth})
    EXPECT_EQ(page_beside({1}, ever, utc("2027-03-01"), direction), std::nullopt);
}

TEST_F(PreviewSteps, GoFromEdgeToEdgeAndBack) {
  const Instant from = utc("2027-03-01 07:00");
  EXPECT_EQ(edge_beside(schedule, {}, from, Direction::forth), utc("2027-03-01 09:00"));
  EXPECT_EQ(edge_beside(schedule, {}, from, Direction::back), utc("2027-03-01 06:00"));
  EXPECT_EQ(edge_beside(schedule, {}, utc("2027-03-01 09:00"), Direction::back),
            utc("2027-03-01 06:00"));
}

TEST_F(PreviewSteps, StayWhereThereIsNothingToGoTo) {
  const auto empty = rig_playlist("");
  Schedule nothing(*empty, *display);
  EXPECT_FALSE(slot_beside(nothing, {}, utc("2027-03-01"), Direction::forth));
  EXPECT_FALSE(slot_beside(nothing, {}, utc("2027-03-01"), Direction::back));
  EXPECT_FALSE(edge_beside(nothing, {}, utc("2027-03-01"), Direction::forth));
}

TEST_F(PreviewSteps, GoToTheSameTimeOfTheDayBeside) {
  EXPECT_EQ(day_beside(*display->zone, utc("2027-03-01 07:30"), Direction::back),
            utc("2027-02-28 07:30"));
  EXPECT_EQ(day_beside(*display->zone, utc("2027-02-28 07:30"), Direction::forth),
            utc("2027-03-01 07:30"));
}

TEST(PreviewSpeeds, GoUpAndDownAndStopAtTheLast) {
  EXPECT_EQ(speed_beside(1, Direction::forth), 2);
  EXPECT_EQ(speed_beside(1, Direction::back), 0.5);
  EXPECT_EQ(speed_beside(42, Direction::forth), 60);
  EXPECT_EQ(speed_beside(42, Direction::back), 30);
  EXPECT_EQ(speed_beside(86400, Direction::forth), 86400);
  EXPECT_EQ(speed_beside(0.1, Direction::back), 0.1);
}

TEST(PreviewScales, FitSmallScreensAndNeverEnlarge) {
  EXPECT_EQ(scale_that_fits({1920, 1080}, {1920, 1080}), 1);
  EXPECT_EQ(scale_that_fits({1920, 1080}, {1919, 1080}), 0.75);
  EXPECT_EQ(scale_that_fits({1920, 540}, {1366, 700}), 2.0 / 3);
  EXPECT_EQ(scale_that_fits({320, 240}, {1920, 1080}), 1);
}

TEST(ParseWhen, ReadsTimesAsPeopleWriteThem) {
  const Zone zone = Zone::utc();
  const auto read = [&](std::string_view text) { return parse_when(text, zone).value(); };
  EXPECT_EQ(read("2027-02-25 08:00"), utc("2027-02-25 08:00"));
  EXPECT_EQ(read(" 2027-02-25 08:00:01.250 "), utc("2027-02-25 08:00:01.250"));
  EXPECT_EQ(read("2027-02-25"), utc("2027-02-25 00:00"));
  EXPECT_EQ(read("2027-02-25T08:00:00+09:00"), utc("2027-02-24 23:00"));
  EXPECT_EQ(parse_when("08:30", zone, parse_day("2027-02-25")).value(), utc("2027-02-25 08:30"));
}

TEST(ParseWhen, SaysWhatMayBeWritten) {
  for (const char* text : {"", "tomorrow", "2027-02-30", "2027-02-25 25:00", "08:30", "25:00"}) {
    const auto when = parse_when(text, Zone::utc());
    ASSERT_FALSE(when) << text;
    EXPECT_EQ(when.error().kind, ErrorKind::bad_format);
    EXPECT_THAT(when.error().message, HasSubstr("2027-02-25 08:00"));
  }
}

TEST(ParseSize, ReadsPixelsAndRefusesTheRest) {
  EXPECT_EQ(parse_size("1920x540").value(), (Size{1920, 540}));
  EXPECT_EQ(parse_size("16x8192").value(), (Size{16, 8192}));
  for (const char* text : {"", "x", "1920", "1920x", "x540", "15x100", "100x8193", "1920x540x",
                           "-5x40", "1e3x500", "1920 x 540"})
    EXPECT_FALSE(parse_size(text)) << text;
}

TEST(ParsePosition, ReadsDegreesAndRefusesTheRest) {
  EXPECT_EQ(parse_position("37.5547,126.9707").value().latitude, 37.5547);
  EXPECT_EQ(parse_position("-90,-180").value().longitude, -180);
  for (const char* text : {"", "37", "37,", "91,0", "0,181", "a,b", "nan,0", "0,nan", "1,2,3"})
    EXPECT_FALSE(parse_position(text)) << text;
}

std::string text_of(const Panel& panel) {
  std::string text = panel.title + "\n";
  for (const PanelRow& row : panel.rows) {
    for (const Cell& cell : row) text += cell.text + " | ";
    text += "\n";
  }
  return text;
}

TEST(WhyPanel, SaysWhatShowsAndWhatEveryItemDoes) {
  const auto playlist = rig_playlist(kMorningAndNoon);
  const auto display = rig_display({1920, 540});
  const Instant now = utc("2027-03-01 08:59:56");
  const Context context{.route = "421", .inside = {}, .since = kBeginningOfTime};
  const std::string text =
      text_of(why_panel(*playlist, *display, context, explain(*playlist, *display, context, now),
                        {.now = now, .speed = 60, .standing = 0}));
  EXPECT_THAT(text, HasSubstr("c/morning\n"));
  EXPECT_THAT(text, HasSubstr("2027-03-01 08:59:56 Mon"));
  EXPECT_THAT(text, HasSubstr("60×"));
  EXPECT_THAT(text, HasSubstr("– 09:00:00"));
  EXPECT_THAT(text, HasSubstr("1920 × 540, route 421"));
  EXPECT_THAT(text, HasSubstr("shown | c/morning"));
  EXPECT_THAT(text, HasSubstr("out | c/noon | hours"));
}

TEST(WhyPanel, NamesThePageWhereAnItemHasSeveral) {
  const auto playlist = rig_playlist(kAlone);
  const auto display = rig_display();
  const Instant now = utc("2027-03-01 08:00");
  const auto title = [&](PageTurn page) {
    return why_panel(*playlist, *display, {}, explain(*playlist, *display, {}, now),
                     {.now = now, .standing = 0, .page = page})
        .title;
  };
  EXPECT_EQ(title({.page = 1, .count = 3, .until = now}), "c/a, page 2 of 3");
  EXPECT_EQ(title({.page = 0, .count = 1, .until = now}), "c/a");
}

TEST(WhyPanel, NamesTheBuiltInCardWhereNothingIsEligible) {
  const auto playlist = rig_playlist(kMorningAndNoon);
  const auto display = rig_display();
  const Instant now = utc("2027-03-01 13:00");
  const std::string text = text_of(
      why_panel(*playlist, *display, {}, explain(*playlist, *display, {}, now), {.now = now}));
  EXPECT_THAT(text, HasSubstr("the fallback card\n"));
  EXPECT_THAT(text, HasSubstr("12:00:00 – 2027-03-02 06:00:00")) << "the date where it is another";
}

TEST(HelpPanel, NamesEveryKey) {
  const std::string text = text_of(help_panel());
  for (const char* key :
       {"space", "←", "↑", "[  ]", "d  n", "g", "i", "e", "s", "r", "f", "+  -", "h", "q  Esc"})
    EXPECT_THAT(text, HasSubstr(key));
}

TEST(Panels, ShareNoPixelWithTheOutsideOfTheGlassAndSayWhatIsLeftOut) {
  auto typesetter = Typesetter::open();
  if (!typesetter) GTEST_SKIP() << typesetter.error().message;
  Panel panel{PanelPlace::top_left, "제목", {}};
  for (int i = 0; i < 200; ++i)
    panel.rows.push_back(
        {{"waiting", Tone::dim},
         {"a-very-long-campaign-name/" + std::string(100, 'x')},
         {"그 차례가 아닙니다, 그리고 이유가 길게 이어집니다 " + std::string(90, 'y')}});
  for (const Size glass : {Size{1920, 1080}, Size{480, 135}, Size{640, 1138}}) {
    Frame frame{glass, {FillDraw{{0, 0, glass.width, glass.height}, {0, 0, 0}}}};
    draw_panel(frame, panel, *typesetter);
    const Rect ground = std::get<FillDraw>(frame.draws.at(1)).area;
    EXPECT_GE(ground.x, 0);
    EXPECT_GE(ground.y, 0);
    EXPECT_LE(ground.x + ground.width, glass.width);
    EXPECT_LE(ground.y + ground.height, glass.height);
    EXPECT_THAT(to_string(frame), HasSubstr(" more"));
  }
}

}  // namespace
}  // namespace noseon
