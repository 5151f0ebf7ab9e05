// The row "hang": what stops, and what comes of it. The real player under a service manager; what
// hangs is a function of the running program, a process of its own, or the X server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/boot.h"
#include "base/files.h"
#include "player/authenticated_time.h"
#include "tests/faults/summary.h"
#include "tests/player/compositor.h"
#include "tests/player/supervised_rig.h"
#include "tests/support/notify_socket.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class GlassHang : public SupervisedRig {
 public:
  static void TearDownTestSuite() { say_how_many(); }

 protected:
  void SetUp() override {
    StoreRig::SetUp();
#if !defined(__x86_64__)
    GTEST_SKIP() << "what makes a function hang is written for x86-64";
#endif
  }

  void play_red() {
    set_posters({{"red", kRed}}, 3600);
    store_.publish(repository_);
    supervise();
    ASSERT_TRUE(becomes([&] { return is_ready(); }, 20s)) << service().said();
    ASSERT_EQ(glass(), kRed);
  }

  // From now on: the watchdog fires, and the picture is back in time. What is not so.
  std::optional<std::string> wrong_with_restart(Steady hung) {
    if (!becomes([&] { return !service().ends().empty(); }, back_within()))
      return "the watchdog did not fire";
    const Supervisor::End end = service().ends().at(0);
    if (!end.by_watchdog || end.code != 128 + SIGABRT) return "it was not the watchdog";
    if (!becomes([&] { return service().runs() == 2 && is_ready(); }, back_within()))
      return "it was not ready again";
    const auto took = std::chrono::ceil<Millis>(Clock::now() - hung);
    faults::say_measured("hang", "picture back", took.count(), "ms", faults::Bound::at_most,
                         back_within().count());
    if (took > back_within()) return "it was ready too late";
    if (!becomes([&] { return glass() == kRed; }, 250ms)) return "the picture was not back";
    return std::nullopt;
  }
  void expect_restart_in_time(Steady hung) {
    const auto wrong = wrong_with_restart(hung);
    ASSERT_FALSE(wrong) << *wrong;
    ++survived_;
  }

  void expect_fired_after_hang_of(const std::string& function, const std::string& library = {}) {
    play_red();
    ++injected_;
    const auto wrong = hang(*service().pid(), function, library);
    ASSERT_FALSE(wrong) << *wrong;
    ++proven_;
    expect_restart_in_time(Clock::now());
  }

  static void say_how_many() {
    faults::say_survived("hang", injected_, proven_, survived_);
  }

  inline static std::size_t injected_ = 0;
  inline static std::size_t proven_ = 0;
  inline static std::size_t survived_ = 0;
};

TEST_F(GlassHang, AManagerHearsThatThePlayerIsReadyWhatStandsAndThatItLives) {
  play_red();
  EXPECT_EQ(service().count("READY=1"), 1U);
  EXPECT_TRUE(becomes([&] { return service().count("STATUS=spring/red stands") == 1; }, 2s));
  const std::size_t before = service().count("WATCHDOG=1");
  std::this_thread::sleep_for(watchdog() * 2);
  EXPECT_GE(service().count("WATCHDOG=1") - before, 4U);
  EXPECT_LE(service().count("WATCHDOG=1") - before, 8U);
  EXPECT_EQ(service().runs(), 1U) << "and is left alone";
  EXPECT_EQ(service().end(), 0);
  EXPECT_TRUE(becomes([&] { return service().count("STOPPING=1") == 1; }, 2s));
}

TEST_F(GlassHang, AReloadIsToldWhenItBeginsAndWhenItIsDone) {
  play_red();
  ASSERT_EQ(::kill(*service().pid(), SIGHUP), 0);
  EXPECT_TRUE(becomes([&] { return service().count("READY=1") == 2; }, 5s)) << service().said();
  std::vector<std::string> words;
  for (const Supervisor::Told& told : service().told())
    if (told.words == "READY=1" || told.words == "RELOADING=1") words.push_back(told.words);
  EXPECT_THAT(words, ::testing::ElementsAre("READY=1", "RELOADING=1", "READY=1"));
  EXPECT_EQ(service().runs(), 1U);
}

