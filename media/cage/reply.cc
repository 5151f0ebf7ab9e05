#include "media/cage/reply.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "media/decode_answer.h"

namespace noseon {
namespace {

// Stays in the processor's cache, and is a whole number of the memfd's pages: one that is written
// in two goes is cleared first.
constexpr std::size_t kPendingBytes = 64 * 1024;

AnswerStatus status_of(ErrorKind kind) {
  if (kind == ErrorKind::too_large) return AnswerStatus::too_large;
  if (kind == ErrorKind::disk) return AnswerStatus::unreadable;
  return AnswerStatus::bad_format;
}

}  // namespace

bool Reply::begin(Size size) {
  AnswerHeader header;
  header.magic = magic_;
  header.status = AnswerStatus::picture;
  header.width = static_cast<std::uint32_t>(size.width);
  header.height = static_cast<std::uint32_t>(size.height);
  const auto bytes = std::as_bytes(std::span(&header, 1));
  pending_.assign(bytes.begin(), bytes.end());
  return true;
}

bool Reply::write(std::span<const std::byte> bytes) {
  pending_.reserve(kPendingBytes);
  while (!bytes.empty()) {
    const std::size_t fits = std::min(bytes.size(), kPendingBytes - pending_.size());
    const auto now = bytes.first(fits);
    pending_.insert(pending_.end(), now.begin(), now.end());
    if (pending_.size() == kPendingBytes && !flush()) return false;
    bytes = bytes.subspan(fits);
  }
  return true;
}

bool Reply::flush() {
  std::span<const std::byte> left = pending_;
  while (!left.empty()) {
    const ssize_t wrote = ::write(fd_, left.data(), left.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    left = left.subspan(static_cast<std::size_t>(wrote));
  }
  pending_.clear();
  return true;
}

bool Reply::seal() {
  return flush() &&
         ::fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
}

bool Reply::refuse(const Error& error) {
  AnswerHeader header;
  header.magic = magic_;
  header.status = status_of(error.kind);
  const std::size_t length = std::min(error.message.size(), header.message.size() - 1);
  std::copy_n(error.message.begin(), length, header.message.begin());
  const auto bytes = std::as_bytes(std::span(&header, 1));
  pending_.assign(bytes.begin(), bytes.end());
  return ::ftruncate(fd_, 0) == 0 && ::lseek(fd_, 0, SEEK_SET) == 0 && seal();
}

}  // namespace noseon
