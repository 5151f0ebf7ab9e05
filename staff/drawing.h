// A drawing as a value: a list of flat shapes, decided by layout and obeyed by two thin writers
// (staff/drawing_svg.h, staff/drawing_frame.h). Whole pixels, the origin at the top left.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/appearance.h"
#include "base/geometry.h"

namespace noseon {

/// One colour over a rectangle.
struct RectShape {
  Rect area;
  Color color;
  std::string title;  ///< what it stands for, in words; may be empty
  friend bool operator==(const RectShape&, const RectShape&) = default;
};

/// Slanting lines over a rectangle; those of rectangles that touch go on in each other.
struct HatchShape {
  Rect area;
  Color ink;
  Color paper;
  std::string title;
  friend bool operator==(const HatchShape&, const HatchShape&) = default;
};

/// Along the pixels: REQUIRES from.x == to.x or from.y == to.y. One pixel wide, both ends included.
struct LineShape {
  Point from;
  Point to;
  Color color;
  friend bool operator==(const LineShape&, const LineShape&) = default;
};

/// One line of text in the middle of its box's height; it was cut to fit the width.
struct LabelShape {
  std::string text;
  Rect box;
  int size = 16;  ///< pixels per em
  Weight weight = Weight::regular;
  Align align = Align::left;
  Color ink;
  std::string language = "ko";
  friend bool operator==(const LabelShape&, const LabelShape&) = default;
};

using Shape = std::variant<RectShape, HatchShape, LineShape, LabelShape>;

/// In drawing order. The first shape covers it all.
struct Drawing {
  Size size;
  std::string title;
  std::vector<Shape> shapes;
};

/// Where a label's baseline stands, from the top of the drawing.
[[nodiscard]] int baseline_of(const LabelShape& label);

/// The text, or as much of its start as is at most about `width` pixels wide, with "…" behind it.
/// An estimate by kinds of characters: what lays out asks no font.
[[nodiscard]] std::string cut_to_width(const std::string& text, int size, int width);
/// The estimate itself, in pixels.
[[nodiscard]] int estimated_width(const std::string& text, int size);

/// From one colour to another, `part` of 0 to 255 on the way.
[[nodiscard]] Color between(Color from, Color to, int part);

/// How far it is from line to line of a hatch, along the x axis.
inline constexpr int kHatchPeriod = 8;

}  // namespace noseon
