// Original posters, of any size and kind of colours, to pictures as displays decode them: the bus
// never sees an original.
//
// Each original gets a noseon-prepare of its own, in the same cage as noseon-decode: one descriptor
// in, one memfd out, rlimits, seccomp, Landlock, a deadline. What comes back is a picture file,
// which is sniffed again before anybody sees it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "media/decoder.h"
#include "media/picture_bytes.h"
#include "media/sniff.h"

namespace noseon {

/// Goes into the name of everything that is kept of noseon-prepare's work: raised whenever the same
/// original would give other bytes.
inline constexpr int kPrepareRecipe = 3;

/// A file that noseon-decode takes: PNG or JPEG, 8 bits, grey or RGB, sRGB, upright, opaque,
/// without metadata. As large as Fit makes the original in the box, but never larger than the
/// original.
struct PreparedFile {
  PictureBytes file;
  PictureFormat format = PictureFormat::png;
  Size size;
};

/// Thread-safe; prepare() blocks its thread until the file is there or the deadline passed.
class Preparer {
 public:
  /// `program` is noseon-prepare. Nothing is started here. A print poster takes a fraction of a
  /// second; the deadline is for 200 megapixels on a slow machine that is busy. How many `threads`
  /// read does not change a byte of what is made, but with two or more libvips 8.14 forgets, one
  /// time in twenty, that a strip could not be read. The filter has a thread of its own besides.
  explicit Preparer(std::filesystem::path program,
                    std::chrono::milliseconds deadline = std::chrono::seconds{120},
                    int threads = 1);

  /// The same request, of the same bytes, gives the same bytes on every machine with these
  /// libraries. Errors: those of Decoder::decode(), of noseon-prepare.
  [[nodiscard]] Result<PreparedFile> prepare(const DecodeRequest& request) const;
  /// Of bytes already read; `request.file` is not looked at. Messages do not name it.
  [[nodiscard]] Result<PreparedFile> prepare(const PictureBytes& original,
                                             const DecodeRequest& request) const;

 private:
  std::filesystem::path program_;
  std::chrono::milliseconds deadline_;
  int threads_;
};

/// Whether preparing would change nothing that is seen: the file is within noseon-decode's caps,
/// plain (no alpha, ICC profile, foreign gamma, CMYK, more than 8 bits), upright, and no larger
/// than the box has use for. What prepare() makes always is, for the same request.
[[nodiscard]] bool is_prepared(std::string_view file, const DecodeRequest& request);

/// noseon-prepare beside the running program, or where NOSEON_PREPARE points.
[[nodiscard]] std::filesystem::path find_prepare_program();

}  // namespace noseon
