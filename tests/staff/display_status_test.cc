// noseon status --display: what needs a person, on one screen.
#include "staff/display_status.h"
#include "base/boot.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/clock.h"
#include "base/files.h"
#include "player/proof_of_play.h"
#include "player/status_report.h"
#include "staff/table.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Instant kMorning{Millis{1'803'510'000'000}};  // 2027-02-24T23:00:00Z

// A bus on which all is well.
PlayerStatus good_player() {
  PlayerStatus player;
  player.version = "1.2.3";
  player.pid = 812;
  player.boot = "this boot";
  player.display = "bus-472-1";
  player.stage = "x11, 1920 × 1080, 60 Hz, window surface: there is no GPU";
  player.started = kMorning - std::chrono::hours{3};
  player.written = player.civil = kMorning;
  player.written_steady = Millis{1'200'000};
  player.due_steady = Millis{1'350'000};
  player.shows = OnDisplay::item;
  player.agency = "seoul-friends";
  player.campaign = "khojaly";
  player.item = "names";
  player.reason = Reason{.role = Role::normal,
                         .turns = 3,
                         .loop_turns = 17,
                         .items = 6,
                         .loop_length = Millis{124'000}};
  player.since = kMorning;
  player.until = kMorning + std::chrono::seconds{8};
  player.next_at = player.until;
  player.next = "on-board/handrail";
  player.is_store = true;
  player.generation = 42;
  player.first_frame = Millis{31};
  player.was_first_right = true;
  for (const int from : {0, 1, 2, 4, 8, 12, 16, 17, 18, 20, 25, 34})
    player.histogram.push_back({from, 90'000, 12});
  player.journal = JournalStatus{.folder = "/j", .rows = 1234, .sealed = 1230, .recorded = 3};
  return player;
}

DisplayFacts good() {
  DisplayFacts facts;
  facts.now = kMorning;
  facts.now_steady = Millis{1'200'500};
  facts.boot = "this boot";
  facts.run = "/run/noseon";
  facts.player = good_player();
  facts.is_player_alive = true;
  facts.sync.emplace();
  facts.sync->state = SyncState::up_to_date;
  facts.sync->version = "1.2.3";
  facts.sync->last_success = kMorning;
  facts.has_store = true;
  facts.current = 42;
  facts.previous = 41;
  facts.disk_free = 12'000'000'000;
  facts.reserved = 153'600'000;
  return facts;
}

// What needs a person after one thing changed, or "".
template <class Change>
std::string needs(const Change& change) {
  DisplayFacts facts = good();
  change(facts);
  const auto all = what_needs_a_person(facts);
  EXPECT_LE(all.size(), 1U) << all.back();
  return all.empty() ? "" : all.front();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(DisplayStatus, NothingNeedsAPersonWhereAllIsWell) {
  EXPECT_THAT(what_needs_a_person(good()), IsEmpty());
  EXPECT_EQ(lines_of(one_screen(good())).front(), "all is well: khojaly/names plays");
}

TEST(DisplayStatus, APlayerThatIsGoneIsSaidAndHow) {
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player.reset(); }),
              HasSubstr("does not run, or tells of itself elsewhere than in /run/noseon"));
  EXPECT_THAT(needs([](DisplayFacts& facts) {
                facts.player.reset();
                facts.player_trouble = "it is cut";
              }),
              HasSubstr("cannot be read: it is cut"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.is_player_alive = false; }),
              HasSubstr("is dead; it last said something 0 s ago"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->has_ended = true; }),
              HasSubstr("was ended 0 s ago: start it again"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.boot = "the next boot"; }),
              HasSubstr("has not started since this machine did"));
}

TEST(DisplayStatus, APlayerHangsFromTheMillisecondThatItsWordWasDue) {
  EXPECT_EQ(needs([](DisplayFacts& facts) { facts.now_steady = Millis{1'350'000}; }), "");
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.now_steady = Millis{1'350'001}; }),
              HasSubstr("hangs; it last said something 2 min ago"));
}

