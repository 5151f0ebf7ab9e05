// Pictures of published campaigns: found by what was signed, shown only if they are that.
#include "player/published.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <thread>

#include "base/files.h"
#include "player/folder.h"
#include "player/studio.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr Color kRed{200, 0, 0};
constexpr Color kGreen{0, 200, 0};
constexpr Size kBox{64, 36};

class PublishedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    display_.size = kBox;
    display_.zone = std::make_shared<const Zone>(Zone::utc());
    publish("posters/one.png", png(kBox, kRed));
  }

  // A blob as it is signed, prepared for a box.
  PublishedPicture& publish(const std::string& written, const std::string& bytes, Size box = kBox,
                            Fit fit = Fit::fit) {
    PublishedPicture& picture = published_.emplace_back();
    picture.written = written;
    picture.box = picture.size = box;
    picture.fit = fit;
    picture.background = Style{}.background;
    picture.bytes = bytes.size();
    picture.sha256 = sha256(bytes);
    picture.file = dir_.write("blobs/" + to_hex(picture.sha256), bytes).string();
    return picture;
  }
  void make_playlist(const std::string& items) {
    dir_.write("campaign/campaign.toml", std::string(kCampaignHead) + items);
    LoadedFolder loaded = load_folder(dir_ / "campaign", display_, zones_);
    playlist_ = *loaded.playlist;
    playlist_.campaigns.front().published = published_;
    playlist_.campaigns.front().folder.clear();
  }
  // With a decoder alone: where noseon-prepare is asked for, it is not there.
  Studio studio() {
    return {
        [] { return Typesetter::open(); },
        PictureSource(Decoder(fs::path(NOSEON_BIN_DIR) / "noseon-decode", std::chrono::minutes{1}),
                      Preparer(dir_ / "none"), Drafter(dir_ / "none"), PreparedCache({})),
        FrameCache(PreparedCache(dir_ / "frames")),
        [this](const DamagedBlob& blob) { damaged_.push_back(blob); }};
  }
  Result<Rendering> render() {
    if (playlist_.campaigns.empty()) make_playlist(poster_item("one", "posters/one.png"));
    Studio made = studio();
    auto rendering = made.render(playlist_, {0}, display_);
    made.keep_last();
    return rendering;
  }
  void expect_refused(const std::string& why) {
    damaged_.clear();
    const auto rendering = render();
    ASSERT_FALSE(rendering) << why;
    EXPECT_EQ(rendering.error().kind, ErrorKind::signature) << why;
    EXPECT_THAT(rendering.error().message, HasSubstr("item one")) << why;
    ASSERT_EQ(damaged_.size(), 1U) << why;
    EXPECT_EQ(damaged_[0].expected.sha256, published_[0].sha256) << why;
    EXPECT_EQ(damaged_[0].expected.bytes, published_[0].bytes) << why;
  }
  [[nodiscard]] std::size_t kept() const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(dir_ / "frames", none), fs::directory_iterator()));
  }

  TemporaryFolder dir_;
  SystemZones zones_;
  Display display_;
  std::vector<PublishedPicture> published_;
  Playlist playlist_;
  std::vector<DamagedBlob> damaged_;
};

TEST_F(PublishedTest, IsDecodedWithoutNoseonPrepare) {
  const auto rendering = render();
  ASSERT_TRUE(rendering) << rendering.error().message;
  EXPECT_EQ(color_at(*rendering->finished.picture, 32, 18), kRed);
  EXPECT_TRUE(damaged_.empty());
}

TEST_F(PublishedTest, TheOnePreparedForTheBoxIsShown) {
  publish("posters/one.png", png({64, 16}, kGreen), {64, 16});
  display_.size = {64, 16};
  EXPECT_EQ(color_at(*render().value().finished.picture, 32, 8), kGreen);
  display_.size = {128, 72};
  EXPECT_EQ(color_at(*render().value().finished.picture, 64, 36), kRed) << "else the nearest shape";
}

TEST_F(PublishedTest, WhatWasNotPublishedIsLookedForNowhere) {
  make_playlist(poster_item("one", "posters/two.png"));
  dir_.write("posters/two.png", png(kBox, kGreen));
  playlist_.campaigns.front().folder = dir_.path().string();
  const auto rendering = render();
  ASSERT_FALSE(rendering);
  EXPECT_EQ(rendering.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(damaged_.empty()) << "no blob is to blame";
}

TEST_F(PublishedTest, OneWrongBitAnywhereIsRefusedAndReported) {
  const fs::path file = published_[0].file;
  const std::string whole = read_file(file, 1 << 20).value();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string rotten = whole;
    rotten[at] = static_cast<char>(rotten[at] ^ (1 << (at % 8)));
    std::ofstream(file, std::ios::binary) << rotten;
    expect_refused("byte " + std::to_string(at));
  }
  std::ofstream(file, std::ios::binary) << whole;
  EXPECT_TRUE(render()) << "and whole again it shows";
}

