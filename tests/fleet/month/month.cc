#include "tests/fleet/month/month.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace noseon::month {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::chrono::hours kSeoul{9};
constexpr std::size_t kEventsKept = 25;
// An urgent item is heard of at the next poll, and shows when the slot that plays is over.
constexpr Millis kUrgentBound = Bus::kPoll + minutes{1};
// As long as a display that failed before may wait.
constexpr Millis kStableFor = minutes{45};

enum class Kind {
  power_on,
  power_cut,
  poll,
  weather,
  clock_set,
  plug_stick,
  pull_stick,
  rot,
  publish,
  sign_again,
  alert,
  alert_due,
  calm,
};
constexpr std::array<const char*, 13> kWords{
    "power on", "power cut", "poll",       "weather", "clock set", "plug stick", "unplug",
    "rot",      "publish",   "sign again", "alert",   "alert due", "calm"};

struct Event {
  Instant at;
  std::uint64_t order = 0;
  Kind kind = Kind::poll;
  int bus = -1;
  int boot = 0;  ///< a poll of a run that is over is none

  friend bool operator>(const Event& a, const Event& b) {
    return std::tie(a.at, a.order) > std::tie(b.at, b.order);
  }
};

struct Driver {
  std::unique_ptr<Bus> bus;
  int boot = 0;
  bool has_link = true;  ///< some have none for the whole month
  Instant stable_since;
  std::deque<std::string> events;
};

