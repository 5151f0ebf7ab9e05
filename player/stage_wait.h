// The stage of a display that nobody stands before: a screen may be plugged in hours later.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/service_manager.h"
#include "player/poll_loop.h"
#include "player/stage.h"

namespace noseon {

/// unavailable: DISPLAY is a screen over the network, which the player does not use.
[[nodiscard]] Status check_screen();

/// The stage, as soon as there is a screen: on a console, and under a Wayland compositor, it waits
/// for one to be plugged in, says so once, and has whoever started the player wait on. Nothing
/// where a signal ends the player before. unavailable: there is no display, or no compositor.
[[nodiscard]] Result<std::optional<Stage>> open_stage_patiently(const StageOptions& options,
                                                                Signals& signals,
                                                                const ServiceManager& manager);

}  // namespace noseon
