// Row 11: posters whose windows end and begin at given seconds. Each edge is held against the
// system clock as it stood when the glass had changed.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/clock.h"
#include "tests/bench/peers/bench.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kWindow{2};

using Edge = std::chrono::sys_seconds;

// An urgent item for each window, the windows touching; what shows changes by the end of one and
// the beginning of the next alone.
std::string items_of(const std::vector<std::filesystem::path>& files, Edge begin, int windows) {
  std::string items;
  for (int i = 0; i < windows; ++i) {
    const auto& file = files[static_cast<std::size_t>(i) % files.size()];
    items += fmt::format(
        "[[item]]\nid = \"window-{}\"\nposter = \"{}\"\nrole = \"urgent\"\nfrom = {}\nuntil = {}\n",
        i, file.filename().string(), toml_time(begin + i * kWindow),
        toml_time(begin + (i + 1) * kWindow));
  }
  return items;
}

}  // namespace

void Bench::measure_edges() {
  Run run(*this);
  const PosterSet& set = posters_.prepared;
  const SystemClock clock;
  const Glass glass(*screen_, set.place());
  const Edge begin = std::chrono::floor<std::chrono::seconds>(clock.now()) + 3s;
  NoseonStart start;
  start.folder = write_campaign(run.folder, set.files, 3600, "",
                                items_of(set.files, begin, options_.edges + 1));
  start.cache = kept_ / "cache-edges";
  run.program = start_noseon(start, &*screen_, run.folder);
  const Instant last = begin + options_.edges * kWindow + 1s;
  const auto arrivals = glass.watch([&](const auto&) { return clock.now() >= last; },
                                    std::chrono::ceil<Millis>(last - clock.now()) + 1s);

  int early = 0;
  std::set<int> met;
  for (const Arrival& arrival : arrivals) {
    const auto late = [&](int edge) { return arrival.complete.wall - (begin + edge * kWindow); };
    const int edge = static_cast<int>(std::lround(std::chrono::duration<double>(late(0)) /
                                                  std::chrono::duration<double>(kWindow)));
    // The first window's poster comes from whatever stood before it.
    if (edge < 1 || edge > options_.edges || edge % kPosters != arrival.code) continue;
    met.insert(edge);
    results_.add("edge", kNoseon, std::chrono::duration<double, std::milli>(late(edge)).count());
    if (arrival.begun.wall - 1ms < begin + edge * kWindow) ++early;
  }
  if (met.empty()) return failed("edge", kNoseon, run);
  results_.add("edge_early", kNoseon, early);
  const int missed = options_.edges - static_cast<int>(met.size());
  if (missed > 0)
    results_.note(
        fmt::format("{} of {} edges were not met within half of a window", missed, options_.edges));
  results_.note(fmt::format(
      "edges: {}; the glass was looked at every 0.25 ms, the longest gap was {:.1f} ms", met.size(),
      std::chrono::duration<double, std::milli>(glass.longest_gap()).count()));
}

}  // namespace noseon::peers
