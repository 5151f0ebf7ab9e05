#include "staff/welcome_poster.h"

#include <algorithm>

#include "base/check.h"
#include "player/shapes.h"

namespace noseon {
namespace {

constexpr Color kSkyTop{0xff, 0xf1, 0xd8};
constexpr Color kSkyBottom{0xff, 0xc9, 0x95};
constexpr Color kSun{0xff, 0xfb, 0xf0};
constexpr Color kFarHill{0xf0, 0xb4, 0x8c};
constexpr Color kHill{0x8f, 0xb3, 0x9c};
constexpr Color kNearHill{0x4e, 0x8c, 0x82};
constexpr Color kTree{0x2f, 0x6b, 0x66};
constexpr Color kRoad{0x17, 0x32, 0x4a};
constexpr Color kKerb{0xf7, 0xe3, 0xc2};
constexpr Color kBody{0xe2, 0x54, 0x3f};
constexpr Color kBodyDark{0xb8, 0x3d, 0x31};
constexpr Color kGlass{0xd9, 0xee, 0xf0};
constexpr Color kTyre{0x10, 0x1c, 0x28};
constexpr Color kLamp{0xff, 0xd3, 0x63};
constexpr Color kInk{0x17, 0x32, 0x4a};

constexpr int kRoadTop = 842;

// A drawing in thousandths of the height, from the top left corner.
class Canvas {
 public:
  explicit Canvas(Size size)
      : size_(size),
        pixels_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {}

  [[nodiscard]] int width() const { return 1000 * size_.width / size_.height; }

  void sky(Color top, Color bottom) { draw_gradient(pixels_, size_, top, bottom); }

  void disc(Point middle, int radius, Color color, int opacity = 255) {
    draw_stroke(pixels_, size_, {{spot(middle)}, scaled(radius), color, opacity});
  }
  void line(Point from, Point to, int radius, Color color, int opacity = 255) {
    draw_stroke(pixels_, size_, {{spot(from), spot(to)}, scaled(radius), color, opacity});
  }
  /// A rectangle with round corners.
  void box(Rect area, int radius, Color color) {
    CHECK(2 * radius <= area.width && 2 * radius <= area.height);
    const int left = area.x + radius;
    const int right = area.x + area.width - radius;
    const int bottom = area.y + area.height - radius;
    const int top = area.y + radius;
    line({left, top}, {left, bottom}, radius, color);
    line({right, top}, {right, bottom}, radius, color);
    line({left, bottom}, {right, bottom}, radius, color);
    for (int y = top; y < bottom; y += radius) line({left + 2, y}, {right - 2, y}, radius, color);
  }

  [[nodiscard]] PicturePtr finish() { return make_picture(size_, std::move(pixels_)); }

 private:
  [[nodiscard]] Px16 scaled(int thousandths) const {
    return Px16{thousandths} * size_.height * 16 / 1000;
  }
  [[nodiscard]] Spot spot(Point point) const { return {scaled(point.x), scaled(point.y)}; }

