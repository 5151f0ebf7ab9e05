#include "media/decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "media/png.h"
#include "media/sniff.h"
#include "tests/media/own_process.h"
#include "tests/media/picture_files.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr Color kMagenta{255, 0, 255};
constexpr std::uint32_t kBlack = 0xFF000000U;

class DecoderTest : public ::testing::Test {
 protected:
  Result<PicturePtr> decode(std::string_view bytes, Size box, Fit fit = Fit::fit,
                            Color background = kMagenta) {
    return decoder_.decode({folder_.write("picture", bytes), box, fit, background});
  }

  // The pixels; none, and a failure, where there is no picture.
  Pixels pixels_of(std::string_view bytes, Size box, Fit fit = Fit::fit,
                   Color background = kMagenta) {
    const auto picture = decode(bytes, box, fit, background);
    if (!picture) {
      ADD_FAILURE() << picture.error().message;
      return {};
    }
    return {(*picture)->pixels().begin(), (*picture)->pixels().end()};
  }

  Size size_of(std::string_view bytes, Size box, Fit fit = Fit::fit) {
    const auto picture = decode(bytes, box, fit);
    EXPECT_TRUE(picture) << picture.error().message;
    return picture ? (*picture)->size() : Size{};
  }

  TemporaryFolder folder_;
  Decoder decoder_{std::filesystem::path(NOSEON_BIN_DIR) / "noseon-decode",
                   std::chrono::seconds(60)};
};

TEST_F(DecoderTest, GivesEveryPixelOfALosslessPictureUnchanged) {
  const Size size{37, 21};
  const Pixels pixels = test_pattern(size);
  EXPECT_EQ(pixels_of(rgba_png(size, pixels), size), pixels);
  EXPECT_EQ(pixels_of(webp_file(size, pixels), size), pixels);
  EXPECT_EQ(pixels_of(*encode_png(*make_picture(size, pixels)), size), pixels) << "RGB";
  EXPECT_EQ(pixels_of(rgba_png(size, pixels), size, Fit::fill), pixels);
}

TEST_F(DecoderTest, GivesEveryPixelOfPicturesAroundWhatItWritesAtOnce) {
  // 512 bytes of header and 127 x 128 pixels are 64 KiB.
  for (const Size size : {Size{127, 127}, Size{127, 128}, Size{127, 129}, Size{127, 256}}) {
    const Pixels pixels = test_pattern(size);
    EXPECT_EQ(pixels_of(webp_file(size, pixels), size), pixels) << size.height;
  }
}

TEST_F(DecoderTest, GivesJpegCloseToWhatWasDrawn) {
  const Size size{32, 16};
  Pixels pixels;
  for (std::uint32_t i = 0; i < 512; ++i) pixels.push_back(kBlack | (i % 32 * 8) << 16U | 0x4080U);
  for (const bool is_progressive : {false, true}) {
    const Pixels got =
        pixels_of(jpeg_file(size, pixels, {JpegColors::rgb, is_progressive, 1}), size);
    ASSERT_EQ(got.size(), pixels.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      for (unsigned c = 0; c < 24; c += 8)
        EXPECT_NEAR(got[i] >> c & 0xFFU, pixels[i] >> c & 0xFFU, 3);
      EXPECT_EQ(got[i] >> 24U, 0xFFU);
    }
  }
}

TEST_F(DecoderTest, GreyJpegIsGrey) {
  const Pixels grey(64, 0xFF808080U);
  for (const std::uint32_t pixel : pixels_of(jpeg_file({8, 8}, grey, {JpegColors::grey}), {8, 8})) {
    EXPECT_EQ(pixel, 0xFF808080U);
  }
}

