// The bytes of a picture file as they were at one moment, for whoever looks and for a caged program
// alike. Private to media/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/handle.h"
#include "base/result.h"

namespace noseon {

/// A sealed memfd and its mapping: what was sniffed and hashed here is what a caged program reads,
/// though the file may change in between. Movable, not copyable. Any thread.
class PictureBytes {
 public:
  /// A regular file of at most `bytes_max`. Errors: those of open_file(), too_large, disk,
  /// unavailable (no memory).
  [[nodiscard]] static Result<PictureBytes> read(const std::filesystem::path& file,
                                                 std::uint64_t bytes_max);
  [[nodiscard]] static Result<PictureBytes> copy(std::string_view bytes);

  PictureBytes(PictureBytes&& other) noexcept;
  PictureBytes& operator=(PictureBytes&& other) noexcept;
  PictureBytes(const PictureBytes&) = delete;
  PictureBytes& operator=(const PictureBytes&) = delete;
  ~PictureBytes();

  [[nodiscard]] const Fd& file() const { return file_; }
  /// Lives as long as this.
  [[nodiscard]] std::string_view bytes() const { return {memory_, size_}; }

 private:
  explicit PictureBytes(Fd file) : file_(std::move(file)) {}
  [[nodiscard]] Status append(std::string_view bytes);
  [[nodiscard]] Status seal();

  Fd file_;
  const char* memory_ = nullptr;  ///< mapped, where size_ is not 0
  std::size_t size_ = 0;
};

}  // namespace noseon