  Size size_;
  std::vector<std::uint32_t> pixels_;
};

void draw_sun(Canvas& canvas, Point middle) {
  canvas.disc(middle, 300, kSun, 60);
  canvas.disc(middle, 215, kSun, 90);
  canvas.disc(middle, 140, kSun);
}

void draw_hills(Canvas& canvas) {
  const int width = canvas.width();
  for (int x = 250; x < width + 700; x += 1150) canvas.disc({x, 1640}, 1050, kFarHill);
  for (int x = -300; x < width + 900; x += 1350) canvas.disc({x, 2010}, 1330, kHill);
  for (int x = 420; x < width + 900; x += 1500) canvas.disc({x, 2290}, 1530, kNearHill);
}

void draw_tree(Canvas& canvas, int x, int height) {
  canvas.line({x, kRoadTop}, {x, kRoadTop - height}, 8, kTree);
  canvas.disc({x, kRoadTop - height}, height * 45 / 100, kTree);
  canvas.disc({x - height / 4, kRoadTop - height * 75 / 100}, height * 30 / 100, kTree);
  canvas.disc({x + height / 4, kRoadTop - height * 72 / 100}, height * 28 / 100, kTree);
}

// A stop: a pole with a round sign.
void draw_stop(Canvas& canvas, int x) {
  canvas.line({x, kRoadTop}, {x, 600}, 7, kInk);
  canvas.disc({x, 570}, 52, kInk);
  canvas.disc({x, 570}, 40, kKerb);
  canvas.box({x - 20, 551, 40, 30}, 7, kBody);
  canvas.disc({x - 11, 588}, 6, kInk);
  canvas.disc({x + 11, 588}, 6, kInk);
}

void draw_road(Canvas& canvas) {
  const int width = canvas.width();
  canvas.box({-100, kRoadTop, width + 200, 300}, 40, kRoad);
  canvas.line({-20, kRoadTop}, {width + 20, kRoadTop}, 7, kKerb);
  for (int x = 60; x < width; x += 260) canvas.line({x, 952}, {x + 120, 952}, 6, kKerb, 170);
}

void draw_wheel(Canvas& canvas, Point middle) {
  canvas.disc(middle, 66, kTyre);
  canvas.disc(middle, 30, kKerb);
  canvas.disc(middle, 13, kTyre);
}

// The bus, driving to the right; `x` is its back.
void draw_bus(Canvas& canvas, int x) {
  constexpr int kLength = 1000;
  canvas.line({x + 40, 892}, {x + kLength - 30, 892}, 14, kTyre, 120);  // its shadow
  canvas.box({x, 470, kLength, 380}, 52, kBody);
  canvas.box({x + 4, 762, kLength - 8, 84}, 30, kBodyDark);
  canvas.box({x + 90, 448, 300, 40}, 18, kBodyDark);  // on the roof
  for (int i = 0; i < 4; ++i) canvas.box({x + 50 + i * 158, 530, 140, 130}, 18, kGlass);
  canvas.box({x + 690, 520, 124, 316}, 16, kBodyDark);  // the door
  canvas.box({x + 700, 532, 48, 282}, 12, kGlass);
  canvas.box({x + 756, 532, 48, 282}, 12, kGlass);
  canvas.box({x + 836, 530, 156, 170}, 22, kGlass);
  canvas.line({x + 30, 704}, {x + 660, 704}, 9, kKerb);
  canvas.disc({x + kLength - 34, 778}, 20, kLamp);
  canvas.disc({x + 10, 740}, 12, kLamp);
  draw_wheel(canvas, {x + 215, 846});
  draw_wheel(canvas, {x + 600, 846});
}

struct Words {
  const char* text;
  const char* language;
  Rect area;  ///< thousandths of the height
  int size;
};

void add_words(Frame& frame, Typesetter& typesetter, const Words& words) {
  const auto pixels = [&](int thousandths) { return thousandths * frame.size.height / 1000; };
  TextBlock block;
  block.text = words.text;
  block.language = words.language;
  block.weight = Weight::bold;
  block.align = Align::left;
  block.box = {pixels(words.area.width), pixels(words.area.height)};
  block.size_max = std::clamp(pixels(words.size), 8, 1024);
  block.size_min = 8;
  frame.draws.emplace_back(
      TextDraw{typesetter.lay_out(block), {pixels(words.area.x), pixels(words.area.y)}, kInk});
}

PicturePtr draw_scene(Size size, bool is_bar) {
  Canvas canvas(size);
  const int width = canvas.width();
  canvas.sky(kSkyTop, kSkyBottom);
  draw_sun(canvas, {is_bar ? width - 1480 : width - 330, is_bar ? 330 : 270});
  draw_hills(canvas);
  const int bus = width - (is_bar ? 1260 : 1120);
  draw_tree(canvas, bus - 330, 190);
  draw_tree(canvas, bus - 430, 140);
  draw_tree(canvas, width - 50, 170);
  draw_road(canvas);
  draw_stop(canvas, bus - 150);
  draw_bus(canvas, bus);
  return canvas.finish();
}

}  // namespace

Frame compose_welcome(Size size, Typesetter& typesetter) {
  CHECK(size.width > 0 && size.height > 0);
  const bool is_bar = size.width > 5 * size.height / 2;
  const Rect whole{0, 0, size.width, size.height};
  Frame frame{size, {FillDraw{whole, kSkyBottom}}};
  frame.draws.emplace_back(PictureDraw{draw_scene(size, is_bar), whole, {0, 0}, "welcome"});
  if (is_bar) {
    add_words(frame, typesetter, {"반갑습니다", "ko", {150, 130, 1700, 360}, 320});
    add_words(frame, typesetter, {"Welcome aboard", "en", {160, 490, 1500, 170}, 130});
  } else {
    add_words(frame, typesetter, {"반갑습니다", "ko", {95, 85, 1200, 250}, 215});
    add_words(frame, typesetter, {"Welcome aboard", "en", {100, 330, 1100, 110}, 80});
  }
  return frame;
}

}  // namespace noseon
