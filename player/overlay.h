// Panels over the picture of a preview: a title and rows of aligned columns on a translucent
// ground. Set with the product's own typesetter rather than SDL2_ttf: one pipeline, the language is
// set, Hangul and everything else that campaigns hold looks as it does on the bus.
#pragma once

#include <string>
#include <vector>

#include "player/frame.h"

namespace noseon {

enum class Tone { normal, dim, strong, good, bad };

struct Cell {
  std::string text;
  Tone tone = Tone::normal;
};

/// Cells from the left. The last one takes the rest of the panel's width and may run over several
/// lines; any other is cut short with an ellipsis. No cells: a rule.
using PanelRow = std::vector<Cell>;

enum class PanelPlace { top_left, center, bottom };

struct Panel {
  PanelPlace place = PanelPlace::top_left;
  std::string title;  ///< may be empty
  std::vector<PanelRow> rows;
};

/// The size of a panel's text on a glass, in pixels per em.
[[nodiscard]] int panel_text_size(Size glass);

/// Draws the panel over what the frame has. Rows that do not fit the glass are left out, and the
/// last row says how many.
void draw_panel(Frame& frame, const Panel& panel, Typesetter& typesetter);

}  // namespace noseon
