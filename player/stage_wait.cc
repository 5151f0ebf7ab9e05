#include "player/stage_wait.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/say.h"
#include "player/connectors.h"
#include "player/remote_screen.h"

namespace noseon {
namespace {

// On a console, where the kernel says that nothing is plugged in.
bool seems_unplugged() {
  const char* const driver = std::getenv("SDL_VIDEODRIVER");
  const bool has_desktop =
      std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  const auto all = connectors();
  return draws_on_console(driver == nullptr ? "" : driver, has_desktop, all) && lacks_screen(all);
}

// Of a compositor that answers, SDL knows that it has no screen; it can be asked for one each
// second. One that is not there is another matter: whoever started the player has to see that it is
// wrong.
bool lacks_only_a_screen(const Error& error) {
  return error.kind == ErrorKind::not_found || seems_unplugged();
}

// Until the kernel says that a screen is plugged in, or it is time to ask anew; false where the
// player is to end. The kernel tells of a plug by netlink alone, which the player has not: it looks
// each second. Whoever waits for the first frame is told to wait on each time that the kernel has
// answered: a screen that nobody plugged in is no hang, and one that is plugged in hours later is
// not the player's fault.
bool wait_for_screen(Signals& signals, const ServiceManager& manager) {
  constexpr int kSecondsMax = 10;
  PollLoop loop;
  Timer second;
  int seconds = 0;
  bool goes_on = false;
  loop.watch(second.fd(), [&] {
    second.take();
    goes_on = ++seconds == kSecondsMax || !seems_unplugged();
    manager.takes_longer(std::chrono::seconds{2 * kSecondsMax});
    if (goes_on) loop.stop();
  });
  loop.watch(signals.fd(), [&] {
    while (const auto signal = signals.take()) {
      if (*signal == SIGTERM || *signal == SIGINT) loop.stop();
    }
  });
  second.set_every(std::chrono::seconds{1});
  static_cast<void>(loop.run());
  return goes_on;
}

}  // namespace

Status check_screen() {
  const auto value_of = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  const std::string display = value_of("DISPLAY");
  const std::string driver = value_of("SDL_VIDEODRIVER");
  const bool takes_x11 = driver.empty() || driver.find("x11") != std::string::npos;
  const bool has_other = !value_of("WAYLAND_DISPLAY").empty() && driver != "x11";
  if (!takes_x11 || has_other || !is_over_network(display)) return {};
  return fail(ErrorKind::unavailable,
              say("DISPLAY={} is a screen over the network, which the player does not use; play on "
                  "a screen of this machine, or use --preview",
                  display));
}

// What the kernel says of a socket may be old, where nothing interrupts it for a plug; asked for
// its connectors, which SDL does when it starts, it looks again.
Result<std::optional<Stage>> open_stage_patiently(const StageOptions& options, Signals& signals,
                                                  const ServiceManager& manager) {
  for (bool has_said = false;; has_said = true) {
    Result<Stage> stage = Stage::open(options);
    if (stage) return std::optional<Stage>(*std::move(stage));
    if (!lacks_only_a_screen(stage.error())) return fail(std::move(stage).error());
    if (!has_said) {
      const std::string waits = say("no screen is plugged in; waiting for one");
      fmt::print(stderr, "{}\n", waits);
      manager.status(waits);
    }
    if (!wait_for_screen(signals, manager)) return std::nullopt;
  }
}

}  // namespace noseon
