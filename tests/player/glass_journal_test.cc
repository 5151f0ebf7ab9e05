// The real noseon-player, a signed store and its journal: what was shown is what is written down.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/boot.h"
#include "base/files.h"
#include "player/player_status.h"
#include "player/proof_of_play.h"
#include "playlist/schedule.h"
#include "tests/media/picture_files.h"
#include "tests/player/journal_rig.h"
#include "tests/player/pictures.h"
#include "tests/player/show_rig.h"
#include "tests/player/virtual_screen.h"
#include "tests/support/signed_store.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr Size kSmall{64, 36};

// A display that nobody looks at; its player plays what was signed.
class JournalOnGlass : public ::testing::Test {
 protected:
  void SetUp() override { folder_.write("root.json", repository_.root()); }
  void TearDown() override {
    if (HasFailure() && player_) std::cerr << player_->said();
  }

  static std::string png(Color color) {
    const auto pixels = words(*solid(kSmall, color));
    return testing::rgba_png(kSmall, pixels);
  }
  // Each two seconds long, and cut, so that no frame of a fade blurs an edge.
  void publish(const std::vector<std::string>& posters, int seconds = 2) {
    items_.clear();
    std::map<std::string, std::string> pictures;
    for (const std::string& id : posters) {
      items_ += "[[item]]\nid = \"" + id + "\"\nposter = \"" + id +
                ".png\"\ntransition = \"cut\"\nseconds = " + std::to_string(seconds) + "\n";
      pictures[id + ".png"] = poster(id);
    }
    repository_.set_campaign("seoul", "spring", items_, pictures, kSmall);
    store_.publish(repository_);
  }
  [[nodiscard]] static std::string poster(const std::string& id) {
    return png({static_cast<std::uint8_t>(id[0]), 32, 32});
  }
  Program& play(std::vector<std::string> more = {}) {
    std::error_code none;
    fs::remove(run() / kPlayerStatusFile, none);  // the last run's word
    std::vector<std::string> arguments{NOSEON_BIN_DIR "/noseon-player",
                                       "--size",
                                       "64x36",
                                       "--cache",
                                       "",
                                       "--store",
                                       store_.path().string(),
                                       "--root",
                                       (folder_ / "root.json").string(),
                                       "--state",
                                       (folder_ / "state").string()};
    for (const auto& [option, place] :
         {std::pair("--run", run()), std::pair("--journal", journal())})
      if (std::ranges::find(more, option) == more.end())
        more.insert(more.end(), {option, place.string()});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return player_.emplace(arguments, std::vector<std::string>{"SDL_VIDEODRIVER=offscreen"},
                           folder_ / "log");
  }
  // Ends it as an operator does.
  std::string end() {
    player_->signal(SIGTERM);
    EXPECT_EQ(player_->wait_for_end(30'000), 0) << player_->said();
    return player_->said();
  }
  [[nodiscard]] fs::path run() const { return folder_ / "run"; }
  [[nodiscard]] fs::path journal() const { return folder_ / "journal"; }
  [[nodiscard]] fs::path plays_db() const { return journal() / "plays.db"; }

  [[nodiscard]] std::optional<PlayerStatus> status() const {
    const auto text = read_file(run() / kPlayerStatusFile, kPlayerStatusBytesMax);
    if (!text) return std::nullopt;
    const auto status = read_player_status(*text);
    EXPECT_TRUE(status) << "it is never there by halves: " << *text;
    return status ? std::optional(*status) : std::nullopt;
  }
  template <class Condition>
  [[nodiscard]] bool comes_to(const Condition& condition) const {
    for (int i = 0; i < 3000; ++i) {
      if (const auto now = status(); now && condition(*now)) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
  [[nodiscard]] bool records(std::int64_t plays) const {
    return comes_to(
        [&](const PlayerStatus& now) { return now.journal && now.journal->recorded >= plays; });
  }
  [[nodiscard]] std::vector<Row> plays() const {
    std::vector<Row> rows = testing::rows_of(plays_db());
    std::erase_if(rows, [](const Row& row) { return row.kind != RecordKind::play; });
    return rows;
  }
  // While the player writes; 0 where there is nothing yet.
  [[nodiscard]] std::int64_t last_sequence() const {
    const auto file = JournalFile::open(plays_db());
    const auto row = file ? file->last_row() : Result<std::optional<Row>>(std::nullopt);
    return row && *row ? (*row)->sequence : 0;
  }
  // The schedule of what was published, by a playlist of the same items.
  [[nodiscard]] std::string item_at(Instant at) const {
    const auto playlist = rig_playlist(items_);
    const Showing showing = showing_at(*playlist, *rig_display(kSmall), {}, at);
    return playlist->item_of(showing.slot.entry.value()).id.str();
  }

  TemporaryFolder folder_;
  TestRepository repository_;
  SignedStore store_{folder_ / "store"};
  std::string items_;
  std::optional<Program> player_;
};

void expect_no_gap(const std::vector<Row>& plays) {
  for (std::size_t i = 1; i < plays.size(); ++i)
    EXPECT_EQ(plays[i].steady, plays[i - 1].steady + plays[i - 1].shown) << i;
}

TEST_F(JournalOnGlass, ThePlaysAreWhatTheScheduleSaysAndShownIsRecorded) {
  publish({"a", "b", "c"});
  play();
  ASSERT_TRUE(records(3));
  end();
  const std::vector<Row> rows = plays();
  ASSERT_GE(rows.size(), 4U);
  expect_no_gap(rows);
  for (const Row& row : rows) {
    EXPECT_EQ(row.item, item_at(row.start + row.shown / 2)) << row.sequence;
    EXPECT_EQ(row.campaign, "spring");
    EXPECT_EQ(row.agency, "seoul");
    EXPECT_EQ(row.generation, 1);
    EXPECT_EQ(row.blobs, to_hex(sha256(poster(row.item))));
    EXPECT_EQ(row.boot, boot_id());
    EXPECT_EQ(row.display, "display");
    EXPECT_EQ(row.complete, &row != &rows.back()) << "TERM cut the last one short";
  }
  const auto last = status();
  ASSERT_TRUE(last && last->journal);
  EXPECT_TRUE(last->has_ended);
  EXPECT_EQ(last->journal->shown, static_cast<std::int64_t>(rows.size()));
  EXPECT_EQ(last->journal->recorded, last->journal->shown);
  EXPECT_EQ(last->journal->parked + last->journal->lost, 0);
  const Verification found = testing::verified(plays_db());
  EXPECT_TRUE(found.findings.empty()) << testing::first_finding(found);
  EXPECT_EQ(found.sealed, rows.back().sequence) << "an orderly end seals all";
}

TEST_F(JournalOnGlass, AKillLosesThePlayInProgressAloneAndTheChainGoesOn) {
  publish({"a", "b"}, 1);
  play();
  ASSERT_TRUE(records(2));
  const std::int64_t told = status()->journal->recorded;
  player_->signal(SIGKILL);
  EXPECT_EQ(player_->wait_for_end(10'000), 128 + SIGKILL);
  const std::vector<Row> before = plays();
  EXPECT_GE(static_cast<std::int64_t>(before.size()), told);
  expect_no_gap(before);
  for (const Row& row : before) EXPECT_TRUE(row.complete) << "what was in progress is not there";
  play();
  ASSERT_TRUE(records(1));
  end();
  EXPECT_GE(plays().size(), before.size() + 1);
  const Verification found = testing::verified(plays_db());
  EXPECT_TRUE(found.findings.empty()) << testing::first_finding(found);
}

TEST_F(JournalOnGlass, WhatIsWithdrawnInItsSlotIsNotCompleteAndTheNextReleaseIsNamed) {
  publish({"a"}, 3600);
  play();
  ASSERT_TRUE(comes_to([](const PlayerStatus& now) { return now.item == "a"; }));
  publish({"b"}, 3600);
  ASSERT_TRUE(records(1));
  end();
  const std::vector<Row> rows = plays();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].item, "a");
  EXPECT_EQ(rows[0].generation, 1);
  EXPECT_FALSE(rows[0].complete);
  EXPECT_EQ(rows[1].item, "b");
  EXPECT_EQ(rows[1].generation, 2);
  expect_no_gap(rows);
}

TEST_F(JournalOnGlass, AJournalThatCannotBeOpenedCostsNoFrameAndIsSaidOnce) {
  publish({"a", "b"}, 1);
  folder_.write("journal", "no folder");
  play();
  ASSERT_TRUE(
      comes_to([](const PlayerStatus& now) { return now.journal && now.journal->parked >= 2; }));
  const PlayerStatus now = *status();
  EXPECT_EQ(now.shows, OnDisplay::item);
  EXPECT_EQ(now.journal->shown, now.journal->parked);
  EXPECT_EQ(now.journal->lost, 0);
  EXPECT_THAT(now.journal->problem, HasSubstr("journal"));
  const std::string said = end();
  const std::string complaint = "plays cannot be written down";
  const auto first = said.find(complaint);
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_EQ(said.find(complaint, first + 1), std::string::npos) << said;
  EXPECT_THAT(said, HasSubstr("--journal DIR"));
}

TEST_F(JournalOnGlass, ARunFolderThatTakesNothingCostsNoFrameAndIsSaidOnce) {
  publish({"a", "b"}, 1);
  folder_.write("run", "no folder");
  play();
  ASSERT_TRUE(testing::wait_until([&] { return last_sequence() >= 4; }));
  const std::string said = end();
  const auto first = said.find("will know nothing of this player");
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_EQ(said.find("will know nothing", first + 1), std::string::npos) << said;
}

TEST_F(JournalOnGlass, NoneIsKeptWhereNoneIsWantedAndASimulatedClockProvesNothing) {
  publish({"a", "b"}, 1);
  play({"--journal", ""});
  ASSERT_TRUE(comes_to([](const PlayerStatus& now) { return now.shows == OnDisplay::item; }));
  EXPECT_FALSE(status()->journal);
  end();
  EXPECT_FALSE(fs::exists(journal()));
  play({"--at", "2027-02-25 08:00"});
  ASSERT_TRUE(records(1));
  end();
  for (const Row& row : plays()) EXPECT_EQ(row.grade, ClockGrade::impossible);
}

}  // namespace
}  // namespace noseon
