// Proof of play: what came onto the glass of the unattended player, into the journal.
//
// The journal is opened behind the first poster, on a thread of its own, and whatever its disk does
// costs no frame. While one poster stands nothing wakes, but for a row that is to be sealed.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "player/journal/journal.h"
#include "player/play_log.h"
#include "player/player.h"
#include "player/poll_loop.h"

namespace noseon {

struct ProofPlaces {
  std::filesystem::path folder;  ///< of the journal; empty: none is kept
  std::string display;           ///< its id
  /// The clock is somebody's wish, not the time: no play under it passes for one at that time.
  bool is_simulated = false;
  /// How long a written play waits for its seal at the most, and how often it is asked again where
  /// the journal, which counts from its last one, finds it too early.
  Millis seal_every = std::chrono::minutes{10};
  Millis seal_again = std::chrono::minutes{1};
};

/// The loop's thread. What is named must outlive it.
class ProofOfPlay {
 public:
  ProofOfPlay(ProofPlaces places, const Clock& clock, PollLoop& loop);
  ProofOfPlay(const ProofOfPlay&) = delete;
  ProofOfPlay& operator=(const ProofOfPlay&) = delete;

  /// As PlayerHooks::loaded, which says of what generation a playlist is.
  void loaded(const LoadedFolder& folder);
  /// As PlayerHooks::on_glass.
  void on_glass(const Player& player);
  /// That stands from now on.
  void stands(const TurnOnGlass& turn);
  /// The player ends: so does the play in progress, and all of it is sealed; five seconds at most.
  void end();

  /// Says on stderr what keeps the journal from being written, each problem once.
  void say_problem();
  /// Nothing where none is kept, or before the first frame.
  [[nodiscard]] std::optional<JournalState> state() const;
  /// Of what plays: its number in the store, 0 for a folder.
  [[nodiscard]] std::int64_t generation() const { return generation_; }

 private:
  [[nodiscard]] Moment moment() const;
  void open();
  void record(const std::optional<Play>& play);
  void say_once(std::string text);
  void seal_when_due();

  ProofPlaces places_;
  const Clock& clock_;
  PlayLog log_;
  std::optional<Journal> journal_;
  Timer seal_timer_;
  bool is_seal_set_ = false;
  std::set<std::string> said_;              // problems
  std::shared_ptr<const Playlist> loaded_;  // last, which may be on trial still
  std::int64_t loaded_generation_ = 0;
  std::int64_t generation_ = 0;  // of what plays
};

}  // namespace noseon
