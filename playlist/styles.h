// The styles that Noseon brings along: a campaign names them without writing them down, or starts
// from one with "like".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playlist/model.h"

namespace noseon {

/// remembrance, notice, warm and night, in this order; each is_shipped, and has no place.
[[nodiscard]] const std::vector<Style>& shipped_styles();

/// The one of that name, or null.
[[nodiscard]] const Style* find_shipped_style(std::string_view name);

/// The names of all of them, in order.
[[nodiscard]] const std::vector<std::string>& shipped_style_names();

/// Whether nobody could tell them apart on a display: all is equal but names and places.
[[nodiscard]] bool looks_alike(const Style& a, const Style& b);

/// Whether a campaign has to write the style down: its own, and a shipped one that came compiled by
/// a version in which it looks otherwise than here.
[[nodiscard]] bool is_to_be_written(const Style& style);

}  // namespace noseon
