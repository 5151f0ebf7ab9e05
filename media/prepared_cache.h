// Prepared pictures kept on disk, so that an original is prepared once.
//
// A folder that may vanish, be full or read-only at any time: then everything goes on, uncached.
// Each file is named by a hash of all that went into it and carries a checksum of what it holds, so
// that rot is noticed and made anew. (Not malice: whoever may write into the folder can name and
// sum as we do. A prepared picture in it is sniffed and caged like any file.) Nothing is synced:
// what a power cut tears is rot. Several programs may use one folder at once: files come into it by
// rename.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "media/pixel_memory.h"

namespace noseon {

/// What was kept, read whole. Movable, not copyable.
class KeptBytes {
 public:
  KeptBytes(PixelMemory memory, std::size_t from) : memory_(std::move(memory)), from_(from) {}
  /// Begins at a multiple of 8.
  [[nodiscard]] std::string_view view() const {
    return std::string_view(memory_.data(), memory_.size()).substr(from_);
  }

 private:
  PixelMemory memory_;
  std::size_t from_;
};

/// Whether what is found counts as used now, which writes to the disk.
enum class CountsAsUsed { no, yes };

/// Thread-safe: it keeps nothing in memory.
class PreparedCache {
 public:
  static constexpr std::uint64_t kBytesMax = 512ULL * 1024 * 1024;

  /// An empty path is no cache. The folder is made when something is kept.
  explicit PreparedCache(std::filesystem::path folder, std::uint64_t bytes_max = kBytesMax);

  /// What was kept under that key. A file that is not what was written is removed and not given. In
  /// memory of its own, so that no bad disk is felt later.
  [[nodiscard]] std::optional<KeptBytes> find(const Sha256& key,
                                              CountsAsUsed counts = CountsAsUsed::yes) const;
  /// Keeps it, if the disk lets it, and lets go of what was not used for longest until the folder
  /// holds at most `bytes_max`. What is larger than that alone is not kept.
  void keep(const Sha256& key, std::string_view file) const { keep(key, file, {}); }
  /// The same of a file in two parts, which are not put together in memory.
  void keep(const Sha256& key, std::string_view head, std::string_view rest) const;

  /// For who has a better mind of what is to go.
  struct File {
    Sha256 key{};
    std::uint64_t bytes = 0;  ///< on the disk
  };
  /// What is kept, the least recently used first; nothing is read of it.
  [[nodiscard]] std::vector<File> files() const;
  void remove(const Sha256& key) const;
  [[nodiscard]] std::uint64_t bytes_max() const { return bytes_max_; }
  /// What so many bytes take up.
  [[nodiscard]] static std::uint64_t bytes_on_disk(std::uint64_t bytes);

 private:
  void make_room() const;

  std::filesystem::path folder_;
  std::uint64_t bytes_max_;
};

/// $NOSEON_PREPARED_CACHE, else $XDG_CACHE_HOME/noseon/prepared, else ~/.cache/noseon/prepared;
/// empty where none of them is an absolute path.
[[nodiscard]] std::filesystem::path default_prepared_cache();

}  // namespace noseon
