// A repository's files to a verified state.
#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/say.h"
#include "fleet/publish/layout.h"
#include "fleet/publish/repository.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// What leads from file to file is read before it is verified: it only says what to read next.
class Reader {
 public:
  Reader(const fs::path& folder, std::int64_t roots_max) : folder_(folder), roots_max_(roots_max) {}

  [[nodiscard]] Status read_all(std::string_view trusted_root) {
    TRY(check_is_repository());
    ASSIGN_OR_RETURN(const Signed<RootMetadata> root, parse_root(trusted_root));
    TRY(read_roots(root.content.head.version));
    ASSIGN_OR_RETURN(
        const Signed<TimestampMetadata> timestamp,
        read("timestamp.json", timestamp_path(folder_), kTimestampBytesMax, parse_timestamp));
    state_.timestamp = timestamp.content;
    ASSIGN_OR_RETURN(
        const Signed<SnapshotMetadata> snapshot,
        read("snapshot.json", role_path(folder_, "snapshot", timestamp.content.snapshot.version),
             kSnapshotBytesMax, parse_snapshot));
    state_.snapshot = snapshot.content;
    TRY(read_role("targets"));
    for (const Delegation& delegation : state_.targets().delegations) {
      if (state_.snapshot.roles.contains(delegation.name)) TRY(read_role(delegation.name));
    }
    return {};
  }

  [[nodiscard]] RepositoryState take() { return std::move(state_); }

 private:
  [[nodiscard]] Status check_is_repository() const {
    std::error_code ignored;
    if (fs::exists(timestamp_path(folder_), ignored)) return {};
    return fail(ErrorKind::not_found,
                say("{}: is no repository (it has no metadata/timestamp.json); make one with "
                    "\"noseon repo init\"",
                    folder_.string()));
  }

  [[nodiscard]] Status read_roots(std::int64_t trusted) {
    for (std::int64_t version = trusted + 1; version <= trusted + kRootsMax; ++version) {
      if (version > roots_max_) return {};
      Result<std::string> file = read_file(role_path(folder_, "root", version), kRootBytesMax);
      if (!file && file.error().kind == ErrorKind::not_found) return {};
      if (!file) return fail(std::move(file).error());
      state_.files[fmt::format("{}.root.json", version)] = *std::move(file);
    }
    return {};
  }

  [[nodiscard]] Status read_role(const std::string& role) {
    const auto listed = state_.snapshot.roles.find(role);
    const std::int64_t version = listed == state_.snapshot.roles.end() ? 1 : listed->second.version;
    ASSIGN_OR_RETURN(const Signed<TargetsMetadata> file,
                     read(encode_role_name(role) + ".json", role_path(folder_, role, version),
                          kTargetsBytesMax, parse_targets));
    state_.roles[role] = file.content;
    return {};
  }

  template <class T>
  [[nodiscard]] Result<Signed<T>> read(const std::string& name, const fs::path& path,
                                       std::uint64_t bytes_max,
                                       Result<Signed<T>> (*parse)(std::string_view)) {
    ASSIGN_OR_RETURN(std::string bytes, read_file(path, bytes_max));
    Result<Signed<T>> parsed = parse(bytes);
    if (!parsed) return fail(parsed.error().with_context(path.string()));
    state_.files[name] = std::move(bytes);
    return parsed;
  }

  const fs::path& folder_;
  std::int64_t roots_max_;
  RepositoryState state_;
};

}  // namespace

std::chrono::days lifetime_of(std::string_view role) {
  if (role == "targets") return kTargetsLifetime;
  return role == kEmergency ? kEmergencyLifetime : kAgencyLifetime;
}

const Delegation* RepositoryState::delegation(std::string_view agency) const {
  const auto& all = targets().delegations;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Delegation& one) { return one.name == agency; });
  return found == all.end() ? nullptr : &*found;
}

Result<RepositoryState> read_repository(const fs::path& folder, std::string_view trusted_root,
                                        const AcceptedVersions& accepted, std::int64_t roots_max) {
  Reader reader(folder, roots_max);
  TRY(reader.read_all(trusted_root));
  RepositoryState state = reader.take();
  // Expiry is not judged, so that any moment does.
  Result<VerifiedRelease> verified =
      verify_release(trusted_root, state.files, kBeginningOfTime, Expiry::ignored, accepted);
  if (!verified) {
    return fail(Error{
        verified.error().kind,
        say("{}: what is there is not what was signed: {}; restore the folder from a copy of it",
            folder.string(), verified.error().message)});
  }
  state.root = std::move(verified->root);
  state.versions = std::move(verified->versions);
  return state;
}

fs::path target_file(const fs::path& folder, std::string_view path, const Sha256& sha256) {
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return folder / "targets" / std::string(path.substr(0, name)) /
         fmt::format("{}.{}", to_hex(sha256), path.substr(name));
}

Result<std::string> read_target(const fs::path& folder, std::string_view path,
                                const TargetFile& file) {
  const fs::path where = target_file(folder, path, file.sha256);
  Result<std::string> bytes = read_file(where, file.length);
  if (!bytes && bytes.error().kind != ErrorKind::too_large) return bytes;
  if (bytes && bytes->size() == file.length && sha256(*bytes) == file.sha256) return bytes;
  return fail(ErrorKind::bad_format,
              say("{}: is damaged: it is not what was signed; restore it from a copy, or publish "
                  "the campaign again",
                  where.string()));
}

}  // namespace noseon