TEST_F(GlassHang, ASchedulerThatHangsIsStartedAnew) {
  expect_fired_after_hang_of("noseon::Schedule::showing_at(");
}

TEST_F(GlassHang, ARendererThatHangsIsStartedAnew) {
  expect_fired_after_hang_of("SDL_UpdateWindowSurfaceRects", "libSDL2-2.0");
}

// Planted: life is told by a thread with a timer, and not by what came to the glass.
TEST_F(GlassHang, LifeThatATimerTellsHidesAHangWhichTheJudgeSees) {
  play_red();
  const std::jthread timer([socket = service().notify_socket()](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::ignore = testing::notify(socket, "WATCHDOG=1");
      std::this_thread::sleep_for(100ms);
    }
  });
  const auto failed = hang(*service().pid(), "noseon::Schedule::showing_at(");
  ASSERT_FALSE(failed) << *failed;
  const auto wrong = wrong_with_restart(Clock::now());
  faults::say_planted("hang", 1, wrong == "the watchdog did not fire" ? 1 : 0);
  EXPECT_EQ(wrong, "the watchdog did not fire");
  service().end(SIGKILL);
}

TEST_F(GlassHang, ALoopThatRunsButDecidesNothingIsStartedAnew) {
  set_posters({{"red", kRed}}, 1);
  store_.publish(repository_);
  supervise();
  ASSERT_TRUE(becomes([&] { return is_ready(); }, 20s));
  ++injected_;
  const auto wrong = cut_out(*service().pid(), "noseon::Player::refresh(");
  ASSERT_FALSE(wrong) << *wrong;
  ++proven_;
  // The last decision holds for a second, and a second more is forgiven.
  expect_restart_in_time(Clock::now() + 2s);
}

TEST_F(GlassHang, AnXServerThatDoesNotAnswerIsNoticed) {
  play_red();
  ++injected_;
  ASSERT_EQ(::kill(screen_->server_pid(), SIGSTOP), 0);
  ++proven_;
  const Steady hung = Clock::now();
  const bool has_fired = becomes([&] { return !service().ends().empty(); }, back_within());
  ASSERT_EQ(::kill(screen_->server_pid(), SIGCONT), 0);
  ASSERT_TRUE(has_fired);
  expect_restart_in_time(hung + 1s);
}

// ---- Under a compositor ------------------------------------------------------------------------

class GlassHangOnWayland : public GlassHang {
 protected:
  void SetUp() override {
    GlassHang::SetUp();
    if (const auto why = Compositor::missing()) GTEST_SKIP() << *why;
  }
  void play_red_there() {
    set_posters({{"red", kRed}}, 3600);
    store_.publish(repository_);
    compositor_.emplace();
    ASSERT_TRUE(becomes([&] { return compositor_->environment().has_value(); }, 10s))
        << compositor_->said();
    supervise_on(*compositor_->environment());
    ASSERT_TRUE(becomes([&] { return is_ready(); }, 20s)) << service().said();
    ASSERT_THAT(service().said(), HasSubstr("stage: wayland"));
  }
  void TearDown() override {
    GlassHang::TearDown();
    compositor_.reset();
  }

  std::optional<Compositor> compositor_;
};

TEST_F(GlassHangOnWayland, LifeIsProvenWhileAPosterStands) {
  play_red_there();
  const std::size_t before = service().count("WATCHDOG=1");
  std::this_thread::sleep_for(watchdog() * 2);
  EXPECT_GE(service().count("WATCHDOG=1") - before, 4U);
  EXPECT_LE(service().count("WATCHDOG=1") - before, 8U);
  EXPECT_EQ(service().runs(), 1U);
}

TEST_F(GlassHangOnWayland, ACompositorThatDoesNotAnswerIsNoticed) {
  play_red_there();
  ++injected_;
  ASSERT_EQ(::kill(compositor_->pid(), SIGSTOP), 0);
  ++proven_;
  const bool has_fired = becomes([&] { return !service().ends().empty(); }, back_within());
  ASSERT_EQ(::kill(compositor_->pid(), SIGCONT), 0);
  ASSERT_TRUE(has_fired);
  EXPECT_TRUE(service().ends().at(0).by_watchdog);
  EXPECT_TRUE(becomes([&] { return service().runs() == 2 && is_ready(); }, back_within()));
  ++survived_;
}

