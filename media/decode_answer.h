// What a caged program leaves in the memfd: this header, then the pixels (noseon-decode,
// noseon-draft) or the bytes of a picture file (noseon-prepare) if there are any, then the seals.
// Both sides are built together; the version is there for a half-installed update. Private to
// media/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/geometry.h"

namespace noseon {

inline constexpr int kPictureFd = 3;  ///< in the cage: the file, open for reading
inline constexpr int kAnswerFd = 4;   ///< in the cage: the memfd, empty

inline constexpr std::uint64_t kAnswerMagic = 0x31'65'64'6F'63'65'64'4E;    ///< "Ndecode1"
inline constexpr std::uint64_t kPreparedMagic = 0x31'72'61'70'65'72'70'4E;  ///< "Nprepar1"
inline constexpr std::uint64_t kDraftMagic = 0x31'74'66'61'72'64'4E'4E;     ///< "NNdraft1"
inline constexpr std::uint32_t kAnswerVersion = 1;

enum class AnswerStatus : std::uint32_t {
  picture = 0,     ///< pixels or a file follow
  bad_format = 1,  ///< the message says why; no pixels
  too_large = 2,   ///< likewise
  unreadable = 3,  ///< the disk refused; likewise
};

/// Native byte order: it never leaves the machine. What follows, follows at once: pixels as in
/// media/picture.h, or a file to its end.
struct AnswerHeader {
  std::uint64_t magic = kAnswerMagic;
  std::uint32_t version = kAnswerVersion;
  AnswerStatus status = AnswerStatus::bad_format;
  std::uint32_t width = 0;          ///< pixels; 0 where there is no picture
  std::uint32_t height = 0;         ///< likewise
  std::array<char, 488> message{};  ///< UTF-8, ends with the first NUL
};
static_assert(sizeof(AnswerHeader) == 512 && std::is_trivially_copyable_v<AnswerHeader>);

[[nodiscard]] constexpr std::uint64_t answer_bytes(std::uint64_t width, std::uint64_t height) {
  return sizeof(AnswerHeader) + width * height * sizeof(std::uint32_t);
}

}  // namespace noseon
