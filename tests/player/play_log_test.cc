// From decisions that are on the glass to plays: where each begins and ends, and whose it is.
#include "player/play_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A show whose decisions reach the glass at once.
class Bus : public ShowRig {
 public:
  using ShowRig::ShowRig;

  // Decides for now, and has the glass take it.
  void look() {
    decide();
    turn = turn_on_glass(last, show, generation, turn);
    if (turn) keep(log.stands(*turn, now()));
  }
  // The same with all that is ordered made at once.
  void look_ready() {
    make_all();
    look();
  }
  void end() { keep(log.end(now())); }
  // Lets time pass to a civil time, looking at each moment that the show asks for.
  void play_to(Instant end) {
    for (look_ready(); clock.now() < end; look_ready()) clock.advance(last.until - clock.now());
  }
  [[nodiscard]] Moment now() const { return moment_of(clock); }

  std::vector<Play> plays;
  std::int64_t generation = 7;
  std::optional<TurnOnGlass> turn;
  PlayLog log;

 private:
  void keep(std::optional<Play> play) {
    if (play) plays.push_back(*std::move(play));
  }
};

// "a 8000" or, cut short, "a 3000 -"
std::vector<std::string> words(const std::vector<Play>& plays) {
  std::vector<std::string> all;
  for (const Play& play : plays)
    all.push_back(fmt::format("{} {}{}", play.item.empty() ? "card" : play.item, play.shown.count(),
                              play.complete ? "" : " -"));
  return all;
}

// At the start of a turn of "a", all of it made.
Bus at_turn_of_a(const std::string& items, const PageWeights& pages = {1}) {
  const auto playlist = rig_playlist(items);
  const Span morning{utc("2027-03-01 09:00"), utc("2027-03-01 09:01")};
  std::vector<Slot> slots = plan(*playlist, *rig_display(), {}, morning);
  slots.erase(slots.begin());  // it is clipped
  const auto of_a = std::ranges::find_if(slots, [&](const Slot& slot) {
    return playlist->item_of(slot.entry.value()).id.str() == "a";
  });
  Bus bus(items, "2027-03-01 09:00");
  bus.pages = pages;
  bus.clock.step(of_a->from - bus.clock.now());
  bus.look_ready();
  return bus;
}

TEST(PlayLog, APlayLastsFromItsFirstFrameToTheNextItemsFirstFrame) {
  Bus bus = at_turn_of_a(kTwoInTurn);
  const Instant begin = bus.clock.now();
  bus.clock.advance(seconds{8});
  bus.look_ready();
  ASSERT_THAT(words(bus.plays), ElementsAre("a 8000"));
  const Play& play = bus.plays[0];
  EXPECT_EQ(play.campaign, "c");
  EXPECT_EQ(play.generation, 7);
  EXPECT_EQ(play.start.civil, begin);
  EXPECT_EQ(play.start.grade, ClockGrade::trusted);
  EXPECT_EQ(play.start.steady + play.shown, bus.clock.steady_now());
}

TEST(PlayLog, AFrameThatCameLaterThanItsSlotBelongsToTheItemThatStoodOn) {
  Bus bus = at_turn_of_a(kTwoInTurn);
  bus.clock.advance(seconds{8} + Millis{3});
  bus.look_ready();
  bus.clock.advance(seconds{8} - Millis{3});
  bus.look_ready();
  EXPECT_THAT(words(bus.plays), ElementsAre("a 8003", "b 7997")) << "both to the end of their slot";
}

TEST(PlayLog, AnItemThatIsAloneHasAPlayForEachTurn) {
  Bus bus = at_turn_of_a(kAlone);
  for (int turn = 0; turn < 3; ++turn) {
    bus.clock.advance(seconds{8});
    bus.look_ready();
  }
  EXPECT_THAT(words(bus.plays), ElementsAre("a 8000", "a 8000", "a 8000"));
}

