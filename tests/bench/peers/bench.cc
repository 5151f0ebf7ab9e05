#include "tests/bench/peers/bench.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/bench/peers/processes.h"
#include "tests/bench/peers/xlib.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

bool is_wanted(const Peer& peer, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return peer.column() == name || peer.column().starts_with(name + " ");
  });
}

}  // namespace

bool Options::has_row(int row) const {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

Bench::Bench(const Options& options, const Posters& posters)
    : options_(options), posters_(posters) {
  open_screen();
  for (auto& peer : all_peers()) {
    if (!is_wanted(*peer, options_.peers)) continue;
    if (const auto remedy = peer->missing()) {
      results_.note(fmt::format("{} is not installed: {}", peer->column(), *remedy));
      continue;
    }
    results_.set_version(peer->column(), peer->version());
    peers_.push_back(std::move(peer));
  }
}

Bench::Run::Run(Bench& of) : bench(of) {
  bench.wait_until_blank();
}

// Politely first: the program ends its own children. What is left of them is then ended one by one.
Bench::Run::~Run() {
  if (!program) return;
  const std::vector<pid_t> processes = tree_of(program->pid());
  program.reset();
  end_all(processes);
  end_orphans({bench.screen_->server_pid()});
}

void Bench::wait_until_blank() {
  const Glass glass(*screen_, {0, 0, kGlass.width, kGlass.height});
  for (int waited = 0; waited < 300; ++waited) {
    if (glass.is_blank()) return;
    std::this_thread::sleep_for(10ms);
  }
  open_screen();
}

void Bench::open_screen() {
  screen_.reset();
  screen_.emplace(kGlass);
  park_pointer(display_name(*screen_));
}

std::string Bench::column(const Peer* peer) const {
  return peer == nullptr ? kNoseon : peer->column();
}

const PosterSet& Bench::print_of(const Peer* peer) const {
  return peer == nullptr ? posters_.prepared : posters_.print;
}

Bench::Start Bench::starter(const Peer* peer, const PosterSet& set, const Playing& playing,
                            Cache cache) {
  return [this, peer, &set, playing, cache](Run& run) {
    if (peer != nullptr) {
      run.begun = std::chrono::steady_clock::now();
      run.program = peer->start(run.stand(), set.files, playing);
      return;
    }
    const auto seconds = playing.delay.count() == 0 ? 3600 : playing.delay / 1s;
    NoseonStart start;
    start.folder = write_campaign(run.folder, set.files, static_cast<int>(seconds),
                                  playing.fades ? "" : "transition = \"cut\"\n");
    start.cache = cache == Cache::own
                      ? run.folder / "cache"
                      : kept_ / (&set == &posters_.hd ? "cache-hd" : "cache-prepared");
    run.begun = std::chrono::steady_clock::now();
    run.program = start_noseon(start, &*screen_, run.folder);
  };
}

void Bench::failed(const std::string& samples, const std::string& program, const Run& run) {
  if (is_interrupted()) return;
  if (results_.says(samples, program)) return;  // in a round before
  results_.say(samples, program, "fails");
  results_.note(fmt::format("{}, {}: {}", program, stage_,
                            run.program ? first_words(*run.program) : "it did not start"));
}

void Bench::progress(const std::string& what) const {
  if (::isatty(STDERR_FILENO) != 0) {
    fmt::print(stderr, "\r\x1b[K[{}] {}", stage_, what);
  } else {
    fmt::print(stderr, "[{}] {}\n", stage_, what);
  }
  std::fflush(stderr);
}

void Bench::each_program(const std::string& what, const std::function<void(const Peer*)>& measure) {
  for (const auto& peer : peers_) {
    if (is_interrupted()) return;
    progress(fmt::format("{}: {}", what, peer->column()));
    measure(peer.get());
  }
  if (is_interrupted()) return;
  progress(fmt::format("{}: {}", what, kNoseon));
  measure(nullptr);
}

void Bench::run_round(int round) {
  stage_ = fmt::format("round {} of {}", round + 1, options_.rounds);
  if (options_.has_row(1) || options_.has_row(6)) {
    each_program("first poster, HD", [&](const Peer* peer) {
      measure_start({"start_hd", peer == nullptr ? "" : "pss_hd", "", column(peer)},
                    starter(peer, posters_.hd, {}), posters_.hd);
    });
  }
  if (options_.has_row(2) || options_.has_row(6) || options_.has_row(9)) {
    each_program("first poster, print", [&](const Peer* peer) {
      measure_start({"start_print", peer == nullptr ? "" : "pss_print", "fidelity", column(peer)},
                    starter(peer, print_of(peer), {}), print_of(peer));
    });
  }
  if (options_.has_row(2) || options_.has_row(9)) {
    progress("first poster, print: preview of originals");
    measure_cold_preview();
  }
  if (options_.has_row(3)) {
    for (const auto& peer : peers_) {
      if (peer->follows_the_clock()) continue;
      progress(fmt::format("next poster, told: {}", peer->column()));
      measure_told(*peer);
    }
  }
  if (round < kLongRounds) run_long_rows();
}

void Bench::run_long_rows() {
  if (options_.has_row(6)) {
    progress("memory with a text");
    measure_memory_with_text("pss_hd", posters_.hd);
    measure_memory_with_text("pss_print", posters_.prepared);
  }
  if (options_.has_row(3) || options_.has_row(4) || options_.has_row(5)) {
    const int rounds = std::min(options_.rounds, kLongRounds);
    const int slots = std::max(2, (options_.slots + rounds - 1) / rounds);
    each_program("posters of 3 s", [&](const Peer* peer) { measure_scheduled(peer, slots); });
  }
}

void Bench::run_once() {
  stage_ = "once";
  if (options_.has_row(4)) {
    progress("posters of 3 s, a loop that has settled");
    measure_settled();
  }
  if (options_.has_row(7)) {
    each_program("wake-ups", [&](const Peer* peer) { measure_stillness(peer); });
    for (const char* driver : {"offscreen", "dummy"}) {
      progress(fmt::format("wake-ups, {}", driver));
      measure_stillness_of_driver(driver);
    }
    progress("wake-ups, Wayland");
    measure_stillness_on_wayland();
  }
  if (options_.has_row(8)) {
    each_program("fades", [&](const Peer* peer) {
      if (peer == nullptr || peer->can_fade()) return measure_fades(peer);
      results_.say("fade_rate", peer->column(), "none");
      results_.say("fade_cpu", peer->column(), "none");
    });
  }
  if (options_.has_row(11)) {
    progress(fmt::format("{} edges of windows", options_.edges));
    measure_edges();
  }
  if (options_.has_row(10)) {
    progress(fmt::format("{} changes, all programs beside one another", options_.changes));
    measure_growth_of_all();
  }
}

std::string Bench::report() const {
  std::string text;
  for (const auto& peer : peers_)
    text += fmt::format("{}: {}; next poster: {}\n", peer->column(), peer->version(),
                        peer->definition_of_next());
  text += fmt::format("{}; next poster: from the instant of its own schedule\n",
                      first_line_of(NOSEON_BIN_DIR "/noseon --version"));
  text += limits_of_machine(*screen_, posters_.print.files.front()) + "\n\n";
  return text + results_.table(options_.rows);
}

void Bench::run() {
  for (int round = 0; round < options_.rounds && !is_interrupted(); ++round) run_round(round);
  if (!is_interrupted()) run_once();
  if (is_interrupted()) results_.note("interrupted: not everything was measured");
  if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace noseon::peers
