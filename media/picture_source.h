// A poster's file to pixels, whatever file it is: the one way that everything showing a poster
// goes, so that what the desk sees is what a bus shows.
//
// An original goes through noseon-prepare and then noseon-decode, as it will when it is published.
// A file that is prepared already (preparing is idempotent) goes to noseon-decode as it is, so a
// folder of prepared posters never starts noseon-prepare. Who looks at a screen while an original
// is prepared may have a draft of it by noseon-draft meanwhile.
#pragma once

#include <optional>

#include "base/result.h"
#include "media/decoder.h"
#include "media/drafter.h"
#include "media/expected_bytes.h"
#include "media/picture.h"
#include "media/prepared_cache.h"
#include "media/preparer.h"

namespace noseon {

/// Whether something rough will do while the picture itself is made.
enum class Drafts { none, allowed };

struct LoadedPicture {
  PicturePtr picture;
  bool is_draft = false;  ///< of the picture's size and colours; load() gives the picture itself
};

/// Thread-safe; load() blocks its thread.
class PictureSource {
 public:
  PictureSource(Decoder decoder, Preparer preparer, Drafter drafter, PreparedCache cache);

  /// Errors: as Decoder::decode(), of either program. The message names the file.
  [[nodiscard]] Result<PicturePtr> load(const DecodeRequest& request) const;
  /// The same; or, where drafts are allowed, a draft of an original that would have to be prepared
  /// first, if one can be had. Nothing of a draft is kept, and what keeps it from being made is no
  /// error.
  [[nodiscard]] Result<LoadedPicture> load(const DecodeRequest& request, Drafts drafts) const;
  /// The very file that load() gives to noseon-decode, for publishing it. Errors: those of
  /// Preparer::prepare(); the message names the file.
  [[nodiscard]] Result<PictureBytes> prepared_file(const DecodeRequest& request) const;
  /// Of a published picture: its bytes are hashed in the sealed copy that is then decoded, and
  /// nothing but noseon-decode is started. Errors: also signature, where it is not what was signed
  /// (PictureBytes::read_expected()).
  [[nodiscard]] Result<PicturePtr> load_published(const DecodeRequest& request,
                                                  const ExpectedBytes& expected) const;

 private:
  [[nodiscard]] Result<LoadedPicture> load_unnamed(const DecodeRequest& request,
                                                   Drafts drafts) const;
  [[nodiscard]] Result<LoadedPicture> load_original(const PictureBytes& original,
                                                    const DecodeRequest& request,
                                                    Drafts drafts) const;
  [[nodiscard]] Result<LoadedPicture> decoded(const PictureBytes& file,
                                              const DecodeRequest& request) const;
  [[nodiscard]] Result<PictureBytes> prepared_unnamed(const DecodeRequest& request) const;
  [[nodiscard]] Result<std::optional<PictureBytes>> kept(const Sha256& key,
                                                         const DecodeRequest& request) const;
  [[nodiscard]] Result<PictureBytes> prepare(const PictureBytes& original, const Sha256& key,
                                             const DecodeRequest& request) const;

  Decoder decoder_;
  Preparer preparer_;
  Drafter drafter_;
  PreparedCache cache_;
};

/// With the programs beside the running one and the user's cache.
[[nodiscard]] PictureSource make_picture_source();

}  // namespace noseon
