// peers: Noseon beside feh, mpv and chromium, in one run, on the glass. README.md says how each row
// is measured; --help has the options.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/processes.h"

namespace noseon::peers {
namespace {

void describe(CLI::App& app, Options& options) {
  app.description(
      "Measures Noseon beside other programs that show pictures, on a virtual screen's glass, and\n"
      "prints one table. 15 to 20 minutes; --quick about three. Run it on a quiet machine.");
  app.add_option("--rounds", options.rounds, "of rows 1 to 6; the programs take turns in each")
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  app.add_option("--rows", options.rows, "of the table: 1,2,3 ... 11 (see README.md)")
      ->delimiter(',')
      ->check(CLI::Range(1, 11));
  app.add_option("--peers", options.peers, "feh, mpv (or \"mpv x11\", \"mpv gpu\"), chromium; none")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--slots", options.slots, "of 3 s in row 5, over all rounds")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  app.add_option("--edges", options.edges, "of windows in row 11, 2 s each")
      ->check(CLI::Range(1, 2000))
      ->capture_default_str();
  app.add_option("--changes", options.changes, "in row 10, 0.2 s each")
      ->check(CLI::Range(20, 20'000))
      ->capture_default_str();
  app.add_option("--json", options.json, "where to write all measurements too")->type_name("FILE");
  app.add_option("--posters", options.posters, "where the posters are kept from run to run")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--pictures", options.pictures, "where to leave what row 9 saw, as PNG")
      ->type_name("DIR");
  app.add_flag("--trace", traces, "say each poster that comes onto the glass");
  app.add_flag("--quick", options.is_quick, "everything once and briefly: does it work?");
}

void shorten(Options& options) {
  options.rounds = 1;
  options.slots = 2;
  options.tells = 1;
  options.fades = 2;
  options.edges = 5;
  options.changes = 20;
  options.settling = Millis{300};
  options.stillness = Millis{2000};
}

void write_json(const Options& options, const Bench& bench) {
  if (options.json.empty()) return;
  std::ofstream(options.json) << bench.results().json(options.rows).dump(2) << "\n";
}

// Where everything that is started has its temporary files: beside the posters, so that campaigns
// can link to them. Gone at the end; what a run that was killed left is gone at the next start.
class WorkFolder {
 public:
  explicit WorkFolder(const std::filesystem::path& folder)
      : path_(folder / (kPrefix + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(kPrefix) && !is_alive(name.substr(kPrefix.size())))
        std::filesystem::remove_all(entry.path());
    }
    std::filesystem::create_directories(path_);
    ::setenv("TMPDIR", path_.c_str(), 1);
  }
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

 private:
  static inline const std::string kPrefix = "run-";
  static bool is_alive(const std::string& process) {
    return std::filesystem::exists("/proc/" + process);
  }

  std::filesystem::path path_;
};

int run(const Options& options) {
  if (const auto why = VirtualScreen::missing()) {
    fmt::print(stderr, "peers: {}\n", *why);
    return 1;
  }
  const WorkFolder work(options.posters);
  adopt_orphans();
  catch_interrupts();
  const auto posters = make_posters(
      options.posters, [](const std::string& what) { fmt::print(stderr, "{}\n", what); });
  if (!posters) {
    fmt::print(stderr, "peers: {}\n", posters.error().message);
    return 1;
  }
  const bool goes_first = be_punctual();
  Bench bench(options, *posters);
  bench.results().note("prepared (\"as published\") by " + posters->prepared_by);
  if (!goes_first)
    bench.results().note("measured without a realtime priority (run it as root for one)");
  bench.run();
  fmt::print("{}", bench.report());
  write_json(options, bench);
  return 0;
}

int main_of(int argc, char** argv) {
  CLI::App app;
  Options options;
  options.posters = NOSEON_POSTERS_DIR;
  describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  if (options.is_quick) shorten(options);
  return run(options);
}

}  // namespace
}  // namespace noseon::peers

int main(int argc, char** argv) {
  try {
    return noseon::peers::main_of(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "peers: {}\n", error.what());
    return 1;
  }
}