TEST_F(DecoderTest, FitsAndFillsOddAspects) {
  const std::string wide = rgba_png({100, 33}, test_pattern({100, 33}));
  EXPECT_EQ(size_of(wide, {50, 50}), (Size{50, 17}));
  EXPECT_EQ(size_of(wide, {50, 5}), (Size{15, 5}));
  EXPECT_EQ(size_of(wide, {201, 201}), (Size{201, 66}));
  EXPECT_EQ(size_of(wide, {50, 50}, Fit::fill), (Size{50, 50}));
  EXPECT_EQ(size_of(wide, {1, 90}, Fit::fill), (Size{1, 90}));
  EXPECT_EQ(size_of(wide, {1, 1}), (Size{1, 1}));
  EXPECT_EQ(size_of(rgba_png({1, 1}, Pixels{kBlack}), {300, 200}), (Size{200, 200}));
}

TEST_F(DecoderTest, PutsTransparentPixelsOnTheBackground) {
  const Pixels pixels = {0x00FFFFFFU, 0x80FFFFFFU, 0xFFFFFFFFU, 0x40000000U};
  // Blended in sRGB: round(over * alpha + under * (255 - alpha), 255).
  const Pixels on_blue = {0xFF0000FFU, 0xFF8080FFU, 0xFFFFFFFFU, 0xFF0000BFU};
  EXPECT_EQ(pixels_of(rgba_png({4, 1}, pixels), {4, 1}, Fit::fit, {0, 0, 255}), on_blue);
  EXPECT_EQ(pixels_of(webp_file({4, 1}, pixels), {4, 1}, Fit::fit, {0, 0, 255}), on_blue);
  EXPECT_EQ(pixels_of(rgba_png({1, 1}, Pixels{0x80656565U}), {1, 1}, Fit::fit, {0, 0, 0}),
            Pixels(1, 0xFF333333U))
      << "101 * 128 / 255 is 50.7";
  EXPECT_EQ(pixels_of(rgba_png({1, 1}, Pixels{0x00123456U}), {2, 2}, Fit::fit, {1, 2, 3}),
            Pixels(4, 0xFF010203U));
}

TEST_F(DecoderTest, ReadsEveryKindOfPng) {
  using namespace std::string_literals;
  const auto grey = [](std::uint32_t v) { return kBlack | v << 16U | v << 8U | v; };
  constexpr std::uint32_t kUnder = 0xFFFF00FFU;  // magenta
  const std::string palette = "\x10\x20\x30\x40\x50\x60\x70\x80\x90"s;
  struct Kind {
    const char* name;
    PngParts parts;
    Pixels pixels;
  };
  const std::vector<Kind> kinds = {
      {"grey 1",
       {8, 1, 1, 0, {}, {}, "\xA5"s},
       {grey(255), grey(0), grey(255), grey(0), grey(0), grey(255), grey(0), grey(255)}},
      {"grey 2", {4, 1, 2, 0, {}, {}, "\x1B"s}, {grey(0), grey(85), grey(170), grey(255)}},
      {"grey 4", {2, 1, 4, 0, {}, {}, "\x3C"s}, {grey(51), grey(204)}},
      {"grey 8", {2, 1, 8, 0, {}, {}, "\x33\xC8"s}, {grey(0x33), grey(0xC8)}},
      {"grey 16", {2, 1, 16, 0, {}, {}, "\x33\x00\xC8\x7F"s}, {grey(0x33), grey(0xC8)}},
      {"grey 8, one transparent", {2, 1, 8, 0, {}, "\0\x33"s, "\x33\xC8"s}, {kUnder, grey(0xC8)}},
      {"grey 1, one transparent",
       {8, 1, 1, 0, {}, "\0\0"s, "\xF0"s},
       {grey(255), grey(255), grey(255), grey(255), kUnder, kUnder, kUnder, kUnder}},
      {"rgb 8", {2, 1, 8, 2, {}, {}, "\1\2\3\4\5\6"s}, {0xFF010203U, 0xFF040506U}},
      {"rgb 16", {1, 1, 16, 2, {}, {}, "\1\0\2\0\3\0"s}, {0xFF010203U}},
      {"rgb 8, one transparent",
       {2, 1, 8, 2, {}, "\0\4\0\5\0\6"s, "\1\2\3\4\5\6"s},
       {0xFF010203U, kUnder}},
      {"palette 2",
       {4, 1, 2, 3, palette, {}, "\x18"s},
       {0xFF102030U, 0xFF405060U, 0xFF708090U, 0xFF102030U}},
      {"palette 8", {3, 1, 8, 3, palette, {}, "\2\1\0"s}, {0xFF708090U, 0xFF405060U, 0xFF102030U}},
      {"palette, one transparent",
       {3, 1, 8, 3, palette, "\xFF\0"s, "\0\1\2"s},
       {0xFF102030U, kUnder, 0xFF708090U}},
      {"palette, two transparent",
       {3, 1, 8, 3, palette, "\0\0"s, "\0\1\2"s},
       {kUnder, kUnder, 0xFF708090U}},
      {"grey and alpha 8", {2, 1, 8, 4, {}, {}, "\x33\xFF\x44\0"s}, {grey(0x33), kUnder}},
      {"grey and alpha 16", {1, 1, 16, 4, {}, {}, "\x33\0\xFF\xFF"s}, {grey(0x33)}},
      {"rgba 16", {1, 1, 16, 6, {}, {}, "\1\0\2\0\3\0\xFF\xFF"s}, {0xFF010203U}},
  };
  for (const Kind& kind : kinds) {
    const Size size{static_cast<int>(kind.parts.width), static_cast<int>(kind.parts.height)};
    EXPECT_EQ(pixels_of(png_file(kind.parts), size), kind.pixels) << kind.name;
  }
}

