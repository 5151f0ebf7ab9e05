#include "staff/record.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/recorder.h"
#include "player/source.h"
#include "staff/json_text.h"
#include "staff/png_file.h"
#include "staff/progress.h"
#include "staff/range.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Frames stand at from + k/fps, rounded to the millisecond that time is counted in.
Instant frame_time(Instant from, std::int64_t frame, int fps) {
  return from + Millis{(frame * 2000 + fps) / (2 * std::int64_t{fps})};
}

// Those before the end of a half-open range.
std::int64_t frames_in(Span range, int fps) {
  std::int64_t count = (range.until - range.from).count() * fps / 1000;
  while (frame_time(range.from, count, fps) < range.until) ++count;
  while (count > 0 && frame_time(range.from, count - 1, fps) >= range.until) --count;
  return count;
}

Status make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) {
    return fail(ErrorKind::disk, say("{} cannot be made a folder: {}; name another with -o", folder,
                                     error ? error.message() : say("there is a file")));
  }
  return {};
}

Status write_frames(const RenderOptions& options, const World& world, Span range,
                    std::int64_t count) {
  TRY(make_folder(options.output));
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  Recorder recorder(world.playlist, world.display, world.context, studio, range.from);
  Progress progress(say("frames"), static_cast<std::size_t>(count));
  for (std::int64_t frame = 0; frame < count; ++frame, progress.step()) {
    const PicturePtr picture = recorder.frame_at(frame_time(range.from, frame, options.fps));
    for (const std::string& note : recorder.take_notes()) {
      fmt::print(stderr, "noseon: {}\n", note);
    }
    const fs::path file = fs::path(options.output) / fmt::format("frame-{:06}.png", frame + 1);
    TRY(write_png(*picture, file.string()));
  }
  return {};
}

void print_recorded(const RenderOptions& options, const World& world, Span range,
                    std::int64_t count) {
  const Zone& zone = world.zone();
  if (options.world.json) {
    fmt::print("{}\n", to_text({{"folder", options.output},
                                {"from", instant_json(range.from, zone)},
                                {"until", instant_json(range.until, zone)},
                                {"fps", options.fps},
                                {"frames", count}}));
    return;
  }
  fmt::print("{}\n",
             say("{}: {} frames at {} a second, {} to {}", options.output, count, options.fps,
                 to_string(zone.civil_at(range.from)), to_string(zone.civil_at(range.until))));
}

}  // namespace

int record(const RenderOptions& options, const World& world) {
  const auto range = parse_range(options.from, options.until, world.zone());
  if (!range) return wrong_usage(range.error());
  const std::int64_t count = frames_in(*range, options.fps);
  if (count > kRecordedFramesMax) {
    return wrong_usage({ErrorKind::too_large,
                        say("that is {} frames, at most {}: take a shorter time or a smaller --fps",
                            count, kRecordedFramesMax)});
  }
  if (const Status written = write_frames(options, world, *range, count); !written) {
    return refused(written.error());
  }
  print_recorded(options, world, *range, count);
  return kDone;
}

}  // namespace noseon
