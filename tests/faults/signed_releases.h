// Two signed releases as a repository of static files, and what is wrong with a store that pulls
// them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/signed_store.h"

namespace noseon::faults {

class SignedReleases {
 public:
  /// The repository, root.json and display.toml come to lie in `folder`.
  explicit SignedReleases(std::filesystem::path folder);

  /// Serves release 1, then 2: one poster goes, one stays, one comes.
  void serve(int release);
  /// `noseon-sync --once` of what is served.
  [[nodiscard]] std::vector<std::string> sync_command(const std::filesystem::path& store) const;

  /// Which release a generation is, if it is signed and all its blobs are there and right; 0: there
  /// is none.
  [[nodiscard]] Result<int> release_in(const std::filesystem::path& store, Which which) const;
  /// `current` is a release of at least `least` (0: or none), `previous` is one if it is there, and
  /// every blob is what its name says.
  [[nodiscard]] std::optional<std::string> wrong_with(const std::filesystem::path& store,
                                                      int least) const;

 private:
  void put(const std::string& name, std::string_view bytes) const;

  std::filesystem::path folder_;
  TestRepository repository_;
  std::vector<std::vector<std::string>> blobs_;  ///< of each release
};

}  // namespace noseon::faults
