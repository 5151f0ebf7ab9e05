#include "player/calm.h"

#include <algorithm>
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
  begun_ = std::chrono::steady_clock::now();
  if (length_) timer_.set(begun_ + *length_);
}

void Calm::end() {
  if (!length_) return;
  timer_.clear();
  const auto passed = std::chrono::floor<Millis>(std::chrono::steady_clock::now() - begun_);
  crashes_.played(std::min(passed, *std::exchange(length_, std::nullopt)));
  crashes_.save();
}

void Calm::pass() {
  crashes_.played(*std::exchange(length_, std::nullopt));
  read_again_();
  begin();
}

}  // namespace noseon
