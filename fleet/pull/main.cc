// noseon-sync: the program on a display that talks to the network.
#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "base/files.h"
#include "base/say.h"
#include "fleet/pull/curl.h"
#include "fleet/pull/journal_room.h"
#include "fleet/pull/sync.h"
#include "playlist/parse.h"

namespace noseon {
namespace {

struct Arguments {
  std::string store = "/var/lib/noseon/store";
  std::string root = "/etc/noseon/root.json";
  std::string display = "/etc/noseon/display.toml";
  std::string run = "/run/noseon";
  std::string journal = "/var/lib/noseon/journal";
  std::string ca;
  std::vector<std::string> sources;
  std::vector<std::string> free;
  std::uint64_t rate = 0;
  std::optional<std::uint64_t> budget;
  std::uint64_t quota = UpdateLimits{}.quota;
  int poll_seconds = 300;
  bool once = false;
  bool status = false;
};

void describe(CLI::App& app, Arguments& arguments) {
  app.description(
      "Pulls campaigns for this display: asks the repository what is to play, verifies it, "
      "fetches\n"
      "what is missing (what plays soonest first), and then makes it current in the store.\n"
      "Sources are the base of a repository: https://, http:// or file:// (a stick); the next one "
      "is\n"
      "asked where one fails. TERM and INT end it within two seconds; it goes on from there.");
  app.set_version_flag("--version", NOSEON_VERSION);
  app.add_option("--store", arguments.store, "the store to fill; noseon-player plays it")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--root", arguments.root, "the trusted root that came with the device")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_option("--display", arguments.display, "the display's description")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_option("--source", arguments.sources,
                 "base of the repository (repeatable, in order), instead of the display's "
                 "source.urls")
      ->type_name("URL")
      ->allow_extra_args(false);
  app.add_option("--run", arguments.run,
                 "where sync.json is written, and wanted/ is watched for blobs to fetch anew")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option(
         "--journal", arguments.journal,
         "the player's journal: on the store's disk, the room that it reserves is left free "
         "(\"\": none)")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--ca", arguments.ca,
                 "authorities that sign the servers' certificates (PEM), instead of the system's")
      ->type_name("FILE");
  app.add_option("--rate", arguments.rate, "at most so many bytes a second; 0: no cap")
      ->type_name("BYTES/S");
  app.add_option("--budget", arguments.budget,
                 "pictures over metered links: at most so many bytes a day (UTC)")
      ->type_name("BYTES/DAY");
  app.add_option("--free", arguments.free,
                 "sources whose URL begins so cost nothing, as a depot's cache (repeatable); "
                 "file:// never does")
      ->type_name("URL")
      ->allow_extra_args(false);
  app.add_option("--quota", arguments.quota, "what the store's blobs may weigh")
      ->type_name("BYTES")
      ->capture_default_str();
  app.add_option("--poll", arguments.poll_seconds, "seconds between two polls")
      ->check(CLI::Range(1, 86'400))
      ->type_name("SECONDS")
      ->capture_default_str();
  auto* const once = app.add_flag("--once", arguments.once,
                                  "one pass; exits with 0 where all is there, with 1 otherwise");
  app.add_flag("--status", arguments.status, "say how the running noseon-sync fares (--run)")
      ->excludes(once);
}

Result<std::string> read_named(const std::string& file, std::uint64_t bytes_max,
                               const std::string& option) {
  auto bytes = read_file(file, bytes_max);
  if (bytes) return bytes;
  return fail(bytes.error().kind,
              say("{} {}: {}", option, file,
                  bytes.error().kind == ErrorKind::not_found ? say("there is no such file")
                                                             : bytes.error().message));
}

Result<Display> read_display(const std::string& file, Zones& zones) {
  ASSIGN_OR_RETURN(const std::string toml, read_named(file, kCampaignBytesMax, "--display"));
  ParsedDisplay parsed = parse_display(toml, file, zones);
  if (parsed.display) return *std::move(parsed.display);
  return fail(ErrorKind::bad_format, parsed.findings.empty() ? say("{}: cannot be read", file)
                                                             : to_string(parsed.findings.front()));
}

Status say_status(const Arguments& arguments) {
  const std::filesystem::path file = std::filesystem::path(arguments.run) / kSyncReportFile;
  const auto text = read_file(file, 1U << 20U);
  if (!text && text.error().kind == ErrorKind::not_found) {
    return fail(
        ErrorKind::not_found,
        say("{}: noseon-sync has not run here yet; --run says where it does", file.string()));
  }
  TRY(text);
  ASSIGN_OR_RETURN(const SyncReport report, read_report(*text));
  fmt::print("{}", words_of(report, SystemClock().now()));
  return {};
}

// A disk that does not tell is no reason not to pull.
std::uint64_t free_space(const std::filesystem::path& folder) {
  return available_bytes(folder).value_or(UINT64_MAX / 2);
}

// All objects are born here, in the order in which they need each other.
Status run(const Arguments& arguments) {
  const StopAtSignals signals{SIGTERM, SIGINT};
  const CurlLibrary library;
  const SystemClock clock;
  const ServiceManager manager = ServiceManager::of_environment();
  Pulse pulse(manager, clock);
  const auto beat = [&pulse] { pulse.beat(); };
  SystemZones zones;
  ASSIGN_OR_RETURN(const std::string root, read_named(arguments.root, kRootBytesMax, "--root"));
  ASSIGN_OR_RETURN(const Display display, read_display(arguments.display, zones));
  if (!arguments.ca.empty()) TRY(read_named(arguments.ca, 8U << 20U, "--ca"));
  ASSIGN_OR_RETURN(
      const std::vector<Source> sources,
      parse_sources(arguments.sources.empty() ? display.source_urls : arguments.sources,
                    arguments.free));
  ASSIGN_OR_RETURN(Store store, Store::open(arguments.store));
  if (const auto trusted = TrustedMetadata::begin(root, clock.now(), Expiry::ignored); !trusted) {
    return fail(trusted.error().with_context(arguments.root));
  }
  const KeptMetadata kept(arguments.store);
  TRY(kept.prepare());

  Updater* known = nullptr;
  CurlOptions curl;
  curl.ca_file = arguments.ca;
  curl.bytes_per_second = arguments.rate;
  curl.before_wait = beat;
  // A clock that is behind what is known does not judge certificates.
  curl.certificates_at = [&]() -> std::optional<Instant> {
    if (known == nullptr || clock.now() >= known->floor()) return std::nullopt;
    return known->floor();
  };
  ASSIGN_OR_RETURN(const auto http, CurlHttp::create(library, std::move(curl), signals.stop()));
  DayBudget budget(std::filesystem::path(arguments.store) / "budget.json", arguments.budget);
  UpdateLimits limits;
  limits.quota = arguments.quota;
  limits.bytes_per_second = arguments.rate;
  Updater updater(
      {.http = *http,
       .store = store,
       .kept = kept,
       .sources = sources,
       .trusted_root = root,
       .display = display,
       .zones = zones,
       .budget = budget,
       .stop = signals.stop(),
       .clock = clock,
       .limits = limits,
       .disk_free = [&] { return free_space(arguments.store); },
       .journal_room =
           [&] {
             return bytes_for_journal({arguments.journal, arguments.run, arguments.store});
           },
       .build_time = build_time(),
       .on_look = beat});
  known = &updater;
  WatchingPause pause(std::filesystem::path(arguments.run) / "wanted", signals.stop(), clock,
                      pulse);
  Sync sync({.updater = updater,
             .budget = budget,
             .sources = sources,
             .display = display.id,
             .run_folder = arguments.run,
             .interval = std::chrono::seconds{arguments.poll_seconds},
             .clock = clock,
             .pause = pause,
             .stop = signals.stop(),
             .random = std::mt19937_64(std::random_device()())});
  if (arguments.once) return sync.run_once();
  manager.ready();
  sync.run();
  manager.stopping();
  return {};
}

int main_of(int argc, char** argv) {
  CLI::App app;
  Arguments arguments;
  describe(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const Status status = arguments.status ? say_status(arguments) : run(arguments);
  if (status) return 0;
  fmt::print(stderr, "noseon-sync: {}\n", status.error().message);
  return 1;
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  // A thread that looks up a name needs no heap of its own.
  ::mallopt(M_ARENA_MAX, 1);
  try {
    return noseon::main_of(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noseon-sync: {}\n", error.what());
    return 1;
  }
}
