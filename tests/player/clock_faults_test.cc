// Clocks that lie, without a screen: a display lives through days whose truth the test knows, with
// the clock of the player and the schedule, in five zones. 40 lives in each; NOSEON_LONG=1 lives
// 2,000; NOSEON_SEED=n repeats a run.
#include <gtest/gtest.h>

#include <iostream>
#include <optional>

#include "player/civil_clock.h"
#include "player/clock_context.h"
#include "playlist/schedule.h"
#include "tests/faults/summary.h"
#include "tests/player/clock_faults.h"
#include "tests/support/long_run.h"
#include "tests/support/random_playlist.h"
#include "tests/support/seed.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

// What somebody could have written instead.
enum class Bug { none, floor_alone, judged_once, floor_follows_clock };

// The player's clock with a bug planted in what it says of itself.
class Planted final : public Clock {
 public:
  Planted(const CivilClock& clock, Bug bug) : clock_(clock), bug_(bug), latest_(clock.floor()) {}
  [[nodiscard]] Steady steady_now() const override { return clock_.steady_now(); }
  [[nodiscard]] Instant now() const override { return clock_.now(); }
  [[nodiscard]] ClockGrade grade() const override {
    if (!first_) first_ = clock_.grade();
    return bug_ == Bug::judged_once ? *first_ : clock_.grade();
  }
  [[nodiscard]] Instant floor() const override {
    if (bug_ == Bug::floor_follows_clock) latest_ = std::max(latest_, clock_.now());
    return std::max(clock_.floor(), latest_);
  }

 private:
  const CivilClock& clock_;
  Bug bug_;
  mutable std::optional<ClockGrade> first_;
  mutable Instant latest_;
};

struct Fault {
  const char* what;
  std::function<Instant(Instant truth, Instant built)> clock;  // what the machine's says then
};

const std::vector<Fault>& lies() {
  static const std::vector<Fault> kLies{
      {"1970", [](Instant, Instant) { return Instant{}; }},
      {"build - 1 d", [](Instant, Instant built) { return built - 24h; }},
      {"+ 10 y", [](Instant truth, Instant) { return truth + days{3653}; }},
      {"- 1024 weeks", [](Instant truth, Instant) { return truth - days{7 * 1024}; }},
      {"2038", [](Instant, Instant) { return Instant{std::chrono::seconds{1LL << 31}}; }},
      {"29 Feb", [](Instant, Instant) { return Instant{std::chrono::sys_days{2028y / 2 / 29}}; }},
      {"+ 8 s", [](Instant truth, Instant) { return truth + 8s; }},
      {"- 8 s", [](Instant truth, Instant) { return truth - 8s; }},
      {"+ 1 h", [](Instant truth, Instant) { return truth + 1h; }},
      {"- 1 h", [](Instant truth, Instant) { return truth - 1h; }},
      {"+ 1 d", [](Instant truth, Instant) { return truth + 24h; }},
      {"- 1 d", [](Instant truth, Instant) { return truth - 24h; }},
  };
  return kLies;
}

/// A display, its clocks, and the truth.
class Life {
 public:
  Life(const std::string& zone_name, Day from, Instant truth, Bug bug)
      : bug_(bug), truth_(truth), machine_(truth) {
    SystemZones zones;
    display_.zone = zones.find(zone_name).value();
    ParsedCampaign parsed = parse_campaign(
        fault_campaign(zone_name, from, [](const char*) { return "text = { en = \"a\" }"; }),
        "campaign.toml", zones);
    std::vector<Campaign> campaigns{std::move(*parsed.campaign)};
    Findings findings;
    playlist_ = compile(std::move(campaigns), display_, findings);
    schedule_.emplace(playlist_, display_);
    built_ = truth - days{200};
    boot();
  }

  /// A time server set the clock, and a release was signed just now.
  void confirm() {
    set_clock(truth_);
    clock_->learn({truth_, true});
  }
  void set_clock(Instant says) { machine_.step(says - machine_.now()); }
  void pass(Millis time) {
    truth_ += time;
    machine_.advance(time);
  }
  /// The power is off for so long; then the machine's clock says what it says.
  void lose_power(Millis time, const Fault& fault) {
    const TimeRecord kept = clock_->record();
    truth_ += time;
    machine_ = FakeClock(fault.clock(truth_, built_));
    boot();
    clock_->learn(kept);
  }

