// The sockets that screens are plugged into, as the kernel's DRM sees them. Only what is needed to
// wait for one: SDL's KMSDRM gives up where nothing is connected, and a bus may start its displays
// long after its computer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace noseon {

struct Connector {
  std::string name;  ///< "HDMI-A-1"
  bool is_connected = false;
};

/// All connectors of this machine, by name; none where there is no DRM. `drm` is another
/// /sys/class/drm, for tests.
[[nodiscard]] std::vector<Connector> connectors(
    const std::filesystem::path& drm = "/sys/class/drm");

/// Will the player draw on the bare console (SDL's KMSDRM)? `asked` is SDL_VIDEODRIVER, empty where
/// it is not set; `has_desktop`: DISPLAY or WAYLAND_DISPLAY is set.
[[nodiscard]] bool draws_on_console(std::string_view asked, bool has_desktop,
                                    const std::vector<Connector>& connectors);

/// There are connectors, and none has a screen.
[[nodiscard]] bool lacks_screen(const std::vector<Connector>& connectors);

}  // namespace noseon
