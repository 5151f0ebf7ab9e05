#include "tests/media/hostile_pictures.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <random>
#include <set>

#include "base/check.h"
#include "tests/media/picture_files.h"

namespace noseon::testing {
namespace {

// mt19937_64's numbers are the same everywhere; those of the standard's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  [[nodiscard]] std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(engine_() % bound);
  }
  [[nodiscard]] char byte() { return static_cast<char>(engine_()); }
  [[nodiscard]] std::string bytes(std::size_t count) {
    std::string some(count, '\0');
    std::generate(some.begin(), some.end(), [this] { return byte(); });
    return some;
  }

 private:
  std::mt19937_64 engine_;
};

struct Good {
  const char* name;
  std::string bytes;
};

std::vector<Good> good_files() {
  const Size size{24, 18};
  const Pixels pixels = test_pattern(size);
  Pixels translucent = pixels;
  for (std::size_t i = 0; i < translucent.size(); i += 3) translucent[i] &= 0x7FFFFFFFU;
  const std::string palette(3 * 16, '\x55');
  return {
      {"rgba.png", rgba_png(size, pixels)},
      {"palette.png",
       png_file({16, 8, 4, 3, palette, std::string("\0\x80", 2), std::string(64, '\x1E')})},
      {"baseline.jpg", jpeg_file(size, pixels)},
      {"progressive.jpg", jpeg_file(size, pixels, {JpegColors::rgb, true, 1})},
      {"exif.jpg", with_segment(jpeg_file(size, pixels), exif_segment(6))},
      {"lossless.webp", webp_file(size, translucent)},
      {"lossy.webp", lossy_webp_file(size, pixels)},
      {"alpha.webp", lossy_webp_file(size, translucent)},
      {"cmyk.jpg", jpeg_file(size, pixels, {JpegColors::cmyk})},
      {"subsampled.jpg", jpeg_file(size, pixels, {JpegColors::rgb, false, 1, 80, true, true})},
      {"grey.jpg", jpeg_file(size, pixels, {JpegColors::grey, true})},
      {"profile.png", with_profile(rgba_png(size, pixels), std::string(400, 'p'))},
      {"sixteen.png", png_file({12, 9, 16, 6, {}, {}, std::string(12 * 9 * 8, '\x5C')})},
  };
}

