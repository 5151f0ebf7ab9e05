#include "player/recorder.h"

namespace noseon {
namespace {

// Longer than any fade.
constexpr Millis kBefore{1000};

}  // namespace

Recorder::Recorder(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
                   Context context, Studio& studio, Instant from)
    : studio_(studio), origin_(from - kBefore), show_(std::move(playlist), std::move(display)) {
  show_.set_context(std::move(context));
  decide(origin_);
}

// Asks until nothing more has to be made. What stands in meanwhile is never shown.
void Recorder::decide(Instant at) {
  while (true) {
    decision_ = show_.decide(at, steady(at));
    notes_.insert(notes_.end(), decision_.notes.begin(), decision_.notes.end());
    if (!decision_.is_stand_in) show(at);
    if (decision_.orders.empty()) break;
    for (Order& order : decision_.orders) {
      auto made = studio_.render(*order.playlist, order.page, *order.display);
      show_.deliver({order.number, order.page, std::move(made)}, steady(at));
    }
  }
  CHECK(!projection_.is_empty());
}

void Recorder::show(Instant at) {
  const Pace pace{
      .at = steady(at), .elapsed = decision_.ticker ? at - decision_.since : Millis{0}, .speed = 1};
  projection_.show({decision_.picture, decision_.ticker, nullptr}, pace, decision_.transition,
                   decision_.turn, fade_length(decision_.until - at), steady(at));
}

PicturePtr Recorder::frame_at(Instant at) {
  while (decision_.until <= at) decide(decision_.until);
  return flatten(projection_.shot(steady(at)));
}

}  // namespace noseon
