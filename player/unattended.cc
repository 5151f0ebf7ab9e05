#include "player/unattended.h"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/boot.h"
#include "base/say.h"
#include "base/service_manager.h"
#include "media/cage/no_network.h"
#include "player/calm.h"
#include "player/crashes.h"
#include "player/display_clock.h"
#include "player/first_read.h"
#include "player/guarded_folder.h"
#include "player/own_file.h"
#include "player/player.h"
#include "player/proof_of_play.h"
#include "player/source.h"
#include "player/stage_wait.h"
#include "player/status_report.h"
#include "player/watchdog.h"

namespace noseon {
namespace {

std::filesystem::path time_record(const UnattendedOptions& options) {
  return options.places.state / "time.json";
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

void print_stats(const Player& player) {
  fmt::print(stderr, "{}", player.projector().report());
}

// Before a picture is brought to the glass, so that a start after a crash knows which it was.
void note_showing(Crashes& crashes, const Decision& decision, const Show& show) {
  const auto& entry = show.showing().slot.entry;
  crashes.shows(decision.made_of, name_of(*show.edition().playlist(), entry));
}

// All of it, in the order in which it is made: what is used ends after whoever uses it.
class Unattended {
 public:
  explicit Unattended(const UnattendedOptions& options);
  [[nodiscard]] Status run();

 private:
  [[nodiscard]] bool is_store() const { return source_.has_value(); }
  [[nodiscard]] Crashes* crashes() { return crashes_ ? &*crashes_ : nullptr; }
  [[nodiscard]] CrashRemark remark() const { return crashes_ ? crashes_->remark() : CrashRemark{}; }

  void begin_reading();
  [[nodiscard]] Status start_clock();
  void keep_records();
  void make_player();
  [[nodiscard]] PlayerHooks hooks();
  void was_brought(const Player& player);
  void was_loaded(const LoadedFolder& folder, bool accepted);
  void follow_changes();
  [[nodiscard]] Result<bool> open_stage();
  void follow_signals();
  void obey(int signal);
  void start_show();
  void end(const Status& status);

  const UnattendedOptions& options_;
  Signals signals_{SIGTERM, SIGINT, SIGHUP, SIGUSR1};
  const ServiceManager manager_ = ServiceManager::of_environment();
  const SystemClock machine_;
  const Steady began_ = machine_.steady_now();
  std::optional<Crashes> crashes_;
  std::optional<StoreSource> source_;
  Material material_;
  KeptTime kept_time_;
  std::optional<FirstRead> first_read_;
  LoadedFolder first_;
  bool is_late_ = false;  // what plays at the start is still being read
  PollLoop loop_;
  std::optional<DisplayClock> clock_;
  std::optional<ProofOfPlay> proof_;
  std::optional<StatusReport> report_;
  std::atomic<bool> is_reloading_ = false;
  std::optional<Calm> calm_;
  std::optional<Player> player_;
  std::optional<WatchedPlayer> watched_;
  std::optional<Watchdog> watchdog_;
  std::optional<Stage> stage_;
};

Unattended::Unattended(const UnattendedOptions& options) : options_(options) {
  if (options.counts_crashes)
    crashes_.emplace(options.places.state, options.places.run, boot_id(), machine_);
  if (options.places.store.empty()) {
    material_ = from_folder(options, crashes());
    return;
  }
  source_.emplace(options.places, FolderAndDisplay{{}, options.display, options.size, {}}, machine_,
                  crashes());
  material_ = from_store(*source_, options.places.store);
}

Status Unattended::run() {
  begin_reading();
  TRY(start_clock());
  keep_records();
  make_player();
  follow_changes();
  ASSIGN_OR_RETURN(const bool has_stage, open_stage());
  if (!has_stage) return {};
  follow_signals();
  start_show();
  Status status = loop_.run();
  end(status);
  return status;
}

void Unattended::begin_reading() {
  first_read_.emplace([this] {
    if (crashes_) crashes_->count();
    if (is_store()) kept_time_.put(read_own_file(time_record(options_), kTimeRecordBytesMax));
    return material_.read_first();
  });
  auto in_time = first_read_->take_within(kFirstReadPatience);
  is_late_ = !in_time;
  first_ = in_time ? *std::move(in_time) : load_nothing(options_);
}

// The simulated start is in the zone that the display will have, so the folder is read for it.
Status Unattended::start_clock() {
  DisplayClockParts parts{.machine = machine_,
                          .loop = loop_,
                          .display = *first_.display,
                          .at = options_.at,
                          .is_store = is_store(),
                          .record = time_record(options_),
                          .issued = {}};
  if (is_store()) parts.issued = [this] { return source_->issued(); };
  ASSIGN_OR_RETURN(auto clock, DisplayClock::make(std::move(parts)));
  clock_.emplace(std::move(clock));
  return {};
}

void Unattended::keep_records() {
  const std::string display = first_.display->id.str();
  const auto journal = proof_folder(options_);
  proof_.emplace(ProofPlaces{journal, display, options_.at.has_value()}, clock_->clock(), loop_);
  StatusReport::Parts parts{.clock = clock_->clock(),
                            .loop = loop_,
                            .proof = *proof_,
                            .run = status_folder(options_),
                            .journal = journal,
                            .display = display,
                            .quarantined = {},
                            .began = began_,
                            .is_store = is_store(),
                            .remark = [this] { return remark(); },
                            .judge = clock_->judge(),
                            .issued = {}};
  if (is_store()) {
    parts.quarantined = [this] { return source_->quarantined(); };
    parts.issued = [this] { return source_->issued(); };
  }
  report_.emplace(std::move(parts));
}

void Unattended::make_player() {
  const auto frames = options_.frames ? *options_.frames : default_frame_cache();
  const auto make_studio = [frames, damage = material_.report] {
    return make_keeping_studio(frames, damage);
  };
  const auto read = behind(*first_read_, crashes(), material_.read);
  player_.emplace(PlayerParts{.loop = loop_,
                              .clock = clock_->clock(),
                              .folder = material_.watched,
                              .first = std::move(first_),
                              .read = told_when_read(read, manager_, is_reloading_),
                              .make_studio = make_studio,
                              .show = show_options(is_store()),
                              .read_back = ReadBack{},
                              .watched = material_.depth,
                              .guard = crashes()},
                  hooks());
}

PlayerHooks Unattended::hooks() {
  PlayerHooks hooks = material_.hooks;
  hooks.showing = [this](const Decision& decision, const Show& show) {
    if (crashes_) note_showing(*crashes_, decision, show);
  };
  hooks.on_glass = [this](const Player& player) { was_brought(player); };
  hooks.loaded = [this](const LoadedFolder& folder, bool accepted) {
    was_loaded(folder, accepted);
  };
  return hooks;
}

void Unattended::was_brought(const Player& player) {
  proof_->on_glass(player);
  report_->on_glass(player);
  if (crashes_) crashes_->was_brought();
  if (watchdog_) watchdog_->shown(in_words(remark()));
}

void Unattended::was_loaded(const LoadedFolder& folder, bool accepted) {
  clock_->learn(folder, kept_time_);
  if (accepted) proof_->loaded(folder);
  if (calm_) calm_->begin();
}

void Unattended::follow_changes() {
  clock_->on_change([this] { player_->refresh(); });
  if (source_) run_errands_of(*source_, *player_, loop_);
  if (is_late_) player_->reload();
  if (!crashes_) return;
  calm_.emplace(*crashes_, loop_, [this] { player_->reload(); });
  calm_->begin();
}

// False where a signal ended the player before there was a screen.
Result<bool> Unattended::open_stage() {
  const Display& display = *player_->folder().display;
  StageOptions options;
  options.size = display.size;
  options.screen = options_.screen ? options_.screen : display.screen;
  options.way = options_.way;
  if (options_.is_windowed) options.shape = StageShape::windowed;
  auto opened = open_stage_patiently(options, signals_, manager_);
  // A screen that is not there is nobody's crash.
  if (crashes_ && (!opened || !*opened)) crashes_->ends();
  ASSIGN_OR_RETURN(auto stage, std::move(opened));
  if (!stage) return false;
  stage_.emplace(*std::move(stage));
  // A screen that came late has used up the time that a start is given.
  manager_.takes_longer(2 * Watchdog::kBridged);
  fmt::print(stderr, "{}\n", say("stage: {}", stage_->description()));
  return true;
}

void Unattended::follow_signals() {
  player_->on_event([this](const StageEvent& event) {
    if (std::holds_alternative<CloseAsked>(event)) loop_.stop();
  });
  loop_.watch(signals_.fd(), [this] {
    while (const auto signal = signals_.take()) obey(*signal);
  });
}

void Unattended::obey(int signal) {
  switch (signal) {
    case SIGHUP:
      is_reloading_ = watchdog_->is_ready();
      if (is_reloading_) manager_.reloading();
      return player_->reload();
    case SIGUSR1:
      return print_stats(*player_);
    default:
      manager_.stopping();
      loop_.stop();
  }
}

void Unattended::start_show() {
  watched_.emplace(*player_);
  watchdog_.emplace(manager_, *watched_, loop_);
  report_->set_stage(stage_->description());
  player_->start(*stage_);
  player_->projector().on_read_back([this] {
    proof_->say_problem();
    report_->read_back();
  });
}

// A display that goes away by itself counts as a crash: nobody can tell it from a picture that its
// driver died of.
void Unattended::end(const Status& status) {
  if (crashes_ && status) crashes_->ends();
  // After that: a disk that hangs here has the player killed, and an ignition's calm lost, no more.
  if (calm_ && status) calm_->end();
  proof_->end();
  report_->end();
  if (options_.prints_stats) print_stats(*player_);
}

}  // namespace

Status run_unattended(const UnattendedOptions& options) {
  if (options.places.store.empty()) TRY(check_unsigned(options));
  TRY(check_screen());
  TRY(give_up_network());
  return Unattended(options).run();
}

}  // namespace noseon
