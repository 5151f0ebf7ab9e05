#include "player/journal/ring.h"

#include <algorithm>

namespace noseon {

Ring::Kept Ring::push(Row play) {
  if (plays_ == plays_max_) {
    count_lost(play);
    return Kept::no;
  }
  rows_.push_back(std::move(play));
  ++plays_;
  return Kept::yes;
}

// A row that is being written is finished: the next loss has one of its own.
void Ring::count_lost(const Row& play) {
  ++lost_;
  if (rows_.back().kind != RecordKind::lost || rows_.size() == in_flight_) {
    Row lost;
    lost.kind = RecordKind::lost;
    lost.display = play.display;
    lost.boot = play.boot;
    lost.start = play.start;
    lost.grade = play.grade;
    lost.steady = play.steady;
    lost.complete = false;
    rows_.push_back(std::move(lost));
  }
  rows_.back().count += 1;
  rows_.back().shown += play.shown;
}

std::vector<Row> Ring::begin_writing(std::size_t rows_max) {
  if (in_flight_ == 0) in_flight_ = std::min(rows_max, rows_.size());
  return {rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(in_flight_)};
}

std::size_t Ring::written() {
  std::size_t plays = 0;
  for (; in_flight_ > 0; --in_flight_) {
    if (rows_.front().kind == RecordKind::play) ++plays;
    rows_.pop_front();
  }
  plays_ -= plays;
  return plays;
}

}  // namespace noseon
