// Whatever a file holds: a picture or an error, in time, and this process lives. Both the pictures
// made here and the public ones of PngSuite and image-png's fuzzers, where they are.
#include <gtest/gtest.h>
#include <png.h>

#include <algorithm>
#include <chrono>
#include <csetjmp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "media/decoder.h"
#include "media/drafter.h"
#include "media/preparer.h"
#include "media/sniff.h"
#include "tests/media/hostile_pictures.h"
#include "tests/media/own_process.h"
#include "tests/media/picture_files.h"
#include "tests/support/long_run.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::hostile_pictures;
using testing::HostilePicture;
using testing::Pixels;

constexpr std::uint64_t kSeed = 20260225;
constexpr Size kBox{320, 240};

// The decoder's own limit of CPU time comes before this, except on a machine that is busy.
const Decoder& decoder() {
  static const Decoder instance(fs::path(NOSEON_BIN_DIR) / "noseon-decode", 20s);
  return instance;
}

bool is_in_box(Size size) {
  return size.width >= 1 && size.width <= kBox.width && size.height >= 1 &&
         size.height <= kBox.height;
}

// Counts ends, so that the test can say what it saw.
class Ends {
 public:
  // True where it ended in one of the ways that are promised for a bad file.
  bool take(const Result<PicturePtr>& picture) {
    if (picture) {
      ++counts_["pictures"];
      const Size size = (*picture)->size();
      return is_in_box(size) &&
             (*picture)->pixels().size() == static_cast<std::size_t>(size.width * size.height);
    }
    switch (picture.error().kind) {
      case ErrorKind::bad_format:
        ++counts_["bad format"];
        return true;
      case ErrorKind::too_large:
        ++counts_["too large"];
        return true;
      case ErrorKind::out_of_time:
        ++counts_["out of time"];
        return true;
      case ErrorKind::crashed:
        ++counts_["crashed"];
        return true;
      default:
        return false;
    }
  }
  [[nodiscard]] int count(const std::string& end) { return counts_[end]; }
  void print(std::string_view what) const {
    std::cout << what << ":";
    for (const auto& [end, count] : counts_) std::cout << ' ' << count << ' ' << end << ';';
    std::cout << '\n';
  }

 private:
  std::map<std::string, int> counts_;
};

TEST(HostilePictures, AreManyAndTheSameEachTime) {
  const std::vector<HostilePicture> once = hostile_pictures(kSeed);
  EXPECT_GE(once.size(), 200U);
  EXPECT_EQ(once, hostile_pictures(kSeed));
  EXPECT_NE(once, hostile_pictures(kSeed + 1));
  std::set<std::string> names;
  for (const auto& [name, bytes] : once) EXPECT_TRUE(names.insert(name).second) << name;
}

TEST(HostilePictures, AreSniffedWithinTheCapsOrRefused) {
  for (const auto& [name, bytes] : hostile_pictures(kSeed)) {
    // Of exactly its size, so that a sanitizer sees one byte read too many.
    const std::vector<char> exact(bytes.begin(), bytes.end());
    const auto info = sniff_picture({exact.data(), exact.size()});
    if (info) {
      EXPECT_TRUE(info->size.width >= 1 && info->size.width <= kOriginalLimits.side_max) << name;
      EXPECT_TRUE(info->size.height >= 1 && info->size.height <= kOriginalLimits.side_max) << name;
      EXPECT_LE(std::int64_t{info->size.width} * info->size.height, kOriginalLimits.pixels_max)
          << name;
    } else {
      EXPECT_FALSE(info.error().message.empty()) << name;
    }
  }
}

// Many in the long form, a few hundred in the quick one.
std::vector<HostilePicture> pictures_to_try() {
  return is_long_run() ? hostile_pictures(kSeed, 3000) : hostile_pictures(kSeed);
}

TEST(HostilePictures, CanBeAsManyAsAsked) {
  const std::vector<HostilePicture> many = hostile_pictures(kSeed, 1500);
  EXPECT_EQ(many.size(), 1500U);
  EXPECT_EQ(many, hostile_pictures(kSeed, 1500));
  std::set<std::string> names, files;
  for (const auto& [name, bytes] : many) {
    EXPECT_TRUE(names.insert(name).second) << name;
    files.insert(bytes);
  }
  EXPECT_GE(files.size(), 1450U) << "distinct";
}

