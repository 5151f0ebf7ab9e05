#include "media/sniff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "media/exif.h"
#include "tests/media/picture_files.h"

namespace noseon {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr Size kSmall{5, 3};

// What it was taken for, or the refusal.
std::string sniffed(std::string_view bytes, const PictureLimits& limits = kOriginalLimits) {
  const auto info = sniff_picture(bytes, limits);
  if (!info) return info.error().message;
  constexpr const char* kNames[] = {"PNG", "JPEG", "WebP"};
  return std::string(kNames[static_cast<int>(info->format)]) + " " +
         std::to_string(info->size.width) + " x " + std::to_string(info->size.height);
}

ErrorKind refusal(std::string_view bytes, const PictureLimits& limits = kOriginalLimits) {
  const auto info = sniff_picture(bytes, limits);
  EXPECT_FALSE(info) << sniffed(bytes, limits);
  return info ? ErrorKind::not_found : info.error().kind;
}

TEST(Sniff, KnowsEachFormatAndItsSize) {
  const Pixels pixels = test_pattern(kSmall);
  EXPECT_EQ(sniffed(rgba_png(kSmall, pixels)), "PNG 5 x 3");
  EXPECT_EQ(sniffed(jpeg_file(kSmall, pixels)), "JPEG 5 x 3");
  EXPECT_EQ(sniffed(jpeg_file(kSmall, pixels, {JpegColors::grey})), "JPEG 5 x 3");
  EXPECT_EQ(sniffed(webp_file(kSmall, pixels)), "WebP 5 x 3");
  EXPECT_EQ(sniffed(lossy_webp_file(kSmall, pixels)), "WebP 5 x 3");
  Pixels translucent = pixels;
  translucent[0] &= 0x7FFFFFFFU;
  EXPECT_EQ(sniffed(lossy_webp_file(kSmall, translucent)), "WebP 5 x 3") << "VP8X, ALPH, VP8";
}

TEST(Sniff, WalksThroughProgressiveScansRestartMarkersAndFillBytes) {
  const Size size{70, 50};
  const Pixels pixels = test_pattern(size);
  EXPECT_EQ(sniffed(jpeg_file(size, pixels, {JpegColors::rgb, true, 0})), "JPEG 70 x 50");
  EXPECT_EQ(sniffed(jpeg_file(size, pixels, {JpegColors::rgb, false, 1})), "JPEG 70 x 50");
  EXPECT_EQ(sniffed(jpeg_file(size, pixels, {JpegColors::rgb, true, 1})), "JPEG 70 x 50");

  std::string filled = jpeg_file(size, pixels);
  filled.insert(filled.size() - 2, "\xFF\xFF\xFF");                           // before EOI
  filled = with_segment(filled, "\xFF\xFF" + jpeg_segment(0xFE, "comment"));  // before a segment
  EXPECT_EQ(sniffed(filled), "JPEG 70 x 50");
}

TEST(Sniff, IgnoresWhatFollowsThePicture) {
  const Pixels pixels = test_pattern(kSmall);
  const std::string tail = "\xFF\xD8 the second picture of a camera";
  EXPECT_EQ(sniffed(rgba_png(kSmall, pixels) + tail), "PNG 5 x 3");
  EXPECT_EQ(sniffed(jpeg_file(kSmall, pixels) + tail), "JPEG 5 x 3");
  EXPECT_EQ(sniffed(webp_file(kSmall, pixels) + tail), "WebP 5 x 3");
}

TEST(Sniff, RefusesAFileCutAtAnyByte) {
  const Pixels pixels = test_pattern(kSmall);
  const Size tall{20, 40};
  Pixels translucent = pixels;
  translucent[0] &= 0x7FFFFFFFU;
  const std::vector<std::pair<const char*, std::string>> files = {
      {"PNG", rgba_png(kSmall, pixels)},
      {"JPEG", jpeg_file(kSmall, pixels)},
      {"JPEG with EXIF", with_segment(jpeg_file(kSmall, pixels), exif_segment(6))},
      {"JPEG progressive with restarts",
       jpeg_file(tall, test_pattern(tall), {JpegColors::rgb, true, 1})},
      {"WebP VP8L", webp_file(kSmall, pixels)},
      {"WebP VP8", lossy_webp_file(kSmall, pixels)},
      {"WebP VP8X", lossy_webp_file(kSmall, translucent)},
  };
  for (const auto& [name, file] : files) {
    ASSERT_TRUE(sniff_picture(file)) << name << ": " << sniffed(file);
    for (std::size_t bytes = 0; bytes < file.size(); ++bytes) {
      EXPECT_EQ(refusal(file.substr(0, bytes)), ErrorKind::bad_format) << name << " at " << bytes;
    }
    for (std::size_t bytes = 12; bytes < file.size(); ++bytes) {
      EXPECT_THAT(sniffed(file.substr(0, bytes)),
                  AllOf(HasSubstr("cut short"), HasSubstr(std::to_string(bytes) + " bytes"),
                        HasSubstr("copy or export it again")))
          << name;
    }
  }
}

struct Claim {
  std::uint32_t width;
  std::uint32_t height;
  const char* refusal;  // none where it is within the caps
};

TEST(Sniff, StandsExactlyOnTheCapsOfWhatDisplaysDecode) {
  const std::vector<Claim> claims = {
      {8192, 1, nullptr},
      {1, 8192, nullptr},
      {8192, 2048, nullptr},
      {4096, 4096, nullptr},
      {8193, 1, "8193 x 1 pixels; at most 8192 a side: scale it down"},
      {1, 8193, "1 x 8193 pixels; at most 8192 a side: scale it down"},
      {8192, 2049, "8192 x 2049 pixels, 16785408 in all; at most 16777216 in all: scale it down"},
      {4097, 4096, "4097 x 4096 pixels, 16781312 in all; at most 16777216 in all: scale it down"},
  };
  for (const auto& [width, height, refusal_text] : claims) {
    const std::string png = png_claiming(width, height);
    const std::string jpeg =
        jpeg_claiming(static_cast<std::uint16_t>(width), static_cast<std::uint16_t>(height));
    const std::string webp = webp_of(riff_chunk("VP8L", vp8l_claiming(width, height)));
    const std::string size = std::to_string(width) + " x " + std::to_string(height);
    EXPECT_EQ(sniffed(png, kPreparedLimits), refusal_text ? refusal_text : "PNG " + size);
    EXPECT_EQ(sniffed(jpeg, kPreparedLimits), refusal_text ? refusal_text : "JPEG " + size);
    EXPECT_EQ(sniffed(webp, kPreparedLimits), refusal_text ? refusal_text : "WebP " + size);
  }
  EXPECT_EQ(refusal(png_claiming(8193, 1), kPreparedLimits), ErrorKind::too_large);
  EXPECT_EQ(refusal(png_claiming(8192, 2049), kPreparedLimits), ErrorKind::too_large);
}

TEST(Sniff, StandsExactlyOnTheCapsOfOriginals) {
  const std::vector<Claim> claims = {
      {32768, 1, nullptr},
      {1, 32768, nullptr},
      {20000, 10000, nullptr},
      {32768, 6103, nullptr},
      {32769, 1, "32769 x 1 pixels; at most 32768 a side: scale it down"},
      {1, 32769, "1 x 32769 pixels; at most 32768 a side: scale it down"},
      {32768, 6104,
       "32768 x 6104 pixels, 200015872 in all; at most 200000000 in all: scale it down"},
      {20001, 10000,
       "20001 x 10000 pixels, 200010000 in all; at most 200000000 in all: scale it down"},
  };
  for (const auto& [width, height, refusal_text] : claims) {
    const std::string size = std::to_string(width) + " x " + std::to_string(height);
    EXPECT_EQ(sniffed(png_claiming(width, height)), refusal_text ? refusal_text : "PNG " + size);
    EXPECT_EQ(sniffed(jpeg_claiming(static_cast<std::uint16_t>(width),
                                    static_cast<std::uint16_t>(height))),
              refusal_text ? refusal_text : "JPEG " + size);
  }
  EXPECT_EQ(sniffed(jpeg_claiming(65535, 1080)),
            "65535 x 1080 pixels; at most 32768 a side: scale it down");
  EXPECT_THAT(sniffed(png_claiming(0xFFFFFFFF, 0xFFFFFFFF)), HasSubstr("4294967295 x 4294967295"));
  EXPECT_THAT(sniffed(webp_of(riff_chunk("VP8X", vp8x_claiming(1U << 24U, 7)))),
              HasSubstr("16777216 x 7 pixels; at most 32768 a side"));
}

// A frame of three components in 4:2:0, each with a scan of its own; marker 0xC2 is progressive.
std::string scans_claiming(unsigned char marker, unsigned width, unsigned height) {
  const auto two = [](unsigned value) {
    return std::string{static_cast<char>(value >> 8U), static_cast<char>(value)};
  };
  const std::string components("\x03\x01\x22\0\x02\x11\0\x03\x11\0", 10);
  std::string file =
      "\xFF\xD8" + jpeg_segment(marker, '\x08' + two(height) + two(width) + components);
  for (const char component : {'\1', '\2', '\3'}) {
    file += jpeg_segment(0xDA, std::string("\x01", 1) + component + std::string("\0\0\x3F\0", 4)) +
            "\x12";
  }
  return file + "\xFF\xD9";
}

TEST(Sniff, CapsWhatCannotBeReadRowByRowByWhatItsDecoderHolds) {
  // Interlaced PNG of 16-bit RGBA: eight bytes a pixel, 384 MiB are 50,331,648 pixels.
  const auto interlaced = [](std::uint32_t width, std::uint32_t height) {
    std::string file = png_claiming(width, height);
    file[24] = 16;
    file[25] = 6;
    file[28] = 1;
    return file;
  };
  EXPECT_EQ(sniffed(interlaced(8192, 6144)), "PNG 8192 x 6144");
  EXPECT_EQ(
      sniffed(interlaced(8192, 6145)),
      "an interlaced PNG of this size takes 385 MiB to open, at most 384: scale it down or save "
      "it without interlacing");
  std::string streamed = interlaced(8192, 6145);
  streamed[28] = 0;
  EXPECT_EQ(sniffed(streamed), "PNG 8192 x 6145");

  // 4:2:0: six blocks of 128 bytes for 16 x 16 pixels, and one more row and column of them.
  for (const unsigned char marker : {std::uint8_t{0xC2}, std::uint8_t{0xC0}}) {
    EXPECT_EQ(sniffed(scans_claiming(marker, 16 * 512 - 1, 16 * 1024 - 1)), "JPEG 8191 x 16383");
    EXPECT_EQ(
        sniffed(scans_claiming(marker, 16 * 512 - 1, 16 * 1024)),
        "a progressive JPEG of this size takes 385 MiB to open, at most 384: scale it down or "
        "save it as ordinary (baseline) JPEG");
  }

  // VP8L: eight bytes a pixel, and the file.
  const auto lossless = [](std::uint32_t width, std::uint32_t height) {
    return webp_of(riff_chunk("VP8L", vp8l_claiming(width, height)));
  };
  EXPECT_EQ(sniffed(lossless(8192, 6143)), "WebP 8192 x 6143");
  EXPECT_EQ(
      sniffed(lossless(8192, 6144)),
      "a WebP of this size takes 385 MiB to open, at most 384: scale it down or save it as JPEG "
      "or PNG");
  EXPECT_EQ(refusal(lossless(8192, 6144)), ErrorKind::too_large);
}

TEST(Sniff, ZeroSamplingFactorsDivideNothing) {
  std::string file = scans_claiming(0xC2, 64, 64);
  for (const std::size_t at : {13U, 16U, 19U}) file[at] = '\0';
  EXPECT_EQ(sniffed(file), "JPEG 64 x 64");
}

TEST(Sniff, RefusesAZeroSide) {
  for (const std::string& file :
       {png_claiming(0, 5), png_claiming(5, 0), jpeg_claiming(0, 5), jpeg_claiming(5, 0)}) {
    EXPECT_EQ(refusal(file), ErrorKind::bad_format);
    EXPECT_THAT(sniffed(file), HasSubstr("nothing to show"));
  }
  const std::string vp8("\x30\x01\x00\x9D\x01\x2A\x00\x00\x05\x00", 10);
  EXPECT_THAT(sniffed(webp_of(riff_chunk("VP8 ", vp8 + std::string(20, 'x')))),
              HasSubstr("0 x 5 pixels"));
}

TEST(Sniff, RefusesMoreBytesThanTheCap) {
  std::string file = rgba_png(kSmall, test_pattern(kSmall));
  file.resize(kPictureBytesMax);
  EXPECT_EQ(sniffed(file, kPreparedLimits), "PNG 5 x 3");
  file.push_back('\0');
  EXPECT_EQ(sniffed(file), "PNG 5 x 3");
  EXPECT_EQ(refusal(file, kPreparedLimits), ErrorKind::too_large);
  EXPECT_THAT(sniffed(file, kPreparedLimits), HasSubstr("67108865 bytes; at most 67108864"));
  file.resize(kOriginalLimits.bytes_max);
  EXPECT_EQ(sniffed(file), "PNG 5 x 3");
  file.push_back('\0');
  EXPECT_THAT(sniffed(file), HasSubstr("536870913 bytes; at most 536870912"));
}

TEST(Sniff, NamesOtherFormatsAndTheRemedy) {
  const std::vector<std::pair<std::string, const char*>> files = {
      {"GIF89a......", "a GIF picture"},
      {"BM..........", "a BMP picture"},
      {"%PDF-1.7\n", "a PDF document"},
      {"%!PS-Adobe-3.0", "a PostScript document"},
      {std::string("II*\0....", 8), "a TIFF picture"},
      {std::string("MM\0*....", 8), "a TIFF picture"},
      {"8BPS....", "a Photoshop document"},
      {std::string("\0\0\0\x1C", 4) + "ftypavif", "an AVIF picture"},
      {std::string("\0\0\0\x1C", 4) + "ftypheic", "a HEIC picture"},
      {std::string("\0\0\0\x1C", 4) + "ftypisom", "a video"},
      {"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"},
      {"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg/>", "an SVG drawing"},
      {"hello", "not a picture that is known here"},
      {"not <svg> at all", "not a picture that is known here"},
      {std::string(100, '\0'), "not a picture that is known here"},
      {std::string("RIFF\x04\0\0\0WAVEfmt ", 16), "not a picture that is known here"},
  };
  for (const auto& [bytes, name] : files) {
    EXPECT_EQ(refusal(bytes), ErrorKind::bad_format);
    EXPECT_THAT(sniffed(bytes), AllOf(HasSubstr(name), HasSubstr("save it as PNG, JPEG or WebP")));
  }
  EXPECT_EQ(sniffed(""), "the file is empty: copy or export it again");
}

TEST(Sniff, RefusesDamagedPng) {
  const Pixels pixels = test_pattern(kSmall);
  const std::string good = rgba_png(kSmall, pixels);
  const std::string ihdr = good.substr(8, 25);
  const std::string signature(kPngSignature);

  EXPECT_THAT(sniffed(signature + png_chunk("IDAT", "x") + ihdr), HasSubstr("(IHDR)"));
  EXPECT_THAT(sniffed(signature + ihdr + png_chunk("IEND", "")), HasSubstr("no pixels (IDAT)"));
  EXPECT_THAT(sniffed(signature + ihdr + png_chunk("I!AT", "x")), HasSubstr("not one"));
  EXPECT_THAT(sniffed(signature + ihdr + "\x80" + std::string(3, '\0') + "IDAT"),
              HasSubstr("claims 2147483648 bytes"));
  EXPECT_THAT(sniffed(signature + ihdr + "\x7F\xFF\xFF\xFFIDAT...."), HasSubstr("cut short"));
  std::string wrong_depth = good;
  wrong_depth[24] = 3;
  EXPECT_THAT(sniffed(wrong_depth), HasSubstr("colour type 6 with 3 bits does not exist"));
  std::string wrong_interlace = good;
  wrong_interlace[28] = 2;
  EXPECT_THAT(sniffed(wrong_interlace), HasSubstr("interlace"));
}

TEST(Sniff, RefusesJpegThatWouldBeShownWrong) {
  const Pixels pixels = test_pattern(kSmall);
  const std::string cmyk = jpeg_file(kSmall, pixels, {JpegColors::cmyk});
  EXPECT_EQ(sniffed(cmyk), "JPEG 5 x 3") << "for noseon-prepare";
  EXPECT_THAT(sniffed(cmyk, kPreparedLimits),
              AllOf(HasSubstr("CMYK"), HasSubstr("save it with RGB colours")));

  const auto with_frame = [](char marker, std::string_view frame) {
    return "\xFF\xD8" + jpeg_segment(static_cast<unsigned char>(marker), frame) + "\xFF\xD9";
  };
  const std::string_view one_component("\x08\0\5\0\5\1\1\x11\0", 9);
  EXPECT_THAT(sniffed(with_frame('\xC3', one_component)), HasSubstr("lossless"));
  EXPECT_THAT(sniffed(with_frame('\xC9', one_component)), HasSubstr("arithmetic"));
  EXPECT_THAT(sniffed(with_frame('\xDE', one_component)), HasSubstr("hierarchical"));
  EXPECT_THAT(sniffed(with_frame('\xC1', {"\x0C\0\5\0\5\1\1\x11\0", 9})), HasSubstr("12-bit"));
  EXPECT_THAT(sniffed(with_frame('\xC0', {"\x08\0\5\0\5\2\1\x11\0\2\x11\0", 12})),
              HasSubstr("2 colour components"));
  EXPECT_THAT(sniffed(with_frame('\xC0', one_component)), HasSubstr("before each of its colour"));
  EXPECT_THAT(sniffed("\xFF\xD8\xFF\xD9"), HasSubstr("no picture"));
}

TEST(Sniff, RefusesJpegWithMoreScansThanAnyEncoderWrites) {
  const auto scans = [](int count) {
    const std::string base = jpeg_claiming(8, 8);
    const std::string scan =
        jpeg_segment(0xDA, std::string("\x01\x01\x00\x00\x3F\x00", 6)) + "\x12";
    std::string file = base.substr(0, base.size() - 2);
    for (int i = 1; i < count; ++i) file += scan;
    return file + "\xFF\xD9";
  };
  EXPECT_EQ(sniffed(scans(200)), "JPEG 8 x 8");
  EXPECT_EQ(refusal(scans(201)), ErrorKind::too_large);
}

TEST(Sniff, RefusesWebpThatContradictsItself) {
  const std::string vp8l = riff_chunk("VP8L", vp8l_claiming(5, 3));
  EXPECT_EQ(sniffed(webp_of(vp8l)), "WebP 5 x 3");
  EXPECT_EQ(sniffed(webp_of(riff_chunk("VP8X", vp8x_claiming(5, 3)) + vp8l)), "WebP 5 x 3");
  EXPECT_THAT(sniffed(webp_of(riff_chunk("VP8X", vp8x_claiming(6, 3)) + vp8l)),
              HasSubstr("its header says 6 x 3 pixels, its picture 5 x 3"));
  EXPECT_THAT(sniffed(webp_of(riff_chunk("VP8X", vp8x_claiming(5, 3, 2)))), HasSubstr("animation"));
  EXPECT_THAT(sniffed(webp_of(vp8l + vp8l)), HasSubstr("two pictures"));
  EXPECT_THAT(sniffed(webp_of(riff_chunk("ICCP", "profile"))), HasSubstr("no picture"));
  EXPECT_THAT(sniffed(webp_of(vp8l + "EXIF\xFF\xFF\xFF\x7F")), HasSubstr("longer than the file"));
}

TEST(Sniff, GivesTheSizeAsItIsSeen) {
  const std::string jpeg = jpeg_file(kSmall, test_pattern(kSmall));
  for (unsigned orientation = 1; orientation <= 8; ++orientation) {
    for (const TiffOrder order : {TiffOrder::little, TiffOrder::big}) {
      EXPECT_EQ(sniffed(with_segment(jpeg, exif_segment(orientation, order))),
                orientation >= 5 ? "JPEG 3 x 5" : "JPEG 5 x 3");
    }
  }
  EXPECT_EQ(sniffed(with_segment(jpeg, exif_segment(9))), "JPEG 5 x 3");
  EXPECT_EQ(sniffed(with_segment(jpeg, exif_segment(0))), "JPEG 5 x 3");
}

TEST(Exif, ReadsNothingOutsideOfItsBytes) {
  for (const TiffOrder order : {TiffOrder::little, TiffOrder::big}) {
    const std::string segment = exif_segment(6, order).substr(4);
    EXPECT_EQ(exif_orientation(segment), 6);
    for (std::size_t bytes = 0; bytes < segment.size(); ++bytes) {
      const std::vector<char> exact(segment.begin(),
                                    segment.begin() + static_cast<std::ptrdiff_t>(bytes));
      const int orientation = exif_orientation({exact.data(), exact.size()});
      // The four bytes behind the one entry say where the next directory is: not needed.
      EXPECT_EQ(orientation, bytes >= segment.size() - 4 ? 6 : 1) << bytes;
    }
    for (std::size_t at = 6; at < segment.size(); ++at) {
      std::string lie = segment;
      for (const char value : {'\0', '\x01', '\x7F', '\xFF'}) {
        lie[at] = value;
        const int orientation = exif_orientation(lie);
        EXPECT_TRUE(orientation >= 1 && orientation <= 8);
      }
    }
  }
}

}  // namespace
}  // namespace noseon
