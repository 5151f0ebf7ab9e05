// A release on top of another: staged in memory, verified whole, written in order.
#include "fleet/publish/repository.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/files.h"
#include "base/say.h"
#include "fleet/publish/layout.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr int kPauseMs = 20;
/// What two machines' clocks may be apart.
constexpr std::chrono::minutes kClocksApart{10};

Instant whole_seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant);
}

Result<Fd> open_lock(const fs::path& folder) {
  const fs::path path = folder / ".lock";
  Fd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock.is_open()) return fail(file_error(errno, path));
  return lock;
}

// Polled, as flock() itself waits without end.
Status wait_for(const Fd& lock, const fs::path& folder, std::chrono::seconds patience) {
  const Steady deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return fail(file_error(errno, folder));
    if (std::chrono::steady_clock::now() >= deadline) {
      return fail(
          ErrorKind::unavailable,
          say("{}: another noseon is writing there; try again when it is done", folder.string()));
    }
    ::poll(nullptr, 0, kPauseMs);  // the kernel tells nobody that a lock is free
  }
  return {};
}

Result<Fd> take_lock(const fs::path& folder, std::chrono::seconds patience) {
  ASSIGN_OR_RETURN(Fd lock, open_lock(folder));
  TRY(wait_for(lock, folder, patience));
  return lock;
}

Status check_clock(const RepositoryState& state, Instant now) {
  const std::optional<Instant> issued = state.timestamp.issued;
  if (!issued || now + kClocksApart >= *issued) return {};
  return fail(ErrorKind::expired,
              say("the clock of this machine says {}, but the repository was signed at {}; set the "
                  "clock first",
                  metadata_time(now), metadata_time(*issued)));
}

// Never issued before the one that it follows, whatever the clocks of two publishers say.
Result<std::string> signed_timestamp(std::int64_t version, const MetaFile& snapshot, Instant now,
                                     std::optional<Instant> last_issued, const Signers& signers) {
  const Instant issued = std::max(now, last_issued.value_or(now));
  const TimestampMetadata timestamp{{version, now + kOnlineLifetime}, snapshot, issued};
  return write_metadata(timestamp, signers);
}

Status check_empty_spot(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(timestamp_path(folder), ignored)) return {};
  return fail(ErrorKind::denied,
              say("{}: there is a repository already; choose another folder", folder.string()));
}

}  // namespace

Status create_repository(const fs::path& folder, std::string_view root, const Signers& targets,
                         const OnlineSigners& online, Instant now) {
  TRY(make_folders(folder / "metadata"));
  TRY(make_folders(folder / "targets"));
  TRY(make_folders(folder / "displays"));
  ASSIGN_OR_RETURN(const Fd lock, take_lock(folder, std::chrono::seconds{60}));
  TRY(check_empty_spot(folder));
  const Instant at = whole_seconds(now);
  TargetsMetadata empty;
  empty.head = {1, at + kTargetsLifetime};
  ASSIGN_OR_RETURN(const std::string first, write_metadata(empty, targets));
  SnapshotMetadata listing;
  listing.head = {1, at + kOnlineLifetime};
  listing.roles["targets"] = meta_file_for(1, first);
  ASSIGN_OR_RETURN(const std::string snapshot, write_metadata(listing, online.snapshot));
  ASSIGN_OR_RETURN(const std::string timestamp,
                   signed_timestamp(1, meta_file_for(1, snapshot), at, {}, online.timestamp));
  const MetadataFiles files{
      {"timestamp.json", timestamp}, {"snapshot.json", snapshot}, {"targets.json", first}};
  TRY(verify_release(root, files, at, Expiry::judged, {}));
  TRY(write_file(role_path(folder, "root", 1), root));
  TRY(write_file(role_path(folder, "targets", 1), first));
  TRY(write_file(role_path(folder, "snapshot", 1), snapshot));
  return write_file(timestamp_path(folder), timestamp);
}

Result<RepositoryEditor> RepositoryEditor::open(fs::path folder, std::string trusted_root,
                                                Instant now, std::chrono::seconds patience,
                                                const AcceptedVersions& accepted,
                                                std::int64_t roots_max) {
  std::error_code ignored;
  if (!fs::exists(timestamp_path(folder), ignored))  // no lock in a folder that is not ours
    TRY(read_repository(folder, trusted_root, accepted, roots_max));
  ASSIGN_OR_RETURN(Fd lock, take_lock(folder, patience));
  ASSIGN_OR_RETURN(RepositoryState state,
                   read_repository(folder, trusted_root, accepted, roots_max));
  TRY(check_clock(state, now));
  sweep_parts(folder / "metadata");
  return RepositoryEditor(std::move(folder), std::move(trusted_root), whole_seconds(now),
                          std::move(lock), std::move(state));
}

