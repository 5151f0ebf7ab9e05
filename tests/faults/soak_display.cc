// The display of the soak: the player as noseon-player puts it together, on SDL's offscreen screen,
// under a clock that does not wait. Its time stands while anything is on its way (a picture, a
// release, the first frame of a fade) and then jumps to the next moment at which something is to be
// decided. So 28 days pass as fast as the machine can show them, and always in the same order.
//
//   soak_display FOLDER START        START: milliseconds since 1970
//
// Commands come on stdin, one a line, each answered by one line on stdout:
//   run MS        plays on for so long; "at CIVIL shown N recorded N parked N lost N wrong N kills
//   N" step MS       the civil clock is set reload        the store is looked at again kill the
//   next decoder that starts is killed restart       the player ends as it should and starts again,
//   in this process settle        waits, in real time, until the journal holds all that was shown,
//   or says no more end           the player ends
// FOLDER/trace has a line for each play that was on the glass: start, length, name.
//
// It finds out for itself whether what shows is what the schedule says, and whether the glass has
// the very picture. NOSEON_SOAK_BUG (descriptor, memory, play, wrong-item) plants a bug, once in
// every `run`.
#include <dirent.h>
#include <fmt/format.h>
#include <malloc.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "base/check.h"
#include "base/files.h"
#include "player/player.h"
#include "player/proof_of_play.h"
#include "player/source.h"
#include "player/store_source.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

// Time that passes when it is told to. Its steady time lies years ahead of the machine's, so that
// no timer of the kernel's ever comes of itself.
class JumpingClock final : public PacedClock {
 public:
  explicit JumpingClock(Instant start)
      : steady_(std::chrono::steady_clock::now() + hours{24 * 3650}), civil_(start) {}
  [[nodiscard]] Steady steady_now() const override { return steady_; }
  [[nodiscard]] Instant now() const override { return civil_; }
  [[nodiscard]] ClockGrade grade() const override { return ClockGrade::trusted; }
  [[nodiscard]] std::optional<Steady> steady_at(Instant at) const override {
    return steady_ + std::clamp<Millis>(at - civil_, -hours{24}, hours{24});
  }
  void pass(Millis by) {
    steady_ += by;
    civil_ += by;
  }
  void step(Millis by) { civil_ += by; }

 private:
  Steady steady_;
  Instant civil_;
};

// Kills the next child of this process that is a decoder, when it is asked to.
class DecoderKiller {
 public:
  DecoderKiller() : thread_([this](const std::stop_token& stop) { run(stop); }) {}
  void ask() { is_asked_ = true; }
  [[nodiscard]] int kills() const { return kills_; }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::microseconds{is_asked_ ? 200 : 20'000});
      if (is_asked_ && kill_one()) is_asked_ = false;
    }
  }
  static std::string first_line(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
  }
  bool kill_one() {
    const Handle<DIR, ::closedir> tasks(::opendir("/proc/self/task"));
    while (const dirent* task = ::readdir(tasks.get())) {
      std::istringstream children(
          first_line(fmt::format("/proc/self/task/{}/children", task->d_name)));
      for (pid_t child = 0; children >> child;) {
        if (first_line(fmt::format("/proc/{}/comm", child)) != "noseon-decode") continue;
        if (::kill(child, SIGKILL) != 0) continue;
        ++kills_;
        return true;
      }
    }
    return false;
  }

  std::atomic<bool> is_asked_ = false;
  std::atomic<int> kills_ = 0;
  std::jthread thread_;
};

// What was on the glass, by what was decided: written down beside the journal and without it.
class Trace {
 public:
  explicit Trace(const fs::path& file) : out_(std::fopen(file.c_str(), "ae")) { CHECK(out_); }
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;
  ~Trace() { std::fclose(out_); }

