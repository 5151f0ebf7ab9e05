// RUN/player.json, written whole and renamed by a thread of its own: a run folder that is full,
// hung or gone costs no frame. Nothing is synced: what it says is of this boot alone.
#pragma once

#include <filesystem>
#include <memory>
#include <thread>

#include "player/player_status.h"

namespace noseon {

/// The loop's thread.
class StatusFile {
 public:
  /// Made where it is missing, with the first status.
  explicit StatusFile(std::filesystem::path run);
  /// Waits until the last one is written, for a second at most.
  ~StatusFile();
  StatusFile(const StatusFile&) = delete;
  StatusFile& operator=(const StatusFile&) = delete;

  /// Never waits, and completes it by what the journal's disk says (keep_free). Of those that the
  /// folder is too slow for the newest alone is written. What cannot be written is said on stderr
  /// once.
  void write(const PlayerStatus& status);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace noseon
