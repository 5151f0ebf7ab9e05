// Where the bars of a timeline begin and end, as values; then the two writers.
#include "staff/timeline.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "player/painter.h"
#include "staff/drawing_frame.h"
#include "staff/drawing_svg.h"
#include "tests/playlist/bus.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

constexpr int kLeft = 420;  // of the chart
constexpr int kWidth = 1256;
constexpr int kBarInColumns = 42;

// A day's items with an evening that takes over from eight to ten on 25 and 26 February.
Bus evening_bus() {
  return Bus({campaign_toml(item_toml("day", "hours = \"06:00-24:00\"") +
                            item_toml("evening",
                                      "role = \"takeover\"\nyearly = \"02-25/02-26\"\n"
                                      "hours = \"20:00-22:00\"") +
                            item_toml("filler", "role = \"filler\"\nhours = \"03:00-24:00\""))});
}

Drawing timeline_of(const Bus& bus, const std::string& from, const std::string& until) {
  const Span range{bus.at(from), bus.at(until)};
  const std::vector<ItemShare> shared =
      shares(bus.playlist, bus.display, bus.context, range, bus.plan_of(from, until));
  const std::vector<HolidaysPtr> calendars{holidays_of("kr")};
  return lay_out_timeline({bus.playlist, bus.display, bus.context, range, shared, calendars});
}

template <class Shape>
std::vector<Rect> areas_of(const Drawing& drawing, const std::string& title) {
  std::vector<Rect> areas;
  for (const auto& shape : drawing.shapes) {
    const auto* some = std::get_if<Shape>(&shape);
    if (some != nullptr && some->title == title) areas.push_back(some->area);
  }
  return areas;
}

std::vector<Rect> bars_of(const Drawing& drawing, const std::string& title) {
  return areas_of<RectShape>(drawing, title);
}

// From the left of the chart: where each begins and past where it ends.
using Stretches = std::vector<std::pair<int, int>>;
Stretches across(const std::vector<Rect>& areas) {
  Stretches stretches;
  for (const Rect& area : areas)
    stretches.emplace_back(area.x - kLeft, area.x - kLeft + area.width);
  return stretches;
}

// The same down, from the top of the first.
Stretches down(const std::vector<Rect>& areas) {
  Stretches stretches;
  for (const Rect& area : areas)
    stretches.emplace_back(area.y - areas[0].y, area.y - areas[0].y + area.height);
  return stretches;
}

bool has_label(const Drawing& drawing, const std::string& text) {
  for (const Shape& shape : drawing.shapes) {
    const auto* label = std::get_if<LabelShape>(&shape);
    if (label != nullptr && label->text == text) return true;
  }
  return false;
}

// 1256 pixels for 24 hours; an hour is 52 1/3.
TEST(Timeline, OverADayABarStandsOnTheMinutesOfItsSpan) {
  const Drawing drawing = timeline_of(evening_bus(), "2027-02-25", "2027-02-26");
  EXPECT_EQ(across(bars_of(drawing, "spring/evening takes turns")), (Stretches{{1047, 1151}}));
  EXPECT_EQ(across(bars_of(drawing, "spring/day takes turns")),
            (Stretches{{314, 1047}, {1151, kWidth}}));
  EXPECT_EQ(across(bars_of(drawing, "spring/day waits")), (Stretches{{1047, 1151}}));
  EXPECT_EQ(across(bars_of(drawing, "spring/filler takes turns")), (Stretches{{157, 314}}));
  EXPECT_EQ(across(bars_of(drawing, "spring/filler waits")), (Stretches{{314, kWidth}}));
}

TEST(Timeline, TheLastRowSaysWhatPlaysAndHatchesTheGaps) {
  const Drawing drawing = timeline_of(evening_bus(), "2027-02-25", "2027-02-26");
  EXPECT_EQ(across(areas_of<HatchShape>(drawing, "the card")), (Stretches{{0, 157}}));
  EXPECT_EQ(across(areas_of<HatchShape>(drawing, "fillers alone")), (Stretches{{157, 314}}));
  EXPECT_EQ(across(bars_of(drawing, "takeover")), (Stretches{{1047, 1151}}));
  EXPECT_EQ(across(bars_of(drawing, "normal")), (Stretches{{314, 1047}, {1151, kWidth}}));
  EXPECT_TRUE(has_label(drawing, "gaps 25.00 %"));
}