// ---- What hangs beside the loop costs nothing but itself ---------------------------------------

class GlassHangBeside : public GlassHang {
 protected:
  static constexpr Millis kGapMax{250};

  // A line that runs, so that each frame is another one, and nothing else to show.
  void run_a_line() {
    repository_.set_campaign("seoul", "spring", line());
    store_.publish(repository_);
    supervise();
    ASSERT_TRUE(becomes([&] { return is_ready(); }, 20s)) << service().said();
    ASSERT_LE(longest_gap(500ms), kGapMax);
  }
  static std::string line() {
    return "[[item]]\nid = \"line\"\nmotion = \"ticker\"\nseconds = 3600\n"
           "text = { en = \"a line that runs across the display and never seems to end\" }\n";
  }
  // For how long at the most the glass stood still.
  [[nodiscard]] Millis longest_gap(Millis time) const {
    std::vector<std::uint32_t> before;
    std::vector<std::uint32_t> now;
    const Steady begin = Clock::now();
    Steady changed = begin;
    Steady::duration gap{0};
    for (Steady at = begin; at < begin + time; at = Clock::now()) {
      screen_->look(now);
      if (now != before) changed = Clock::now();
      gap = std::max(gap, Clock::now() - changed);
      before.swap(now);
      std::this_thread::sleep_for(Millis{5});
    }
    return std::chrono::floor<Millis>(gap);
  }
  // Longer than the watchdog waits: nobody is started anew for it.
  void expect_no_gap() {
    const Millis gap = longest_gap(watchdog() + 1500ms);
    faults::say_measured("hang", "longest gap", gap.count(), "ms", faults::Bound::at_most,
                         kGapMax.count());
    EXPECT_LE(gap, kGapMax);
    EXPECT_EQ(service().runs(), 1U);
    ++survived_;
  }

  // The caged program that decodes for the player, stopped as soon as it is there.
  std::optional<pid_t> stop_decoder(Millis time) {
    std::optional<pid_t> stopped;
    const Steady end = Clock::now() + time;
    while (!stopped && Clock::now() < end) stopped = stop_if_there(*service().pid());
    return stopped;
  }
  static bool is_stopped(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("State:")) return line.find("stopped") != std::string::npos;
    return false;
  }
  static std::optional<pid_t> stop_if_there(pid_t player) {
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(player) + "/task")) {
      std::ifstream children(task.path() / "children");
      for (pid_t child = 0; children >> child;) {
        std::string name;
        std::getline(std::ifstream("/proc/" + std::to_string(child) + "/comm"), name);
        if (name == "noseon-decode" && ::kill(child, SIGSTOP) == 0) return child;
      }
    }
    return std::nullopt;
  }
};

TEST_F(GlassHangBeside, ADecoderThatIsStoppedCostsItsPosterAloneAndNoFrame) {
  run_a_line();
  std::optional<pid_t> stopped;
  for (int tries = 0; tries < 10 && !stopped; ++tries) {
    // A poster that is new, for what is being looked at beside the line.
    const Size size{320, 180};
    repository_.set_campaign(
        "seoul", "spring", line() + poster("new", "seconds = 1"),
        {{"new.png", plain_png(Color{static_cast<std::uint8_t>(tries), 9, 9}, size)}});
    std::jthread publisher([&] { store_.publish(repository_); });
    stopped = stop_decoder(1500ms);
  }
  ++injected_;
  ASSERT_TRUE(stopped) << "no decoder was caught at its work";
  EXPECT_TRUE(becomes([&] { return is_stopped(*stopped); }, 2s));
  ++proven_;
  expect_no_gap();
}

