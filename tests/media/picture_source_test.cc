// The one way to a poster's pixels: which programs it starts, and what it keeps.
#include "media/picture_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "media/png.h"
#include "tests/media/picture_files.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class PictureSourceTest : public ::testing::Test {
 protected:
  // With what is really there; or without one of them, which shows that it is not needed.
  enum class Without { nothing, preparer, decoder, drafter };
  PictureSource source(Without without = Without::nothing) {
    const fs::path programs = NOSEON_BIN_DIR;
    const fs::path none = folder_ / "none";
    return {Decoder(without == Without::decoder ? none : programs / "noseon-decode", 60s),
            Preparer(without == Without::preparer ? none : programs / "noseon-prepare"),
            Drafter(without == Without::drafter ? none : programs / "noseon-draft", 60s),
            PreparedCache(cache_)};
  }
  DecodeRequest request(std::string_view bytes, Size box = {64, 48}, Fit fit = Fit::fit,
                        Color background = {}) {
    return {folder_.write("poster", bytes), box, fit, background};
  }
  std::size_t kept() const {
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(cache_, none)) {
      kept_ = entry.path();
      ++count;
    }
    return count;
  }
  static Pixels pixels_of(const Result<PicturePtr>& picture) {
    EXPECT_TRUE(picture) << picture.error().message;
    if (!picture) return {};
    return {(*picture)->pixels().begin(), (*picture)->pixels().end()};
  }

  TemporaryFolder folder_;
  fs::path cache_ = folder_ / "cache";
  mutable fs::path kept_;  // the last that kept() saw
  const std::string original_ = rgba_png({100, 80}, Pixels(8000, 0x80FFFFFFU));
};

TEST_F(PictureSourceTest, PreparedPostersNeverStartThePreparer) {
  const Pixels pixels = photograph({64, 48});
  const std::string png = *encode_png(*make_picture({64, 48}, pixels));
  EXPECT_EQ(pixels_of(source(Without::preparer).load(request(png))), pixels);
  EXPECT_TRUE(source(Without::preparer).load(request(jpeg_file({64, 48}, pixels), {1920, 1080})));
  EXPECT_EQ(kept(), 0U);
}

TEST_F(PictureSourceTest, OriginalsDo) {
  const auto refused = source(Without::preparer).load(request(original_));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("NOSEON_PREPARE"));
  EXPECT_EQ(pixels_of(source().load(request(original_, {50, 40}))), Pixels(2000, 0xFF808080U));
}

TEST_F(PictureSourceTest, WhatWasPreparedOnceIsNotPreparedAgain) {
  const Pixels first = pixels_of(source().load(request(original_)));
  EXPECT_EQ(kept(), 1U);
  EXPECT_EQ(pixels_of(source(Without::preparer).load(request(original_))), first);
}

TEST_F(PictureSourceTest, EverythingThatChangesTheResultIsInTheKey) {
  ASSERT_TRUE(source().load(request(original_)));
  const std::vector<DecodeRequest> others = {
      request(original_, {64, 49}), request(original_, {63, 48}),
      request(original_, {64, 48}, Fit::fill), request(original_, {64, 48}, Fit::fit, {0, 0, 1})};
  std::size_t files = 1;
  for (const DecodeRequest& other : others) {
    EXPECT_FALSE(source(Without::preparer).load(other));
    EXPECT_TRUE(source().load(other));
    EXPECT_EQ(kept(), ++files);
  }
  EXPECT_TRUE(source().load(request(rgba_png({100, 80}, Pixels(8000, 0x81FFFFFFU)))));
  EXPECT_EQ(kept(), ++files);
}

