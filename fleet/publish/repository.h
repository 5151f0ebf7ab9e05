// A repository as a folder of static files, which any web server, object store or USB stick serves:
//
//   metadata/N.root.json, timestamp.json, N.snapshot.json, N.targets.json, N.<role>.json
//   targets/<agency>/<sha256>.<name>
//   displays/<name>.toml          unsigned: for which displays pictures are prepared
//   .lock                         who writes holds it
//
// Every file but timestamp.json, and those of displays/, is written once and never again. What is
// new is written before anything names it, timestamp.json last, each file synced: interrupted at
// any point, the folder holds the release from before or the one after. Files that nothing names
// may be left behind; their numbers are passed over.
//
// What is there is believed by the rules of fleet/trust alone, from a root that the caller trusts,
// before anything is signed on top of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/handle.h"
#include "fleet/publish/metadata_text.h"
#include "fleet/trust/chain.h"

namespace noseon {

// How long what is signed holds.
inline constexpr std::chrono::days kRootLifetime{365};
inline constexpr std::chrono::days kTargetsLifetime{90};
inline constexpr std::chrono::days kAgencyLifetime{60};
inline constexpr std::chrono::days kEmergencyLifetime{90};
inline constexpr std::chrono::days kOnlineLifetime{7};  ///< snapshot and timestamp
inline constexpr std::string_view kEmergency = "emergency";

/// Of "targets", or of an agency.
[[nodiscard]] std::chrono::days lifetime_of(std::string_view role);

/// A verified release of a repository.
struct RepositoryState {
  RootMetadata root;
  TimestampMetadata timestamp;
  SnapshotMetadata snapshot;
  /// "targets", and each agency that it delegates to and that has published.
  std::map<std::string, TargetsMetadata, std::less<>> roles;
  MetadataFiles files;  ///< as verify_release() takes them
  AcceptedVersions versions;

  [[nodiscard]] const TargetsMetadata& targets() const { return roles.at("targets"); }
  /// Of an agency; null where the repository has none of that name.
  [[nodiscard]] const Delegation* delegation(std::string_view agency) const;
};

/// Who signs snapshot and timestamp: where keys are being rotated the old and the new.
struct OnlineSigners {
  Signers snapshot;
  Signers timestamp;
};

/// Reads and verifies; expiry is not judged. Errors name the file: not_found, signature, rollback
/// (older than `accepted`), bad_format, too_large, denied, disk.
/// `roots_max`: roots of a higher version are not looked at.
[[nodiscard]] Result<RepositoryState> read_repository(const std::filesystem::path& folder,
                                                      std::string_view trusted_root,
                                                      const AcceptedVersions& accepted = {},
                                                      std::int64_t roots_max = INT64_MAX);

/// The bytes of a target, if they are what was signed: else not_found, bad_format, disk.
[[nodiscard]] Result<std::string> read_target(const std::filesystem::path& folder,
                                              std::string_view path, const TargetFile& file);
/// Where its bytes lie: "targets/<agency>/<sha256>.<name>" in the folder.
[[nodiscard]] std::filesystem::path target_file(const std::filesystem::path& folder,
                                                std::string_view path, const Sha256& sha256);

/// A new repository, with a signed first root, and a top-level role without targets. What an
/// interrupted attempt left is written over, as nothing was live; one that is there whole is
/// refused (denied).
[[nodiscard]] Status create_repository(const std::filesystem::path& folder, std::string_view root,
                                       const Signers& targets, const OnlineSigners& online,
                                       Instant now);

/// Writes a new release on top of the one that is there. Holds the lock as long as it lives; one
/// thread.
class RepositoryEditor {
 public:
  /// Takes the lock, waiting up to `patience`, then reads and verifies. Errors: those of
  /// read_repository(), unavailable (another process writes), and where `now` lies before the
  /// moment at which the release was signed: the clock of this machine is behind.
  [[nodiscard]] static Result<RepositoryEditor> open(
      std::filesystem::path folder, std::string trusted_root, Instant now,
      std::chrono::seconds patience = std::chrono::seconds{60},
      const AcceptedVersions& accepted = {}, std::int64_t roots_max = INT64_MAX);

  [[nodiscard]] const RepositoryState& state() const { return state_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// Puts the bytes of a target in place, under the name that its hash gives it. Where a file of
  /// that name holds other bytes it is made good.
  [[nodiscard]] Result<TargetFile> add_target(std::string_view path, std::string_view bytes);

  /// "targets", or an agency. Version and expiry of `content` are given here; too_large where no
  /// display would read a file of that size.
  [[nodiscard]] Status set_role(std::string_view role, TargetsMetadata content,
                                const Signers& signers);
  /// The root after the one that is there, signed. Errors: those of accept_root().
  [[nodiscard]] Status set_root(std::string_view file);

  /// Signs snapshot and timestamp, verifies the whole as displays will, and writes it. After an
  /// error before the writing nothing has changed; after one while writing (disk) the release from
  /// before is live, or the new one.
  [[nodiscard]] Status commit(const OnlineSigners& online);

 private:
  struct StagedRole {
    std::int64_t version = 0;
    std::string file;
  };
  RepositoryEditor(std::filesystem::path folder, std::string trusted_root, Instant now, Fd lock,
                   RepositoryState state);
  [[nodiscard]] std::int64_t next_version(std::string_view role, std::int64_t live) const;
  [[nodiscard]] Result<MetadataFiles> staged_files(const OnlineSigners& online,
                                                   std::int64_t& snapshot_version) const;
  [[nodiscard]] Status write_root() const;

  std::filesystem::path folder_;
  std::string trusted_root_;
  Instant now_;
  Fd lock_;
  RepositoryState state_;
  std::map<std::string, StagedRole, std::less<>> staged_;
  std::string staged_root_;  ///< empty: as it is
};

}  // namespace noseon
