// The rows of a JPEG file by libjpeg, decoded smaller where that is asked for. For a process that
// reads one picture and ends: what libjpeg complains of ends it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/geometry.h"
#include "media/facts.h"

namespace noseon {

/// One for the process. It reads the picture's descriptor.
class JpegRows {
 public:
  /// Answers with libjpeg's words and does not return: libjpeg has no way back from an error.
  using Refuse = std::function<void(std::string_view why)>;

  /// Decoded at 1/`shrink` by DCT: 1, 2, 4 or 8. `refuse` is called, now or later, for data that is
  /// damaged in any way, for four inks, and for a picture of another size than `facts` says.
  JpegRows(const PictureFacts& facts, int shrink, Refuse refuse);
  ~JpegRows();
  JpegRows(const JpegRows&) = delete;
  JpegRows& operator=(const JpegRows&) = delete;

  /// Of the rows: the picture's, shrunk and rounded up.
  [[nodiscard]] Size size() const;
  /// The next row as BGRX (media/picture.h), until the next call. REQUIRES: there is one.
  [[nodiscard]] std::span<const std::uint32_t> next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
