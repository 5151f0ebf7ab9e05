// Row 10: does memory grow over hundreds of changes? All programs beside one another, each on a
// screen of its own: here time does not matter, only that they change.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/processes.h"
#include "tests/bench/peers/xlib.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

constexpr Millis kDelay{200};
constexpr std::size_t kSettled = 40;  // changes after which everything has been seen once
constexpr std::size_t kWindow = 10;   // changes over which the least counts

struct Growth {
  std::vector<double> pss;  // after each change, while the poster stands
  Millis took{0};
  std::string words;

  // The least of a few looks: at rest, with no decoder at work.
  [[nodiscard]] double least_from(std::size_t first) const {
    const auto begin = pss.begin() + static_cast<std::ptrdiff_t>(first);
    return *std::min_element(begin, begin + kWindow);
  }
  [[nodiscard]] bool is_enough() const { return pss.size() >= kSettled + 2 * kWindow; }
  [[nodiscard]] double megabytes() const {
    return least_from(pss.size() - kWindow) - least_from(kSettled);
  }
};

// Each item but once, so that nothing is shown from a cache.
std::vector<std::filesystem::path> repeated(const PosterSet& set, std::size_t times) {
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 0; i < times; ++i) files.push_back(set.files[i % set.files.size()]);
  return files;
}

// Noseon's slots are whole seconds at least; its preview lets time pass five times as fast.
std::unique_ptr<Program> start_changing(const Peer* peer, const Stand& stand, const PosterSet& set,
                                        std::size_t changes) {
  if (peer != nullptr) return peer->start(stand, set.files, {.delay = kDelay});
  NoseonStart start;
  start.folder = write_campaign(stand.folder, repeated(set, changes + kSettled + 2 * kWindow), 1,
                                "transition = \"cut\"\n");
  start.way = Way::preview;
  start.cache = stand.folder / "cache";
  start.more = {"--speed", fmt::format("{}", 1s / kDelay)};
  return start_noseon(start, &stand.screen, stand.folder);
}

Growth watch_growth(const Peer* peer, const PosterSet& set, std::size_t changes) {
  const TemporaryFolder folder;
  const VirtualScreen screen(kGlass);
  park_pointer(display_name(screen));
  auto program = start_changing(peer, {screen, folder}, set, changes);
  Glass glass(screen, set.place());
  if (peer == nullptr) glass.ignore_last_row_middle();
  Growth growth;
  const Steady begin = std::chrono::steady_clock::now();
  std::size_t seen = 0;
  const auto done = [&](const std::vector<Arrival>& all) {
    // Looked at in the middle of a stand, when what comes next has been prepared.
    if (all.size() > seen &&
        std::chrono::steady_clock::now() - all.back().complete.steady > kDelay * 6 / 10) {
      seen = all.size();
      growth.pss.push_back(own_pss_mb_of(program->pid()));
      if (traces) fmt::print(stderr, "{} MB\n", growth.pss.back());
    }
    return growth.pss.size() >= changes + kSettled + kWindow;
  };
  static_cast<void>(glass.watch(done, 30s + kDelay * 4 * static_cast<int>(changes)));
  growth.took = std::chrono::floor<Millis>(std::chrono::steady_clock::now() - begin);
  growth.words = first_words(*program);
  const std::vector<pid_t> processes = tree_of(program->pid());
  program.reset();
  end_all(processes);
  return growth;
}

}  // namespace

void Bench::measure_growth_of_all() {
  std::mutex mutex;
  std::vector<std::jthread> watchers;
  const auto watch = [&](const Peer* peer) {
    const Growth growth =
        watch_growth(peer, posters_.hd, static_cast<std::size_t>(options_.changes));
    const std::lock_guard lock(mutex);
    if (!growth.is_enough()) {
      results_.say("growth", column(peer), "fails");
      results_.note(fmt::format("{}, growth: {} changes in {:.0f} s; {}", column(peer),
                                growth.pss.size(),
                                std::chrono::duration<double>(growth.took).count(), growth.words));
      return;
    }
    results_.add("growth", column(peer), growth.megabytes());
    results_.note(fmt::format(
        "growth of {}: from change {} to change {} in {:.0f} s, {:.1f} MB "
        "at first",
        column(peer), kSettled, growth.pss.size(),
        std::chrono::duration<double>(growth.took).count(), growth.least_from(kSettled)));
  };
  for (const auto& peer : peers_) watchers.emplace_back(watch, peer.get());
  watchers.emplace_back(watch, nullptr);
  watchers.clear();
  end_orphans({screen_->server_pid()});
}

}  // namespace noseon::peers
