#include "media/prepare/encode.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "media/prepare/jpeg.h"

namespace noseon {
namespace {

constexpr int kPngCompression = 6;

bool is_grey(const std::vector<std::uint8_t>& rgb) {
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return false;
  }
  return true;
}

std::vector<std::uint8_t> first_bands(const std::vector<std::uint8_t>& rgb) {
  std::vector<std::uint8_t> grey;
  grey.reserve(rgb.size() / 3);
  for (std::size_t i = 0; i < rgb.size(); i += 3) grey.push_back(rgb[i]);
  return grey;
}

bool is_drawing(const PreparedPixels& pixels) {
  std::size_t same = 0;
  const std::vector<std::uint8_t>& rgb = pixels.rgb;
  for (std::size_t i = 3; i < rgb.size(); i += 3) {
    if (std::memcmp(&rgb[i], &rgb[i - 3], 3) == 0) ++same;
  }
  return same * 2 >= rgb.size() / 3 - 1;
}

Result<std::string> as_png(const std::vector<std::uint8_t>& values, Size size, int bands) {
  const Image raw(vips_image_new_from_memory(values.data(), values.size(), size.width, size.height,
                                             bands, VIPS_FORMAT_UCHAR));
  if (!raw) return fail(ErrorKind::bad_format, vips_complaint());
  VipsImage* typed = nullptr;
  vips_copy(raw.get(), &typed, "interpretation",
            bands == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB, nullptr);
  const Image image(typed);
  void* bytes = nullptr;
  std::size_t length = 0;
  if (!image ||
      vips_pngsave_buffer(image.get(), &bytes, &length, "compression", kPngCompression, "filter",
                          VIPS_FOREIGN_PNG_FILTER_ALL, "strip", TRUE, nullptr) != 0) {
    return fail(ErrorKind::bad_format, vips_complaint());
  }
  std::string file(static_cast<const char*>(bytes), length);
  g_free(bytes);
  return file;
}

}  // namespace

Result<std::string> encode_prepared(const PreparedPixels& pixels) {
  const bool grey = is_grey(pixels.rgb);
  const int bands = grey ? 1 : 3;
  const std::vector<std::uint8_t> values = grey ? first_bands(pixels.rgb) : pixels.rgb;
  ASSIGN_OR_RETURN(std::string jpeg, encode_jpeg(values, pixels.size, bands));
  if (!is_drawing(pixels)) return jpeg;
  ASSIGN_OR_RETURN(std::string png, as_png(values, pixels.size, bands));
  return png.size() <= jpeg.size() ? png : jpeg;
}

}  // namespace noseon
