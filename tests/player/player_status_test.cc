// The player's status as JSON: what is written is read again, and what others wrote harms nobody.
#include "player/player_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/say.h"

namespace noseon {
namespace {

using ::testing::HasSubstr;

Instant at(std::int64_t ms) {
  return Instant{Millis{1'803'510'000'000 + ms}};
}

PlayerStatus full() {
  PlayerStatus status;
  status.version = "1.2.3";
  status.pid = 812;
  status.process_start = 4711;
  status.boot = "8d3c5a9e";
  status.display = "bus-472-1";
  status.stage = "x11, 1920 × 1080";
  status.started = at(0);
  status.written = at(9000);
  status.written_steady = Millis{188'000};
  status.due_steady = Millis{338'000};
  status.has_ended = true;
  status.shows = OnDisplay::stand_in;
  status.agency = "seoul-friends";
  status.campaign = "khojaly";
  status.item = "names";
  status.reason = Reason{.role = Role::takeover,
                         .turns = 3,
                         .loop_turns = 17,
                         .items = 6,
                         .loop_length = Millis{124'000}};
  status.since = at(8000);
  status.until = at(16'000);
  status.generation = 42;
  status.next_at = at(16'000);
  status.next = "on-board/handrail";
  status.civil = at(9000);
  status.grade = ClockGrade::floor_only;
  status.floor = at(-1000);
  status.confirmed = at(-2000);
  status.issued = at(-3000);
  status.is_store = true;
  status.crashes = {.cost = CrashRemark::Cost::left_out, .names = "a/b"};
  status.clock_reason = "no time server was reached";
  status.first_frame = Millis{31};
  status.was_first_right = true;
  status.dark = Millis{7};
  status.read_backs = 3;
  status.wrong_read_backs = 1;
  status.last_read_back = at(9000);
  status.frames = 90;
  status.dropped = 2;
  status.frames_per_second = 59.5;
  status.histogram = {{0, 90, 0}, {16, 0, 88}};
  status.journal = JournalStatus{"/journal", 12, 10, 11, 9, 1, 1, "full", "/aside", 5};
  status.quarantined = 4;
  status.memory_kb = 38'000;
  return status;
}

TEST(PlayerStatusFile, WhatIsWrittenIsReadAgain) {
  EXPECT_EQ(read_player_status(write_player_status(full())), full());
  EXPECT_EQ(read_player_status(write_player_status({})), PlayerStatus{});
}

TEST(PlayerStatusFile, AFileCutAnywhereIsNoneAndSaysSo) {
  const std::string whole = write_player_status(full());
  for (std::size_t length = 0; length + 2 < whole.size(); length += 7) {
    const auto read = read_player_status(whole.substr(0, length));
    ASSERT_FALSE(read) << length;
    EXPECT_EQ(read.error().kind, ErrorKind::bad_format);
  }
}

TEST(PlayerStatusFile, WhatIsNoStatusIsRefused) {
  for (const char* const text : {"[]", "{}", "7", R"({"format": "noseon.sync/1"})"}) {
    const auto read = read_player_status(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr("no status of noseon-player"));
  }
}

TEST(PlayerStatusFile, MoreThanItsCapIsNotRead) {
  std::string most = R"({"format": "noseon.player/1", "x": ")";
  most += std::string(kPlayerStatusBytesMax - most.size() - 2, 'x') + "\"}";
  ASSERT_EQ(most.size(), kPlayerStatusBytesMax);
  EXPECT_TRUE(read_player_status(most));
  const auto more = read_player_status(most + " ");
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::too_large);
}

TEST(PlayerStatusFile, WrongTypesAreAsIfTheyWereMissing) {
  const auto read = read_player_status(
      R"({"format": "noseon.player/1", "pid": "812", "started": 5, "shows": [], "clock": "x",
          "dark_ms": -4, "frames": {"count": 1e99, "per_second": "fast", "histogram": {}},
          "journal": 12, "memory_kb": 18446744073709551615, "ended": "yes"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, PlayerStatus{});
}

TEST(PlayerStatusFile, AGradeThatIsNotKnownIsNoneToTrust) {
  const auto read =
      read_player_status(R"({"format": "noseon.player/1", "clock": {"grade": "divine"}})");
  EXPECT_EQ(read->grade, ClockGrade::impossible);
}

TEST(PlayerStatusFile, NothingInItReachesATerminalAsACommand) {
  const auto read = read_player_status(
      "{\"format\": \"noseon.player/1\", \"display\": \"\\u001b[2J\\u009b1m\\n\\u0007bus\"}");
  EXPECT_EQ(read->display, " [2J 1m  bus");
  const auto longer = read_player_status(R"({"format": "noseon.player/1", "display": ")" +
                                         std::string(301, 'x') + "\"}");
  EXPECT_EQ(longer->display, std::string(300, 'x'));
}

TEST(PlayerStatusFile, AHistogramHasAnEnd) {
  std::string many = R"({"format": "noseon.player/1", "frames": {"histogram": [)";
  for (int i = 0; i < 33; ++i) many += std::string(i == 0 ? "" : ",") + R"({"from_ms": 1})";
  EXPECT_EQ(read_player_status(many + "]}}")->histogram.size(), 32U);
}

}  // namespace
}  // namespace noseon