TEST(PlayLog, ThePagesOfASlotAreOnePlay) {
  Bus bus = at_turn_of_a(kTwoInTurn, {1, 1});
  bus.clock.advance(seconds{4});
  bus.look_ready();
  EXPECT_EQ(bus.stands(), "a/1");
  EXPECT_THAT(bus.plays, IsEmpty());
  bus.clock.advance(seconds{4});
  bus.look_ready();
  EXPECT_THAT(words(bus.plays), ElementsAre("a 8000"));
}

TEST(PlayLog, WhatStandsInForAnItemThatIsNotReadyIsNotItsPlay) {
  Bus bus = at_turn_of_a(kTwoInTurn);
  // "b" is made again and does not come for a second.
  bus.show.load(rig_playlist(kTwoInTurn), rig_display(), bus.clock.steady_now());
  bus.decide();
  bus.make_one();  // "a" of the new state
  bus.look();
  bus.clock.advance(seconds{8});
  bus.look();
  ASSERT_TRUE(bus.last.is_stand_in);
  EXPECT_EQ(bus.stands(), "a");
  bus.clock.advance(seconds{1});
  bus.look_ready();
  EXPECT_EQ(bus.stands(), "b");
  EXPECT_THAT(words(bus.plays), ElementsAre("a 9000"));
}

TEST(PlayLog, ACardThatStandsInIsACardsPlay) {
  Bus bus(kAlone, "2027-03-01 09:00:01");
  bus.look();
  EXPECT_FALSE(bus.turn) << "nothing is on the glass yet";
  bus.clock.advance(seconds{1});  // start_patience is over
  bus.look();
  EXPECT_EQ(bus.stands(), "card");
  bus.clock.advance(Millis{700});
  bus.look_ready();
  EXPECT_EQ(bus.stands(), "a");
  EXPECT_THAT(words(bus.plays), ElementsAre("card 700 -"));
  EXPECT_EQ(bus.plays[0].campaign, "");
}

TEST(PlayLog, ACardThatGoesOnStandingInIsStillOnePlay) {
  Bus bus(kMorningAndNoon, "2027-03-01 05:59:50");
  bus.look();
  EXPECT_EQ(bus.stands(), "card") << "nothing is eligible before six";
  bus.clock.advance(seconds{10});
  bus.look();
  ASSERT_TRUE(bus.last.is_stand_in);
  bus.clock.advance(seconds{1});
  bus.look_ready();
  EXPECT_EQ(bus.stands(), "morning");
  EXPECT_THAT(words(bus.plays), ElementsAre("card 11000"));
}

TEST(PlayLog, WhatWasWithdrawnInItsSlotIsNotComplete) {
  Bus bus = at_turn_of_a(kAlone);
  bus.clock.advance(seconds{3});
  bus.show.load(rig_playlist("[[item]]\nid = \"n\"\ntext = { en = \"n\" }\nseconds = 8\n"),
                rig_display(), bus.clock.steady_now());
  bus.generation = 8;
  bus.look_ready();
  EXPECT_EQ(bus.stands(), "n");
  ASSERT_THAT(words(bus.plays), ElementsAre("a 3000 -"));
  EXPECT_EQ(bus.plays[0].generation, 7) << "of the release that it played in";
}

TEST(PlayLog, ANewReleaseIsANewPlayThoughTheItemStandsOn) {
  Bus bus = at_turn_of_a(kAlone);
  bus.clock.advance(seconds{3});
  bus.generation = 8;
  bus.look();
  bus.clock.advance(seconds{5});
  bus.look_ready();
  EXPECT_THAT(words(bus.plays), ElementsAre("a 3000 -", "a 5000"));
}

TEST(PlayLog, APlayIsCompleteFromTheLastMillisecondOfItsSlotOn) {
  for (const int early : {0, 1}) {
    Bus bus = at_turn_of_a(kAlone);
    bus.clock.advance(seconds{8} - Millis{early});
    bus.end();
    EXPECT_THAT(words(bus.plays), ElementsAre(early == 0 ? "a 8000" : "a 7999 -"));
  }
}

