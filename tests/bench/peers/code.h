// What makes a poster recognisable on the glass: nine blocks of one colour, a colour for each
// poster. "Poster k is fully shown" means: the middle of all nine blocks has k's colour.
#pragma once

#include <array>
#include <optional>

#include "base/geometry.h"

namespace noseon::peers {

/// How many posters there are, and so codes: 0 to kPosters - 1.
inline constexpr int kPosters = 20;

/// Any two differ by 98 or more in some channel.
[[nodiscard]] Color color_of(int code);
/// The code whose colour it is, give or take what JPEG and scaling do to it; nothing for others.
[[nodiscard]] std::optional<int> code_of(Color color);

inline constexpr std::size_t kPlaces = 9;
/// The middles of the blocks, in a picture that lies there: three rows of three, the first and the
/// last close to the edges, since a frame reaches the glass row by row.
[[nodiscard]] std::array<Point, kPlaces> places_in(const Rect& picture);
/// The side of a block in a picture of that width.
[[nodiscard]] int block_side(int picture_width);

/// Where a picture of that size lies on a glass of that size: as large as it fits, in the middle.
[[nodiscard]] Rect fitted_in(Size picture, Size glass);

}  // namespace noseon::peers
