#include "tests/bench/peers/posters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "tests/bench/peers/jpeg.h"
#include "tests/bench/peers/reference.h"
#if __has_include("media/preparer.h")
#include "media/preparer.h"
#endif

namespace noseon::peers {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kSeed = 20260225;
constexpr Size kHd{1920, 1080};
constexpr Size kPrint{6000, 4000};
constexpr int kQuality = 90;                           // as cameras and drawing programs save
[[maybe_unused]] constexpr int kPreparedQuality = 97;  // without loss that anybody could see

// A hash of a lattice point, 0 to 1: MurmurHash3's finaliser.
float hashed(std::uint32_t x, std::uint32_t y, std::uint32_t seed) {
  std::uint32_t h = x * 0x9E3779B1U ^ y * 0x85EBCA77U ^ seed;
  h = (h ^ h >> 16U) * 0x85EBCA6BU;
  h = (h ^ h >> 13U) * 0xC2B2AE35U;
  return static_cast<float>((h ^ h >> 16U) >> 8U) / 16777216.0F;
}

// Adds one octave of value noise to a row: a lattice of random values, smoothed between.
void add_noise(std::vector<float>& row, int y, int cell, float strength, std::uint32_t seed) {
  const auto line = static_cast<std::uint32_t>(y / cell);
  const float down = static_cast<float>(y % cell) / static_cast<float>(cell);
  const float eased_down = down * down * (3 - 2 * down);
  const auto at = [&](std::uint32_t column) {
    const float above = hashed(column, line, seed);
    return above + (hashed(column, line + 1, seed) - above) * eased_down;
  };
  std::uint32_t column = 0;
  float left = at(0);
  for (std::size_t begin = 0; begin < row.size(); begin += static_cast<std::size_t>(cell)) {
    const float right = at(++column);
    const std::size_t end = std::min(row.size(), begin + static_cast<std::size_t>(cell));
    for (std::size_t x = begin; x < end; ++x) {
      const float across = static_cast<float>(x - begin) / static_cast<float>(cell);
      row[x] += strength * (left + (right - left) * across * across * (3 - 2 * across) - 0.5F);
    }
    left = right;
  }
}

// Is there ink: lines of made-up letters, each a random pattern of 5 x 7 cells, in a band of the
// poster; large ones above, small ones below.
bool has_ink(int x, int y, Size size, std::uint32_t seed) {
  const int unit = size.width / 600;
  const int top = size.height * 6 / 10;
  const int middle = size.height * 3 / 4;
  const int bottom = size.height * 88 / 100;
  if (y < top || y >= bottom || x < size.width / 8 || x >= size.width * 7 / 8) return false;
  const int cell = y < middle ? unit * 3 : unit;
  const int from = y < middle ? top : middle;
  const int column = x / cell, line = (y - from) / cell;
  if (column % 7 >= 5 || line % 10 >= 7) return false;
  return hashed(static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(line + from), seed) >
         0.5F;
}

std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
}

// Photo-like: noise whose strength falls with its frequency, in brightness and, softer, in two
// colours; fine grain; letters; the code's blocks.
class Painter {
 public:
  Painter(Size size, int code)
      : size_(size),
        code_(color_of(code)),
        seed_(kSeed + static_cast<std::uint32_t>(code) * 977U),
        places_(places_in({0, 0, size.width, size.height})),
        bright_(static_cast<std::size_t>(size.width)),
        warm_(bright_.size()),
        green_(bright_.size()) {}

  void fill(int y, std::uint8_t* row) {
    std::fill(bright_.begin(), bright_.end(), 128.0F);
    std::fill(warm_.begin(), warm_.end(), 0.0F);
    std::fill(green_.begin(), green_.end(), 0.0F);
    float strength = 120;
    std::uint32_t octave = 0;
    for (int cell = size_.width / 4; cell >= 2; cell /= 2, strength *= 0.62F)
      add_noise(bright_, y, cell, strength, seed_ + ++octave);
    add_noise(bright_, y, 1, 16, seed_ + 99);
    for (const int part : {3, 11, 40}) {
      add_noise(warm_, y, size_.width / part, 60, seed_ + 200U + static_cast<unsigned>(part));
      add_noise(green_, y, size_.width / part, 40, seed_ + 300U + static_cast<unsigned>(part));
    }
    for (int x = 0; x < size_.width; ++x, row += 3) {
      const auto i = static_cast<std::size_t>(x);
      float light = bright_[i];
      if (has_ink(x, y, size_, seed_)) light = 244;
      row[0] = to_byte(light + warm_[i]);
      row[1] = to_byte(light + green_[i]);
      row[2] = to_byte(light - warm_[i]);
    }
    row -= static_cast<std::ptrdiff_t>(size_.width) * 3;
    fill_blocks(y, row);
  }

