// The pictures of a campaign, made ready for every kind of display in use.
#pragma once

#include <filesystem>
#include <vector>

#include "fleet/manifest.h"
#include "media/picture_source.h"
#include "player/picture_requests.h"
#include "staff/site.h"

namespace noseon {

/// One picture and how to have its bytes again: they stay on disk, as there may be many.
struct ReadyPicture {
  ManifestPicture picture;  ///< without its target
  DecodeRequest request;
  std::string name;  ///< "remember.png": for the target
};

/// What displays of all these profiles ask for, each request once, prepared as a bus shows it.
/// Progress on a terminal. Errors: those of PictureSource::prepared_file(), with the campaign.
[[nodiscard]] Result<std::vector<ReadyPicture>> prepare_pictures(
    const Campaign& campaign, const std::vector<DisplayProfile>& profiles,
    const PictureSource& source);

/// The bytes once more. bad_format where the file was changed in between.
[[nodiscard]] Result<std::string> bytes_of(const ReadyPicture& picture,
                                           const PictureSource& source);

/// A file's name as it may stand in a target: ASCII letters, digits, '-' and '_', and the ending of
/// its type; "picture.png" where nothing is left of it.
[[nodiscard]] std::string target_name(const std::string& written, PictureFormat format);

}  // namespace noseon