TEST_F(DecoderTest, PutsTheRowsOfAnInterlacedPngTogether) {
  using namespace std::string_literals;
  // Adam7 of 2 x 2 pixels of grey: the first, the one to its right, the row below; a filter byte
  // before each.
  const std::string interlaced =
      std::string(kPngSignature) + png_chunk("IHDR", "\0\0\0\2\0\0\0\2\x08\0\0\0\1"s) +
      png_chunk("IDAT", deflated("\0\x10\0\x20\0\x30\x40"s)) + png_chunk("IEND", "");
  EXPECT_EQ(pixels_of(interlaced, {2, 2}),
            (Pixels{0xFF101010U, 0xFF202020U, 0xFF303030U, 0xFF404040U}));
}

TEST_F(DecoderTest, StandsEveryJpegUpright) {
  // A bright block in the stored picture's top left corner, seen where the orientation puts it.
  const Size stored{32, 16};
  Pixels pixels(512, kBlack);
  for (std::size_t y = 0; y < 8; ++y) {
    for (std::size_t x = 0; x < 8; ++x) pixels[y * 32 + x] = 0xFFFFFFFFU;
  }
  const std::string jpeg = jpeg_file(stored, pixels);
  struct Seen {
    unsigned orientation;
    Size size;
    Point bright;
  };
  const std::vector<Seen> table = {
      {1, {32, 16}, {3, 3}},   {2, {32, 16}, {28, 3}}, {3, {32, 16}, {28, 12}},
      {4, {32, 16}, {3, 12}},  {5, {16, 32}, {3, 3}},  {6, {16, 32}, {12, 3}},
      {7, {16, 32}, {12, 28}}, {8, {16, 32}, {3, 28}},
  };
  for (const auto& [orientation, size, bright] : table) {
    const auto picture = decode(with_segment(jpeg, exif_segment(orientation)), size);
    ASSERT_TRUE(picture) << picture.error().message;
    ASSERT_EQ((*picture)->size(), size) << orientation;
    for (const int x : {3, size.width - 4}) {
      for (const int y : {3, size.height - 4}) {
        const std::uint32_t value =
            (*picture)->pixels()[static_cast<std::size_t>(y * size.width + x)] & 0xFFU;
        EXPECT_NEAR(value, x == bright.x && y == bright.y ? 255 : 0, 4)
            << orientation << " at " << x << ", " << y;
      }
    }
  }
}

