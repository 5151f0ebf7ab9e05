// The clock of an unattended display: what confirms it, what does not, and what outlives the power.
#include "player/civil_clock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/files.h"
#include "player/clock_context.h"
#include "player/clock_keeper.h"
#include "player/own_file.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Instant kBuilt = std::chrono::sys_days{2027y / 1 / 1};
constexpr Instant kNow = std::chrono::sys_days{2027y / 2 / 25} + 12h;

class CivilClockTest : public testing::Test {
 protected:
  /// A player that starts, in this boot or another; the machine's clocks are FakeClocks.
  CivilClock& start(const std::string& boot = "boot-a") {
    return clock_.emplace(CivilClockParts{
        .machine = machine_, .boot = boot, .built = kBuilt, .time_servers = {synchronised()}});
  }
  [[nodiscard]] std::filesystem::path synchronised() const { return folder_ / "synchronized"; }
  [[nodiscard]] std::filesystem::path record() const { return folder_ / "state/time.json"; }

  /// The daemon says that the machine's clock is right now.
  void touch() const {
    std::ofstream(synchronised(), std::ios::app) << "";
    const auto since = machine_.now().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const timespec at{static_cast<time_t>(seconds.count()),
                      static_cast<long>(std::chrono::nanoseconds{since - seconds}.count())};
    const timespec times[2] = {at, at};
    ASSERT_EQ(::utimensat(AT_FDCWD, synchronised().c_str(), times, 0), 0);
  }
  void keep_for(PollLoop& loop, Millis time, Millis period = std::chrono::minutes{1}) {
    ClockKeeper keeper({.clock = *clock_,
                        .loop = loop,
                        .record = record(),
                        .issued = [this]() -> std::optional<Issued> {
                          if (!issued_) return std::nullopt;
                          return Issued{*issued_, true};
                        },
                        .time_servers = {synchronised()},
                        .period = period});
    keeper.learn_kept(read_own_file(record(), kTimeRecordBytesMax));
    keeper.on_change([this] { ++changes_; });
    Timer end;
    loop.watch(end.fd(), [&] { loop.stop(); });
    end.set(std::chrono::steady_clock::now() + time);
    ASSERT_TRUE(loop.run());
  }

  TemporaryFolder folder_;
  FakeClock machine_{kNow};
  std::optional<CivilClock> clock_;
  std::optional<Instant> issued_;
  int changes_ = 0;
};

TEST_F(CivilClockTest, StartsInDoubtAtTheTimeOfItsBuild) {
  const CivilClock& clock = start();
  EXPECT_EQ(clock.grade(), ClockGrade::floor_only);
  EXPECT_EQ(clock.floor(), kBuilt);
  EXPECT_EQ(clock.now(), kNow);
  machine_.advance(5min);
  EXPECT_EQ(clock.floor(), kBuilt + 5min);
}

TEST_F(CivilClockTest, NothingThatIsNotSignedMovesTheFloor) {
  CivilClock& clock = start();
  touch();
  clock.look();
  EXPECT_EQ(clock.grade(), ClockGrade::trusted);
  machine_.step(24h * 365);
  clock.look();
  machine_.step(-24h * 365);
  EXPECT_EQ(clock.floor(), kBuilt);
  EXPECT_EQ(clock.record().floor, kBuilt);
}

TEST_F(CivilClockTest, ATimeServersTouchConfirmsItAndAStepSinceThenUndoesThat) {
  CivilClock& clock = start();
  touch();
  machine_.advance(20min);
  clock.look();
  EXPECT_EQ(clock.grade(), ClockGrade::trusted);
  for (const Millis step : {Millis{8s}, Millis{1h}, Millis{24h}}) {
    for (const int way : {1, -1}) {
      machine_.step(way * step);
      clock.look();
      EXPECT_EQ(clock.judged().why, ClockReason::was_set) << way * step.count();
      machine_.step(-way * step);
      EXPECT_EQ(clock.grade(), ClockGrade::trusted) << "it is right again";
    }
  }
  machine_.step(1h);
  touch();
  clock.look();
  EXPECT_EQ(clock.grade(), ClockGrade::trusted) << "it was the daemon that set it";
  machine_.step(-2h);
  touch();
  clock.look();
  EXPECT_EQ(clock.grade(), ClockGrade::trusted) << "back as well";
}

