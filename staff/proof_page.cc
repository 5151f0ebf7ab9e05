#include "staff/proof_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/say.h"
#include "player/journal/device_key.h"
#include "playlist/words.h"
#include "staff/range.h"

namespace noseon {
namespace {

constexpr std::size_t kGapsListed = 30;
constexpr std::size_t kRoutesListed = 40;

// Ink on paper: one accent, numbers that stand under each other, tables that are not torn.
constexpr const char* kSheet = R"(
@page{size:A4;margin:16mm 15mm}
*{box-sizing:border-box}
body{margin:0 auto;padding:28px;max-width:820px;color:#15202b;background:#fff;
 font:14px/1.55 "Noto Sans CJK KR","Noto Sans KR","Noto Sans",sans-serif;
 word-break:keep-all;overflow-wrap:anywhere;-webkit-print-color-adjust:exact;print-color-adjust:exact}
header{border-bottom:3px solid #15202b;padding-bottom:14px;margin-bottom:20px}
.over{letter-spacing:.08em;font-size:12px;font-weight:700;color:#0b6e69}
h1{font-size:30px;line-height:1.25;margin:2px 0 12px}
h2{font-size:20px;line-height:1.3;margin:34px 0 4px;break-after:avoid}
h3{font-size:13px;margin:20px 0 6px;color:#0b6e69;break-after:avoid}
p{margin:6px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:0}
dt{color:#5b6875}dd{margin:0}
.sums{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:20px 0}
.sums div{border-top:2px solid #0b6e69;padding-top:6px}
.sums b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
.sums span,.note,footer{color:#5b6875;font-size:12px}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;margin:6px 0}
thead{display:table-header-group}tr{break-inside:avoid}
th{font-size:12px;font-weight:400;color:#5b6875;text-align:left;border-bottom:1px solid #15202b;padding:4px 8px 4px 0;vertical-align:bottom}
td{padding:5px 8px 5px 0;border-bottom:1px solid #dde3e8;vertical-align:top}
.g td:first-child{white-space:nowrap}
.n{text-align:right;white-space:nowrap}
.bar{display:block;height:5px;background:#e6ebef;margin-top:4px;position:relative}
.bar i{display:block;height:5px;background:#0b6e69}
.bar u{position:absolute;top:-2px;width:2px;height:9px;background:#15202b}
.chart{display:flex;align-items:flex-end;gap:2px;height:92px;border-bottom:1px solid #15202b;break-inside:avoid}
.chart i{flex:1;background:#0b6e69;min-height:0}
.axis{display:flex;justify-content:space-between;color:#5b6875;font-size:11px;font-variant-numeric:tabular-nums}
.bad{border-left:4px solid #a4343a;padding:8px 14px;background:#faf0f0;break-inside:avoid}
.good{border-left:4px solid #0b6e69;padding:8px 14px;background:#f0f6f5;break-inside:avoid}
code{font:11px/1.5 "Noto Sans Mono CJK KR","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
footer{border-top:1px solid #15202b;margin-top:32px;padding-top:8px}
)";

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

// 1,234,567
std::string counted(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

std::string plays_text(std::int64_t plays) {
  return plays == 1 ? say("1 play") : say("{} plays", counted(plays));
}

std::string seconds_text(Millis shown) {
  return counted(std::chrono::round<std::chrono::seconds>(shown).count());
}

std::string hours_text(Millis shown) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(shown).count();
  if (minutes < 60) return say("{} min", minutes);
  return say("{} h {} min", counted(minutes / 60), minutes % 60);
}

std::string percent(double share) {
  return fmt::format("{:.2f} %", share * 100);
}

std::string cell(const std::string& html, bool is_number = false) {
  return fmt::format("<td{}>{}</td>", is_number ? " class=n" : "", html);
}
std::string number_cell(const std::string& text) {
  return cell(text, true);
}
std::string head(const std::vector<std::string>& words, std::size_t texts) {
  std::string html = "<thead><tr>";
  for (std::size_t i = 0; i < words.size(); ++i) {
    html += fmt::format("<th{}>{}</th>", i >= texts ? " class=n" : "", escaped(words[i]));
  }
  return html + "</tr></thead>";
}

std::string fact(const std::string& name, const std::string& html) {
  return html.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(name), html);
}

std::string sum(const std::string& number, const std::string& what) {
  return fmt::format("<div><b>{}</b><span>{}</span></div>", escaped(number), escaped(what));
}

class Page {
 public:
  Page(const DeliveryReport& delivery, const PageOptions& options)
      : delivery_(delivery), options_(options) {
    for (const DeliveredItem& item : delivery.items) {
      std::vector<const DeliveredItem*>& items = campaigns_[{item.campaign, item.agency}];
      items.push_back(&item);
    }
  }

  std::string html() const {
    std::string html = fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>{}</title><style>{}</style></head><body>\n",
        language(), escaped(say("Proof of play") + " – " + titles()), kSheet);
    html += header() + sums();
    for (const auto& [name, items] : campaigns_) html += campaign(name.first, items);
    html += gaps() + proof();
    return html + "</body></html>\n";
  }

 private:
  // What the words of this page are in.
  static std::string language() { return say("en"); }

  std::string title(const std::string& campaign) const {
    const auto found = options_.titles.find(campaign);
    return found == options_.titles.end() ? campaign : found->second;
  }

  std::string titles() const {
    std::vector<std::string> all;
    for (const auto& [name, items] : campaigns_) all.push_back(title(name.first));
    return fmt::format("{}", fmt::join(all, ", "));
  }

  // In the order of the guidelines: campaign, agency, dates, the day of the report.
  std::string header() const {
    std::set<std::string> agencies;
    for (const auto& [name, items] : campaigns_) {
      if (!name.second.empty()) agencies.insert(escaped(name.second));
    }
    std::string displays = counted(static_cast<std::int64_t>(delivery_.displays.size()));
    if (delivery_.displays.size() <= 12) {
      displays = escaped(fmt::format("{}", fmt::join(delivery_.displays, ", ")));
    }
    return fmt::format("<header><div class=over>{}</div><h1>{}</h1><dl>",
                       escaped(say("Proof of play")), escaped(titles())) +
           fact(say("Agency"), fmt::format("{}", fmt::join(agencies, ", "))) +
           fact(say("Period"), escaped(range_in_words(delivery_.range, options_.zone))) +
           fact(say("Displays"), displays) +
           fact(say("Reported"),
                escaped(moment_text(std::chrono::floor<std::chrono::minutes>(options_.generated),
                                    options_.zone))) +
           "</dl></header>\n";
  }

  std::string sums() const {
    Tally items;
    for (const DeliveredItem& item : delivery_.items) {
      items.plays += item.total.plays;
      items.shown += item.total.shown;
    }
    return "<div class=sums>" + sum(counted(items.plays), say("plays")) +
           sum(hours_text(items.shown), say("on the displays")) +
           sum(counted(static_cast<std::int64_t>(delivery_.displays.size())), say("displays")) +
           sum(counted(delivery_.lost), say("plays shown and not recorded")) + "</div>\n" +
           left_out_note();
  }

  std::string campaign(const std::string& id,
                       const std::vector<const DeliveredItem*>& items) const {
    std::map<Day, Tally> days;
    std::array<Tally, 24> hours{};
    std::map<std::string, Tally> routes;
    for (const DeliveredItem* item : items) {
      for (const auto& [day, tally] : item->days) days[day].add(tally);
      for (std::size_t i = 0; i < hours.size(); ++i) hours[i].add(item->hours[i]);
      for (const auto& [route, tally] : item->routes) routes[route].add(tally);
    }
    std::string html = fmt::format("<section><h2>{}</h2>", escaped(title(id)));
    if (title(id) != id) html += fmt::format("<p class=note>{}</p>", escaped(id));
    return html + item_table(items) + day_chart(days) + hour_chart(hours) + route_table(routes) +
           "</section>\n";
  }

  std::string item_table(const std::vector<const DeliveredItem*>& items) const {
    std::string html =
        "<h3>" + escaped(say("Contracted and delivered")) + "</h3><table>" +
        head({say("Item"), say("Contracted"), say("Delivered"), say("Plays contracted"),
              say("Plays"), say("Seconds"), say("Cut short"), say("Clock in doubt")},
             1);
    double most = 0;
    for (const DeliveredItem* item : items) {
      most = std::max({most, delivery_.share_of(*item), item->contracted.value_or(0)});
    }
    for (const DeliveredItem* item : items) {
      const double delivered = delivery_.share_of(*item);
      html += "<tr>" + cell(escaped(item->item) + bar(delivered, item->contracted, most)) +
              number_cell(item->contracted ? percent(*item->contracted) : "–") +
              number_cell(percent(delivered)) +
              number_cell(item->contracted ? counted(item->planned_plays) : "–") +
              number_cell(counted(item->total.plays)) +
              number_cell(seconds_text(item->total.shown)) +
              number_cell(counted(item->total.cut_short)) +
              number_cell(counted(item->total.doubtful)) + "</tr>";
    }
    html += "</table><p class=note>" +
            escaped(say("Shares, contracted and delivered, are parts of the {} in which the "
                        "displays were on and their clocks could be trusted; plays under a clock "
                        "in doubt are counted apart. The mark on a bar is the contracted share.",
                        hours_text(delivery_.all.shown))) +
            "</p>";
    return html;
  }

  static std::string bar(double delivered, std::optional<double> contracted, double most) {
    if (most <= 0) return "";
    std::string html =
        fmt::format("<span class=bar><i style=\"width:{:.1f}%\"></i>", delivered / most * 100);
    if (contracted) {
      html +=
          fmt::format("<u style=\"left:min({:.1f}%,100% - 2px)\"></u>", *contracted / most * 100);
    }
    return html + "</span>";
  }

  static std::string column(Millis shown, Millis most, const std::string& what) {
    const double part = most > Millis{0}
                            ? static_cast<double>(shown.count()) / static_cast<double>(most.count())
                            : 0;
    return fmt::format("<i style=\"height:{:.1f}%\" title=\"{}\"></i>", part * 100, escaped(what));
  }

  // Every day of the range, also those on which nothing played.
  std::string day_chart(const std::map<Day, Tally>& days) const {
    Millis most{0};
    for (const auto& [day, tally] : days) most = std::max(most, tally.shown);
    const Day first = options_.zone.day_of(delivery_.range.from);
    const Day last = options_.zone.day_of(delivery_.range.until - Millis{1});
    std::string html =
        chart_heading(say("By day ({})", options_.zone.name()), most) + "<div class=chart>";
    for (Day day = first; day <= last; day += std::chrono::days{1}) {
      const auto found = days.find(day);
      const Tally tally = found == days.end() ? Tally{} : found->second;
      html += column(
          tally.shown, most,
          say("{}: {}, {} s", to_string(day), plays_text(tally.plays), seconds_text(tally.shown)));
    }
    return html + fmt::format("</div><div class=axis><span>{}</span><span>{}</span></div>",
                              to_string(first), to_string(last));
  }

  std::string hour_chart(const std::array<Tally, 24>& hours) const {
    Millis most{0};
    for (const Tally& tally : hours) most = std::max(most, tally.shown);
    std::string html = chart_heading(say("By hour of the day ({})", options_.zone.name()), most) +
                       "<div class=chart>";
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
      html += column(hours[hour].shown, most,
                     say("{}: {}, {} s", fmt::format("{:02}:00", hour),
                         plays_text(hours[hour].plays), seconds_text(hours[hour].shown)));
    }
    return html +
           "</div><div class=axis><span>00</span><span>06</span><span>12</span><span>18</span>"
           "<span>24</span></div>";
  }

  static std::string chart_heading(const std::string& what, Millis most) {
    return fmt::format("<h3>{}</h3><p class=note>{}</p>", escaped(what),
                       escaped(say("tallest column: {} s", seconds_text(most))));
  }

  // The busiest first.
  static std::string route_table(const std::map<std::string, Tally>& routes) {
    std::vector<std::pair<std::string, Tally>> all(routes.begin(), routes.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.second.shown > b.second.shown; });
    std::string html = "<h3>" + escaped(say("By route")) + "</h3><table>" +
                       head({say("Route"), say("Plays"), say("Seconds")}, 1);
    for (std::size_t i = 0; i < std::min(all.size(), kRoutesListed); ++i) {
      const auto& [route, tally] = all[i];
      html += "<tr>" + cell(escaped(route.empty() ? say("none known") : route)) +
              number_cell(counted(tally.plays)) + number_cell(seconds_text(tally.shown)) + "</tr>";
    }
    html += "</table>";
    if (all.size() > kRoutesListed) {
      html += "<p class=note>" + escaped(say("and {} more", all.size() - kRoutesListed)) + "</p>";
    }
    return html;
  }

  static std::string gap_words(GapKind kind, std::int64_t plays) {
    switch (kind) {
      case GapKind::off:
        return say("switched off");
      case GapKind::stopped:
        return say("on, but nothing was recorded");
      case GapKind::outside:
        return say("before the first play or after the last one");
      case GapKind::lost:
        return say("the disk refused: {}, shown and not recorded", plays_text(plays));
      case GapKind::doubtful:
        return say("the clock was in doubt: {}", plays_text(plays));
    }
    return {};
  }

  // Nights in a depot are many and alike: each display's gaps of one kind on one line.
  std::string gaps() const {
    std::string html = "<section><h2>" + escaped(say("Gaps")) + "</h2>";
    if (delivery_.gaps.empty()) {
      return html + "<p>" + escaped(say("None of a minute or longer.")) + "</p></section>\n";
    }
    std::map<std::pair<std::string, GapKind>, GapSum> sums;
    for (const Gap& gap : delivery_.gaps) sums[{gap.display, gap.kind}].add(gap);
    html += "<table class=g>" +
            head({say("Display"), say("Why"), say("The longest"), say("Times"), say("Length")}, 3);
    for (const auto& [key, sum] : sums) {
      html += "<tr>" + cell(escaped(key.first)) + cell(escaped(gap_words(key.second, sum.plays))) +
              cell(escaped(when(sum.longest) + " (" + hours_text(length_of(sum.longest)) + ")")) +
              number_cell(counted(sum.times)) + number_cell(escaped(hours_text(sum.length))) +
              "</tr>";
    }
    html += "</table>" + odd_gaps();
    html += "<p class=note>" +
            escaped(say("Each of the {} gaps is in this report as a table (.csv) or as JSON.",
                        delivery_.gaps.size())) +
            "</p>";
    return html + "</section>\n";
  }

  // What no driver did with a key: each by itself.
  std::string odd_gaps() const {
    std::string rows;
    std::size_t count = 0;
    for (const Gap& gap : delivery_.gaps) {
      const bool is_odd = gap.kind != GapKind::off && gap.kind != GapKind::outside;
      if (!is_odd || ++count > kGapsListed) continue;
      rows += "<tr>" + cell(escaped(gap.display)) + cell(escaped(when(gap))) +
              cell(escaped(gap_words(gap.kind, gap.plays))) +
              number_cell(escaped(hours_text(length_of(gap)))) + "</tr>";
    }
    if (count == 0) return "";
    std::string html =
        "<h3>" + escaped(say("Gaps while a display was on")) + "</h3><table class=g>" +
        head({say("Display"), say("When"), say("Why"), say("Length")}, 3) + rows + "</table>";
    if (count > kGapsListed) {
      html += "<p class=note>" + escaped(say("and {} more", count - kGapsListed)) + "</p>";
    }
    return html;
  }

  struct GapSum {
    std::int64_t times = 0;
    std::int64_t plays = 0;
    Millis length{0};
    Gap longest;
    void add(const Gap& gap) {
      if (times == 0 || length_of(gap) > length_of(longest)) longest = gap;
      ++times;
      plays += gap.plays;
      length += length_of(gap);
    }
  };

  static Millis length_of(const Gap& gap) { return gap.span.until - gap.span.from; }

  std::string when(const Gap& gap) const {
    return span_text({std::chrono::floor<std::chrono::minutes>(gap.span.from),
                      std::chrono::floor<std::chrono::minutes>(gap.span.until)},
                     options_.zone);
  }

  static std::string overlaps(const Proved& proved) {
    std::string html;
    for (const Overlap& overlap : proved.overlaps) {
      const std::string words =
          overlap.is_all
              ? say("part of {}; its rows are counted once", overlap.other)
              : say("rows {} to {} are in {} too, and are counted once",
                    counted(overlap.rows.first), counted(overlap.rows.last), overlap.other);
      html += "<div class=note>" + escaped(words) + "</div>";
    }
    return html;
  }

  [[nodiscard]] bool were_keys_given() const {
    return std::none_of(delivery_.journals.begin(), delivery_.journals.end(),
                        [](const Proved& proved) { return proved.key_file.empty(); });
  }

  // Beside the sums, so that nobody takes them for all there is.
  std::string left_out_note() const {
    if (delivery_.left_out.empty()) return "";
    const std::size_t count = delivery_.left_out.size();
    return "<p class=bad>" +
           escaped(count == 1 ? say("1 journal is not in these numbers; the end of this report "
                                    "names it.")
                              : say("{} journals are not in these numbers; the end of this report "
                                    "names them.",
                                    count)) +
           "</p>\n";
  }

  std::string left_out() const {
    if (delivery_.left_out.empty()) return "";
    std::string html = "<h3>" + escaped(say("Left out, and not counted")) + "</h3><table>" +
                       head({say("Journal"), say("Why")}, 2);
    for (const LeftOut& one : delivery_.left_out) {
      html += "<tr>" + cell(escaped(one.file)) + cell(escaped(one.why)) + "</tr>";
    }
    return html + "</table>";
  }

  std::string proof() const {
    std::string html =
        "<section><h2>" + escaped(say("What proves it")) + "</h2><div class=good><p>" +
        escaped(say("Each display writes every play into a chain of hashes and signs "
                    "it with a key of its own. All chains behind this report were "
                    "read whole and are intact; of the plays counted here {} are "
                    "newer than the last signature.",
                    counted(delivery_.unsealed))) +
        "</p>";
    if (!were_keys_given()) {
      html += "<p>" +
              escaped(say("The signatures were held against the keys that the journals name "
                          "themselves; compare the fingerprints with those of the displays.")) +
              "</p>";
    }
    html += "</div><table>" +
            head({say("Journal"), say("Key"), say("Rows"), say("Signed until row")}, 2);
    for (const Proved& proved : delivery_.journals) {
      const Verification& found = proved.found;
      html += "<tr>" +
              cell(escaped(proved.file) + "<br><code>" + to_hex(found.end) + "</code>" +
                   overlaps(proved)) +
              cell("<code>" + fingerprint(*found.key) + "</code><br>" + escaped(proved.key_file)) +
              number_cell(fmt::format("{}–{}", counted(found.first), counted(found.last))) +
              number_cell(counted(found.sealed)) + "</tr>";
    }
    html += "</table>" + left_out();
    if (delivery_.all.doubtful > 0) {
      html += "<p>" +
              escaped(say("Shown while a display's clock was in doubt: {} ({} s), counted apart, "
                          "and in no share, since their times are the best that it knew.",
                          plays_text(delivery_.all.doubtful),
                          seconds_text(delivery_.all.doubtful_shown))) +
              "</p>";
    }
    return html + "</section><footer>" +
           escaped(say("Plays are counted where they began. People are not counted: a display has "
                       "no camera and no receiver for phones.")) +
           "</footer>\n";
  }

  using Name = std::pair<std::string, std::string>;
  const DeliveryReport& delivery_;
  const PageOptions& options_;
  std::map<Name, std::vector<const DeliveredItem*>> campaigns_;
};

}  // namespace

std::string proof_page(const DeliveryReport& delivery, const PageOptions& options) {
  return Page(delivery, options).html();
}

}  // namespace noseon