TEST_F(DecoderTest, OrientationsFiveAndSevenAreMirrored) {
  // Along the stored top edge it gets brighter to the right.
  const Size stored{32, 16};
  Pixels pixels;
  for (std::uint32_t i = 0; i < 512; ++i) pixels.push_back(kBlack | (i % 32) * 8 * 0x010101U);
  const std::string jpeg = jpeg_file(stored, pixels);
  const auto first_column_brightens_downwards = [&](unsigned orientation) {
    const Pixels got = pixels_of(with_segment(jpeg, exif_segment(orientation)), {16, 32});
    return got.size() == 512 && (got[31 * 16] & 0xFFU) > (got[0] & 0xFFU) + 200;
  };
  EXPECT_TRUE(first_column_brightens_downwards(5));
  EXPECT_TRUE(first_column_brightens_downwards(6));
  EXPECT_FALSE(first_column_brightens_downwards(7));
  EXPECT_FALSE(first_column_brightens_downwards(8));
}

TEST_F(DecoderTest, ReducesInLinearLight) {
  const Size size{64, 64};
  Pixels board;
  for (std::size_t i = 0; i < 64 * 64; ++i)
    board.push_back((i + i / 64) % 2 == 0 ? kBlack : 0xFFFFFFFFU);
  const Pixels small = pixels_of(rgba_png(size, board), {8, 8});
  ASSERT_EQ(small.size(), 64U);
  EXPECT_NEAR(small[3 * 8 + 3] & 0xFFU, 188, 1);
}

TEST_F(DecoderTest, HoldsTheLargestPictureAllowedWithinItsLimits) {
  const std::vector<std::pair<const char*, Size>> sizes = {{"square", {4096, 4096}},
                                                           {"flat", {8192, 2048}}};
  for (const auto& [name, size] : sizes) {
    PngParts parts{static_cast<std::uint32_t>(size.width),
                   static_cast<std::uint32_t>(size.height),
                   8,
                   6,
                   {},
                   {},
                   std::string(static_cast<std::size_t>(size.width * size.height) * 4, '\x80')};
    const auto picture = decode(png_file(parts), {64, 64}, Fit::fill, {0, 0, 0});
    ASSERT_TRUE(picture) << name << ": " << picture.error().message;
    EXPECT_EQ((*picture)->pixels()[1000], 0xFF404040U);
  }
}

TEST_F(DecoderTest, RefusesWithTheKindTheRemedyAndThePath) {
  const auto refused = [this](std::string_view bytes) {
    const auto picture = decode(bytes, {10, 10});
    EXPECT_FALSE(picture);
    return picture ? Error{} : picture.error();
  };
  EXPECT_EQ(refused("").kind, ErrorKind::bad_format);
  EXPECT_EQ(refused("GIF89a").kind, ErrorKind::bad_format);
  EXPECT_THAT(refused("GIF89a").message,
              AllOf(HasSubstr("/picture: "), HasSubstr("GIF"), HasSubstr("save it as")));
  EXPECT_EQ(refused(png_claiming(65535, 1080)).kind, ErrorKind::too_large);
  EXPECT_THAT(refused(png_claiming(65535, 1080)).message,
              HasSubstr("65535 x 1080 pixels; at most 8192"));
  EXPECT_EQ(refused(png_claiming(100, 100)).kind, ErrorKind::bad_format) << "no such pixels";
  EXPECT_THAT(refused(png_claiming(100, 100)).message, HasSubstr("cannot be decoded"));
  const Pixels pixels = test_pattern({8, 8});
  EXPECT_THAT(refused(jpeg_file({8, 8}, pixels, {JpegColors::cmyk})).message, HasSubstr("CMYK"));
  std::string flipped = rgba_png({8, 8}, pixels);
  flipped[60] = static_cast<char>(flipped[60] ^ 0x10);
  EXPECT_EQ(refused(flipped).kind, ErrorKind::bad_format) << "IDAT is damaged";
  EXPECT_THAT(refused(flipped).message, HasSubstr("IDAT: ")) << "the library's own words";
}

TEST_F(DecoderTest, TakesBackTheRowsAboveWhatCannotBeDecoded) {
  // Large enough that its first rows have gone out when its last ones are read.
  const Size size{400, 400};
  std::string png = rgba_png(size, photograph(size));
  const std::size_t near_the_end = png.size() - 100;
  png[near_the_end] = static_cast<char>(png[near_the_end] ^ 0x10);
  const auto picture = decode(png, size);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().kind, ErrorKind::bad_format) << picture.error().message;
}