// What a way to pixels makes of every hostile file: a picture or one clear refusal, in time.
template <class Load>
Ends ends_of(const std::string& what, Load load) {
  const TemporaryFolder folder;
  const std::size_t descriptors = testing::open_descriptors();
  Ends ends;
  for (const auto& [name, bytes] : pictures_to_try()) {
    const fs::path file = folder.write(name, bytes);
    const auto start = std::chrono::steady_clock::now();
    const Result<PicturePtr> picture = load(file);
    const auto took = std::chrono::steady_clock::now() - start;
    const bool is_promised = ends.take(picture);
    EXPECT_TRUE(is_promised) << name << ": " << (picture ? "odd size" : picture.error().message);
    EXPECT_LT(took, 25s) << name;
    if (!picture && (picture.error().kind == ErrorKind::crashed ||
                     picture.error().kind == ErrorKind::out_of_time)) {
      std::cout << name << ": " << picture.error().message << '\n';
      EXPECT_EQ(picture.error().message.find("SIGSYS"), std::string::npos)
          << name << ": it needs a system call that the cage has not";
    }
    fs::remove(file);
  }
  EXPECT_EQ(testing::open_descriptors(), descriptors);
  EXPECT_FALSE(testing::has_children());
  ends.print(what + ", seed " + std::to_string(kSeed));
  return ends;
}

TEST(HostilePictures, EachIsDecodedOrRefusedAndNothingIsLeft) {
  Ends ends = ends_of("decoded", [](const fs::path& file) {
    return decoder().decode({file, kBox, Fit::fit, {}});
  });
  EXPECT_GT(ends.count("pictures"), 0);
  EXPECT_GT(ends.count("bad format"), 100);
  EXPECT_GT(ends.count("too large"), 10);
}

TEST(HostilePictures, EachIsPreparedOrRefusedAndNothingIsLeft) {
  const Preparer preparer(fs::path(NOSEON_BIN_DIR) / "noseon-prepare", 20s);
  Ends ends = ends_of("prepared", [&preparer](const fs::path& file) -> Result<PicturePtr> {
    ASSIGN_OR_RETURN(const PreparedFile prepared, preparer.prepare({file, kBox, Fit::fit, {}}));
    return decoder().decode(prepared.file.file(), {file, kBox, Fit::fit, {}});
  });
  EXPECT_GT(ends.count("pictures"), 0);
  EXPECT_GT(ends.count("bad format"), 100);
  EXPECT_GT(ends.count("too large"), 5);
}

TEST(HostilePictures, EachIsDraftedOrNotAndNothingIsLeft) {
  const Drafter drafter(fs::path(NOSEON_BIN_DIR) / "noseon-draft", 20s);
  Ends ends = ends_of("drafted", [&drafter](const fs::path& file) -> Result<PicturePtr> {
    const DecodeRequest request{file, {4, 4}, Fit::fit, {}};
    ASSIGN_OR_RETURN(const PictureBytes original,
                     PictureBytes::read(file, kOriginalLimits.bytes_max));
    ASSIGN_OR_RETURN(const PictureFacts facts, read_facts(original.bytes(), kOriginalLimits));
    if (!Drafter::can_draft(facts, request))
      return fail(ErrorKind::bad_format, "there is no draft of such");
    ASSIGN_OR_RETURN(Drafting drafting, drafter.start(original, facts, request));
    return drafting.finish();
  });
  EXPECT_GT(ends.count("pictures"), 0);
  EXPECT_GT(ends.count("bad format"), 100);
}

fs::path corpus() {
  return fs::path(NOSEON_SOURCE_DIR).parent_path() / "shared" / "corpora" / "png-image-png";
}

