// Reads the folder again on a thread of its own, so that a slow disk never holds up a frame, and
// judges whether what came of it may replace what plays.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/handle.h"
#include "player/folder.h"

namespace noseon {

/// Called from the loop's thread.
class Loader {
 public:
  /// `read` runs on the loader's thread, one at a time; what gives nothing is as if it had not been
  /// asked for.
  explicit Loader(std::function<std::optional<LoadedFolder>()> read);

  /// Reads once more; asked for while reading, it reads again after that.
  void start();
  /// Readable while take() would return something.
  [[nodiscard]] int ready_fd() const { return ready_.get(); }
  [[nodiscard]] std::optional<LoadedFolder> take();
  /// start() was called, and what came of it was not taken yet.
  [[nodiscard]] bool is_awaited() const { return is_awaited_; }

 private:
  void read();

  std::function<std::optional<LoadedFolder>()> read_;
  Fd ready_;
  bool is_awaited_ = false;  // of the loop's thread
  std::mutex mutex_;
  std::optional<LoadedFolder> loaded_;
  bool is_reading_ = false;
  bool is_asked_again_ = false;
  std::jthread thread_;
};

/// Is `now` fit to replace `before`? Not where an error lost a whole campaign that was there, or
/// all there was: then the last good state stays. An error inside an item costs that item alone.
[[nodiscard]] bool may_replace(const LoadedFolder& before, const LoadedFolder& now);

}  // namespace noseon