TEST_F(DecoderTest, SaysWhyAFileCannotBeOpened) {
  const auto kind_of = [this](const std::filesystem::path& path) {
    const auto picture = decoder_.decode({path, {10, 10}, Fit::fit, {}});
    EXPECT_FALSE(picture);
    return picture ? ErrorKind::crashed : picture.error().kind;
  };
  EXPECT_EQ(kind_of(folder_.path() / "missing.png"), ErrorKind::not_found);
  EXPECT_EQ(kind_of(folder_.path()), ErrorKind::bad_format) << "a folder";
  const std::filesystem::path pipe = folder_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(kind_of(pipe), ErrorKind::bad_format) << "and no waiting for a writer";

  const std::filesystem::path large = folder_.write("large.png", "x");
  std::filesystem::resize_file(large, kPictureBytesMax + 1);
  EXPECT_EQ(kind_of(large), ErrorKind::too_large);
  std::filesystem::resize_file(large, kPictureBytesMax);
  EXPECT_EQ(kind_of(large), ErrorKind::bad_format) << "read, and not a picture";

  // Root may read everything, so it must be somebody else for a moment.
  constexpr uid_t kNobody = 65534;
  const std::filesystem::path secret = folder_.write("secret.png", "x");
  std::filesystem::permissions(secret, std::filesystem::perms::none);
  const uid_t before = ::geteuid();
  if (before == 0) {
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  EXPECT_EQ(kind_of(secret), ErrorKind::denied);
  ASSERT_EQ(::seteuid(before), 0);
}

TEST_F(DecoderTest, APictureOutlivesItsDecoderAndFile) {
  const Size size{9, 9};
  PicturePtr kept;
  {
    const TemporaryFolder folder;
    const Decoder decoder(std::filesystem::path(NOSEON_BIN_DIR) / "noseon-decode",
                          std::chrono::seconds(60));
    const auto picture =
        decoder.decode({folder.write("p", rgba_png(size, test_pattern(size))), size, Fit::fit, {}});
    ASSERT_TRUE(picture) << picture.error().message;
    kept = *picture;
  }
  EXPECT_EQ(Pixels(kept->pixels().begin(), kept->pixels().end()), test_pattern(size));
}

TEST_F(DecoderTest, ServesManyThreadsAndLeavesNothingOpen) {
  const Size size{40, 30};
  const std::filesystem::path good = folder_.write("good.png", rgba_png(size, test_pattern(size)));
  const std::filesystem::path bad = folder_.write("bad.png", "GIF89a");
  const std::size_t before = open_descriptors();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 3; ++round) {
          const auto picture = decoder_.decode({good, size, Fit::fit, {}});
          ASSERT_TRUE(picture) << picture.error().message;
          EXPECT_EQ(Pixels((*picture)->pixels().begin(), (*picture)->pixels().end()),
                    test_pattern(size));
          EXPECT_FALSE(decoder_.decode({bad, size, Fit::fit, {}}));
        }
      });
    }
  }
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_FALSE(has_children());
}

TEST(FindDecodeProgram, IsWhereTheEnvironmentSaysOrBesideThisProgram) {
  ::unsetenv("NOSEON_DECODE");
  EXPECT_EQ(find_decode_program(),
            std::filesystem::canonical("/proc/self/exe").parent_path() / "noseon-decode");
  EXPECT_TRUE(std::filesystem::exists(find_decode_program()));
  ::setenv("NOSEON_DECODE", "/elsewhere/noseon-decode", 1);
  EXPECT_EQ(find_decode_program(), "/elsewhere/noseon-decode");
  ::setenv("NOSEON_DECODE", "", 1);
  EXPECT_EQ(find_decode_program().filename(), "noseon-decode");
  ::unsetenv("NOSEON_DECODE");
}

}  // namespace
}  // namespace noseon