TEST_F(CivilClockTest, ATouchLongAgoConfirmsForThirtyDaysFromThenOn) {
  CivilClock& clock = start();
  touch();
  machine_.advance(24h * 29);
  clock.look();
  EXPECT_EQ(clock.grade(), ClockGrade::trusted);
  machine_.advance(24h);
  EXPECT_EQ(clock.grade(), ClockGrade::trusted);
  machine_.advance(1ms);
  EXPECT_EQ(clock.judged().why, ClockReason::confirmed_too_long_ago);
}

TEST_F(CivilClockTest, AClockBehindTheFloorIsNeverGoneByNotEvenForAMoment) {
  CivilClock& clock = start();
  touch();
  clock.look();
  machine_.step(Instant{} - machine_.now());  // 1970
  EXPECT_EQ(clock.grade(), ClockGrade::impossible);
  EXPECT_EQ(clock.now(), kBuilt);
  machine_.advance(90s);
  EXPECT_EQ(clock.now(), kBuilt + 90s) << "time passes there too";
  EXPECT_EQ(clock.steady_at(kBuilt + 100s), machine_.steady_now() + 10s);
}

TEST_F(CivilClockTest, AFreshTimestampConfirmsAClockThatIsAtMostTenMinutesPastIt) {
  const struct {
    Millis age;
    bool is_fresh;
    ClockGrade grade;
  } kTable[] = {
      {0ms, true, ClockGrade::trusted},
      {10min, true, ClockGrade::trusted},
      {10min + 1ms, true, ClockGrade::floor_only},
      {-1ms, true, ClockGrade::impossible},  // the clock is behind what was signed
      {0ms, false, ClockGrade::floor_only},  // it may have lain there for weeks
  };
  for (const auto& row : kTable) {
    CivilClock& clock = start();
    clock.learn({kNow - row.age, row.is_fresh});
    EXPECT_EQ(clock.grade(), row.grade) << row.age.count();
    EXPECT_EQ(clock.floor(), kNow - row.age);
  }
}

TEST_F(CivilClockTest, AnOldTimestampIsNoNews) {
  CivilClock& clock = start();
  clock.learn({kNow - 24h, false});
  machine_.step(-(24h - 1min));  // as a clock that was kept in a file over the night
  clock.learn({kNow - 24h, true});
  EXPECT_EQ(clock.grade(), ClockGrade::floor_only);
}

TEST_F(CivilClockTest, AfterARestartInTheSameBootItKnowsAllItKnew) {
  start();
  touch();
  clock_->look();
  clock_->learn({kNow - 1h, false});
  const TimeRecord kept = clock_->record();
  machine_.advance(3h);
  CivilClock& again = start();
  again.learn(kept);
  EXPECT_EQ(again.floor(), kNow + 2h);
  EXPECT_EQ(again.grade(), ClockGrade::trusted);
  machine_.step(8s);
  again.look();
  EXPECT_EQ(again.judged().why, ClockReason::was_set) << "the touch is older than what it knows";
}

TEST_F(CivilClockTest, AfterThePowerWasOffOnlyTheFloorCountsAndWithABatteryTheClockToo) {
  start();
  touch();
  clock_->look();
  const TimeRecord kept = clock_->record();
  std::filesystem::remove(synchronised());
  machine_ = FakeClock(kNow + 48h);
  CivilClock& again = start("boot-b");
  again.learn(kept);
  EXPECT_EQ(again.judged().why, ClockReason::power_was_off);
  EXPECT_EQ(again.floor(), kept.floor);
  again.set_rtc(true);
  EXPECT_EQ(again.grade(), ClockGrade::trusted);
}

TEST_F(CivilClockTest, ATouchFromBeforeTheBootSaysNothingOfIt) {
  machine_.advance(5min);  // since boot
  touch();
  machine_.step(5min);
  CivilClock& clock = start();
  clock.look();
  EXPECT_TRUE(clock.report().confirmed);
  machine_.step(1ms);  // one more than the machine has run
  CivilClock& another = start();
  another.look();
  EXPECT_FALSE(another.report().confirmed);
}

TEST_F(CivilClockTest, ReportsWhatItIsWorthAndWhy) {
  CivilClock& clock = start();
  const ClockReport before = clock.report();
  EXPECT_EQ(before.grade, ClockGrade::floor_only);
  EXPECT_EQ(before.floor, kBuilt);
  EXPECT_FALSE(before.confirmed);
  EXPECT_EQ(before.why, "neither a time server nor a fresh release has confirmed it yet");
  EXPECT_EQ(in_words(before),
            "clock: in doubt: neither a time server nor a fresh release has confirmed it yet; "
            "until it is confirmed, items with days or hours wait, and one with a window plays "
            "only if it is inside from 2027-01-01 00:00:00 UTC to 2027-01-04 00:00:00 UTC");
  touch();
  clock.look();
  EXPECT_EQ(clock.report().confirmed, kNow);
  EXPECT_EQ(in_words(clock.report()),
            "clock: trusted: a time server or a fresh release confirmed it, and it has run on "
            "since");
}

