// Rows 3, 4, 5 and 8: the next poster, what it costs, how long it stands, and fades.
#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <thread>

#include "player/folder.h"
#include "playlist/schedule.h"
#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/processes.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

constexpr Millis kPatience{20'000};
constexpr Millis kDelay{3000};
constexpr Millis kFadeSlot{2000};

template <class Duration>
double in_millis(Duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

double in_seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

// What both the program and the X server have computed so far.
struct Cpu {
  std::chrono::nanoseconds program{0};
  std::chrono::nanoseconds server{0};
};

Cpu cpu_now(const Program& program, const VirtualScreen& screen) {
  return {cpu_of(program.pid()), cpu_of(screen.server_pid())};
}

// What was seen over a number of stands, and computed between the arrivals that begin the first and
// end the last of them.
struct Stands {
  std::vector<Arrival> arrivals;  ///< those before, too
  Cpu cpu;
};

// So many stands after the first `before`. Fewer arrivals where a poster does not come.
Stands watch_stands(const Glass& glass, const Program& program, const VirtualScreen& screen,
                    std::size_t before, std::size_t stands) {
  std::size_t seen = 0;
  Cpu begin, end;
  const std::size_t wanted = before + stands + 1;
  Stands watched;
  watched.arrivals = glass.watch(
      [&](const std::vector<Arrival>& all) {
        if (all.size() == seen) return seen >= wanted;
        seen = all.size();
        if (seen == before + 1) begin = cpu_now(program, screen);
        if (seen == wanted) end = cpu_now(program, screen);
        return seen >= wanted;
      },
      kPatience + (kDelay + 1s) * static_cast<int>(wanted));
  watched.cpu = {end.program - begin.program, end.server - begin.server};
  return watched;
}

// How late a poster was by the clock it follows: Noseon by its own schedule, asked here as a
// function of the folder; a peer by whole multiples of the delay.
class Punctuality {
 public:
  Punctuality(const std::filesystem::path& campaign, bool is_noseon) {
    if (!is_noseon) return;
    Display display;
    display.size = kGlass;
    SystemZones zones;
    loaded_.emplace(load_folder(campaign, display, zones));
    schedule_.emplace(*loaded_->playlist, *loaded_->display);
  }

  [[nodiscard]] double late_ms(const Arrival& arrival) {
    const Instant wall = arrival.complete.wall;
    if (!schedule_) return in_millis(wall.time_since_epoch() % kDelay);
    const Showing showing = schedule_->showing_at({}, wall);
    return in_millis(wall - showing.slot.from);
  }

 private:
  std::optional<LoadedFolder> loaded_;
  std::optional<Schedule> schedule_;
};

}  // namespace

void Bench::measure_told(const Peer& peer) {
  Run run(*this);
  const Glass glass(*screen_, posters_.print.place());
  starter(&peer, posters_.print, {})(run);
  auto shown = glass.wait_for([](int) { return true; }, kPatience);
  if (!shown) return failed("next_print", peer.column(), run);
  for (int i = 0; i < options_.tells; ++i) {
    std::this_thread::sleep_for(1s);
    const int before = shown->code;
    const Steady told = std::chrono::steady_clock::now();
    if (!peer.tell_next(*run.program, run.stand())) return failed("next_print", peer.column(), run);
    shown = glass.wait_for([&](int code) { return code != before; }, kPatience);
    if (!shown) return failed("next_print", peer.column(), run);
    results_.add("next_print", peer.column(), in_millis(shown->complete.steady - told));
  }
}

// The first poster's stand is left out: the start is in it. Noseon begins with nothing in its
// cache.
void Bench::measure_scheduled(const Peer* peer, int slots) {
  Run run(*this);
  const PosterSet& set = print_of(peer);
  const Glass glass(*screen_, set.place());
  starter(peer, set, {.delay = kDelay}, Cache::own)(run);
  const auto wanted = static_cast<std::size_t>(slots);
  const auto [arrivals, cpu] = watch_stands(glass, *run.program, *screen_, 1, wanted);
  const std::string program = column(peer);
  if (arrivals.size() < wanted + 2) return failed("stand", program, run);
  Punctuality punctuality(run.folder / "campaign", peer == nullptr);
  for (std::size_t i = 2; i < arrivals.size(); ++i) {
    const auto stood = arrivals[i].complete.steady - arrivals[i - 1].complete.steady;
    results_.add("stand", program, in_millis(stood - kDelay));
    if (peer == nullptr || peer->follows_the_clock())
      results_.add("next_print", program, punctuality.late_ms(arrivals[i]));
  }
  results_.add("cpu_print", program, in_seconds(cpu.program) / slots);
  results_.add("cpu_print_with_x", program, in_seconds(cpu.program + cpu.server) / slots);
}

// More posters than are kept in memory, from their third round on, with which a loop has settled.
void Bench::measure_settled() {
  constexpr std::size_t kLoop = 4;
  constexpr int kStands = 2 * kLoop;
  Run run(*this);
  PosterSet few = posters_.prepared;
  few.files.resize(kLoop);
  const Glass glass(*screen_, few.place());
  starter(nullptr, few, {.delay = kDelay}, Cache::own)(run);
  const auto [arrivals, cpu] = watch_stands(glass, *run.program, *screen_, 2 * kLoop, kStands);
  if (arrivals.size() < 2 * kLoop + kStands + 1) return failed("cpu_print_settled", kNoseon, run);
  results_.add("cpu_print_settled", kNoseon, in_seconds(cpu.program) / kStands);
}

// One pixel, as often as it can be seen to change: each frame of a fade gives it another colour.
// The rate is that of the changes between the first and the last: at its ends an eased fade moves
// less than one step of colour a frame, which nobody could see.
void Bench::measure_fades(const Peer* peer) {
  Run run(*this);
  const PosterSet& set = posters_.hd;
  const Glass glass(*screen_, set.place());
  starter(peer, set, {.delay = kFadeSlot, .fades = true})(run);
  const std::string program = column(peer);
  if (!glass.wait_for([](int) { return true; }, kPatience))
    return failed("fade_rate", program, run);
  const Point middle = glass.middle();
  Color stood = screen_->at(middle.x, middle.y);
  Cpu before = cpu_now(*run.program, *screen_);
  Steady first, last, asked_at = std::chrono::steady_clock::now();
  int changes = 0, fades = 0;
  const Steady end = asked_at + (kFadeSlot + 500ms) * (options_.fades + 2);
  while (fades < options_.fades && !is_interrupted() && std::chrono::steady_clock::now() < end) {
    const Color now = screen_->at(middle.x, middle.y);
    const Steady time = std::chrono::steady_clock::now();
    if (now != stood) {
      if (changes++ == 0) first = time;
      last = time;
      stood = now;
    } else if (changes > 1 && time - last > 300ms) {
      const Cpu after = cpu_now(*run.program, *screen_);
      // A half fade is none: the first may have begun before the look.
      if (in_millis(last - first) > 250 && fades >= 0) {
        results_.add("fade_rate", program, (changes - 1) * 1000.0 / in_millis(last - first));
        results_.add("fade_cpu", program,
                     in_seconds(after.program - before.program + after.server - before.server));
      }
      ++fades;
      changes = 0;
      before = after;
    } else if (changes == 0 && time - asked_at > 20ms) {
      // What passes between two fades is not theirs.
      before = cpu_now(*run.program, *screen_);
      asked_at = time;
    }
    rest_between_looks();
  }
  if (fades == 0) failed("fade_rate", program, run);
}

}  // namespace noseon::peers
