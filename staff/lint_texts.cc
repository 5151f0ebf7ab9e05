#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/say.h"
#include "player/compose.h"
#include "player/legibility.h"
#include "player/pages.h"
#include "playlist/words.h"
#include "staff/lint_look.h"

namespace noseon {
namespace {

class TextLint {
 public:
  TextLint(const Playlist& playlist, EntryIndex entry, const Display& display,
           Typesetter& typesetter, Findings& findings)
      : campaign_(playlist.campaign_of(entry)),
        item_(playlist.item_of(entry)),
        display_(display),
        typesetter_(typesetter),
        findings_(findings) {}

  void look(const std::vector<Page>& pages, Millis length) {
    look_for_glyphs();
    for (const Page& page : pages) look_at_size(page);
    look_at_time(pages, length);
    look_at_contrast(pages);
  }

 private:
  void report(Severity severity, const char* code, std::string message, std::string remedy) {
    findings_.push_back({severity, campaign_.file, item_.words_place(), code, std::move(message),
                         std::move(remedy)});
  }

  [[nodiscard]] Style style() const { return style_of(campaign_, item_); }

  // Of every language, whether this display shows it or not.
  void look_for_glyphs() {
    std::vector<std::string> missing;
    for (const auto& [language, text] : item_.words()) {
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

  void look_at_size(const Page& page) {
    for (const Draw& draw : page.line ? page.line->strip.draws : page.frame.draws) {
      const auto* const text = std::get_if<TextDraw>(&draw);
      if (text == nullptr || !text->layout.overflows) continue;
      report(
          Severity::error, "text-cut",
          say("item {}: at {} pixels, the smallest that can be read on display {} from {} m, the "
              "text does not fit and ends after \"{}\"",
              item_.id.str(), legible_size(display_), display_.id.str(), display_.distance_m,
              text->layout.text),
          say("shorten it, spread it over two items, or give the style less padding"));
    }
  }

  // Languages that do not fit together take turns in the slot; a page needs its time.
  void look_at_time(const std::vector<Page>& pages, Millis length) {
    const std::size_t shown = pages_with_room(pages.size(), length);
    std::vector<std::string> left_out;
    for (std::size_t page = shown; page < pages.size(); ++page)
      left_out.insert(left_out.end(), pages[page].languages.begin(), pages[page].languages.end());
    if (left_out.empty()) return;
    report(Severity::warning, "language-left-out",
           say("item {}: its languages do not fit together on display {} and take turns; {} is too "
               "short for {} turns of at least {}: {} is not shown",
               item_.id.str(), display_.id.str(), in_words(length), pages.size(),
               in_words(kPageMin), fmt::join(left_out, ", ")),
           say("give it more seconds, or shorten the texts so that two fit together"));
  }

  // On the pixels as they are composed: the picture, the scrim and the colour behind the letters.
  void look_at_contrast(const std::vector<Page>& pages) {
    double contrast = 21;
    for (const Page& page : pages) {
      contrast = std::min(contrast, text_contrast(page.line ? page.line->strip : page.frame));
    }
    if (contrast >= kContrastMin) return;
    const Style looks = style();
    const std::string ground = looks.picture.empty() ? to_string(looks.background) : looks.picture;
    // Rounded down: 4.499 is not 4.5.
    report(Severity::warning, "low-contrast",
           say("item {}: the ink {} on {} has a contrast of {:.2f}:1 on display {}; {}:1 can be "
               "read by most",
               item_.id.str(), to_string(looks.ink), ground,
               static_cast<int>(contrast * 100) / 100.0, display_.id.str(), kContrastMin),
           say("make the ink lighter or the background darker, or the reverse"));
  }

  const Campaign& campaign_;
  const Item& item_;
  const Display& display_;
  Typesetter& typesetter_;
  Findings& findings_;
};

}  // namespace

Findings lint_texts(const Playlist& playlist, const Display& display, Studio& studio) {
  Findings findings;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const bool has_words = !playlist.item_of(entry).words().empty();
    if (!playlist.entries[entry].is_targeted || !has_words) continue;
    // Fonts that are missing, and posters that cannot be decoded, are told of elsewhere.
    const auto typesetter = studio.typesetter();
    const auto pages = studio.compose(playlist, entry, display);
    const Millis length = playlist.entries[entry].length;
    if (typesetter && pages)
      TextLint(playlist, entry, display, **typesetter, findings).look(*pages, length);
  }
  return findings;
}

}  // namespace noseon
