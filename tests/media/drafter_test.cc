// Drafts: near the picture that they stand for, and no way around the cage.
#include "media/drafter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "media/picture_source.h"
#include "media/png.h"
#include "tests/media/own_process.h"
#include "tests/media/picture_files.h"
#include "tests/media/profiles.h"
#include "tests/media/reference_scale.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class DrafterTest : public ::testing::Test {
 protected:
  static fs::path program() { return fs::path(NOSEON_BIN_DIR) / "noseon-draft"; }
  static DecodeRequest request(Size box, Fit fit = Fit::fit) { return {{}, box, fit, {}}; }
  static Result<PicturePtr> draft_by(const fs::path& program, std::string_view bytes,
                                     const DecodeRequest& request,
                                     std::chrono::milliseconds deadline = 60s) {
    ASSIGN_OR_RETURN(const PictureBytes original, PictureBytes::copy(bytes));
    ASSIGN_OR_RETURN(const PictureFacts facts, read_facts(original.bytes(), kOriginalLimits));
    if (!Drafter::can_draft(facts, request)) return fail(ErrorKind::not_found, "no draft of such");
    ASSIGN_OR_RETURN(Drafting drafting, Drafter(program, deadline).start(original, facts, request));
    return drafting.finish();
  }
  static Result<PicturePtr> draft(std::string_view bytes, Size box, Fit fit = Fit::fit) {
    return draft_by(program(), bytes, request(box, fit));
  }
  // What load() gives.
  Result<PicturePtr> exact(std::string_view bytes, Size box, Fit fit) const {
    const fs::path programs = NOSEON_BIN_DIR;
    const PictureSource source(Decoder(programs / "noseon-decode", 60s),
                               Preparer(programs / "noseon-prepare"), Drafter("/nonexistent"),
                               PreparedCache({}));
    return source.load({folder_.write("picture", bytes), box, fit, {}});
  }
  void SetUp() override { descriptors_ = open_descriptors(); }
  void TearDown() override {
    EXPECT_EQ(open_descriptors(), descriptors_) << "a descriptor leaked";
    EXPECT_FALSE(has_children()) << "a process was left";
  }

  TemporaryFolder folder_;
  std::size_t descriptors_ = 0;
};

Pixels pixels_of(const Picture& picture) {
  return {picture.pixels().begin(), picture.pixels().end()};
}

TEST_F(DrafterTest, EachWayUpAndEachFitIsNearThePictureThatItStandsFor) {
  const Size stored{1200, 800};
  const std::string jpeg = jpeg_file(stored, photograph(stored), {.is_subsampled = true});
  for (unsigned orientation = 1; orientation <= 8; ++orientation) {
    const std::string file = with_segment(jpeg, exif_segment(orientation));
    for (const Fit fit : {Fit::fit, Fit::fill}) {
      for (const Size box : {Size{320, 180}, Size{90, 160}, Size{1100, 700}}) {
        const bool is_turned = orientation >= 5;
        const bool is_enlarged = fit == Fit::fill && is_turned && box.width > stored.height;
        if (is_enlarged) continue;
        const auto rough = draft(file, box, fit);
        const auto right = exact(file, box, fit);
        ASSERT_TRUE(rough) << rough.error().message;
        ASSERT_TRUE(right) << right.error().message;
        ASSERT_EQ((*rough)->size(), (*right)->size()) << orientation;
        EXPECT_GT(psnr(pixels_of(**rough), pixels_of(**right)), 30)
            << orientation << (fit == Fit::fit ? " fit " : " fill ") << box.width;
      }
    }
  }
}

TEST_F(DrafterTest, GreyAndProgressiveFilesHaveOne) {
  const Size size{400, 300};
  const std::string grey = jpeg_file(size, photograph(size), {.colors = JpegColors::grey});
  const std::string progressive = jpeg_file(size, photograph(size), {.is_progressive = true});
  for (const std::string& file : {grey, progressive}) {
    const auto rough = draft(file, {200, 200});
    const auto right = exact(file, {200, 200}, Fit::fit);
    ASSERT_TRUE(rough && right);
    EXPECT_GT(psnr(pixels_of(**rough), pixels_of(**right)), 30);
  }
}

