// The manifest of a published campaign: the target `<agency>/campaign-<id>.json`. Strict JSON,
// signed as bytes. It holds the compiled campaign (playlist/compiled.h), and for each picture which
// blob shows it on which display. Pure. The page manifest.md describes it with an example.
//
// A manifest has one edition, or two while a new one is tried on part of the fleet: a display plays
// the first whose `share` admits it (SHA-256(salt ":" display id) as for items), and the last one
// admits all.
//
// Reading believes nothing: bytes, depth, counts and every value are capped before use, a name that
// is unknown, missing or stands twice is an error. What is written here is always read back equal.
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
inline constexpr std::size_t kPicturesMax = 20'000;      ///< in one edition
inline constexpr std::size_t kPictureDisplaysMax = 100;  ///< composed sizes of one picture
inline constexpr int kManifestSideMax = 8192;            ///< of a box, a picture, a display: pixels
inline constexpr std::uint64_t kManifestPictureBytesMax = 64ULL << 20U;
inline constexpr std::int64_t kReleaseMax = 1'000'000'000;
inline constexpr int kShareWhole = 10'000;  ///< all displays

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
  /// The composed sizes (Display::composed_size()) of the profiles it was prepared for; at least
  /// one, in order of width and height, without duplicates.
  std::vector<Size> displays{};
  friend bool operator==(const ManifestPicture&, const ManifestPicture&) = default;
};

struct ManifestEdition {
  std::int64_t release = 1;  ///< counts up with each publish of the campaign
  Instant published;         ///< whole seconds
  int share = kShareWhole;   ///< in ten-thousandths, 1 or more; of the last edition all
  std::string salt;          ///< not empty where share is under 10,000
  std::string compiled;      ///< noseon.compiled/1, as bytes
  std::vector<ManifestPicture> pictures;
  friend bool operator==(const ManifestEdition&, const ManifestEdition&) = default;
};

struct Manifest {
  std::string agency;
  std::string campaign;
  std::vector<std::string> needs;         ///< features that a display must have; of format 1: none
  std::vector<ManifestEdition> editions;  ///< one or two, the newest first
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// One line of JSON, always the same bytes for the same manifest. Errors: those that reading it
/// back has, so that nothing is published that no display takes.
[[nodiscard]] Result<std::string> write_manifest(const Manifest& manifest);
/// bad_format with the place; too_large; unavailable where `needs` or the format asks for what this
/// version does not know. That `compiled` is a campaign is read_compiled()'s to say.
[[nodiscard]] Result<Manifest> read_manifest(std::string_view json);

/// The edition that a display plays.
[[nodiscard]] const ManifestEdition& edition_for(const Manifest& manifest,
                                                 const DisplayId& display);

/// The pictures that a display of that composed size uses: those prepared for it; where no profile
/// has its size, those of the profile whose aspect is nearest, of these the smallest that covers
/// it, else the largest. In the edition's order. What noseon-sync fetches and the player draws
/// from.
[[nodiscard]] std::vector<ManifestPicture> pictures_of(const ManifestEdition& edition,
                                                       Size composed_size);

/// Of the pictures for `written` the one for a request: the same box, fit and background; else of
/// the same `written` those with that fit, of these those on that background (where there are any),
/// of these the one whose aspect is nearest to the box's and, of those, the smallest that covers
/// the box, else the largest. Null where there is none.
[[nodiscard]] const ManifestPicture* picture_for(const std::vector<ManifestPicture>& pictures,
                                                 std::string_view written, Size box, Fit fit,
                                                 Color background);

/// Who may sign campaigns, and the folder of what they sign: 1 to 40 lower-case letters, digits and
/// '-', not beginning with '-', not digits alone, and not the name of a top-level role of TUF.
[[nodiscard]] bool is_agency_name(std::string_view text);

/// "khojaly/campaign-spring.json"; and whether a path is one, of an agency and a campaign id that
/// may be.
[[nodiscard]] std::string manifest_target(std::string_view agency, std::string_view campaign);
[[nodiscard]] bool is_manifest_target(std::string_view path);

}  // namespace noseon
