// An open folder of the store. Names in it are resolved here and nowhere else: no symbolic link is
// followed, nothing but a regular file is opened, no pipe can hang.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/handle.h"
#include "base/result.h"

namespace noseon {

/// A regular file as the folder knows it.
struct StoredFile {
  std::uint64_t bytes = 0;
  std::int64_t mark = 0;  ///< the seconds of its time of change (Store::collect())
};

/// Any thread; every call may fail with disk or denied. Names are single ones, without '/'.
class Folder {
 public:
  /// `path` itself may lead through links: whoever chose it chose them.
  [[nodiscard]] static Result<Folder> open(std::filesystem::path path);
  /// Makes it and the folders above it where they are missing, each synced in the one above.
  [[nodiscard]] static Result<Folder> make(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path path_of(std::string_view name) const { return path_ / name; }
  [[nodiscard]] int fd() const { return fd_.get(); }

  /// not_found; bad_format where it is no folder.
  [[nodiscard]] Result<Folder> enter(std::string_view name) const;
  /// Made and synced here where it is missing.
  [[nodiscard]] Result<Folder> enter_or_make(std::string_view name) const;
  /// New and empty. disk where there is one already.
  [[nodiscard]] Result<Folder> make_new(std::string_view name) const;

  /// Sorted bytewise. too_large past `count_max`, before more are read.
  [[nodiscard]] Result<std::vector<std::string>> names(std::size_t count_max) const;
  /// Nothing where there is no regular file of that name.
  [[nodiscard]] Result<std::optional<StoredFile>> find(std::string_view name) const;

  /// For reading. not_found; bad_format where it is no regular file.
  [[nodiscard]] Result<Fd> open_file(std::string_view name) const;
  /// Where a symbolic link leads, unfollowed. not_found; bad_format where it is none.
  [[nodiscard]] Result<std::string> target_of(std::string_view link) const;

  /// A new file, whole, not synced. On failure it is gone again.
  [[nodiscard]] Status write_new(std::string_view name, std::string_view bytes) const;
  /// A symbolic link, swapped in one step; not synced.
  [[nodiscard]] Status point(std::string_view link, const std::string& target) const;
  /// Renames over whatever file is there; syncs neither folder.
  [[nodiscard]] Status move(std::string_view name, const Folder& to,
                            std::string_view to_name) const;
  [[nodiscard]] Status mark(std::string_view name, std::int64_t mark) const;

  /// A file or link. That it is not there is well.
  [[nodiscard]] Status remove(std::string_view name) const;
  /// A folder with the files in it. What has folders in it is not ours, and stays.
  [[nodiscard]] Status remove_folder(std::string_view name) const;

  /// The names in it are on the disk.
  [[nodiscard]] Status sync() const;
  /// Everything on its file system is.
  [[nodiscard]] Status sync_all() const;

 private:
  Folder(std::filesystem::path path, Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::filesystem::path path_;
  Fd fd_;
};

/// All of `bytes` at `offset` of a file; `path` is for the message.
[[nodiscard]] Status write_at(const Fd& file, std::uint64_t offset, std::string_view bytes,
                              const std::filesystem::path& path);
[[nodiscard]] Status sync_file(const Fd& file, const std::filesystem::path& path);

}  // namespace noseon
