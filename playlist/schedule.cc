#include "playlist/schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/say.h"
#include "playlist/assignment.h"
#include "playlist/edges.h"
#include "playlist/rotation.h"
#include "playlist/segments.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using std::chrono::days;

void append_slot(std::vector<Slot>& slots, const Slot& slot) {
  const bool joins =
      !slots.empty() && !slots.back().entry && !slot.entry && slots.back().until == slot.from;
  if (joins) {
    slots.back().until = slot.until;
  } else {
    slots.push_back(slot);
  }
}

// Clips to `range`; false where nothing is left.
bool clip(Slot& slot, Span range) {
  slot.from = std::max(slot.from, range.from);
  slot.until = std::min(slot.until, range.until);
  return slot.from < slot.until;
}

}  // namespace

struct Schedule::Impl {
  const Playlist& playlist;
  const Display& display;

  // The answer that was given last holds as long as the context is the same and the time within.
  Context context;
  std::optional<Rotation> rotation;
  std::optional<Span> empty;  // a stretch of the fallback card
  // The loop laid last: from day to day it is mostly the same.
  std::shared_ptr<const Loop> loop;

  [[nodiscard]] Span day_span(Day day) const {
    return {display.zone->start_of(day), display.zone->start_of(day + days{1})};
  }

  [[nodiscard]] Rotation rotate(const Segment& segment, Day day) {
    if (!loop || loop->items != segment.items) {
      loop = std::make_shared<const Loop>(lay_loop(playlist, segment.items));
    }
    return Rotation(loop, segment.span, day, display.zone->start_of(day));
  }

  void look_up(const Context& now_context, Instant now) {
    const bool same_context = context == now_context;
    if (same_context && rotation && rotation->segment().contains(now)) return;
    if (same_context && empty && empty->contains(now)) return;
    context = now_context;
    rotation.reset();
    empty.reset();

    const Day day = display.zone->day_of(now);
    const std::vector<Segment> segments = segments_of(playlist, context, day_span(day));
    const auto segment = std::find_if(segments.begin(), segments.end(),
                                      [&](const Segment& s) { return s.span.contains(now); });
    CHECK(segment != segments.end());
    if (segment->items.empty()) {
      empty = same_eligible_around(playlist, context, now);
    } else {
      rotation = rotate(*segment, day);
    }
  }

  void plan_segment(const Segment& segment, Day day, Span range, std::vector<Slot>& slots) {
    if (segment.items.empty()) {
      Slot slot{std::nullopt, segment.span.from, segment.span.until};
      if (!clip(slot, range)) return;
      const bool is_new_context = slot.from == context.since;
      is_new_context ? slots.push_back(slot) : append_slot(slots, slot);
      return;
    }
    const Rotation turns = rotate(segment, day);
    const Span part{std::max(segment.span.from, range.from),
                    std::min(segment.span.until, range.until)};
    if (part.from >= part.until) return;
    const std::int64_t last = turns.turn_at(part.until - Millis{1});
    for (std::int64_t turn = turns.turn_at(part.from); turn <= last; ++turn) {
      const Span span = turns.slot_of(turn);
      Slot slot{turns.entry_of(turn), span.from, span.until};
      if (clip(slot, range)) slots.push_back(slot);
    }
  }
};

Schedule::Schedule(const Playlist& playlist, const Display& display)
    : impl_(new Impl{playlist, display, {}, {}, {}, {}}) {
  CHECK(display.zone != nullptr);
}
Schedule::Schedule(Schedule&&) noexcept = default;
Schedule& Schedule::operator=(Schedule&&) noexcept = default;
Schedule::~Schedule() = default;

Showing Schedule::showing_at(const Context& context, Instant now) {
  impl_->look_up(context, now);
  Showing showing;
  if (impl_->empty) {
    showing.slot = {std::nullopt, impl_->empty->from, impl_->empty->until};
    showing.segment = *impl_->empty;
    return showing;
  }
  const Rotation& rotation = *impl_->rotation;
  const std::int64_t turn = rotation.turn_at(now);
  const Span span = rotation.slot_of(turn);
  const EntryIndex entry = rotation.entry_of(turn);
  showing.slot = {entry, span.from, span.until};
  showing.segment = rotation.segment();
  showing.role = impl_->playlist.entries[entry].role;
  showing.loop = rotation.shared_loop();
  return showing;
}

std::vector<Slot> Schedule::plan(const Context& context, Span range) {
  std::vector<Slot> slots;
  if (range.from >= range.until) return slots;
  impl_->context = context;
  impl_->rotation.reset();
  impl_->empty.reset();
  const Day last = impl_->display.zone->day_of(range.until - Millis{1});
  for (Day day = impl_->display.zone->day_of(range.from); day <= last; day += days{1}) {
    const Span span = impl_->day_span(day);
    for (const Segment& segment : segments_of(impl_->playlist, context, span)) {
      impl_->plan_segment(segment, day, range, slots);
    }
  }
  return slots;
}

std::optional<Instant> Schedule::next_edge(const Context& context, Instant now) {
  const auto edge = EdgeWalk(impl_->playlist, context, now, Direction::forward).next();
  if (context.since > now && (!edge || context.since < *edge)) return context.since;
  return edge;
}

std::optional<Instant> Schedule::previous_edge(const Context& context, Instant now) {
  const auto edge = EdgeWalk(impl_->playlist, context, now - Millis{1}, Direction::backward).next();
  const bool began_before = context.since > kBeginningOfTime && context.since < now;
  if (began_before && (!edge || *edge < context.since)) return context.since;
  return edge;
}

Showing showing_at(const Playlist& playlist, const Display& display, const Context& context,
                   Instant now) {
  return Schedule(playlist, display).showing_at(context, now);
}

std::vector<Slot> plan(const Playlist& playlist, const Display& display, const Context& context,
                       Span range) {
  return Schedule(playlist, display).plan(context, range);
}

Reason reason_of(const Showing& showing) {
  if (!showing.slot.entry) return {.is_card = true};
  const Loop& loop = *showing.loop;
  return {.role = showing.role,
          .turns = loop.turns_of(*showing.slot.entry),
          .loop_turns = static_cast<std::int64_t>(loop.turns.size()),
          .items = static_cast<std::int64_t>(loop.items.size()),
          .loop_length = loop.length};
}

std::string in_words(const Reason& reason) {
  if (reason.is_card) return say("nothing is eligible: the fallback card stands");
  if (reason.items == 1) return say("the only item of its role ({})", in_words(reason.role));
  return say("its turn: {} of {} turns in a loop of {} among {} items ({})", reason.turns,
             reason.loop_turns, in_words(reason.loop_length), reason.items, in_words(reason.role));
}

std::string reason(const Showing& showing) {
  return in_words(reason_of(showing));
}

}  // namespace noseon
