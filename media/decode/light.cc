#include "media/decode/light.h"

#include <cmath>
#include <cstddef>

namespace noseon {
namespace {

double to_light(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

}  // namespace

LightTables::LightTables() : values_(static_cast<std::size_t>(kSteps) + 1) {
  for (std::size_t value = 0; value < light_.size(); ++value) {
    light_[value] = static_cast<float>(to_light(static_cast<double>(value) / 255));
  }
  // Walking up the light, the value changes where the light of the half-way value lies.
  std::size_t step = 0;
  for (std::size_t value = 0; value < light_.size(); ++value) {
    const double until = to_light((static_cast<double>(value) + 0.5) / 255) * double{kSteps};
    for (; step < values_.size() && (static_cast<double>(step) < until || value == 255); ++step) {
      values_[step] = static_cast<std::uint8_t>(value);
    }
  }
}

}  // namespace noseon