// 20 columns of 62.8 pixels; the 25th is the sixth of them.
TEST(Timeline, OverWeeksEachDayIsAColumnAndItsHoursRunDown) {
  const Drawing drawing = timeline_of(evening_bus(), "2027-02-20", "2027-03-12");
  const std::vector<Rect> evening = bars_of(drawing, "spring/evening takes turns");
  EXPECT_EQ(across(evening), (Stretches{{314, 439}}));
  const std::vector<Rect> all_days = bars_of(drawing, "spring/filler waits");
  EXPECT_EQ(across(all_days), (Stretches{{0, kWidth}}));
  ASSERT_EQ(evening.size(), 1U);
  EXPECT_EQ(evening[0].height, 4);    // 20:00 to 22:00 of 42: 35 to 38.5
  EXPECT_EQ(all_days[0].height, 31);  // from 06:00, 10.5 rounded
}

TEST(Timeline, AcrossATakeoverADayIsDrawnInItsParts) {
  const Drawing drawing = timeline_of(evening_bus(), "2027-02-20", "2027-03-12");
  const std::vector<Rect> day = bars_of(drawing, "spring/day takes turns");
  EXPECT_EQ(across(day), (Stretches{{0, 314}, {314, 439}, {314, 439}, {439, kWidth}}));
  // 06:00-24:00, 06:00-20:00, 22:00-24:00, 06:00-24:00
  EXPECT_EQ(down(day), (Stretches{{0, 31}, {0, 24}, {28, 31}, {0, 31}}));
}

TEST(Timeline, ARangeThatBeginsAtNoonHasHalfAColumn) {
  const Bus bus({campaign_toml(item_toml("a"))});
  const Drawing drawing = timeline_of(bus, "2027-02-20 12:00", "2027-03-12");
  const std::vector<Rect> bars = bars_of(drawing, "spring/a takes turns");
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[0].height, kBarInColumns / 2);
  EXPECT_EQ(bars[1].height, kBarInColumns);
  EXPECT_EQ(across(bars), (Stretches{{0, 62}, {62, kWidth}}));
}

TEST(Timeline, WeekendsAndHolidaysAreShaded) {
  const Bus bus({campaign_toml(item_toml("a"))});
  const Drawing drawing = timeline_of(bus, "2027-02-26", "2027-03-02");
  Stretches weekend;
  Stretches holiday;
  for (const Shape& shape : drawing.shapes) {
    const auto* rect = std::get_if<RectShape>(&shape);
    if (rect == nullptr || rect->area.height < 100) continue;
    const Stretches one = across({rect->area});
    if (rect->color == Color{0xf3, 0xf4, 0xf6}) weekend.push_back(one[0]);
    if (rect->color == Color{0xfa, 0xe7, 0xe1}) holiday.push_back(one[0]);
  }
  EXPECT_EQ(weekend, (Stretches{{314, 628}, {628, 942}}));
  EXPECT_EQ(holiday, (Stretches{{942, kWidth}}));  // the first of March
}

TEST(Timeline, AnItemThatCannotShowSaysWhy) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("b", "routes = [\"421\"]") +
                               item_toml("c", "yearly = \"06-01/06-02\""))});
  const Drawing drawing = timeline_of(bus, "2027-02-26", "2027-03-02");
  EXPECT_TRUE(has_label(drawing, "not here: routes, places, labels or share"));
  EXPECT_TRUE(has_label(drawing, "at no time of this range"));
}

TEST(Timeline, ADrawingOfTooManyItemsSaysHowManyAreMissing) {
  std::string items;
  for (int i = 0; i < 403; ++i) items += item_toml("item-" + std::to_string(i));
  const Drawing drawing = timeline_of(Bus({campaign_toml(items)}), "2027-02-25", "2027-02-26");
  EXPECT_TRUE(has_label(drawing, "item-399"));
  EXPECT_FALSE(has_label(drawing, "item-400"));
  EXPECT_TRUE(has_label(drawing, "3 more items are not drawn"));
}

TEST(Timeline, EverythingLiesOnThePaper) {
  for (const char* until : {"2027-01-02", "2027-01-11", "2027-04-01", "2028-02-01"}) {
    const Drawing drawing = timeline_of(evening_bus(), "2027-01-01", until);
    const auto is_inside = [&](const Rect& area) {
      return area.x >= 0 && area.y >= 0 && area.width > 0 && area.height > 0 &&
             area.x + area.width <= drawing.size.width &&
             area.y + area.height <= drawing.size.height;
    };
    for (const Shape& shape : drawing.shapes) {
      if (const auto* rect = std::get_if<RectShape>(&shape)) {
        EXPECT_TRUE(is_inside(rect->area));
      }
      if (const auto* hatch = std::get_if<HatchShape>(&shape)) {
        EXPECT_TRUE(is_inside(hatch->area));
      }
      if (const auto* label = std::get_if<LabelShape>(&shape)) {
        EXPECT_TRUE(is_inside(label->box)) << label->text;
        EXPECT_LE(estimated_width(label->text, label->size), label->box.width) << label->text;
      }
    }
  }
}

