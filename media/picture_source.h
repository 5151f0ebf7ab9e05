// A poster's file to pixels, whatever file it is: the one way that everything showing a poster
// goes, so that what the desk sees is what a bus shows.
//
// An original goes through noseon-prepare and then noseon-decode, as it will when it is published.
// A file that is prepared already (preparing is idempotent) goes to noseon-decode as it is, so a
// folder of prepared posters never starts noseon-prepare.
#pragma once

#include <optional>

#include "base/result.h"
#include "media/decoder.h"
#include "media/expected_bytes.h"
#include "media/picture.h"
#include "media/prepared_cache.h"
#include "media/preparer.h"

namespace noseon {

/// Thread-safe; load() blocks its thread.
class PictureSource {
 public:
  PictureSource(Decoder decoder, Preparer preparer, PreparedCache cache);

  /// Errors: as Decoder::decode(), of either program. The message names the file.
  [[nodiscard]] Result<PicturePtr> load(const DecodeRequest& request) const;
  /// The very file that load() gives to noseon-decode, for publishing it. Errors: those of
  /// Preparer::prepare(); the message names the file.
  [[nodiscard]] Result<PictureBytes> prepared_file(const DecodeRequest& request) const;
  /// Of a published picture: its bytes are hashed in the sealed copy that is then decoded, and
  /// nothing but noseon-decode is started. Errors: also signature, where it is not what was signed
  /// (PictureBytes::read_expected()).
  [[nodiscard]] Result<PicturePtr> load_published(const DecodeRequest& request,
                                                  const ExpectedBytes& expected) const;

 private:
  [[nodiscard]] Result<PicturePtr> load_unnamed(const DecodeRequest& request) const;
  [[nodiscard]] Result<PictureBytes> ready(const DecodeRequest& request) const;
  [[nodiscard]] Result<PictureBytes> prepared(const PictureBytes& original,
                                              const DecodeRequest& request) const;

  Decoder decoder_;
  Preparer preparer_;
  PreparedCache cache_;
};

/// With the programs beside the running one and the user's cache.
[[nodiscard]] PictureSource make_picture_source();

}  // namespace noseon
