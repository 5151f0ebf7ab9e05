// Prepared pictures kept on disk, so that an original is prepared once.
//
// A folder that may vanish, be full or read-only at any time: then everything goes on, uncached.
// Each file is named by a hash of all that went into it and carries a hash of what it holds, so
// that rot is noticed and made anew. Nothing is synced: what a power cut tears is rot. Several
// programs may use one folder at once: files come into it by rename.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.h"

namespace noseon {

/// Thread-safe: it keeps nothing in memory.
class PreparedCache {
 public:
  static constexpr std::uint64_t kBytesMax = 512ULL * 1024 * 1024;

  /// An empty path is no cache. The folder is made when something is kept.
  explicit PreparedCache(std::filesystem::path folder, std::uint64_t bytes_max = kBytesMax);

  /// What was kept under that key; it counts as used now. A file that is not what was written is
  /// removed and not given.
  [[nodiscard]] std::optional<std::string> find(const Sha256& key) const;
  /// Keeps it, if the disk lets it, and lets go of what was not used for longest until the folder
  /// holds at most `bytes_max`. What is larger than that alone is not kept.
  void keep(const Sha256& key, std::string_view file) const;

 private:
  void make_room() const;

  std::filesystem::path folder_;
  std::uint64_t bytes_max_;
};

/// $NOSEON_PREPARED_CACHE, else $XDG_CACHE_HOME/noseon/prepared, else ~/.cache/noseon/prepared;
/// empty where none of them is an absolute path.
[[nodiscard]] std::filesystem::path default_prepared_cache();

}  // namespace noseon
