// Clocks that lie, on the glass: the player's own loop, stage, show and clock, on SDL's drivers
// without a screen; only the machine's clock is the test's. What stands is looked at before each
// wait of the loop, and each step's picture has to be there within 250 ms (a second with sanitizers
// and beside compilers).
#include <SDL2/SDL.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

#include "player/civil_clock.h"
#include "player/clock_context.h"
#include "player/player.h"
#include "player/source.h"
#include "tests/faults/summary.h"
#include "tests/media/picture_files.h"
#include "tests/player/clock_faults.h"
#include "tests/player/pictures.h"
#include "tests/support/temporary_folder.h"

#if defined(NOSEON_SANITIZED)
// SDL asks D-Bus for its desktop's settings, and libdbus keeps what it read.
extern "C" const char* __lsan_default_suppressions();   // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libdbus";
}
#endif

namespace noseon {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

#if defined(NOSEON_SANITIZED)
constexpr Millis kGapMax = 1s;
#else
constexpr Millis kGapMax = 250ms;
#endif
constexpr Size kGlass{64, 36};
constexpr Day kFrom{std::chrono::local_days{2028y / 2 / 10}};  // to 9 April
constexpr Instant kBuilt = std::chrono::sys_days{2027y / 6 / 1};
const Color kColors[] = {{200, 16, 32}, {16, 32, 200}, {16, 160, 64}};  // window, hours, always

// The machine's clocks: steady time is real, civil time is what the test sets it to.
class Machine final : public Clock {
 public:
  [[nodiscard]] Steady steady_now() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] Instant now() const override {
    return set_to_ + std::chrono::floor<Millis>(steady_now() - set_at_);
  }
  [[nodiscard]] ClockGrade grade() const override { return ClockGrade::trusted; }
  void set(Instant to) {
    set_to_ = to;
    set_at_ = steady_now();
  }

 private:
  Instant set_to_;
  Steady set_at_ = std::chrono::steady_clock::now();
};

// A bug planted: what the clock is worth was asked at the start, and never again.
class JudgedOnce final : public PacedClock {
 public:
  explicit JudgedOnce(const CivilClock& clock) : clock_(clock) {}
  [[nodiscard]] Steady steady_now() const override { return clock_.steady_now(); }
  [[nodiscard]] Instant now() const override { return clock_.now(); }
  [[nodiscard]] Instant floor() const override { return clock_.floor(); }
  [[nodiscard]] ClockGrade grade() const override {
    if (!first_) first_ = clock_.grade();
    return *first_;
  }
  [[nodiscard]] std::optional<Steady> steady_at(Instant at) const override {
    return clock_.steady_at(at);
  }

 private:
  const CivilClock& clock_;
  mutable std::optional<ClockGrade> first_;
};

enum class Bug { none, judged_once };
enum class Confirm { no, yes };

/// A display of one campaign in a zone, and what is on its glass.
class Rig {
 public:
  Rig(const std::string& zone, Instant start, Bug bug)
      : clock_({.machine = machine_,
                .boot = "boot",
                .built = kBuilt,
                .time_servers = {folder_ / "synchronized"}}),
        once_(clock_) {
    const auto campaign = folder_ / "campaign";
    std::filesystem::create_directory(campaign);
    const auto poster = [](const char* id) { return fmt::format("poster = \"{}.png\"", id); };
    std::ofstream(campaign / "campaign.toml") << fault_campaign(zone, kFrom, poster);
    int color = 0;
    for (const char* id : {"window", "hours", "always"}) {
      const auto pixels = words(*solid(kGlass, kColors[color++]));
      std::ofstream(campaign / (std::string(id) + ".png"), std::ios::binary)
          << testing::rgba_png(kGlass, pixels);
    }
    set_clock(start, Confirm::yes);
    SystemZones zones;
    Display display;
    display.size = kGlass;
    display.zone = zones.find(zone).value();
    const PacedClock& clock = bug == Bug::none ? static_cast<const PacedClock&>(clock_) : once_;
    player_.emplace(PlayerParts{
        .loop = loop_,
        .clock = clock,
        .folder = campaign,
        .first = load_folder(campaign, display, zones),
        .read = [] { return std::optional<LoadedFolder>(); },
        .make_studio = [frames = folder_ / "frames"] { return make_keeping_studio(frames); },
        .show = {}});
    stage_.emplace(
        Stage::open({.title = "test", .shape = StageShape::windowed, .size = kGlass}).value());
    loop_.before_wait([this] { look(); });
    loop_.watch(looks_again_.fd(), [this] { looks_again_.take(); });
    looks_again_.set_every(4ms);
    loop_.watch(end_.fd(), [this] {
      if (end_.take() > 0) loop_.stop();
    });
    player_->start(*stage_);
  }

