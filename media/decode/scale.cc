#include "media/decode/scale.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

#include "media/decode/light.h"

namespace noseon {
namespace {

constexpr double kLobes = 3;

double sinc(double x) {
  if (x == 0) return 1;
  const double angle = std::numbers::pi * x;
  return std::sin(angle) / angle;
}

double lanczos(double x) {
  return std::abs(x) < kLobes ? sinc(x) * sinc(x / kLobes) : 0;
}

// Which source pixels make one output pixel, and how much of each.
struct Taps {
  int first = 0;
  std::vector<float> weights;  // sum 1

  [[nodiscard]] int end() const { return first + static_cast<int>(weights.size()); }
};

// For one axis: `length` source pixels from `start` become `output` pixels; `source` there are.
std::vector<Taps> make_taps(int source, double start, double length, int output) {
  const double step = length / output;
  const double stretch = std::max(step, 1.0);
  std::vector<Taps> axis(static_cast<std::size_t>(output));
  std::vector<double> weights;
  for (int i = 0; i < output; ++i) {
    const double center = start + (i + 0.5) * step;
    const int first =
        std::clamp(static_cast<int>(std::floor(center - kLobes * stretch)), 0, source - 1);
    const int end =
        std::clamp(static_cast<int>(std::ceil(center + kLobes * stretch)), first + 1, source);
    weights.clear();
    double sum = 0;
    for (int at = first; at < end; ++at) {
      weights.push_back(lanczos((at + 0.5 - center) / stretch));
      sum += weights.back();
    }
    Taps& taps = axis[static_cast<std::size_t>(i)];
    taps.first = first;
    for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
  }
  return axis;
}

inline void add_weighted(Light& sum, const Light& light, float weight) {
  sum.blue += light.blue * weight;
  sum.green += light.green * weight;
  sum.red += light.red * weight;
  sum.unused += light.unused * weight;
}

void to_light(const LightTables& tables, std::span<const std::uint32_t> row,
              std::vector<Light>& light) {
  for (std::size_t x = 0; x < row.size(); ++x) {
    light[x] = {tables.light_of(row[x] & 0xFFU), tables.light_of(row[x] >> 8U & 0xFFU),
                tables.light_of(row[x] >> 16U & 0xFFU), 0};
  }
}

void to_values(const LightTables& tables, std::span<const Light> light,
               std::vector<std::uint32_t>& row) {
  for (std::size_t x = 0; x < row.size(); ++x) {
    row[x] = 0xFF000000U | tables.value_of(light[x].red) << 16U |
             tables.value_of(light[x].green) << 8U | tables.value_of(light[x].blue);
  }
}

void filter_across(const std::vector<Taps>& axis, std::span<const Light> source,
                   std::vector<Light>& out) {
  for (std::size_t x = 0; x < axis.size(); ++x) {
    const Light* const from = source.data() + axis[x].first;
    const float* const weights = axis[x].weights.data();
    Light sum;
    for (std::size_t i = 0; i < axis[x].weights.size(); ++i) add_weighted(sum, from[i], weights[i]);
    out[x] = sum;
  }
}

std::size_t longest(const std::vector<Taps>& axis) {
  std::size_t taps = 1;
  for (const Taps& each : axis) taps = std::max(taps, each.weights.size());
  return taps;
}

bool copy_rows(Size picture, const Placement& placement, const ReadRow& read,
               const WriteRow& write) {
  std::vector<std::uint32_t> row(static_cast<std::size_t>(picture.width));
  const auto left = static_cast<std::size_t>(placement.x);
  const auto width = static_cast<std::size_t>(placement.output.width);
  for (int y = 0; y < placement.output.height; ++y) {
    read(static_cast<int>(placement.y) + y, row);
    if (!write(std::span(row).subspan(left, width))) return false;
  }
  return true;
}

}  // namespace

// The source rows under the next output row are kept, filtered across, in a ring.
class RowScaler::Filter {
 public:
  Filter(Size picture, const Placement& placement, Write write)
      : columns_(make_taps(picture.width, placement.x, placement.width, placement.output.width)),
        lines_(make_taps(picture.height, placement.y, placement.height, placement.output.height)),
        ring_(longest(lines_), std::vector<Light>(columns_.size())),
        sums_(columns_.size()),
        write_(std::move(write)) {}

  [[nodiscard]] bool needs(int y) const {
    return next_ < lines_.size() && y >= lines_[next_].first && y < lines_.back().end();
  }

  bool take(int y, std::span<const Light> row) {
    if (!needs(y)) return true;
    filter_across(columns_, row, slot(y));
    for (; next_ < lines_.size() && lines_[next_].end() <= y + 1; ++next_) {
      if (!write_line(lines_[next_])) return false;
    }
    return true;
  }

 private:
  std::vector<Light>& slot(int y) { return ring_[static_cast<std::size_t>(y) % ring_.size()]; }

  bool write_line(const Taps& line) {
    std::fill(sums_.begin(), sums_.end(), Light{});
    for (int y = line.first; y < line.end(); ++y) {
      const float weight = line.weights[static_cast<std::size_t>(y - line.first)];
      const Light* const from = slot(y).data();
      Light* const to = sums_.data();
      for (std::size_t x = 0; x < sums_.size(); ++x) add_weighted(to[x], from[x], weight);
    }
    return write_(sums_);
  }

  std::vector<Taps> columns_;
  std::vector<Taps> lines_;
  std::vector<std::vector<Light>> ring_;
  std::vector<Light> sums_;
  Write write_;
  std::size_t next_ = 0;  // of lines_
};

RowScaler::RowScaler(Size picture, const Placement& placement, Write write)
    : filter_(std::make_unique<Filter>(picture, placement, std::move(write))) {}
RowScaler::~RowScaler() = default;
bool RowScaler::needs(int y) const {
  return filter_->needs(y);
}
bool RowScaler::take(int y, std::span<const Light> row) {
  return filter_->take(y, row);
}

bool scale_rows(Size picture, const Placement& placement, const ReadRow& read,
                const WriteRow& write) {
  if (placement.is_copy()) return copy_rows(picture, placement, read, write);

  const LightTables tables;
  std::vector<std::uint32_t> out(static_cast<std::size_t>(placement.output.width));
  RowScaler scaler(picture, placement, [&](std::span<const Light> row) {
    to_values(tables, row, out);
    return write(out);
  });
  std::vector<std::uint32_t> values(static_cast<std::size_t>(picture.width));
  std::vector<Light> light(values.size());
  for (int y = 0; y < picture.height; ++y) {
    if (!scaler.needs(y)) continue;
    read(y, values);
    to_light(tables, values, light);
    if (!scaler.take(y, light)) return false;
  }
  return true;
}

}  // namespace noseon
