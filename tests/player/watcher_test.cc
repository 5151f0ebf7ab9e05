#include "player/watcher.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

void write(const fs::path& file, const std::string& text = "x") {
  std::ofstream(file) << text;
}

class WatcherTest : public testing::Test {
 protected:
  // Runs the loop for a while; how often a change was seen.
  int changes_within(Millis time) {
    changes_ = 0;
    end_.set(std::chrono::steady_clock::now() + time);
    PollLoop& loop = *loop_;
    EXPECT_TRUE(loop.run());
    return changes_;
  }
  void watch(const fs::path& dir, WatchDepth depth = WatchDepth::tree) {
    loop_ = std::make_unique<PollLoop>();
    loop_->watch(end_.fd(), [this] {
      end_.take();
      loop_->stop();
    });
    watcher_ = std::make_unique<Watcher>(
        dir, *loop_, [this] { ++changes_; }, depth);
  }

  TemporaryFolder folder_;
  Timer end_;
  std::unique_ptr<PollLoop> loop_;
  std::unique_ptr<Watcher> watcher_;
  int changes_ = 0;
};

constexpr Millis kLong{600};

TEST_F(WatcherTest, OfAStoreSeesTheLinksThatAreSwappedAndNoBlobThatComes) {
  fs::create_directories(folder_ / "store/blobs/9f");
  watch(folder_ / "store", WatchDepth::folder);
  write(folder_ / "store/blobs/9f/9f2c");
  write(folder_ / "store/blobs/9f/9f2d");
  EXPECT_EQ(changes_within(kLong), 0);
  fs::create_symlink("generations/000001", folder_ / "store/current.new");
  fs::rename(folder_ / "store/current.new", folder_ / "store/current");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, IsQuietWhileNothingChanges) {
  watch(folder_.path());
  EXPECT_EQ(changes_within(200ms), 0);
}

TEST_F(WatcherTest, SeesAFileWrittenInPlace) {
  write(folder_ / "campaign.toml");
  watch(folder_.path());
  write(folder_ / "campaign.toml", "y");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, SeesAnEditorThatRenamesANewFileOverTheOldOne) {
  write(folder_ / "campaign.toml");
  watch(folder_.path());
  write(folder_ / ".campaign.toml.swp", "y");
  fs::rename(folder_ / ".campaign.toml.swp", folder_ / "campaign.toml");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, TakesManyFilesForOneChange) {
  watch(folder_.path());
  for (int i = 0; i < 50; ++i) write(folder_ / std::to_string(i));
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, SeesPostersInFoldersThatCameLater) {
  watch(folder_.path());
  fs::create_directories(folder_ / "posters" / "spring");
  EXPECT_EQ(changes_within(kLong), 1);
  write(folder_ / "posters" / "spring" / "a.png");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, SeesAFileGo) {
  write(folder_ / "a.png");
  watch(folder_.path());
  fs::remove(folder_ / "a.png");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, WaitsForAFolderThatIsNotThereYet) {
  watch(folder_ / "campaigns" / "khojaly");
  write(folder_ / "something-else");
  EXPECT_EQ(changes_within(kLong), 0);
  fs::create_directories(folder_ / "campaigns" / "khojaly");
  EXPECT_EQ(changes_within(kLong), 1);
  write(folder_ / "campaigns" / "khojaly" / "campaign.toml");
  EXPECT_EQ(changes_within(kLong), 1);
}

TEST_F(WatcherTest, SeesTheFolderReplacedByAnother) {
  fs::create_directory(folder_ / "live");
  fs::create_directory(folder_ / "next");
  watch(folder_.path() / "live");
  fs::rename(folder_ / "live", folder_ / "old");
  fs::rename(folder_ / "next", folder_ / "live");
  EXPECT_EQ(changes_within(kLong), 1);
  write(folder_ / "live" / "campaign.toml");
  EXPECT_EQ(changes_within(kLong), 1);
}

// Somebody writes a log into the folder without end: the change is still seen.
TEST_F(WatcherTest, DoesNotWaitForQuietForEver) {
  watch(folder_.path());
  Timer often;
  often.set_every(30ms);
  loop_->watch(often.fd(), [&] {
    often.take();
    write(folder_ / "log");
  });
  EXPECT_GE(changes_within(Watcher::kPatience + 500ms), 1);
}

}  // namespace
}  // namespace noseon
