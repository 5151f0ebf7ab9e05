// The vocabulary of these tests: a manifest as publishing writes it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fleet/manifest.h"

namespace noseon::testing {

inline constexpr Size kFront{1920, 1080};
inline constexpr Size kBar{1920, 540};

/// A picture of posters/a.png whose bytes are `bytes`, prepared for displays of one composed size.
inline ManifestPicture picture(const std::string& bytes, Size box, std::vector<Size> displays,
                               const std::string& written = "posters/a.png") {
  ManifestPicture picture;
  picture.written = written;
  picture.box = box;
  picture.background = Color{0x10, 0x14, 0x18};
  picture.sha256 = sha256(bytes);
  picture.target = "city/" + to_hex(picture.sha256).substr(0, 16) + ".a.png";
  picture.bytes = bytes.size();
  picture.type = "image/png";
  picture.size = box;
  picture.displays = std::move(displays);
  return picture;
}

inline ManifestEdition edition(std::int64_t release) {
  ManifestEdition edition;
  edition.release = release;
  edition.published = *parse_rfc3339("2027-02-01T09:00:00Z") + std::chrono::minutes{release};
  edition.compiled = R"({"format":"noseon.compiled/1","id":"spring"})";
  edition.pictures = {picture("front", kFront, {kFront}), picture("bar", kBar, {kBar})};
  return edition;
}

inline Manifest spring_manifest() {
  Manifest manifest;
  manifest.agency = "city";
  manifest.campaign = "spring";
  manifest.editions = {edition(3)};
  return manifest;
}

/// Release 3 for a quarter of the displays, release 2 for the others.
inline Manifest tried_manifest() {
  Manifest manifest = spring_manifest();
  manifest.editions.push_back(edition(2));
  manifest.editions.front().share = 2'500;
  manifest.editions.front().salt = "spring-3";
  return manifest;
}

}  // namespace noseon::testing
