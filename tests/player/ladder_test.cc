// What becomes of crashes, on exact boundaries.
#include "player/ladder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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
          .shown_at = at,
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
      {}, {crash_at(10s, work("a")), crash_at(70s, work("b")), crash_at(131s, work("c"))});
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

// ---- An item that comes once a loop, and crashes the player each time -------------------------

// Three of them, the last so long after the first, and none within two minutes of two others.
Ladder after_three_in(seconds time) {
  return after_crashes({}, {crash_at(10s, work("a")), crash_at(10s + time / 2, work("a")),
                            crash_at(10s + time, work("a"))});
}

TEST(LadderOfALoop, AnItemThatTheThirdCrashWithinAnHourCameWithIsLeftOut) {
  EXPECT_THAT(after_three_in(1h).left_out, ElementsAre(work("a")));
  EXPECT_THAT(after_three_in(1h + 1s).left_out, IsEmpty());
}

TEST(LadderOfALoop, AtTheLengthOfTheDemonstrationsLoopsToo) {
  for (const seconds loop : {72s, 135s}) {
    const Ladder ladder = after_three_in(2 * loop);
    EXPECT_THAT(ladder.left_out, ElementsAre(work("a"))) << loop.count();
    EXPECT_EQ(ladder.rung, Rung::previous) << "so that an hour of calm takes it back";
    EXPECT_EQ(after_calm(ladder, 1h).rung, Rung::everything);
    EXPECT_FALSE(is_left_out(after_calm(ladder, 1h), sha256("a")));
  }
}

TEST(LadderOfALoop, TwoSuchCrashesAreNoReason) {
  EXPECT_THAT(after_crashes({}, {crash_at(10s, work("a")), crash_at(145s, work("a"))}).left_out,
              IsEmpty());
}

TEST(LadderOfALoop, TheReleaseIsKeptAndTheCardDoesNotComeNearer) {
  Ladder ladder = after_three_in(300s);
  EXPECT_FALSE(is_avoided(ladder, kRelease));
  for (const char* another : {"b", "c", "d"}) {
    ladder = after_crashes(std::move(ladder),
                           {crash_at(1000s, work(another)), crash_at(1100s, work(another)),
                            crash_at(1200s, work(another))});
    ladder.crashes.clear();
    EXPECT_TRUE(is_left_out(ladder, sha256(another)));
    EXPECT_EQ(ladder.rung, Rung::previous);
  }
  EXPECT_THAT(ladder.left_out, SizeIs(4));
}

TEST(LadderOfALoop, TwoItemsThatTakeTurnsInItAreBothLeftOut) {
  Ladder ladder;
  for (int loop = 0; loop < 3; ++loop) {
    const seconds begin{200 * loop};
    ladder = after_crashes(std::move(ladder),
                           {crash_at(begin + 10s, work("a")), crash_at(begin + 110s, work("b"))});
  }
  EXPECT_THAT(ladder.left_out, ElementsAre(work("a"), work("b")));
}

TEST(LadderOfALoop, WhatWentWellInBetweenIsNotToBlame) {
  Ladder ladder = after_crashes({}, {crash_at(10s, work("a")), crash_at(210s, work("a"))});
  EXPECT_TRUE(is_suspected(ladder, sha256("a")));
  ladder = after_going_well(std::move(ladder), sha256("a"));
  EXPECT_FALSE(is_suspected(ladder, sha256("a")));
  ladder = after_crashes(std::move(ladder), {crash_at(410s, work("a")), crash_at(610s, work("a"))});
  EXPECT_THAT(ladder.left_out, IsEmpty());
  ladder = after_crash(std::move(ladder), "boot", crash_at(810s, work("a")));
  EXPECT_THAT(ladder.left_out, ElementsAre(work("a"))) << "the third of another row";
}

TEST(LadderOfALoop, ThatAnotherWentWellSaysNothing) {
  Ladder ladder = after_crashes({}, {crash_at(10s, work("a")), crash_at(210s, work("a"))});
  ladder = after_going_well(std::move(ladder), sha256("b"));
  ladder = after_crash(std::move(ladder), "boot", crash_at(410s, work("a")));
  EXPECT_THAT(ladder.left_out, ElementsAre(work("a")));
}