  void stands(const std::string& name, const Slot& slot, std::uint64_t edition, Instant civil,
              Steady steady) {
    const bool is_same = name == name_ && slot == slot_ && edition == edition_;
    if (is_same && has_begun_) return;
    end(steady);
    has_begun_ = true;
    name_ = name;
    slot_ = slot;
    edition_ = edition;
    civil_ = civil;
    steady_ = steady;
  }
  void end(Steady steady) {
    const auto length = std::chrono::floor<Millis>(steady - steady_);
    if (std::exchange(has_begun_, false) && length > Millis{0}) {
      fmt::print(out_, "{} {} {}\n", civil_.time_since_epoch().count(), length.count(), name_);
      std::fflush(out_);
    }
  }

 private:
  std::FILE* out_;
  bool has_begun_ = false;
  std::string name_;
  Slot slot_;
  std::uint64_t edition_ = 0;
  Instant civil_;
  Steady steady_;
};

// The schedule once more, over what can be shown: what the player says must be what this says.
class Oracle {
 public:
  /// Of the campaign and item; empty for the card.
  std::string expected(const Edition& edition, Instant now) {
    if (edition.number() != number_ || edition.aside_count() != aside_ || !schedule_)
      lay_out(edition);
    return name_in(*playlist_, schedule_->showing_at({}, now).slot.entry);
  }
  static std::string name_in(const Playlist& playlist, std::optional<EntryIndex> entry) {
    return entry ? playlist.campaign_of(*entry).id.str() + "/" + playlist.item_of(*entry).id.str()
                 : "";
  }

 private:
  void lay_out(const Edition& edition) {
    number_ = edition.number();
    aside_ = edition.aside_count();
    schedule_.reset();
    const Playlist& all = *edition.playlist();
    std::vector<EntryIndex> bad;
    for (EntryIndex i = 0; aside_ > 0 && i < all.entries.size(); ++i)
      if (!is_right(all.campaign_of(i), all.item_of(i))) bad.push_back(i);
    playlist_ = without(all, bad);
    display_ = edition.display();
    schedule_.emplace(*playlist_, *display_);
  }
  static bool is_right(const Campaign& campaign, const Item& item) {
    for (const PublishedPicture& picture : *campaign.published) {
      if (picture.written != item.poster) continue;
      const auto bytes = read_file(picture.file, 1U << 24U);
      if (!bytes || sha256(*bytes) != picture.sha256) return false;
    }
    return true;
  }

  std::uint64_t number_ = 0;
  std::size_t aside_ = 0;
  std::optional<Playlist> playlist_;
  std::shared_ptr<const Display> display_;
  std::optional<Schedule> schedule_;
};

enum class Bug { none, descriptor, memory, play, wrong_item };

Bug planted() {
  const char* const name = std::getenv("NOSEON_SOAK_BUG");
  const std::string bug = name == nullptr ? "" : name;
  return bug == "descriptor"   ? Bug::descriptor
         : bug == "memory"     ? Bug::memory
         : bug == "play"       ? Bug::play
         : bug == "wrong-item" ? Bug::wrong_item
                               : Bug::none;
}

struct Counters {
  std::int64_t shown = 0, recorded = 0, lost = 0;  // of runs that are over
  std::int64_t wrong = 0;
};

