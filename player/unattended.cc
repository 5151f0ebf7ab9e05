#include "player/unattended.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <memory>

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

}  // namespace

Status run_unattended(const UnattendedOptions& options) {
  Signals signals{SIGTERM, SIGINT, SIGHUP, SIGUSR1};
  const auto read = reader_of({options.folder, options.display, options.size, {}});
  LoadedFolder first = read();
  const SystemClock real;
  ASSIGN_OR_RETURN(const auto clock, make_clock(options, *first.display, real));

  StageOptions stage_options;
  stage_options.size = first.display->size;
  if (options.is_windowed) stage_options.shape = StageShape::windowed;
  PollLoop loop;
  Player player({.loop = loop,
                 .clock = *clock,
                 .folder = options.folder,
                 .first = std::move(first),
                 .read = read,
                 .make_studio = make_studio,
                 .show = {}});
  ASSIGN_OR_RETURN(Stage stage, Stage::open(stage_options));
  player.on_event([&](const StageEvent& event) {
    if (std::holds_alternative<CloseAsked>(event)) loop.stop();
  });
  const auto print_stats = [&] {
    fmt::print(stderr, "{}", player.projector().frame_times().report());
  };
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
