// The cards that need no campaign: the built-in one, and the one for a folder in error.
#include <fmt/format.h>

#include <algorithm>

#include "player/compose.h"
#include "player/shapes.h"

namespace noseon {
namespace {

constexpr Color kCream{0xf4, 0xf1, 0xea};
constexpr Color kAmber{0xf2, 0xa9, 0x3b};

// ------------------------------------------------------------------------------- built-in card

constexpr Color kDeepTop{0x16, 0x3f, 0x57};
constexpr Color kDeepBottom{0x0c, 0x25, 0x38};
constexpr Color kFaintLine{0x23, 0x54, 0x6e};

// Points of the drawing in thousandths of the shorter side from the middle, the long side across.
// A screen that stands upright gets the same drawing with its axes exchanged.
class Sheet {
 public:
  explicit Sheet(Size size)
      : size_(size),
        short_side_(std::min(size.width, size.height)),
        pixels_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {}

  /// How far the drawing reaches to either end, and a little beyond.
  [[nodiscard]] int reach() const {
    return static_cast<int>(500LL * std::max(size_.width, size_.height) / short_side_) + 100;
  }

  void background(Color top, Color bottom) { draw_gradient(pixels_, size_, top, bottom); }

  void line(const std::vector<Point>& corners, int radius, Color color) {
    std::vector<Spot> spots;
    for (const Point& corner : corners) spots.push_back(spot(corner));
    draw_stroke(pixels_, size_, {rounded(spots, scaled(90)), scaled(radius), color});
  }

  void disc(Point middle, int radius, Color color, int opacity = 255) {
    draw_stroke(pixels_, size_, {{spot(middle)}, scaled(radius), color, opacity});
  }

  [[nodiscard]] PicturePtr finish() { return make_picture(size_, std::move(pixels_)); }

 private:
  [[nodiscard]] Px16 scaled(int thousandths) const {
    return Px16{thousandths} * short_side_ * 16 / 1000;
  }
  [[nodiscard]] Spot spot(Point point) const {
    const bool is_upright = size_.height > size_.width;
    const Px16 across = scaled(is_upright ? point.y : point.x);
    const Px16 down = scaled(is_upright ? point.x : point.y);
    return {Px16{size_.width} * 8 + across, Px16{size_.height} * 8 + down};
  }

  Size size_;
  int short_side_;
  std::vector<std::uint32_t> pixels_;
};

void draw_other_routes(Sheet& sheet) {
  const int end = sheet.reach();
  sheet.line({{-end, -290}, {-760, -290}, {-520, -50}, {-520, 600}}, 11, kFaintLine);
  sheet.line({{end, 300}, {760, 300}, {520, 60}, {520, -600}}, 11, kFaintLine);
  sheet.line({{-end, 330}, {120, 330}, {330, 120}, {end, 120}}, 11, kFaintLine);
}

// The route: in on one level, across at 45 degrees through the middle, out on the other.
void draw_route(Sheet& sheet) {
  constexpr int kLevel = 150;
  constexpr int kBetweenStops = 300;
  const int end = sheet.reach();
  sheet.line({{-end, kLevel}, {-kLevel, kLevel}, {kLevel, -kLevel}, {end, -kLevel}}, 21, kAmber);
  for (int x = kLevel + 220; x < end; x += kBetweenStops) {
    for (const Point stop : {Point{-x, kLevel}, Point{x, -kLevel}}) {
      sheet.disc(stop, 34, kCream);
      sheet.disc(stop, 18, kDeepBottom);
    }
  }
  sheet.disc({0, 0}, 118, kCream, 40);
  sheet.disc({0, 0}, 74, kCream);
  sheet.disc({0, 0}, 46, kDeepBottom);
}

// ---------------------------------------------------------------------------------- error card

constexpr Color kErrorBackground{0x14, 0x1b, 0x22};
constexpr Color kErrorAccent{0xe8, 0x5d, 0x4a};
constexpr Color kErrorBody{0xd5, 0xd9, 0xdb};
constexpr int kDimming = 224;

// Sets paragraphs one below the other from the top of a column.
class Column {
 public:
  Column(Rect area, Frame& frame, Typesetter& typesetter)
      : area_(area), frame_(frame), typesetter_(typesetter), y_(area.y) {}