  /// What an observer says of what stands now, if anything.
  void look(std::vector<std::string>& complaints) {
    const Instant now = planted_->now();
    const bool is_trusted = planted_->grade() == ClockGrade::trusted;
    context_ = with_clock(context_, *planted_, now);
    if (clock_->floor() > truth_) complaints.emplace_back("the floor is ahead of the truth");
    const std::optional<EntryIndex> entry = shown(now);
    if (!entry) {
      complaints.emplace_back("nothing shows");
      return;
    }
    const std::string complaint =
        complaint_of(playlist_, *entry, context_, now, is_trusted, truth_);
    if (!complaint.empty()) complaints.push_back(complaint);
  }
  /// After a confirmation the clock is as good as ever: what stands is what ought to.
  void look_when_trusted(std::vector<std::string>& complaints) {
    look(complaints);
    const auto right = slow::taking_turns(playlist_, Context{}, truth_);
    if (planted_->grade() != ClockGrade::trusted) complaints.emplace_back("it is not trusted");
    if (shown(planted_->now()) != right.front())
      complaints.emplace_back("in trusted time something else ought to show");
  }

  [[nodiscard]] Instant machine_says() const { return machine_.now(); }
  [[nodiscard]] Instant truth() const { return truth_; }
  [[nodiscard]] Instant built() const { return built_; }
  [[nodiscard]] bool is_trusted() const { return clock_->grade() == ClockGrade::trusted; }
  [[nodiscard]] const Zone& zone() const { return *display_.zone; }

 private:
  void boot() {
    clock_.emplace(CivilClockParts{.machine = machine_,
                                   .boot = std::to_string(++boots_),
                                   .built = built_,
                                   .time_servers = {}});
    planted_.emplace(*clock_, bug_);
    context_ = {};
  }

  [[nodiscard]] std::optional<EntryIndex> shown(Instant now) {
    if (bug_ == Bug::floor_alone && context_.clock_floor) return shown_by_floor_alone(now);
    return schedule_->showing_at(context_, now).slot.entry;
  }
  // As if it were enough to be inside at the floor.
  [[nodiscard]] std::optional<EntryIndex> shown_by_floor_alone(Instant now) const {
    for (const EntryIndex entry : {EntryIndex{1}, EntryIndex{0}, EntryIndex{2}}) {
      if (playlist_.item_of(entry).hours) continue;
      if (slow::is_eligible(playlist_, entry, Context{}, now) &&
          slow::is_eligible(playlist_, entry, Context{}, context_.floor_at(now)))
        return entry;
    }
    return std::nullopt;
  }

  Bug bug_;
  Instant truth_;
  Instant built_;
  int boots_ = 0;
  FakeClock machine_;
  std::optional<CivilClock> clock_;
  std::optional<Planted> planted_;
  Context context_;
  Display display_;
  Playlist playlist_;
  std::optional<Schedule> schedule_;
};

// Looks a few times while time passes.
void live_on(Life& life, Dice& dice, std::vector<std::string>& complaints) {
  life.look(complaints);
  for (int i = 0; i < 4; ++i) {
    life.pass(Millis{dice.between(1, 12 * 3'600'000)});
    life.look(complaints);
  }
}

// One fault while it runs, which is put right, and one at a start after the power was off.
void live(const std::string& zone, const Fault& fault, Bug bug, Dice& dice, Tally& tally) {
  constexpr Day kFrom{std::chrono::local_days{2028y / 2 / 10}};
  // Within five days of an edge of the window: its first or its last day.
  const Day edge = kFrom + days{dice.one_in(2) ? 0 : 60};
  const Instant start = std::chrono::sys_days{edge.time_since_epoch()} +
                        Millis{dice.between(-432'000'000, 432'000'000)};
  const std::string name = zone + ", " + fault.what + ": ";
  const auto named = [&](std::vector<std::string> complaints) {
    for (std::string& complaint : complaints) complaint.insert(0, name);
    return complaints;
  };
  Life life(zone, kFrom, start, bug);
  {
    std::vector<std::string> complaints;
    life.confirm();
    life.look_when_trusted(complaints);
    const bool was_trusted = life.is_trusted();
    const Instant before = life.machine_says();
    life.set_clock(fault.clock(life.truth(), life.built()));
    const bool is_proven = was_trusted && before == life.truth() &&
                           life.machine_says() == fault.clock(life.truth(), life.built()) &&
                           !life.is_trusted();
    live_on(life, dice, complaints);
    life.confirm();
    life.look_when_trusted(complaints);
    tally.add(is_proven, named(complaints));
  }
  {
    std::vector<std::string> complaints;
    life.confirm();
    life.look_when_trusted(complaints);
    const Millis off = dice.pick(std::vector<Millis>{1min, 8h, 48h, 71h});
    life.lose_power(off, fault);
    const Instant says = life.machine_says();
    const bool is_proven = says == fault.clock(life.truth(), life.built()) &&
                           says != life.truth() && !life.is_trusted();
    live_on(life, dice, complaints);
    tally.add(is_proven, named(complaints));
  }
}

