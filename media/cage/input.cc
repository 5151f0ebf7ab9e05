#include "media/cage/input.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "media/decode_answer.h"

namespace noseon {

std::ptrdiff_t read_picture(std::span<char> into, std::uint64_t at) {
  std::size_t had = 0;
  while (had < into.size()) {
    const ssize_t got =
        ::pread(kPictureFd, into.data() + had, into.size() - had, static_cast<off_t>(at + had));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    had += static_cast<std::size_t>(got);
  }
  return static_cast<std::ptrdiff_t>(had);
}

std::int64_t picture_bytes() {
  struct stat info {};
  return ::fstat(kPictureFd, &info) == 0 ? info.st_size : 0;
}

// Populated at once: one walk over the pages, not a fault for every sixteen.
std::optional<std::string_view> map_picture(std::uint64_t bytes) {
  const auto length = static_cast<std::size_t>(bytes);
  void* const memory =
      ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, kPictureFd, 0);
  if (memory == MAP_FAILED) return std::nullopt;
  return std::string_view(static_cast<const char*>(memory), length);
}

}  // namespace noseon
