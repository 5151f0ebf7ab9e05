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

bool is_before(const PlayRun& a, const PlayRun& b) {
  return std::pair(a.display, a.span.from) < std::pair(b.display, b.span.from);
}

}  // namespace

void Tally::add(const Row& row) {
  ++plays;
  if (!row.complete) ++cut_short;
  if (row.grade != ClockGrade::trusted) ++doubtful;
  shown += row.shown;
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
  sealed_ = proved.found.sealed;
  delivery_.journals.push_back(std::move(proved));
}

void DeliveryBuilder::see(const Row& row) {
  if (!delivery_.journals.empty() && !delivery_.journals.back().counts(row)) return;
  if (!range_.contains(row.start)) return;
  if (row.kind == RecordKind::lost) {
    delivery_.lost += row.count;
    delivery_.gaps.push_back({row.display, GapKind::lost, span_of(row), row.count});
  }
  if (row.kind == RecordKind::play) add_play(row);
}

void DeliveryBuilder::add_play(const Row& row) {
  delivery_.displays.insert(row.display);
  delivery_.all.add(row);
  if (row.sequence > sealed_) ++delivery_.unsealed;
  if (row.grade == ClockGrade::trusted) add_run(row);
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
  if (!delivery_.runs.empty()) {
    PlayRun& last = delivery_.runs.back();
    const Millis pause = span.from - last.span.until;
    const bool goes_on = last.display == row.display && last.boot == row.boot &&
                         last.route == row.route && last.places == row.places &&
                         pause <= kRunPauseMax && pause >= -kRunPauseMax;
    if (goes_on) {
      last.span.until = std::max(last.span.until, span.until);
      return;
    }
  }
  delivery_.runs.push_back({row.display, row.boot, row.route, row.places, span});
}

void DeliveryBuilder::add_gaps() {
  const std::vector<PlayRun>& runs = delivery_.runs;
  const auto add = [&](const PlayRun& run, GapKind kind, Instant from, Instant until) {
    if (until - from >= kGapMin) delivery_.gaps.push_back({run.display, kind, {from, until}, 0});
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const bool is_first = i == 0 || runs[i - 1].display != runs[i].display;
    const bool is_last = i + 1 == runs.size() || runs[i + 1].display != runs[i].display;
    if (is_first) {
      add(runs[i], GapKind::outside, range_.from, runs[i].span.from);
    } else {
      const bool is_new_boot = runs[i - 1].boot != runs[i].boot;
      add(runs[i], is_new_boot ? GapKind::off : GapKind::stopped, runs[i - 1].span.until,
          runs[i].span.from);
    }
    if (is_last) add(runs[i], GapKind::outside, runs[i].span.until, range_.until);
  }
}

DeliveryReport DeliveryBuilder::take() {
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