TEST_F(CivilClockTest, TheKeeperWritesDownWhatIsCertainAgainAndAgainAndAtTheEnd) {
  start();
  issued_ = kNow - 1h;
  PollLoop loop;
  testing::internal::CaptureStderr();
  keep_for(loop, 200ms, 20ms);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), in_words(clock_->report()) + "\n")
      << "once, not each time";
  const auto kept = read_time_record(read_file(record(), kTimeRecordBytesMax).value());
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, clock_->record());
  EXPECT_EQ(kept->floor, kNow - 1h);
}

TEST_F(CivilClockTest, TheKeeperHearsTheTimeServersTouchWithoutWaitingForItsMinute) {
  start();
  PollLoop loop;
  Timer later;
  loop.watch(later.fd(), [&] {
    if (later.take() > 0) touch();
  });
  later.set(std::chrono::steady_clock::now() + 50ms);
  keep_for(loop, 600ms);
  EXPECT_EQ(clock_->grade(), ClockGrade::trusted);
  EXPECT_EQ(changes_, 1);
}

TEST_F(CivilClockTest, ARecordThatRottedIsBegunAnewAndTheFloorIsWhatWasSigned) {
  start();
  issued_ = kNow - 1h;
  std::filesystem::create_directory(record().parent_path());
  TimeRecord ahead = clock_->record();
  ahead.floor = kEndOfTime;
  std::string rotted = write_time_record(ahead);
  rotted.replace(rotted.find("9999-12-31"), 4, "9899");
  std::ofstream(record()) << rotted;
  PollLoop loop;
  testing::internal::CaptureStderr();
  keep_for(loop, 20ms);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("it is begun anew"), std::string::npos);
  EXPECT_EQ(clock_->floor(), kNow - 1h);
  EXPECT_TRUE(read_time_record(read_file(record(), kTimeRecordBytesMax).value()));
}

TEST_F(CivilClockTest, ADiskThatRefusesIsSaidOnceAndCostsNothingElse) {
  start();
  std::ofstream(folder_ / "state") << "a file where a folder should be";
  PollLoop loop;
  testing::internal::CaptureStderr();
  keep_for(loop, 300ms, 20ms);
  const std::string said = testing::internal::GetCapturedStderr();
  const auto first = said.find("cannot be written down");
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_EQ(said.find("cannot be written down", first + 1), std::string::npos);
}

// ---- The context ------------------------------------------------------------------------------

TEST(ClockContext, HasAFloorWhileTheClockIsInDoubtAndChangesOnlyWhenThatDoes) {
  FakeClock clock(kNow);
  EXPECT_EQ(with_clock({}, clock, clock.now()), Context{});
  clock.set_grade(ClockGrade::floor_only);
  clock.set_floor(kNow - 1h);
  const Context doubted = with_clock({}, clock, clock.now());
  EXPECT_EQ(doubted.since, kNow);
  EXPECT_EQ(doubted.clock_floor, kNow - 1h);
  clock.advance(10h);
  EXPECT_EQ(with_clock(doubted, clock, clock.now()), doubted) << "both pass as time does";
  clock.step(100ms);
  EXPECT_EQ(with_clock(doubted, clock, clock.now()), doubted);
  clock.step(1ms);
  const Context stepped = with_clock(doubted, clock, clock.now());
  EXPECT_EQ(stepped.since, clock.now());
  EXPECT_EQ(stepped.clock_floor, clock.floor());
  clock.set_grade(ClockGrade::trusted);
  const Context trusted = with_clock(stepped, clock, clock.now());
  EXPECT_EQ(trusted.since, clock.now());
  EXPECT_FALSE(trusted.clock_floor);
}

TEST(ClockContext, KeepsWhatElseIsAroundTheDisplay) {
  FakeClock clock(kNow);
  clock.set_grade(ClockGrade::impossible);
  const Context doubted = with_clock({.route = "421", .inside = {{"c", "p"}}}, clock, clock.now());
  EXPECT_EQ(doubted.route, "421");
  EXPECT_EQ(doubted.inside.size(), 1U);
}

}  // namespace
}  // namespace noseon
