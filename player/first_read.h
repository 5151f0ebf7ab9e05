// What plays at the start, read on a thread of its own: a disk that hangs, or a store that takes
// long to verify, does not hold up the first frame.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "player/folder.h"

namespace noseon {

class FirstRead {
 public:
  /// `read` is called at once, on the thread.
  explicit FirstRead(std::function<LoadedFolder()> read);

  /// What was read, where that is so before `patience` is over. REQUIRES: not taken before.
  [[nodiscard]] std::optional<LoadedFolder> take_within(Millis patience);
  /// The same however long it takes; nothing where it was taken already. From any thread.
  [[nodiscard]] std::optional<LoadedFolder> take();

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable arrived_;
  bool is_read_ = false;
  std::optional<LoadedFolder> read_;
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace noseon