 private:
  void fill_blocks(int y, std::uint8_t* row) const {
    const int half = block_side(size_.width) / 2;
    for (const Point place : places_) {
      if (std::abs(y - place.y) > half) continue;
      for (int x = place.x - half; x <= place.x + half; ++x) {
        std::uint8_t* const pixel = row + static_cast<std::ptrdiff_t>(x) * 3;
        pixel[0] = code_.red;
        pixel[1] = code_.green;
        pixel[2] = code_.blue;
      }
    }
  }

  Size size_;
  Color code_;
  std::uint32_t seed_;
  std::array<Point, kPlaces> places_;
  std::vector<float> bright_, warm_, green_;
};

// The file of that stem, where it was made before.
std::optional<fs::path> made_before(const fs::path& stem) {
  for (const char* extension : {".jpg", ".png"}) {
    fs::path file = stem;
    file += extension;
    std::error_code error;
    if (fs::exists(file, error)) return file;
  }
  return std::nullopt;
}

using Make = std::function<Result<fs::path>(int code, const fs::path& stem)>;

Result<PosterSet> make_set(const fs::path& folder, Size size, const Say& say, const Make& make) {
  std::error_code error;
  fs::create_directories(folder, error);
  PosterSet set{size, {}};
  for (int code = 0; code < kPosters; ++code) {
    const fs::path stem = folder / fmt::format("poster-{:02}", code);
    if (auto file = made_before(stem)) {
      set.files.push_back(*std::move(file));
      continue;
    }
    say(fmt::format("making {}", stem.string()));
    ASSIGN_OR_RETURN(fs::path file, make(code, stem));
    set.files.push_back(std::move(file));
  }
  return set;
}

Make painting(Size size) {
  return [size](int code, const fs::path& stem) -> Result<fs::path> {
    Painter painter(size, code);
    fs::path file = stem;
    file += ".jpg";
    TRY(write_jpeg(file, size, kQuality, Chroma::halved,
                   [&](int y, std::uint8_t* row) { painter.fill(y, row); }));
    return file;
  };
}

}  // namespace

#if __has_include("media/preparer.h")

Result<fs::path> prepare_poster(const fs::path& original, const fs::path& prepared) {
  const Preparer preparer(find_prepare_program());
  ASSIGN_OR_RETURN(const PreparedFile made, preparer.prepare({original, kGlass, Fit::fit, {}}));
  fs::path file = prepared;
  file += made.format == PictureFormat::png ? ".png" : ".jpg";
  const std::string_view bytes = made.file.bytes();
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) return fail(ErrorKind::disk, file.string() + " cannot be written");
  return file;
}

std::string preparer_in_words() {
  return fmt::format("noseon-prepare, recipe {}", kPrepareRecipe);
}

std::string preparer_in_a_name() {
  return fmt::format("prepare-{}", kPrepareRecipe);
}

#else

Result<fs::path> prepare_poster(const fs::path& original, const fs::path& prepared) {
  ASSIGN_OR_RETURN(const RgbPicture picture, read_jpeg(original));
  const Rect place = fitted_in(picture.size, kGlass);
  const Reference small = scaled(picture, {place.width, place.height});
  fs::path file = prepared;
  file += ".jpg";
  const std::size_t length = static_cast<std::size_t>(small.size.width) * 3;
  TRY(write_jpeg(file, small.size, kPreparedQuality, Chroma::full, [&](int y, std::uint8_t* row) {
    const float* value = small.values.data() + static_cast<std::size_t>(y) * length;
    for (std::size_t i = 0; i < length; ++i) row[i] = to_byte(value[i] + 0.5F);
  }));
  return file;
}

std::string preparer_in_words() {
  return fmt::format(
      "the bench itself: linear-light Lanczos-3, JPEG quality {} without subsampling",
      kPreparedQuality);
}

std::string preparer_in_a_name() {
  return "prepared";
}

#endif

Result<Posters> make_posters(const fs::path& folder, const Say& say) {
  // The name says what is inside: another seed or painter needs another name.
  const fs::path own = folder / fmt::format("v3-{}", kSeed);
  Posters posters;
  ASSIGN_OR_RETURN(posters.hd, make_set(own / "hd", kHd, say, painting(kHd)));
  ASSIGN_OR_RETURN(posters.print, make_set(own / "print", kPrint, say, painting(kPrint)));
  const Rect place = posters.print.place();
  const Make preparing = [&](int code, const fs::path& stem) {
    return prepare_poster(posters.print.files[static_cast<std::size_t>(code)], stem);
  };
  ASSIGN_OR_RETURN(posters.prepared, make_set(own / preparer_in_a_name(),
                                              {place.width, place.height}, say, preparing));
  posters.prepared_by = preparer_in_words();
  return posters;
}

}  // namespace noseon::peers
