// Crashes counted on a disk: what counts as one, and what is kept of it. A run is an object here;
// one that goes without ends() has crashed.
#include "player/crashes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "base/files.h"
#include "player/calm.h"
#include "player/frame_cache.h"
#include "tests/player/show_rig.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const Sha256 kPoison = sha256("poison");

class CountedCrashes : public ::testing::Test {
 protected:
  std::unique_ptr<Crashes> start(const std::string& boot = "boot") {
    clock_.advance(1s);
    auto run = std::make_unique<Crashes>(state_, run_, boot, clock_);
    run->count();
    return run;
  }
  void crash_with(const Sha256& content, const std::string& boot = "boot") {
    const auto run = start(boot);
    run->shows(content, "spring/poison");
    run->was_brought();
  }
  [[nodiscard]] Ladder on_disk() const {
    return read_file(state_ / "crashes.json", kLadderBytesMax)
        .and_then(read_ladder)
        .value_or(Ladder{});
  }

  TemporaryFolder folder_;
  fs::path state_ = folder_ / "state";
  fs::path run_ = folder_ / "run";
  FakeClock clock_{Instant{}};
};

TEST_F(CountedCrashes, TheFourthStartKnowsWhatTheFirstThreeDiedOf) {
  for (int i = 0; i < 3; ++i) crash_with(kPoison);
  EXPECT_EQ(start()->rung(), Rung::previous);
  EXPECT_TRUE(is_left_out(on_disk(), kPoison));
}

// ---- An item that comes once a loop of 135 s, and hangs the player each time -------------------

class CrashesOfALoop : public CountedCrashes {
 protected:
  // A run in which each of these stands for a while; it ends while the last one does.
  void play(const std::vector<std::string>& items) {
    const auto run = start();
    for (const std::string& item : items) {
      clock_.advance(120s / static_cast<int>(items.size()));
      run->shows(sha256(item), "spring/" + item);
      run->was_brought();
    }
    clock_.advance(15s);
  }
};

TEST_F(CrashesOfALoop, TheThirdTimeItIsLeftOutAndTheReleasePlaysOn) {
  ::testing::internal::CaptureStderr();
  for (int loop = 0; loop < 3; ++loop) play({"blue", "green", "poison"});
  const auto run = start();
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(is_left_out(on_disk(), kPoison));
  EXPECT_THAT(on_disk().left_out, ::testing::SizeIs(1));
  EXPECT_THAT(on_disk().avoided, ::testing::IsEmpty());
  EXPECT_THAT(said, HasSubstr("spring/poison is left out"));
  EXPECT_THAT(said, ::testing::Not(HasSubstr("the release before")));
}

TEST_F(CrashesOfALoop, OneThatAlsoWentWellInTheRunThatCrashedIsNot) {
  for (int loop = 0; loop < 6; ++loop) play({"blue", "poison", "green", "poison"});
  EXPECT_THAT(on_disk().left_out, ::testing::IsEmpty());
}

TEST_F(CrashesOfALoop, OneThatWentWellInARunThatEndedInOrderIsNot) {
  for (int loop = 0; loop < 6; ++loop) {
    play({"blue", "poison"});
    const auto run = start();
    run->shows(kPoison, "spring/poison");
    run->was_brought();
    run->shows(sha256("blue"), "spring/blue");
    run->ends();
  }
  EXPECT_EQ(start()->rung(), Rung::everything);
}

TEST_F(CrashesOfALoop, OneThatDidNotComeToTheGlassHasNotGoneWell) {
  for (int loop = 0; loop < 3; ++loop) {
    play({"poison"});
    const auto run = start();
    run->shows(kPoison, "spring/poison");
    run->shows(sha256("blue"), "spring/blue");
    run->ends();
  }
  EXPECT_TRUE(is_left_out(on_disk(), kPoison));
}

TEST_F(CountedCrashes, AStartAfterAnOrderlyEndIsNoCrash) {
  for (int i = 0; i < 10; ++i) {
    const auto run = start();
    run->shows(kPoison, "spring/poison");
    run->ends();
  }
  EXPECT_EQ(start()->rung(), Rung::everything);
  EXPECT_FALSE(fs::exists(state_ / "crashes.json")) << "nothing is written for it";
}

TEST_F(CountedCrashes, AnEndThatCameBeforeThePastWasCountedIsOrderly) {
  for (int i = 0; i < 10; ++i) {
    Crashes run(state_, run_, "boot", clock_);
    run.ends();
    run.count();
  }
  EXPECT_EQ(start()->rung(), Rung::everything);
}

TEST_F(CountedCrashes, SaysNothingOfACardWhereALaterReleasePlays) {
  for (int i = 0; i < 6; ++i) {
    const auto run = start();
    run->reads(sha256("generation"));
    run->shows(kPoison, "spring/poison");
    run->was_brought();
  }
  const auto run = start();
  ASSERT_EQ(run->rung(), Rung::card);
  EXPECT_THAT(in_words(run->remark()), HasSubstr("the built-in card alone"));
  run->reads(sha256("a later one"));
  EXPECT_THAT(in_words(run->remark()), HasSubstr("left out after crashes: spring/poison"));
}

TEST_F(CountedCrashes, APowerCutIsNoCrash) {
  for (int i = 0; i < 10; ++i) crash_with(kPoison, "boot " + std::to_string(i));
  EXPECT_EQ(start("the last")->rung(), Rung::everything);
  EXPECT_FALSE(fs::exists(state_ / "crashes.json"));
}

