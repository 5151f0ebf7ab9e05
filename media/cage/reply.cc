#include "media/cage/reply.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"
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
  put(std::as_bytes(std::span(&header, 1)));
  return true;
}

// Behind what is to be sent.
void Reply::put(std::span<const std::byte> bytes) {
  std::copy(bytes.begin(), bytes.end(), room(bytes.size()).begin());
  count_ += bytes.size();
}

bool Reply::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::size_t fits = std::min(bytes.size(), kPendingBytes - count_);
    put(bytes.first(fits));
    if (count_ == kPendingBytes && !send(count_)) return false;
    bytes = bytes.subspan(fits);
  }
  return true;
}

std::span<std::byte> Reply::room(std::size_t bytes) {
  pending_.resize(std::max({pending_.size(), count_ + bytes, kPendingBytes}));
  return std::span(pending_).subspan(count_, bytes);
}

bool Reply::wrote(std::size_t bytes) {
  CHECK(bytes <= pending_.size() - count_);
  count_ += bytes;
  return count_ < kPendingBytes || send(count_ / kPendingBytes * kPendingBytes);
}

// The first of them; what is behind moves up.
bool Reply::send(std::size_t bytes) {
  for (std::size_t sent = 0; sent < bytes;) {
    const ssize_t wrote = ::write(fd_, pending_.data() + sent, bytes - sent);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    sent += static_cast<std::size_t>(wrote);
  }
  count_ -= bytes;
  if (count_ > 0) std::memmove(pending_.data(), pending_.data() + bytes, count_);
  return true;
}

bool Reply::seal() {
  return send(count_) &&
         ::fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
}

bool Reply::refuse(const Error& error) {
  AnswerHeader header;
  header.magic = magic_;
  header.status = status_of(error.kind);
  const std::size_t length = std::min(error.message.size(), header.message.size() - 1);
  std::copy_n(error.message.begin(), length, header.message.begin());
  count_ = 0;
  put(std::as_bytes(std::span(&header, 1)));
  return ::ftruncate(fd_, 0) == 0 && ::lseek(fd_, 0, SEEK_SET) == 0 && seal();
}

}  // namespace noseon
