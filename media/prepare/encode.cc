#include "media/prepare/encode.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "media/prepare/roughness.h"

namespace noseon {
namespace {

constexpr int kJpegQuality = 98;
// Of letters and fine lines, which show what others hide.
constexpr int kRoughJpegQuality = 99;
constexpr double kRoughnessMax = 1'000'000;
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

int quality_for(const PreparedPixels& pixels) {
  Roughness roughness;
  const std::size_t row_bytes = static_cast<std::size_t>(pixels.size.width) * 3;
  for (std::size_t at = 0; at < pixels.rgb.size(); at += row_bytes) {
    roughness.add(std::span(pixels.rgb).subspan(at, row_bytes), 3);
  }
  return roughness.mean() > kRoughnessMax ? kRoughJpegQuality : kJpegQuality;
}

// Takes what libvips allocated.
std::string taken(void* bytes, std::size_t size) {
  std::string file(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return file;
}

Result<std::string> as_jpeg(VipsImage* image, int quality) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image, &bytes, &size, "Q", quality, "subsample_mode",
                           VIPS_FOREIGN_SUBSAMPLE_OFF, "optimize_coding", TRUE, "strip", TRUE,
                           nullptr) != 0) {
    return fail(ErrorKind::bad_format, vips_complaint());
  }
  return taken(bytes, size);
}

Result<std::string> as_png(VipsImage* image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_pngsave_buffer(image, &bytes, &size, "compression", kPngCompression, "filter",
                          VIPS_FOREIGN_PNG_FILTER_ALL, "strip", TRUE, nullptr) != 0) {
    return fail(ErrorKind::bad_format, vips_complaint());
  }
  return taken(bytes, size);
}

}  // namespace

Result<std::string> encode_prepared(const PreparedPixels& pixels) {
  const bool grey = is_grey(pixels.rgb);
  const std::vector<std::uint8_t> values = grey ? first_bands(pixels.rgb) : pixels.rgb;
  const Image raw(vips_image_new_from_memory(values.data(), values.size(), pixels.size.width,
                                             pixels.size.height, grey ? 1 : 3, VIPS_FORMAT_UCHAR));
  if (!raw) return fail(ErrorKind::bad_format, vips_complaint());
  VipsImage* typed = nullptr;
  vips_copy(raw.get(), &typed, "interpretation",
            grey ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB, nullptr);
  const Image image(typed);
  if (!image) return fail(ErrorKind::bad_format, vips_complaint());
  ASSIGN_OR_RETURN(std::string jpeg, as_jpeg(image.get(), quality_for(pixels)));
  if (!is_drawing(pixels)) return jpeg;
  ASSIGN_OR_RETURN(std::string png, as_png(image.get()));
  return png.size() <= jpeg.size() ? png : jpeg;
}

}  // namespace noseon
