// The real noseon-player, playing a store on a virtual screen, under a service manager.
#pragma once

#include <fmt/format.h>

#include <iostream>

#include "tests/player/store_rig.h"
#include "tests/player/supervisor.h"
#include "tests/support/long_run.h"

namespace noseon {

class SupervisedRig : public StoreRig {
 protected:
  // As on a bus; in the quick form a manager of less patience.
  [[nodiscard]] static Millis watchdog() { return is_long_run() ? Millis{10'000} : Millis{1'500}; }
  [[nodiscard]] static Millis restart() { return is_long_run() ? Millis{1'000} : Millis{200}; }
  // From a hang to the picture: the watchdog, the pause, and a start.
  [[nodiscard]] static Millis back_within() {
    return is_long_run() ? Millis{12'000} : watchdog() + restart() + Millis{3'000};
  }

  void supervise(const std::vector<std::string>& more = {},
                 const std::vector<std::string>& under = {}) {
    if (!screen_) screen_.emplace(kScreen);
    supervise_on({screen_->display(), "SDL_VIDEODRIVER=x11"}, more, under);
  }
  // On the screen that the environment says.
  void supervise_on(std::vector<std::string> environment, const std::vector<std::string>& more = {},
                    const std::vector<std::string>& under = {}) {
    std::vector<std::string> command = under;
    command.insert(command.end(), {NOSEON_BIN_DIR "/noseon-player", "--size", "320x180",
                                   "--journal", "", "--cache", frames().string()});
    const std::vector<std::string> arguments = from_store();
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.insert(command.end(), more.begin(), more.end());
    std::ofstream(folder_ / "leaks") << "leak:libdbus\n";
    environment.push_back("LSAN_OPTIONS=suppressions=" + (folder_ / "leaks").string());
    player_service_.emplace(Service{.command = command,
                                    .environment = std::move(environment),
                                    .watchdog = watchdog(),
                                    .restart = restart()});
  }
  Supervisor& service() { return *player_service_; }
  [[nodiscard]] bool is_ready() const {
    return player_service_->count("READY=1", player_service_->runs()) > 0;
  }

  void TearDown() override {
    if (HasFailure() && player_service_) std::cerr << player_service_->said_in_all();
    player_service_.reset();
  }

  std::optional<Supervisor> player_service_;
};

}  // namespace noseon
