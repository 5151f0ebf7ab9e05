// Pictures that cannot be made cost their own turns alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "player/show.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ShowFailures, TriesADecoderThatDiedTwiceMoreAndThenSetsTheItemAside) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  for (int tried = 0; tried < 3; ++tried) {
    rig.decide();
    ASSERT_EQ(rig.ordered(), "a") << tried;
    rig.fail_one(tried == 1 ? ErrorKind::out_of_time : ErrorKind::crashed, "the decoder died");
  }
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
  EXPECT_THAT(rig.notes, ElementsAre(HasSubstr("c/a is set aside: the decoder died")));
}

TEST(ShowFailures, DoesNotTryABrokenPictureAgain) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
}

TEST(ShowFailures, WhatIsNotWhatWasSignedComesBackWithANewStateAlone) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.fail_one(ErrorKind::signature);
  EXPECT_EQ(rig.stands(), "card");
  rig.clock.advance(minutes{60 * 24});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "") << "nothing is tried, and nothing stands in for it";
  rig.show.load(rig_playlist(kAlone), rig_display(), rig.clock.steady_now());
  rig.make_all();
  EXPECT_EQ(rig.stands(), "a");
}

TEST(ShowFailures, ForgetsFailuresOnceAPictureWasMade) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.fail_one(ErrorKind::crashed);
  rig.decide();
  rig.fail_one(ErrorKind::crashed);
  rig.decide();
  rig.make_one();
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_TRUE(rig.notes.empty());
}

TEST(ShowFailures, ShowsTheOthersInPlaceOfAnItemThatIsSetAside) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  rig.decide();
  const std::string broken = rig.ordered().substr(0, 1);
  rig.fail_one(ErrorKind::bad_format);
  rig.make_all();
  const std::string other = broken == "a" ? "b" : "a";
  for (int slot = 0; slot < 10; ++slot) {
    EXPECT_EQ(rig.stands(), other);
    rig.clock.advance(rig.last.until - rig.clock.now());
  }
  EXPECT_EQ(rig.notes.size(), 1u);
}

TEST(ShowFailures, LeavesWhatStandsUndisturbedWhenTheNextOneFails) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00:01");
  rig.decide();
  rig.make_one();
  const std::string first = rig.stands();
  const Instant until = rig.last.until;
  const std::uint64_t turn = rig.last.turn;
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), first);
  EXPECT_EQ(rig.last.until, until);
  EXPECT_EQ(rig.last.turn, turn);
  rig.clock.advance(until - rig.clock.now());
  EXPECT_EQ(rig.stands(), first) << "the other is set aside";
}

TEST(ShowFailures, TriesAnItemThatWasSetAsideAgainAfterTenMinutes) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.last.patience, rig.clock.steady_now() + minutes{10});
  rig.clock.advance(minutes{10} - Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "a");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "a");
}

TEST(ShowFailures, SaysAFailureOnceHoweverOftenItComesBack) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  for (int time = 0; time < 5; ++time) {
    rig.decide();
    rig.fail_one(ErrorKind::bad_format);
    rig.decide();
    rig.clock.advance(minutes{10});
  }
  EXPECT_EQ(rig.notes.size(), 1u);
}

}  // namespace
}  // namespace noseon