// The CRC of every chunk made right again, so that a change gets past it into the decoder.
std::string with_right_crcs(const std::string& png) {
  std::string repaired(kPngSignature);
  for (std::size_t at = kPngSignature.size(); at + 12 <= png.size();) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
      length = length << 8U | static_cast<unsigned char>(png[at + i]);
    length = std::min(length, png.size() - at - 12);
    repaired += png_chunk(png.substr(at + 4, 4), png.substr(at + 8, length));
    at += 12 + length;
  }
  return repaired;
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : dice_(seed) {}

  std::vector<HostilePicture> all(std::size_t count) {
    const std::vector<Good> good = good_files();
    for (const Good& each : good) damage(each);
    lie_about_sizes();
    break_png();
    blow_up();
    exhaust_jpeg();
    break_webp();
    pretend();
    wear_down(good, count);
    return std::move(files_);
  }

 private:
  void add(std::string name, std::string bytes) {
    files_.emplace_back(std::move(name), std::move(bytes));
  }

  void damage(const Good& good) {
    const std::string name = good.name;
    const auto numbered = [&](const char* what, int i) {
      return std::string(what) + std::to_string(i) + "-" + name;
    };
    for (int i = 0; i < 8; ++i) {
      std::string file = good.bytes;
      for (std::size_t n = 0; n <= dice_.below(4); ++n) {
        char& victim = file[dice_.below(file.size())];
        victim = static_cast<char>(victim ^ (1 << dice_.below(8)));
      }
      add(numbered("bits", i), file);
      if (name.ends_with(".png")) add(numbered("bits-with-crc", i), with_right_crcs(file));
    }
    for (int i = 0; i < 4; ++i)
      add(numbered("cut", i), good.bytes.substr(0, dice_.below(good.bytes.size())));
    for (int i = 0; i < 3; ++i) {
      std::string file = good.bytes;
      const std::size_t at = dice_.below(file.size());
      const std::string noise = dice_.bytes(std::min<std::size_t>(16, file.size() - at));
      file.replace(at, noise.size(), noise);
      add(numbered("noise", i), file);
      file.erase(dice_.below(file.size()), 1 + dice_.below(8));
      add(numbered("gap", i), file);
      file.insert(dice_.below(file.size()), dice_.bytes(1 + dice_.below(8)));
      add(numbered("wedge", i), file);
    }
    // The end kept: what only counts bytes or looks for the end is fooled.
    std::string hollow = good.bytes;
    std::fill(hollow.begin() + static_cast<std::ptrdiff_t>(hollow.size() / 2), hollow.end() - 12,
              '\0');
    add("hollow-" + name, hollow);
    add("twice-" + name, good.bytes + good.bytes);
  }

  // Each good file in turn, damaged in another way each time, until there are enough.
  void wear_down(const std::vector<Good>& good, std::size_t count) {
    std::set<std::string> seen;
    for (const auto& [name, bytes] : files_) seen.insert(bytes);
    for (std::size_t i = 0; files_.size() < count; ++i) {
      const Good& victim = good[i % good.size()];
      std::string file = worn(victim.bytes);
      if (dice_.below(2) == 0 && file.starts_with(kPngSignature)) file = with_right_crcs(file);
      if (!seen.insert(file).second) continue;
      add("worn" + std::to_string(i) + "-" + victim.name, std::move(file));
    }
  }

  // Bytes set to what parsers fear, bits flipped, a stretch moved, removed, doubled or zeroed.
  std::string worn(std::string file) {
    for (std::size_t n = 0; n <= dice_.below(6); ++n) {
      const std::size_t at = dice_.below(file.size());
      const std::size_t length = std::min(1 + dice_.below(24), file.size() - at);
      switch (dice_.below(6)) {
        case 0:
          file[at] = std::array{'\0', '\x01', '\x7F', '\x80', '\xFF'}[dice_.below(5)];
          break;
        case 1:
          file[at] = static_cast<char>(file[at] ^ (1 << dice_.below(8)));
          break;
        case 2:
          file.insert(dice_.below(file.size()), file.substr(at, length));
          break;
        case 3:
          if (file.size() > 64) file.erase(at, length);
          break;
        case 4:
          std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(at), length, '\0');
          break;
        default:
          file.replace(at, length, dice_.bytes(length));
      }
    }
    return file;
  }

  void lie_about_sizes() {
    for (const std::uint32_t side :
         {0U, 1U, 8192U, 8193U, 32768U, 32769U, 65535U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU}) {
      const std::string text = std::to_string(side);
      add("wide-" + text + ".png", png_claiming(side, 3));
      add("high-" + text + ".png", png_claiming(3, side));
      add("both-" + text + ".png", png_claiming(side, side));
    }
    add("most-pixels.png", png_claiming(4096, 4096));
    for (const std::uint16_t side :
         std::initializer_list<std::uint16_t>{0, 1, 8192, 8193, 32768, 32769, 65535}) {
      add("wide-" + std::to_string(side) + ".jpg", jpeg_claiming(side, 3));
      add("high-" + std::to_string(side) + ".jpg", jpeg_claiming(3, side));
    }
    add("most-pixels.jpg", jpeg_claiming(4096, 4096));
    for (const std::uint32_t side : {1U, 8192U, 8193U, 16384U}) {
      add("wide-" + std::to_string(side) + ".webp",
          webp_of(riff_chunk("VP8L", vp8l_claiming(side, 2))));
      add("canvas-" + std::to_string(side) + ".webp",
          webp_of(riff_chunk("VP8X", vp8x_claiming(side, side)) +
                  riff_chunk("VP8L", vp8l_claiming(2, 2))));
    }
    add("most-of-an-original.png", png_claiming(20000, 10000));
    add("most-of-an-original.jpg", jpeg_claiming(20000, 10000));
    add("more-than-an-original.png", png_claiming(20001, 10000));
    add("most-pixels.webp", webp_of(riff_chunk("VP8L", vp8l_claiming(4096, 4096))));
  }

  void break_png() {
    const std::string good = rgba_png({4, 4}, test_pattern({4, 4}));
    const std::string signature(kPngSignature);
    const std::string ihdr = good.substr(8, 25);
    const std::string idat = good.substr(33, good.size() - 33 - 12);
    const std::string iend = png_chunk("IEND", "");
    for (const std::size_t at : {8U, 33U}) {
      for (const char value : {'\x01', '\x7F', '\x80', '\xFF'}) {
        std::string file = good;
        file[at] = value;
        add("chunk-length-" + std::to_string(at) + "-" + std::to_string(static_cast<int>(value)) +
                ".png",
            file);
      }
    }
    for (const std::size_t from_end : {1U, 5U, 13U}) {
      std::string file = good;
      file[file.size() - from_end] = static_cast<char>(~file[file.size() - from_end]);
      add("crc-" + std::to_string(from_end) + ".png", file);
    }
    add("no-ihdr.png", signature + idat + iend);
    add("two-ihdr.png", signature + ihdr + ihdr + idat + iend);
    add("no-idat.png", signature + ihdr + iend);
    add("no-iend.png", signature + ihdr + idat);
    add("palette-missing.png", png_file({4, 1, 8, 3, {}, {}, std::string("\0\1\2\3", 4)}));
    add("palette-exceeded.png", png_file({4, 1, 8, 3, "RGB", {}, "\xFF\xFE\x80\x01"}));
    add("palette-uneven.png", png_file({4, 1, 8, 3, "RGBR", {}, std::string(4, '\0')}));
    add("transparency-too-long.png",
        png_file({4, 1, 8, 3, "RGB", std::string(300, '\0'), std::string(4, '\0')}));
    add("unknown-critical.png", signature + ihdr + png_chunk("ABCD", "x") + idat + iend);
    add("bad-profile.png", signature + ihdr +
                               png_chunk("iCCP", std::string("p\0\0", 3) + dice_.bytes(200)) +
                               idat + iend);
    add("bad-deflate.png", signature + ihdr + png_chunk("IDAT", dice_.bytes(300)) + iend);
    add("bad-filter.png",
        signature + ihdr + png_chunk("IDAT", deflated(std::string(68, '\x7F'))) + iend);
    std::string many = signature + ihdr;
    for (int i = 0; i < 20'000; ++i) many += png_chunk("tEXt", std::string("a\0b", 3));
    add("twenty-thousand-texts.png", many + idat + iend);
    std::string splinters = signature + ihdr;
    for (int i = 0; i < 20'000; ++i) splinters += png_chunk("IDAT", "");
    add("empty-idats.png", splinters + idat + iend);
  }

  void blow_up() {
    // Far more rows than the header says, in next to no bytes.
    const std::string bomb = deflated(std::string(32U << 20U, '\0'));
    const std::string head = png_claiming(8, 8).substr(0, 33);
    add("bomb-idat.png", head + png_chunk("IDAT", bomb) + png_chunk("IEND", ""));
    const std::string small = png_claiming(8, 8);
    const std::string tail = small.substr(33);
    add("bomb-profile.png", head + png_chunk("iCCP", std::string("p\0\0", 3) + bomb) + tail);
    add("bomb-text.png", head + png_chunk("zTXt", std::string("k\0\0", 3) + bomb) + tail);
    add("bomb-international-text.png",
        head + png_chunk("iTXt", std::string("k\0\1\0\0\0", 6) + bomb) + tail);
    PngParts largest{4096, 4096, 1, 0, {}, {}, std::string(4096 * 512, '\x5A')};
    add("two-kilobytes-for-16-megapixels.png", png_file(largest));
  }

  // Small scans over a large picture: each is a pass over all of its coefficients.
  static std::string deep_progressive(std::uint16_t side, int scans) {
    const std::string two = {static_cast<char>(side >> 8U), static_cast<char>(side)};
    const std::string frame = "\x08" + two + two + std::string("\x01\x01\x11\x00", 4);
    // One code of one bit: end of block, or a difference of nothing.
    const std::string counts =
        std::string("\x01", 1) + std::string(15, '\0') + std::string(1, '\0');
    std::string file =
        "\xFF\xD8" + jpeg_segment(0xDB, std::string(1, '\0') + std::string(64, '\1')) +
        jpeg_segment(0xC2, frame) + jpeg_segment(0xC4, std::string(1, '\0') + counts) +
        jpeg_segment(0xC4, "\x10" + counts);
    file += jpeg_segment(0xDA, std::string("\x01\x01\x00\x00\x00\x00", 6)) + std::string(64, '\0');
    for (int i = 1; i < scans; ++i) {
      const char coefficient = static_cast<char>(1 + i % 63);
      file +=
          jpeg_segment(0xDA, std::string("\x01\x01\x00", 3) + coefficient + coefficient + '\0') +
          std::string(8, '\0');
    }
    return file + "\xFF\xD9";
  }

  void exhaust_jpeg() {
    for (const int scans : {2, 50, 200, 201, 5000}) {
      add("scans-" + std::to_string(scans) + "-small.jpg", deep_progressive(64, scans));
      add("scans-" + std::to_string(scans) + "-large.jpg", deep_progressive(4096, scans));
    }
    const std::string good = jpeg_file({24, 18}, test_pattern({24, 18}));
    add("only-fill.jpg", "\xFF\xD8" + std::string(100'000, '\xFF'));
    add(
        "restart-storm.jpg", good.substr(0, good.size() - 2) + [] {
          std::string storm;
          for (int i = 0; i < 50'000; ++i) storm += {'\xFF', static_cast<char>(0xD0 + i % 8)};
          return storm;
        }() + "\xFF\xD9");
    add("two-frames.jpg",
        with_segment(good, jpeg_segment(0xC0, std::string("\x08\0\5\0\5\1\1\x11\0", 9))));
    add("no-tables.jpg", jpeg_claiming(64, 64));
    add("zero-quantiser.jpg", with_segment(good, jpeg_segment(0xDB, std::string(65, '\0'))));
    add("huffman-overflow.jpg",
        with_segment(good, jpeg_segment(0xC4, std::string(1, '\0') + std::string(16, '\xFF'))));
    add("cmyk.jpg", jpeg_file({8, 8}, test_pattern({8, 8}), {JpegColors::cmyk}));
    for (int i = 0; i < 8; ++i) {
      std::string exif = exif_segment(6);
      for (int n = 0; n < 3; ++n) exif[10 + dice_.below(exif.size() - 10)] = dice_.byte();
      add("exif-lie-" + std::to_string(i) + ".jpg", with_segment(good, exif));
    }
  }

  void break_webp() {
    const std::string good = webp_file({24, 18}, test_pattern({24, 18}));
    for (const char value : {'\0', '\x01', '\x7F', '\xFF'}) {
      for (const std::size_t at : {4U, 7U, 16U, 19U}) {
        std::string file = good;
        file[at] = value;
        add("size-at-" + std::to_string(at) + "-" +
                std::to_string(static_cast<unsigned char>(value)) + ".webp",
            file);
      }
    }
    const std::string vp8l = good.substr(12);
    add("animation.webp", webp_of(riff_chunk("VP8X", vp8x_claiming(24, 18, 2)) + vp8l));
    add("alpha-without-colour.webp", webp_of(riff_chunk("VP8X", vp8x_claiming(24, 18, 0x10)) +
                                             riff_chunk("ALPH", dice_.bytes(50))));
    add("nested.webp", webp_of(riff_chunk("LIST", good) + vp8l));
    for (int i = 0; i < 6; ++i) {
      add("random-codes-" + std::to_string(i) + ".webp",
          webp_of(riff_chunk("VP8L", vp8l_claiming(4000, 4000) + dice_.bytes(400))));
    }
  }

  void pretend() {
    add("empty.png", "");
    add("empty.jpg", "");
    add("gif.png", "GIF89a\x01" + dice_.bytes(60));
    add("svg.png",
        "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaa'>]><svg "
        "xmlns='http://www.w3.org/2000/svg'/>");
    add("html.jpg", "<!DOCTYPE html><title>404 Not Found</title>");
    add("pdf.jpg", "%PDF-1.7\n");
    add("tiff.png", std::string("II*\0", 4) + dice_.bytes(100));
    add("png-signature-alone.png", std::string(kPngSignature));
    add("jpeg-signature-alone.jpg", "\xFF\xD8\xFF");
    add("riff-alone.webp", "RIFF");
    for (int i = 0; i < 6; ++i) {
      const std::string number = std::to_string(i);
      add("random-" + number + ".png", dice_.bytes(1 + dice_.below(5000)));
      add("random-behind-signature-" + number + ".png",
          std::string(kPngSignature) + dice_.bytes(2000));
      add("random-behind-signature-" + number + ".jpg", "\xFF\xD8\xFF" + dice_.bytes(2000));
      add("random-behind-signature-" + number + ".webp", webp_of(dice_.bytes(2000)));
    }
  }

  Dice dice_;
  std::vector<HostilePicture> files_;
};

}  // namespace

std::vector<HostilePicture> hostile_pictures(std::uint64_t seed) {
  return Maker(seed).all(0);
}

std::vector<HostilePicture> hostile_pictures(std::uint64_t seed, std::size_t count) {
  std::vector<HostilePicture> files = Maker(seed).all(count);
  CHECK(files.size() == count);
  return files;
}

}  // namespace noseon::testing
