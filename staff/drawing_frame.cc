#include "staff/drawing_frame.h"

#include <algorithm>
#include <array>

namespace noseon {
namespace {

constexpr Px64 kPixel = 64;

std::uint32_t word_of(Color color) {
  return 0xff000000U | std::uint32_t{color.red} << 16U | std::uint32_t{color.green} << 8U |
         color.blue;
}

// Two pixels of ink across, softened at both sides, on the lines of equal x + y.
PicturePtr hatched(const HatchShape& hatch) {
  constexpr std::array<int, kHatchPeriod> kCoverage{255, 150, 0, 0, 0, 0, 0, 150};
  std::array<std::uint32_t, kHatchPeriod> words{};
  for (std::size_t i = 0; i < words.size(); ++i)
    words.at(i) = word_of(between(hatch.paper, hatch.ink, kCoverage.at(i)));
  const Rect& area = hatch.area;
  std::vector<std::uint32_t> pixels;
  pixels.reserve(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height));
  for (int y = 0; y < area.height; ++y) {
    for (int x = 0; x < area.width; ++x) {
      pixels.push_back(words.at(static_cast<std::size_t>(area.x + x + area.y + y) % words.size()));
    }
  }
  return make_picture({area.width, area.height}, std::move(pixels));
}

Draw draw_of(const RectShape& shape, Typesetter&) {
  return FillDraw{shape.area, shape.color};
}

Draw draw_of(const HatchShape& shape, Typesetter&) {
  const Rect& area = shape.area;
  return PictureDraw{hatched(shape), {0, 0, area.width, area.height}, {area.x, area.y}, "hatch"};
}

Draw draw_of(const LineShape& shape, Typesetter&) {
  return FillDraw{
      {shape.from.x, shape.from.y, shape.to.x - shape.from.x + 1, shape.to.y - shape.from.y + 1},
      shape.color};
}

// The typesetter centres on the ink, so that a label with a descender would stand higher than its
// neighbours: labels are moved to their baseline.
Draw draw_of(const LabelShape& label, Typesetter& typesetter) {
  TextBlock block;
  block.text = label.text;
  block.language = label.language;
  block.weight = label.weight;
  block.align = label.align;
  block.box = {label.box.width, std::max(label.box.height, label.size * 2)};
  block.size_max = label.size;
  block.size_min = std::min(label.size, 10);
  TextLayout layout = typesetter.lay_out(block);
  const Px64 line = layout.lines.empty() ? 0 : layout.lines.front().y;
  return TextDraw{std::move(layout),
                  {label.box.x, baseline_of(label) - (line + kPixel / 2) / kPixel},
                  label.ink};
}

}  // namespace

Frame frame_of(const Drawing& drawing, Typesetter& typesetter) {
  Frame frame{drawing.size, {}};
  for (const Shape& shape : drawing.shapes) {
    frame.draws.push_back(
        std::visit([&](const auto& some) { return draw_of(some, typesetter); }, shape));
  }
  return frame;
}

}  // namespace noseon
