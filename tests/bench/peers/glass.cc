#include "tests/bench/peers/glass.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <thread>

#include "base/clock.h"

namespace noseon::peers {

namespace {

volatile std::sig_atomic_t interrupted = 0;

}  // namespace

bool traces = false;

void catch_interrupts() {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { interrupted = 1; });
}

bool is_interrupted() {
  return interrupted != 0;
}

void rest_between_looks() {
  std::this_thread::sleep_for(std::chrono::microseconds{250});
}

Seen look_at_clocks() {
  const SystemClock clock;
  return {clock.steady_now(), clock.now() + Millis{1}};
}

std::string display_name(const VirtualScreen& screen) {
  return screen.display().substr(std::string_view("DISPLAY=").size());
}

std::optional<int> Glass::at(std::size_t place) const {
  return code_of(screen_.at(places_[place].x, places_[place].y));
}

std::optional<int> Glass::whole() const {
  const auto first = at(0);
  if (!first) return std::nullopt;
  for (std::size_t place = 1; place < kPlaces; ++place)
    if (place != ignored_ && at(place) != first) return std::nullopt;
  return first;
}

bool Glass::shows_some_of(int code) const {
  for (std::size_t place = 0; place < kPlaces; ++place)
    if (place != ignored_ && at(place) == code) return true;
  return false;
}

bool Glass::is_blank() const {
  return std::all_of(places_.begin(), places_.end(),
                     [&](Point place) { return screen_.at(place.x, place.y) == Color{}; });
}

std::optional<Arrival> Glass::wait_for(std::function<bool(int)> wanted, Millis patience) const {
  const auto arrivals = watch(
      [&](const std::vector<Arrival>& all) { return !all.empty() && wanted(all.back().code); },
      patience);
  if (arrivals.empty() || !wanted(arrivals.back().code)) return std::nullopt;
  return arrivals.back();
}

std::vector<Arrival> Glass::watch(const std::function<bool(const std::vector<Arrival>&)>& done,
                                  Millis patience) const {
  std::vector<Arrival> arrivals;
  std::array<std::optional<Seen>, kPosters> begun;
  std::optional<int> stands;
  longest_gap_ = std::chrono::nanoseconds{0};
  Seen before = look_at_clocks();
  const Steady start = before.steady;
  const Steady end = start + patience;
  while (before.steady < end && !is_interrupted() && !done(arrivals)) {
    std::array<bool, kPosters> is_there{};
    for (std::size_t place = 0; place < kPlaces; ++place)
      if (const auto code = at(place); code && place != ignored_)
        is_there[static_cast<std::size_t>(*code)] = true;
    const auto now_whole = whole();
    const Seen now = look_at_clocks();
    for (std::size_t code = 0; code < is_there.size(); ++code) {
      if (!is_there[code]) begun[code].reset();
      if (is_there[code] && !begun[code]) begun[code] = now;
    }
    if (now_whole && now_whole != stands) {
      stands = now_whole;
      // What was drawn between the two looks has begun by the later one.
      auto& since = begun[static_cast<std::size_t>(*stands)];
      if (!since) since = now;
      arrivals.push_back({*stands, *since, now});
      if (traces)
        fmt::print(stderr, "poster {} whole at {:.1f} ms, begun {:.1f} ms before\n", *stands,
                   std::chrono::duration<double, std::milli>(now.steady - start).count(),
                   std::chrono::duration<double, std::milli>(now.steady - since->steady).count());
      continue;
    }
    longest_gap_ = std::max<std::chrono::nanoseconds>(longest_gap_, now.steady - before.steady);
    before = now;
    rest_between_looks();
  }
  return arrivals;
}

}  // namespace noseon::peers