  /// False, and nothing is drawn, where the paragraph and `keep` pixels below it have no room.
  [[nodiscard]] bool add(const std::string& text, int size, Weight weight, Color ink, int keep) {
    TextBlock block;
    block.text = text;
    block.language = "en";
    block.weight = weight;
    block.align = Align::left;
    block.box = {area_.width, std::max(area_.y + area_.height - y_, size * 2)};
    block.size_max = block.size_min = size;
    block.line_height = 1.3;
    TextLayout layout = typesetter_.lay_out(block);
    if (layout.lines.empty()) return true;
    const int height = static_cast<int>(layout.lines.size()) * pitch(size);
    if (y_ + height + keep > area_.y + area_.height) return false;
    const int baseline = y_ + size;
    const int first = layout.lines.front().y / 64;
    frame_.draws.emplace_back(TextDraw{std::move(layout), {area_.x, baseline - first}, ink});
    y_ += height;
    return true;
  }
  void skip(int pixels) { y_ += pixels; }
  [[nodiscard]] static int pitch(int size) { return size * 13 / 10; }

 private:
  Rect area_;
  Frame& frame_;
  Typesetter& typesetter_;
  int y_;
};

void draw_behind(Frame& frame, PicturePtr behind) {
  const Rect whole{0, 0, frame.size.width, frame.size.height};
  frame.draws.emplace_back(FillDraw{whole, kErrorBackground});
  if (!behind) return;
  const Size size = behind->size();
  const Point middle{(frame.size.width - size.width) / 2, (frame.size.height - size.height) / 2};
  frame.draws.emplace_back(
      PictureDraw{std::move(behind), {0, 0, size.width, size.height}, middle, "behind"});
  frame.draws.emplace_back(FillDraw{whole, kErrorBackground, kDimming});
}

void add_lines(Column& column, const std::vector<std::string>& lines, int size) {
  const int room_for_count = size / 2 + Column::pitch(size);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_last = i + 1 == lines.size();
    if (!column.add(lines[i], size, Weight::regular, kErrorBody, is_last ? 0 : room_for_count)) {
      const std::string count = fmt::format("… and {} more", lines.size() - i);
      // Where not even this has room the card is too small to say anything.
      static_cast<void>(column.add(count, size, Weight::regular, kAmber, 0));
      return;
    }
    column.skip(size / 2);
  }
}

}  // namespace

Frame compose_builtin_card(Size size) {
  const Rect whole{0, 0, size.width, size.height};
  Frame frame{size, {FillDraw{whole, kDeepBottom}}};
  if (size.width <= 0 || size.height <= 0) return frame;
  Sheet sheet(size);
  sheet.background(kDeepTop, kDeepBottom);
  draw_other_routes(sheet);
  draw_route(sheet);
  frame.draws.emplace_back(PictureDraw{sheet.finish(), whole, {0, 0}, "built-in card"});
  return frame;
}

Frame compose_error_card(Size size, const std::string& title, const std::vector<std::string>& lines,
                         PicturePtr behind, Typesetter& typesetter) {
  Frame frame{size, {}};
  draw_behind(frame, std::move(behind));
  const int side = std::min(size.width, size.height);
  const int margin = side * 9 / 100;
  const int longer = std::max(size.width, size.height);
  const int by_length = std::min(longer * 17 / 1000, side * 65 / 1000);  // larger on bars
  const int body = std::clamp(std::max(side * 42 / 1000, by_length), 8, 256);
  const int bar = std::max(side * 14 / 1000, 1);
  const int inset = margin + bar + body;
  const Rect area{inset, margin, std::max(size.width - inset - margin, 8),
                  std::max(size.height - 2 * margin, 8)};
  frame.draws.emplace_back(FillDraw{{margin, margin, bar, area.height}, kErrorAccent});
  Column column(area, frame, typesetter);
  const int headline = std::clamp(body * 17 / 10, 8, 512);
  if (!column.add(title, headline, Weight::bold, kCream, 0)) {
    static_cast<void>(column.add(title, body, Weight::bold, kCream, 0));
  }
  column.skip(body);
  add_lines(column, lines, body);
  return frame;
}

}  // namespace noseon
