// A Wayland compositor (cage) without a screen, for a player to draw on.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "tests/player/virtual_screen.h"
#include "tests/support/temporary_folder.h"

namespace noseon {

class Compositor {
 public:
  /// Why there is none, where there is none.
  [[nodiscard]] static std::optional<std::string> missing() {
    for (const char* program : {"/usr/bin/cage", "/usr/bin/setpriv"})
      if (::access(program, X_OK) != 0)
        return std::string("there is no ") + program + " here (deploy/packages-oracles.txt)";
    return std::nullopt;
  }

  /// With that many screens that nobody sees; it gets no other later.
  explicit Compositor(int screens = 1) {
    // cage refuses to run as root.
    constexpr uid_t kNobody = 65534;
    std::vector<std::string> command;
    if (::geteuid() == 0) {
      CHECK(::chown(runtime_.path().c_str(), kNobody, kNobody) == 0);
      const std::string id = std::to_string(kNobody);
      command = {"/usr/bin/setpriv", "--reuid", id, "--regid", id, "--clear-groups"};
    }
    // It ends with its child, and that with us.
    const std::string child = "--pid=" + std::to_string(::getpid());
    command.insert(command.end(),
                   {"/usr/bin/cage", "--", "/usr/bin/tail", child, "-f", "/dev/null"});
    cage_.emplace(command,
                  std::vector<std::string>{"XDG_RUNTIME_DIR=" + runtime_.path().string(),
                                           "HOME=" + runtime_.path().string(),
                                           "DISPLAY=", "WLR_BACKENDS=headless",
                                           "WLR_HEADLESS_OUTPUTS=" + std::to_string(screens),
                                           "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1"},
                  log_ / "cage");
  }

  /// What a program needs to be its client; nothing where it does not listen yet.
  [[nodiscard]] std::optional<std::vector<std::string>> environment() const {
    for (const auto& file : std::filesystem::directory_iterator(runtime_.path())) {
      const std::string name = file.path().filename();
      if (!name.starts_with("wayland-") || name.ends_with(".lock")) continue;
      return std::vector<std::string>{"XDG_RUNTIME_DIR=" + runtime_.path().string(),
                                      "WAYLAND_DISPLAY=" + name, "SDL_VIDEODRIVER=wayland"};
    }
    return std::nullopt;
  }
  [[nodiscard]] pid_t pid() const { return cage_->pid(); }
  [[nodiscard]] std::string said() const { return cage_->said(); }

 private:
  TemporaryFolder runtime_;
  TemporaryFolder log_;
  std::optional<Program> cage_;
};

}  // namespace noseon
