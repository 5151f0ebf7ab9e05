#include "player/own_file.h"

#include "base/files.h"

namespace noseon {

Result<std::string> read_own_file(const std::filesystem::path& file, std::uint64_t bytes_max) {
  constexpr int kAnew = 3;
  Result<std::string> text = read_file(file, bytes_max);
  for (int i = 0; i < kAnew && !text && text.error().kind == ErrorKind::disk; ++i)
    text = read_file(file, bytes_max);
  return text;
}

}  // namespace noseon
