#include "staff/timeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"
#include "playlist/words.h"
#include "staff/range.h"
#include "staff/timeline_parts.h"
#include "staff/timeline_times.h"

namespace noseon {
namespace {

using namespace timeline;  // NOLINT(google-build-using-namespace): its own parts

constexpr int kTitleHeight = 52;
constexpr int kSubtitleHeight = 40;
constexpr int kGroupHeight = 46;
constexpr int kGroupGap = 14;
constexpr int kTagWidth = 76;
constexpr int kTagHeight = 22;

// Few rows are tall, many are low.
struct RowMeasure {
  int height;
  int bar;
};

RowMeasure measure(bool has_day_columns, std::size_t rows) {
  constexpr std::size_t kFew = 30;
  if (rows > kFew) return {26, 20};
  return has_day_columns ? RowMeasure{52, 42} : RowMeasure{46, 30};
}

class TimelineLayout {
 public:
  explicit TimelineLayout(const TimelineInput& input)
      : input_(input),
        zone_(*input.display.zone),
        scale_(input.range, zone_, kChartLeft, kChartWidth),
        rows_(std::min(input.playlist.entries.size(), kTimelineRowsMax)),
        row_(measure(scale_.has_day_columns(), rows_)),
        times_(timeline_times(input.playlist, zone_, input.context, input.range, rows_)) {}

  [[nodiscard]] Drawing lay_out() {
    const int top = kMargin + kTitleHeight + kSubtitleHeight;
    const int first = top + kAxisHeight;
    const int bottom = first + groups_height() + row_.height + kGroupGap;
    const int height = bottom + kGroupGap + legend_height(scale_) + kMargin;
    canvas_.fill({0, 0, kTimelineWidth, height}, kPaper);
    draw_days(canvas_, scale_, input_.calendars, top, bottom);
    draw_title();
    draw_axis(canvas_, scale_, zone_, top);
    draw_share_heading(top);
    draw_groups(first);
    draw_playing(bottom - row_.height);
    draw_legend(canvas_, scale_, hue_of(0), bottom + kGroupGap);
    return {{kTimelineWidth, height}, title(), canvas_.take()};
  }

 private:
  [[nodiscard]] std::string title() const {
    return say("What plays: {}", range_in_words(input_.range, zone_));
  }

  // Those that have a row.
  [[nodiscard]] std::size_t count_groups() const {
    std::size_t groups = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto& entries = input_.playlist.entries;
      if (i == 0 || entries[i].campaign != entries[i - 1].campaign) ++groups;
    }
    return groups;
  }

  [[nodiscard]] int groups_height() const {
    return static_cast<int>(count_groups()) * kGroupHeight + static_cast<int>(rows_) * row_.height +
           (is_cut() ? kGroupHeight : 0);
  }

  [[nodiscard]] bool is_cut() const { return rows_ < input_.playlist.entries.size(); }

  void draw_title() {
    canvas_.label({title(),
                   {kMargin, kMargin - 8, kRight - kMargin, kTitleHeight},
                   30,
                   Weight::bold,
                   Align::left,
                   kInk});
    const Size size = input_.display.composed_size();
    std::string where =
        say("display {} ({}x{} pixels)", input_.display.id.str(), size.width, size.height);
    if (input_.context.route) where += say(", route {}", *input_.context.route);
    canvas_.label({where,
                   {kMargin, kMargin + kTitleHeight - 14, kRight - kMargin, kSubtitleHeight},
                   17,
                   Weight::regular,
                   Align::left,
                   kFaintInk});
  }

  void draw_share_heading(int top) {
    const int half = kSharesWidth / 2;
    const auto heading = [&](const std::string& text, Rect box) {
      canvas_.label({text, box, 15, Weight::regular, Align::right, kFaintInk});
    };
    heading(say("share of voice"), {kChartRight, top, kSharesWidth, 30});
    heading(say("asked"), {kChartRight, top + 26, half, 30});
    heading(say("delivered"), {kChartRight + half, top + 26, half, 30});
  }

  void draw_groups(int y) {
    std::optional<std::uint32_t> campaign;
    for (EntryIndex entry = 0; entry < rows_; ++entry) {
      if (campaign != input_.playlist.entries[entry].campaign) {
        campaign = input_.playlist.entries[entry].campaign;
        draw_group_heading(*campaign, y);
        y += kGroupHeight;
      }
      draw_item(entry, y);
      y += row_.height;
    }
    if (is_cut()) {
      canvas_.label({say("{} more items are not drawn", input_.playlist.entries.size() - rows_),
                     {kMargin, y, kLabelWidth, kGroupHeight},
                     17,
                     Weight::bold,
                     Align::left,
                     kInk});
    }
  }

  void draw_group_heading(std::uint32_t index, int y) {
    const Campaign& campaign = input_.playlist.campaigns[index];
    const std::string* title = best_text(campaign.title, input_.display.languages);
    const std::string window = in_words(campaign.window);
    const std::string what =
        fmt::format("{}; {}", campaign.id.str(), window.empty() ? say("always") : window);
    const std::string name = title ? *title : campaign.id.str();
    const int middle = y + kGroupGap / 2;
    const int height = kGroupHeight - kGroupGap / 2;
    canvas_.fill({kChartLeft, y + 1, kChartWidth, kGroupHeight - 1}, kPaper);
    canvas_.fill({kMargin, middle + 9, 6, height - 16}, hue_of(index));
    LabelShape label{name,        {kMargin + 16, middle, kLabelWidth - 24, height},
                     21,          Weight::bold,
                     Align::left, kInk};
    if (!input_.display.languages.empty()) label.language = input_.display.languages.front();
    canvas_.label(label);
    canvas_.label({what,
                   {kChartLeft + 8, middle, kChartWidth, height},
                   15,
                   Weight::regular,
                   Align::left,
                   kFaintInk});
  }