RepositoryEditor::RepositoryEditor(fs::path folder, std::string trusted_root, Instant now, Fd lock,
                                   RepositoryState state)
    : folder_(std::move(folder)),
      trusted_root_(std::move(trusted_root)),
      now_(now),
      lock_(std::move(lock)),
      state_(std::move(state)) {}

// The first number past the live one that no file has, be it of a release that never came to be.
std::int64_t RepositoryEditor::next_version(std::string_view role, std::int64_t live) const {
  std::error_code ignored;
  std::int64_t version = live + 1;
  while (fs::exists(role_path(folder_, role, version), ignored)) ++version;
  return version;
}

Result<TargetFile> RepositoryEditor::add_target(std::string_view path, std::string_view bytes) {
  const TargetFile file{bytes.size(), sha256(bytes)};
  if (read_target(folder_, path, file)) return file;
  const fs::path where = target_file(folder_, path, file.sha256);
  TRY(make_folders(where.parent_path()));
  TRY(write_file(where, bytes));
  return file;
}

Status RepositoryEditor::set_role(std::string_view role, TargetsMetadata content,
                                  const Signers& signers) {
  const auto live = state_.snapshot.roles.find(role);
  const std::int64_t version =
      next_version(role, live == state_.snapshot.roles.end() ? 0 : live->second.version);
  content.head = {version, now_ + lifetime_of(role)};
  ASSIGN_OR_RETURN(std::string file, write_metadata(content, signers));
  if (file.size() > kTargetsBytesMax) {
    return fail(ErrorKind::too_large,
                say("{}: {} bytes of metadata, at most {} are read by displays; withdraw campaigns "
                    "that are over",
                    role, file.size(), kTargetsBytesMax));
  }
  staged_[std::string(role)] = {version, std::move(file)};
  return {};
}

Status RepositoryEditor::set_root(std::string_view file) {
  ASSIGN_OR_RETURN(TrustedMetadata trusted,
                   TrustedMetadata::begin(trusted_root_, now_, Expiry::ignored));
  for (std::int64_t version = trusted.root().head.version + 1;; ++version) {
    const auto known = state_.files.find(fmt::format("{}.root.json", version));
    if (known == state_.files.end()) break;
    TRY(trusted.accept_root(known->second));
  }
  TRY(trusted.accept_root(file));
  staged_root_ = file;
  return {};
}

Result<MetadataFiles> RepositoryEditor::staged_files(const OnlineSigners& online,
                                                     std::int64_t& snapshot_version) const {
  MetadataFiles files = state_.files;
  SnapshotMetadata snapshot = state_.snapshot;
  for (const auto& [role, staged] : staged_) {
    files[encode_role_name(role) + ".json"] = staged.file;
    snapshot.roles[role] = meta_file_for(staged.version, staged.file);
  }
  snapshot_version = next_version("snapshot", state_.snapshot.head.version);
  snapshot.head = {snapshot_version, now_ + kOnlineLifetime};
  ASSIGN_OR_RETURN(files["snapshot.json"], write_metadata(snapshot, online.snapshot));
  ASSIGN_OR_RETURN(files["timestamp.json"],
                   signed_timestamp(state_.timestamp.head.version + 1,
                                    meta_file_for(snapshot_version, files["snapshot.json"]), now_,
                                    state_.timestamp.issued, online.timestamp));
  return files;
}

Status RepositoryEditor::write_root() const {
  if (staged_root_.empty()) return {};
  return write_file(role_path(folder_, "root", state_.root.head.version + 1), staged_root_);
}

Status RepositoryEditor::commit(const OnlineSigners& online) {
  std::int64_t snapshot_version = 0;
  ASSIGN_OR_RETURN(MetadataFiles files, staged_files(online, snapshot_version));
  const auto verify = [&] {
    return verify_release(trusted_root_, files, now_, Expiry::ignored, state_.versions);
  };
  // A release that the old root holds too is written before the new root: then every moment is one
  // that displays accept.
  const bool old_root_holds = verify().has_value();
  if (!staged_root_.empty())
    files[fmt::format("{}.root.json", state_.root.head.version + 1)] = staged_root_;
  TRY(verify());
  if (!old_root_holds) TRY(write_root());
  for (const auto& [role, staged] : staged_)
    TRY(write_file(role_path(folder_, role, staged.version), staged.file));
  TRY(write_file(role_path(folder_, "snapshot", snapshot_version), files["snapshot.json"]));
  TRY(write_file(timestamp_path(folder_), files["timestamp.json"]));
  if (old_root_holds) TRY(write_root());
  ASSIGN_OR_RETURN(state_, read_repository(folder_, trusted_root_));
  staged_.clear();
  staged_root_.clear();
  return {};
}

}  // namespace noseon
