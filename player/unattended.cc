#include "player/unattended.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "base/say.h"
#include "player/connectors.h"
#include "player/player.h"
#include "player/source.h"
#include "player/when.h"

namespace noseon {
namespace {

// The simulated start is in the zone that the display will have, so the folder is read for it.
Result<std::unique_ptr<PacedClock>> make_clock(const UnattendedOptions& options,
                                               const Display& display, const Clock& real) {
  if (!options.at) return std::make_unique<RealTime>();
  ASSIGN_OR_RETURN(const Instant start, parse_when(*options.at, *display.zone));
  return std::make_unique<PreviewClock>(real, start);
}

// On a console, where the kernel says that nothing is plugged in.
bool seems_unplugged() {
  const char* const driver = std::getenv("SDL_VIDEODRIVER");
  const bool has_desktop =
      std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  const auto all = connectors();
  return draws_on_console(driver == nullptr ? "" : driver, has_desktop, all) && lacks_screen(all);
}

// Until the kernel says that a screen is plugged in, or it is time to ask it anew; false where the
// player is to end. The kernel tells of a plug by netlink alone, which the player has not: it looks
// each second.
bool wait_for_screen(Signals& signals) {
  constexpr int kSecondsMax = 10;
  PollLoop loop;
  Timer second;
  int seconds = 0;
  bool goes_on = false;
  loop.watch(second.fd(), [&] {
    second.take();
    goes_on = ++seconds == kSecondsMax || !seems_unplugged();
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

// The stage, as soon as there is a screen; nothing where the player is to end before. What the
// kernel says of a socket may be old, where nothing interrupts it for a plug; asked for its
// connectors, which SDL does when it starts, it looks again.
Result<std::optional<Stage>> open_stage(const StageOptions& options, Signals& signals) {
  for (bool has_said = false;; has_said = true) {
    Result<Stage> stage = Stage::open(options);
    if (stage) return std::optional<Stage>(*std::move(stage));
    if (!seems_unplugged()) return fail(std::move(stage).error());
    if (!has_said) fmt::print(stderr, "{}\n", say("no screen is plugged in; waiting for one"));
    if (!wait_for_screen(signals)) return std::nullopt;
  }
}

}  // namespace

Status run_unattended(const UnattendedOptions& options) {
  Signals signals{SIGTERM, SIGINT, SIGHUP, SIGUSR1};
  const auto read = reader_of({options.folder, options.display, options.size, {}});
  LoadedFolder first = read();
  const SystemClock real;
  ASSIGN_OR_RETURN(const auto clock, make_clock(options, *first.display, real));

  StageOptions stage_options;
  stage_options.size = first.display->size;
  stage_options.screen = options.screen ? options.screen : first.display->screen;
  stage_options.way = options.way;
  if (options.is_windowed) stage_options.shape = StageShape::windowed;
  PollLoop loop;
  Player player({.loop = loop,
                 .clock = *clock,
                 .folder = options.folder,
                 .first = std::move(first),
                 .read = read,
                 .make_studio =
                     [frames = options.frames ? *options.frames : default_frame_cache()] {
                       return make_keeping_studio(frames);
                     },
                 .show = {.trial_patience = std::chrono::seconds{5}},
                 .read_back = ReadBack{}});
  ASSIGN_OR_RETURN(std::optional<Stage> opened, open_stage(stage_options, signals));
  if (!opened) return {};
  Stage& stage = *opened;
  fmt::print(stderr, "{}\n", say("stage: {}", stage.description()));
  player.on_event([&](const StageEvent& event) {
    if (std::holds_alternative<CloseAsked>(event)) loop.stop();
  });
  const auto print_stats = [&] { fmt::print(stderr, "{}", player.projector().report()); };
  loop.watch(signals.fd(), [&] {
    while (const auto signal = signals.take()) {
      if (*signal == SIGHUP) {
        player.reload();
      } else if (*signal == SIGUSR1) {
        print_stats();
      } else {
        loop.stop();
      }
    }
  });
  player.start(stage);
  Status status = loop.run();
  if (options.prints_stats) print_stats();
  return status;
}

}  // namespace noseon