// The zone's clocks are set, or there is a 29 February, while the display's clock is right.
void pass_over(const std::string& zone, Instant moment, bool changes_offset, Tally& tally) {
  constexpr Day kFrom{std::chrono::local_days{2028y / 2 / 10}};
  std::vector<std::string> complaints;
  Life life(zone, kFrom, moment - 13h, Bug::none);
  life.confirm();
  const auto offset = life.zone().offset_at(life.truth());
  const Day day = life.zone().day_of(life.truth());
  for (int i = 0; i < 26 * 4; ++i) {
    life.look_when_trusted(complaints);
    life.pass(15min);
  }
  const bool is_proven =
      life.is_trusted() && (changes_offset ? life.zone().offset_at(life.truth()) != offset
                                           : life.zone().day_of(life.truth()) != day);
  tally.add(is_proven, complaints);
}

Tally live_all(Bug bug, std::uint64_t seed, int lives) {
  Tally tally;
  for (const std::string& zone : fault_zones()) {
    Dice dice(seed);
    for (int i = 0; i < lives; ++i)
      live(zone, lies()[static_cast<std::size_t>(i) % lies().size()], bug, dice, tally);
  }
  return tally;
}

TEST(ClockFaults, NothingShowsOutsideItsWindowInTrustedTimeNorOutsideTheBoundInDoubt) {
  const std::uint64_t seed = seed_of_run();
  Tally tally = live_all(Bug::none, seed, is_long_run() ? 2000 : 36);
  SystemZones zones;
  for (const std::string& name : fault_zones()) {
    const ZonePtr zone = zones.find(name).value();
    Instant from = std::chrono::sys_days{2028y / 1 / 1};
    for (int i = 0; i < 2; ++i) {  // forward and back
      const auto step = zone->next_step(from);
      if (!step || *step > Instant{std::chrono::sys_days{2029y / 1 / 1}}) break;
      pass_over(name, *step, true, tally);
      from = *step;
    }
    pass_over(name, zone->start_of(Day{std::chrono::local_days{2028y / 2 / 29}}), false, tally);
    pass_over(name, zone->start_of(Day{std::chrono::local_days{2028y / 3 / 1}}), false, tally);
  }
  std::cout << tally.summary();
  EXPECT_EQ(tally.proven, tally.injected);
  EXPECT_EQ(tally.survived, tally.injected) << "NOSEON_SEED=" << seed;
  for (const std::string& wrong : tally.wrong) ADD_FAILURE() << wrong;
}

TEST(ClockFaults, EachPlantedBugIsFoundOut) {
  const std::uint64_t seed = seed_of_run();
  std::size_t found = 0;
  for (const auto& [bug, what] :
       {std::pair{Bug::floor_alone, "outside its window, 72 h or less after the floor"},
        std::pair{Bug::judged_once, "not trusted"}, std::pair{Bug::floor_follows_clock, ""}}) {
    const Tally tally = live_all(bug, seed, 48);
    EXPECT_EQ(tally.proven, tally.injected) << "the fault itself happens";
    EXPECT_LT(tally.survived, tally.injected) << what << ", NOSEON_SEED=" << seed;
    ASSERT_FALSE(tally.wrong.empty());
    found += tally.survived < tally.injected ? 1 : 0;
  }
  faults::say_planted("clocks", 3, found);
}

}  // namespace
}  // namespace noseon