  /// The machine's clock is set; the daemon may have been who did.
  void set_clock(Instant to, Confirm confirm) {
    machine_.set(to);
    if (confirm == Confirm::no) return;
    const auto file = folder_ / "synchronized";
    std::ofstream(file, std::ios::app) << "";
    const auto since = machine_.now().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const timespec at{static_cast<time_t>(seconds.count()),
                      static_cast<long>(std::chrono::nanoseconds{since - seconds}.count())};
    const timespec times[2] = {at, at};
    EXPECT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
    clock_.look();
  }
  /// What the loop does when the clock was set, until the picture that ought to stand does and for
  /// `longer`. How long it took; kGapMax + 1 s for never.
  Millis run(Millis longer = 0ms) {
    const Steady start = machine_.steady_now();
    came_.reset();
    longer_ = longer;
    player_->refresh();
    end_.set(start + kGapMax + 1s + longer);
    EXPECT_TRUE(loop_.run());
    const Steady came = came_.value_or(start + kGapMax + 1s);
    return std::chrono::ceil<Millis>(came - start);
  }
  /// What an observer said since the last call.
  std::vector<std::string> take_complaints() { return std::exchange(complaints_, {}); }

  [[nodiscard]] const Machine& machine() const { return machine_; }
  [[nodiscard]] const CivilClock& clock() const { return clock_; }
  [[nodiscard]] const Zone& zone() const { return *player_->folder().display->zone; }
  [[nodiscard]] std::vector<EntryIndex> takes_turns() const {
    return slow::taking_turns(*player_->folder().playlist, Context{}, machine_.now());
  }
  /// How long after a civil time what stands now came to be right; 0 where it was before.
  [[nodiscard]] Millis gap_after(Instant edge) const {
    const Steady at = machine_.steady_now() - (machine_.now() - edge);
    return std::max(Millis{0}, std::chrono::ceil<Millis>(right_since_ - at));
  }
  [[nodiscard]] int looks() const { return looks_; }

 private:
  void look() {
    ++looks_;
    const Playlist& playlist = *player_->folder().playlist;
    const Instant now = clock_.now();
    const bool is_trusted = clock_.grade() == ClockGrade::trusted;
    const Context context = with_clock({}, clock_, now);
    const auto entry = entry_on_glass();
    if (entry == slow::taking_turns(playlist, context, now).front()) {
      if (!std::exchange(was_right_, true)) right_since_ = machine_.steady_now();
      if (!came_) came_ = machine_.steady_now();
      if (machine_.steady_now() >= *came_ + longer_) loop_.stop();
      return;
    }
    was_right_ = false;
    if (!entry) return;  // a card: time of the gap
    const std::string complaint = complaint_of(playlist, *entry, context, now, is_trusted, now);
    // An edge passes between two looks; what stands is right up to the loop's next word.
    if (!complaint.empty() && is_second_look(*entry)) complaints_.push_back(complaint);
  }
  // Whether it stood wrongly for longer than it takes to draw a frame.
  bool is_second_look(EntryIndex entry) {
    const Steady now = machine_.steady_now();
    if (wrong_ != entry) {
      wrong_ = entry;
      wrong_since_ = now;
    }
    return now - wrong_since_ > kGapMax;
  }
  static std::optional<EntryIndex> entry_on_glass() {
    for (Uint32 id = 1; id < 10'000; ++id) {
      SDL_Window* const window = SDL_GetWindowFromID(id);
      if (window == nullptr) continue;
      const SDL_Surface* const surface = SDL_GetWindowSurface(window);
      Uint32 pixel = 0;
      std::memcpy(&pixel, static_cast<const char*>(surface->pixels) + surface->pitch * 18 + 32 * 4,
                  4);
      const Color seen{static_cast<std::uint8_t>(pixel >> 16U),
                       static_cast<std::uint8_t>(pixel >> 8U), static_cast<std::uint8_t>(pixel)};
      for (EntryIndex entry = 0; entry < 3; ++entry)
        if (kColors[entry] == seen) return entry;
      return std::nullopt;
    }
    return std::nullopt;
  }

