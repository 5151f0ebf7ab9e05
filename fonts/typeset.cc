#include "fonts/typeset.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/check.h"
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
constexpr int size_floor = 8;
constexpr int size_ceiling = 1024;

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

Result<std::vector<Face>> open_faces(const std::vector<ChainFont>& chain) {
  std::vector<Face> faces;
  for (const ChainFont& font : chain) {
    ASSIGN_OR_RETURN(Face face, Face::open(font.file));
    faces.push_back(std::move(face));
  }
  return faces;
}

}  // namespace

/// Stays where it is: the shaper and the rasteriser borrow the faces.
struct Typesetter::Impl {
  Impl(std::vector<ChainFont> fonts, std::vector<Face> opened, BreakFinder finder)
      : chain(std::move(fonts)),
        faces(std::move(opened)),
        breaks(std::move(finder)),
        shaper(faces) {
    for (const ChainFont& font : chain) files.push_back(font.file);
  }

  [[nodiscard]] FontPair pair_of(Family family, Weight weight) const;
  [[nodiscard]] InkHeight reference_ink(const FontPair& fonts);

  std::vector<ChainFont> chain;
  std::vector<FontFile> files;
  std::vector<Face> faces;
  BreakFinder breaks;
  Shaper shaper;
  std::optional<Rasteriser> rasteriser;
};

FontPair Typesetter::Impl::pair_of(Family family, Weight weight) const {
  FontPair pair;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].family != family || chain[i].weight != weight) continue;
    const auto index = static_cast<FontIndex>(i);
    if (chain[i].role == FontRole::latin) {
      pair.latin = &faces[i];
      pair.latin_index = index;
    } else {
      pair.hangul = &faces[i];
      pair.hangul_index = index;
    }
  }
  CHECK(pair.latin != nullptr && pair.hangul != nullptr);  // parse_chain saw to both
  return pair;
}

/// Of 한, on whose ink every text is centred.
InkHeight Typesetter::Impl::reference_ink(const FontPair& fonts) {
  const PreparedText text = prepare_text("한");
  const FontRun run{0, 1, fonts.hangul_index, script_of_language("ko")};
  return ShapedText(text, {run}, shaper).ink_height(0, 1);
}

Typesetter::Typesetter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Typesetter::Typesetter(Typesetter&&) noexcept = default;
Typesetter& Typesetter::operator=(Typesetter&&) noexcept = default;
Typesetter::~Typesetter() = default;

Result<Typesetter> Typesetter::open() {
  ASSIGN_OR_RETURN(std::vector<ChainFont> chain, shipped_chain());
  ASSIGN_OR_RETURN(std::vector<Face> faces, open_faces(chain));
  ASSIGN_OR_RETURN(BreakFinder breaks, BreakFinder::open());
  auto impl = std::make_unique<Impl>(std::move(chain), std::move(faces), std::move(breaks));
  ASSIGN_OR_RETURN(impl->rasteriser, Rasteriser::open(impl->faces, raster_cache_bytes_max));
  return Typesetter(std::move(impl));
}

TextLayout Typesetter::lay_out(const TextBlock& block) {
  CHECK(block.size_min <= block.size_max);
  CHECK(block.line_height > 0 && block.line_height <= 10);
  impl_->shaper.set_language(block.language);
  const FontPair fonts = impl_->pair_of(block.family, block.weight);
  const TextFrame frame{.box = block.box,
                        .align = block.align,
                        .line_height = block.line_height,
                        .em = impl_->shaper.em(),
                        .reference = impl_->reference_ink(fonts)};

  const PreparedText text = prepare_text(block.text);
  const std::vector<PointIndex> clusters = impl_->breaks.clusters(text);
  const std::vector<Script> scripts =
      resolve_scripts(text, clusters, script_of_language(block.language));
  FontChoice choice = choose_fonts(text, clusters, scripts, fonts);
  const ShapedText shaped(text, std::move(choice.runs), impl_->shaper);
  const std::vector<LineBreak> breaks = impl_->breaks.line_breaks(text, clusters);
  const FittedLines fitted = fit_lines(LineFiller(shaped, breaks, clusters), shaped, frame,
                                       std::clamp(block.size_min, size_floor, size_ceiling),
                                       std::clamp(block.size_max, size_floor, size_ceiling));

  TextLayout layout = place_lines(fitted, shaped, text, frame);
  layout.text = text.utf8;
  layout.missing = texts_of(choice.missing, text, clusters);
  return layout;
}

const GlyphBitmap& Typesetter::raster(FontIndex font, std::uint32_t glyph, int size,
                                      int x_fraction) {
  return impl_->rasteriser->raster(
      {.font = font, .glyph = glyph, .size = size, .x_fraction = x_fraction});
}

const std::vector<FontFile>& Typesetter::fonts() const {
  return impl_->files;
}

}  // namespace noseon
