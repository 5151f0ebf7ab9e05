// RUN/player.json: whole or the one before, whatever lies in the folder, and never waited for.
#include "player/status_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "base/files.h"
#include "base/journal_room.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

PlayerStatus named(const std::string& display) {
  PlayerStatus status;
  status.display = display;
  return status;
}

std::string display_in(const fs::path& run) {
  const auto text = read_file(run / kPlayerStatusFile, kPlayerStatusBytesMax);
  if (!text) return text.error().message;
  const auto status = read_player_status(*text);
  return status ? status->display : status.error().message;
}

TEST(StatusFile, TheNewestIsThereAtTheEndAndNothingBesideIt) {
  const TemporaryFolder folder;
  {
    StatusFile file(folder / "run");
    for (int i = 0; i < 200; ++i) file.write(named(std::to_string(i)));
  }
  EXPECT_EQ(display_in(folder / "run"), "199");
  EXPECT_EQ(list_folder(folder / "run").value(), std::vector<std::string>{kPlayerStatusFile});
}

TEST(StatusFile, OthersMayReadIt) {
  const mode_t before = ::umask(0077);
  const TemporaryFolder folder;
  { StatusFile(folder.path()).write(named("bus")); }
  ::umask(before);
  struct stat facts {};
  ASSERT_EQ(::stat((folder / kPlayerStatusFile).c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0644U);
}

TEST(StatusFile, APipeOrALinkAtItsNameHoldsNothingUpAndIsNotFollowed) {
  const TemporaryFolder folder;
  folder.write("else", "of somebody else");
  ASSERT_EQ(::mkfifo((folder / "player.json.new").c_str(), 0600), 0);
  fs::create_symlink(folder / "else", folder / kPlayerStatusFile);
  const auto began = std::chrono::steady_clock::now();
  { StatusFile(folder.path()).write(named("bus")); }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{1}) << "it hung";
  EXPECT_EQ(display_in(folder.path()), "bus");
  EXPECT_EQ(read_file(folder / "else", 100).value(), "of somebody else");
}

TEST(StatusFile, SaysHowMuchADownloadIsToLeaveForTheJournal) {
  const TemporaryFolder folder;
  PlayerStatus status;
  status.journal = JournalStatus{.folder = folder.path().string()};
  { StatusFile(folder.path()).write(status); }
  const auto text = read_file(folder / kPlayerStatusFile, kPlayerStatusBytesMax);
  EXPECT_EQ(read_player_status(text.value())->journal->keep_free, kReserveBytes);
}

}  // namespace
}  // namespace noseon