TEST(LadderOfALoop, WhatHadStoodForMoreThanTwoMinutesIsNotToBlame) {
  const auto after_three_that_stood_for = [](seconds time) {
    Ladder ladder;
    for (const seconds at : {600s, 1200s, 1800s}) {
      Crash crash = crash_at(at, work("a"));
      crash.shown_at = at - time;
      ladder = after_crash(std::move(ladder), "boot", crash);
    }
    return ladder;
  };
  EXPECT_THAT(after_three_that_stood_for(121s).left_out, IsEmpty());
  EXPECT_THAT(after_three_that_stood_for(120s).left_out, ElementsAre(work("a")));
}

TEST(LadderOfALoop, OneThatStandsWhenSomethingElseCrashesOnceADayIsNot) {
  Ladder ladder;
  for (int day = 1; day <= 30; ++day)
    ladder = after_crash(std::move(ladder), "boot", crash_at(day * seconds{24h}, work("a")));
  EXPECT_EQ(ladder.rung, Rung::everything);
  EXPECT_THAT(ladder.left_out, IsEmpty());
}

TEST(LadderOfALoop, CrashesOfAnotherBootDoNotCount) {
  Ladder ladder = after_crashes({}, {crash_at(10s, work("a")), crash_at(210s, work("a"))}, "boot");
  ladder = after_crash(std::move(ladder), "another", crash_at(410s, work("a")));
  EXPECT_THAT(ladder.left_out, IsEmpty());
}

TEST(LadderOfALoop, WhatStoodAndWasInTheMakingAtOnceIsCountedOnce) {
  const auto crash = [](seconds at) { return crash_at(at, work("a"), work("a")); };
  EXPECT_THAT(after_crashes({}, {crash(10s), crash(210s)}).left_out, IsEmpty());
}

TEST(LadderOfALoop, OfTwoThatWereThereEachTimeTheOneInTheMakingIsToBlameAndTheOtherIsCleared) {
  const auto crash = [](seconds at) { return crash_at(at, work("stands"), work("made")); };
  const Ladder ladder = after_crashes({}, {crash(10s), crash(210s), crash(410s)});
  EXPECT_THAT(ladder.left_out, ElementsAre(work("made")));
  EXPECT_FALSE(is_suspected(ladder, sha256("stands")));
}

TEST(LadderOfALoop, ThreeWithinTwoMinutesAreAStepDownAsEverAndNobodyIsSuspectedOfThemAnyMore) {
  const Ladder ladder = after_three();
  EXPECT_TRUE(is_avoided(ladder, kRelease));
  EXPECT_THAT(ladder.suspects, IsEmpty());
}

TEST(LadderOfALoop, SixteenAreSuspectedAtTheMost) {
  Ladder ladder;
  for (int i = 0; i < 20; ++i)
    ladder = after_crash(std::move(ladder), "boot",
                         crash_at(seconds{100 * i}, work("item " + std::to_string(i))));
  EXPECT_THAT(ladder.suspects, SizeIs(16));
  EXPECT_FALSE(is_suspected(ladder, sha256("item 3")));
  EXPECT_TRUE(is_suspected(ladder, sha256("item 4")));
}

// ---- On the disk --------------------------------------------------------------------------------

TEST(LadderOfCrashes, OneOfAVersionThatSuspectedNobodyIsRead) {
  Ladder ladder = after_three();
  ladder = after_crash(std::move(ladder), "boot", crash_at(20s, work("b")));
  auto text = nlohmann::json::parse(write_ladder(ladder));
  text.erase("suspects");
  text["crashes"][0].erase("shown_at_seconds");
  const auto read = read_ladder(text.dump());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->left_out, ladder.left_out);
  EXPECT_THAT(read->suspects, IsEmpty());
}

TEST(LadderOfCrashes, IsReadAsItWasWritten) {
  Ladder ladder = after_three();
  ladder = after_crash(std::move(ladder), "boot", crash_at(20s, {}, work("b", "봄/빨강")));
  ASSERT_THAT(ladder.suspects, SizeIs(1));
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