TEST_F(CountedCrashes, WhatWasLeftOutIsSoAfterAPowerCutThatEmptiedTheRunFolder) {
  for (int i = 0; i < 3; ++i) crash_with(kPoison);
  start().reset();
  fs::remove_all(run_);
  const auto run = start("another");
  EXPECT_EQ(run->rung(), Rung::previous);
  EXPECT_THAT(in_words(run->remark()), HasSubstr("spring/poison"));
}

TEST_F(CountedCrashes, OrdersOfWhatIsLeftOutAreRefusedAndOthersAreWrittenDownFirst) {
  const auto playlist = rig_playlist(kTwoInTurn);
  const Sha256 a = content_key(*playlist, EntryIndex{0}, *rig_display());
  for (int i = 0; i < 3; ++i) crash_with(a);
  const auto run = start();
  const auto refused = run->begin({1, playlist, rig_display(), {.entry = 0}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::denied);
  ASSERT_TRUE(run->begin({2, playlist, rig_display(), {.entry = 1}}));
  EXPECT_THAT(read_file(run_ / "trail.json", 1U << 16U).value(), HasSubstr("\"item\":\"c/b\""));
  run->end();
  EXPECT_THAT(read_file(run_ / "trail.json", 1U << 16U).value(), HasSubstr("\"made\":null"));
}

TEST_F(CountedCrashes, AnHourIsCountedOverStartsAndHeals) {
  for (int i = 0; i < 3; ++i) crash_with(kPoison);
  start()->ends();
  for (int i = 0; i < 5; ++i) {
    const auto run = start("boot " + std::to_string(i));
    EXPECT_EQ(run->next_count(), 10min);
    run->played(10min);
    run->save();
    run->ends();
  }
  const auto run = start("the last");
  EXPECT_EQ(run->rung(), Rung::previous);
  EXPECT_EQ(run->times_healed(), 0U);
  run->played(10min);
  EXPECT_EQ(run->times_healed(), 1U);
  EXPECT_EQ(run->rung(), Rung::everything);
  EXPECT_EQ(run->next_count(), std::nullopt);
  run->save();
  Ladder clear;
  clear.boot = "boot";
  EXPECT_EQ(on_disk(), clear);
}

TEST_F(CountedCrashes, TheTimeOfAShortIgnitionCountsAtItsOrderlyEnd) {
  for (int i = 0; i < 3; ++i) crash_with(kPoison);
  start()->ends();
  for (int i = 1; i <= 2; ++i) {
    const auto run = start("boot " + std::to_string(i));
    PollLoop loop;
    Calm calm(*run, loop, [] { FAIL() << "nothing is healed yet"; });
    calm.begin();
    std::this_thread::sleep_for(1200ms);
    calm.end();
    calm.end();
    run->ends();
    EXPECT_EQ(on_disk().calm, std::chrono::seconds{i});
  }
}

TEST_F(CountedCrashes, ADamagedFileIsKeptAsideAndCountedAnew) {
  for (int i = 0; i < 3; ++i) crash_with(kPoison);
  start()->ends();
  for (const std::string bytes : {"", "{", "\0\0\0\0", "[]", "{\"format\":\"noseon.crashes/1\"}"}) {
    folder_.write("state/crashes.json", bytes);
    EXPECT_EQ(start()->rung(), Rung::everything) << bytes;
    EXPECT_EQ(read_file(state_ / "crashes.json.bad", 1000).value(), bytes);
    fs::remove(run_ / "trail.json");
  }
}

TEST_F(CountedCrashes, WhereNothingCanBeWrittenThePlayerPlaysOn) {
  folder_.write("state", "a file");
  folder_.write("run", "a file");
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 4; ++i) crash_with(kPoison);
  EXPECT_EQ(start()->rung(), Rung::everything);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("is not known"));
}

TEST_F(CountedCrashes, ATrailThatIsNotOursIsNeitherFollowedNorBelieved) {
  const fs::path other = folder_.write("other", "precious");
  fs::create_directories(run_);
  fs::create_symlink(other, run_ / "trail.json");
  crash_with(kPoison);
  EXPECT_EQ(read_file(other, 100).value(), "precious");
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(run_ / "trail.json")));
}

TEST_F(CountedCrashes, WhatStandsIsWrittenOnceHoweverOftenItIsSaid) {
  const auto run = start();
  run->shows(kPoison, "spring/poison");
  run->was_brought();
  struct stat before {};
  ASSERT_EQ(::stat((run_ / "trail.json").c_str(), &before), 0);
  for (int i = 0; i < 100; ++i) {
    run->shows(kPoison, "spring/poison");
    run->was_brought();
  }
  struct stat after {};
  ASSERT_EQ(::stat((run_ / "trail.json").c_str(), &after), 0);
  EXPECT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

// ---- The content of an item -------------------------------------------------------------------

Sha256 key_of(const std::string& items, EntryIndex entry = 0) {
  return content_key(*rig_playlist(items), entry, *rig_display());
}

TEST(ContentKey, IsNeitherTheNameNorWhenItShows) {
  const std::string words = "text = { en = \"words\" }\n";
  const Sha256 key = key_of("[[item]]\nid = \"a\"\n" + words);
  EXPECT_EQ(key, key_of("[[item]]\nid = \"b\"\n" + words));
  EXPECT_EQ(key, key_of("[[item]]\nid = \"a\"\nseconds = 20\nhours = \"06:00-09:00\"\n" + words));
  EXPECT_NE(key, key_of("[[item]]\nid = \"a\"\ntext = { en = \"other words\" }\n"));
}

}  // namespace
}  // namespace noseon
