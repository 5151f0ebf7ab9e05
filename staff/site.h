// What every command on a repository starts from: its folder, the keys at hand, and the root that
// is trusted.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fleet/publish/repository.h"
#include "playlist/display.h"
#include "staff/key_ring.h"

namespace noseon {

/// The options common to all of them, as written.
struct SiteOptions {
  std::string repo;                  ///< REPO or --repo REPO
  std::string keys;                  ///< --keys DIR; empty: "<REPO>-keys"
  std::string root;                  ///< --root FILE; empty: root.json among the keys
  std::string key;                   ///< --key FILE: a private half besides those of the folder
  std::optional<int> passphrase_fd;  ///< --passphrase-fd N
  bool json = false;                 ///< --json
};

[[nodiscard]] std::filesystem::path keys_folder(const SiteOptions& options);

/// For whom pictures are prepared: `REPO/displays/<name>.toml`.
struct DisplayProfile {
  std::string name;
  std::filesystem::path file;
  Display display;
};

struct Site {
  std::filesystem::path repository;
  std::filesystem::path keys;
  std::string trusted_root;
  KeyRing ring;
  Instant now;

  [[nodiscard]] Result<RepositoryState> read() const;
  [[nodiscard]] Result<RepositoryEditor> edit() const;
  /// As many keys as snapshot and timestamp need.
  [[nodiscard]] Result<OnlineSigners> online(const RootMetadata& root);
};

/// Errors: not_found where the trusted root is not there, and those of KeyRing::read().
[[nodiscard]] Result<Site> open_site(const SiteOptions& options, const Clock& clock);

/// The profiles of a repository, by name. Errors: those of reading them, with place and remedy.
[[nodiscard]] Result<std::vector<DisplayProfile>> read_profiles(
    const std::filesystem::path& repository, Zones& zones);

/// Of a role: its name, and from when on displays refuse it.
struct RoleExpiry {
  std::string role;
  std::int64_t version = 0;
  Instant expires;
};
/// root, timestamp, snapshot, targets, then the agencies that have published.
[[nodiscard]] std::vector<RoleExpiry> expiries_of(const RepositoryState& state);

enum class Due { later, soon, now };
/// `soon`: within a quarter of its lifetime, of snapshot and timestamp within two days; `now`: it
/// is expired.
[[nodiscard]] Due due_of(const RoleExpiry& expiry, Instant now);
/// A line for each role that is due, with the remedy.
[[nodiscard]] std::vector<std::string> reminders(const RepositoryState& state, Instant now,
                                                 const std::string& repository);
/// expired, where displays would refuse root or targets whatever is published.
[[nodiscard]] Status check_not_expired(const RepositoryState& state, Instant now,
                                       const std::string& repository);

/// "2027-02-08 09:00 UTC"
[[nodiscard]] std::string utc_text(Instant instant);

/// Runs a step and says its error: kRefused, or kDone.
[[nodiscard]] int done_or_refused(const Status& status);

}  // namespace noseon
