// Writes the answer into the memfd and seals it (media/decode_answer.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace noseon {

/// One reply: either begin(), every row, seal(), or refuse() at any moment before seal(). False
/// where the kernel refuses; then there is nothing left to say, and the exit status says it.
class Reply {
 public:
  explicit Reply(int fd) : fd_(fd) {}
  [[nodiscard]] bool begin(Size size);
  [[nodiscard]] bool write_row(std::span<const std::uint32_t> row);
  [[nodiscard]] bool seal();
  /// Takes back what was written, says why, and seals.
  [[nodiscard]] bool refuse(const Error& error);

 private:
  [[nodiscard]] bool flush();

  int fd_;
  std::vector<std::byte> pending_;
};

}  // namespace noseon
