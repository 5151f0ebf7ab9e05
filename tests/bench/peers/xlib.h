// What the bench itself asks of an X server. A file of its own: Xlib has macros for words that are
// ours.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace noseon::peers {

/// How long each of `times` frames of 1920 x 1080 takes by XPutImage, until the server says that it
/// is done. Empty where there is no such display.
[[nodiscard]] std::vector<std::chrono::nanoseconds> put_image_times(
    const std::string& display, std::vector<std::uint32_t>& frame, int times);

/// Puts the pointer into the last corner. Where there is no graphics card a pointer is drawn into
/// the picture itself, and it begins in the middle, where posters are looked at.
void park_pointer(const std::string& display);

}  // namespace noseon::peers