TEST(PlayLog, AClockThatIsSetForwardCompletesNothingAndOneThatIsSetBackNeither) {
  for (const auto& [by, shown] :
       {std::pair(seconds{3600}, 3), std::pair(seconds{-3600}, 3), std::pair(seconds{5}, 3)}) {
    Bus bus = at_turn_of_a(kAlone);
    bus.clock.advance(seconds{shown});
    bus.clock.step(by);
    bus.look_ready();
    EXPECT_THAT(words(bus.plays), ElementsAre("a 3000 -")) << by.count();
  }
}

// A clock that is slewed is 500 ppm off at most: 50 ms are room for that, and for nothing else.
TEST(PlayLog, AClockThatIsSlewedCompletesWhatItShould) {
  for (const auto& [by, complete] : {std::pair(Millis{57}, true), std::pair(Millis{58}, false)}) {
    Bus bus = at_turn_of_a(kAlone);
    bus.clock.step(by);
    bus.clock.advance(seconds{8} - by);
    bus.end();
    ASSERT_EQ(bus.plays.size(), 1U);
    EXPECT_EQ(bus.plays[0].complete, complete) << by.count();
  }
}

TEST(PlayLog, TheContextIsOfTheBeginOfThePlay) {
  Bus bus(kAlone, "2027-03-01 09:00");
  bus.show.set_context({.route = "472", .inside = {{"c", "city-hall"}}});
  bus.look_ready();
  bus.clock.advance(seconds{2});
  bus.show.set_context({.route = "143", .inside = {}, .since = bus.clock.now()});
  bus.look_ready();
  ASSERT_THAT(words(bus.plays), ElementsAre("a 2000 -"));
  EXPECT_EQ(bus.plays[0].route, "472");
  EXPECT_THAT(bus.plays[0].places, ElementsAre(std::pair("c", "city-hall")));
}

TEST(PlayLog, ThePlaysOfAnHourAreWhatTheScheduleSaysAndLeaveNoGap) {
  const std::string items =
      std::string(kTwoInTurn) +
      "[[item]]\nid = \"noon\"\ntext = { en = \"n\" }\nseconds = 5\nhours = \"09:30-09:45\"\n"
      "role = \"takeover\"\n";
  const auto playlist = rig_playlist(items);
  std::vector<Slot> slots =
      plan(*playlist, *rig_display(), {}, {utc("2027-03-01 09:00"), utc("2027-03-01 10:00")});
  slots.pop_back();  // it is clipped
  Bus bus(items, "2027-03-01 09:00");
  bus.play_to(slots.back().until);
  std::vector<std::string> planned;
  for (const Slot& slot : slots)
    planned.push_back(fmt::format("{} {}", playlist->item_of(slot.entry.value()).id.str(),
                                  (slot.until - slot.from).count()));
  EXPECT_EQ(words(bus.plays), planned);
  EXPECT_GT(planned.size(), 450U);
}

TEST(PlayLog, LengthsAddUpThoughTheClockCountsFractionsOfMilliseconds) {
  const auto seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937_64 random(seed);
  PlayLog log;
  Moment now{utc("2027-03-01 09:00"), ClockGrade::trusted, Steady{seconds{5}}};
  const Steady begin = now.steady;
  Millis sum{0};
  TurnOnGlass turn;
  for (int i = 0; i < 1000; ++i) {
    turn.item = std::to_string(i);
    if (const auto play = log.stands(turn, now)) sum += play->shown;
    now.steady += std::chrono::nanoseconds(random() % 3'000'000);
  }
  sum += log.end(now)->shown;
  EXPECT_EQ(sum, std::chrono::floor<Millis>(now.steady - begin));
}

TEST(PlayLog, NothingEndsBeforeAnythingBegan) {
  PlayLog log;
  EXPECT_FALSE(log.end({}));
}

}  // namespace
}  // namespace noseon
