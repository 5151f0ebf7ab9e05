#include "tests/media/picture_files.h"

#include <webp/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>

// It needs <cstdio> before it.
#include <jpeglib.h>

#include "base/check.h"

namespace noseon::testing {
namespace {

std::string big_u16(unsigned value) {
  return {static_cast<char>(value >> 8U), static_cast<char>(value)};
}
std::string big_u32(std::uint32_t value) {
  return big_u16(value >> 16U) + big_u16(value & 0xFFFFU);
}
std::string little_u32(std::uint32_t value) {
  const std::string big = big_u32(value);
  return {big.rbegin(), big.rend()};
}
std::string little_u24(std::uint32_t value) {
  return little_u32(value).substr(0, 3);
}

std::string ihdr(const PngParts& parts) {
  return big_u32(parts.width) + big_u32(parts.height) + static_cast<char>(parts.depth) +
         static_cast<char>(parts.color_type) + std::string(3, '\0');
}

std::size_t channels_of(int color_type) {
  switch (color_type) {
    case 2:
      return 3;
    case 4:
      return 2;
    case 6:
      return 4;
    default:
      return 1;
  }
}

int channels_of(JpegColors colors) {
  switch (colors) {
    case JpegColors::grey:
      return 1;
    case JpegColors::rgb:
      return 3;
    case JpegColors::cmyk:
      return 4;
  }
  return 0;
}

J_COLOR_SPACE space_of(JpegColors colors) {
  switch (colors) {
    case JpegColors::grey:
      return JCS_GRAYSCALE;
    case JpegColors::rgb:
      return JCS_RGB;
    case JpegColors::cmyk:
      return JCS_CMYK;
  }
  return JCS_UNKNOWN;
}

std::vector<JSAMPLE> samples_of(std::span<const std::uint32_t> row, JpegColors colors) {
  std::vector<JSAMPLE> samples;
  for (const std::uint32_t pixel : row) {
    const std::uint32_t all =
        (pixel >> 16U & 0xFFU) | (pixel & 0xFF00U) | (pixel & 0xFFU) << 16U | (pixel & 0xFF000000U);
    for (int i = 0; i < channels_of(colors); ++i) {
      samples.push_back(static_cast<JSAMPLE>(all >> (8U * static_cast<unsigned>(i))));
    }
  }
  return samples;
}

std::string taken(std::uint8_t* bytes, std::size_t size) {
  CHECK(bytes != nullptr && size > 0);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return file;
}

const std::uint8_t* bytes_of(std::span<const std::uint32_t> pixels) {
  return reinterpret_cast<const std::uint8_t*>(pixels.data());
}

}  // namespace

std::string png_chunk(std::string_view type, std::string_view data) {
  const std::string checked = std::string(type) + std::string(data);
  const auto crc =
      ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return big_u32(static_cast<std::uint32_t>(data.size())) + checked +
         big_u32(static_cast<std::uint32_t>(crc));
}

std::string deflated(std::string_view bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string out(size, '\0');
  CHECK(::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                    reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9) == Z_OK);
  out.resize(size);
  return out;
}

std::string png_file(const PngParts& parts) {
  const std::size_t bits =
      channels_of(parts.color_type) * static_cast<std::size_t>(parts.depth) * parts.width;
  const std::size_t row_bytes = (bits + 7) / 8;
  std::string filtered;
  for (std::size_t at = 0; at < parts.rows.size(); at += row_bytes) {
    filtered += '\0' + parts.rows.substr(at, row_bytes);
  }
  std::string file = std::string(kPngSignature) + png_chunk("IHDR", ihdr(parts));
  if (!parts.palette.empty()) file += png_chunk("PLTE", parts.palette);
  if (!parts.transparency.empty()) file += png_chunk("tRNS", parts.transparency);
  return file + png_chunk("IDAT", deflated(filtered)) + png_chunk("IEND", "");
}

std::string with_chunk(std::string_view png, std::string_view type, std::string_view data) {
  constexpr std::size_t kBehindIhdr = 33;
  return std::string(png.substr(0, kBehindIhdr)) + png_chunk(type, data) +
         std::string(png.substr(kBehindIhdr));
}

