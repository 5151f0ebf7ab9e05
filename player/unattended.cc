#include "player/unattended.h"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/boot.h"
#include "base/say.h"
#include "media/cage/no_network.h"
#include "player/clock_keeper.h"
#include "player/crashes.h"
#include "player/first_read.h"
#include "player/guarded_folder.h"
#include "player/own_file.h"
#include "player/player.h"
#include "player/proof_of_play.h"
#include "player/service_manager.h"
#include "player/source.h"
#include "player/stage_wait.h"
#include "player/status_report.h"
#include "player/watchdog.h"
#include "player/when.h"

namespace noseon {
namespace {

// A simulated one, the machine's at its word for a folder on somebody's desk, or the machine's as
// far as it is worth anything.
struct Clocks {
  std::unique_ptr<PacedClock> simple;
  std::unique_ptr<CivilClock> civil;
  std::unique_ptr<ClockKeeper> keeper;  // of the civil one

  [[nodiscard]] const PacedClock& clock() const {
    return civil ? static_cast<const PacedClock&>(*civil) : *simple;
  }
};

std::filesystem::path time_record(const UnattendedOptions& options) {
  return options.places.state / "time.json";
}

// The simulated start is in the zone that the display will have, so the folder is read for it.
Result<Clocks> make_clocks(const UnattendedOptions& options, const Display& display,
                           const Clock& real, const StoreSource* source, PollLoop& loop) {
  Clocks clocks;
  if (options.at) {
    ASSIGN_OR_RETURN(const Instant start, parse_when(*options.at, *display.zone));
    clocks.simple = std::make_unique<PreviewClock>(real, start);
  } else if (source == nullptr) {
    clocks.simple = std::make_unique<RealTime>();
  } else {
    clocks.civil = std::make_unique<CivilClock>(CivilClockParts{.machine = real});
    clocks.civil->set_rtc(display.has_rtc);
    clocks.keeper = std::make_unique<ClockKeeper>(ClockKeeperParts{
        .clock = *clocks.civil, .loop = loop, .record = time_record(options), .issued = [source] {
          return source->issued();
        }});
  }
  return clocks;
}

// What was kept of the time, as the thread of the first read gives it.
class KeptTime {
 public:
  void put(Result<std::string> text) {
    const std::lock_guard lock(mutex_);
    text_ = std::move(text);
  }
  /// Once; nothing before it was read.
  [[nodiscard]] std::optional<Result<std::string>> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(text_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::optional<Result<std::string>> text_;
};

// A release that was read may confirm the clock; display.toml may name a battery.
void keep_clock(Clocks& clocks, KeptTime& kept, const LoadedFolder& folder) {
  clocks.civil->set_rtc(folder.display->has_rtc);
  if (const auto text = kept.take()) clocks.keeper->learn_kept(*text);
  clocks.keeper->look();
}

// An unsigned folder is for displays that have nothing else.
Status check_unsigned(const UnattendedOptions& options) {
  std::error_code error;
  const auto root = std::filesystem::symlink_status(options.places.root, error);
  if (root.type() == std::filesystem::file_type::not_found) return {};
  return fail(ErrorKind::denied,
              say("{} is installed, so that this display plays signed content alone: play a store "
                  "with --store DIR, or look at the folder with --preview",
                  options.places.root.string()));
}

// Before there is a thread, a library that is loaded late, or a byte that was read.
Status give_up_network() {
  if (leave_network()) return {};
  return fail(ErrorKind::unavailable,
              say("the kernel does not let the player give up the network (seccomp)"));
}

// What plays, and how it comes to be read again.
struct Material {
  std::function<LoadedFolder()> read_first;
  std::function<std::optional<LoadedFolder>()> read;
  std::filesystem::path watched;
  WatchDepth depth = WatchDepth::tree;
  ReportDamage report;
  PlayerHooks hooks;
};

Material from_folder(const UnattendedOptions& options, Crashes* crashes) {
  const auto read = guarded_reader_of({options.folder, options.display, options.size, {}}, crashes);
  return {.read_first = read, .read = read, .watched = options.folder, .report = {}, .hooks = {}};
}

Material from_store(StoreSource& source, const std::filesystem::path& store) {
  return {.read_first = [&source] { return source.read_first(); },
          .read = [&source] { return source.read(); },
          .watched = store,
          .depth = WatchDepth::folder,
          .report = [&source](const DamagedBlob& blob) { source.report(blob); },
          .hooks = {.in_use = [&source](const LoadedFolder& folder) { source.in_use(folder); }}};
}

// A folder is on somebody's desk, and a clock that was wished for proves nothing: only when asked.
std::filesystem::path proof_folder(const UnattendedOptions& options) {
  const bool is_usual = !options.places.store.empty() && !options.at;
  return options.journal.value_or(is_usual ? kJournalFolder : "");
}

// A folder's player has a run folder only where it is asked for.
std::filesystem::path status_folder(const UnattendedOptions& options) {
  const bool is_asked = !options.places.store.empty() || options.has_run;
  return is_asked ? options.places.run : "";
}

std::function<std::size_t()> counted_by(const std::optional<StoreSource>& source) {
  if (!source) return {};
  return [&source] { return source->quarantined(); };
}

// A new state of a store waits for the edge of a slot; a folder is on somebody's desk.
ShowOptions show_options(bool is_store) {
  ShowOptions options{.trial_patience = std::chrono::seconds{5}};
  if (is_store) options.edge_patience = std::chrono::seconds{30};
  return options;
}

void run_errands_of(StoreSource& source, Player& player, PollLoop& loop) {
  for (const int fd : {source.errand_fd(), source.retry_fd()}) {
    loop.watch(fd, [&source, &player] {
      source.take_errands();
      player.reload();
    });
  }
}

// A start waits so long for what the disk has to say; then the built-in card is shown until it has.
constexpr Millis kFirstReadPatience{1500};

// As the display is described, which is not on the disk that campaigns are on.
LoadedFolder load_nothing(const UnattendedOptions& options) {
  SystemZones zones;
  const ParsedDisplay parsed = read_display({{}, options.display, options.size, {}}, zones);
  return put_together({}, parsed.display.value_or(Display{}), parsed.findings);
}

// Behind the first read, and with what is to be saved about crashes: on the loader's thread.
std::function<std::optional<LoadedFolder>()> behind(
    FirstRead& first, Crashes* crashes, std::function<std::optional<LoadedFolder>()> read) {
  return [&first, crashes, read = std::move(read)]() -> std::optional<LoadedFolder> {
    if (auto late = first.take()) return late;
    if (crashes != nullptr) crashes->save();
    return read();
  };
}

// Whoever asked for it is told when it was read, whatever came of that.
std::function<std::optional<LoadedFolder>()> told_when_read(
    std::function<std::optional<LoadedFolder>()> read, const ServiceManager& manager,
    std::atomic<bool>& is_asked) {
  return [read = std::move(read), &manager, &is_asked] {
    auto loaded = read();
    if (is_asked.exchange(false)) manager.ready();
    return loaded;
  };
}

// Counts the time without a crash while there is something to heal.
class Calm {
 public:
  Calm(Crashes& crashes, PollLoop& loop, std::function<void()> read_again)
      : crashes_(crashes), read_again_(std::move(read_again)) {
    loop.watch(timer_.fd(), [this] {
      if (timer_.take() > 0) pass();
    });
  }

