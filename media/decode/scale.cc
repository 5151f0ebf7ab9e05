#include "media/decode/scale.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
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

// Linear light of one pixel. Four floats, the last unused, so that one is one vector register.
struct Light {
  float blue = 0, green = 0, red = 0, unused = 0;
};

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

void to_values(const LightTables& tables, const std::vector<Light>& light,
               std::vector<std::uint32_t>& row) {
  for (std::size_t x = 0; x < row.size(); ++x) {
    row[x] = 0xFF000000U | tables.value_of(light[x].red) << 16U |
             tables.value_of(light[x].green) << 8U | tables.value_of(light[x].blue);
  }
}

void filter_across(const std::vector<Taps>& axis, const std::vector<Light>& source,
                   std::vector<Light>& out) {
  for (std::size_t x = 0; x < axis.size(); ++x) {
    const Light* const from = source.data() + axis[x].first;
    const float* const weights = axis[x].weights.data();
    Light sum;
    for (std::size_t i = 0; i < axis[x].weights.size(); ++i) add_weighted(sum, from[i], weights[i]);
    out[x] = sum;
  }
}

// The source rows that the next output rows need, filtered across: a ring.
class RowsUnderFilter {
 public:
  RowsUnderFilter(Size picture, const Placement& placement, const LightTables& tables,
                  const ReadRow& read, std::size_t rows)
      : tables_(tables),
        read_(read),
        columns_(make_taps(picture.width, placement.x, placement.width, placement.output.width)),
        values_(static_cast<std::size_t>(picture.width)),
        light_(values_.size()),
        ring_(rows, std::vector<Light>(columns_.size())) {}

  // REQUIRES: neither bound is below that of the call before.
  void advance(int first, int end) {
    next_ = std::max(next_, first);
    for (; next_ < end; ++next_) {
      read_(next_, values_);
      to_light(tables_, values_, light_);
      filter_across(columns_, light_, slot(next_));
    }
  }
  [[nodiscard]] const std::vector<Light>& row(int y) { return slot(y); }

 private:
  std::vector<Light>& slot(int y) { return ring_[static_cast<std::size_t>(y) % ring_.size()]; }

  const LightTables& tables_;
  const ReadRow& read_;
  std::vector<Taps> columns_;
  std::vector<std::uint32_t> values_;
  std::vector<Light> light_;
  std::vector<std::vector<Light>> ring_;
  int next_ = 0;
};

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

bool scale_rows(Size picture, const Placement& placement, const ReadRow& read,
                const WriteRow& write) {
  if (placement.is_copy()) return copy_rows(picture, placement, read, write);

  const LightTables tables;
  const std::vector<Taps> lines =
      make_taps(picture.height, placement.y, placement.height, placement.output.height);
  RowsUnderFilter rows(picture, placement, tables, read, longest(lines));
  std::vector<Light> sums(static_cast<std::size_t>(placement.output.width));
  std::vector<std::uint32_t> out(sums.size());
  for (const Taps& line : lines) {
    rows.advance(line.first, line.end());
    std::fill(sums.begin(), sums.end(), Light{});
    for (int y = line.first; y < line.end(); ++y) {
      const float weight = line.weights[static_cast<std::size_t>(y - line.first)];
      const Light* const from = rows.row(y).data();
      Light* const to = sums.data();
      for (std::size_t x = 0; x < sums.size(); ++x) add_weighted(to[x], from[x], weight);
    }
    to_values(tables, sums, out);
    if (!write(out)) return false;
  }
  return true;
}

}  // namespace noseon
