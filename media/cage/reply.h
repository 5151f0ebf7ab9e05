// The child's side of the memfd: writes the answer and seals it (media/decode_answer.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace noseon {

/// One reply: either begin(), every byte by write() or room() and wrote(), seal(), or refuse() at
/// any moment before seal(). False where the kernel refuses; then there is nothing left to say, and
/// the exit status says it.
class Reply {
 public:
  /// `magic` says whose answer it is.
  Reply(int fd, std::uint64_t magic) : fd_(fd), magic_(magic) {}
  [[nodiscard]] bool begin(Size size);
  [[nodiscard]] bool write(std::span<const std::byte> bytes);
  /// Where the next `bytes` belong, for who can make them there; what is in it is not said. Lives
  /// until the next call.
  [[nodiscard]] std::span<std::byte> room(std::size_t bytes);
  /// So many of the last room() are made. REQUIRES: not more than it had.
  [[nodiscard]] bool wrote(std::size_t bytes);
  [[nodiscard]] bool seal();
  /// Takes back what was written, says why, and seals.
  [[nodiscard]] bool refuse(const Error& error);

 private:
  void put(std::span<const std::byte> bytes);
  [[nodiscard]] bool send(std::size_t bytes);

  int fd_;
  std::uint64_t magic_;
  std::vector<std::byte> pending_;
  std::size_t count_ = 0;  // of pending_, what is to be sent
};

}  // namespace noseon