TEST_F(DrafterTest, WhatWouldHaveWrongColoursOrBeEnlargedHasNone) {
  const Size size{40, 30};
  const Pixels pixels = photograph(size);
  const auto kind_of = [](const Result<PicturePtr>& draft) {
    return draft ? ErrorKind::crashed : draft.error().kind;
  };
  const std::string plain = jpeg_file(size, pixels);
  EXPECT_TRUE(draft(plain, {20, 15}));
  EXPECT_TRUE(draft(plain, size));
  EXPECT_EQ(kind_of(draft(plain, {41, 31})), ErrorKind::not_found);
  EXPECT_EQ(kind_of(draft(jpeg_file(size, pixels, {.colors = JpegColors::cmyk}), {20, 15})),
            ErrorKind::not_found);
  EXPECT_EQ(kind_of(draft(with_segment(plain, profile_segment("any")), {20, 15})),
            ErrorKind::not_found);
  EXPECT_EQ(kind_of(draft(rgba_png(size, pixels), {20, 15})), ErrorKind::not_found);
  EXPECT_EQ(kind_of(draft(webp_file(size, pixels), {20, 15})), ErrorKind::not_found);
}

TEST_F(DrafterTest, OfDamagedDataThereIsNone) {
  const Size size{256, 256};
  std::string file = jpeg_file(size, photograph(size), {.restart_rows = 1});
  // A restart marker in the wrong place: libjpeg would warn, and go on with something.
  const std::size_t marker = file.find("\xFF\xD3");
  ASSERT_NE(marker, std::string::npos);
  file[marker + 1] = '\xD6';
  const auto damaged = draft(file, {64, 64});
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().kind, ErrorKind::bad_format);
  EXPECT_THAT(damaged.error().message, HasSubstr("there is no draft of it"));
}

class DrafterFaults : public DrafterTest {
 protected:
  // 4 x 2 of 8 x 4.
  Result<PicturePtr> draft_as(const std::string& behaviour,
                              std::chrono::milliseconds deadline = 20s) {
    const fs::path link = folder_ / behaviour;
    if (!fs::exists(link))
      fs::create_symlink(fs::path(NOSEON_BIN_DIR) / "misbehaving_decoder", link);
    return draft_by(link, jpeg_file({8, 4}, photograph({8, 4})), request({4, 2}), deadline);
  }
  Error error_as(const std::string& behaviour, std::chrono::milliseconds deadline = 20s) {
    const auto picture = draft_as(behaviour, deadline);
    EXPECT_FALSE(picture) << behaviour;
    return picture ? Error{ErrorKind::not_found, "a picture"} : picture.error();
  }
};

TEST_F(DrafterFaults, TheHarnessItselfGivesAPictureWhereNothingIsWrong) {
  const auto picture = draft_as("draft-well");
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ((*picture)->size(), (Size{4, 2}));
}

TEST_F(DrafterFaults, NoLieIsBelieved) {
  for (const char* const behaviour :
       {"well", "draft-says-nothing", "draft-half-a-header", "draft-wrong-magic",
        "draft-wrong-version", "draft-wrong-status", "draft-forgets-seals",
        "draft-forgets-one-seal", "draft-keeps-mapping", "draft-one-pixel-short",
        "draft-one-pixel-more", "draft-wider-than-asked", "draft-higher-than-asked",
        "draft-smaller-than-asked", "draft-no-width", "draft-no-height", "draft-overflowing-size",
        "draft-pixels-with-error"}) {
    const Error error = error_as(behaviour);
    EXPECT_EQ(error.kind, ErrorKind::crashed) << behaviour << ": " << error.message;
    EXPECT_THAT(error.message, HasSubstr("the picture drafter: it gave a wrong answer"))
        << behaviour;
  }
}

TEST_F(DrafterFaults, OneThatDiesOrHangsLeavesNothing) {
  EXPECT_THAT(error_as("segfaults").message, HasSubstr("SIGSEGV"));
  EXPECT_EQ(error_as("exits-127").kind, ErrorKind::unavailable);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(error_as("ignores-signals", 300ms).kind, ErrorKind::out_of_time);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST_F(DrafterFaults, OneThatIsNotWaitedForIsKilled) {
  const fs::path link = folder_ / "sleeps";
  fs::create_symlink(fs::path(NOSEON_BIN_DIR) / "misbehaving_decoder", link);
  const auto original = PictureBytes::copy(jpeg_file({8, 4}, photograph({8, 4})));
  ASSERT_TRUE(original);
  const auto facts = read_facts(original->bytes(), kOriginalLimits);
  ASSERT_TRUE(facts);
  EXPECT_TRUE(Drafter(link).start(*original, *facts, request({4, 2})));
  EXPECT_FALSE(has_children());
}

}  // namespace
}  // namespace noseon
