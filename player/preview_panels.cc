#include "player/preview_panels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/say.h"
#include "playlist/rotation.h"

namespace noseon {
namespace {

using std::chrono::duration_cast;

PanelRow fact(std::string name, std::string value, Tone tone = Tone::normal) {
  return {{std::move(name), Tone::dim}, {std::move(value), tone}};
}

std::string clock_text(Instant at, const Zone& zone) {
  return to_string(zone.civil_at(at));
}

// An end of a stretch: the date only where it is another day than `now`'s.
std::string end_text(Instant at, const Zone& zone, Instant now) {
  if (at <= kBeginningOfTime) return say("ever since");
  if (at >= kEndOfTime) return say("for ever");
  const std::string text = clock_text(at, zone);
  return zone.day_of(at) == zone.day_of(now) ? text.substr(11) : text;
}

std::string span_text(Instant from, Instant until, const Zone& zone, Instant now) {
  return fmt::format("{} – {}", end_text(from, zone, now), end_text(until, zone, now));
}

std::string length_text(Millis length) {
  const auto s = duration_cast<std::chrono::seconds>(length).count();
  if (length.count() % 1000 != 0)
    return say("{:.3f} s", static_cast<double>(length.count()) / 1000);
  if (s < 60) return say("{} s", s);
  if (s < 3600) return say("{} min {} s", s / 60, s % 60);
  return say("{} h {} min", s / 3600, s / 60 % 60);
}

std::string share_text(const Showing& showing) {
  if (!showing.slot.entry) return "–";
  const auto turns = showing.loop->turns_of(*showing.slot.entry);
  const std::size_t all = showing.loop->turns.size();
  const Millis length = showing.loop->length;
  return say("{:.1f} % of turns ({} of {}), a loop of {}",
             100.0 * static_cast<double>(turns) / static_cast<double>(all), turns, all,
             length_text(length));
}

std::string surroundings(const Display& display, const Context& context) {
  const Size size = display.composed_size();
  std::string text = fmt::format("{}, {} × {}", display.id.str(), size.width, size.height);
  text += context.route ? say(", route {}", *context.route) : say(", no route");
  for (const auto& [campaign, place] : context.inside) text += say(", at {}/{}", campaign, place);
  for (const std::string& label : display.labels) text += ", " + label;
  if (context.clock_floor) text += say(", its clock confirmed by nothing");
  return text;
}

std::string drawing_text(const PreviewState& state) {
  const std::string rate = state.frames_per_second > 0
                               ? say("{:.1f} frames/s in motion, {} dropped",
                                     state.frames_per_second, state.frames_dropped)
                               : say("nothing moved yet");
  return say("{}, {:.0f} MB", rate, static_cast<double>(state.memory_bytes) / 1e6);
}

Tone tone_of(ItemState state) {
  switch (state) {
    case ItemState::shown:
      return Tone::good;
    case ItemState::waiting:
      return Tone::normal;
    case ItemState::out:
      break;
  }
  return Tone::dim;
}

PanelRow item_row(const Playlist& playlist, const Explanation& item, const Zone& zone,
                  Instant now) {
  const Tone tone = tone_of(item.state);
  std::string why = item.reason;
  if (item.changes) why += say("  (until {})", end_text(*item.changes, zone, now));
  return {{in_words(item.state), tone},
          {name_of(playlist, item.entry), tone == Tone::dim ? Tone::dim : Tone::strong},
          {item.rule ? in_words(*item.rule) : std::string(), Tone::bad},
          {why, Tone::dim}};
}

}  // namespace

std::string time_with_weekday(Instant at, const Zone& zone) {
  const std::array<std::string, 7> days{say("Sun"), say("Mon"), say("Tue"), say("Wed"),
                                        say("Thu"), say("Fri"), say("Sat")};
  const Civil civil = std::chrono::floor<std::chrono::seconds>(zone.civil_at(at));
  const std::chrono::weekday weekday{to_day(civil)};
  return fmt::format("{} {}", to_string(civil), days[weekday.c_encoding()]);
}

std::string speed_text(double speed, bool is_paused) {
  return is_paused ? say("paused") : fmt::format("{:g}×", speed);
}

Panel why_panel(const Playlist& playlist, const Display& display, const Context& context,
                const Explained& explained, const PreviewState& state) {
  const Showing& showing = explained.showing;
  const Slot& slot = showing.slot;
  const Zone& zone = *display.zone;
  Panel panel;
  panel.title = name_of(playlist, state.standing);
  if (state.page.count > 1)
    panel.title += say(", page {} of {}", state.page.page + 1, state.page.count);
  panel.rows = {
      fact(say("time"),
           fmt::format("{}   {}   {}", time_with_weekday(state.now, zone), zone.name(),
                       speed_text(state.speed, state.is_paused)),
           Tone::strong),
      fact(say("why"), reason(showing)),
      fact(say("slot"), span_text(slot.from, slot.until, zone, state.now)),
      fact(say("segment"), span_text(showing.segment.from, showing.segment.until, zone, state.now)),
      fact(say("share of voice"), share_text(showing)),
      fact(say("display"), surroundings(display, context)),
      fact(say("drawing"), drawing_text(state)),
  };
  if (state.aside_count > 0)
    panel.rows.push_back(fact(say("set aside"),
                              say("{} items whose picture cannot be made", state.aside_count),
                              Tone::bad));
  panel.rows.emplace_back();
  std::vector<Explanation> items = explained.items;
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.state < b.state; });
  for (const Explanation& item : items)
    panel.rows.push_back(item_row(playlist, item, zone, state.now));
  return panel;
}

Panel help_panel() {
  const auto key = [](std::string name, std::string what) -> PanelRow {
    return {{std::move(name), Tone::strong}, {std::move(what), Tone::normal}};
  };
  return {PanelPlace::center,
          say("Keys of the preview"),
          {key(say("space"), say("pause, and go on")),
           key("←  →", say("previous and next slot, or page of it")),
           key("↑  ↓", say("faster and slower")),
           key("[  ]", say("previous and next edge of the schedule")),
           key("d  n", say("a day back, the next day")),
           key("g", say("go to a time")),
           {},
           key("i", say("why this shows, and what every item does")),
           key("e", say("hide or show the errors of the folder")),
           key("s", say("screenshot of the display's pixels, as PNG")),
           key("r", say("turn the display (landscape, portrait)")),
           key("f", say("full screen")),
           key("+  -", say("larger and smaller window")),
           {},
           key("h", say("this card")),
           key("q  Esc", say("quit"))}};
}

Panel prompt_panel(const std::string& typed, const std::string& error) {
  Panel panel{PanelPlace::center, say("Go to"), {{{typed + "▏", Tone::strong}}}};
  panel.rows.push_back(
      error.empty() ? PanelRow{{say("2027-02-25 08:00, 2027-02-25, 08:00   Enter goes, Esc stays"),
                                Tone::dim}}
                    : PanelRow{{error, Tone::bad}});
  return panel;
}

Panel notice_panel(const std::string& text) {
  return {PanelPlace::bottom, "", {{{text, Tone::strong}}}};
}

}  // namespace noseon
