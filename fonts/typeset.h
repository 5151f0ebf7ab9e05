// Typesetting: text -> lines -> positioned glyphs -> bitmaps.
//
// The pipeline: UTF-8 (bad bytes become U+FFFD) -> NFC (UAX #15) -> paragraphs -> bidi levels
// (UAX #9) -> grapheme clusters (UAX #29) -> a font for each cluster by cmap coverage, before
// shaping -> whole words in one font -> runs by font, level and script (UAX #24) -> hb_shape with
// script and language always set -> lines (UAX #14, broken at spaces first) -> the largest size
// that fits, or down to three quarters of it where that keeps what is in brackets on one line ->
// balanced lines -> glyphs in visual order, centred on the ink.
//
// A Typesetter belongs to one thread: FreeType and HarfBuzz objects are not shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/appearance.h"
#include "base/geometry.h"
#include "base/result.h"

namespace noseon {

/// A length in 1/64 of a pixel.
using Px64 = std::int32_t;

/// The height of a box that is as tall as its lines.
inline constexpr int kAnyHeight = 1 << 24;

/// What is asked for: one text in one language in one box.
struct TextBlock {
  std::string text;             ///< UTF-8; '\n' ends a line, an empty line is kept
  std::string language = "ko";  ///< BCP 47: ko, en, az ...
  Family family = Family::sans;
  Weight weight = Weight::regular;
  Align align = Align::center;
  Size box;                   ///< pixels; see kAnyHeight
  int size_max = 160;         ///< pixels per em, 8 to 1024: tried first
  int size_min = 24;          ///< never below; REQUIRES size_min <= size_max
  double line_height = 1.25;  ///< times the size
  /// Chinese and Japanese have no spaces to break at, and are set as with Wrap::syllable.
  Wrap wrap = Wrap::eojeol;
  /// Between grapheme clusters, in thousandths of an em, -100 to 1,000. Joined scripts (Arabic) are
  /// set without it.
  int letter_spacing = 0;
  /// Lines of a paragraph as even as the same number of lines allows, up to eight of them.
  bool balances = true;
  /// What does not fit at size_min ends in an ellipsis after a word, and still `overflows`.
  bool shortens = false;

  friend bool operator==(const TextBlock&, const TextBlock&) = default;
};

/// Which font of the chain; an index into Typesetter::fonts().
using FontIndex = std::uint16_t;

struct Glyph {
  FontIndex font = 0;
  std::uint32_t id = 0;       ///< glyph id in that font
  std::uint32_t cluster = 0;  ///< byte offset in TextLayout::text
  Px64 x = 0;                 ///< of the glyph's origin, from the left of the box
  Px64 y = 0;  ///< of the glyph's origin on its baseline, from the top of the box, downwards
  Px64 advance = 0;
  friend bool operator==(const Glyph&, const Glyph&) = default;
};

struct TextLine {
  std::uint32_t start =
      0;  ///< byte offsets in TextLayout::text, half-open, the break's space included
  std::uint32_t end = 0;
  Px64 x = 0;                 ///< left end of the line in the box
  Px64 y = 0;                 ///< baseline, from the top of the box
  Px64 width = 0;             ///< without the trailing space
  std::vector<Glyph> glyphs;  ///< in visual order
  friend bool operator==(const TextLine&, const TextLine&) = default;
};

struct TextLayout {
  std::string text;  ///< the NFC form that was set
  int size = 0;      ///< pixels per em
  std::vector<TextLine> lines;
  Rect ink;                          ///< bounds of what is inked, in the box's pixels
  std::vector<std::string> missing;  ///< grapheme clusters that no font of the chain has, each once
  /// Even at size_min it is taller or wider than the box; with `shortens`, `text` is then what is
  /// left of it and an ellipsis.
  bool overflows = false;
  /// Its first paragraph is written from the right (UAX #9, P2 and P3).
  bool reads_from_right = false;
  /// It fits, but only because a word that is wider than the box even at size_min is split.
  bool splits_words = false;
  friend bool operator==(const TextLayout&, const TextLayout&) = default;
};

/// A glyph drawn: 8-bit coverage, or premultiplied BGRA where the font is in colour.
struct GlyphBitmap {
  Size size;
  int left = 0;  ///< from the origin's whole pixel to the bitmap's left edge
  int top = 0;   ///< from the baseline up to the bitmap's top edge
  bool is_colour = false;
  std::vector<std::uint8_t> pixels;  ///< rows without padding: 1 or 4 bytes a pixel
};

/// One font file of the chain, for messages and for `fonts()`.
struct FontFile {
  std::string path;
  int face_index = 0;
  std::string package;  ///< the Debian package that has it; empty: nobody knows
};

class Typesetter {
 public:
  /// Opens the chain that fonts/fonts.toml names. not_found names the missing file and the package
  /// that brings it.
  [[nodiscard]] static Result<Typesetter> open();
  /// Sets every text in these fonts whatever the family and weight: each cluster in the first that
  /// has it, emoji in the first in colour. bad_format where their units have no common measure.
  /// REQUIRES: at least one.
  [[nodiscard]] static Result<Typesetter> open(const std::vector<FontFile>& fonts);
  Typesetter(Typesetter&&) noexcept;
  Typesetter& operator=(Typesetter&&) noexcept;
  ~Typesetter();

  /// Never fails: text that no font has is reported in `missing`, text that does not fit in
  /// `overflows`. The same block gives the same layout on every machine with the same font files.
  /// Layouts are kept by their block, up to 4 MB of them.
  [[nodiscard]] TextLayout lay_out(const TextBlock& block);

  /// Unhinted, grey. `x_fraction` is the origin's fraction of a pixel, 0 to 63. `grown`, 0 to
  /// 16,384, makes the outline wider on all sides; what is in colour has no outline and stays. The
  /// reference is good until the next call.
  [[nodiscard]] const GlyphBitmap& raster(FontIndex font, std::uint32_t glyph, int size,
                                          int x_fraction, Px64 grown = 0);

  /// As Rasteriser::forget(): the fonts stay open, and layouts are kept.
  void forget_rasters();
  /// What they take.
  [[nodiscard]] std::size_t raster_bytes() const;

  [[nodiscard]] const std::vector<FontFile>& fonts() const;

 private:
  struct Impl;
  explicit Typesetter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
