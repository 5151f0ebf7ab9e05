// One display for a month: the folders of its disk, and the code of noseon-sync and noseon-player
// that decides what they hold and what shows, in this process. Its power, its clock and its link
// are somebody else's to decide.
//
// What is real: fleet/trust, fleet/store and fleet/pull with its loop's decisions, StoreSource with
// what it remembers, PictureBytes (which believes no file), the schedule, on some buses the
// journal. What is not: a window, pixels, decoders; that is the soak's (tests/faults).
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "fleet/pull/sync.h"
#include "player/journal/journal.h"
#include "player/store_source.h"
#include "playlist/schedule.h"
#include "tests/fleet/month/network.h"
#include "tests/fleet/month/powered_disk.h"

namespace noseon::month {

/// Bugs that a display could have; each must be found out.
enum class Bug {
  none,
  syncs_nothing,     ///< says that it is on the disk before it is
  forgets_versions,  ///< which releases it accepted
  points_first,      ///< makes a release current before its blobs are there
  trusts_files,      ///< shows a picture without hashing it
  plays_unseen,      ///< a play now and then is not told to the journal
};

/// What a bus knows of the time: the machine's clock, which may lie, and the floor, which what was
/// signed moves and which passes while there is power. By the rules of player/clock_grade.h.
class BusClock final : public Clock {
 public:
  explicit BusClock(const Instant& true_now) : true_now_(true_now), learnt_at_(true_now) {}
  [[nodiscard]] Steady steady_now() const override { return Steady{true_now_.time_since_epoch()}; }
  [[nodiscard]] Instant now() const override {
    return grade() == ClockGrade::impossible ? floor() : true_now_ + off_;
  }
  [[nodiscard]] ClockGrade grade() const override {
    if (is_right_) return ClockGrade::trusted;
    constexpr std::chrono::hours kFarthest{24 * 730};
    const Instant machine = true_now_ + off_;
    const bool can_be = floor() <= machine && machine <= floor() + kFarthest;
    return can_be ? ClockGrade::floor_only : ClockGrade::impossible;
  }
  [[nodiscard]] Instant floor() const override { return floor_ + (true_now_ - learnt_at_); }

  void set(Millis off, bool is_right) {
    off_ = off;
    is_right_ = is_right;
  }
  [[nodiscard]] bool is_right() const { return is_right_; }
  /// The repository signed something then.
  void learn(Instant issued) {
    if (issued <= floor()) return;
    floor_ = issued;
    learnt_at_ = true_now_;
  }
  /// What is known is kept each minute; without power nothing passes.
  void power_off() { floor_ = std::chrono::floor<std::chrono::minutes>(floor()); }
  void power_on() { learnt_at_ = true_now_; }

 private:
  const Instant& true_now_;
  Millis off_{0};
  bool is_right_ = true;
  Instant floor_ = seoul_day(20'000);
  Instant learnt_at_;
};

struct Tally {
  std::uint64_t passes = 0;
  std::uint64_t releases = 0;  ///< that came to play
  std::uint64_t slots = 0;
  std::uint64_t cuts = 0;         ///< of power, at any moment
  std::uint64_t cuts_open = 0;    ///< of them, with something on its way to the disk
  std::uint64_t cuts_within = 0;  ///< of them, within a pass
  std::uint64_t doubted = 0;      ///< slots under a clock that nothing confirmed
  std::uint64_t outside = 0;      ///< of them, truly outside of their window, within the bound
  std::uint64_t cards = 0;        ///< slots before there was anything to play
  std::uint64_t rotten = 0;       ///< blobs that were damaged on the disk
  std::uint64_t caught = 0;       ///< of them, seen before they showed
  std::uint64_t journal_rows = 0;
  std::uint64_t journal_left_out = 0;  ///< plays in progress or not yet acknowledged at a cut
  double share_off = 0;  ///< the most that an item was off its due over one stretch, in turns

  void add(const Tally& other);
};

/// What is wrong, in a sentence. Nothing: all is well.
using Verdict = std::optional<std::string>;

class Bus {
 public:
  struct Parts {
    const Servers& servers;
    std::filesystem::path folder;
    int number;
    std::uint64_t seed;
    Mirror mirror;
    Bug bug = Bug::none;
    bool keeps_journal = false;
    std::uint64_t quota = 400'000;
  };
  static constexpr Millis kPoll = std::chrono::minutes{30};

  explicit Bus(Parts parts);
  ~Bus();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool is_on() const { return running_ != nullptr; }
  [[nodiscard]] std::mt19937_64& random() { return random_; }
  BusClock clock;
  Link link;
  [[nodiscard]] const Tally& tally() const { return tally_; }
  /// timestamp.json's version of what plays; 0: nothing.
  [[nodiscard]] std::int64_t playing() const;
  [[nodiscard]] std::uint64_t generation() const;

  /// The ignition: both programs start.
  [[nodiscard]] Verdict power_on();
  /// The power is gone, whatever was being done.
  [[nodiscard]] Verdict power_cut();
  /// noseon-sync's turn; how long it waits then. `fails_after`: the power goes at a change of the
  /// disk on the way, where there are so many.
  struct Turn {
    Millis wait{0};
    bool lost_power = false;
    Verdict wrong;
  };
  [[nodiscard]] Turn pull(std::optional<std::uint64_t> fails_after);
  /// Everything that showed until now, each slot.
  [[nodiscard]] Verdict show();
  /// Somebody, or the years, changed a byte of a blob that plays.
  void rot();
  /// What shows at this moment.
  [[nodiscard]] bool shows_urgent();
  [[nodiscard]] Verdict check_journal();
  /// Turns off every fault that is the bus's own.
  void end_faults() { fault_ends_ = true; }

 private:
  struct Running;
  struct Shown {
    Instant start;
    std::string name;
    bool is_sure;  ///< the journal said that it is on the disk
  };
  [[nodiscard]] Verdict take(std::optional<LoadedFolder> loaded);
  [[nodiscard]] Verdict check_release(const LoadedFolder& loaded);
  [[nodiscard]] Verdict check_store(bool was_pulled);
  [[nodiscard]] Verdict open_pictures();
  [[nodiscard]] Verdict show_slot(const Slot& slot, Millis off);
  [[nodiscard]] Verdict check_doubted(const PlainItem& item, Instant truly);
  [[nodiscard]] Verdict check_share(const std::vector<Slot>& slots, const Context& context);
  void lay_out(const std::set<EntryIndex>& aside);
  void write_down(const Slot& slot);
  void points_first();
  [[nodiscard]] std::string said(std::string what) const { return name_ + ": " + what; }

  Parts parts_;
  std::string name_;
  std::mt19937_64 random_;
  PoweredDisk disk_;
  std::filesystem::path run_, journal_folder_;
  std::vector<Source> sources_;
  SystemZones zones_;
  Display display_;
  std::string root_;
  std::unique_ptr<Running> running_;
  Instant shown_until_;
  int boots_ = 0;
  bool fault_ends_ = false;

  // What this display may not fall behind, as its owner remembers it.
  std::int64_t accepted_ = 0;      ///< version on the glass, acknowledged as written down
  std::int64_t made_current_ = 0;  ///< version that was said to be current
  bool ever_played_ = false;
  std::set<Sha256> rotten_;   ///< blobs that may be missing while they are fetched anew
  std::vector<Shown> shown_;  ///< of a bus with a journal
  Tally tally_;
};

}  // namespace noseon::month
