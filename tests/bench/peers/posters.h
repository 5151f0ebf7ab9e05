// The posters that every program is given: made from a seed, the same on every machine, kept from
// run to run beside the build.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "tests/bench/peers/code.h"

namespace noseon::peers {

inline constexpr Size kGlass{1920, 1080};

/// kPosters JPEG files of one size, poster k with code k, in order.
struct PosterSet {
  Size size;
  std::vector<std::filesystem::path> files;
  [[nodiscard]] Rect place() const { return fitted_in(size, kGlass); }
};

struct Posters {
  PosterSet hd;        ///< 1920 x 1080
  PosterSet print;     ///< 6000 x 4000
  PosterSet prepared;  ///< `print` as published: at the size they have on the glass
  std::string prepared_by;
};

using Say = std::function<void(const std::string&)>;

/// Makes what is not there yet. Errors: disk.
[[nodiscard]] Result<Posters> make_posters(const std::filesystem::path& folder, const Say& say);

/// What publishing does to a poster: noseon-prepare, in a tree that has it; else the bench itself.
/// `prepared` has no extension yet; the file as it was written is the answer.
[[nodiscard]] Result<std::filesystem::path> prepare_poster(const std::filesystem::path& original,
                                                           const std::filesystem::path& prepared);
/// Who did it, in words; and in a name for folders.
[[nodiscard]] std::string preparer_in_words();
[[nodiscard]] std::string preparer_in_a_name();

}  // namespace noseon::peers