std::string with_profile(std::string_view png, std::string_view profile) {
  return with_chunk(png, "iCCP", std::string("p\0\0", 3) + deflated(profile));
}

std::string rgba_png(Size size, std::span<const std::uint32_t> pixels) {
  PngParts parts{static_cast<std::uint32_t>(size.width),
                 static_cast<std::uint32_t>(size.height),
                 8,
                 6,
                 {},
                 {},
                 {}};
  for (const std::uint32_t pixel : pixels) {
    parts.rows += {static_cast<char>(pixel >> 16U), static_cast<char>(pixel >> 8U),
                   static_cast<char>(pixel), static_cast<char>(pixel >> 24U)};
  }
  return png_file(parts);
}

std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  return std::string(kPngSignature) +
         png_chunk("IHDR", ihdr(PngParts{width, height, 8, 2, {}, {}, {}})) +
         png_chunk("IDAT", deflated("\0")) + png_chunk("IEND", "");
}

std::string jpeg_file(Size size, std::span<const std::uint32_t> pixels, JpegOptions options) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = ::jpeg_std_error(&errors);  // exits on an error, which here is one of the test
  jpeg_create_compress(&jpeg);
  unsigned char* memory = nullptr;
  unsigned long bytes = 0;
  ::jpeg_mem_dest(&jpeg, &memory, &bytes);
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = channels_of(options.colors);
  jpeg.in_color_space = space_of(options.colors);
  ::jpeg_set_defaults(&jpeg);
  ::jpeg_set_quality(&jpeg, options.quality, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = options.is_subsampled ? 2 : 1;
  if (options.colors == JpegColors::cmyk) {
    jpeg.write_Adobe_marker = options.has_adobe_marker ? TRUE : FALSE;
  }
  jpeg.restart_in_rows = static_cast<int>(options.restart_rows);
  if (options.is_progressive) ::jpeg_simple_progression(&jpeg);
  ::jpeg_start_compress(&jpeg, TRUE);
  const auto width = static_cast<std::size_t>(size.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y) {
    std::vector<JSAMPLE> row = samples_of(pixels.subspan(y * width, width), options.colors);
    JSAMPROW rows[] = {row.data()};
    ::jpeg_write_scanlines(&jpeg, rows, 1);
  }
  ::jpeg_finish_compress(&jpeg);
  ::jpeg_destroy_compress(&jpeg);
  std::string file(reinterpret_cast<const char*>(memory), bytes);
  std::free(memory);
  return file;
}

Pixels decoded_jpeg(std::string_view file) {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = ::jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  ::jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  ::jpeg_read_header(&jpeg, TRUE);
  jpeg.out_color_space = JCS_RGB;
  ::jpeg_start_decompress(&jpeg);
  Pixels pixels;
  pixels.reserve(std::size_t{jpeg.output_width} * jpeg.output_height);
  std::vector<JSAMPLE> row(std::size_t{jpeg.output_width} * 3);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW rows[] = {row.data()};
    ::jpeg_read_scanlines(&jpeg, rows, 1);
    for (std::size_t i = 0; i < row.size(); i += 3) {
      pixels.push_back(0xFF000000U | std::uint32_t{row[i]} << 16U |
                       std::uint32_t{row[i + 1]} << 8U | row[i + 2]);
    }
  }
  ::jpeg_destroy_decompress(&jpeg);
  return pixels;
}

