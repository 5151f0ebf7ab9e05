// Which pages are worth a place on the disk.
#include "player/frame_use.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

namespace noseon {
namespace {

Sha256 page(int number) {
  return sha256("page " + std::to_string(number));
}

// A disk that has room for so many pages of a byte each, and what a player does with it.
class Disk {
 public:
  explicit Disk(std::uint64_t room) : room_(room) {}

  // The page is asked for; made where it is not there, and kept where it is worth that.
  void show(int number) {
    use_.ask(page(number));
    if (has(number)) {
      ++found;
      return;
    }
    ++made;
    const auto places = use_.places_for(1, kept_, room_);
    if (!places) return;
    for (const Sha256& place : *places)
      std::erase_if(kept_, [&](const KeptPage& each) { return each.key == place; });
    kept_.push_back({page(number), 1});
    ++written;
    EXPECT_LE(kept_.size(), room_);
  }
  void show_all(const std::vector<int>& loop) {
    for (const int number : loop) show(number);
  }
  // The same disk in another run, with what it has in the order in which it came.
  void start_again() { use_ = FrameUse(); }
  [[nodiscard]] bool has(int number) const {
    return std::any_of(kept_.begin(), kept_.end(),
                       [&](const KeptPage& each) { return each.key == page(number); });
  }

  int found = 0, made = 0, written = 0;

