// Notices that a folder changed, by inotify(7): the whole tree of campaigns, or a store's own
// entries alone, and the folder's own coming and going. It says that something changed, never what.
#pragma once

#include <filesystem>

#include "base/handle.h"
#include "base/time.h"
#include "player/poll_loop.h"

namespace noseon {

enum class WatchDepth {
  tree,    ///< all that is in it
  folder,  ///< what it holds itself
};

/// The loop's thread.
class Watcher {
 public:
  /// How long nothing may happen before a change counts as finished, and how long to wait at most.
  static constexpr Millis kSteady{100};
  static constexpr Millis kPatience{2000};

  /// Calls `changed` from the loop, once per change however many files it took. `dir` need not
  /// exist yet. Where the kernel has no watches left it says so on stderr once; SIGHUP remains.
  Watcher(const std::filesystem::path& dir, PollLoop& loop, std::function<void()> changed,
          WatchDepth depth = WatchDepth::tree);

 private:
  void watch_tree();
  void watch_folder(const std::filesystem::path& folder, std::uint32_t mask);
  void read_events();
  void settle();

  std::filesystem::path dir_;
  WatchDepth depth_;
  std::function<void()> changed_;
  Fd inotify_;
  Timer steady_;
  std::optional<Steady> first_event_;
  int above_ = -1;  // watch of the nearest folder above that exists
  bool has_complained_ = false;
};

}  // namespace noseon
