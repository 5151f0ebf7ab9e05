#include "player/legibility.h"

#include <algorithm>

#include "base/check.h"
#include "player/pixels.h"

namespace noseon {
namespace {

constexpr std::size_t kLeftOutOf = 100;

// As the painter lays one colour over a pixel.
Color veiled(std::uint32_t pixel, Color veil, int opacity) {
  blend_fill(&pixel, 1, veil, static_cast<unsigned>(opacity));
  return {static_cast<std::uint8_t>(pixel >> 16U), static_cast<std::uint8_t>(pixel >> 8U),
          static_cast<std::uint8_t>(pixel)};
}

// The contrast of each pixel of an area with the light of the ink.
void measure(const Picture& behind, const Rect& area, double ink, Color veil, int opacity,
             std::vector<double>& found) {
  const Size size = behind.size();
  const int left = std::max(area.x, 0);
  const int right = std::min(area.x + area.width, size.width);
  const int bottom = std::min(area.y + area.height, size.height);
  for (int y = std::max(area.y, 0); y < bottom; ++y) {
    const std::uint32_t* const row =
        behind.pixels().data() + static_cast<std::ptrdiff_t>(y) * size.width;
    for (int x = left; x < right; ++x) {
      const bool is_as_before = x > left && row[x] == row[x - 1];
      found.push_back(is_as_before
                          ? found.back()
                          : contrast_ratio(ink, relative_luminance(veiled(row[x], veil, opacity))));
    }
  }
}

}  // namespace

int opacity_of(int percent) {
  return (percent * 255 + 50) / 100;
}

double contrast_with(const Picture& behind, const std::vector<Rect>& areas, Color ink, Color veil,
                     int percent) {
  std::vector<double> found;
  for (const Rect& area : areas) {
    measure(behind, area, relative_luminance(ink), veil, opacity_of(percent), found);
  }
  if (found.empty()) return 21;
  const auto worst = found.begin() + static_cast<std::ptrdiff_t>(found.size() / kLeftOutOf);
  std::nth_element(found.begin(), worst, found.end());
  return *worst;
}

int scrim_needed(const Picture& behind, const std::vector<Rect>& areas, Color ink, Color veil,
                 int least) {
  CHECK(least >= 0 && least <= 100);
  const auto is_enough = [&](int percent) {
    return contrast_with(behind, areas, ink, veil, percent) >= kContrastMin;
  };
  if (is_enough(least)) return least;
  int too_little = least;
  int enough = 100;
  while (enough - too_little > 1) {
    const int middle = too_little + (enough - too_little) / 2;
    (is_enough(middle) ? enough : too_little) = middle;
  }
  return enough;
}

}  // namespace noseon
