// Outlines to bitmaps, by FreeType: unhinted, 256 greys, to 1/64 px across. Bitmaps in colour are
// scaled from the size they were drawn at.
//
// Bitmaps are kept, the least recently asked for dropped first, up to a number of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "fonts/face.h"
#include "fonts/typeset.h"

namespace noseon {

struct RasterKey {
  FontIndex font = 0;
  std::uint32_t glyph = 0;
  int size = 0;        ///< pixels per em
  int x_fraction = 0;  ///< 0 to 63, in 1/64 px
  Px64 grown = 0;      ///< how far the outline reaches beyond the letter's own, 0 to 16,384
  friend bool operator==(const RasterKey&, const RasterKey&) = default;
};

/// Borrows the faces. Belongs to one thread.
class Rasteriser {
 public:
  /// unavailable where FreeType does not start.
  [[nodiscard]] static Result<Rasteriser> open(const std::vector<Face>& faces,
                                               std::size_t cache_bytes_max);
  Rasteriser(Rasteriser&&) noexcept;
  Rasteriser& operator=(Rasteriser&&) noexcept;
  ~Rasteriser();

  /// An empty bitmap for a glyph without ink and for one the font has not. Good until the next
  /// call.
  [[nodiscard]] const GlyphBitmap& raster(const RasterKey& key);

  /// Lets go of every bitmap and of what drawing them takes, which is much of a large font: what is
  /// asked for later is drawn anew.
  void forget();

  /// What the kept bitmaps take, with what it takes to keep them.
  [[nodiscard]] std::size_t cache_bytes() const;
  [[nodiscard]] std::size_t cached_count() const;

 private:
  struct State;
  explicit Rasteriser(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace noseon
