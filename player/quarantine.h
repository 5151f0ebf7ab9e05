// Blobs that were found missing or damaged: written down in the player's own folder, and asked for
// again in the run folder, which noseon-sync watches.
//
//   STATE/quarantine.json   what is bad, since when and why: for people, and for the next start
//   RUN/wanted/<sha256>     an empty file for each
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/time.h"
#include "fleet/store/store.h"
#include "player/published.h"

namespace noseon {

/// One thread. A folder that cannot be written costs nothing but what is written there.
class Quarantine {
 public:
  static constexpr std::size_t kBlobsMax = 1000;

  /// Reads what the last run wrote down; a file that is broken counts as none.
  Quarantine(const std::filesystem::path& state, const std::filesystem::path& run);

  [[nodiscard]] bool is_empty() const { return bad_.empty(); }
  [[nodiscard]] std::size_t size() const { return bad_.size(); }
  [[nodiscard]] bool contains(const Sha256& sha256) const;
  /// True where it was not known.
  bool add(const DamagedBlob& blob, Instant now);
  /// Forgets those that nothing needs any more; true where there were any.
  bool keep_only(const std::set<Sha256>& needed);
  /// Looks again at each, and takes out those that are whole by now; how many.
  std::size_t recheck(const StoreReader& store);
  /// Asks for each that is not asked for, in case somebody emptied the run folder. disk, denied:
  /// they cannot be asked for.
  [[nodiscard]] Status ask() const;
  /// Durably. disk, denied.
  [[nodiscard]] Status write() const;

 private:
  struct Bad {
    std::uint64_t bytes = 0;
    std::string reason;
    std::string since;  // RFC 3339
  };
  void read();
  void withdraw(const Sha256& sha256) const;

  std::filesystem::path file_;
  std::filesystem::path wanted_;
  std::map<Sha256, Bad> bad_;
};

}  // namespace noseon
