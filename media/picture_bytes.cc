#include "media/picture_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/files.h"
#include "base/say.h"
#include "media/answer.h"
#include "media/sniff.h"

namespace noseon {
namespace {

constexpr std::size_t kChunk = 64 * 1024;  // stays in the processor's cache

Status check_size(std::uint64_t bytes, std::uint64_t bytes_max) {
  if (bytes <= bytes_max) return {};
  return fail(ErrorKind::too_large,
              say("{} bytes; at most {}: scale it down or save it as JPEG", bytes, bytes_max));
}

Result<std::uint64_t> size_of(const Fd& file) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return fail(ErrorKind::disk, say("its size cannot be read"));
  return static_cast<std::uint64_t>(info.st_size);
}

}  // namespace

Result<PictureBytes> PictureBytes::read(const std::filesystem::path& file,
                                        std::uint64_t bytes_max) {
  ASSIGN_OR_RETURN(const Fd source, open_file(file));
  ASSIGN_OR_RETURN(const std::uint64_t size, size_of(source));
  TRY(check_size(size, bytes_max));
  ASSIGN_OR_RETURN(Fd target, make_answer_file(file.filename().string()));
  PictureBytes bytes(std::move(target));
  TRY(bytes.fill_from(source, bytes_max));
  TRY(bytes.seal());
  return bytes;
}

Result<PictureBytes> PictureBytes::read_expected(const std::filesystem::path& file,
                                                 const ExpectedBytes& expected) {
  TRY(check_size(expected.bytes, kPictureBytesMax));
  const Result<Fd> source = open_file(file);
  if (!source) return fail(ErrorKind::signature, source.error().message);
  ASSIGN_OR_RETURN(const std::uint64_t size, size_of(*source));
  if (size != expected.bytes || size == 0) {
    return fail(ErrorKind::signature, say("{} bytes, where {} were signed", size, expected.bytes));
  }
  ASSIGN_OR_RETURN(Fd target, make_answer_file(file.filename().string()));
  PictureBytes bytes(std::move(target));
  if (const Status filled = bytes.fill_from(*source, expected.bytes); !filled) {
    const bool is_ours = filled.error().kind == ErrorKind::unavailable;  // no memory left
    return fail(is_ours ? ErrorKind::unavailable : ErrorKind::signature, filled.error().message);
  }
  // Sealed first: what is hashed can no longer change, and is what will be decoded.
  TRY(bytes.seal());
  if (bytes.size_ != expected.bytes || sha256(bytes.bytes()) != expected.sha256)
    return fail(ErrorKind::signature, say("it is not what was signed"));
  return bytes;
}

Status PictureBytes::fill_from(const Fd& source, std::uint64_t bytes_max) {
  std::array<char, kChunk> chunk;
  while (true) {
    const ssize_t got = ::read(source.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorKind::disk, say("the disk refuses to read it"));
    if (got == 0) return {};
    TRY(append({chunk.data(), static_cast<std::size_t>(got)}));
    TRY(check_size(size_, bytes_max));  // it may grow meanwhile
  }
}

Result<PictureBytes> PictureBytes::copy(std::string_view bytes) {
  ASSIGN_OR_RETURN(Fd target, make_answer_file());
  PictureBytes copied(std::move(target));
  TRY(copied.append(bytes));
  TRY(copied.seal());
  return copied;
}

PictureBytes::PictureBytes(PictureBytes&& other) noexcept
    : file_(std::move(other.file_)),
      memory_(std::exchange(other.memory_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

PictureBytes& PictureBytes::operator=(PictureBytes&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  return *this;
}

PictureBytes::~PictureBytes() {
  if (memory_ != nullptr) ::munmap(const_cast<char*>(memory_), size_);
}

Status PictureBytes::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file_.get(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return fail(ErrorKind::unavailable, say("no memory left for a picture's file"));
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    size_ += static_cast<std::size_t>(wrote);
  }
  return {};
}

Status PictureBytes::seal() {
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (::fcntl(file_.get(), F_ADD_SEALS, kSeals) != 0) {
    return fail(ErrorKind::unavailable, say("the kernel cannot seal a memory file"));
  }
  if (size_ == 0) return {};
  void* const memory = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_.get(), 0);
  if (memory == MAP_FAILED) {
    return fail(ErrorKind::unavailable, say("no memory left for a picture's file"));
  }
  memory_ = static_cast<const char*>(memory);
  return {};
}

}  // namespace noseon