  void draw_item(EntryIndex entry, int y) {
    canvas_.line({kMargin, y}, {kRight - 1, y}, kRule);
    draw_hour_lines(canvas_, scale_, zone_, y + 1, y + row_.height);
    draw_item_label(entry, y);
    const Color hue = hue_of(input_.playlist.entries[entry].campaign);
    const std::string name = name_of(input_.playlist, entry);
    const int top = y + (row_.height - row_.bar) / 2;
    const ItemTimes& times = times_.items[entry];
    canvas_.fill_all(scale_.bars(times.shadowed, top, row_.bar), pale(hue), say("{} waits", name));
    canvas_.fill_all(scale_.bars(times.turns, top, row_.bar), hue, say("{} takes turns", name));
    draw_day_lines(canvas_, scale_, y, y + row_.height);
    if (times.turns.empty() && times.shadowed.empty()) {
      canvas_.label({times.is_admitted ? say("at no time of this range")
                                       : say("not here: routes, places, labels or share"),
                     {kChartLeft + 8, y, kChartWidth, row_.height},
                     15,
                     Weight::regular,
                     Align::left,
                     kFaintInk});
    }
    draw_share(input_.shares[entry], y);
  }

  void draw_item_label(EntryIndex entry, int y) {
    const Entry& turn = input_.playlist.entries[entry];
    const std::string& id = input_.playlist.item_of(entry).id.str();
    const int width = kLabelWidth - kTagWidth - 36;
    const bool is_tall = row_.height > 40;
    const int half = row_.height / 2;
    canvas_.label({id,
                   {kMargin + 16, is_tall ? y + 3 : y, width, is_tall ? half : row_.height},
                   17,
                   Weight::regular,
                   Align::left,
                   kInk});
    const std::string turns = turn.weight == 1
                                  ? say("1 turn of {}", in_words(turn.length))
                                  : say("{} turns of {}", turn.weight, in_words(turn.length));
    if (is_tall) {
      canvas_.label({turns,
                     {kMargin + 16, y + half - 3, width, half},
                     14,
                     Weight::regular,
                     Align::left,
                     kFaintInk});
    }
    draw_tag(turn.role, {kMargin + kLabelWidth - kTagWidth - 16,
                         y + (row_.height - kTagHeight) / 2 + 1, kTagWidth, kTagHeight});
  }

  // The role in words, and the higher, the darker: it does not hang on a colour.
  void draw_tag(Role role, const Rect& box) {
    const bool is_high = role == Role::urgent || role == Role::takeover;
    if (is_high) canvas_.fill(box, role == Role::urgent ? kUrgent : kTakeover);
    if (role == Role::normal) canvas_.frame(box, kStrongRule);
    canvas_.label({in_words(role), box, 14, Weight::regular, Align::center,
                   is_high                ? kPaper
                   : role == Role::normal ? kInk
                                          : kFaintInk});
  }

  void draw_share(const ItemShare& share, int y) {
    const int half = kSharesWidth / 2;
    const auto percent = [&](double part, int x, Color ink) {
      const std::string text = part == 0 ? "–" : fmt::format("{:.2f} %", part * 100);
      canvas_.label({text, {x, y, half, row_.height}, 16, Weight::regular, Align::right, ink});
    };
    percent(share.asked, kChartRight, kFaintInk);
    percent(share.share, kChartRight + half, kInk);
  }

  void draw_playing(int y) {
    canvas_.line({kMargin, y}, {kRight - 1, y}, kStrongRule);
    canvas_.label({say("what plays"),
                   {kMargin + 16, y, kLabelWidth - 32, row_.height},
                   17,
                   Weight::bold,
                   Align::left,
                   kInk});
    const int top = y + (row_.height - row_.bar) / 2;
    const auto bars = [&](Role role) {
      return scale_.bars(times_.tiers.at(static_cast<std::size_t>(role)), top, row_.bar);
    };
    canvas_.hatch_all(bars(Role::filler), kFillerInk, kFillerPaper, say("fillers alone"));
    canvas_.hatch_all(scale_.bars(times_.card, top, row_.bar), kCardInk, kCardPaper,
                      say("the card"));
    canvas_.fill_all(bars(Role::normal), kNormal, say("normal"));
    canvas_.fill_all(bars(Role::takeover), kTakeover, say("takeover"));
    canvas_.fill_all(bars(Role::urgent), kUrgent, say("urgent"));
    draw_day_lines(canvas_, scale_, y, y + row_.height);
    draw_gaps(y);
  }

  // How much of the range has nothing but fillers, or nothing.
  void draw_gaps(int y) {
    const Millis gaps =
        total(times_.tiers.at(static_cast<std::size_t>(Role::filler))) + total(times_.card);
    const double part = static_cast<double>(gaps.count()) /
                        static_cast<double>((input_.range.until - input_.range.from).count());
    canvas_.label({say("gaps {:.2f} %", part * 100),
                   {kChartRight, y, kSharesWidth, row_.height},
                   16,
                   Weight::regular,
                   Align::right,
                   kInk});
  }

  const TimelineInput& input_;
  const Zone& zone_;
  TimeScale scale_;
  std::size_t rows_;
  RowMeasure row_;
  TimelineTimes times_;
  Canvas canvas_;
};

}  // namespace

Drawing lay_out_timeline(const TimelineInput& input) {
  return TimelineLayout(input).lay_out();
}

}  // namespace noseon
