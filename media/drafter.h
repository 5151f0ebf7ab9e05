// A quick look at an original poster, while noseon-prepare makes what is really shown: the right
// size, way up and colours, but not the right pixels. For a person at a desk; never for a bus.
//
// Each has a noseon-draft of its own, in the same cage as noseon-decode; what it gives is pixels in
// a sealed memfd, checked field by field. Private to media/.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/result.h"
#include "base/time.h"
#include "media/child.h"
#include "media/decoder.h"
#include "media/facts.h"
#include "media/picture.h"
#include "media/picture_bytes.h"

namespace noseon {

/// A noseon-draft at work. Destroyed before it is done, it is killed. Movable, not copyable.
class Drafting {
 public:
  /// Blocks until the draft is there or the deadline passed. Once. Errors: as Decoder::decode().
  [[nodiscard]] Result<PicturePtr> finish();

 private:
  friend class Drafter;
  Drafting(Child child, Fd answer, Size size, Steady deadline)
      : child_(std::move(child)), answer_(std::move(answer)), size_(size), deadline_(deadline) {}

  Child child_;
  Fd answer_;
  Size size_;
  Steady deadline_;
};

/// Thread-safe.
class Drafter {
 public:
  /// `program` is noseon-draft. A draft that takes longer than `deadline` is none.
  explicit Drafter(std::filesystem::path program,
                   std::chrono::milliseconds deadline = std::chrono::seconds{2});

  /// Whether there can be one: of JPEG files without a profile or four inks, as the colours of
  /// others would be wrong, that are made smaller.
  [[nodiscard]] static bool can_draft(const PictureFacts& facts, const DecodeRequest& request);

  /// The draft will have the size that Decoder::decode() gives a prepared file for this request.
  /// REQUIRES: can_draft(); `original` outlives the draft. Errors: unavailable.
  [[nodiscard]] Result<Drafting> start(const PictureBytes& original, const PictureFacts& facts,
                                       const DecodeRequest& request) const;

 private:
  std::filesystem::path program_;
  std::chrono::milliseconds deadline_;
};

/// noseon-draft beside the running program, or where NOSEON_DRAFT points.
[[nodiscard]] std::filesystem::path find_draft_program();

}  // namespace noseon
