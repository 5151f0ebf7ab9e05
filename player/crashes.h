// What the player does about its own crashes: counts them in STATE/crashes.json, leaves out what is
// to blame (ladder.h), and heals.
//
// A start that no orderly end came before in the same boot counts as a crash: a kill by the
// watchdog is one, SIGTERM and a power cut are none. Time is that of the boot; the wall clock has
// no part. crashes.json is written durably at a crash and, below the top of the ladder, each ten
// minutes of calm and at an orderly end; never while a slot is waited for, and but for that end
// never on the loop's thread.
//
// Where one of the two folders cannot be written, pictures are shown as ever, and nothing is
// counted; that is said once. A damaged crashes.json counts as none, and is kept as
// crashes.json.bad.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "player/crash_remark.h"
#include "player/trail.h"
#include "player/workshop.h"

namespace noseon {

/// Any thread, but for what is said of one.
class Crashes final : public WorkGuard {
 public:
  Crashes(const std::filesystem::path& state, const std::filesystem::path& run, std::string boot,
          const Clock& clock);

  /// Counts, decides and writes down, before anything of what plays is touched. Once; waits for the
  /// disk. Says what it found on stderr.
  void count();

  [[nodiscard]] Rung rung() const;
  /// That generation was crashed on, and something before it is to play.
  [[nodiscard]] bool avoids(const Sha256& generation) const;
  /// That generation is about to be read, or plays.
  void reads(const Sha256& generation);

  // Of the workshop: what is left out is refused (denied).
  [[nodiscard]] Result<Sha256> begin(const Order& order) override;
  void end() override;

  /// That is about to be brought to the glass; all zero: a card that needs no file. Cheap where it
  /// is what stands.
  void shows(const Sha256& content, const std::string& name);
  /// It has come there.
  void was_brought();
  /// The player ends in order.
  void ends();

  /// When calm is to be counted next; nothing where there is nothing to heal.
  [[nodiscard]] std::optional<Millis> next_count() const;
  /// So long it played on. Does not wait: what came of it is to be saved, and all read again.
  void played(Millis time);
  /// What changed since, durably. Waits for the disk; one thread at a time.
  void save();

  /// How many steps up there were in this run: with each, what was left out may be back.
  [[nodiscard]] std::size_t times_healed() const;

  /// Nothing on the top of the ladder.
  [[nodiscard]] CrashRemark remark() const;

 private:
  void take(Result<Ladder> read);
  [[nodiscard]] std::chrono::seconds now() const;
  void say_what_came_of(const Crash& crash, const Ladder& before) const;

  std::filesystem::path file_;
  const Clock& clock_;
  std::string boot_;
  Trail trail_;
  bool has_complained_ = false;
  mutable std::mutex mutex_;  // guards what follows
  Ladder ladder_;
  Ladder saved_;
  std::optional<Sha256> playing_;  // the generation that was read last
  Sha256 shown_{};
  bool was_brought_ = false;
  std::size_t times_healed_ = 0;
};

}  // namespace noseon
