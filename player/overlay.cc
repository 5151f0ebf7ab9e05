#include "player/overlay.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"

namespace noseon {
namespace {

constexpr Color kGround{0x0c, 0x11, 0x17};
constexpr int kGroundOpacity = 238;
constexpr Color kAccent{0xe8, 0xb3, 0x4b};
constexpr Color kLine{0xff, 0xff, 0xff};
constexpr int kLineOpacity = 40;
constexpr int kLinesMax = 3;
constexpr int kEndless = 16000;  // wider than any line of a panel

Color ink_of(Tone tone) {
  switch (tone) {
    case Tone::dim:
      return {0x98, 0xa3, 0xaf};
    case Tone::strong:
      return {0xff, 0xff, 0xff};
    case Tone::good:
      return {0x7f, 0xd6, 0x8f};
    case Tone::bad:
      return {0xff, 0x8a, 0x7a};
    case Tone::normal:
      break;
  }
  return {0xe6, 0xea, 0xee};
}

int whole(Px64 length) {
  return (length + 63) / 64;
}

// Lays out text at one size, and knows how wide it came out.
class Setter {
 public:
  Setter(Typesetter& typesetter, int size) : typesetter_(typesetter), size_(size) {}

  TextLayout line(const std::string& text, Weight weight = Weight::regular) const {
    return set(text, {kEndless, size_ * 2}, weight);
  }

  // One line at most `width` wide, with an ellipsis where the text is longer.
  TextLayout cut(const std::string& text, int width, Weight weight = Weight::regular) const {
    TextLayout layout = line(text, weight);
    while (!layout.lines.empty() && whole(layout.lines[0].width) > width) {
      const std::size_t end = fitting_bytes(layout, width - size_);
      layout = line(layout.text.substr(0, end) + "…", weight);
      if (end == 0) break;
    }
    return layout;
  }

  // As many lines as it needs, else one that is cut.
  TextLayout block(const std::string& text, int width) const {
    TextLayout layout = line(text);
    if (layout.lines.empty() || whole(layout.lines[0].width) <= width) return layout;
    layout = set(text, {width, size_ * 2 * kLinesMax}, Weight::regular);
    if (layout.lines.size() <= kLinesMax && !layout.overflows) return layout;
    return cut(text, width);
  }

 private:
  TextLayout set(const std::string& text, Size box, Weight weight) const {
    return typesetter_.lay_out({.text = text,
                                .language = "ko",
                                .family = Family::sans,
                                .weight = weight,
                                .align = Align::left,
                                .box = box,
                                .size_max = size_,
                                .size_min = size_,
                                .line_height = 1.3});
  }

  static std::size_t fitting_bytes(const TextLayout& layout, int width) {
    std::size_t end = 0;
    for (const Glyph& glyph : layout.lines[0].glyphs)
      if (whole(glyph.x + glyph.advance) <= width) end = std::max<std::size_t>(end, glyph.cluster);
    return end;
  }

  Typesetter& typesetter_;
  int size_;
};

int width_of(const TextLayout& layout) {
  Px64 width = 0;
  for (const TextLine& line : layout.lines) width = std::max(width, line.width);
  return whole(width);
}

// The first line's baseline at `baseline`, whatever the layout did with its box.
void draw_text(Frame& frame, TextLayout layout, int x, int baseline, Color ink) {
  if (layout.lines.empty()) return;
  const Point origin{x, baseline - layout.lines[0].y / 64};
  frame.draws.emplace_back(TextDraw{std::move(layout), origin, ink});
}

struct SetRow {
  std::vector<TextLayout> cells;
  int height = 0;
};

class Sheet {
 public:
  Sheet(const Panel& panel, Size glass, Typesetter& typesetter)
      : panel_(panel),
        size_(panel_text_size(glass)),
        glass_(glass),
        setter_(typesetter, size_),
        title_setter_(typesetter, size_ * 5 / 4) {
    width_max_ = glass.width - 4 * size_;
    measure_columns();
    for (const PanelRow& row : panel.rows) rows_.push_back(set_row(row));
    drop_what_does_not_fit();
  }

