#include "player/calm.h"

#include <utility>

namespace noseon {

Calm::Calm(Crashes& crashes, PollLoop& loop, std::function<void()> read_again)
    : crashes_(crashes), read_again_(std::move(read_again)) {
  loop.watch(timer_.fd(), [this] {
    if (timer_.take() > 0) pass();
  });
}

void Calm::begin() {
  if (length_) return;
  length_ = crashes_.next_count();
  if (length_) timer_.set(std::chrono::steady_clock::now() + *length_);
}

void Calm::pass() {
  crashes_.played(*std::exchange(length_, std::nullopt));
  read_again_();
  begin();
}

}  // namespace noseon