// From a start to an end, as run_unattended() puts it together.
class Run {
 public:
  Run(const fs::path& folder, JumpingClock& clock, Trace& trace, Oracle& oracle, Counters& counters,
      Bug bug)
      : clock_(clock),
        trace_(trace),
        oracle_(oracle),
        counters_(counters),
        bug_(bug),
        go_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        source_({folder / "store", folder / "root.json", folder / "state", folder / "run"},
                FolderAndDisplay{{}, folder / "display.toml", {}, {}}, clock),
        first_(source_.read_first()),
        proof_({folder / "journal", first_.display->id.str(), false}, clock, loop_),
        player_({.loop = loop_,
                 .clock = clock,
                 .folder = folder / "watched",  // what changes is told here
                 .first = first_,
                 .read = [this] { return source_.read(); },
                 .make_studio =
                     [this] {
                       return make_keeping_studio(
                           "", [this](const DamagedBlob& blob) { source_.report(blob); });
                     },
                 .show = {.trial_patience = std::chrono::seconds{5},
                          .edge_patience = std::chrono::seconds{30}},
                 .read_back = ReadBack{},
                 .watched = WatchDepth::folder},
                hooks()),
        stage_(Stage::open({.size = first_.display->size, .way = WayKind::surface}).value()) {
    for (const int fd : {source_.errand_fd(), source_.retry_fd()}) {
      loop_.watch(fd, [this] { look_again(); });
    }
    loop_.watch(go_.get(), [] {});
    loop_.before_wait([this] { pass_time(); });
    player_.start(stage_);
  }

  void play(Millis length) {
    until_ = clock_.steady_now() + length;
    has_bug_ahead_ = true;
    CHECK(loop_.run().has_value());
  }
  void end() {
    trace_.end(clock_.steady_now());
    proof_.end();
    if (const auto state = proof_.state()) {
      counters_.shown += state->shown;
      counters_.recorded += state->recorded;
      counters_.lost += state->lost + state->parked;
    }
  }
  void reload() { player_.reload(); }
  void refresh() { player_.refresh(); }
  /// What the cache of finished pictures holds, which has a bound.
  [[nodiscard]] std::size_t kept_bytes() const { return player_.show().edition().pictures.bytes(); }
  [[nodiscard]] JournalState journal() const { return proof_.state().value_or(JournalState{}); }

 private:
  PlayerHooks hooks() {
    return {.loaded =
                [this](const LoadedFolder& folder, bool accepted) {
                  if (accepted) proof_.loaded(folder);
                },
            .in_use = [this](const LoadedFolder& folder) { source_.in_use(folder); },
            .on_glass =
                [this](const Player& player) {
                  told_turn_ = player.decision().turn;
                  told_picture_ = player.decision().picture.get();
                  if (bug_ == Bug::play && std::exchange(has_bug_ahead_, false))
                    left_out_ = player.decision().turn;
                  if (left_out_ != player.decision().turn) proof_.on_glass(player);
                }};
  }

  void look_again() {
    source_.take_errands();
    player_.reload();
  }

  [[nodiscard]] bool has_errand() const {
    pollfd errand{source_.errand_fd(), POLLIN, 0};
    return ::poll(&errand, 1, 0) > 0;
  }

  // Before each wait of the loop: where nothing is on its way, on to the next moment.
  void pass_time() {
    eventfd_t ignored = 0;
    static_cast<void>(::eventfd_read(go_.get(), &ignored));
    if (player_.awaits_answers() || has_errand()) return;
    const Decision& decision = player_.decision();
    const bool is_on_glass = told_turn_ == decision.turn && told_picture_ == decision.picture.get();
    if (decision.picture && !is_on_glass) return;  // the first frame of a fade is to come
    CHECK(::eventfd_write(go_.get(), 1) == 0);
    if (decision.picture && !decision.is_stand_in) look();
    if (clock_.steady_now() >= until_) return loop_.stop();
    Millis by = std::chrono::ceil<Millis>(until_ - clock_.steady_now());
    if (decision.until != kEndOfTime)
      by = std::min(by, std::max<Millis>(decision.until - clock_.now(), Millis{1}));
    if (decision.patience)
      by = std::min(
          by, std::max<Millis>(std::chrono::ceil<Millis>(*decision.patience - clock_.steady_now()),
                               Millis{1}));
    clock_.pass(by);
    // As the timer for damaged blobs does.
    if (player_.show().edition().aside_count() > 0 && clock_.steady_now() >= look_again_) {
      look_again_ = clock_.steady_now() + std::chrono::minutes{1};
      look_again();
    }
    player_.refresh();
  }

