#include "player/painter.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "base/check.h"
#include "player/coverage.h"
#include "player/pixels.h"

namespace noseon {
namespace {

// In 64 bits: rectangles come from arithmetic on positions and may reach past int.
struct Box {
  std::int64_t left, top, right, bottom;
  [[nodiscard]] bool is_empty() const { return left >= right || top >= bottom; }
  friend bool operator==(const Box&, const Box&) = default;
};

Box box_of(const Rect& rect) {
  return {rect.x, rect.y, std::int64_t{rect.x} + rect.width, std::int64_t{rect.y} + rect.height};
}

Box both(const Box& a, const Box& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
          std::min(a.bottom, b.bottom)};
}

Box moved(const Box& box, std::int64_t x, std::int64_t y) {
  return {box.left + x, box.top + y, box.right + x, box.bottom + y};
}

Box grown_by(const Box& box, std::int64_t pixels) {
  return {box.left - pixels, box.top - pixels, box.right + pixels, box.bottom + pixels};
}

// REQUIRES: inside a frame, or a few pixels around it.
Rect rect_of(const Box& box) {
  return {static_cast<int>(box.left), static_cast<int>(box.top),
          static_cast<int>(box.right - box.left), static_cast<int>(box.bottom - box.top)};
}

std::size_t pixels_of(Size size) {
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

class Canvas {
 public:
  /// Its pixels are undefined until something was drawn over them.
  explicit Canvas(Size size) : size_(size), pixels_(pixels_of(size) * sizeof(std::uint32_t)) {}

  /// One colour everywhere but where `draw`, which comes next, hides it; null: it hides nothing.
  void lay_ground(Color color, const Draw* draw) {
    const auto* const picture = draw != nullptr ? std::get_if<PictureDraw>(draw) : nullptr;
    const Box hidden = picture != nullptr ? area_of(*picture) : Box{0, 0, 0, 0};
    for (std::int64_t y = 0; y < size_.height; ++y) {
      const bool is_beside = !hidden.is_empty() && y >= hidden.top && y < hidden.bottom;
      const std::int64_t left = is_beside ? hidden.left : size_.width;
      std::fill(at(0, y), at(left, y), to_word(color));
      if (is_beside) std::fill(at(hidden.right, y), at(size_.width, y), to_word(color));
    }
  }

  void draw(const FillDraw& fill) {
    const Box area = both(box_of(fill.area), bounds());
    if (area.is_empty()) return;
    const auto opacity = static_cast<unsigned>(std::clamp(fill.opacity, 0, 255));
    const auto width = static_cast<std::size_t>(area.right - area.left);
    for (std::int64_t y = area.top; y < area.bottom; ++y) {
      blend_fill(at(area.left, y), width, fill.color, opacity);
    }
  }

  void draw(const PictureDraw& draw) {
    const Box area = area_of(draw);
    if (area.is_empty()) return;
    const std::int64_t right = std::int64_t{draw.target.x} - draw.source.x;
    const std::int64_t down = std::int64_t{draw.target.y} - draw.source.y;
    const std::int64_t width = draw.picture->size().width;
    const std::uint32_t* const pixels = draw.picture->pixels().data();
    const auto bytes = static_cast<std::size_t>(area.right - area.left) * sizeof(std::uint32_t);
    for (std::int64_t y = area.top; y < area.bottom; ++y) {
      std::memcpy(at(area.left, y), pixels + (y - down) * width + (area.left - right), bytes);
    }
  }

  void draw(const TextDraw& draw, Typesetter& typesetter) {
    if (draw.shadow) draw_shadow(draw, typesetter);
    if (draw.outline) draw_glyphs(draw, draw.outline->color, draw.outline->width, typesetter);
    draw_glyphs(draw, draw.ink, 0, typesetter);
  }

  [[nodiscard]] PicturePtr finish(int rotation, int brightness) {
    if (brightness < 1000) dim(pixels_.words(), brightness);
    if (rotation == 0) return make_frame(size_, std::move(pixels_));
    PixelMemory turned(pixels_.size());
    turn(at(0, 0), size_.width, size_.height, rotation, turned.words().data());
    const Size size = rotation == 180 ? size_ : Size{size_.height, size_.width};
    return make_frame(size, std::move(turned));
  }

 private:
  [[nodiscard]] Box bounds() const { return {0, 0, size_.width, size_.height}; }
  [[nodiscard]] std::uint32_t* at(std::int64_t x, std::int64_t y) {
    return pixels_.words().data() + y * size_.width + x;
  }

  // Where a picture is drawn, of its source and of the canvas what there is.
  [[nodiscard]] Box area_of(const PictureDraw& draw) const {
    CHECK(draw.picture != nullptr);
    const Size size = draw.picture->size();
    const Box source = both(box_of(draw.source), {0, 0, size.width, size.height});
    return both(moved(source, std::int64_t{draw.target.x} - draw.source.x,
                      std::int64_t{draw.target.y} - draw.source.y),
                bounds());
  }

  // Calls draw(bitmap, place) for each glyph. The origin keeps its fraction across, where spacing
  // shows; baselines stand on whole pixels.
  template <class DrawGlyph>
  static void for_each_glyph(const TextDraw& text, Px64 grown, Typesetter& typesetter,
                             DrawGlyph draw) {
    for (const TextLine& line : text.layout.lines) {
      for (const Glyph& glyph : line.glyphs) {
        const GlyphBitmap& bitmap =
            typesetter.raster(glyph.font, glyph.id, text.layout.size, glyph.x & 63, grown);
        const std::int64_t x = std::int64_t{text.origin.x} + (glyph.x >> 6) + bitmap.left;
        const std::int64_t y =
            std::int64_t{text.origin.y} + ((std::int64_t{glyph.y} + 32) >> 6) - bitmap.top;
        draw(bitmap, moved({0, 0, bitmap.size.width, bitmap.size.height}, x, y));
      }
    }
  }

  void draw_glyphs(const TextDraw& text, Color ink, Px64 grown, Typesetter& typesetter) {
    const bool is_under = grown > 0;
    for_each_glyph(text, grown, typesetter, [&](const GlyphBitmap& bitmap, const Box& place) {
      if (!(is_under && bitmap.is_colour)) draw_glyph(bitmap, place, ink);
    });
  }

  void draw_glyph(const GlyphBitmap& bitmap, const Box& place, Color ink) {
    const Box area = both(place, bounds());
    if (area.is_empty()) return;
    const auto count = static_cast<std::size_t>(area.right - area.left);
    for (std::int64_t row = area.top; row < area.bottom; ++row) {
      const std::int64_t offset = (row - place.top) * bitmap.size.width + (area.left - place.left);
      if (bitmap.is_colour) {
        blend_bgra(at(area.left, row), bitmap.pixels.data() + offset * 4, count);
      } else {
        blend_ink(at(area.left, row), bitmap.pixels.data() + offset, count, ink);
      }
    }
  }

  void draw_shadow(const TextDraw& text, Typesetter& typesetter) {
    const TextShadow& shadow = *text.shadow;
    const Px64 grown = text.outline ? text.outline->width : 0;
    const Box area = both(shadow_box(text, grown), grown_by(bounds(), shadow.blur));
    if (area.is_empty()) return;
    Coverage coverage(rect_of(area));
    for_each_glyph(text, grown, typesetter, [&](const GlyphBitmap& bitmap, const Box& place) {
      const Box thrown = moved(place, shadow.offset.x, shadow.offset.y);
      if (both(thrown, area).is_empty()) return;
      coverage.add(bitmap, {static_cast<int>(thrown.left), static_cast<int>(thrown.top)});
    });
    coverage.blur(shadow.blur);
    draw_coverage(coverage, shadow.color,
                  static_cast<unsigned>(std::clamp(shadow.opacity, 0, 255)));
  }

  // What the shadow can reach.
  static Box shadow_box(const TextDraw& text, Px64 grown) {
    const Box ink = moved(box_of(text.layout.ink), text.origin.x, text.origin.y);
    const Box box = grown_by(ink, (grown + 63) / 64 + text.shadow->blur + 1);
    return moved(box, text.shadow->offset.x, text.shadow->offset.y);
  }

  void draw_coverage(const Coverage& coverage, Color color, unsigned opacity) {
    const Box area = both(box_of(coverage.area()), bounds());
    if (area.is_empty()) return;
    const auto count = static_cast<std::size_t>(area.right - area.left);
    std::vector<std::uint8_t> row(count);
    for (std::int64_t y = area.top; y < area.bottom; ++y) {
      const std::uint8_t* const from =
          coverage.row(static_cast<int>(y - coverage.area().y)) + (area.left - coverage.area().x);
      std::transform(from, from + count, row.begin(), [opacity](std::uint8_t value) {
        return static_cast<std::uint8_t>(divided_by_255(value * opacity));
      });
      blend_ink(at(area.left, y), row.data(), count, color);
    }
  }

  Size size_;
  PixelMemory pixels_;
};

bool covers(const Rect& area, Size size) {
  return both(box_of(area), {0, 0, size.width, size.height}) == Box{0, 0, size.width, size.height};
}

// Nothing of what was drawn before it is seen.
bool hides_all(const Draw& draw, Size size) {
  if (const auto* fill = std::get_if<FillDraw>(&draw)) {
    return fill->opacity >= 255 && covers(fill->area, size);
  }
  const auto* picture = std::get_if<PictureDraw>(&draw);
  if (picture == nullptr) return false;
  const Size has = picture->picture->size();
  const bool is_inside = picture->source.x >= 0 && picture->source.y >= 0 &&
                         std::int64_t{picture->source.x} + picture->source.width <= has.width &&
                         std::int64_t{picture->source.y} + picture->source.height <= has.height;
  return is_inside && covers({picture->target.x, picture->target.y, picture->source.width,
                              picture->source.height},
                             size);
}

// The draws that are seen: from the last one that hides all before it.
std::span<const Draw> seen_of(const Frame& frame) {
  std::span<const Draw> draws(frame.draws);
  for (std::size_t i = draws.size(); i-- > 0;) {
    if (hides_all(draws[i], frame.size)) return draws.subspan(i);
  }
  return draws;
}

// What all else lies on; null where it is a picture, or nothing and so black.
const FillDraw* ground_of(const Frame& frame, std::span<const Draw> seen) {
  const auto* const fill = seen.empty() ? nullptr : std::get_if<FillDraw>(&seen.front());
  return fill != nullptr && hides_all(seen.front(), frame.size) ? fill : nullptr;
}

// A frame that is one whole picture is that picture: nothing to copy, and nothing to keep twice.
PicturePtr whole_picture(const Frame& frame, std::span<const Draw> seen, int rotation) {
  if (seen.size() != 1 || rotation != 0 || frame.brightness < 1000) return nullptr;
  const auto* const draw = std::get_if<PictureDraw>(&seen.front());
  const Rect all{0, 0, frame.size.width, frame.size.height};
  const bool is_whole = draw != nullptr && draw->picture->size() == frame.size &&
                        draw->source == all && draw->target == Point{};
  return is_whole ? draw->picture : nullptr;
}

PicturePtr paint(const Frame& frame, Typesetter* typesetter, int rotation) {
  CHECK(frame.size.width >= 0 && frame.size.height >= 0);
  CHECK(rotation == 0 || rotation == 90 || rotation == 180 || rotation == 270);
  std::span<const Draw> seen = seen_of(frame);
  if (PicturePtr whole = whole_picture(frame, seen, rotation)) return whole;
  Canvas canvas(frame.size);
  Color ground;
  if (const auto* fill = ground_of(frame, seen)) {
    ground = fill->color;
    seen = seen.subspan(1);
  }
  canvas.lay_ground(ground, seen.empty() ? nullptr : &seen.front());
  for (const Draw& draw : seen) {
    if (const auto* fill = std::get_if<FillDraw>(&draw)) canvas.draw(*fill);
    if (const auto* picture = std::get_if<PictureDraw>(&draw)) canvas.draw(*picture);
    if (const auto* text = std::get_if<TextDraw>(&draw)) {
      CHECK(typesetter != nullptr);
      canvas.draw(*text, *typesetter);
    }
  }
  return canvas.finish(rotation, frame.brightness);
}

}  // namespace

PicturePtr paint(const Frame& frame, Typesetter& typesetter, int rotation) {
  return paint(frame, &typesetter, rotation);
}

PicturePtr paint_without_text(const Frame& frame, int rotation) {
  return paint(frame, nullptr, rotation);
}

}  // namespace noseon
