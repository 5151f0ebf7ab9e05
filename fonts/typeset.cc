#include "fonts/typeset.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/recent.h"
#include "base/say.h"
#include "fonts/bidi.h"
#include "fonts/breaks.h"
#include "fonts/chain.h"
#include "fonts/face.h"
#include "fonts/fit.h"
#include "fonts/font_choice.h"
#include "fonts/raster.h"
#include "fonts/scripts.h"
#include "fonts/shaped_text.h"

namespace noseon {
namespace {

constexpr std::size_t raster_cache_bytes_max = 16u << 20;
constexpr std::size_t layout_cache_bytes_max = 4u << 20;
constexpr std::string_view ellipsis = "…";

/// Blocks that differ in what tries differ in: text, box and size.
struct BlockHash {
  std::size_t operator()(const TextBlock& block) const {
    std::uint64_t hash = std::hash<std::string>()(block.text);
    for (const int part : {block.box.width, block.box.height, block.size_max, block.size_min}) {
      hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15u;
    }
    return hash;
  }
};

/// With what it owns.
std::size_t bytes_of(const TextBlock& block, const TextLayout& layout) {
  std::size_t bytes = 2 * block.text.size() + layout.text.size();
  for (const TextLine& line : layout.lines) {
    bytes += sizeof(TextLine) + line.glyphs.size() * sizeof(Glyph);
  }
  for (const std::string& cluster : layout.missing) bytes += sizeof(std::string) + cluster.size();
  return bytes;
}

/// The text of each of these clusters, each once.
std::vector<std::string> texts_of(const std::vector<PointIndex>& starts, const PreparedText& text,
                                  const std::vector<PointIndex>& clusters) {
  std::vector<std::string> out;
  std::set<std::string_view> seen;
  for (const PointIndex start : starts) {
    const PointIndex end = *std::upper_bound(clusters.begin(), clusters.end(), start);
    const std::string_view cluster = text.view(start, end);
    if (seen.insert(cluster).second) out.emplace_back(cluster);
  }
  return out;
}

Result<std::vector<Face>> open_faces(const std::vector<FontFile>& files) {
  std::vector<Face> faces;
  for (const FontFile& file : files) {
    ASSIGN_OR_RETURN(Face face, Face::open(file));
    faces.push_back(std::move(face));
  }
  return faces;
}

/// The fonts of the chain that are of a family and weight.
FontStack stack_of(const std::vector<ChainFont>& chain, const std::vector<Face>& faces,
                   Family family, Weight weight) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!chain[i].is_of(family, weight)) continue;
    candidates.push_back({&faces[i], static_cast<FontIndex>(i), chain[i].role});
  }
  return FontStack(candidates);
}

/// The fonts of a list, whose roles nobody knows but that of the colours.
FontStack stack_of(const std::vector<Face>& faces) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    Candidate candidate{&faces[i], static_cast<FontIndex>(i), std::nullopt};
    if (faces[i].is_in_colour()) candidate.role = FontRole::emoji;
    candidates.push_back(candidate);
  }
  return FontStack(candidates);
}

/// Whether a line ends between two brackets of a pair.
bool tears_brackets(const FittedLines& fitted, const std::vector<LineBreak>& breaks) {
  return std::any_of(breaks.begin(), breaks.end(), [&](const LineBreak& found) {
    const auto ends_there = [&](const LineSpan& line) { return line.end == found.at; };
    return found.is_in_brackets &&
           std::any_of(fitted.lines.begin(), fitted.lines.end(), ends_there);
  });
}

std::vector<LineBreak> outside_brackets(std::vector<LineBreak> breaks) {
  std::erase_if(breaks, [](const LineBreak& found) { return found.is_in_brackets; });
  return breaks;
}

}  // namespace

/// Stays where it is: the stacks, the shaper and the rasteriser borrow the faces.
struct Typesetter::Impl {
  Impl(std::vector<FontFile> fonts, std::vector<Face> opened, BreakFinder finder)
      : files(std::move(fonts)),
        faces(std::move(opened)),
        breaks(std::move(finder)),
        shaper(faces) {}

