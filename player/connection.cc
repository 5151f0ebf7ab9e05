#include "player/connection.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_syswm.h>
#if defined(SDL_VIDEO_DRIVER_WAYLAND)
#include <wayland-client-core.h>
#endif

#include "base/handle.h"

namespace noseon {
namespace {

std::optional<SDL_SysWMinfo> info_of(SDL_Window* window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (SDL_GetWindowWMInfo(window, &info) == SDL_FALSE) return std::nullopt;
  return info;
}

}  // namespace

// Of the window systems that this SDL was built with.
int connection_of(SDL_Window* window) {
  const auto info = info_of(window);
  if (!info) return -1;
#if defined(SDL_VIDEO_DRIVER_X11)
  if (info->subsystem == SDL_SYSWM_X11) return XConnectionNumber(info->info.x11.display);
#endif
#if defined(SDL_VIDEO_DRIVER_WAYLAND)
  if (info->subsystem == SDL_SYSWM_WAYLAND) return wl_display_get_fd(info->info.wl.display);
#endif
  return -1;
}

// Wayland: by a queue of its own, so that no event of SDL's is dispatched in its midst.
bool wait_for_answer(SDL_Window* window) {
  const auto info = info_of(window);
  if (!info) return true;
#if defined(SDL_VIDEO_DRIVER_X11)
  if (info->subsystem == SDL_SYSWM_X11) return XSync(info->info.x11.display, False) != 0;
#endif
#if defined(SDL_VIDEO_DRIVER_WAYLAND)
  if (info->subsystem == SDL_SYSWM_WAYLAND) {
    wl_display* const display = info->info.wl.display;
    const Handle<wl_event_queue, wl_event_queue_destroy> queue(wl_display_create_queue(display));
    return queue != nullptr && wl_display_roundtrip_queue(display, queue.get()) >= 0;
  }
#endif
  return true;
}

bool is_alone_on_screen(SDL_Window* window) {
#if defined(SDL_VIDEO_DRIVER_X11)
  const auto info = info_of(window);
  if (!info || info->subsystem != SDL_SYSWM_X11) return false;
  Display* const display = info->info.x11.display;
  const Atom name = XInternAtom(display, "_NET_SUPPORTING_WM_CHECK", True);
  if (name == None) return true;
  Atom type = None;
  int format = 0;
  unsigned long count = 0;
  unsigned long left = 0;
  unsigned char* value = nullptr;
  XGetWindowProperty(display, DefaultRootWindow(display), name, 0, 1, False, AnyPropertyType, &type,
                     &format, &count, &left, &value);
  if (value != nullptr) XFree(value);
  return type == None;
#else
  return false;
#endif
}

void watch_screen_size(SDL_Window* window) {
#if defined(SDL_VIDEO_DRIVER_X11)
  const auto info = info_of(window);
  if (!info || info->subsystem != SDL_SYSWM_X11) return;
  Display* const display = info->info.x11.display;
  const Window root = DefaultRootWindow(display);
  // SDL has asked for events of its own there; a second request would replace the first.
  XWindowAttributes attributes;
  if (XGetWindowAttributes(display, root, &attributes) == 0) return;
  XSelectInput(display, root, attributes.your_event_mask | StructureNotifyMask);
  SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
#endif
}

std::optional<Size> new_screen_size(const SDL_Event& event, SDL_Window* window) {
#if defined(SDL_VIDEO_DRIVER_X11)
  if (event.type != SDL_SYSWMEVENT || event.syswm.msg->subsystem != SDL_SYSWM_X11)
    return std::nullopt;
  const XEvent& x = event.syswm.msg->msg.x11.event;
  const auto info = info_of(window);
  if (x.type != ConfigureNotify || !info) return std::nullopt;
  if (x.xconfigure.window != DefaultRootWindow(info->info.x11.display)) return std::nullopt;
  return Size{x.xconfigure.width, x.xconfigure.height};
#else
  return std::nullopt;
#endif
}

}  // namespace noseon