TEST_F(PictureSourceTest, AFlippedByteInTheCacheIsMadeAnew) {
  const Pixels first = pixels_of(source().load(request(original_)));
  ASSERT_EQ(kept(), 1U);
  std::string bytes;
  {
    std::ifstream file(kept_, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  bytes[bytes.size() - 20] = static_cast<char>(~bytes[bytes.size() - 20]);
  folder_.write("cache/" + kept_.filename().string(), bytes);
  EXPECT_FALSE(source(Without::preparer).load(request(original_)));
  EXPECT_EQ(pixels_of(source().load(request(original_))), first);
  EXPECT_EQ(pixels_of(source(Without::preparer).load(request(original_))), first);
}

TEST_F(PictureSourceTest, WhatSomebodyPutIntoTheCacheIsSniffedLikeAnyFile) {
  ASSERT_TRUE(source().load(request(original_)));
  ASSERT_EQ(kept(), 1U);
  const std::string stem = kept_.stem().string();
  Sha256 key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::uint8_t>(std::stoi(stem.substr(2 * i, 2), nullptr, 16));
  }
  PreparedCache(cache_).keep(key, rgba_png({4000, 3000}, Pixels(12'000'000, 0xFF0000FFU)));
  EXPECT_EQ(pixels_of(source().load(request(original_))), Pixels(60 * 48, 0xFF808080U));
}

class Drafted : public PictureSourceTest {
 protected:
  Result<LoadedPicture> load(const std::string& bytes, Drafts drafts,
                             Without without = Without::nothing) {
    return source(without).load(request(bytes), drafts);
  }
  // Whether it is a draft; nothing and a failure where there is no picture.
  std::optional<bool> is_draft(const std::string& bytes, Drafts drafts,
                               Without without = Without::nothing) {
    const auto loaded = load(bytes, drafts, without);
    if (!loaded) ADD_FAILURE() << loaded.error().message;
    return loaded ? std::optional(loaded->is_draft) : std::nullopt;
  }
  const std::string photo_ = jpeg_file({200, 150}, photograph({200, 150}));
};

TEST_F(Drafted, AnOriginalThatNobodyPreparedIsDraftedWhereThatIsAllowed) {
  EXPECT_EQ(is_draft(photo_, Drafts::allowed, Without::preparer), true);
  EXPECT_EQ(is_draft(photo_, Drafts::none, Without::drafter), false);
}

TEST_F(Drafted, NothingOfADraftIsKept) {
  EXPECT_EQ(is_draft(photo_, Drafts::allowed), true);
  EXPECT_EQ(kept(), 0U);
  EXPECT_EQ(is_draft(photo_, Drafts::none), false);
  EXPECT_EQ(kept(), 1U);
}

TEST_F(Drafted, WhatWasPreparedIsBetter) {
  const Pixels exact = pixels_of(source().load(request(photo_)));
  const auto loaded = load(photo_, Drafts::allowed, Without::preparer);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_FALSE(loaded->is_draft);
  EXPECT_EQ(pixels_of(loaded->picture), exact);
  const std::string ready = jpeg_file({64, 48}, photograph({64, 48}));
  EXPECT_EQ(is_draft(ready, Drafts::allowed, Without::preparer), false);
}

TEST_F(Drafted, WhereThereCanBeNoDraftThePictureItselfComes) {
  EXPECT_EQ(is_draft(original_, Drafts::allowed), false) << "a PNG";
  EXPECT_EQ(is_draft(photo_, Drafts::allowed, Without::drafter), false);
  std::string damaged = jpeg_file({256, 256}, photograph({256, 256}), {.restart_rows = 1});
  damaged[damaged.find("\xFF\xD3") + 1] = '\xD6';
  const auto loaded = load(damaged, Drafts::allowed);
  EXPECT_TRUE(!loaded || !loaded->is_draft) << "what cannot be shown is not drafted either";
}

TEST_F(Drafted, WhatIsRefusedIsNotDraftedFirst) {
  for (const std::string& bytes : {jpeg_claiming(65535, 65535),
                                   photo_.substr(0, photo_.size() - 100), std::string("GIF89a")}) {
    EXPECT_FALSE(load(bytes, Drafts::allowed));
  }
}

TEST_F(PictureSourceTest, WithoutACacheEverythingGoesOn) {
  cache_ = folder_.write("no folder", "x");
  EXPECT_TRUE(source().load(request(original_)));
  EXPECT_FALSE(source(Without::preparer).load(request(original_)));
}

TEST_F(PictureSourceTest, SmallOriginalsAreEnlargedAtTheEnd) {
  const auto picture = source().load(request(rgba_png({4, 3}, Pixels(12, 0x80FFFFFFU)), {64, 48}));
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ((*picture)->size(), (Size{64, 48}));
  EXPECT_EQ((*picture)->pixels()[1000], 0xFF808080U);
}

TEST_F(PictureSourceTest, ErrorsAreThoseOfTheDecoderAndNameTheFile) {
  const auto error_of = [this](const DecodeRequest& asked, Without without = Without::nothing) {
    const auto picture = source(without).load(asked);
    EXPECT_FALSE(picture);
    return picture ? Error{ErrorKind::crashed, ""} : picture.error();
  };
  EXPECT_EQ(error_of({folder_ / "missing", {8, 8}, Fit::fit, {}}).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of({folder_.path(), {8, 8}, Fit::fit, {}}).kind, ErrorKind::bad_format);
  EXPECT_EQ(error_of(request("GIF89a")).kind, ErrorKind::bad_format);
  EXPECT_EQ(error_of(request(png_claiming(32769, 1))).kind, ErrorKind::too_large);
  EXPECT_THAT(error_of(request("GIF89a")).message, HasSubstr("/poster: this is a GIF"));
  EXPECT_EQ(error_of(request(original_), Without::decoder).kind, ErrorKind::unavailable);
  const fs::path large = folder_.write("large", "x");
  fs::resize_file(large, kOriginalLimits.bytes_max + 1);
  EXPECT_EQ(error_of({large, {8, 8}, Fit::fit, {}}).kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace noseon
