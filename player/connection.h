// What is asked of the window system beside SDL, apart from the stage because Xlib's headers define
// words of ours (Status) as macros.
#pragma once

#include <optional>

#include "base/geometry.h"

struct SDL_Window;
union SDL_Event;

namespace noseon {

/// The connection to the X server or the Wayland compositor; -1 where there is none. Borrowed.
[[nodiscard]] int connection_of(SDL_Window* window);

/// Waits until the other end has answered a question that is asked behind all that it was sent. At
/// once where there is no connection. False where it broke.
[[nodiscard]] bool wait_for_answer(SDL_Window* window);

/// On X11: nobody draws around windows or composes them, as on a display of its own (EWMH,
/// _NET_SUPPORTING_WM_CHECK). False elsewhere.
[[nodiscard]] bool is_alone_on_screen(SDL_Window* window);

/// On X11 asks to be told when the screen gets another mode, which SDL 2.26 does not tell;
/// elsewhere nothing.
void watch_screen_size(SDL_Window* window);
/// The size in pixels that the event says the screen has now.
[[nodiscard]] std::optional<Size> new_screen_size(const SDL_Event& event, SDL_Window* window);

}  // namespace noseon
