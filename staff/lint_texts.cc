#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/say.h"
#include "base/unicode.h"
#include "player/compose.h"
#include "staff/lint_look.h"

namespace noseon {
namespace {

constexpr double kContrastMin = 4.5;  // WCAG 2.2, success criterion 1.4.3
constexpr std::string_view kEllipsis = "…";

class TextLint {
 public:
  TextLint(const Playlist& playlist, EntryIndex entry, const Display& display,
           Typesetter& typesetter, Findings& findings)
      : campaign_(playlist.campaign_of(entry)),
        item_(playlist.item_of(entry)),
        display_(display),
        typesetter_(typesetter),
        findings_(findings) {}

  void look() {
    look_for_glyphs();
    look_at_size();
    look_at_contrast();
  }

 private:
  void report(Severity severity, const char* code, std::string message, std::string remedy) {
    findings_.push_back(
        {severity, campaign_.file, item_.text_place, code, std::move(message), std::move(remedy)});
  }

  [[nodiscard]] Style style() const { return style_of(campaign_, item_); }

  // Of every language, whether this display shows it or not.
  void look_for_glyphs() {
    std::vector<std::string> missing;
    for (const auto& [language, text] : item_.text) {
      TextBlock block;
      block.text = text;
      block.language = language;
      block.family = style().family;
      block.weight = style().weight;
      block.box = display_.composed_size();
      block.size_max = block.size_min = legible_size(display_);
      for (std::string& cluster : typesetter_.lay_out(block).missing)
        if (std::find(missing.begin(), missing.end(), cluster) == missing.end())
          missing.push_back(std::move(cluster));
    }
    if (missing.empty()) return;
    report(Severity::warning, "missing-glyph",
           say("item {}: no shipped font has {}; a box is shown in its place", item_.id.str(),
               fmt::join(missing, " ")),
           say("write it another way, or make a poster of it"));
  }

  void look_at_size() {
    const Frame frame = compose_text(campaign_, item_, display_, typesetter_);
    std::vector<const TextLayout*> shown;
    for (const Draw& draw : frame.draws)
      if (const auto* text = std::get_if<TextDraw>(&draw)) shown.push_back(&text->layout);
    if (shown.empty()) return;
    const int floor = legible_size(display_);
    if (is_cut(*shown.front())) {
      report(Severity::error, "text-cut",
             say("item {}: at {} pixels, the smallest that can be read on display {}, the text "
                 "does not fit and ends after \"{}\"",
                 item_.id.str(), floor, display_.id.str(), shown.front()->text),
             say("shorten it, spread it over two items, or give the style less padding"));
    } else if (shown.size() < 2 && languages_to_show() >= 2) {
      report(Severity::warning, "language-left-out",
             say("item {}: two languages do not fit together on display {} at {} pixels, the "
                 "smallest that can be read; only the first shows",
                 item_.id.str(), display_.id.str(), floor),
             say("shorten the texts, or make an item of each language"));
    }
  }

  [[nodiscard]] bool is_cut(const TextLayout& shown) const {
    if (!shown.text.ends_with(kEllipsis)) return false;
    return std::none_of(item_.text.begin(), item_.text.end(),
                        [&](const auto& text) { return to_nfc(text.second) == shown.text; });
  }

  [[nodiscard]] std::size_t languages_to_show() const {
    const std::set<std::string> wanted(display_.languages.begin(), display_.languages.end());
    return static_cast<std::size_t>(std::count_if(
        wanted.begin(), wanted.end(),
        [&](const std::string& language) { return find_text(item_.text, language) != nullptr; }));
  }

  void look_at_contrast() {
    const Style looks = style();
    const double contrast = contrast_ratio(looks.ink, looks.background);
    if (contrast >= kContrastMin) return;
    // Rounded down: 4.499 is not 4.5.
    report(Severity::warning, "low-contrast",
           say("item {}: the ink {} on {} has a contrast of {:.2f}:1; {}:1 can be read by most",
               item_.id.str(), to_string(looks.ink), to_string(looks.background),
               static_cast<int>(contrast * 100) / 100.0, kContrastMin),
           say("make the ink lighter or the background darker, or the reverse"));
  }

  const Campaign& campaign_;
  const Item& item_;
  const Display& display_;
  Typesetter& typesetter_;
  Findings& findings_;
};

}  // namespace

Findings lint_texts(const Playlist& playlist, const Display& display, Typesetter& typesetter) {
  Findings findings;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const bool shows = playlist.entries[entry].is_targeted && !playlist.item_of(entry).is_poster();
    if (shows) TextLint(playlist, entry, display, typesetter, findings).look();
  }
  return findings;
}

}  // namespace noseon