  // What stands now: by the schedule, on the glass, and into the trace.
  void look() {
    const Show& show = player_.show();
    const Slot& slot = show.showing().slot;
    const Edition& edition = show.edition();
    std::string name = Oracle::name_in(*edition.playlist(), slot.entry);
    if (bug_ == Bug::wrong_item && has_bug_ahead_) {
      has_bug_ahead_ = false;
      name = "another/item";
    }
    if (name != oracle_.expected(edition, clock_.now())) {
      if (++counters_.wrong <= 5)
        fmt::print(stderr, "soak: at {} {} shows where {} is due\n",
                   to_rfc3339(clock_.now(), std::chrono::seconds{0}), name,
                   oracle_.expected(edition, clock_.now()));
    }
    trace_.stands(name, slot, edition.number(), clock_.now(), clock_.steady_now());
    if (++looks_ % 50 != 0 || player_.projector().is_fading()) return;
    const auto holds = stage_.holds(player_.decision().picture);
    if (holds && *holds) return;
    ++counters_.wrong;
    fmt::print(stderr, "soak: the glass does not hold {}\n", name);
  }

  JumpingClock& clock_;
  Trace& trace_;
  Oracle& oracle_;
  Counters& counters_;
  Bug bug_;
  bool has_bug_ahead_ = false;
  std::optional<std::uint64_t> left_out_;  // a turn
  Fd go_;
  PollLoop loop_;
  StoreSource source_;
  LoadedFolder first_;
  ProofOfPlay proof_;
  std::uint64_t told_turn_ = 0;  // what is on the glass, as the player was told
  const Picture* told_picture_ = nullptr;
  std::uint64_t looks_ = 0;
  Steady until_;
  Steady look_again_;
  Player player_;
  Stage stage_;
};

// A leak a day.
void leak(Bug bug) {
  if (bug == Bug::descriptor) CHECK(::dup(0) >= 0);
  if (bug == Bug::memory) {
    static std::vector<std::unique_ptr<std::string>> kept;
    kept.push_back(std::make_unique<std::string>(1U << 20U, 'x'));
  }
}

// Until nothing waits, or nothing changes for seven seconds: the journal asks its disk every five.
void settle(const Run& run) {
  for (int i = 0; i < 70 && run.journal().parked > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
}

int obey(const fs::path& folder, Instant start) {
  JumpingClock clock(start);
  Trace trace(folder / "trace");
  Oracle oracle;
  Counters counters;
  DecoderKiller killer;
  const Bug bug = planted();
  std::optional<Run> run;
  run.emplace(folder, clock, trace, oracle, counters, bug);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string command;
    std::int64_t number = 0;
    words >> command >> number;
    if (command == "run") {
      leak(bug);
      run->play(Millis{number});
    } else if (command == "step") {
      clock.step(Millis{number});
      run->refresh();
    } else if (command == "reload") {
      run->reload();
    } else if (command == "kill") {
      killer.ask();
    } else if (command == "settle") {
      settle(*run);
    } else if (command == "restart" || command == "end") {
      run->end();
      run.reset();
      if (command == "restart") run.emplace(folder, clock, trace, oracle, counters, bug);
    }
    const JournalState state = run ? run->journal() : JournalState{};
    fmt::print("at {} shown {} recorded {} parked {} lost {} wrong {} kills {} kept {}\n",
               clock.now().time_since_epoch().count(), counters.shown + state.shown,
               counters.recorded + state.recorded, state.parked, counters.lost + state.lost,
               counters.wrong, killer.kills(), run ? run->kept_bytes() : 0);
    std::fflush(stdout);
    if (command == "end") return 0;
  }
  return 0;
}

}  // namespace
}  // namespace noseon::faults

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  // As noseon-player does.
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
  ::setenv("LC_ALL", "C", 1);
  ::setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
  ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const noseon::Millis start{std::strtoll(argv[2], nullptr, 10)};
  return noseon::faults::obey(argv[1], noseon::Instant{start});
}
