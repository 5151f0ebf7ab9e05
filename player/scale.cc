#include "player/scale.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "player/pixels.h"

namespace noseon {
namespace {

// What one pixel of the result takes from a line of the source; weights add up to kOne.
struct Taps {
  int first = 0;
  std::vector<std::uint32_t> weights;
};
constexpr std::uint32_t kOne = 1U << 14U;

// Rounds weights so that their sum is exactly kOne: a plain area stays plain.
std::vector<std::uint32_t> rounded(const std::vector<double>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  std::vector<std::uint32_t> result;
  double given = 0;
  std::uint32_t total = 0;
  for (const double weight : weights) {
    given += weight;
    const auto upto = static_cast<std::uint32_t>(std::lround(given / sum * kOne));
    result.push_back(upto - total);
    total = upto;
  }
  return result;
}

Taps mean_of(double begin, double end, int length) {
  const int first = std::clamp(static_cast<int>(begin), 0, length - 1);
  const int last = std::clamp(static_cast<int>(std::ceil(end)) - 1, first, length - 1);
  std::vector<double> weights;
  for (int i = first; i <= last; ++i)
    weights.push_back(std::max(1e-9, std::min(end, i + 1.0) - std::max(begin, double{1} * i)));
  return {first, rounded(weights)};
}

Taps between(double center, int length) {
  const double place = std::clamp(center, 0.0, length - 1.0);
  const int first = static_cast<int>(place);
  const double part = place - first;
  if (part == 0 || first + 1 >= length) return {first, {kOne}};
  return {first, rounded({1 - part, part})};
}

std::vector<Taps> taps(int source, int target) {
  std::vector<Taps> result;
  const double step = static_cast<double>(source) / target;
  for (int i = 0; i < target; ++i)
    result.push_back(step >= 1 ? mean_of(i * step, (i + 1) * step, source)
                               : between((i + 0.5) * step - 0.5, source));
  return result;
}

using Sums = std::array<std::uint32_t, 3>;

void add(Sums& sums, std::uint32_t pixel, std::uint32_t weight) {
  sums[0] += (pixel & 0xffU) * weight;
  sums[1] += ((pixel >> 8U) & 0xffU) * weight;
  sums[2] += ((pixel >> 16U) & 0xffU) * weight;
}

std::uint32_t pixel_of(const Sums& sums) {
  const auto byte = [](std::uint32_t sum) { return (sum + kOne / 2) / kOne; };
  return 0xff000000U | byte(sums[2]) << 16U | byte(sums[1]) << 8U | byte(sums[0]);
}

void narrow(std::span<const std::uint32_t> row, const std::vector<Taps>& columns,
            std::span<std::uint32_t> out) {
  for (std::size_t x = 0; x < columns.size(); ++x) {
    Sums sums{};
    const std::uint32_t* source = row.data() + columns[x].first;
    for (const std::uint32_t weight : columns[x].weights) add(sums, *source++, weight);
    out[x] = pixel_of(sums);
  }
}

// Rows first, then columns, so that what is read stays in the cache.
std::vector<std::uint32_t> scaled(const Picture& picture, Size target) {
  const Size size = picture.size();
  const auto columns = taps(size.width, target.width);
  const auto rows = taps(size.height, target.height);
  const auto source_width = static_cast<std::size_t>(size.width);
  const auto width = static_cast<std::size_t>(target.width);
  std::vector<std::uint32_t> narrowed(width * static_cast<std::size_t>(size.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y)
    narrow(picture.pixels().subspan(y * source_width, source_width), columns,
           std::span(narrowed).subspan(y * width, width));

  std::vector<std::uint32_t> result(width * rows.size());
  std::vector<Sums> sums(width);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    std::fill(sums.begin(), sums.end(), Sums{});
    const std::uint32_t* source = narrowed.data() + static_cast<std::size_t>(rows[y].first) * width;
    for (const std::uint32_t weight : rows[y].weights)
      for (std::size_t x = 0; x < width; ++x) add(sums[x], *source++, weight);
    for (std::size_t x = 0; x < width; ++x) result[y * width + x] = pixel_of(sums[x]);
  }
  return result;
}

}  // namespace

Rect fitted(Size picture, Size glass) {
  CHECK(picture.width > 0 && picture.height > 0 && glass.width > 0 && glass.height > 0);
  const auto wide = static_cast<std::int64_t>(picture.width) * glass.height;
  const auto tall = static_cast<std::int64_t>(picture.height) * glass.width;
  Size size = glass;
  if (wide > tall)
    size.height = std::max(1, static_cast<int>((tall + picture.width / 2) / picture.width));
  if (wide < tall)
    size.width = std::max(1, static_cast<int>((wide + picture.height / 2) / picture.height));
  return {(glass.width - size.width) / 2, (glass.height - size.height) / 2, size.width,
          size.height};
}

PicturePtr scale_to(const PicturePtr& picture, Size size) {
  CHECK(size.width > 0 && size.height > 0);
  if (picture->size() == size) return picture;
  return make_picture(size, scaled(*picture, size));
}

PicturePtr fit_to(const PicturePtr& picture, Size glass) {
  if (picture->size() == glass) return picture;
  const Rect area = fitted(picture->size(), glass);
  std::vector<std::uint32_t> pixels = scaled(*picture, {area.width, area.height});
  if (Size{area.width, area.height} == glass) return make_picture(glass, std::move(pixels));

  const auto width = static_cast<std::size_t>(glass.width);
  std::vector<std::uint32_t> whole(width * static_cast<std::size_t>(glass.height),
                                   to_word(edge_color(*picture)));
  for (int y = 0; y < area.height; ++y)
    std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(y) * area.width, area.width,
                whole.begin() + static_cast<std::ptrdiff_t>(y + area.y) * glass.width + area.x);
  return make_picture(glass, std::move(whole));
}

}  // namespace noseon