  void draw(Frame& frame) const {
    const Rect area = place();
    frame.draws.emplace_back(FillDraw{area, kGround, kGroundOpacity});
    frame.draws.emplace_back(
        FillDraw{{area.x, area.y, std::max(2, size_ / 6), area.height}, kAccent});
    int y = area.y + size_;
    if (!panel_.title.empty()) {
      draw_text(frame, title_setter_.cut(panel_.title, content_width(), Weight::bold),
                area.x + size_, y + size_ * 5 / 4, ink_of(Tone::strong));
      y += title_height();
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      draw_row(frame, rows_[i], i < panel_.rows.size() ? panel_.rows[i] : PanelRow{},
               area.x + size_, y);
      y += rows_[i].height;
    }
  }

 private:
  int row_height() const { return size_ * 3 / 2; }
  int line_height() const { return size_ * 13 / 10; }
  int title_height() const { return panel_.title.empty() ? 0 : size_ * 9 / 4; }
  int gap() const { return size_ * 5 / 4; }

  void measure_columns() {
    for (const PanelRow& row : panel_.rows) {
      for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        if (columns_.size() <= i) columns_.resize(i + 1);
        columns_[i] = std::max(columns_[i], width_of(setter_.line(row[i].text)));
      }
    }
    // No column but the last may starve the others.
    for (int& column : columns_) column = std::min(column, width_max_ * 3 / 10);
  }

  int column_x(std::size_t index) const {
    int x = 0;
    for (std::size_t i = 0; i < index && i < columns_.size(); ++i) x += columns_[i] + gap();
    return x;
  }

  SetRow set_row(const PanelRow& row) {
    if (row.empty()) return {{}, size_};
    SetRow set;
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
      set.cells.push_back(setter_.cut(row[i].text, columns_[i]));
    const int x = column_x(row.size() - 1);
    set.cells.push_back(setter_.block(row.back().text, std::max(size_ * 4, inner_max() - x)));
    width_ = std::max(width_, x + width_of(set.cells.back()));
    const auto lines = static_cast<int>(std::max<std::size_t>(1, set.cells.back().lines.size()));
    set.height = row_height() + (lines - 1) * line_height();
    return set;
  }

  int inner_max() const { return width_max_ - 2 * size_; }

  int content_width() const {
    const int title =
        panel_.title.empty() ? 0 : width_of(title_setter_.line(panel_.title, Weight::bold));
    return std::min(inner_max(), std::max(width_, title));
  }

  int rows_height() const {
    int height = 0;
    for (const SetRow& row : rows_) height += row.height;
    return height;
  }

  void drop_what_does_not_fit() {
    const int room = glass_.height - 4 * size_ - title_height();
    if (rows_height() <= room) return;
    std::size_t dropped = 0;
    while (!rows_.empty() && rows_height() + row_height() > room) {
      rows_.pop_back();
      ++dropped;
    }
    rest_ = say("… {} more", dropped);
    rows_.push_back({{setter_.line(rest_)}, row_height()});
    is_cut_ = true;
  }

  Rect place() const {
    const int width = content_width() + 2 * size_;
    const int height = title_height() + rows_height() + 2 * size_;
    switch (panel_.place) {
      case PanelPlace::top_left:
        return {size_, size_, width, height};
      case PanelPlace::center:
        return {(glass_.width - width) / 2, (glass_.height - height) / 2, width, height};
      case PanelPlace::bottom:
        break;
    }
    return {(glass_.width - width) / 2, glass_.height - height - size_ * 2, width, height};
  }

  void draw_row(Frame& frame, const SetRow& set, const PanelRow& row, int x, int y) const {
    if (set.cells.empty()) {
      frame.draws.emplace_back(
          FillDraw{{x, y + size_ / 2, content_width(), 1}, kLine, kLineOpacity});
      return;
    }
    const bool is_rest = is_cut_ && &set == &rows_.back();
    for (std::size_t i = 0; i < set.cells.size(); ++i) {
      const Tone tone = is_rest || i >= row.size() ? Tone::dim : row[i].tone;
      draw_text(frame, set.cells[i], x + column_x(i), y + size_ * 11 / 10, ink_of(tone));
    }
  }

  const Panel& panel_;
  int size_;
  Size glass_;
  Setter setter_;
  Setter title_setter_;
  int width_max_ = 0;
  int width_ = 0;
  std::vector<int> columns_;
  std::vector<SetRow> rows_;
  std::string rest_;
  bool is_cut_ = false;
};

}  // namespace

int panel_text_size(Size glass) {
  return std::clamp(std::min(glass.height / 40, glass.width / 64), 12, 26);
}

void draw_panel(Frame& frame, const Panel& panel, Typesetter& typesetter) {
  Sheet(panel, frame.size, typesetter).draw(frame);
}

}  // namespace noseon
