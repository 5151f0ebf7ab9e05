// The bytes of a picture file as they were at one moment, for whoever looks and for a caged program
// alike. Private to media/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/handle.h"
#include "base/result.h"
#include "media/expected_bytes.h"

namespace noseon {

/// A sealed memfd and its mapping: what was sniffed and hashed here is what a caged program reads,
/// though the file may change in between. Movable, not copyable. Any thread.
class PictureBytes {
 public:
  /// A regular file of at most `bytes_max`. Errors: those of open_file(), too_large, disk,
  /// unavailable (no memory).
  [[nodiscard]] static Result<PictureBytes> read(const std::filesystem::path& file,
                                                 std::uint64_t bytes_max);
  /// The same of a file that has to be what was signed: `signature` where it is not there, cannot
  /// be read, or has another length or hash. Of another length it is not read at all. What is given
  /// is what was hashed, whatever happens to the file. too_large past kPictureBytesMax.
  [[nodiscard]] static Result<PictureBytes> read_expected(const std::filesystem::path& file,
                                                          const ExpectedBytes& expected);
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
  [[nodiscard]] Status fill_from(const Fd& source, std::uint64_t bytes_max);
  [[nodiscard]] Status seal();

  Fd file_;
  const char* memory_ = nullptr;  ///< mapped, where size_ is not 0
  std::size_t size_ = 0;
};

}  // namespace noseon
