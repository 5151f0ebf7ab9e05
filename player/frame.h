// What is to be drawn, as a value: decided by composition, obeyed by the painter, printed by tests.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/geometry.h"
#include "fonts/typeset.h"
#include "media/picture.h"

namespace noseon {

/// One colour over a rectangle.
struct FillDraw {
  Rect area;
  Color color;
  int opacity = 255;  ///< 0 to 255
};

/// Part of a picture, pixel for pixel: `source` of the picture at `target` of the frame.
struct PictureDraw {
  PicturePtr picture;  ///< never null
  Rect source;
  Point target;
  std::string name;  ///< for to_string: what it is a picture of
};

/// A line around each letter, under all of them.
struct TextOutline {
  Color color;
  Px64 width = 0;  ///< 0 to 16,384
};

/// What the letters, with their outline, throw on what is behind them.
struct TextShadow {
  Color color;
  Point offset;       ///< pixels
  int blur = 0;       ///< radius in pixels, 0 to 512
  int opacity = 255;  ///< 0 to 255
};

/// A text that was laid out; the layout's box has its top left corner at `origin`.
struct TextDraw {
  TextLayout layout;
  Point origin;
  Color ink;
  std::optional<TextOutline> outline{};
  std::optional<TextShadow> shadow{};
};

using Draw = std::variant<FillDraw, PictureDraw, TextDraw>;

/// In drawing order. Whatever no draw covers is black, so composition starts with a fill of it all.
struct Frame {
  Size size;
  std::vector<Draw> draws;
  int brightness = 1000;  ///< permille of all of it together, 0 to 1,000: a display by night
};

/// One line a draw: what a test compares first.
[[nodiscard]] std::string to_string(const Frame& frame);

}  // namespace noseon
