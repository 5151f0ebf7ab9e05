// Small picture files made inside tests: PNG chunk by chunk, JPEG by libjpeg, WebP by libwebp.
// Deterministic; pixels are BGRA words (0xAARRGGBB).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"

namespace noseon::testing {

using Pixels = std::vector<std::uint32_t>;

inline constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1A\n";

/// Length, type, data and a right CRC.
[[nodiscard]] std::string png_chunk(std::string_view type, std::string_view data);
/// Zlib's format, as IDAT holds it.
[[nodiscard]] std::string deflated(std::string_view bytes);

struct PngParts {
  std::uint32_t width = 1;
  std::uint32_t height = 1;
  int depth = 8;
  int color_type = 2;
  std::string palette;       ///< data of PLTE, none where empty
  std::string transparency;  ///< data of tRNS, none where empty
  std::string rows;          ///< packed samples, without the filter bytes
};
/// Not interlaced. Wrong parts give a wrong file.
[[nodiscard]] std::string png_file(const PngParts& parts);
/// A chunk put behind IHDR.
[[nodiscard]] std::string with_chunk(std::string_view png, std::string_view type,
                                     std::string_view data);
/// An ICC profile as a PNG holds it (iCCP).
[[nodiscard]] std::string with_profile(std::string_view png, std::string_view profile);
/// Colour type 6, 8 bits.
[[nodiscard]] std::string rgba_png(Size size, std::span<const std::uint32_t> pixels);
/// Right in all it says, with a header of that size and next to no pixels.
[[nodiscard]] std::string png_claiming(std::uint32_t width, std::uint32_t height);

enum class JpegColors { rgb, grey, cmyk };
struct JpegOptions {
  JpegColors colors = JpegColors::rgb;
  bool is_progressive = false;
  unsigned restart_rows = 0;  ///< a restart marker after so many rows of blocks
  int quality = 100;
  bool has_adobe_marker = true;  ///< CMYK only: with it, the inks are stored inverted
  bool is_subsampled = false;    ///< 4:2:0, as cameras do
};
/// Of CMYK the samples are red, green, blue and alpha: inverted inks.
[[nodiscard]] std::string jpeg_file(Size size, std::span<const std::uint32_t> pixels,
                                    JpegOptions options = {});
[[nodiscard]] std::string jpeg_claiming(std::uint16_t width, std::uint16_t height);
/// A segment with its marker and length.
[[nodiscard]] std::string jpeg_segment(unsigned char marker, std::string_view data);
/// The pixels of a whole JPEG of RGB or grey, as libjpeg decodes them.
[[nodiscard]] Pixels decoded_jpeg(std::string_view jpeg);
/// An ICC profile as a JPEG holds it; at most 65,000 bytes.
[[nodiscard]] std::string profile_segment(std::string_view profile);
/// `segment` put behind SOI.
[[nodiscard]] std::string with_segment(std::string_view jpeg, std::string_view segment);

enum class TiffOrder { little, big };
/// An APP1 segment that says nothing but the orientation.
[[nodiscard]] std::string exif_segment(unsigned orientation, TiffOrder order = TiffOrder::big);

/// Lossless VP8L.
[[nodiscard]] std::string webp_file(Size size, std::span<const std::uint32_t> pixels);
/// Lossy VP8, with ALPH where there is alpha.
[[nodiscard]] std::string lossy_webp_file(Size size, std::span<const std::uint32_t> pixels);
[[nodiscard]] std::string riff_chunk(std::string_view type, std::string_view data);
/// RIFF around chunks.
[[nodiscard]] std::string webp_of(std::string_view chunks);
/// VP8L data of that size and nothing behind its header. Sides 1 to 16384.
[[nodiscard]] std::string vp8l_claiming(std::uint32_t width, std::uint32_t height);
/// VP8X data for a canvas of that size.
[[nodiscard]] std::string vp8x_claiming(std::uint32_t width, std::uint32_t height,
                                        unsigned char flags = 0);

/// As a camera might have seen it: slopes, edges, texture and grain. The same for the same seed.
[[nodiscard]] Pixels photograph(Size size, std::uint32_t seed = 1);
/// Something to look at: every pixel different from its neighbours, opaque.
[[nodiscard]] Pixels test_pattern(Size size);

}  // namespace noseon::testing
