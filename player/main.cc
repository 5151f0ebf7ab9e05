// noseon-player: the program on the display.
#include <fmt/format.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "player/preview.h"
#include "player/unattended.h"

namespace noseon {
namespace {

struct Arguments {
  StorePlaces places;
  CLI::Option* state = nullptr;  ///< whether places.state was given
  std::string playlist;
  std::string preview;
  std::string display;
  std::string size;
  std::string at;
  std::string way = "auto";
  std::optional<int> screen;
  std::optional<std::string> run;
  std::optional<std::string> cache;
  std::optional<std::string> journal;
  bool windowed = false;
  bool stats = false;
  double speed = 1;
  std::string route;
  std::vector<std::string> near;
  std::string position;
  std::vector<std::string> labels;
};

void describe(CLI::App& app, Arguments& arguments) {
  app.description(
      "Plays campaigns on this display.\n"
      "Unattended: --store DIR, what was signed; --playlist DIR, a folder, where no trusted root "
      "is "
      "installed.\nFor testers: --preview DIR (h shows the keys).\n"
      "Signals: TERM and INT end it, HUP reads all anew, USR1 prints the frame times.");
  app.set_version_flag("--version", NOSEON_VERSION);
  auto* const store = app.add_option("--store", arguments.places.store,
                                     "what noseon-sync fetched, to play as far as it is signed")
                          ->type_name("DIR");
  app.add_option("--root", arguments.places.root, "the trusted root, as it was installed")
      ->type_name("FILE")
      ->capture_default_str();
  arguments.state =
      app.add_option("--state", arguments.places.state,
                     "the player's own: which release was in use, which blobs are damaged, and how "
                     "often it crashed (without --store: that alone, where it is given)")
          ->type_name("DIR")
          ->capture_default_str();
  auto* const playlist = app.add_option("--playlist", arguments.playlist,
                                        "campaign folder, or a folder of them, to play")
                             ->type_name("DIR")
                             ->excludes(store);
  auto* const preview =
      app.add_option("--preview", arguments.preview, "the same, in a window with keys")
          ->type_name("DIR")
          ->excludes(playlist)
          ->excludes(store);
  app.add_option(
         "--run", arguments.run,
         "where its status is told, damaged blobs are asked for again, and the next start finds "
         "what it crashed on: " +
             StorePlaces{}.run.string() + " with --store, else nowhere")
      ->type_name("DIR")
      ->excludes(preview);
  app.add_option("--display", arguments.display, "the display's description, display.toml")
      ->type_name("FILE");
  app.add_option("--size", arguments.size, "native pixels, instead of the display's")
      ->type_name("WxH");
  app.add_option("--at", arguments.at,
                 "start the clock at this time, \"2027-02-25 08:00\" (for demonstrations: an "
                 "unattended display follows the machine's clock)")
      ->type_name("TIME");
  app.add_option("--screen", arguments.screen,
                 "which of the machine's screens, from 1, instead of the display's")
      ->check(CLI::Range(1, 16));
  app.add_option("--stage", arguments.way,
                 "the way to the glass: auto, surface (the CPU draws) or textures (the GPU does)")
      ->type_name("WAY");
  app.add_option("--cache", arguments.cache,
                 "where finished pictures are kept for the next start (may be emptied at any time; "
                 "\"\" keeps none)")
      ->type_name("DIR")
      ->excludes(preview);
  app.add_option("--journal", arguments.journal,
                 "where proof of play is kept: " + std::string(kJournalFolder) +
                     " with --store, else nowhere (\"\" keeps none)")
      ->type_name("DIR")
      ->excludes(preview);
  app.add_flag("--windowed", arguments.windowed, "in a window, not on the whole screen")
      ->excludes(preview);
  app.add_flag("--stats", arguments.stats, "print the frame times at the end");
  for (CLI::Option* option :
       {app.add_option("--speed", arguments.speed, "preview: how fast time passes")
            ->check(CLI::Range(0.1, 86400.0)),
        app.add_option("--route", arguments.route, "preview: the bus is on this route"),
        app.add_option("--near", arguments.near, "preview: the bus is at this place, by its name")
            ->type_name("PLACE"),
        app.add_option("--position", arguments.position, "preview: the bus is here")
            ->type_name("LAT,LON"),
        app.add_option("--label", arguments.labels, "preview: the display has this label too")})
    option->needs(preview);
}

// Where there is no session bus, SDL's D-Bus would start one: a fork of this program that looks for
// dbus-launch in every folder of PATH, while the first picture is waited for.
void start_no_bus() {
  ::setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

// A desktop without the variable may have one at the usual place, which is found without a fork.
bool has_session_bus() {
  const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
  return runtime != nullptr && ::access((std::string(runtime) + "/bus").c_str(), F_OK) == 0;
}

// Nobody types on a bus, and no desktop is listened to: without a locale SDL reads no table of key
// sequences (8 ms at the start), without a session bus nothing is asked of a daemon that is not
// there. Before any other thread.
void use_no_session() {
  ::setenv("LC_ALL", "C", 1);
  start_no_bus();
}

Status run(const Arguments& arguments) {
  std::optional<Size> size;
  if (!arguments.size.empty()) {
    ASSIGN_OR_RETURN(size, parse_size(arguments.size));
  }
  const auto display = arguments.display.empty()
                           ? std::nullopt
                           : std::optional<std::filesystem::path>(arguments.display);
  const auto at = arguments.at.empty() ? std::nullopt : std::optional(arguments.at);
  ASSIGN_OR_RETURN(const auto way, parse_way(arguments.way));
  if (arguments.preview.empty()) {
    use_no_session();
    StorePlaces places = arguments.places;
    if (arguments.run) places.run = *arguments.run;
    return run_unattended(
        {.places = places,
         .folder = arguments.playlist,
         .counts_crashes = !arguments.places.store.empty() || arguments.state->count() > 0,
         .display = display,
         .size = size,
         .at = at,
         .screen = arguments.screen,
         .way = way,
         .frames = arguments.cache,
         .journal = arguments.journal,
         .has_run = arguments.run.has_value(),
         .is_windowed = arguments.windowed,
         .prints_stats = arguments.stats});
  }

  if (!has_session_bus()) start_no_bus();
  PreviewOptions options;
  options.folder = arguments.preview;
  options.display = display;
  options.size = size;
  options.labels = arguments.labels;
  options.at = at;
  options.speed = arguments.speed;
  options.near = arguments.near;
  options.prints_stats = arguments.stats;
  options.way = way;
  if (!arguments.route.empty()) options.route = arguments.route;
  if (!arguments.position.empty()) {
    ASSIGN_OR_RETURN(options.position, parse_position(arguments.position));
  }
  return run_preview(options);
}

int main_of(int argc, char** argv) {
  CLI::App app;
  Arguments arguments;
  describe(app, arguments);
  try {
    app.parse(argc, argv);
    if (arguments.places.store.empty() && arguments.playlist.empty() && arguments.preview.empty())
      throw CLI::RequiredError("--store DIR, --playlist DIR or --preview DIR");
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  const Status status = run(arguments);
  if (status) return 0;
  fmt::print(stderr, "noseon-player: {}\n", status.error().message);
  return 1;
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  // Frames are megabytes, made and dropped all day. Left alone, glibc takes to carving them out of
  // its heap after the first few, and keeps what was freed; mapped, they go back at once.
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
  try {
    return noseon::main_of(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noseon-player: {}\n", error.what());
    return 1;
  }
}