  static Result<std::unique_ptr<Impl>> open(std::vector<FontFile> files, std::vector<Face> faces);

  [[nodiscard]] const FontStack& stack(Family family, Weight weight) const {
    return stacks.size() == 1 ? stacks[0] : stacks[stack_index(family, weight)];
  }
  static std::size_t stack_index(Family family, Weight weight) {
    return static_cast<std::size_t>(family) * 2 + static_cast<std::size_t>(weight);
  }
  [[nodiscard]] InkHeight reference_ink(const FontStack& fonts);
  /// Good until the next call.
  [[nodiscard]] const TextLayout& kept_or_laid_out(const TextBlock& block);
  [[nodiscard]] TextLayout lay_out(const TextBlock& block);
  [[nodiscard]] TextLayout shortened(const TextBlock& block);

  std::vector<FontFile> files;
  std::vector<Face> faces;
  BreakFinder breaks;
  Shaper shaper;
  std::vector<FontStack> stacks;  ///< by stack_index(), or one for all
  std::optional<Rasteriser> rasteriser;
  Recent<TextBlock, TextLayout, BlockHash> layouts{layout_cache_bytes_max};
};

const TextLayout& Typesetter::Impl::kept_or_laid_out(const TextBlock& block) {
  if (const TextLayout* kept = layouts.find(block)) return *kept;
  TextLayout layout = lay_out(block);
  if (layout.overflows && block.shortens) layout = shortened(block);
  const std::size_t bytes = bytes_of(block, layout);
  return layouts.put(block, std::move(layout), bytes);
}

/// Of 한, on whose ink every text is centred.
InkHeight Typesetter::Impl::reference_ink(const FontStack& fonts) {
  const PreparedText text = prepare_text("한");
  const FontIndex font = fonts.asked_for(FontRole::hangul)[0].index;
  const FontRun run{0, 1, font, script_of_language("ko"), 0};
  return ShapedText(text, {run}, shaper).ink_height(0, 1);
}

TextLayout Typesetter::Impl::lay_out(const TextBlock& block) {
  const FontStack& fonts = stack(block.family, block.weight);
  shaper.set_language(block.language);
  shaper.set_spacing(0);
  const TextFrame frame{.box = block.box,
                        .align = block.align,
                        .line_height = block.line_height,
                        .em = shaper.em(),
                        .reference = reference_ink(fonts)};
  shaper.set_spacing(static_cast<std::int32_t>(block.letter_spacing * shaper.em() / 1000));

  const PreparedText text = prepare_text(block.text);
  const BidiText bidi = find_levels(text, block.language);
  const std::vector<PointIndex> clusters = breaks.clusters(text);
  const std::vector<Script> scripts =
      resolve_scripts(text, clusters, script_of_language(block.language));
  FontChoice choice = choose_fonts(text, clusters, scripts, bidi.levels, fonts);
  const ShapedText shaped(text, std::move(choice.runs), shaper);
  const std::vector<LineBreak> line_breaks = breaks.line_breaks(text, clusters);
  const Wrap wrap = has_spaces_between_words(block.language) ? block.wrap : Wrap::syllable;
  const LineFiller filler(shaped, line_breaks, clusters, wrap);
  FittedLines fitted = fit_lines(filler, shaped, frame, block);
  const bool may_shrink = wrap == Wrap::eojeol && block.size_min < block.size_max;
  if (may_shrink && tears_brackets(fitted, line_breaks)) {
    const LineFiller keeping(shaped, outside_brackets(line_breaks), clusters, wrap);
    const FittedLines kept = fit_lines(keeping, shaped, frame, block);
    if (!kept.overflows && !kept.splits_words && kept.size * 4 >= fitted.size * 3) fitted = kept;
  }

  TextLayout layout = place_lines(fitted, shaped, text, bidi.paragraphs, frame);
  layout.text = text.utf8;
  layout.reads_from_right = !bidi.paragraphs.empty() && is_right_to_left(bidi.paragraphs.front());
  layout.missing = texts_of(choice.missing, text, clusters);
  return layout;
}