TEST(DisplayStatus, WhatTheJournalLacksIsSaid) {
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->journal->lost = 3; }),
              HasSubstr("3 plays are lost"));
  EXPECT_THAT(needs([](DisplayFacts& facts) {
                facts.player->journal->problem = "plays.db: read-only";
                facts.player->journal->parked = 7;
              }),
              HasSubstr("7 plays wait in memory, and go with the power"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->journal->problem = "no key"; }),
              HasSubstr("not well: no key"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->journal->set_aside = "/j/old"; }),
              HasSubstr("kept as /j/old"));
  EXPECT_EQ(needs([](DisplayFacts& facts) { facts.player->journal->parked = 1; }), "")
      << "a play on its way";
}

TEST(DisplayStatus, OneIsNotSaidInThePlural) {
  DisplayFacts facts = good();
  facts.player->journal->lost = facts.player->journal->parked = facts.player->journal->rows = 1;
  facts.player->journal->problem = "read-only";
  facts.player->quarantined = facts.player->wrong_read_backs = facts.player->read_backs = 1;
  const std::string screen = one_screen(facts);
  for (const char* words :
       {"1 play is lost, ", "1 play waits in memory, and goes with the power",
        "1 file of the store is damaged", "once the glass held", "1 row, ", "read back once, "})
    EXPECT_THAT(screen, HasSubstr(words));
}

TEST(DisplayStatus, ADiskIsShortFromTheByteThatTheJournalLacks) {
  const auto with_free = [](std::uint64_t free) {
    return needs([&](DisplayFacts& facts) {
      facts.player->journal->keep_free = 5'000'000;
      facts.disk_free = free;
    });
  };
  EXPECT_EQ(with_free(5'000'000), "");
  EXPECT_THAT(with_free(4'999'999), HasSubstr("the journal wants 5.0 MB more"));
}

TEST(DisplayStatus, DamageAWrongGlassAndAClockThatNobodyConfirmsAreSaid) {
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->quarantined = 2; }),
              HasSubstr("2 files of the store are damaged"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->wrong_read_backs = 1; }),
              HasSubstr("look at the screen"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->grade = ClockGrade::floor_only; }),
              HasSubstr("nothing confirms the clock"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.player->grade = ClockGrade::impossible; }),
              HasSubstr("the clock is impossible"));
}

TEST(DisplayStatus, AReleaseThatIsThereAndDoesNotPlayIsSaidUnlessItJustCame) {
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.current = 43; }),
              HasSubstr("generation 42 plays, though 43 is there"));
  EXPECT_EQ(needs([](DisplayFacts& facts) {
              facts.current = 43;
              facts.is_current_new = true;
            }),
            "");
}

TEST(DisplayStatus, ADayWithoutAnUpdateIsSaidAndAnHourIsNot) {
  const auto after = [](Millis passed) {
    return needs([&](DisplayFacts& facts) {
      facts.sync->state = SyncState::failing;
      facts.sync->error = "no connection";
      facts.now += passed;
    });
  };
  EXPECT_EQ(after(std::chrono::hours{24}), "");
  EXPECT_THAT(after(std::chrono::hours{24} + Millis{1}), HasSubstr("no connection"));
}

TEST(DisplayStatus, ASyncThatIsLateIsSaidWhateverItSaysOfItself) {
  for (const SyncState state : {SyncState::starting, SyncState::fetching, SyncState::up_to_date,
                                SyncState::failing, SyncState::stopped})
    EXPECT_THAT(needs([&](DisplayFacts& facts) {
                  facts.sync->state = state;
                  facts.now += std::chrono::hours{24 * 16};
                }),
                HasSubstr("not been up to date for 16 days: systemctl status noseon-sync"));
  EXPECT_THAT(
      needs([](DisplayFacts& facts) {
        facts.sync.reset();
        facts.player->issued = facts.now - std::chrono::hours{24 * 3};
      }),
      HasSubstr("has not run since this machine started, and what is here was signed 3 days ago"));
  EXPECT_THAT(needs([](DisplayFacts& facts) { facts.sync.reset(); }),
              HasSubstr("has not run since this machine started: systemctl enable"));
}

