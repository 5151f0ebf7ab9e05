#include "media/png.h"
#include "base/say.h"

#include <fmt/format.h>
#include <png.h>

#include <cstddef>
#include <vector>

namespace noseon {
namespace {

// The simplified API of libpng: it catches its own longjmp and writes an sRGB chunk.
png_image image_of(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.size().width);
  image.height = static_cast<png_uint_32>(picture.size().height);
  image.format = PNG_FORMAT_RGB;
  return image;
}

std::vector<png_byte> rgb_of(const Picture& picture) {
  std::vector<png_byte> rgb;
  rgb.reserve(picture.pixels().size() * 3);
  for (const std::uint32_t pixel : picture.pixels()) {
    rgb.push_back(static_cast<png_byte>(pixel >> 16U));
    rgb.push_back(static_cast<png_byte>(pixel >> 8U));
    rgb.push_back(static_cast<png_byte>(pixel));
  }
  return rgb;
}

}  // namespace

Result<std::string> encode_png(const Picture& picture) {
  png_image image = image_of(picture);
  const std::vector<png_byte> rgb = rgb_of(picture);
  // One pass: the bound is generous, the compression is not done twice.
  png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string png(bytes, '\0');
  const int done = png_image_write_to_memory(&image, png.data(), &bytes, 0, rgb.data(), 0, nullptr);
  if (done == 0) {
    return fail(ErrorKind::unavailable, say("libpng cannot write it: {}", image.message));
  }
  png.resize(bytes);
  return png;
}

}  // namespace noseon