/// As many words as fit at the smallest size, or as many clusters where not even one word does, and
/// an ellipsis.
TextLayout Typesetter::Impl::shortened(const TextBlock& block) {
  const PreparedText text = prepare_text(block.text);
  const std::vector<PointIndex> clusters = breaks.clusters(text);
  std::vector<PointIndex> words;
  for (const LineBreak& found : breaks.line_breaks(text, clusters)) {
    if (found.tier != BreakTier::syllable) words.push_back(found.visible_end);
  }
  TextBlock shorter = block;
  shorter.shortens = false;
  std::optional<TextLayout> best;
  for (const std::vector<PointIndex>& ends : {words, clusters}) {
    std::size_t works = 0;  // that many of them
    std::size_t fails = ends.size();
    while (fails - works > 1) {
      const std::size_t middle = works + (fails - works) / 2;
      shorter.text = std::string(text.view(0, ends[middle - 1])).append(ellipsis);
      TextLayout layout = lay_out(shorter);
      (layout.overflows ? fails : works) = middle;
      if (!layout.overflows) best = std::move(layout);
    }
    if (best) break;
  }
  if (!best) {
    shorter.text = ellipsis;
    best = lay_out(shorter);
  }
  best->overflows = true;
  return *std::move(best);
}

Result<std::unique_ptr<Typesetter::Impl>> Typesetter::Impl::open(std::vector<FontFile> files,
                                                                 std::vector<Face> faces) {
  ASSIGN_OR_RETURN(BreakFinder breaks, BreakFinder::open());
  auto impl = std::make_unique<Impl>(std::move(files), std::move(faces), std::move(breaks));
  ASSIGN_OR_RETURN(impl->rasteriser, Rasteriser::open(impl->faces, raster_cache_bytes_max));
  return impl;
}

Typesetter::Typesetter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Typesetter::Typesetter(Typesetter&&) noexcept = default;
Typesetter& Typesetter::operator=(Typesetter&&) noexcept = default;
Typesetter::~Typesetter() = default;

Result<Typesetter> Typesetter::open() {
  ASSIGN_OR_RETURN(const std::vector<ChainFont> chain, shipped_chain());
  std::vector<FontFile> files;
  for (const ChainFont& font : chain) files.push_back(font.file);
  ASSIGN_OR_RETURN(std::vector<Face> faces, open_faces(files));
  ASSIGN_OR_RETURN(auto impl, Impl::open(std::move(files), std::move(faces)));
  for (const Family family : {Family::sans, Family::serif}) {
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      CHECK(impl->stacks.size() == Impl::stack_index(family, weight));
      impl->stacks.push_back(stack_of(chain, impl->faces, family, weight));
    }
  }
  return Typesetter(std::move(impl));
}

Result<Typesetter> Typesetter::open(const std::vector<FontFile>& fonts) {
  CHECK(!fonts.empty());
  ASSIGN_OR_RETURN(std::vector<Face> faces, open_faces(fonts));
  if (common_em(faces) == 0) {
    return fail(ErrorKind::bad_format, say("the fonts' units per em have no common measure"));
  }
  ASSIGN_OR_RETURN(auto impl, Impl::open(fonts, std::move(faces)));
  impl->stacks.push_back(stack_of(impl->faces));
  return Typesetter(std::move(impl));
}

TextLayout Typesetter::lay_out(const TextBlock& block) {
  CHECK(block.size_min <= block.size_max);
  CHECK(block.line_height > 0 && block.line_height <= 10);
  CHECK(block.letter_spacing >= -100 && block.letter_spacing <= 1000);
  return impl_->kept_or_laid_out(block);
}

const GlyphBitmap& Typesetter::raster(FontIndex font, std::uint32_t glyph, int size, int x_fraction,
                                      Px64 grown) {
  return impl_->rasteriser->raster(
      {.font = font, .glyph = glyph, .size = size, .x_fraction = x_fraction, .grown = grown});
}

void Typesetter::forget_rasters() {
  impl_->rasteriser->forget();
}

std::size_t Typesetter::raster_bytes() const {
  return impl_->rasteriser->cache_bytes();
}

const std::vector<FontFile>& Typesetter::fonts() const {
  return impl_->files;
}

}  // namespace noseon