std::vector<fs::path> files_under(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// In the long form every file, else every fortieth.
std::size_t stride() {
  return is_long_run() ? 1 : 40;
}

template <class Load>
void try_public_files(const std::string& what, Load load) {
  Ends ends;
  const std::vector<fs::path> files = files_under(corpus());
  for (std::size_t i = 0; i < files.size(); i += stride()) {
    const Result<PicturePtr> picture = load(files[i]);
    EXPECT_TRUE(ends.take(picture)) << files[i] << ": " << (picture ? "" : picture.error().message);
    if (!picture && (picture.error().kind == ErrorKind::crashed ||
                     picture.error().kind == ErrorKind::out_of_time)) {
      std::cout << files[i].filename() << ": " << picture.error().message << '\n';
    }
  }
  ends.print("public PNG files, " + what);
}

TEST(PublicPngCorpus, EachIsDecodedOrRefused) {
  if (!fs::exists(corpus())) GTEST_SKIP() << "no public PNG files at " << corpus();
  try_public_files("decoded", [](const fs::path& file) {
    return decoder().decode({file, kBox, Fit::fit, {}});
  });
}

TEST(PublicPngCorpus, EachIsPreparedOrRefused) {
  if (!fs::exists(corpus())) GTEST_SKIP() << "no public PNG files at " << corpus();
  const Preparer preparer(fs::path(NOSEON_BIN_DIR) / "noseon-prepare", 20s);
  try_public_files("prepared", [&preparer](const fs::path& file) -> Result<PicturePtr> {
    ASSIGN_OR_RETURN(const PreparedFile prepared, preparer.prepare({file, kBox, Fit::fit, {}}));
    return decoder().decode(prepared.file.file(), {file, kBox, Fit::fit, {}});
  });
}

// The pixels by libpng itself, on black, or none where it refuses. No gamma: we show sRGB values.
Pixels by_libpng(const std::string& bytes, Size size) {
  struct Reader {
    const std::string& bytes;
    std::size_t at;
  } reader{bytes, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  Pixels pixels(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
  if (setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_read_struct(&png, &info, nullptr);
    return {};
  }
  png_set_read_fn(png, &reader, [](png_structp self, png_bytep out, std::size_t count) {
    auto* const from = static_cast<Reader*>(png_get_io_ptr(self));
    if (from->bytes.size() - from->at < count) png_error(self, "end");
    std::copy_n(from->bytes.data() + from->at, count, reinterpret_cast<char*>(out));
    from->at += count;
  });
  png_read_png(png, info, PNG_TRANSFORM_EXPAND | PNG_TRANSFORM_STRIP_16 | PNG_TRANSFORM_GRAY_TO_RGB,
               nullptr);
  const std::size_t channels = png_get_channels(png, info);
  const png_bytepp rows = png_get_rows(png, info);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const auto width = static_cast<std::size_t>(size.width);
    const png_bytep at = rows[i / width] + i % width * channels;
    const std::uint32_t alpha = channels == 4 ? at[3] : 255;
    const auto on_black = [alpha](std::uint32_t value) { return (value * alpha + 127) / 255; };
    pixels[i] = 0xFF000000U | on_black(at[0]) << 16U | on_black(at[1]) << 8U | on_black(at[2]);
  }
  png_destroy_read_struct(&png, &info, nullptr);
  return pixels;
}

TEST(PublicPngCorpus, PngSuiteIsShownPixelByPixelAsLibpngReadsIt) {
  const fs::path suite = corpus() / "tests" / "pngsuite";
  if (!fs::exists(suite)) GTEST_SKIP() << "no PngSuite at " << suite;
  int compared = 0;
  const std::vector<fs::path> files = files_under(suite);
  for (const fs::path& file : files) {
    if (file.extension() != ".png") continue;
    const auto bytes = read_file(file, kPictureBytesMax);
    ASSERT_TRUE(bytes);
    const auto info = sniff_picture(*bytes, kPreparedLimits);
    const bool is_broken = file.filename().string().starts_with("x");
    const auto picture = info ? decoder().decode({file, info->size, Fit::fit, {}})
                              : Result<PicturePtr>(fail(info.error()));
    EXPECT_EQ(picture.has_value(), !is_broken) << file.filename();
    if (!picture || is_broken) continue;
    const Pixels want = by_libpng(*bytes, info->size);
    EXPECT_TRUE(std::equal(want.begin(), want.end(), (*picture)->pixels().begin(),
                           (*picture)->pixels().end()))
        << file.filename();
    ++compared;
  }
  EXPECT_GT(compared, 150);
}

}  // namespace
}  // namespace noseon
