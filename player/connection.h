// The descriptor behind a window, apart from the stage because Xlib's headers define words of ours
// (Status) as macros.
#pragma once

struct SDL_Window;

namespace noseon {

/// The connection to the X server or the Wayland compositor; -1 where there is none. Borrowed.
[[nodiscard]] int connection_of(SDL_Window* window);

}  // namespace noseon