TEST(DisplayStatus, AMachineThatHasJustStartedIsLeftToFindItsNetwork) {
  const auto since_boot = [](Millis time) {
    return needs([&](DisplayFacts& facts) {
      facts.sync->last_success.reset();
      facts.sync->state = SyncState::failing;
      facts.sync->error = "no connection";
      facts.player->issued = facts.now - std::chrono::hours{48};
      facts.now_steady = facts.player->written_steady = time;
    });
  };
  EXPECT_EQ(since_boot(std::chrono::minutes{15} - Millis{1}), "");
  EXPECT_THAT(since_boot(std::chrono::minutes{15}), HasSubstr("for 2 days: no connection"));
  // What was signed a day ago was up to date then: a night in the depot is no trouble.
  EXPECT_EQ(needs([](DisplayFacts& facts) {
              facts.sync->last_success.reset();
              facts.sync->error = "no connection";
              facts.player->issued = facts.now - std::chrono::hours{24};
            }),
            "");
}

TEST(DisplayStatus, AStoreThatThisUserMayNotReadIsNoEmptyOne) {
  const std::string said = needs([](DisplayFacts& facts) {
    facts.is_store_hidden = true;
    facts.current.reset();
    facts.reserved.reset();
  });
  EXPECT_THAT(said, HasSubstr("may not read the store: ask as root (sudo)"));
}

TEST(DisplayStatus, AnUnsignedFolderNeedsNoStore) {
  EXPECT_EQ(needs([](DisplayFacts& facts) {
              facts.has_store = false;
              facts.current.reset();
              facts.sync.reset();
              facts.player->is_store = false;
              facts.player->generation = 0;
            }),
            "");
}

TEST(DisplayStatus, TheFirstLineSaysTheMostPressingAndAllOfThemAreThere) {
  DisplayFacts facts = good();
  facts.is_player_alive = false;
  facts.player->quarantined = 2;
  const auto lines = lines_of(one_screen(facts));
  EXPECT_THAT(lines[0], StartsWith("- noseon-player is dead"));
  EXPECT_THAT(one_screen(facts), HasSubstr("- 2 files of the store are damaged"));
}

TEST(DisplayStatus, SaysOfATrustedClockWhenItWasConfirmedAndOfAnotherWhatIsCertain) {
  DisplayFacts facts = good();
  facts.player->confirmed = facts.player->civil - std::chrono::minutes{3};
  EXPECT_THAT(one_screen(facts), HasSubstr("trusted; confirmed 3 min ago"));
  facts.player->grade = ClockGrade::floor_only;
  facts.player->floor = kMorning;
  EXPECT_THAT(one_screen(facts), HasSubstr("not confirmed; at least 2027-02-24 23:00"));
}

TEST(DisplayStatus, NothingOfAStoreThatPlaysIsNoUnsignedFolder) {
  EXPECT_THAT(needs([](DisplayFacts& facts) {
                facts.player->is_store = true;
                facts.player->generation = 0;
                facts.current = 7;
              }),
              HasSubstr("nothing of the store plays, though generation 7 is there"));
  EXPECT_THAT(needs([](DisplayFacts& facts) {
                facts.player->crashes = {.cost = CrashRemark::Cost::left_out, .names = "a/b"};
              }),
              HasSubstr("left out after crashes: a/b: journalctl"));
}