  /// From now on, where it does not count already.
  void begin() {
    if (length_) return;
    length_ = crashes_.next_count();
    if (length_) timer_.set(std::chrono::steady_clock::now() + *length_);
  }

 private:
  void pass() {
    crashes_.played(*std::exchange(length_, std::nullopt));
    read_again_();
    begin();
  }

  Crashes& crashes_;
  std::function<void()> read_again_;
  Timer timer_;
  std::optional<Millis> length_;
};

// Before a picture is brought to the glass, so that a start after a crash knows which it was.
void note_showing(Crashes& crashes, const Decision& decision, const Show& show) {
  const auto& entry = show.showing().slot.entry;
  crashes.shows(decision.made_of, name_of(*show.edition().playlist(), entry));
}

}  // namespace

Status run_unattended(const UnattendedOptions& options) {
  const bool is_store = !options.places.store.empty();
  if (!is_store) TRY(check_unsigned(options));
  TRY(check_screen());
  TRY(give_up_network());
  Signals signals{SIGTERM, SIGINT, SIGHUP, SIGUSR1};
  const ServiceManager manager = ServiceManager::of_environment();
  const SystemClock real;
  const Steady began = real.steady_now();
  std::optional<Crashes> crashes;
  if (options.counts_crashes)
    crashes.emplace(options.places.state, options.places.run, boot_id(), real);
  Crashes* const counted = crashes ? &*crashes : nullptr;
  std::optional<StoreSource> source;
  if (is_store)
    source.emplace(options.places, FolderAndDisplay{{}, options.display, options.size, {}}, real,
                   counted);
  Material material =
      source ? from_store(*source, options.places.store) : from_folder(options, counted);
  KeptTime kept_time;
  FirstRead first_read([&, counted, read = material.read_first] {
    if (counted != nullptr) counted->count();
    if (is_store) kept_time.put(read_own_file(time_record(options), kTimeRecordBytesMax));
    return read();
  });
  std::optional<LoadedFolder> in_time = first_read.take_within(kFirstReadPatience);
  const bool is_late = !in_time;
  LoadedFolder first = in_time ? *std::move(in_time) : load_nothing(options);
  PollLoop loop;
  ASSIGN_OR_RETURN(Clocks clocks,
                   make_clocks(options, *first.display, real, source ? &*source : nullptr, loop));

  StageOptions stage_options;
  stage_options.size = first.display->size;
  stage_options.screen = options.screen ? options.screen : first.display->screen;
  stage_options.way = options.way;
  if (options.is_windowed) stage_options.shape = StageShape::windowed;
  ProofOfPlay proof({proof_folder(options), first.display->id.str(), options.at.has_value()},
                    clocks.clock(), loop);
  const auto remark = [counted] { return counted != nullptr ? counted->remark() : ""; };
  StatusReport report({.clock = clocks.clock(),
                       .loop = loop,
                       .proof = proof,
                       .run = status_folder(options),
                       .journal = proof_folder(options),
                       .display = first.display->id.str(),
                       .quarantined = counted_by(source),
                       .began = began,
                       .is_store = is_store,
                       .remark = remark,
                       .judge = clocks.civil.get()});
  std::atomic<bool> is_reloading = false;
  std::optional<Watchdog> watchdog;
  std::optional<Calm> calm;
  PlayerHooks hooks = std::move(material.hooks);
  hooks.showing = [counted](const Decision& decision, const Show& show) {
    if (counted != nullptr) note_showing(*counted, decision, show);
  };
  hooks.on_glass = [&, counted](const Player& of) {
    proof.on_glass(of);
    report.on_glass(of);
    if (counted != nullptr) counted->was_brought();
    if (watchdog) watchdog->shown(remark());
  };
  hooks.loaded = [&](const LoadedFolder& folder, bool accepted) {
    if (clocks.civil) keep_clock(clocks, kept_time, folder);
    if (accepted) proof.loaded(folder);
    if (calm) calm->begin();
  };
  const auto frames = options.frames ? *options.frames : default_frame_cache();
  Player player(
      {.loop = loop,
       .clock = clocks.clock(),
       .folder = material.watched,
       .first = std::move(first),
       .read = told_when_read(behind(first_read, counted, std::move(material.read)), manager,
                              is_reloading),
       .make_studio = [frames,
                       report = material.report] { return make_keeping_studio(frames, report); },
       .show = show_options(is_store),
       .read_back = ReadBack{},
       .watched = material.depth,
       .guard = counted},
      std::move(hooks));
  if (clocks.keeper) clocks.keeper->on_change([&player] { player.refresh(); });
  if (source) run_errands_of(*source, player, loop);
  if (is_late) player.reload();
  if (crashes) calm.emplace(*crashes, loop, [&player] { player.reload(); }).begin();
  auto opened_stage = open_stage_patiently(stage_options, signals, manager);
  // A screen that is not there is nobody's crash.
  if (crashes && (!opened_stage || !*opened_stage)) crashes->ends();
  ASSIGN_OR_RETURN(std::optional<Stage> opened, std::move(opened_stage));
  if (!opened) return {};
  // A screen that came late has used up the time that a start is given.
  manager.takes_longer(2 * Watchdog::kBridged);
  Stage& stage = *opened;
  fmt::print(stderr, "{}\n", say("stage: {}", stage.description()));
  player.on_event([&](const StageEvent& event) {
    if (std::holds_alternative<CloseAsked>(event)) loop.stop();
  });
  const auto print_stats = [&] { fmt::print(stderr, "{}", player.projector().report()); };
  loop.watch(signals.fd(), [&] {
    while (const auto signal = signals.take()) {
      if (*signal == SIGHUP) {
        is_reloading = watchdog->is_ready();
        if (is_reloading) manager.reloading();
        player.reload();
      } else if (*signal == SIGUSR1) {
        print_stats();
      } else {
        manager.stopping();
        loop.stop();
      }
    }
  });
  watchdog.emplace(manager, player, loop);
  report.set_stage(stage.description());
  player.start(stage);
  player.projector().on_read_back([&] {
    proof.say_problem();
    report.read_back();
  });
  Status status = loop.run();
  // A display that goes away by itself counts as a crash: nobody can tell it from a picture that
  // its driver died of.
  if (crashes && status) crashes->ends();
  proof.end();
  report.end();
  if (options.prints_stats) print_stats();
  return status;
}

}  // namespace noseon
