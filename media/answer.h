// The parent's side of the memfd: nothing in it is believed before it was checked. Private to
// media/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/geometry.h"
#include "base/handle.h"
#include "base/result.h"
#include "media/picture.h"

namespace noseon {

/// An empty memfd that may be sealed; the start of `name` is seen in /proc alone. unavailable where
/// the kernel refuses.
[[nodiscard]] Result<Fd> make_answer_file(const std::string& name = "noseon-picture");

/// The picture in a sealed answer, which keeps the memory mapped and copies nothing. `box` is the
/// size that was asked for: the picture must be inside of it. Errors: what the decoder said of the
/// file, or crashed, where the answer is not one that noseon-decode gives.
[[nodiscard]] Result<PicturePtr> read_answer(const Fd& file, Size box);

/// The same of noseon-draft, whose picture must be of exactly that size.
[[nodiscard]] Result<PicturePtr> read_draft_answer(const Fd& file, Size size);

/// The picture file in a sealed answer of noseon-prepare, mapped and not yet looked at: up to
/// kPreparedLimits.bytes_max. Errors likewise.
class AnswerBytes {
 public:
  AnswerBytes(void* memory, std::size_t bytes, Size size)
      : memory_(memory), bytes_(bytes), size_(size) {}
  AnswerBytes(AnswerBytes&& other) noexcept
      : memory_(std::exchange(other.memory_, nullptr)), bytes_(other.bytes_), size_(other.size_) {}
  AnswerBytes& operator=(AnswerBytes&&) = delete;
  AnswerBytes(const AnswerBytes&) = delete;
  AnswerBytes& operator=(const AnswerBytes&) = delete;
  ~AnswerBytes();
  [[nodiscard]] std::string_view bytes() const;
  /// What the answer says; the file may say otherwise.
  [[nodiscard]] Size size() const { return size_; }

 private:
  void* memory_;
  std::size_t bytes_;
  Size size_;
};
[[nodiscard]] Result<AnswerBytes> read_prepared_answer(const Fd& file);

/// How the parent speaks of the three programs.
[[nodiscard]] const char* decoder_name();
[[nodiscard]] const char* preparer_name();
[[nodiscard]] const char* drafter_name();

}  // namespace noseon
