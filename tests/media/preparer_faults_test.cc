// A preparer that breaks, lies or has been taken over harms one picture and nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "media/png.h"
#include "media/preparer.h"
#include "tests/media/own_process.h"
#include "tests/media/picture_files.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class PreparerFaults : public ::testing::Test {
 protected:
  Result<PreparedFile> prepare_by(const std::string& behaviour, std::string_view bytes,
                                  std::chrono::milliseconds deadline = 20s) {
    const fs::path link = folder_ / behaviour;
    if (!fs::exists(link))
      fs::create_symlink(fs::path(NOSEON_BIN_DIR) / "misbehaving_decoder", link);
    return Preparer(link, deadline)
        .prepare({folder_.write("picture", bytes), {10, 10}, Fit::fit, {}});
  }
  Error error_by(const std::string& behaviour, std::chrono::milliseconds deadline = 20s) {
    const auto file = prepare_by(behaviour, original_, deadline);
    EXPECT_FALSE(file) << behaviour;
    return file ? Error{ErrorKind::not_found, "a file"} : file.error();
  }
  void SetUp() override { descriptors_ = open_descriptors(); }
  void TearDown() override {
    EXPECT_EQ(open_descriptors(), descriptors_) << "a descriptor leaked";
    EXPECT_FALSE(has_children()) << "a process was left";
  }

  TemporaryFolder folder_;
  std::string original_ = rgba_png({4, 2}, Pixels(8, 0x80336699U));
  std::string plain_ = *encode_png(*make_picture({4, 2}, Pixels(8, 0xFF336699U)));
  std::size_t descriptors_ = 0;
};

TEST_F(PreparerFaults, TheHarnessItselfGivesAFileWhereNothingIsWrong) {
  const auto file = prepare_by("gives-back-4x2", plain_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->size, (Size{4, 2}));
  EXPECT_EQ(file->file.bytes(), plain_);
}

TEST_F(PreparerFaults, NoLieIsBelieved) {
  for (const char* const behaviour :
       {"gives-back-4x2", "gives-no-picture", "gives-half", "gives-nothing", "gives-too-much",
        "says-nothing", "half-a-header", "well", "wrong-version", "forgets-seals",
        "pixels-with-error"}) {
    const Error error = error_by(behaviour);
    EXPECT_EQ(error.kind, ErrorKind::crashed) << behaviour << ": " << error.message;
    EXPECT_THAT(error.message, HasSubstr("the picture preparer: it gave a wrong answer"))
        << behaviour;
  }
  const auto other_size = prepare_by("gives-back-5x2", plain_);
  ASSERT_FALSE(other_size);
  EXPECT_THAT(other_size.error().message, HasSubstr("5 x 2 pixels, where 4 x 2"));
}

TEST_F(PreparerFaults, AFileOfTheWrongSizeIsNotBelievedThoughItSaysSoItself) {
  // 20 x 10 in a box of 10 x 10 becomes 10 x 5; it comes back as it was.
  const auto file =
      prepare_by("gives-back-4x2", *encode_png(*make_picture({20, 10}, Pixels(200, 0xFF000000U))));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::crashed);
}

TEST_F(PreparerFaults, OneThatDiesOrHangsIsNamedAndLeavesNothing) {
  EXPECT_THAT(error_by("segfaults").message,
              HasSubstr("the picture preparer: it was killed by SIGSEGV"));
  EXPECT_EQ(error_by("kills-itself").kind, ErrorKind::crashed);
  EXPECT_EQ(error_by("exits-127").kind, ErrorKind::unavailable);
  for (const char* const behaviour : {"sleeps", "ignores-signals"}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(error_by(behaviour, 300ms).kind, ErrorKind::out_of_time) << behaviour;
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_GE(took, 300ms);
    EXPECT_LT(took, 3s);
  }
  EXPECT_EQ(error_by("burns-cpu", 60s).kind, ErrorKind::out_of_time);
}

}  // namespace
}  // namespace noseon