class Month {
 public:
  Month(const Plan& plan, std::filesystem::path folder)
      : plan_(plan),
        folder_(std::move(folder)),
        random_(plan.seed),
        begin_(seoul_day(20'879) + hours{4}),  // 2027-03-02
        end_(begin_ + hours{24 * plan.days}),
        now_{begin_},
        publisher_(folder_ / "repository", plan.seed, begin_ - hours{24}),
        attacker_(folder_ / "attacker", plan.seed + 1, begin_ - hours{24}),
        servers_{publisher_, attacker_, begin_} {}

  Outcome run() {
    set_out();
    while (!queue_.empty() && outcome_.wrong.empty()) {
      const Event event = queue_.top();
      queue_.pop();
      if (event.at > end_) break;
      servers_.now = now_ = event.at;
      tell_day();
      ++outcome_.steps;
      take(event);
    }
    servers_.now = now_ = end_;
    if (outcome_.wrong.empty()) check_the_end();
    add_up();
    return std::move(outcome_);
  }

 private:
  void tell_day() {
    const int day = 1 + static_cast<int>((now_ - begin_) / hours{24});
    if (day == std::exchange(day_, day) || !plan_.begun) return;
    plan_.begun(day);
  }

  // ---- Chance --------------------------------------------------------------------------------

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Millis between(Millis least, Millis most) {
    return least + Millis{static_cast<std::int64_t>(
                       below(static_cast<std::uint64_t>((most - least).count()) + 1))};
  }
  void add(Millis after, Kind kind, int bus = -1) {
    queue_.push({now_ + after, ++order_, kind, bus,
                 bus < 0 ? 0 : drivers_[static_cast<std::size_t>(bus)].boot});
  }

  // ---- The beginning -------------------------------------------------------------------------

  void set_out() {
    now_ = begin_ - hours{5};  // before the mirror that is behind looked last
    for (const auto& [agency, campaign] : kCampaigns) publish_new(agency, campaign);
    now_ = begin_;
    attacker_.publish("city", "spring", draft("spring", 3), now_);
    for (int number = 0; number < plan_.buses; ++number) set_out(number);
    add(hours{23}, Kind::sign_again);
    add(hours{5}, Kind::publish);
    add(hours{9}, Kind::alert);
    queue_.push({end_ - hours{30}, ++order_, Kind::calm, -1, 0});
  }

  void set_out(int number) {
    const std::filesystem::path folder = folder_ / fmt::format("bus-{}", number);
    std::filesystem::create_directories(folder);
    constexpr std::array kMirrors{Mirror::malicious, Mirror::honest, Mirror::behind};
    Driver& driver = drivers_.emplace_back();
    driver.bus = std::make_unique<Bus>(
        Bus::Parts{.servers = servers_,
                   .folder = folder,
                   .number = number,
                   .seed = random_(),
                   .mirror = kMirrors[static_cast<std::size_t>(number) % kMirrors.size()],
                   .bug = plan_.bug,
                   .keeps_journal = number % 10 == 1});
    // Of ten one has no link at all: a stick is all that reaches it.
    driver.has_link = number % 10 != 5;
    if (!driver.has_link) driver.bus->link.weather = Weather::down;
    driver.stable_since = now_;
    add(between(minutes{0}, minutes{90}), Kind::power_on, number);
    add(between(minutes{30}, hours{12}), Kind::weather, number);
    add(between(hours{2}, hours{60}), Kind::plug_stick, number);
    add(between(hours{4}, hours{100}), Kind::rot, number);
  }

  // ---- Events --------------------------------------------------------------------------------

  void take(const Event& event) {
    if (event.bus < 0) return take_of_staff(event.kind);
    Driver& driver = drivers_[static_cast<std::size_t>(event.bus)];
    if (event.kind == Kind::poll && event.boot != driver.boot) return;
    note(driver, kWords[static_cast<std::size_t>(event.kind)]);
    const Verdict wrong = take(event, driver);
    trace(event);
    if (wrong) report(*wrong, driver.events);
  }

  Verdict take(const Event& event, Driver& driver) {
    Bus& bus = *driver.bus;
    switch (event.kind) {
      case Kind::power_on:
        return power_on(event.bus, driver);
      case Kind::power_cut:
        return power_cut(event.bus, driver);
      case Kind::poll:
        return poll(event.bus, driver);
      case Kind::weather:
        return change_weather(event.bus, driver);
      case Kind::clock_set:
        return set_clock(event.bus, driver);
      case Kind::plug_stick:
        bus.link.stick = now_ - between(minutes{10}, hours{72});
        ++outcome_.sticks;
        add(minutes{20}, Kind::pull_stick, event.bus);
        if (!is_calm_) add(between(hours{12}, hours{120}), Kind::plug_stick, event.bus);
        return bus.is_on() ? poll(event.bus, driver, Again::no) : Verdict{};
      case Kind::pull_stick:
        bus.link.stick.reset();
        return {};
      case Kind::rot: {
        Verdict wrong = bus.show();
        bus.rot();
        if (!is_calm_) add(between(hours{12}, hours{240}), Kind::rot, event.bus);
        return wrong;
      }
      default:
        return {};
    }
  }

  Verdict power_on(int number, Driver& driver) {
    Bus& bus = *driver.bus;
    if (bus.is_on()) return {};
    ++driver.boot;
    driver.stable_since = now_;
    lie_about_time(number, bus);
    if (!is_calm_) {
      const Millis until_off =
          one_in(6) ? between(seconds{5}, minutes{10}) : between(minutes{20}, hours{7});
      add(until_off, Kind::power_cut, number);
    }
    if (Verdict wrong = bus.power_on()) return wrong;
    note(driver, fmt::format("  plays {}", bus.playing()));
    add(between(seconds{5}, seconds{60}), Kind::poll, number);
    return {};
  }

  void lie_about_time(int number, Bus& bus) {
    const bool is_right = is_calm_ || !one_in(3);
    Millis off{0};
    if (!is_right) {
      ++outcome_.lies;
      const std::array<Millis, 6> lies{-hours{24},        hours{71},   -hours{24 * 7'000},
                                       hours{24 * 3'650}, -minutes{7}, -hours{24 * 7'168}};
      off = lies[below(lies.size())];
      add(between(minutes{2}, minutes{90}), Kind::clock_set, number);
    }
    bus.clock.set(off, is_right);
  }

  Verdict set_clock(int number, Driver& driver) {
    Bus& bus = *driver.bus;
    if (!bus.is_on() || bus.clock.is_right()) return {};
    if (bus.link.weather == Weather::down || bus.link.weather == Weather::captive) {
      if (!is_calm_) add(minutes{20}, Kind::clock_set, number);
      if (!is_calm_) return {};
    }
    Verdict wrong = bus.show();
    bus.clock.set(Millis{0}, true);
    driver.stable_since = now_;
    return wrong;
  }

  Verdict power_cut(int number, Driver& driver) {
    Bus& bus = *driver.bus;
    if (!bus.is_on() || is_calm_) return {};
    Verdict wrong = bus.power_cut();
    const auto hour = std::chrono::floor<hours>(now_ + kSeoul).time_since_epoch().count() % 24;
    const bool is_night = hour >= 23 || hour < 4;
    add(is_night ? between(hours{1}, hours{5}) : between(seconds{2}, minutes{25}), Kind::power_on,
        number);
    return wrong;
  }

  enum class Again { yes, no };
  Verdict poll(int number, Driver& driver, Again again = Again::yes) {
    Bus& bus = *driver.bus;
    if (!bus.is_on()) return {};
    std::optional<std::uint64_t> fails_after;
    if (!is_calm_ && one_in(12)) fails_after = below(120);
    const std::int64_t before = bus.playing();
    Bus::Turn turn = bus.pull(fails_after);
    if (bus.playing() != before)
      note(driver, fmt::format("  plays {} after {}", bus.playing(), before));
    if (turn.wrong) return turn.wrong;
    if (turn.lost_power) {
      note(driver, "  lost its power on the way");
      Verdict wrong = bus.power_cut();
      add(between(seconds{2}, minutes{10}), Kind::power_on, number);
      return wrong;
    }
    if (again == Again::yes) add(std::max<Millis>(turn.wait, seconds{1}), Kind::poll, number);
    return {};
  }

  Verdict change_weather(int number, Driver& driver) {
    Bus& bus = *driver.bus;
    if (is_calm_) return {};
    constexpr std::array kWeathers{Weather::clear, Weather::clear,   Weather::clear,  Weather::down,
                                   Weather::slow,  Weather::captive, Weather::corrupt};
    if (driver.has_link) bus.link.weather = kWeathers[below(kWeathers.size())];
    driver.stable_since = now_;
    // Now and then a bus goes where there is no link for long.
    const bool is_long = bus.link.weather == Weather::down && one_in(8);
    add(is_long ? between(hours{72}, hours{300}) : between(minutes{5}, hours{16}), Kind::weather,
        number);
    return {};
  }

  // ---- Staff ---------------------------------------------------------------------------------

  static constexpr std::array<std::pair<const char*, const char*>, 5> kCampaigns{
      {{"city", "spring"},
       {"city", "culture"},
       {"metro", "courtesy"},
       {"metro", "works"},
       {"festival", "lanterns"}}};

  // "courtesy" is what always plays; the others have their windows.
  Draft draft(const std::string& campaign, std::size_t count) {
    Draft draft;
    const std::int64_t today =
        std::chrono::floor<std::chrono::days>(now_ + kSeoul).time_since_epoch().count();
    for (std::size_t i = 0; i < count; ++i) {
      PlainItem item;
      item.id = fmt::format("{}-{}-{}", campaign, ++drafts_, i);
      item.weight = 1 + static_cast<int>(below(6));
      if (campaign != "courtesy") {
        const auto from = static_cast<std::int64_t>(below(6)) - 3;
        if (!one_in(3)) item.window.from = seoul_day(today + from);
        if (!one_in(3))
          item.window.until = seoul_day(today + from + 1 + static_cast<std::int64_t>(below(9)));
        if (one_in(2)) {
          const auto begins = static_cast<std::int64_t>(below(22 * 4));
          item.window.day_begins = minutes{15 * begins};
          item.window.day_ends = minutes{
              15 * (begins + 1 +
                    static_cast<std::int64_t>(below(static_cast<std::uint64_t>(95 - begins))))};
        }
      }
      std::string bytes(500 + below(3'000), '\0');
      for (char& c : bytes) c = static_cast<char>(random_());
      item.picture = sha256(bytes);
      draft.pictures[item.id] = std::move(bytes);
      draft.items.push_back(std::move(item));
    }
    return draft;
  }

  void publish_new(const std::string& agency, const std::string& campaign,
                   int share = kShareWhole) {
    publisher_.publish(agency, campaign, draft(campaign, 2 + below(4)), now_, share);
  }

  void take_of_staff(Kind kind) {
    switch (kind) {
      case Kind::publish:
        publish();
        if (!is_calm_) add(between(minutes{40}, hours{14}), Kind::publish);
        break;
      case Kind::sign_again:
        publisher_.sign_again(now_);
        attacker_.sign_again(now_);
        add(hours{24}, Kind::sign_again);
        break;
      case Kind::alert:
        raise_alert();
        if (!is_calm_) add(between(hours{8}, hours{40}), Kind::alert);
        break;
      case Kind::alert_due:
        end_alert();
        break;
      case Kind::calm:
        calm();
        break;
      default:
        break;
    }
    trace_number(static_cast<std::uint64_t>(publisher_.latest().version));
  }

  void publish() {
    if (is_calm_) return;
    const auto& [agency, campaign] = kCampaigns[below(kCampaigns.size())];
    switch (below(8)) {
      case 0:
        if (publisher_.roll_back(agency, campaign, now_)) ++outcome_.rollbacks;
        return;
      case 1:
        if (std::string_view(campaign) == "courtesy" || !publisher_.is_live(agency, campaign))
          break;
        ++outcome_.withdrawals;
        return publisher_.withdraw(agency, campaign, now_);
      case 2:
      case 3:
        ++outcome_.trials;
        return publish_new(agency, campaign, 1'000 + static_cast<int>(below(5'000)));
      case 4:
        return publisher_.finish_trial(agency, campaign, now_);
      case 5:
        if (!one_in(5)) break;
        ++outcome_.key_changes;
        return publisher_.replace_online_keys(now_);
      default:
        break;
    }
    publish_new(agency, campaign);
  }

  void raise_alert() {
    if (is_calm_) return;
    const Instant from = std::chrono::floor<minutes>(now_);
    Draft alert = draft("courtesy", 1);
    alert.items[0].is_urgent = true;
    alert.items[0].window.from = from;
    alert.items[0].window.until = from + hours{2};
    publisher_.publish("emergency", "alert", alert, now_);
    ++outcome_.alerts;
    awaiting_.clear();
    for (std::size_t i = 0; i < drivers_.size(); ++i)
      if (hears_at_once(drivers_[i], now_)) awaiting_.push_back(i);
    alert_at_ = now_;
    add(kUrgentBound, Kind::alert_due);
  }

  // On, with a right clock and a good link to a mirror that is not behind, for long enough.
  static bool hears_at_once(const Driver& driver, Instant since) {
    const Bus& bus = *driver.bus;
    return bus.is_on() && bus.clock.is_right() && bus.link.weather == Weather::clear &&
           bus.link.mirror() == Mirror::honest && driver.stable_since + kStableFor <= since;
  }

  void end_alert() {
    for (const std::size_t i : awaiting_) {
      Driver& driver = drivers_[i];
      if (!hears_at_once(driver, alert_at_)) continue;
      ++outcome_.alerts_awaited;
      if (!driver.bus->shows_urgent())
        report(driver.bus->name() + ": an urgent item was not on the glass in time", driver.events);
    }
    publisher_.withdraw("emergency", "alert", now_);
  }

  // No new faults: within a day all is as it should be.
  void calm() {
    is_calm_ = true;
    for (std::size_t i = 0; i < drivers_.size(); ++i) {
      Driver& driver = drivers_[i];
      Bus& bus = *driver.bus;
      if (const Verdict wrong = bus.show()) report(*wrong, driver.events);
      bus.link.weather = Weather::clear;
      bus.link.set_mirror(Mirror::honest);
      bus.clock.set(Millis{0}, true);
      bus.end_faults();
      if (!bus.is_on()) add(minutes{1}, Kind::power_on, static_cast<int>(i));
    }
  }

  // ---- The end -------------------------------------------------------------------------------

  void check_the_end() {
    for (Driver& driver : drivers_) {
      Bus& bus = *driver.bus;
      Verdict wrong = bus.show();
      if (!wrong && bus.playing() != publisher_.latest().version)
        wrong = fmt::format("{}: plays release {} of {} at the end", bus.name(), bus.playing(),
                            publisher_.latest().version);
      if (!wrong) wrong = bus.check_journal();
      if (wrong) report(*wrong, driver.events);
    }
  }

  void add_up() {
    outcome_.releases = publisher_.releases();
    for (const Driver& driver : drivers_) {
      outcome_.tally.add(driver.bus->tally());
      outcome_.harms += driver.bus->link.harms();
      outcome_.failures += driver.bus->link.failures();
      trace_number(driver.bus->tally().slots);
    }
    outcome_.trace = trace_;
  }

  void report(const std::string& what, const std::deque<std::string>& events) {
    if (!outcome_.wrong.empty()) return;
    outcome_.wrong =
        fmt::format("seed {}, step {}, {}: {}\nits last events:\n  {}\n", plan_.seed,
                    outcome_.steps, to_rfc3339(now_, kSeoul), what, fmt::join(events, "\n  "));
  }

  void note(Driver& driver, const std::string& what) {
    driver.events.push_back(to_rfc3339(now_, kSeoul) + " " + what);
    if (driver.events.size() > kEventsKept) driver.events.pop_front();
  }

  void trace(const Event& event) {
    const Bus& bus = *drivers_[static_cast<std::size_t>(event.bus)].bus;
    trace_number(static_cast<std::uint64_t>(event.at.time_since_epoch().count()));
    trace_number(static_cast<std::uint64_t>(event.kind) * 1'000 +
                 static_cast<std::uint64_t>(event.bus));
    trace_number(static_cast<std::uint64_t>(bus.playing()));
    trace_number(bus.generation());
  }

  // FNV-1a.
  void trace_number(std::uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8U) trace_ = (trace_ ^ (number & 255U)) * 1099511628211U;
  }

  Plan plan_;
  int day_ = 0;
  std::filesystem::path folder_;
  std::mt19937_64 random_;
  Instant begin_, end_, now_;
  Publisher publisher_, attacker_;
  Servers servers_;
  std::deque<Driver> drivers_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> queue_;
  std::uint64_t order_ = 0;
  std::uint64_t drafts_ = 0;
  bool is_calm_ = false;
  std::vector<std::size_t> awaiting_;  // displays that are to show the alert
  Instant alert_at_;
  std::uint64_t trace_ = 14695981039346656037U;
  Outcome outcome_;
};

}  // namespace

std::uint64_t Outcome::faults() const {
  return tally.cuts + tally.rotten + harms + failures + lies;
}

Outcome run_month(const Plan& plan, const std::filesystem::path& folder) {
  return Month(plan, folder).run();
}

std::string to_string(const Outcome& outcome) {
  const Tally& tally = outcome.tally;
  return fmt::format(
      "{} steps, {} passes, {} releases published ({} rolled back, {} withdrawn, {} tried on a "
      "part, {} changes of keys), {} came to play\n"
      "{} slots shown, {} of them a card before there was anything, {} under a clock that nothing "
      "confirmed ({} of these outside a window, within the bound); shares within {:.2f} turns\n"
      "{} power cuts, {} with something on its way to the disk, {} within a pass; {} wrong clocks; "
      "{} sticks\n"
      "{} answers that meant harm, {} transfers that failed; {} rotten blobs, {} seen in time\n"
      "{} urgent items, {} displays that were to show one in time\n"
      "{} journal rows compared, {} plays in progress or unacknowledged at a cut; trace {:016x}\n",
      outcome.steps, tally.passes, outcome.releases, outcome.rollbacks, outcome.withdrawals,
      outcome.trials, outcome.key_changes, tally.releases, tally.slots, tally.cards, tally.doubted,
      tally.outside, tally.share_off, tally.cuts, tally.cuts_open, tally.cuts_within, outcome.lies,
      outcome.sticks, outcome.harms, outcome.failures, tally.rotten, tally.caught, outcome.alerts,
      outcome.alerts_awaited, tally.journal_rows, tally.journal_left_out, outcome.trace);
}

}  // namespace noseon::month
