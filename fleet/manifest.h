// The manifest of a published campaign: the target `<agency>/campaign-<id>.json`. Strict JSON,
// signed as bytes. It holds the compiled campaign (playlist/compiled.h), and for each picture which
// blob shows it on which display. Pure. The page manifest.md describes it with an example.
//
// A manifest has one edition, or two while a new one is tried on part of the fleet: a display plays
// the first whose `share` admits it (SHA-256(salt ":" display id) as for items), and the last one
// admits all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/appearance.h"
#include "base/geometry.h"
#include "base/result.h"
#include "base/sha256.h"
#include "playlist/display.h"
#include "playlist/parse.h"

namespace noseon {

inline constexpr std::string_view kManifestFormat = "noseon.manifest/1";
inline constexpr std::size_t kManifestBytesMax = 20U << 20U;
inline constexpr std::size_t kPicturesMax = 20'000;  ///< in one edition

/// One prepared picture: the blob that shows `written` where a display asks for it in `box`.
struct ManifestPicture {
  std::string written;  ///< as the campaign names it, "posters/a.png"
  Size box;             ///< what it was prepared for, with `fit` on `background`
  Fit fit = Fit::fit;
  Color background;
  std::string target;  ///< "<agency>/<16 hexadecimal of the hash>.<name>"
  Sha256 sha256{};
  std::uint64_t bytes = 0;
  std::string type;  ///< "image/png", "image/jpeg", "image/webp"
  Size size;         ///< of the picture, pixels
  friend bool operator==(const ManifestPicture&, const ManifestPicture&) = default;
};

struct ManifestEdition {
  std::int64_t release = 1;  ///< counts up with each publish of the campaign
  Instant published;
  int share = 10'000;    ///< in ten-thousandths
  std::string salt;      ///< not empty where share is under 10,000
  std::string compiled;  ///< noseon.compiled/1, as bytes
  std::vector<ManifestPicture> pictures;
};

struct Manifest {
  std::string agency;
  std::string campaign;
  std::vector<std::string> needs;         ///< features that a display must have; of format 1: none
  std::vector<ManifestEdition> editions;  ///< one or two, the newest first
};

[[nodiscard]] std::string write_manifest(const Manifest& manifest);
/// bad_format with the place; too_large; unavailable where `needs` or the format asks for what this
/// version does not know.
[[nodiscard]] Result<Manifest> read_manifest(std::string_view json);

/// The edition that a display plays.
[[nodiscard]] const ManifestEdition& edition_for(const Manifest& manifest,
                                                 const DisplayId& display);

/// Of the pictures for `written` the one for a request: the same box, fit and background; else of
/// the same `written` the one whose aspect is nearest to the box's and, of those, the smallest that
/// covers the box, else the largest. Null where there is none.
[[nodiscard]] const ManifestPicture* picture_for(const std::vector<ManifestPicture>& pictures,
                                                 std::string_view written, Size box, Fit fit,
                                                 Color background);

/// "khojaly/campaign-spring.json"; and whether a path is one.
[[nodiscard]] std::string manifest_target(std::string_view agency, std::string_view campaign);
[[nodiscard]] bool is_manifest_target(std::string_view path);

}  // namespace noseon
