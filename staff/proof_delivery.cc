#include "staff/proof_delivery.h"

#include <algorithm>
#include <tuple>

namespace noseon {
namespace {

// Between two plays that follow each other: what it takes to draw, and what clocks drift.
constexpr std::chrono::seconds kRunPauseMax{2};

Span span_of(const Row& row) {
  return {row.start, row.start + row.shown};
}

std::size_t hour_of(Instant at, const Zone& zone) {
  const Civil civil = zone.civil_at(at);
  return static_cast<std::size_t>(
      std::chrono::floor<std::chrono::hours>(civil - to_day(civil)).count());
}

// A clock in doubt may have been put right in a pause, whose length then says nothing.
GapKind kind_between(const PlayRun& one, const PlayRun& next) {
  if (one.boot != next.boot) return GapKind::off;
  return one.is_doubtful || next.is_doubtful ? GapKind::doubtful : GapKind::stopped;
}

// Of one display, whose runs come by time and may overlap where its clock was in doubt.
class GapFinder {
 public:
  GapFinder(std::string display, Span range) : display_(std::move(display)), range_(range) {}

  void see(const PlayRun& run) {
    add_before(run.span.from, last_ ? kind_between(*last_, run) : GapKind::outside);
    if (run.is_doubtful) add(GapKind::doubtful, run.span, run.plays);
    if (!last_ || run.span.until >= last_->span.until) last_ = &run;
  }

  std::vector<Gap> take() {
    add_before(range_.until, GapKind::outside);
    std::erase_if(gaps_, [](const Gap& gap) { return gap.span.until - gap.span.from < kGapMin; });
    return std::move(gaps_);
  }

 private:
  void add_before(Instant until, GapKind kind) {
    add(kind, {last_ ? last_->span.until : range_.from, until}, 0);
  }

  // Stretches of doubt that touch are one.
  void add(GapKind kind, Span span, std::int64_t plays) {
    if (span.until <= span.from) return;
    if (kind == GapKind::doubtful && !gaps_.empty() && gaps_.back().kind == kind &&
        gaps_.back().span.until >= span.from) {
      gaps_.back().span.until = std::max(gaps_.back().span.until, span.until);
      gaps_.back().plays += plays;
      return;
    }
    gaps_.push_back({display_, kind, span, plays});
  }

  std::string display_;
  Span range_;
  const PlayRun* last_ = nullptr;  ///< the run that reaches the furthest
  std::vector<Gap> gaps_;
};

bool is_before(const PlayRun& a, const PlayRun& b) {
  return std::pair(a.display, a.span.from) < std::pair(b.display, b.span.from);
}

}  // namespace

void Tally::add(const Row& row) {
  if (row.grade != ClockGrade::trusted) {
    ++doubtful;
    doubtful_shown += row.shown;
    return;
  }
  ++plays;
  if (!row.complete) ++cut_short;
  shown += row.shown;
}

void Tally::add(const Tally& other) {
  plays += other.plays;
  cut_short += other.cut_short;
  shown += other.shown;
  doubtful += other.doubtful;
  doubtful_shown += other.doubtful_shown;
}

double DeliveryReport::share_of(const DeliveredItem& item) const {
  if (all.shown <= Millis{0}) return 0;
  return static_cast<double>(item.total.shown.count()) / static_cast<double>(all.shown.count());
}

bool Proved::counts(const Row& row) const {
  return row.sequence <= found.last &&
         std::none_of(counted_elsewhere.begin(), counted_elsewhere.end(),
                      [&](const RowRange& rows) { return rows.contains(row.sequence); });
}

void DeliveryBuilder::begin_journal(Proved proved) {
  end_journal();
  sealed_ = proved.found.sealed;
  delivery_.journals.push_back(std::move(proved));
}

void DeliveryBuilder::see(const Row& row) {
  if (!delivery_.journals.empty() && !delivery_.journals.back().counts(row)) return;
  display_ = row.display;
  if (!range_.contains(row.start)) return;
  if (row.kind == RecordKind::lost) {
    delivery_.lost += row.count;
    delivery_.gaps.push_back({row.display, GapKind::lost, span_of(row), row.count});
  }
  if (row.kind == RecordKind::play) add_play(row);
}

void DeliveryBuilder::add_play(const Row& row) {
  delivery_.displays.insert(row.display);
  add_run(row);
  delivery_.all.add(row);
  if (row.sequence > sealed_) ++delivery_.unsealed;
  if (row.item.empty()) return delivery_.cards.add(row);
  DeliveredItem& item = items_[{row.agency, row.campaign, row.item}];
  item.total.add(row);
  item.days[zone_.day_of(row.start)].add(row);
  item.hours[hour_of(row.start, zone_)].add(row);
  item.routes[row.route].add(row);
  item.displays[row.display].add(row);
}

void DeliveryBuilder::add_run(const Row& row) {
  const Span span = span_of(row);
  const bool is_doubtful = row.grade != ClockGrade::trusted;
  if (!delivery_.runs.empty()) {
    PlayRun& last = delivery_.runs.back();
    const Millis pause = span.from - last.span.until;
    const bool goes_on = last.display == row.display && last.boot == row.boot &&
                         last.route == row.route && last.places == row.places &&
                         last.is_doubtful == is_doubtful && pause <= kRunPauseMax &&
                         pause >= -kRunPauseMax;
    if (goes_on) {
      last.span.until = std::max(last.span.until, span.until);
      ++last.plays;
      return;
    }
  }
  delivery_.runs.push_back({row.display, row.boot, row.route, row.places, is_doubtful, span, 1});
}

// A display that showed nothing in the range is one of the report all the same.
void DeliveryBuilder::end_journal() {
  if (!display_.empty()) delivery_.displays.insert(display_);
  display_.clear();
}

void DeliveryBuilder::add_gaps() {
  auto next = delivery_.runs.cbegin();
  for (const std::string& display : delivery_.displays) {
    GapFinder gaps(display, delivery_.range);
    for (; next != delivery_.runs.cend() && next->display == display; ++next) gaps.see(*next);
    const std::vector<Gap> found = gaps.take();
    delivery_.gaps.insert(delivery_.gaps.end(), found.begin(), found.end());
  }
}

DeliveryReport DeliveryBuilder::take() {
  end_journal();
  for (auto& [name, item] : items_) {
    std::tie(item.agency, item.campaign, item.item) = std::tie(name[0], name[1], name[2]);
    delivery_.items.push_back(std::move(item));
  }
  std::stable_sort(delivery_.runs.begin(), delivery_.runs.end(), is_before);
  add_gaps();
  std::stable_sort(delivery_.gaps.begin(), delivery_.gaps.end(), [](const Gap& a, const Gap& b) {
    return std::pair(a.display, a.span.from) < std::pair(b.display, b.span.from);
  });
  return std::move(delivery_);
}

}  // namespace noseon
