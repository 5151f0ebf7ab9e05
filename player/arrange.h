// Texts of several languages in an area of the display: how large, which together, and where.
// Private to composition.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "player/frame.h"
#include "playlist/model.h"

namespace noseon {

struct Words {
  std::string text;
  std::string language;
};

/// Those of the display's languages that there are words in; else the first written.
[[nodiscard]] std::vector<Words> words_to_show(const Texts& texts,
                                               const std::vector<std::string>& languages);

/// Where and how words are set.
struct Setting {
  Style style;
  Rect area;
  int size_max = 0;  ///< of the first language, pixels per em
  int size_min = 0;  ///< of any; never below
};

/// Words that show together.
struct Arrangement {
  int size = 0;  ///< of the first language
  std::vector<Draw> draws{};
  std::vector<std::string> languages{};
  std::int64_t weight = 1;  ///< half characters, at least 1
};

/// Two languages that fit together are one arrangement, the first large, the second at 60 % below
/// it, or beside it in an area twice as wide as high where that reads larger; what does not fit
/// with the one before it begins another, no larger than the first. One that does not fit alone
/// ends in an ellipsis. Empty where there are no words.
[[nodiscard]] std::vector<Arrangement> arrange(const std::vector<Words>& words,
                                               const Setting& setting, Typesetter& typesetter);

/// A layout at a place, in the style's ink with its outline and shadow.
[[nodiscard]] TextDraw draw_of(TextLayout layout, Point origin, const Style& style);

/// What is asked of the typesetter for words in a style. `box` is made one pixel where it is less.
[[nodiscard]] TextBlock block_of(const Words& words, const Style& style, Size box);

/// What is inked of the texts among the draws, in the frame's pixels.
[[nodiscard]] std::vector<Rect> inked_areas(const std::vector<Draw>& draws);

}  // namespace noseon