TEST(DisplayStatus, BothVersionsAreShownAndTwoThatDifferAreAHalfDoneUpdate) {
  EXPECT_THAT(one_screen(good()),
              HasSubstr("sync      up to date; was last up to date 0 s ago; Noseon 1.2.3\n"));
  EXPECT_THAT(one_screen(good()), HasSubstr("player    Noseon 1.2.3, process 812"));
  EXPECT_EQ(needs([](DisplayFacts& facts) { facts.sync->version = "1.2.4"; }),
            "noseon-player is of Noseon 1.2.3 and noseon-sync of 1.2.4, so an update is half done: "
            "finish it (apt-get -f install), then systemctl restart noseon-player noseon-sync");
  DisplayFacts older = good();
  older.sync->version.clear();
  EXPECT_THAT(what_needs_a_person(older), IsEmpty()) << "one that does not tell may be the same";
  EXPECT_THAT(one_screen(older), HasSubstr("sync      up to date; was last up"));
}

TEST(DisplayStatus, CountsOfFramesThatOutgrowTheirColumnAreRoundedDown) {
  const auto column_of = [](std::uint64_t count) {
    DisplayFacts facts = good();
    facts.player->histogram = {{0, count, 0}, {1, 7, 0}};
    for (const std::string& line : lines_of(one_screen(facts)))
      if (line.starts_with("  work")) return line.substr(10);
    return std::string();
  };
  EXPECT_EQ(column_of(0), "    0    7");
  EXPECT_EQ(column_of(9'999), " 9999    7");
  EXPECT_EQ(column_of(10'000), "  10k    7");
  EXPECT_EQ(column_of(12'999), "  12k    7");
  EXPECT_EQ(column_of(999'999), " 999k    7");
  EXPECT_EQ(column_of(1'000'000), " 1.0M    7");
  EXPECT_EQ(column_of(3'499'999), " 3.4M    7");
  EXPECT_EQ(column_of(9'999'999), " 9.9M    7");
  EXPECT_EQ(column_of(10'000'000), "  10M    7");
  EXPECT_EQ(column_of(999'999'999), " 999M    7");
  EXPECT_EQ(column_of(1'000'000'000), " 1.0G    7");
  EXPECT_EQ(column_of(UINT64_MAX), "  18E    7");
}

TEST(DisplayStatus, IsOneScreenWhateverIsTheMatter) {
  DisplayFacts facts = good();
  facts.is_player_alive = false;
  facts.player->display = std::string(300, 'w');
  facts.player->campaign = std::string(90, 'w') + "사람들";
  facts.player->reason = Reason{.turns = INT64_MAX,
                                .loop_turns = INT64_MAX,
                                .items = INT64_MAX,
                                .loop_length = Millis{INT64_MAX / 2}};
  facts.player->crashes = {.cost = CrashRemark::Cost::left_out, .names = std::string(300, 'n')};
  facts.player->stage = "가" + std::string(250, 'x');
  facts.player->quarantined = facts.player->wrong_read_backs = UINT64_MAX / 2;
  facts.player->grade = ClockGrade::impossible;
  *facts.player->journal = {.problem = std::string(300, 'p'), .set_aside = std::string(300, 's')};
  facts.player->journal->parked = facts.player->journal->lost = INT64_MAX;
  facts.sync->error = std::string(250, 'e');
  facts.sync->version = std::string(250, 'v');
  facts.sync->last_success.reset();
  facts.current = 99;
  const auto lines = lines_of(one_screen(facts));
  EXPECT_LE(lines.size(), 25U);
  for (const std::string& line : lines) EXPECT_LE(terminal_width(line), 80U) << line;
}

// ---- As its user runs it ------------------------------------------------------------------------

class DisplayCommand : public ::testing::Test {
 protected:
  // What a player that runs would have written: this test is one.
  [[nodiscard]] static PlayerStatus of_this_process() {
    PlayerStatus player = good_player();
    player.pid = ::getpid();
    player.process_start = process_start(player.pid).value();
    player.boot = boot_id();
    const auto now = std::chrono::steady_clock::now();
    player.written_steady = std::chrono::floor<Millis>(now.time_since_epoch());
    player.due_steady = player.written_steady + kStatusOldAfter;
    player.is_store = false;
    player.generation = 0;
    return player;
  }
  void write(const PlayerStatus& player) const {
    folder_.write(kPlayerStatusFile, write_player_status(player));
  }
  [[nodiscard]] Ran status(const std::vector<std::string>& more = {},
                           const Locale& locale = {}) const {
    std::vector<std::string> words{"status",    "--display",
                                   "--run",     folder_.path().string(),
                                   "--store",   (folder_ / "none").string(),
                                   "--journal", folder_.path().string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_noseon(words, locale);
  }
  TemporaryFolder folder_;
};

TEST_F(DisplayCommand, AllIsWellIsZeroAndWhatNeedsAPersonIsOne) {
  write(of_this_process());
  const Ran well = status();
  EXPECT_EQ(well.exit_code, 0) << well.out << well.err;
  EXPECT_THAT(well.out, StartsWith("all is well: khojaly/names plays\n"));
  PlayerStatus player = of_this_process();
  player.journal->lost = 1;
  write(player);
  EXPECT_EQ(status().exit_code, 1);
  EXPECT_EQ(status({"--nonsense"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"status"}).exit_code, 2);
}

TEST_F(DisplayCommand, APlayerOfTheSameNumberThatBeganAtAnotherTimeIsDead) {
  PlayerStatus player = of_this_process();
  --player.process_start;
  write(player);
  const Ran ran = status();
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, StartsWith("noseon-player is dead"));
}

TEST_F(DisplayCommand, WithoutAFileOrWithAHalfOneItSaysWhatToDo) {
  const Ran none = status();
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.out, StartsWith("noseon-player does not run, or tells of itself elsewhere"));
  for (const std::string& half : {std::string("{\"format\": \"nose"), std::string(70'000, 'x')}) {
    folder_.write(kPlayerStatusFile, half);
    const Ran ran = status();
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_THAT(ran.out, StartsWith("what noseon-player says cannot be read"));
  }
}

TEST_F(DisplayCommand, KoreanIsOneScreenToo) {
  PlayerStatus player = of_this_process();
  player.grade = ClockGrade::floor_only;
  write(player);
  const Ran ran = status({}, kKorean);
  EXPECT_THAT(ran.out, StartsWith("시계를 확인해 주는 것이 없어"));
  const auto lines = lines_of(ran.out);
  EXPECT_LE(lines.size(), 25U);
  for (const std::string& line : lines) EXPECT_LE(terminal_width(line), 80U) << line;
}

TEST_F(DisplayCommand, WhyItShowsThatIsSaidInTheReadersLanguageWhateverThePlayersIs) {
  PlayerStatus player = of_this_process();
  player.crashes = {.cost = CrashRemark::Cost::left_out, .names = "spring/poison"};
  write(player);
  EXPECT_THAT(status().out, HasSubstr("its turn: 3 of 17 turns in a loop of 2 min 4 s"));
  const std::string korean = status({}, kKorean).out;
  EXPECT_THAT(korean, HasSubstr("지금 차례입니다: 한 바퀴 2분 4초, 17차례 가운데 3차례"));
  EXPECT_THAT(korean, HasSubstr("spring/poison"));
  EXPECT_THAT(korean, Not(HasSubstr("crashes")));
}

TEST_F(DisplayCommand, MachinesReadTheSame) {
  write(of_this_process());
  SyncReport report;
  report.version = "1.2.3";
  report.last_success = SystemClock().now();
  folder_.write(kSyncReportFile, write_report(report));
  const Ran ran = status({"--json"});
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["well"], true);
  EXPECT_EQ(json["player"]["shows"]["item"], "names");
  EXPECT_EQ(json["player_is_alive"], true);
  EXPECT_EQ(json["player"]["version"], "1.2.3");
  EXPECT_EQ(json["sync"]["version"], "1.2.3");
  EXPECT_TRUE(json["disk"]["free"].is_number());
}

}  // namespace
}  // namespace noseon::testing
