// What becomes of crashes, on exact boundaries.
#include "player/ladder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noseon {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

Work work(const std::string& content, const std::string& name = "spring/red") {
  return {sha256(content), name};
}
const Sha256 kRelease = sha256("release");
const Sha256 kBefore = sha256("the one before");

Crash crash_at(seconds at, std::optional<Work> shown, std::optional<Work> made = {}) {
  return {.at = at,
          .shown = std::move(shown),
          .was_brought = true,
          .made = std::move(made),
          .generation = kRelease};
}

Ladder after_crashes(Ladder ladder, const std::vector<Crash>& crashes,
                     const std::string& boot = "boot") {
  for (const Crash& crash : crashes) ladder = after_crash(std::move(ladder), boot, crash);
  return ladder;
}

Ladder after_three(Ladder ladder = {}) {
  return after_crashes(std::move(ladder), {crash_at(10s, work("a")), crash_at(12s, work("a")),
                                           crash_at(14s, work("a"))});
}

TEST(LadderOfCrashes, TwoAreNoReason) {
  const Ladder ladder = after_crashes({}, {crash_at(10s, work("a")), crash_at(11s, work("a"))});
  EXPECT_EQ(ladder.rung, Rung::everything);
  EXPECT_THAT(ladder.left_out, IsEmpty());
}

TEST(LadderOfCrashes, TheThirdWithinTwoMinutesLeavesOutTheItemAndAvoidsTheRelease) {
  const Ladder ladder = after_crashes(
      {}, {crash_at(10s, work("a")), crash_at(70s, work("a")), crash_at(130s, work("a"))});
  EXPECT_EQ(ladder.rung, Rung::previous);
  EXPECT_TRUE(is_left_out(ladder, sha256("a")));
  EXPECT_TRUE(is_avoided(ladder, kRelease));
}

TEST(LadderOfCrashes, ASecondMoreThanTwoMinutesIsNoReason) {
  const Ladder ladder = after_crashes(
      {}, {crash_at(10s, work("a")), crash_at(70s, work("a")), crash_at(131s, work("a"))});
  EXPECT_EQ(ladder.rung, Rung::everything);
  EXPECT_THAT(ladder.crashes, SizeIs(2)) << "the first is forgotten";
}

TEST(LadderOfCrashes, ThoseOfAnotherBootDoNotCount) {
  Ladder ladder = after_crashes({}, {crash_at(10s, work("a")), crash_at(12s, work("a"))}, "boot");
  ladder = after_crash(std::move(ladder), "another", crash_at(13s, work("a")));
  EXPECT_EQ(ladder.rung, Rung::everything);
  EXPECT_THAT(ladder.crashes, SizeIs(1));
}

TEST(LadderOfCrashes, WhatIsLeftOutStaysSoInTheNextBoot) {
  const Ladder ladder = after_crash(after_three(), "another", crash_at(5s, work("b")));
  EXPECT_EQ(ladder.rung, Rung::previous);
  EXPECT_TRUE(is_left_out(ladder, sha256("a")));
}

TEST(LadderOfCrashes, TheItemThatWasThereEachTimeIsToBlame) {
  const Ladder ladder =
      after_crashes({}, {crash_at(1s, work("b"), work("a")), crash_at(2s, work("c"), work("a")),
                         crash_at(3s, work("a"), work("d"))});
  EXPECT_TRUE(is_left_out(ladder, sha256("a")));
  EXPECT_THAT(ladder.left_out, SizeIs(1));
}

TEST(LadderOfCrashes, OfSeveralTheOneInTheMakingIsToBlame) {
  const Crash crash = crash_at(1s, work("stands"), work("made"));
  EXPECT_THAT(after_crashes({}, {crash, crash, crash}).left_out, ElementsAre(work("made")));
}

TEST(LadderOfCrashes, WhatWasOnItsWayToTheGlassIsToBlameBeforeWhatWasInTheMaking) {
  Crash crash = crash_at(1s, work("stands"), work("made"));
  crash.was_brought = false;
  EXPECT_THAT(after_crashes({}, {crash, crash, crash}).left_out, ElementsAre(work("stands")));
}

