#include "staff/timeline_parts.h"

#include <array>

#include "base/say.h"

namespace noseon::timeline {
namespace {

constexpr std::array<Color, 7> kHues{{{0x2f, 0x7d, 0x80},
                                      {0xc2, 0x8a, 0x36},
                                      {0x7b, 0x5b, 0x93},
                                      {0x5f, 0x8a, 0x47},
                                      {0xb2, 0x5c, 0x57},
                                      {0x44, 0x6f, 0xa6},
                                      {0x8c, 0x6d, 0x55}}};
constexpr int kPaleness = 186;  // of 255, on the way to the paper

constexpr int kLegendRow = 34;
constexpr Size kSwatch{34, 18};

struct Entry {
  Color color;
  Color paper;
  bool is_hatched;
  std::string text;
};

std::vector<Entry> entries(Color hue) {
  return {{hue, {}, false, say("takes turns")},
          {pale(hue), {}, false, say("open, but a higher role plays")},
          {kUrgent, {}, false, say("urgent")},
          {kTakeover, {}, false, say("takeover")},
          {kNormal, {}, false, say("normal")},
          {kFillerInk, kFillerPaper, true, say("fillers alone")},
          {kCardInk, kCardPaper, true, say("nothing: the card stands")},
          {kWeekend, {}, false, say("weekend")},
          {kHoliday, {}, false, say("public holiday")}};
}

}  // namespace

Color hue_of(std::size_t campaign) {
  return kHues.at(campaign % kHues.size());
}

Color pale(Color color) {
  return between(color, kPaper, kPaleness);
}

void Canvas::fill(const Rect& area, Color color, const std::string& title) {
  shapes_.emplace_back(RectShape{area, color, title});
}

void Canvas::fill_all(const std::vector<Rect>& areas, Color color, const std::string& title) {
  for (const Rect& area : areas) fill(area, color, title);
}

void Canvas::hatch_all(const std::vector<Rect>& areas, Color ink, Color paper,
                       const std::string& title) {
  for (const Rect& area : areas) shapes_.emplace_back(HatchShape{area, ink, paper, title});
}

void Canvas::line(Point from, Point to, Color color) {
  shapes_.emplace_back(LineShape{from, to, color});
}

void Canvas::frame(const Rect& area, Color color) {
  const int right = area.x + area.width - 1;
  const int bottom = area.y + area.height - 1;
  line({area.x, area.y}, {right, area.y}, color);
  line({area.x, bottom}, {right, bottom}, color);
  line({area.x, area.y}, {area.x, bottom}, color);
  line({right, area.y}, {right, bottom}, color);
}

void Canvas::label(LabelShape label) {
  label.text = cut_to_width(label.text, label.size, label.box.width);
  if (!label.text.empty()) shapes_.emplace_back(std::move(label));
}

int legend_height(const TimeScale& scale) {
  return (scale.has_day_columns() ? 3 : 2) * kLegendRow;
}

void draw_legend(Canvas& canvas, const TimeScale& scale, Color hue, int top) {
  int x = kChartLeft;
  int y = top;
  for (const Entry& entry : entries(hue)) {
    const int text_width = estimated_width(entry.text, 15) + 12;
    if (x + kSwatch.width + 8 + text_width > kRight) {
      x = kChartLeft;
      y += kLegendRow;
    }
    const Rect swatch{x, y + (kLegendRow - kSwatch.height) / 2, kSwatch.width, kSwatch.height};
    if (entry.is_hatched) {
      canvas.hatch_all({swatch}, entry.color, entry.paper, {});
    } else {
      canvas.fill(swatch, entry.color);
    }
    canvas.frame(swatch, between(entry.color, kInk, 40));
    x += kSwatch.width + 8;
    canvas.label(
        {entry.text, {x, y, text_width, kLegendRow}, 15, Weight::regular, Align::left, kFaintInk});
    x += text_width + 18;
  }
  if (!scale.has_day_columns()) return;
  canvas.label({say("Each day is a column: midnight at the top of a row, noon in its middle, "
                    "midnight at its foot."),
                {kChartLeft, top + 2 * kLegendRow, kChartWidth, kLegendRow},
                15,
                Weight::regular,
                Align::left,
                kFaintInk});
}

}  // namespace noseon::timeline
