#include "player/first_read.h"

#include <utility>

namespace noseon {

FirstRead::FirstRead(std::function<LoadedFolder()> read)
    : thread_([this, read = std::move(read)] {
        LoadedFolder loaded = read();
        const std::lock_guard lock(mutex_);
        read_ = std::move(loaded);
        is_read_ = true;
        arrived_.notify_all();
      }) {}

std::optional<LoadedFolder> FirstRead::take_within(Millis patience) {
  std::unique_lock lock(mutex_);
  arrived_.wait_until(lock, std::chrono::steady_clock::now() + patience,
                      [this] { return is_read_; });
  return std::exchange(read_, std::nullopt);
}

std::optional<LoadedFolder> FirstRead::take() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return is_read_; });
  return std::exchange(read_, std::nullopt);
}

}  // namespace noseon
