#include "player/way_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/say.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// SDL's name of it, whatever its case: SDL_VIDEODRIVER takes either.
bool is_driver(std::string_view driver, std::string_view name) {
  return std::equal(driver.begin(), driver.end(), name.begin(), name.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

bool has_surface(std::string_view driver) {
  return !is_driver(driver, "kmsdrm") && !is_driver(driver, "wayland");
}

bool has_textures(std::string_view driver) {
  return !is_driver(driver, "dummy");
}

std::string one_line(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Result<std::optional<WayKind>> parse_way(std::string_view text) {
  if (text == "auto") return std::nullopt;
  if (text == "surface") return WayKind::surface;
  if (text == "textures") return WayKind::textures;
  return fail(ErrorKind::bad_format,
              say("'{}' is no way to the glass; write auto, surface or textures", text));
}

WayChoice choose_way(const WayFacts& facts) {
  if (!has_surface(facts.driver)) {
    return {WayKind::textures, say("SDL has no other way on {}", facts.driver)};
  }
  if (!has_textures(facts.driver)) {
    return {WayKind::surface, say("SDL has no other way on {}", facts.driver)};
  }
  if (facts.asked) return {*facts.asked, say("as asked")};
  if (is_driver(facts.driver, "x11") && !facts.gpus.empty()) {
    return {WayKind::textures, say("there is a GPU: {}", one_line(facts.gpus)), true};
  }
  if (is_driver(facts.driver, "x11")) {
    return {WayKind::surface,
            say("there is no GPU, and the CPU copies faster than it emulates one")};
  }
  return {WayKind::surface, say("nobody looks at {}", facts.driver)};
}

std::vector<std::string> gpu_drivers() {
  std::vector<std::string> drivers;
  std::error_code error;
  for (const fs::directory_entry& node : fs::directory_iterator("/sys/class/drm", error)) {
    if (!node.path().filename().string().starts_with("renderD")) continue;
    const fs::path driver = fs::read_symlink(node.path() / "device/driver", error);
    if (error) continue;
    const std::string name = driver.filename().string();
    if (name != "vgem" && name != "vkms") drivers.push_back(name);
  }
  std::sort(drivers.begin(), drivers.end());
  return drivers;
}

}  // namespace noseon