 private:
  std::uint64_t room_;
  std::vector<KeptPage> kept_;
  FrameUse use_;
};

std::vector<int> loop_of(int first, int last) {
  std::vector<int> loop(static_cast<std::size_t>(last - first + 1));
  std::iota(loop.begin(), loop.end(), first);
  return loop;
}

TEST(FrameUse, TheFirstPageOfARunIsKeptAtOnceAndAnyOtherWhenItIsMadeForTheSecondTime) {
  Disk disk(10);
  disk.show_all({1, 2, 3});
  EXPECT_TRUE(disk.has(1));
  EXPECT_FALSE(disk.has(2));
  EXPECT_FALSE(disk.has(3));
  disk.show(2);
  EXPECT_TRUE(disk.has(2));
  EXPECT_FALSE(disk.has(3));
  EXPECT_EQ(disk.written, 2);
}

TEST(FrameUse, ALoopThatFitsIsFoundWholeFromItsThirdRoundOn) {
  Disk disk(4);
  for (int round = 0; round < 100; ++round) disk.show_all(loop_of(1, 4));
  EXPECT_EQ(disk.written, 4) << "each once, for ever";
  EXPECT_EQ(disk.made, 4 + 3);
}

TEST(FrameUse, ALoopThatDoesNotFitStillFindsWhatFitsAndWritesNothingMore) {
  Disk disk(4);
  for (int round = 0; round < 2; ++round) disk.show_all(loop_of(1, 10));
  EXPECT_EQ(disk.written, 4);
  disk.found = 0;
  for (int round = 0; round < 1000; ++round) disk.show_all(loop_of(1, 10));
  EXPECT_EQ(disk.written, 4);
  EXPECT_EQ(disk.found, 4 * 1000);
}

TEST(FrameUse, OfALoopThatDoesNotFitEachStartKeepsItsFirstPage) {
  Disk disk(4);
  for (int round = 0; round < 3; ++round) disk.show_all(loop_of(1, 10));
  disk.start_again();
  disk.show_all({7, 8, 9, 10, 1, 2, 3, 4, 5, 6});
  EXPECT_TRUE(disk.has(7));
  EXPECT_FALSE(disk.has(1)) << "it was on the disk for longest";
  EXPECT_EQ(disk.written, 4 + 1);
  for (int round = 0; round < 100; ++round) disk.show_all({7, 8, 9, 10, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(disk.written, 4 + 1);
}

TEST(FrameUse, APlaceIsTakenFromWhatWasIdleForExactlyTwiceTheTimeAndNotForLess) {
  // 3 is away for three pages each time, and 1 is idle for five pages then, or six.
  for (const int idle : {5, 6}) {
    Disk disk(2);
    disk.show_all({2, 1, 1});
    ASSERT_TRUE(disk.has(1) && disk.has(2));
    for (int page = 1; page + 3 < idle; ++page) disk.show(2);
    disk.show_all({3, 2, 2, 3});
    EXPECT_EQ(disk.has(3), idle == 6);
    EXPECT_EQ(disk.has(1), idle == 5);
    EXPECT_TRUE(disk.has(2)) << "it was idle for one page";
  }
}

TEST(FrameUse, WhatANewLoopHasTakesThePlaceOfTheOldWithinThreeRounds) {
  Disk disk(4);
  for (int round = 0; round < 5; ++round) disk.show_all(loop_of(1, 4));
  for (int round = 0; round < 3; ++round) disk.show_all(loop_of(11, 14));
  for (const int number : loop_of(11, 14)) EXPECT_TRUE(disk.has(number)) << number;
  EXPECT_EQ(disk.written, 8);
}

TEST(FrameUse, WhatIsShownOnceInBetweenCostsNothing) {
  Disk disk(4);
  for (int round = 0; round < 100; ++round) {
    disk.show_all(loop_of(1, 4));
    disk.show(1000 + round);
  }
  EXPECT_EQ(disk.written, 4);
}

TEST(FrameUse, WhatComesMoreThanTwiceAsOftenTakesThePlaceOfWhatDoesNot) {
  Disk disk(2);
  disk.show_all({1, 2, 1, 2});
  const std::vector<int> loop{1, 2, 9, 3, 4, 9, 5, 6, 9, 7, 8, 9};
  for (int round = 0; round < 50; ++round) disk.show_all(loop);
  EXPECT_TRUE(disk.has(9));
  EXPECT_EQ(disk.written, 2 + 1);
}

TEST(FrameUse, LoopsWithTurnsOutOfStepComeToRest) {
  constexpr unsigned kSeed = 4711;
  std::mt19937 random(kSeed);
  Disk disk(8);
  std::vector<int> loop = loop_of(1, 24);
  // Each within its third of the loop: never away for twice its shortest time.
  const auto stir = [&] {
    for (std::size_t third = 0; third < 3; ++third)
      std::shuffle(loop.begin() + static_cast<std::ptrdiff_t>(third * 8),
                   loop.begin() + static_cast<std::ptrdiff_t>(third * 8 + 8), random);
  };
  for (int round = 0; round < 50; ++round, stir()) disk.show_all(loop);
  const int written = disk.written;
  for (int round = 0; round < 1000; ++round, stir()) disk.show_all(loop);
  EXPECT_EQ(disk.written, written) << "seed " << kSeed;
}

TEST(FrameUse, WhatRottedIsWrittenAnewInItsOwnPlace) {
  FrameUse use;
  use.ask(page(1));
  use.ask(page(2));
  use.ask(page(1));
  EXPECT_EQ(use.places_for(5, {{page(1), 5}, {page(2), 5}}, 10), std::vector<Sha256>{});
}

TEST(FrameUse, WhatIsLargerThanAllOfItIsNotKept) {
  FrameUse use;
  use.ask(page(1));
  EXPECT_EQ(use.places_for(10, {{page(2), 10}}, 10), std::vector<Sha256>{page(2)});
  EXPECT_EQ(use.places_for(11, {{page(2), 10}}, 10), std::nullopt);
}

TEST(FrameUse, TakesAsManyPlacesAsItNeedsAndNoMore) {
  FrameUse use;
  use.ask(page(1));
  const std::vector<KeptPage> kept{{page(2), 4}, {page(3), 4}, {page(4), 2}};
  EXPECT_EQ(use.places_for(2, kept, 12), std::vector<Sha256>{});
  EXPECT_EQ(use.places_for(3, kept, 12), std::vector<Sha256>{page(2)});
  EXPECT_EQ(use.places_for(7, kept, 12), (std::vector<Sha256>{page(2), page(3)}));
}

TEST(FrameUse, SaysWhetherSomethingIsAskedForTheFirstTimeAndRemembersABoundedNumber) {
  FrameUse use;
  EXPECT_TRUE(use.ask(page(0)));
  EXPECT_FALSE(use.ask(page(0)));
  const int most = static_cast<int>(FrameUse::kRememberedMax);
  for (int number = 1; number < most; ++number) EXPECT_TRUE(use.ask(page(number)));
  EXPECT_FALSE(use.ask(page(0))) << "exactly so many";
  EXPECT_TRUE(use.ask(page(most)));
  EXPECT_FALSE(use.ask(page(0)));
  EXPECT_TRUE(use.ask(page(1))) << "asked for longest ago";
}

}  // namespace
}  // namespace noseon