std::string profile_segment(std::string_view profile) {
  CHECK(profile.size() <= 65'000);
  return jpeg_segment(0xE2, std::string("ICC_PROFILE\0\1\1", 14) + std::string(profile));
}

std::string jpeg_segment(unsigned char marker, std::string_view data) {
  return std::string{'\xFF', static_cast<char>(marker)} +
         big_u16(static_cast<unsigned>(data.size()) + 2) + std::string(data);
}

std::string jpeg_claiming(std::uint16_t width, std::uint16_t height) {
  const std::string component("\x01\x11\x00", 3);
  return "\xFF\xD8" +
         jpeg_segment(0xC0, '\x08' + big_u16(height) + big_u16(width) + '\x01' + component) +
         jpeg_segment(0xDA, std::string("\x01\x01\x00\x00\x3F\x00", 6)) + "\x12\xFF\xD9";
}

std::string with_segment(std::string_view jpeg, std::string_view segment) {
  return std::string(jpeg.substr(0, 2)) + std::string(segment) + std::string(jpeg.substr(2));
}

std::string exif_segment(unsigned orientation, TiffOrder order) {
  const char value = static_cast<char>(orientation);
  const std::string big = std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) +
                          value + std::string(6, '\0');
  const std::string little = std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) +
                             value + std::string(7, '\0');
  return jpeg_segment(0xE1, std::string("Exif\0\0", 6) + (order == TiffOrder::big ? big : little));
}

std::string webp_file(Size size, std::span<const std::uint32_t> pixels) {
  std::uint8_t* out = nullptr;
  const std::size_t bytes =
      WebPEncodeLosslessBGRA(bytes_of(pixels), size.width, size.height, size.width * 4, &out);
  return taken(out, bytes);
}

std::string lossy_webp_file(Size size, std::span<const std::uint32_t> pixels) {
  std::uint8_t* out = nullptr;
  const std::size_t bytes =
      WebPEncodeBGRA(bytes_of(pixels), size.width, size.height, size.width * 4, 100, &out);
  return taken(out, bytes);
}

std::string riff_chunk(std::string_view type, std::string_view data) {
  std::string chunk =
      std::string(type) + little_u32(static_cast<std::uint32_t>(data.size())) + std::string(data);
  if (data.size() % 2 == 1) chunk += '\0';
  return chunk;
}

std::string webp_of(std::string_view chunks) {
  return "RIFF" + little_u32(static_cast<std::uint32_t>(chunks.size()) + 4) + "WEBP" +
         std::string(chunks);
}

std::string vp8l_claiming(std::uint32_t width, std::uint32_t height) {
  return '\x2F' + little_u32((width - 1) | (height - 1) << 14U);
}

std::string vp8x_claiming(std::uint32_t width, std::uint32_t height, unsigned char flags) {
  return static_cast<char>(flags) + std::string(3, '\0') + little_u24(width - 1) +
         little_u24(height - 1);
}

Pixels photograph(Size size, std::uint32_t seed) {
  Pixels pixels;
  pixels.reserve(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
  std::uint32_t state = seed;
  const auto grain = [&state] {
    state = state * 1664525U + 1013904223U;
    return static_cast<double>(state >> 24U) / 255 - 0.5;
  };
  const auto value = [](double v) { return static_cast<std::uint32_t>(std::clamp(v, 0.0, 255.0)); };
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      // Sizes relative to the picture: the same scene by a better camera has the same edges.
      const double u = static_cast<double>(x) / size.height,
                   v = static_cast<double>(y) / size.height;
      double light = 0;
      for (int octave = 1; octave <= 6; ++octave) {
        const double f = 3.0 * (1 << octave);
        light += std::sin(f * u * 1.7 + octave * 1.3 + 2 * std::sin(f * v * 0.7)) *
                 std::cos(f * v * 1.1 + octave) * 1.5 / (1 << octave);
      }
      const double hill = v > 0.6 + 0.1 * std::sin(9 * u) ? -50 : 0;
      const double g = 8 * grain();
      pixels.push_back(0xFF000000U | value(128 + 70 * light + hill + g) << 16U |
                       value(120 + 60 * light + 40 * std::sin(5 * u) + hill + g) << 8U |
                       value(100 + 50 * light + 60 * std::cos(4 * v) + g));
    }
  }
  return pixels;
}

Pixels test_pattern(Size size) {
  Pixels pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto red = static_cast<std::uint32_t>(x * 37 + y * 11) & 0xFFU;
      const auto green = static_cast<std::uint32_t>(x * 5 + y * 59) & 0xFFU;
      const auto blue = static_cast<std::uint32_t>(255 - x * 17 - y * 3) & 0xFFU;
      pixels.push_back(0xFF000000U | red << 16U | green << 8U | blue);
    }
  }
  return pixels;
}

}  // namespace noseon::testing