TEST(LadderOfCrashes, WhereNoneWasThereEachTimeItIsTheLastOne) {
  const Ladder ladder = after_crashes(
      {}, {crash_at(1s, work("a")), crash_at(2s, work("b")), crash_at(3s, work("c"))});
  EXPECT_THAT(ladder.left_out, ElementsAre(work("c")));
}

TEST(LadderOfCrashes, ItIsTheContentThatIsLeftOutWhateverItIsCalled) {
  const Ladder ladder =
      after_crashes({}, {crash_at(1s, work("a", "one")), crash_at(2s, work("a", "two")),
                         crash_at(3s, work("a", "three"))});
  EXPECT_TRUE(is_left_out(ladder, sha256("a")));
  EXPECT_FALSE(is_left_out(ladder, sha256("another version")))
      << "though it may be called the same";
}

TEST(LadderOfCrashes, ThreeMoreLeaveTheCardAlone) {
  Ladder ladder = after_three();
  Crash crash = crash_at(20s, work("b"));
  crash.generation = kBefore;
  ladder = after_crashes(std::move(ladder), {crash, crash});
  EXPECT_EQ(ladder.rung, Rung::previous);
  ladder = after_crash(std::move(ladder), "boot", crash);
  EXPECT_EQ(ladder.rung, Rung::card);
  EXPECT_TRUE(is_avoided(ladder, kBefore));
  EXPECT_TRUE(is_left_out(ladder, sha256("b")));
}

TEST(LadderOfCrashes, BelowTheCardNothingIsWrittenDownHoweverOftenItCrashes) {
  const Ladder card = after_three(after_three());
  ASSERT_EQ(card.rung, Rung::card);
  Ladder ladder = card;
  Crash crash;
  for (int i = 0; i < 1000; ++i) {
    crash.at = seconds{20 + i};
    ladder = after_crash(ladder, "boot", crash);
  }
  EXPECT_EQ(ladder, card);
}

TEST(LadderOfCrashes, AnHourOfCalmIsAStepUpAndASecondLessIsNot) {
  Ladder ladder = after_calm(after_three(), 59min + 59s);
  EXPECT_EQ(ladder.rung, Rung::previous);
  ladder = after_calm(std::move(ladder), 1s);
  EXPECT_EQ(ladder.rung, Rung::everything);
  EXPECT_FALSE(is_left_out(ladder, sha256("a")));
  EXPECT_FALSE(is_avoided(ladder, kRelease));
}

TEST(LadderOfCrashes, FromTheCardTheReleaseBeforeIsTriedFirst) {
  Ladder ladder = after_three();
  Crash crash = crash_at(20s, work("b"));
  crash.generation = kBefore;
  ladder = after_calm(after_crashes(std::move(ladder), {crash, crash, crash}), 1h);
  EXPECT_EQ(ladder.rung, Rung::previous);
  EXPECT_FALSE(is_avoided(ladder, kBefore));
  EXPECT_TRUE(is_avoided(ladder, kRelease));
  EXPECT_TRUE(is_left_out(ladder, sha256("b")));
  EXPECT_EQ(after_calm(ladder, 59min).rung, Rung::previous) << "and another hour is to pass";
}

TEST(LadderOfCrashes, ACrashBeginsTheHourAnew) {
  Ladder ladder = after_calm(after_three(), 59min);
  ladder = after_crash(std::move(ladder), "boot", crash_at(5000s, work("b")));
  EXPECT_EQ(after_calm(std::move(ladder), 59min).rung, Rung::previous);
}

TEST(LadderOfCrashes, IsReadAsItWasWritten) {
  Ladder ladder = after_three();
  ladder = after_crash(std::move(ladder), "boot", crash_at(20s, {}, work("b", "봄/빨강")));
  ladder.calm = 17s;
  const auto read = read_ladder(write_ladder(ladder));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, ladder);
  EXPECT_EQ(read_ladder(write_ladder({})).value(), Ladder{});
}

TEST(LadderOfCrashes, OfADamagedFileNothingIsBelieved) {
  const std::string text = write_ladder(after_three());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7)
    EXPECT_FALSE(read_ladder(text.substr(0, length))) << length;
  std::string other = text;
  other.replace(other.find("previous"), 8, "prevoius");
  EXPECT_FALSE(read_ladder(other));
  EXPECT_FALSE(read_ladder(std::string(kLadderBytesMax + 1, ' ')));
}

}  // namespace
}  // namespace noseon