  TemporaryFolder folder_;
  Machine machine_;
  CivilClock clock_;
  JudgedOnce once_;
  PollLoop loop_;
  Timer end_;
  Timer looks_again_;  // ends a wait
  std::optional<Stage> stage_;
  std::optional<Player> player_;
  Steady right_since_;
  bool was_right_ = false;
  Millis longer_{0};
  std::optional<Steady> came_;
  std::optional<EntryIndex> wrong_;
  Steady wrong_since_;
  std::vector<std::string> complaints_;
  int looks_ = 0;
};

struct Step {
  const char* what;
  Instant to;
};

std::vector<Step> steps_from(Instant truth) {
  return {{"1970", Instant{}},
          {"build - 1 d", kBuilt - 24h},
          {"+ 10 y", truth + days{3653}},
          {"- 1024 weeks", truth - days{7 * 1024}},
          {"2038", Instant{std::chrono::seconds{1LL << 31}}},
          {"29 Feb", Instant{std::chrono::sys_days{2028y / 2 / 29}}},
          {"+ 8 s", truth + 8s},
          {"- 8 s", truth - 8s},
          {"+ 1 h", truth + 1h},
          {"- 1 h", truth - 1h},
          {"+ 1 d", truth + 24h},
          {"- 1 d", truth - 24h}};
}

class ClockLoop : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ::setenv("SDL_VIDEODRIVER", GetParam(), 1); }
  void TearDown() override { ::unsetenv("SDL_VIDEODRIVER"); }

  // One lie after the other in trusted time, each put right by the daemon before the next.
  static Tally lie_to(const std::string& zone_name, Bug bug, Millis& longest) {
    SystemZones zones;
    const ZonePtr zone = zones.find(zone_name).value();
    // On a morning in the window, when three would like to show.
    const Instant truth = zone->instant_of(Civil{kFrom + days{20}} + 9h);
    Rig rig(zone_name, truth, bug);
    Tally tally;
    longest = std::max(longest, rig.run());
    const std::size_t steps = steps_from(truth).size();
    for (std::size_t i = 0; i < steps; ++i) {
      // No two confirmations at the same time, which would be one.
      const Instant now = truth + i * 10s;
      const Step step = steps_from(now)[i];
      rig.set_clock(now, Confirm::yes);
      const Millis right = rig.run();
      const Instant before = rig.machine().now();
      const bool was_trusted = rig.clock().grade() == ClockGrade::trusted;
      rig.set_clock(step.to, Confirm::no);
      const bool is_proven = was_trusted && before - now < kGapMax + 2s &&
                             rig.machine().now() - step.to < 1s &&
                             rig.clock().grade() != ClockGrade::trusted;
      const int looks = rig.looks();
      const Millis wrong = rig.run(20ms);
      std::vector<std::string> complaints = rig.take_complaints();
      for (const Millis gap : {right, wrong}) {
        longest = std::max(longest, gap);
        if (gap > kGapMax)
          complaints.push_back(fmt::format("{}, {}: the right picture took {} ms", zone_name,
                                           step.what, gap.count()));
      }
      tally.add(is_proven && rig.looks() > looks, complaints);
    }
    return tally;
  }

  // In trusted time, over an instant at which something of the schedule or of the zone changes.
  static void pass_over(const std::string& zone_name, Instant edge, Tally& tally, Millis& longest) {
    Rig rig(zone_name, edge - 3h, Bug::none);
    rig.run();
    rig.set_clock(edge - 400ms, Confirm::yes);
    const auto offset = rig.zone().offset_at(rig.machine().now());
    const auto before = rig.takes_turns();
    rig.run(600ms);
    const bool is_another =
        rig.takes_turns() != before || rig.zone().offset_at(rig.machine().now()) != offset;
    std::vector<std::string> complaints = rig.take_complaints();
    longest = std::max(longest, rig.gap_after(edge));
    if (rig.gap_after(edge) > kGapMax) complaints.push_back(zone_name + ": the edge was late");
    tally.add(rig.machine().now() > edge && is_another, complaints);
  }
};

