#include "fonts/raster.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_OUTLINE_H
#include FT_STROKER_H

#include <algorithm>
#include <functional>
#include <utility>

#include "base/check.h"
#include "base/recent.h"
#include "fonts/colour.h"

namespace noseon {
namespace {

using FtLibrary = Handle<FT_LibraryRec_, FT_Done_FreeType>;
using FtFace = Handle<FT_FaceRec_, FT_Done_Face>;
using FtGlyph = Handle<FT_GlyphRec_, FT_Done_Glyph>;
using FtStroker = Handle<FT_StrokerRec_, FT_Stroker_Done>;

/// Noto's strike of 109 pixels, drawn at the largest size there is, is 9.4 times as large.
constexpr double colour_scale_max = 16;
constexpr Px64 grown_max = 16'384;  // a fifth of the largest size, and some

bool is_in_colour(const FT_FaceRec& face) {
  return !FT_IS_SCALABLE(&face) && FT_HAS_COLOR(&face) && face.num_fixed_sizes > 0;
}

struct KeyHash {
  std::size_t operator()(const RasterKey& key) const {
    const std::uint64_t place = (std::uint64_t{key.font} << 32) | key.glyph;
    const std::uint64_t scale =
        (static_cast<std::uint64_t>(key.size) << 6) | static_cast<std::uint64_t>(key.x_fraction);
    const auto grown = static_cast<std::uint64_t>(key.grown);
    return std::hash<std::uint64_t>()(place * 0x9E3779B97F4A7C15u ^ scale * 0xC2B2AE3D27D4EB4Fu ^
                                      grown << 40);
  }
};

/// Grey coverage, or colour as FreeType has it: premultiplied BGRA. Empty for any other kind.
GlyphBitmap copy_bitmap(const FT_Bitmap& from, int left, int top) {
  GlyphBitmap out;
  const bool is_grey = from.pixel_mode == FT_PIXEL_MODE_GRAY;
  if (from.width == 0 || from.rows == 0 || from.pitch <= 0) return out;
  if (!is_grey && from.pixel_mode != FT_PIXEL_MODE_BGRA) return out;
  out.size = {static_cast<int>(from.width), static_cast<int>(from.rows)};
  out.left = left;
  out.top = top;
  out.is_colour = !is_grey;
  const std::size_t row_bytes = std::size_t{from.width} * (is_grey ? 1 : 4);
  out.pixels.reserve(row_bytes * from.rows);
  for (unsigned row = 0; row < from.rows; ++row) {
    const unsigned char* start = from.buffer + std::size_t{row} * static_cast<unsigned>(from.pitch);
    out.pixels.insert(out.pixels.end(), start, start + row_bytes);
  }
  return out;
}

GlyphBitmap copy_bitmap(const FT_GlyphSlotRec& slot) {
  return copy_bitmap(slot.bitmap, slot.bitmap_left, slot.bitmap_top);
}

/// The loaded outline, made wider on all sides. Empty where FreeType fails.
GlyphBitmap draw_grown(FT_Library library, FT_GlyphSlot slot, Px64 grown) {
  FT_Stroker made = nullptr;
  if (FT_Stroker_New(library, &made) != 0) return {};
  const FtStroker stroker(made);
  FT_Stroker_Set(stroker.get(), grown, FT_STROKER_LINECAP_ROUND, FT_STROKER_LINEJOIN_ROUND, 0);
  FT_Glyph glyph = nullptr;
  if (FT_Get_Glyph(slot, &glyph) != 0) return {};
  const bool is_drawn = FT_Glyph_StrokeBorder(&glyph, stroker.get(), 0, 1) == 0 &&
                        FT_Glyph_To_Bitmap(&glyph, FT_RENDER_MODE_NORMAL, nullptr, 1) == 0;
  const FtGlyph owned(glyph);
  if (!is_drawn) return {};
  const auto* bitmap = reinterpret_cast<const FT_BitmapGlyphRec*>(glyph);
  return copy_bitmap(bitmap->bitmap, bitmap->left, bitmap->top);
}

/// The strike of a colour font that is at least as large as asked for, or its largest.
int best_strike(const FT_FaceRec& face, int size) {
  int best = 0;
  for (int i = 1; i < face.num_fixed_sizes; ++i) {
    const long is = face.available_sizes[i].y_ppem;
    const long was = face.available_sizes[best].y_ppem;
    const long wanted = long{size} * 64;
    if (was < wanted ? is > was : is >= wanted && is < was) best = i;
  }
  return best;
}

}  // namespace

struct Rasteriser::State {
  struct Open {
    FtFace face;
    int size = 0;  ///< pixels per em it is set to
  };

