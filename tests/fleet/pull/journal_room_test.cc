// How noseon-sync, another user than the player, learns what to leave free for the journal.
#include "fleet/pull/journal_room.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/journal_room.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class JournalRoom : public ::testing::Test {
 protected:
  JournalRoom() {
    for (const char* name : {"journal", "run", "store"}) fs::create_directory(folder_ / name);
  }
  void reserve(off_t bytes) const {
    const int file = ::open((folder_ / "journal/plays.reserve").c_str(), O_WRONLY | O_CREAT, 0600);
    ASSERT_EQ(::posix_fallocate(file, 0, bytes), 0);
    ::close(file);
  }
  void say(const std::string& json) const { std::ofstream(folder_ / "run/player.json") << json; }
  // A name below a file stands for a folder that may not be looked into, also for root: its own
  // facts are there, those of what it holds are not.
  [[nodiscard]] std::uint64_t room(std::string_view journal = "journal") const {
    return bytes_for_journal({folder_ / journal, folder_ / "run", folder_ / "store"});
  }
  [[nodiscard]] std::string closed() const {
    std::ofstream(folder_ / "closed") << "no folder";
    return "closed";
  }

  TemporaryFolder folder_;
};

TEST_F(JournalRoom, WhatTheReserveDoesNotHoldYetIsLeftFree) {
  EXPECT_EQ(room(), kReserveBytes) << "nothing of it is there";
  reserve(4 << 20);
  EXPECT_EQ(room(), kReserveBytes - (4U << 20U));
  fs::resize_file(folder_ / "journal/plays.reserve", kReserveBytes + 1);
  EXPECT_EQ(room(), kReserveBytes - (4U << 20U)) << "a hole holds nothing";
}

TEST_F(JournalRoom, WhereNoJournalIsNothingIsLeft) {
  EXPECT_EQ(room("none"), 0);
  EXPECT_EQ(bytes_for_journal({"", folder_ / "run", folder_ / "store"}), 0);
}

TEST_F(JournalRoom, AJournalOnAnotherDiskNeedsNothingOfThisOne) {
  if (::access("/dev/shm", W_OK) != 0) GTEST_SKIP() << "there is no second disk here";
  EXPECT_EQ(bytes_for_journal({"/dev/shm", folder_ / "run", folder_ / "store"}),
            fs::exists("/dev/shm") ? 0U : kReserveBytes);
}

TEST_F(JournalRoom, WhereItMayNotLookThePlayerSaysHowMuch) {
  const std::string journal = closed();
  EXPECT_EQ(room(journal), kReserveBytes) << "nobody says anything";
  say(R"({"journal": {"keep_free": 12345}})");
  EXPECT_EQ(room(journal), 12345U);
}

TEST_F(JournalRoom, AStatusThatIsNoneOrSaysTooMuchCountsAsAllOfIt) {
  const std::string journal = closed();
  for (const char* const wrong :
       {"", "{", "[]", "{}", R"({"journal": 7})", R"({"journal": {}})",
        R"({"journal": {"keep_free": -1}})", R"({"journal": {"keep_free": "1"}})",
        R"({"journal": {"keep_free": 1e3}})", R"({"journal": {"keep_free": 999999999999}})"}) {
    say(wrong);
    EXPECT_EQ(room(journal), kReserveBytes) << wrong;
  }
}

}  // namespace
}  // namespace noseon
