// Posters from files, decoded in a process that owns nothing.
//
// Each picture gets a noseon-decode of its own: one read-only descriptor in, one memfd out, no
// environment, rlimits, a deadline. It scales in linear light to the size asked for, seals the
// memfd and exits; only then is the result looked at, and every field of it is checked again. A
// hostile picture can at most kill that one process.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/appearance.h"
#include "base/geometry.h"
#include "base/handle.h"
#include "base/result.h"
#include "media/picture.h"

namespace noseon {

struct DecodeRequest {
  std::filesystem::path file;
  Size box;            ///< pixels of the display it is for; each side 1 to kPictureSideMax
  Fit fit = Fit::fit;  ///< with Fit::fit the picture may be smaller than the box on one side
  Color background;    ///< under transparent pixels
};

/// Thread-safe; decode() blocks its thread until the picture is there or the deadline passed.
class Decoder {
 public:
  /// `program` is noseon-decode. Nothing is started here.
  explicit Decoder(std::filesystem::path program,
                   std::chrono::milliseconds deadline = std::chrono::seconds{5});

  /// Errors: not_found, denied, too_large, bad_format (the picture's fault), crashed or out_of_time
  /// (the decoder died or was killed: may be tried again), unavailable (noseon-decode cannot
  /// start).
  [[nodiscard]] Result<PicturePtr> decode(const DecodeRequest& request) const;
  /// Of a file already open; `request.file` is not looked at, and messages do not name it.
  [[nodiscard]] Result<PicturePtr> decode(const Fd& file, const DecodeRequest& request) const;

 private:
  std::filesystem::path program_;
  std::chrono::milliseconds deadline_;
};

/// noseon-decode beside the running program, or where NOSEON_DECODE points.
[[nodiscard]] std::filesystem::path find_decode_program();

}  // namespace noseon