INSTANTIATE_TEST_SUITE_P(Drivers, ClockLoop, ::testing::Values("offscreen", "dummy"));

TEST_P(ClockLoop, EachStepIsFollowedAtOnceAndNothingShowsThatMayNot) {
  Tally tally;
  Millis longest{0};
  for (const std::string& zone : fault_zones()) {
    const Tally one = lie_to(zone, Bug::none, longest);
    tally.injected += one.injected;
    tally.proven += one.proven;
    tally.survived += one.survived;
    tally.wrong.insert(tally.wrong.end(), one.wrong.begin(), one.wrong.end());
  }
  std::cout << tally.summary();
  faults::say_measured("clocks on the glass", "longest gap", longest.count(), "ms",
                       faults::Bound::at_most, kGapMax.count());
  EXPECT_EQ(tally.proven, tally.injected);
  EXPECT_EQ(tally.survived, tally.injected);
  for (const std::string& wrong : tally.wrong) ADD_FAILURE() << wrong;
}

TEST_P(ClockLoop, EdgesOfTheZoneAndOfTheWindowPassOnTheGlassToo) {
  Tally tally;
  Millis longest{0};
  SystemZones zones;
  for (const std::string& name : fault_zones()) {
    const ZonePtr zone = zones.find(name).value();
    pass_over(name, zone->start_of(kFrom + days{60}), tally, longest);
    const auto step = zone->next_step(zone->start_of(kFrom));
    if (step && *step < zone->start_of(kFrom + days{60})) pass_over(name, *step, tally, longest);
  }
  std::cout << tally.summary();
  faults::say_measured("clocks on the glass", "longest gap", longest.count(), "ms",
                       faults::Bound::at_most, kGapMax.count());
  EXPECT_GE(tally.injected, 8) << "three of the zones change their clocks";
  EXPECT_EQ(tally.proven, tally.injected);
  EXPECT_EQ(tally.survived, tally.injected);
  for (const std::string& wrong : tally.wrong) ADD_FAILURE() << wrong;
}

// It waits for each picture that does not come: one driver is enough.
class PlantedClockLoop : public ClockLoop {};
INSTANTIATE_TEST_SUITE_P(Drivers, PlantedClockLoop, ::testing::Values("offscreen"));

TEST_P(PlantedClockLoop, WhoseClockIsJudgedOnceIsFoundOut) {
  Millis longest{0};
  const Tally tally = lie_to("Asia/Seoul", Bug::judged_once, longest);
  EXPECT_EQ(tally.proven, tally.injected);
  EXPECT_LT(tally.survived, tally.injected);
  faults::say_planted("clocks on the glass", 1, tally.survived < tally.injected ? 1 : 0);
}

}  // namespace
}  // namespace noseon
