// The rows of the table, each a function that measures one program once. All of them end what they
// started and wait for nothing without a bound; a program that does not do its part in time has
// that said in its cell.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/peers/glass.h"
#include "tests/bench/peers/peer.h"
#include "tests/bench/peers/results.h"

namespace noseon::peers {

/// What takes long is measured in so many of the rounds, at most.
inline constexpr int kLongRounds = 3;

struct Options {
  int rounds = 7;
  std::vector<int> rows{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  std::vector<std::string> peers{"feh", "mpv", "chromium"};
  int edges = 20;
  int changes = 500;
  int slots = 21;            ///< of row 5, over its rounds
  int tells = 2;             ///< of row 3, each round
  int fades = 4;             ///< of row 8
  Millis settling{1200};     ///< before the memory is looked at
  Millis stillness{10'000};  ///< over which wake-ups are counted
  std::string json;
  std::string posters;
  std::string pictures;
  bool is_quick = false;
  [[nodiscard]] bool has_row(int row) const;
};

class Bench {
 public:
  Bench(const Options& options, const Posters& posters);

  void run();
  [[nodiscard]] const Results& results() const { return results_; }
  [[nodiscard]] Results& results() { return results_; }
  /// Programs, limits and the table.
  [[nodiscard]] std::string report() const;

 private:
  // A program at work on the bench's screen, ended with everything it started.
  struct Run {
    explicit Run(Bench& bench);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run();
    [[nodiscard]] Stand stand() const { return {*bench.screen_, folder}; }
    Bench& bench;
    TemporaryFolder folder;
    std::unique_ptr<Program> program;
    Steady begun;  ///< just before it was started
  };
  // Where what a start showed goes; empty: nowhere.
  struct StartSamples {
    std::string time, memory, fidelity, column;
  };
  using Start = std::function<void(Run&)>;
  // Noseon's: as on a bus, or one that is empty and ends with the run.
  enum class Cache { of_all_runs, own };

  void each_program(const std::string& what, const std::function<void(const Peer*)>& measure);
  void progress(const std::string& what) const;
  void wait_until_blank();
  void open_screen();
  [[nodiscard]] Start starter(const Peer* peer, const PosterSet& set, const Playing& playing,
                              Cache cache = Cache::of_all_runs);
  // Of Noseon the set as published, of the others the originals.
  [[nodiscard]] const PosterSet& print_of(const Peer* peer) const;
  [[nodiscard]] std::string column(const Peer* peer) const;

  void measure_start(const StartSamples& samples, const Start& start, const PosterSet& set,
                     bool is_preview = false);
  void measure_cold_preview();
  void measure_fidelity(const std::string& samples, const std::string& column, const PosterSet& set,
                        int code);
  void keep_picture(const std::string& name, const Picture& picture) const;
  void measure_memory_with_text(const std::string& samples, const PosterSet& set);
  void measure_told(const Peer& peer);
  void measure_scheduled(const Peer* peer, int slots);
  void measure_settled();
  void measure_stillness(const Peer* peer);
  void measure_stillness_of_driver(const std::string& driver);
  void measure_stillness_on_wayland();
  void measure_fades(const Peer* peer);
  void measure_growth_of_all();
  void measure_edges();

  void run_round(int round);
  void run_long_rows();
  void run_once();
  void failed(const std::string& samples, const std::string& program, const Run& run);

  Options options_;
  const Posters& posters_;
  std::vector<std::unique_ptr<Peer>> peers_;
  Results results_;
  TemporaryFolder kept_;  // caches that live as long as a bus does
  std::optional<VirtualScreen> screen_;
  std::string stage_;
};

/// "memcpy of a frame 0.47 ms, ...": what this machine can do at best.
[[nodiscard]] std::string limits_of_machine(const VirtualScreen& screen,
                                            const std::filesystem::path& print_poster);

}  // namespace noseon::peers