TEST_F(PublishedTest, WhatIsNotThatFileIsRefusedAndReported) {
  const fs::path file = published_[0].file;
  const std::string whole = read_file(file, 1 << 20).value();
  fs::remove(file);
  expect_refused("missing");
  std::ofstream(file, std::ios::binary) << whole << 'x';
  expect_refused("longer");
  std::ofstream(file, std::ios::binary) << whole.substr(0, whole.size() - 1);
  expect_refused("shorter");
  std::ofstream(file, std::ios::binary).flush();
  expect_refused("empty");
  fs::resize_file(file, 1ULL << 40U);
  expect_refused("a terabyte");
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  expect_refused("a pipe that nobody writes to");
  fs::remove(file);
  fs::create_directory(file);
  expect_refused("a folder");
  fs::remove(file);
  fs::create_symlink("/dev/zero", file);
  expect_refused("a device");
  fs::remove(file);
  fs::create_symlink("/proc/self/maps", file);
  expect_refused("a file without a length");
  fs::remove(file);
  fs::create_symlink(dir_.write("other.png", png(kBox, kGreen)), file);
  expect_refused("another picture");
}

TEST_F(PublishedTest, AFileOfAnotherLengthIsNotReadAtAll) {
  const fs::path file = published_[0].file;
  const Fd watch(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  ASSERT_GE(::inotify_add_watch(watch.get(), file.c_str(), IN_ACCESS), 0);
  const auto was_read = [&] {
    char events[4096];
    return ::read(watch.get(), events, sizeof events) > 0;
  };
  ASSERT_TRUE(render());
  EXPECT_TRUE(was_read());
  fs::remove_all(dir_ / "frames");
  std::ofstream(file, std::ios::binary | std::ios::app) << 'x';
  expect_refused("longer");
  EXPECT_FALSE(was_read());
}

TEST_F(PublishedTest, ABackdropThatIsDamagedIsReportedAndTheTextStands) {
  const Result<Typesetter> fonts = Typesetter::open();
  if (!fonts) GTEST_SKIP() << fonts.error().message;
  publish("back.png", png(kBox, kGreen), kBox, Fit::fill).background = {1, 2, 3};
  make_playlist("\n[styles.s]\nbackground = \"#010203\"\npicture = \"back.png\"\n" +
                text_item("t", "가") + "style = \"s\"\n");
  const fs::path file = published_[1].file;
  const std::string whole = read_file(file, 1 << 20).value();
  fs::remove(file);
  EXPECT_EQ(color_at(*render().value().finished.picture, 0, 0), (Color{1, 2, 3}));
  EXPECT_EQ(damaged_.size(), 1U);
  EXPECT_EQ(kept(), 0U) << "the next start may find it whole";
  std::ofstream(file, std::ios::binary) << whole;
  EXPECT_NE(color_at(*render().value().finished.picture, 0, 0), (Color{1, 2, 3}));
  EXPECT_EQ(kept(), 1U);
}

TEST_F(PublishedTest, AFinishedPageIsFoundWithoutReadingThePoster) {
  ASSERT_TRUE(render());
  EXPECT_EQ(kept(), 1U);
  fs::remove(published_[0].file);
  EXPECT_TRUE(render());
  EXPECT_TRUE(damaged_.empty());
  const auto key = frame_key(playlist_, {0}, display_);
  ASSERT_TRUE(key);
  playlist_.campaigns.front().published->front().sha256[5] ^= 1;
  EXPECT_NE(frame_key(playlist_, {0}, display_), key) << "another picture is another page";
}

TEST_F(PublishedTest, AFileThatChangesWhileItIsReadNeverShowsAnythingElse) {
  const fs::path file = published_[0].file;
  const std::string whole = read_file(file, 1 << 20).value();
  const std::string other = png(kBox, kGreen);
  ASSERT_EQ(other.size(), whole.size()) << "the length does not tell them apart";
  std::jthread attacker([&](const std::stop_token& stop) {
    const Fd fd(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    for (bool is_other = false; !stop.stop_requested(); is_other = !is_other) {
      const std::string& bytes = is_other ? other : whole;
      for (std::size_t at = 0; at < bytes.size(); ++at)
        if (::pwrite(fd.get(), bytes.data() + at, 1, static_cast<off_t>(at)) != 1) return;
    }
  });
  int shown = 0, refused = 0;
  make_playlist(poster_item("one", "posters/one.png"));
  for (int turn = 0; turn < 60; ++turn) {
    Studio made = studio();
    const auto rendering = made.render(playlist_, {0}, display_);
    ++(rendering ? shown : refused);
    if (!rendering) continue;
    EXPECT_EQ(color_at(*rendering->finished.picture, 32, 18), kRed);
  }
  std::cout << shown << " shown, " << refused << " refused\n";
  EXPECT_GT(refused, 0) << "the attacker was there";
}

}  // namespace
}  // namespace noseon
