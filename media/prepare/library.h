// libvips, started with as little of it as there is: three loaders, one saver, no modules, no
// cache.
#pragma once

#include <vips/vips.h>

#include <string>

#include "base/handle.h"

namespace noseon {

inline void unref_image(VipsImage* image) {
  g_object_unref(image);
}
using Image = Handle<VipsImage, unref_image>;

/// Before the cage: whatever libvips and GLib load late is there afterwards. False where it cannot
/// start.
[[nodiscard]] bool start_vips(int threads);

/// What libvips last complained of, in one line; the complaint is taken.
[[nodiscard]] std::string vips_complaint();

}  // namespace noseon
