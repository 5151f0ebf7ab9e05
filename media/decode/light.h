// sRGB values to linear light and back (IEC 61966-2-1), by tables.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace noseon {

class LightTables {
 public:
  LightTables();
  /// 0 to 1.
  [[nodiscard]] float light_of(std::uint32_t value) const { return light_[value]; }
  /// The nearest of 256 values; what a filter overshot below 0 or above 1 is clipped. Every value
  /// comes back as itself.
  [[nodiscard]] std::uint32_t value_of(float light) const {
    const float clipped = light < 0.0F ? 0.0F : (light > 1.0F ? 1.0F : light);
    return values_[static_cast<std::size_t>(clipped * kSteps + 0.5F)];
  }

 private:
  static constexpr float kSteps = 65535.0F;
  std::array<float, 256> light_{};
  std::vector<std::uint8_t> values_;
};

}  // namespace noseon
