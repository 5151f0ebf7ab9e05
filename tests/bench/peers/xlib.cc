#include "tests/bench/peers/xlib.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include "base/handle.h"

namespace noseon::peers {

std::vector<std::chrono::nanoseconds> put_image_times(const std::string& display,
                                                      std::vector<std::uint32_t>& frame,
                                                      int times) {
  const Handle<::Display, ::XCloseDisplay> connection(::XOpenDisplay(display.c_str()));
  if (!connection) return {};
  ::Display* const x = connection.get();
  const int screen = DefaultScreen(x);
  const ::Window window =
      ::XCreateSimpleWindow(x, RootWindow(x, screen), 0, 0, 1920, 1080, 0, 0, 0);
  ::XMapWindow(x, window);
  ::XSync(x, False);
  XImage* const image =
      ::XCreateImage(x, DefaultVisual(x, screen), 24, ZPixmap, 0,
                     reinterpret_cast<char*>(frame.data()), 1920, 1080, 32, 1920 * 4);
  std::vector<std::chrono::nanoseconds> all;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    ::XPutImage(x, window, DefaultGC(x, screen), image, 0, 0, 0, 0, 1920, 1080);
    ::XSync(x, False);
    all.emplace_back(std::chrono::steady_clock::now() - begin);
  }
  image->data = nullptr;  // the caller's
  XDestroyImage(image);
  ::XDestroyWindow(x, window);
  return all;
}

void park_pointer(const std::string& display) {
  const Handle<::Display, ::XCloseDisplay> connection(::XOpenDisplay(display.c_str()));
  if (!connection) return;
  ::Display* const x = connection.get();
  ::XWarpPointer(x, None, DefaultRootWindow(x), 0, 0, 0, 0, 1919, 1079);
  ::XSync(x, False);
}

}  // namespace noseon::peers
