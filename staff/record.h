// A recording: what a display shows over a stretch of time, frame by frame, as numbered PNG files.
#pragma once

#include "staff/commands.h"

namespace noseon {

/// No recording has more frames: an hour at 30 a second.
inline constexpr std::int64_t kRecordedFramesMax = 108'000;

/// The exit code of `noseon render --from --until --fps -o DIR`.
[[nodiscard]] int record(const RenderOptions& options, const World& world);

}  // namespace noseon