TEST(DrawingText, IsCutBetweenCharacters) {
  EXPECT_EQ(cut_to_width("remember", 16, 200), "remember");
  EXPECT_EQ(cut_to_width("호잘리를 기억합니다", 20, 80), "호잘리…");
  EXPECT_EQ(cut_to_width("abc", 16, 4), "…");
}

// ---- Writers ----------------------------------------------------------------------------------

// Well-formed, as a parser says that everybody has one of.
::testing::AssertionResult is_xml(const std::filesystem::path& file) {
  const std::string name = file.string();
  if (std::system("command -v xmllint > /dev/null") == 0) {
    if (std::system(("xmllint --noout " + name).c_str()) == 0) return ::testing::AssertionSuccess();
  } else if (std::system(
                 ("python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' " + name)
                     .c_str()) == 0) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << name << " is no XML";
}

TEST(DrawingSvg, IsWellFormedWhateverTheLabelsHold) {
  Drawing drawing{{100, 100}, "a < b & \"c\"", {}};
  drawing.shapes.emplace_back(RectShape{{0, 0, 10, 10}, {}, "</title>"});
  drawing.shapes.emplace_back(HatchShape{{0, 0, 10, 10}, {1, 2, 3}, {4, 5, 6}, "&"});
  LabelShape label;
  label.text = "<b>\x01 \xff 호잘리 \xEF\xBF\xBF ]]>";
  label.box = {0, 0, 100, 20};
  label.language = "\"ko";
  drawing.shapes.emplace_back(label);
  const TemporaryFolder folder;
  EXPECT_TRUE(is_xml(folder.write("d.svg", svg_of(drawing))));
  EXPECT_NE(svg_of(drawing).find("a &lt; b &amp; &quot;c&quot;"), std::string::npos);
}

TEST(DrawingFrame, PaintsBarsInTheirColoursAndHatchesTheGaps) {
  const Drawing drawing = timeline_of(evening_bus(), "2027-02-25", "2027-02-26");
  auto typesetter = Typesetter::open();
  if (!typesetter) GTEST_SKIP() << typesetter.error().message;
  const PicturePtr picture = paint(frame_of(drawing, *typesetter), *typesetter);
  EXPECT_EQ(picture->size(), drawing.size);
  const auto color_at = [&](int x, int y) {
    return picture->pixels()[static_cast<std::size_t>(y) * 1920 + static_cast<std::size_t>(x)] &
           0xffffffU;
  };
  const Rect bar = bars_of(drawing, "spring/evening takes turns").at(0);
  EXPECT_EQ(color_at(bar.x, bar.y), 0x2f7d80U);
  EXPECT_NE(color_at(bar.x - 1, bar.y), 0x2f7d80U);
  const Rect gap = areas_of<HatchShape>(drawing, "the card").at(0);
  int inked = 0;
  for (int x = gap.x; x < gap.x + 16; ++x) inked += color_at(x, gap.y) == 0xc86a3cU ? 1 : 0;
  EXPECT_EQ(inked, 2);  // one line every eight pixels
}

TEST(PlanPicture, WritesBothFilesAtOnce) {
  const TemporaryFolder folder;
  const Ran ran =
      run_noseon({"plan", demo(), "--from", "2027-01-15", "--until", "2027-04-15", "--png",
                  (folder / "t.png").string(), "--svg", (folder / "t.svg").string(), "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const nlohmann::json said = nlohmann::json::parse(ran.out);
  EXPECT_EQ(said["width"], 1920);
  EXPECT_EQ(said["shown"], 18);
  const std::string png = read_file(folder / "t.png", 1U << 24U).value();
  EXPECT_EQ(png.substr(0, 4), "\x89PNG");
  EXPECT_EQ(png.substr(16, 4), std::string("\0\0\x07\x80", 4));  // 1920
  EXPECT_GT(png.size(), 30'000U);                                // a blank one has a tenth of it
  EXPECT_TRUE(is_xml(folder / "t.svg"));
  EXPECT_NE(read_file(folder / "t.svg", 1U << 24U).value().find("호잘리를 기억합니다"),
            std::string::npos);
}

TEST(PlanPicture, RefusesAFolderItCannotWriteTo) {
  const Ran ran = run_noseon({"plan", demo(), "--from", "2027-02-25", "--until", "2027-02-26",
                              "--svg", "/nowhere/at/all/t.svg"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("/nowhere/at/all/t.svg"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace noseon::testing
