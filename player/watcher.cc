#include "player/watcher.h"

#include <fmt/format.h>
#include <sys/inotify.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/check.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Editors save by writing in place or by renaming a new file over the old one: both are here.
constexpr std::uint32_t kInside = IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE |
                                  IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
                                  IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kAbove = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;

constexpr int kDepthMax = 8;

}  // namespace

Watcher::Watcher(const fs::path& dir, PollLoop& loop, std::function<void()> changed,
                 WatchDepth depth)
    : dir_(fs::absolute(dir).lexically_normal()),
      depth_(depth),
      changed_(std::move(changed)),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  CHECK(inotify_.is_open());
  if (!dir_.has_filename()) dir_ = dir_.parent_path();  // "dir/" names the same folder as "dir"
  watch_tree();
  loop.watch(inotify_.get(), [this] { read_events(); });
  loop.watch(steady_.fd(), [this] { settle(); });
}

void Watcher::watch_folder(const fs::path& folder, std::uint32_t mask) {
  const int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), mask);
  if (watch >= 0 && mask == kAbove) above_ = watch;
  if (watch >= 0 || errno != ENOSPC || has_complained_) return;
  has_complained_ = true;
  fmt::print(stderr,
             "{}: not all of it can be watched for changes (raise fs.inotify.max_user_watches, or "
             "send SIGHUP after a change)\n",
             dir_.string());
}

// Adding a watch that is there already changes nothing, so the whole tree is simply gone through
// again after each change.
void Watcher::watch_tree() {
  fs::path above = dir_.parent_path();
  std::error_code error;
  while (!fs::is_directory(above, error) && above.has_relative_path()) above = above.parent_path();
  watch_folder(above, kAbove);
  watch_folder(dir_, kInside);
  if (depth_ == WatchDepth::folder) return;
  const auto options = fs::directory_options::skip_permission_denied;
  fs::recursive_directory_iterator it(dir_, options, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    if (!it->is_directory(error)) continue;
    watch_folder(it->path(), kInside);
    if (it.depth() >= kDepthMax) it.disable_recursion_pending();
  }
}

void Watcher::read_events() {
  alignas(inotify_event) std::array<char, 16384> buffer;
  bool concerns_us = false;
  for (ssize_t size = 0; (size = ::read(inotify_.get(), buffer.data(), buffer.size())) > 0;) {
    for (const char* at = buffer.data(); at < buffer.data() + size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(at);
      at += sizeof(inotify_event) + event->len;
      if ((event->mask & IN_IGNORED) != 0) continue;
      // Above our folder only what lies on the way to it matters.
      const bool on_the_way = event->wd != above_ || event->len == 0 ||
                              dir_.string().find(event->name) != std::string::npos;
      concerns_us = concerns_us || on_the_way;
    }
  }
  if (!concerns_us) return;
  const Steady now = std::chrono::steady_clock::now();
  if (!first_event_) first_event_ = now;
  steady_.set(std::min(now + kSteady, *first_event_ + kPatience));
}

void Watcher::settle() {
  if (steady_.take() == 0) return;
  first_event_.reset();
  watch_tree();
  changed_();
}

}  // namespace noseon
