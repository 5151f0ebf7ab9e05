#include "player/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "media/pixel_memory.h"
#include "player/clock_context.h"

namespace noseon {
namespace {

// With a clock that runs fast, slots may be shorter than frames; nobody could see them.
constexpr Millis kShortestWait{10};

std::string text_of(const Findings& findings) {
  std::string text;
  for (const Severity severity : {Severity::error, Severity::warning})
    for (const Finding& finding : findings)
      if (finding.severity == severity) text += to_string(finding) + "\n";
  return text;
}

}  // namespace

void print_findings(const Findings& findings) {
  fmt::print(stderr, "{}", text_of(findings));
}

Player::Player(PlayerParts parts, PlayerHooks hooks)
    : loop_(parts.loop),
      read_back_(parts.read_back),
      clock_(parts.clock),
      hooks_(std::move(hooks)),
      folder_(std::move(parts.first)),
      workshop_(std::move(parts.make_studio), parts.guard),
      show_(folder_.playlist, folder_.display, parts.show),
      loader_(std::move(parts.read)),
      watcher_(
          parts.folder, loop_, [this] { reload(); }, parts.watched) {
  loop_.watch(workshop_.ready_fd(), [this] { take_deliveries(); });
  loop_.watch(loader_.ready_fd(), [this] { take_folder(); });
  loop_.watch(slot_timer_.fd(), [this] {
    if (slot_timer_.take() > 0) refresh();
  });
  loop_.watch(patience_timer_.fd(), [this] {
    if (patience_timer_.take() > 0) refresh();
  });
  loop_.watch(clock_steps_.fd(), [this] {
    if (clock_steps_.take()) refresh();
  });

  said_findings_ = text_of(folder_.findings);
  print_findings(folder_.findings);
  if (hooks_.context) show_.set_context(hooks_.context(folder_));
  if (hooks_.loaded) hooks_.loaded(folder_, true);
  refresh();
}

void Player::start(Stage& stage) {
  stage_ = &stage;
  projector_.emplace(stage, loop_, read_back_);
  projector_->on_frame([this] {
    if (awaits_frame_) tell_on_glass();
  });
  // Only to end the wait: the events are taken before the next one.
  loop_.watch(stage.connection_fd(), [] {});
  loop_.before_wait([this] { take_events(); });
  take_deliveries();
}

// Until nothing is left: what the events lead to may draw, and drawing reads the connection.
void Player::take_events() {
  for (auto events = stage_->take_events(); !events.empty(); events = stage_->take_events()) {
    for (const StageEvent& event : events) {
      if (std::holds_alternative<GlassChanged>(event)) projector_->show_again();
      if (handler_) handler_(event);
    }
  }
}

void Player::take_deliveries() {
  for (Delivery& delivery : workshop_.take())
    show_.deliver(std::move(delivery), clock_.steady_now());
  refresh();
}

void Player::take_folder() {
  std::optional<LoadedFolder> loaded = loader_.take();
  if (!loaded) return;
  if (std::string findings = text_of(loaded->findings); findings != said_findings_) {
    print_findings(loaded->findings);
    said_findings_ = std::move(findings);
  }
  const bool accepted = loaded->offer || may_replace(folder_, *loaded);
  if (accepted) {
    folder_ = *loaded;
    is_in_use_ = false;
    show_.load(folder_.playlist, folder_.display, clock_.steady_now());
    if (hooks_.context) show_.set_context(hooks_.context(folder_));
  } else {
    fmt::print(stderr, "the last good state plays on until these errors are mended\n");
  }
  if (hooks_.loaded) hooks_.loaded(*loaded, accepted);
  refresh();
}

void Player::jumped() {
  show_.jumped(clock_.steady_now());
  refresh();
}

// Of the time that really passes.
Millis Player::fade_time() const {
  const auto end = clock_.steady_at(decision_.until);
  if (!end) return kFadeLength;
  return fade_length(std::chrono::floor<Millis>(*end - clock_.steady_now()));
}

// What the clock is worth is asked with the time, whatever the occasion: nothing is shown by what
// it was worth before.
void Player::follow_clock(Instant now) {
  const bool is_in_doubt = clock_.grade() != ClockGrade::trusted;
  if (!is_in_doubt && !is_clock_in_doubt_) return;
  is_clock_in_doubt_ = is_in_doubt;
  show_.set_context(with_clock(show_.context(), clock_, now));
}

void Player::refresh() {
  const PixelReuse reuse;  // from the frame that goes to the order that may have its memory
  const Instant now = clock_.now();
  follow_clock(now);
  decision_ = show_.decide(now, clock_.steady_now());
  for (const std::string& note : decision_.notes) fmt::print(stderr, "{}\n", note);
  if (projector_ && decision_.picture) {
    if (hooks_.showing) hooks_.showing(decision_, show_);
    const PicturePtr picture =
        hooks_.decorate ? hooks_.decorate(decision_.picture) : decision_.picture;
    const Scene scene{.picture = picture,
                      .ticker = decision_.ticker,
                      .plain = picture == decision_.picture ? nullptr : decision_.picture};
    const Pace pace{.at = clock_.steady_now(),
                    .elapsed = decision_.ticker ? now - decision_.since : Millis{0},
                    .speed = clock_.pace()};
    awaits_frame_ = false;  // what was decided before never came
    const auto shown = projector_->show(
        scene, pace, decision_.transition, decision_.turn, fade_time(),
        decision_.is_stand_in ? DarkTime::Stands::stand_in : DarkTime::Stands::right);
    awaits_frame_ = shown == Projector::Shown::awaited;
    if (shown == Projector::Shown::on_glass) tell_on_glass();
  }
  tell_in_use();
  // Behind the frame: what comes next must not compete with what comes now.
  for (Order& order : decision_.orders) workshop_.order(std::move(order));
  set_timers();
}

// A slot's end is seen a moment after it, and may fall together with the question.
void Player::prove(std::function<void()> proven) {
  constexpr Millis kLateMax{1000};
  const Instant now = clock_.now();
  const bool is_late = decision_.until != kEndOfTime && now >= decision_.until + kLateMax;
  if (is_late || !projector_) return;
  if (show_.follows(now) || show_.follows(now - kLateMax)) projector_->prove(std::move(proven));
}

void Player::tell_on_glass() {
  awaits_frame_ = false;
  if (hooks_.on_glass) hooks_.on_glass(*this);
}

void Player::tell_in_use() {
  if (is_in_use_ || !projector_ || decision_.is_stand_in) return;
  if (show_.edition().playlist() != folder_.playlist) return;  // it is still on trial
  is_in_use_ = true;
  if (hooks_.in_use) hooks_.in_use(folder_);
}

void Player::set_timers() {
  const Steady soonest = clock_.steady_now();
  const auto edge = clock_.steady_at(decision_.until);
  if (!edge || decision_.until == kEndOfTime) {
    slot_timer_.clear();
  } else {
    slot_timer_.set(*edge < soonest ? soonest + kShortestWait : *edge);
  }
  if (decision_.patience) {
    patience_timer_.set(*decision_.patience);
  } else {
    patience_timer_.clear();
  }
}

}  // namespace noseon
