// What the player is at, written down before it is touched, so that the next start finds it:
// RUN/trail.json.
//
// The run folder is memory (tmpfs): what was written there outlives the process that crashes, costs
// no fsync, wears no disk and waits for none; after a power cut it is gone, and a power cut is no
// crash. The folder may be written to by noseon-sync too: a file there that is not ours is taken
// away, a link not followed.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "base/handle.h"
#include "base/result.h"
#include "player/ladder.h"

namespace noseon {

class Trail {
 public:
  explicit Trail(const std::filesystem::path& run, std::string boot);

  /// What the run before left in this boot.
  struct Past {
    std::optional<Crash> crash;     ///< what it was at, where it ended without order
    std::vector<Sha256> went_well;  ///< however it ended
  };
  [[nodiscard]] Past before() const;

  /// From now on this run's own; until then what the run before left stays. disk, denied.
  [[nodiscard]] Status begin();

  // What is at hand now. Any thread; nothing before begin().
  void reads(const std::optional<Sha256>& generation);
  void shows(const std::optional<Work>& work, std::chrono::seconds now);
  void was_brought();
  /// That came to the glass, stood, and went. Each content once, kSuspectsMax at the most.
  void went_well(const Sha256& content);
  void makes(const std::optional<Work>& work);
  /// In order.
  void ends();

 private:
  struct Now {
    Crash at;
    std::vector<Sha256> went_well;
    bool has_ended = false;
  };
  template <class Change>
  void change(Change change_it);
  void write() const;

  std::filesystem::path file_;
  std::string boot_;
  std::mutex mutex_;  // guards what follows
  Fd fd_;
  Now now_;
};

}  // namespace noseon
