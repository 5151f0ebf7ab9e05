#include "media/answer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "base/say.h"
#include "base/unicode.h"
#include "media/decode_answer.h"
#include "media/sniff.h"

namespace noseon {
namespace {

constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

// Whose answer it is said to be.
struct Author {
  const char* name;
  std::uint64_t magic;

  [[nodiscard]] Failure nonsense(std::string_view what) const {
    return fail(ErrorKind::crashed, say("{}: it gave a wrong answer: {}", said(name), what));
  }
};

// Owns the mapping of a whole answer.
class MappedPicture final : public Picture {
 public:
  MappedPicture(void* memory, std::size_t bytes, Size size)
      : memory_(memory), bytes_(bytes), size_(size) {}
  ~MappedPicture() override { ::munmap(memory_, bytes_); }
  MappedPicture(const MappedPicture&) = delete;
  MappedPicture& operator=(const MappedPicture&) = delete;

  [[nodiscard]] Size size() const override { return size_; }
  [[nodiscard]] std::span<const std::uint32_t> pixels() const override {
    const auto* const first = static_cast<const std::byte*>(memory_) + sizeof(AnswerHeader);
    return {reinterpret_cast<const std::uint32_t*>(first),
            (bytes_ - sizeof(AnswerHeader)) / sizeof(std::uint32_t)};
  }

 private:
  void* memory_;
  std::size_t bytes_;
  Size size_;
};

// The decoder's words may be a hostile file's: one line of valid UTF-8, bounded by the header.
std::string safe_message(const AnswerHeader& header) {
  const auto end = std::find(header.message.begin(), header.message.end(), '\0');
  const std::string message = repair_utf8(without_controls({header.message.begin(), end}));
  return message.find_first_not_of(' ') == message.npos ? say("it does not say why") : message;
}

Result<std::uint64_t> sealed_bytes(const Author& author, const Fd& file) {
  const int seals = ::fcntl(file.get(), F_GET_SEALS);
  if (seals < 0 || (seals & kSeals) != kSeals) return author.nonsense(say("it is not sealed"));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return author.nonsense(say("it has no size"));
  return static_cast<std::uint64_t>(info.st_size);
}

Result<AnswerHeader> read_header(const Author& author, const Fd& file) {
  AnswerHeader header;
  ssize_t got = -1;
  do {
    got = ::pread(file.get(), &header, sizeof header, 0);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof header)) return author.nonsense(say("it has no header"));
  if (header.magic != author.magic || header.version != kAnswerVersion) {
    return author.nonsense(say("it is of another version; install all of Noseon again"));
  }
  return header;
}

Failure refusal(const Author& author, const AnswerHeader& header, std::uint64_t bytes) {
  if (bytes != sizeof header || header.width != 0 || header.height != 0) {
    return author.nonsense(say("pixels come with an error"));
  }
  switch (header.status) {
    case AnswerStatus::bad_format:
      return fail(ErrorKind::bad_format, safe_message(header));
    case AnswerStatus::too_large:
      return fail(ErrorKind::too_large, safe_message(header));
    case AnswerStatus::unreadable:
      return fail(ErrorKind::disk, safe_message(header));
    case AnswerStatus::picture:
      break;
  }
  return author.nonsense(say("its status does not exist"));
}

// MAP_PRIVATE, not MAP_SHARED: before Linux 6.7 the latter is refused on what is sealed against
// writing. Never written, both are the same pages. All of them are read soon, so they are mapped at
// once, not by a fault for every sixteen.
Result<void*> mapped(const Fd& file, std::uint64_t bytes) {
  void* const memory = ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ,
                              MAP_PRIVATE | MAP_POPULATE, file.get(), 0);
  if (memory == MAP_FAILED) {
    return fail(ErrorKind::unavailable, say("no memory to map a picture of {} bytes", bytes));
  }
  return memory;
}

bool is_side(std::uint32_t side, int side_max) {
  return side >= 1 && side <= static_cast<std::uint32_t>(side_max);
}

Result<PicturePtr> read_pixels(const Author& author, const Fd& file, Size box) {
  ASSIGN_OR_RETURN(const std::uint64_t bytes, sealed_bytes(author, file));
  ASSIGN_OR_RETURN(const AnswerHeader header, read_header(author, file));
  if (header.status != AnswerStatus::picture) return refusal(author, header, bytes);
  if (!is_side(header.width, box.width) || !is_side(header.height, box.height)) {
    return author.nonsense(fmt::format("{} x {} pixels, where at most {} x {} were asked for",
                                       header.width, header.height, box.width, box.height));
  }
  if (bytes != answer_bytes(header.width, header.height)) {
    return author.nonsense(
        fmt::format("{} bytes for {} x {} pixels", bytes, header.width, header.height));
  }

  ASSIGN_OR_RETURN(void* const memory, mapped(file, bytes));
  return std::make_shared<MappedPicture>(
      memory, static_cast<std::size_t>(bytes),
      Size{static_cast<int>(header.width), static_cast<int>(header.height)});
}

}  // namespace

Result<Fd> make_answer_file(const std::string& name) {
  constexpr std::size_t kNameMax = 200;  // the kernel takes 249 bytes
  Fd file(::memfd_create(name.substr(0, kNameMax).c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file.is_open()) {
    return fail(ErrorKind::unavailable,
                say("no memory file for a picture: {}; too many files are open",
                    std::generic_category().message(errno)));
  }
  return file;
}

Result<PicturePtr> read_answer(const Fd& file, Size box) {
  return read_pixels({decoder_name(), kAnswerMagic}, file, box);
}

Result<PicturePtr> read_draft_answer(const Fd& file, Size size) {
  const Author author{drafter_name(), kDraftMagic};
  ASSIGN_OR_RETURN(PicturePtr picture, read_pixels(author, file, size));
  if (picture->size() == size) return picture;
  return author.nonsense(fmt::format("{} x {} pixels, where {} x {} were asked for",
                                     picture->size().width, picture->size().height, size.width,
                                     size.height));
}

AnswerBytes::~AnswerBytes() {
  if (memory_ != nullptr) ::munmap(memory_, bytes_);
}

std::string_view AnswerBytes::bytes() const {
  return std::string_view(static_cast<const char*>(memory_), bytes_).substr(sizeof(AnswerHeader));
}

Result<AnswerBytes> read_prepared_answer(const Fd& file) {
  const Author author{preparer_name(), kPreparedMagic};
  ASSIGN_OR_RETURN(const std::uint64_t bytes, sealed_bytes(author, file));
  ASSIGN_OR_RETURN(const AnswerHeader header, read_header(author, file));
  if (header.status != AnswerStatus::picture) return refusal(author, header, bytes);
  if (!is_side(header.width, kPictureSideMax) || !is_side(header.height, kPictureSideMax)) {
    return author.nonsense(fmt::format("{} x {} pixels", header.width, header.height));
  }
  if (bytes <= sizeof header || bytes > sizeof header + kPreparedLimits.bytes_max) {
    return author.nonsense(say("a file of {} bytes", bytes));
  }
  ASSIGN_OR_RETURN(void* const memory, mapped(file, bytes));
  return AnswerBytes(memory, static_cast<std::size_t>(bytes),
                     {static_cast<int>(header.width), static_cast<int>(header.height)});
}

const char* decoder_name() {
  return to_say("the picture decoder");
}

const char* preparer_name() {
  return to_say("the picture preparer");
}

const char* drafter_name() {
  return to_say("the picture drafter");
}

}  // namespace noseon