TEST_F(GlassHangBeside, AStoreThatHangsCostsNoFrame) {
  run_a_line();
  ++injected_;
  const auto wrong = hang(*service().pid(), "noseon::open_file(");
  ASSERT_FALSE(wrong) << *wrong;
  // Whoever reads the next release waits for ever.
  set_posters({{"red", kRed}}, 1);
  store_.publish(repository_);
  ++proven_;
  expect_no_gap();
  EXPECT_NE(glass(), kRed);
  service().end(SIGKILL);  // who waits for that disk cannot end in order
}

// Planted: who shows the frames is who waits for the disk.
TEST_F(GlassHangBeside, ALoopThatWaitsItselfLeavesAGapWhichTheJudgeSees) {
  run_a_line();
  const pid_t player = *service().pid();
  const std::jthread wait([player] {
    std::this_thread::sleep_for(200ms);
    ::kill(player, SIGSTOP);
    std::this_thread::sleep_for(400ms);
    ::kill(player, SIGCONT);
  });
  const Millis gap = longest_gap(1s);
  faults::say_planted("hang", 1, gap > kGapMax ? 1 : 0);
  EXPECT_GT(gap, kGapMax);
}

TEST_F(GlassHangBeside, AStoreThatHangsAtTheStartLeavesTheCardWithinThreeSecondsAndComesLater) {
  if (::access("/usr/bin/strace", X_OK) != 0) GTEST_SKIP() << "there is no strace here";
  set_posters({{"red", kRed}}, 3600);
  store_.publish(repository_);
  ++injected_;
  const Steady begin = Clock::now();
  supervise({},
            {"strace", "-D", "-f", "-o", (folder_ / "trace").string(), "-P", store_.path().string(),
             "-e", "trace=readlinkat", "-e", "inject=readlinkat:delay_enter=4000000:when=1"});
  EXPECT_TRUE(becomes([&] { return glass() != kRoot; }, 10s));
  EXPECT_LE(Clock::now() - begin, 3s);
  EXPECT_NE(glass(), kRed) << "a card";
  EXPECT_TRUE(comes(kRed, 20s));
  EXPECT_GE(Clock::now() - begin, 4s);
  ++proven_;
  EXPECT_EQ(service().runs(), 1U);
  ++survived_;
}

// What a player kept of the time, in a boot before this one.
TimeRecord kept_an_hour_ahead() {
  TimeRecord record;
  record.floor = SystemClock().now() + std::chrono::hours{1};
  record.boot = "00000000-0000-4000-8000-000000000000";
  return record;
}

TEST_F(GlassHangBeside, ATimeThatHangsIsNotWrittenOverUnreadAndCountsOnceItComes) {
  if (::access("/usr/bin/strace", X_OK) != 0) GTEST_SKIP() << "there is no strace here";
  set_posters({{"red", kRed}}, 3600);
  store_.publish(repository_);
  const TimeRecord kept = kept_an_hour_ahead();
  const fs::path file = folder_.write("state/time.json", write_time_record(kept));
  const std::vector<std::string> slowly{"strace",
                                        "-D",
                                        "-f",
                                        "-o",
                                        (folder_ / "trace").string(),
                                        "-P",
                                        file.string(),
                                        "-e",
                                        "trace=openat",
                                        "-e",
                                        "inject=openat:delay_enter=4000000:when=1"};
  ++injected_;
  Steady begin = Clock::now();
  supervise({}, slowly);
  EXPECT_TRUE(becomes([&] { return glass() != kRoot; }, 10s));
  EXPECT_LE(Clock::now() - begin, 3s);
  EXPECT_NE(glass(), kRed) << "a card";
  EXPECT_EQ(service().end(), 0);
  EXPECT_EQ(read_file(file, kTimeRecordBytesMax), write_time_record(kept)) << "as it was";

  begin = Clock::now();
  supervise({}, slowly);
  EXPECT_TRUE(becomes([&] { return is_ready() && glass() == kRed; }, 20s));
  EXPECT_GE(Clock::now() - begin, 4s);
  ++proven_;
  EXPECT_EQ(service().end(), 0);
  const auto after = read_time_record(read_file(file, kTimeRecordBytesMax).value());
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->boot, boot_id()) << "written by this start";
  EXPECT_GE(after->floor, kept.floor) << "what was certain stays certain";
  ++survived_;
}

}  // namespace
}  // namespace noseon
