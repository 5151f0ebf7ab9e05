#include "playlist/rotation.h"

#include <algorithm>

#include "base/check.h"
#include "playlist/assignment.h"

namespace noseon {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kGoldenRatio = 11400714819323198485U;  // 2^64 / phi

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

std::int64_t Loop::turns_of(EntryIndex entry) const {
  return std::count(turns.begin(), turns.end(), entry);
}

Loop lay_loop(const Playlist& playlist, std::vector<EntryIndex> items) {
  std::vector<std::int64_t> weights;
  weights.reserve(items.size());
  for (const EntryIndex item : items) weights.push_back(playlist.entries[item].weight);

  Loop loop;
  loop.items = std::move(items);
  for (const std::uint32_t winner : assign_turns(loop_weights(std::move(weights)))) {
    const EntryIndex entry = loop.items[winner];
    loop.turns.push_back(entry);
    loop.starts.push_back(loop.length);
    loop.length += playlist.entries[entry].length;
  }
  loop.starts.push_back(loop.length);
  return loop;
}

Millis phase_offset(Day day, Millis loop_length) {
  const auto d = static_cast<std::uint64_t>(day.time_since_epoch().count());
  const Wide product = Wide{static_cast<std::uint64_t>(loop_length.count())} * (d * kGoldenRatio);
  return Millis{static_cast<std::int64_t>(product >> 64U)};
}

Rotation::Rotation(std::shared_ptr<const Loop> loop, Span segment, Day day, Instant day_start)
    : loop_(std::move(loop)),
      segment_(segment),
      origin_(day_start - phase_offset(day, loop_->length)) {
  CHECK(segment_.from < segment_.until);
  first_ = nominal_turn_at(segment_.from);
  last_ = nominal_turn_at(segment_.until - Millis{1});
  absorb_slivers();
}

void Rotation::absorb_slivers() {
  // A segment too short for the turn it begins in shows that turn throughout.
  if (segment_.until - segment_.from < threshold(first_)) {
    last_ = first_;
    return;
  }
  // A first slot clipped at its start to less than its threshold: the next one covers it.
  const bool clipped_at_start = nominal_start(first_) < segment_.from;
  const Instant first_end = std::min(nominal_start(first_ + 1), segment_.until);
  if (clipped_at_start && first_end - segment_.from < threshold(first_)) ++first_;
  // A last slot clipped at its end to less, and not alone: the one before covers it.
  const bool clipped_at_end = nominal_start(last_ + 1) > segment_.until;
  if (last_ > first_ && clipped_at_end &&
      segment_.until - nominal_start(last_) < threshold(last_)) {
    --last_;
  }
}

std::int64_t Rotation::turn_at(Instant t) const {
  return std::clamp(nominal_turn_at(t), first_, last_);
}

EntryIndex Rotation::entry_of(std::int64_t turn) const {
  return loop_->turns[place_in_loop(turn)];
}

Span Rotation::slot_of(std::int64_t turn) const {
  return {turn == first_ ? segment_.from : nominal_start(turn),
          turn == last_ ? segment_.until : nominal_start(turn + 1)};
}

std::int64_t Rotation::nominal_turn_at(Instant t) const {
  const std::int64_t loops = floor_div((t - origin_).count(), loop_->length.count());
  const Millis phase = t - origin_ - loops * loop_->length;
  const auto after = std::upper_bound(loop_->starts.begin(), loop_->starts.end(), phase);
  return loops * static_cast<std::int64_t>(loop_->turns.size()) + (after - loop_->starts.begin()) -
         1;
}

Instant Rotation::nominal_start(std::int64_t turn) const {
  const std::int64_t loops = floor_div(turn, static_cast<std::int64_t>(loop_->turns.size()));
  return origin_ + loops * loop_->length + loop_->starts[place_in_loop(turn)];
}

Millis Rotation::threshold(std::int64_t turn) const {
  const std::size_t place = place_in_loop(turn);
  return std::min(kSliver, loop_->starts[place + 1] - loop_->starts[place]);
}

std::size_t Rotation::place_in_loop(std::int64_t turn) const {
  const auto turns = static_cast<std::int64_t>(loop_->turns.size());
  return static_cast<std::size_t>(turn - floor_div(turn, turns) * turns);
}

}  // namespace noseon
