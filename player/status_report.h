// What the unattended player tells of itself in RUN/player.json, and when: with each change of what
// stands, at most once a second, and when the glass is read back, which is once a minute; so that
// telling wakes nobody.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "player/civil_clock.h"
#include "player/player.h"
#include "player/player_status.h"
#include "player/proof_of_play.h"
#include "player/status_file.h"

namespace noseon {

/// A status that is older than this is of a player that hangs: each minute and a half it looks at
/// the glass, even where a fade keeps it from that once.
inline constexpr Millis kStatusOldAfter = std::chrono::seconds{150};

/// The loop's thread. What is named must outlive it.
class StatusReport {
 public:
  struct Parts {
    const Clock& clock;
    PollLoop& loop;
    const ProofOfPlay& proof;
    std::filesystem::path run;      ///< empty: nothing is told
    std::filesystem::path journal;  ///< its folder; empty: none
    std::string display;
    std::function<std::size_t()> quarantined;       ///< empty: none are
    Steady began;                                   ///< when the player started
    bool is_store = false;                          ///< it plays a store, or would
    std::function<CrashRemark()> remark;            ///< as Crashes::remark(); empty: none
    const CivilClock* judge = nullptr;              ///< of the clock; null: it is taken at its word
    std::function<std::optional<Issued>()> issued;  ///< the latest timestamp; empty: none
  };
  explicit StatusReport(Parts parts);
  StatusReport(const StatusReport&) = delete;
  StatusReport& operator=(const StatusReport&) = delete;

  /// As PlayerHooks::on_glass.
  void on_glass(const Player& player);
  /// The glass was read back.
  void read_back();
  void set_stage(std::string description) { stage_ = std::move(description); }
  /// The player ends, in order.
  void end();

  /// What is told now. REQUIRES: on_glass() was called.
  [[nodiscard]] PlayerStatus status() const;

 private:
  void tell();

  Parts parts_;
  Instant started_;
  std::int64_t process_start_;
  std::string boot_;
  std::string stage_;
  const Player* player_ = nullptr;  // once something was on the glass
  std::optional<Millis> first_frame_;
  bool was_first_right_ = false;
  bool has_ended_ = false;
  std::optional<Instant> last_read_back_;
  std::optional<Steady> told_at_;
  Timer later_;
  std::optional<StatusFile> file_;
};

/// When a process began, in the kernel's ticks since boot (proc(5), field 22 of stat); nothing
/// where there is none, or it may not be asked about.
[[nodiscard]] std::optional<std::int64_t> process_start(std::int64_t pid);

}  // namespace noseon
