#include "player/projector.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/say.h"
#include "player/scale.h"

namespace noseon {
namespace {

Steady steady_now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

Projector::Projector(Stage& stage, PollLoop& loop, std::optional<ReadBack> read_back)
    : stage_(stage), loop_(loop), read_back_(read_back) {
  loop_.watch(frame_timer_.fd(), [this] { next_frame(); });
  loop_.watch(read_back_timer_.fd(), [this] {
    if (read_back_timer_.take() > 0) this->read_back();
  });
}

void Projector::count(const Status& status) {
  ++presents_;
  if (!status) {
    is_refused_ = true;
    loop_.stop(status);
    return;
  }
  awaits_first_ = false;
  if (told_frame_) told_frame_();
  if (proven_) tell_proven();
}

void Projector::prove(std::function<void()> proven) {
  if (projection_.is_empty()) return;
  is_proving_ = true;
  proven_ = std::move(proven);
  if (!is_running_) present_now();
}

void Projector::tell_proven() {
  const auto proven = std::exchange(proven_, nullptr);
  if (const Status answered = stage_.answered(); !answered) return loop_.stop(answered);
  if (was_right_) proven();
}

bool Projector::is_fading() const {
  return projection_.is_fading(steady_now());
}

Projector::Shown Projector::show(const Scene& scene, const Pace& pace, Transition transition,
                                 std::uint64_t turn, Millis fade_length, DarkTime::Stands stands) {
  const Steady now = steady_now();
  const bool is_new = !(scene == projection_.scene());
  const bool at_once = projection_.show(scene, pace, transition, turn, fade_length, now);
  awaits_first_ = awaits_first_ || is_new;
  // A fade whose time is over and whose last frame was not drawn yet: the timer that would draw it
  // is about to be stopped.
  const bool lacks_last_frame = was_fading_ && !projection_.is_fading(now);
  if (at_once || lacks_last_frame) present_now();
  dark_time_.stands(stands, now);
  run_frames(now);
  if (is_new || turn != turn_) read_back_in_turn(turn, now);
  if (is_refused_) return Shown::refused;
  return awaits_first_ ? Shown::awaited : Shown::on_glass;
}

void Projector::show_again() {
  if (projection_.is_empty() || is_running_) return;
  present_now();
}

void Projector::present_now() {
  count(present(projection_.shot(steady_now())));
}

Status Projector::present(const Shot& shot) {
  if (shot.scene.ticker) return present_ticker(shot);
  if (shot.from) return stage_.present_blend(shot.from, shot.scene.picture, shot.alpha);
  return stage_.present(shot.scene.picture);
}

Status Projector::present_ticker(const Shot& shot) {
  const Size glass = stage_.size();
  if (!on_glass_ || !(on_glass_->of == shot.scene) || on_glass_->glass != glass) {
    Scene fit{.picture = noseon::fit_to(shot.scene.picture, glass),
              .ticker = noseon::fit_to(shot.scene.ticker, glass),
              .plain = shot.scene.plain ? noseon::fit_to(shot.scene.plain, glass) : nullptr};
    const Rect area = area_of(*fit.ticker);
    on_glass_ = OnGlass{shot.scene, glass, std::move(fit), {}};
    on_glass_->band.resize(static_cast<std::size_t>(area.width) *
                           static_cast<std::size_t>(area.height));
  }
  if (shot.from) {
    const Shot alone{.scene = on_glass_->scene, .from = nullptr, .travel = shot.travel};
    return stage_.present_blend(shot.from, flatten(alone), shot.alpha);
  }
  paint_ticker(on_glass_->scene, shot.travel, ticker_painter_, on_glass_->band);
  return stage_.present_patched(on_glass_->scene.picture, area_of(*on_glass_->scene.ticker),
                                on_glass_->band);
}

// The timer runs while the next frame is another one, and only then.
void Projector::run_frames(Steady now) {
  projection_.settle(now);
  const bool is_moving = projection_.is_moving(now);
  was_fading_ = projection_.is_fading(now);
  if (!projection_.scene().ticker) on_glass_.reset();
  if (is_moving == is_running_) return;
  is_running_ = is_moving;
  last_frame_.reset();
  if (is_moving) {
    frame_timer_.set_every(stage_.frame_length());
  } else {
    frame_timer_.clear();
  }
}

void Projector::next_frame() {
  const std::uint64_t due = frame_timer_.take();
  if (due == 0 || !is_running_) return;
  if (due > 1) frame_times_.drop(due - 1);
  const Steady begin = steady_now();
  count(present(projection_.shot(begin)));
  frame_times_.add(steady_now() - begin, last_frame_ ? begin - *last_frame_ : Steady::duration{0});
  last_frame_ = begin;
  if (was_fading_ && !projection_.is_fading(begin)) frame_times_.end_fade();
  run_frames(begin);
}

void Projector::read_back_in_turn(std::uint64_t turn, Steady now) {
  turn_ = turn;
  if (!read_back_) return;
  if (!read_at_) read_at_ = now;
  read_back_timer_.set(
      std::max(now, std::min(now + read_back_->after, *read_at_ + read_back_->every)));
}

void Projector::read_back() {
  const Steady now = steady_now();
  if (projection_.is_fading(now)) {
    read_back_timer_.set(now + read_back_->after);
    return;
  }
  read_at_ = now;
  read_back_timer_.set(now + read_back_->every);
  const PicturePtr picture = flatten(projection_.shot(now));
  if (is_running_) count(stage_.present(picture));  // to stand while it is looked at
  const Result<bool> is_right = stage_.holds(picture);
  if (!is_right) return loop_.stop(fail(is_right.error()));
  dark_time_.read_back(*is_right, now);
  was_right_ = *is_right;
  if (!was_right_) {
    fmt::print(stderr, "{}\n", say("the glass held something else than the picture given to it"));
    stage_.forget();
    present_now();
    // Somebody waits to hear that it is right again.
    if (is_proving_) read_back_timer_.set(now + read_back_->after);
  }
  if (told_read_back_) told_read_back_();
}

std::string Projector::report() const {
  const Millis dark = dark_time_.total(steady_now());
  return frame_times_.report() + fmt::format("dark {} ms; read back {} times, {} of them wrong\n",
                                             dark.count(), dark_time_.reads(), dark_time_.wrong());
}

}  // namespace noseon
