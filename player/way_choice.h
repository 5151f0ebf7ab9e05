// Which way to the glass is taken, and why. Pure, but for gpu_drivers().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace noseon {

enum class WayKind { surface, textures };

/// "surface", "textures", "auto" (nothing); bad_format for anything else.
[[nodiscard]] Result<std::optional<WayKind>> parse_way(std::string_view text);

struct WayFacts {
  std::string driver;             ///< SDL's name: "x11", "wayland", "KMSDRM", "offscreen" ...
  std::vector<std::string> gpus;  ///< kernel drivers of the machine's GPUs: "i915", "v3d" ...
  std::optional<WayKind> asked;   ///< by the one who started it
};

struct WayChoice {
  WayKind kind = WayKind::surface;
  std::string reason;          ///< for the line at the start
  bool may_fall_back = false;  ///< where textures turn out to have no GPU, to the surface
};

/// - What was asked for, where the driver has it.
/// - KMSDRM and Wayland: textures; SDL has no other way there.
/// - x11: textures where there is a GPU that draws, else the window surface.
/// - offscreen, dummy: the window surface.
[[nodiscard]] WayChoice choose_way(const WayFacts& facts);

/// The kernel's drivers of the render nodes of this machine, without those that only pretend
/// (vgem, vkms), by /sys/class/drm. Empty where there are none.
[[nodiscard]] std::vector<std::string> gpu_drivers();

}  // namespace noseon
