// Files: bounded reading, and writing that a power cut cannot tear.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/handle.h"
#include "base/result.h"
#include "base/sha256.h"

namespace noseon {

/// What an errno says of a file: not_found, denied, or disk.
[[nodiscard]] Error file_error(int error_number, const std::filesystem::path& path);

/// Opens an existing regular file for reading (not a folder, device or pipe; never blocks on one).
/// not_found, denied, or disk.
[[nodiscard]] Result<Fd> open_file(const std::filesystem::path& path);

/// The whole file, if it is at most `bytes_max` long; else too_large, before more than that is
/// read.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::uint64_t bytes_max);

/// The same from where an open file stands; `path` is for the message.
[[nodiscard]] Result<std::string> read_file(const Fd& file, const std::filesystem::path& path,
                                            std::uint64_t bytes_max);

/// The first `bytes_max` bytes of a file, or all of it where it is shorter.
[[nodiscard]] Result<std::string> read_start(const std::filesystem::path& path,
                                             std::uint64_t bytes_max);

/// SHA-256 over all of an open file, read in pieces from its beginning; where it stands is left as
/// it is. Errors name `path`.
[[nodiscard]] Result<Sha256> hash_file(const Fd& file, const std::filesystem::path& path);

/// The same of a file by its path. not_found, denied, disk.
[[nodiscard]] Result<Sha256> hash_file(const std::filesystem::path& path);

/// The names in a folder, sorted bytewise, without "." and "..".
[[nodiscard]] Result<std::vector<std::string>> list_folder(const std::filesystem::path& path);

/// Writes `bytes` so that after a power cut either the old file or the whole new one is there:
/// a temporary beside it, fsync, rename, fsync of the folder. Nothing is left behind on failure.
/// What is there and no file, as /dev/stdout, stays what it is and is given the bytes.
[[nodiscard]] Status write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same in pieces, for what is written as it is made: append() any number of times, then
/// commit(). Destroyed without commit(), it leaves nothing.
class AtomicFile {
 public:
  [[nodiscard]] static Result<AtomicFile> create(std::filesystem::path path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  [[nodiscard]] Status append(std::string_view bytes);
  /// Synced and renamed into place. After it, append() may not be called.
  [[nodiscard]] Status commit();

 private:
  AtomicFile(std::filesystem::path path, std::filesystem::path temporary, Fd fd);

  std::filesystem::path path_;
  std::filesystem::path temporary_;  ///< empty once committed
  Fd fd_;
};

/// All of the bytes, where the open file stands. Errors name `path`.
[[nodiscard]] Status write_all(const Fd& file, const std::filesystem::path& path,
                               std::string_view bytes);

/// Removes what a power cut or a kill left of write_file() in a folder where nobody writes now.
void sweep_parts(const std::filesystem::path& folder);

/// The folder, with those that it is in as far as they are not there; after a power cut too. A
/// folder that is there already is left as it is. denied, disk.
[[nodiscard]] Status make_folders(const std::filesystem::path& path);

/// How many bytes this user could still write to the disk that `folder` is on: what a disk keeps
/// for root does not count. Nothing where it cannot be known.
[[nodiscard]] std::optional<std::uint64_t> available_bytes(const std::filesystem::path& folder);

/// An empty file where nothing is, in a folder that somebody else may write to: what is there
/// already is neither opened nor followed, and counts as done. Not synced. not_found, denied, disk.
[[nodiscard]] Status create_empty_file(const std::filesystem::path& path);

}  // namespace noseon