  const std::vector<Face>& faces;
  FtLibrary library;
  Recent<RasterKey, GlyphBitmap, KeyHash> kept;
  std::vector<Open> opened{};  ///< FreeType's side of each face, once it was asked for

  FT_Face face_at(FontIndex font, int size);
  GlyphBitmap draw(const RasterKey& key);
  GlyphBitmap draw_colour(FT_FaceRec& face, const RasterKey& key);
  GlyphBitmap draw_outline(FT_FaceRec& face, const RasterKey& key);
};

/// Null where FreeType cannot read the file.
FT_Face Rasteriser::State::face_at(FontIndex font, int size) {
  Open& open = opened[font];
  if (!open.face) {
    const std::string_view bytes_of_file = faces[font].bytes();
    FT_Face face = nullptr;
    const auto* data = reinterpret_cast<const FT_Byte*>(bytes_of_file.data());
    if (FT_New_Memory_Face(library.get(), data, static_cast<FT_Long>(bytes_of_file.size()),
                           faces[font].face_index(), &face) != 0) {
      return nullptr;
    }
    open.face.reset(face);
  }
  if (open.size != size) {
    FT_Face face = open.face.get();
    const bool is_set = is_in_colour(*face)
                            ? FT_Select_Size(face, best_strike(*face, size)) == 0
                            : FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(size)) == 0;
    if (!is_set) return nullptr;
    open.size = size;
  }
  return open.face.get();
}

GlyphBitmap Rasteriser::State::draw(const RasterKey& key) {
  FT_Face face = face_at(key.font, key.size);
  if (face == nullptr) return {};
  return is_in_colour(*face) ? draw_colour(*face, key) : draw_outline(*face, key);
}

GlyphBitmap Rasteriser::State::draw_colour(FT_FaceRec& face, const RasterKey& key) {
  if (FT_Load_Glyph(&face, key.glyph, FT_LOAD_COLOR) != 0) return {};
  const GlyphBitmap drawn = copy_bitmap(*face.glyph);
  const double strike = static_cast<double>(face.size->metrics.y_ppem);
  const double scale = key.size / strike;
  if (!drawn.is_colour || scale > colour_scale_max) return {};
  return scaled_bitmap(drawn, scale, key.x_fraction);
}

GlyphBitmap Rasteriser::State::draw_outline(FT_FaceRec& face, const RasterKey& key) {
  if (FT_Load_Glyph(&face, key.glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return {};
  if (face.glyph->format != FT_GLYPH_FORMAT_OUTLINE) return {};
  FT_Outline_Translate(&face.glyph->outline, key.x_fraction, 0);
  if (key.grown > 0) return draw_grown(library.get(), face.glyph, key.grown);
  if (FT_Render_Glyph(face.glyph, FT_RENDER_MODE_NORMAL) != 0) return {};
  return copy_bitmap(*face.glyph);
}

Rasteriser::Rasteriser(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rasteriser::Rasteriser(Rasteriser&&) noexcept = default;
Rasteriser& Rasteriser::operator=(Rasteriser&&) noexcept = default;
Rasteriser::~Rasteriser() = default;

Result<Rasteriser> Rasteriser::open(const std::vector<Face>& faces, std::size_t cache_bytes_max) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    return fail(ErrorKind::unavailable, "FreeType does not start");
  }
  auto state = std::make_unique<State>(
      State{faces, FtLibrary(library), Recent<RasterKey, GlyphBitmap, KeyHash>(cache_bytes_max)});
  state->opened.resize(faces.size());
  return Rasteriser(std::move(state));
}

const GlyphBitmap& Rasteriser::raster(const RasterKey& key) {
  State& state = *state_;
  CHECK(key.font < state.faces.size());
  CHECK(key.size >= 1 && key.x_fraction >= 0 && key.x_fraction < 64);
  CHECK(key.grown >= 0 && key.grown <= grown_max);
  if (const GlyphBitmap* kept = state.kept.find(key)) return *kept;
  GlyphBitmap bitmap = state.draw(key);
  const std::size_t bytes = bitmap.pixels.size();
  return state.kept.put(key, std::move(bitmap), bytes);
}

void Rasteriser::forget() {
  state_->kept.clear();
  for (State::Open& open : state_->opened) open = {};
}

std::size_t Rasteriser::cache_bytes() const {
  return state_->kept.bytes();
}
std::size_t Rasteriser::cached_count() const {
  return state_->kept.count();
}

}  // namespace noseon
