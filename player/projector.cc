#include "player/projector.h"

namespace noseon {
namespace {

Steady steady_now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

Projector::Projector(Stage& stage, PollLoop& loop) : stage_(stage), loop_(loop) {
  loop_.watch(frame_timer_.fd(), [this] { next_frame(); });
}

void Projector::count(const Status& status) {
  ++presents_;
  if (!status) loop_.stop(status);
}

void Projector::show(const PicturePtr& picture, Transition transition, std::uint64_t turn,
                     Millis fade_length) {
  if (picture == standing_) {
    if (fade_ && fade_->turn != turn) cut_to_standing();
    return;
  }
  const PicturePtr from = std::move(standing_);
  standing_ = picture;
  if (transition == Transition::cut || !from || fade_length.count() == 0) {
    cut_to_standing();
    return;
  }
  const Steady now = steady_now();
  fade_ = Fade{.from = from, .turn = turn, .length = fade_length, .start = now, .last_frame = now};
  frame_timer_.set_every(stage_.frame_length());
}

void Projector::cut_to_standing() {
  if (fade_) {
    fade_.reset();
    frame_timer_.clear();
  }
  count(stage_.present(standing_));
}

void Projector::show_again() {
  if (standing_ && !fade_) count(stage_.present(standing_));
}

void Projector::next_frame() {
  const std::uint64_t due = frame_timer_.take();
  if (due == 0 || !fade_) return;
  if (due > 1) frame_times_.drop(due - 1);
  const Steady begin = steady_now();
  const int alpha = fade_alpha(begin - fade_->start, fade_->length);
  count(alpha == kAlphaFull ? stage_.present(standing_)
                            : stage_.present_blend(fade_->from, standing_, alpha));
  const auto gap = fade_->is_first_frame ? Steady::duration{0} : begin - fade_->last_frame;
  frame_times_.add(steady_now() - begin, gap);
  fade_->last_frame = begin;
  fade_->is_first_frame = false;
  if (alpha != kAlphaFull) return;
  frame_times_.end_fade();
  fade_.reset();
  frame_timer_.clear();
}

}  // namespace noseon
