#include "fleet/trust/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/say.h"

namespace noseon {
namespace {

Result<std::string_view> file_of(const MetadataFiles& files, const std::string& name) {
  if (const auto file = files.find(name); file != files.end()) return file->second;
  return fail(ErrorKind::not_found, say("the file {} is missing", name));
}

bool is_root_file_name(std::string_view role) {
  constexpr std::string_view kEnding = ".root";
  return role.ends_with(kEnding) &&
         role.substr(0, role.size() - kEnding.size()).find_first_not_of("0123456789") == role.npos;
}

// 5.3; says whether what was accepted under an earlier root is to be forgotten (5.3.11).
Result<bool> walk_roots(TrustedMetadata& trusted, const MetadataFiles& files,
                        const AcceptedVersions& accepted) {
  bool has_to_forget = false;
  for (int count = 0; count < kRootsMax; ++count) {
    const std::int64_t version = trusted.root().head.version;
    const auto next = files.find(fmt::format("{}.root.json", version + 1));
    if (next == files.end()) break;
    const RootMetadata before = trusted.root();
    TRY(trusted.accept_root(next->second));
    has_to_forget =
        has_to_forget || (version >= accepted.root && has_rotated(before, trusted.root()));
  }
  TRY(trusted.finish_roots());
  return has_to_forget;
}

Status check_not_before(std::string_view name, std::int64_t version, std::int64_t accepted) {
  if (version >= accepted) return {};
  return fail(ErrorKind::rollback,
              say("{}.json: version {}, after version {}", name, version, accepted));
}

AcceptedVersions versions_of(const TrustedMetadata& trusted) {
  AcceptedVersions versions;
  versions.root = trusted.root().head.version;
  versions.timestamp = trusted.timestamp()->head.version;
  versions.snapshot = trusted.snapshot()->head.version;
  for (const auto& [name, file] : trusted.snapshot()->roles) versions.roles[name] = file.version;
  return versions;
}

Status check_versions(const AcceptedVersions& versions, const AcceptedVersions& accepted,
                      bool has_to_forget) {
  TRY(check_not_before("root", versions.root, accepted.root));
  if (has_to_forget) return {};
  TRY(check_not_before("timestamp", versions.timestamp, accepted.timestamp));
  TRY(check_not_before("snapshot", versions.snapshot, accepted.snapshot));
  for (const auto& [name, version] : accepted.roles) {
    const auto now = versions.roles.find(name);
    if (now == versions.roles.end()) {
      return fail(ErrorKind::rollback,
                  say("snapshot.json: the role \"{}\" is no longer listed", name));
    }
    TRY(check_not_before(name, now->second, version));
  }
  return {};
}

// Every delegation to a role that has published.
class Roles {
 public:
  Roles(TrustedMetadata& trusted, const MetadataFiles& files) : trusted_(trusted), files_(files) {}

  [[nodiscard]] Status accept_all() {
    TRY(open_delegations_of("targets", *trusted_.targets()));
    while (!open_.empty()) {
      const RoleEdge edge = std::move(open_.back());
      open_.pop_back();
      TRY(accept(edge));
      const TargetsMetadata* role = trusted_.delegated(edge);
      if (role == nullptr) {
        left_out_.insert(edge.role);
      } else if (names_.insert(edge.role).second) {
        TRY(open_delegations_of(edge.role, *role));
      }
    }
    return {};
  }

  /// Of all roles that were accepted, "targets" too.
  [[nodiscard]] std::set<std::string> paths() const {
    std::set<std::string> paths;
    for (const std::string& name : names_) {
      for (const auto& [path, file] : trusted_.role(name)->targets) paths.insert(path);
    }
    return paths;
  }

  [[nodiscard]] const std::set<std::string>& left_out() const { return left_out_; }

 private:
  Status open_delegations_of(const std::string& name, const TargetsMetadata& role) {
    count_ += role.delegations.size();
    if (count_ > kDelegationsMax) {
      return fail(ErrorKind::too_large,
                  say("more than {} delegations in one repository", kDelegationsMax));
    }
    for (const Delegation& delegation : role.delegations) {
      if (is_root_file_name(delegation.name)) {
        return fail(ErrorKind::bad_format,
                    say("{}.json: a role may not be named as a root's file", delegation.name));
      }
      if (trusted_.meta_of(delegation.name)) open_.push_back({name, delegation.name});
    }
    return {};
  }

  Status accept(const RoleEdge& edge) {
    ASSIGN_OR_RETURN(const std::string_view bytes,
                     file_of(files_, encode_role_name(edge.role) + ".json"));
    if (bytes.empty()) return {};
    return trusted_.accept_known_delegated(bytes, edge);
  }

  TrustedMetadata& trusted_;
  const MetadataFiles& files_;
  std::set<std::string> names_ = {"targets"};
  std::set<std::string> left_out_;
  std::vector<RoleEdge> open_;
  std::size_t count_ = 0;
};

std::vector<FoundTarget> targets_of(const TrustedMetadata& trusted,
                                    const std::set<std::string>& paths) {
  const auto load = [&](const RoleEdge& edge) -> Status {
    if (trusted.delegated(edge) != nullptr) return {};
    return fail(ErrorKind::not_found, edge.role);  // nobody reads it
  };
  std::vector<FoundTarget> targets;
  targets.reserve(paths.size());
  for (const std::string& path : paths) {
    auto found = find_target(trusted, path, load);
    if (found && *found) targets.push_back(**std::move(found));
  }
  return targets;
}

}  // namespace

Result<VerifiedRelease> verify_release(std::string_view trusted_root, const MetadataFiles& files,
                                       Instant now, Expiry expiry,
                                       const AcceptedVersions& accepted) {
  ASSIGN_OR_RETURN(TrustedMetadata trusted, TrustedMetadata::begin(trusted_root, now, expiry));
  ASSIGN_OR_RETURN(const bool has_to_forget, walk_roots(trusted, files, accepted));
  ASSIGN_OR_RETURN(const std::string_view timestamp, file_of(files, "timestamp.json"));
  TRY(trusted.accept_timestamp(timestamp));
  ASSIGN_OR_RETURN(const std::string_view snapshot, file_of(files, "snapshot.json"));
  TRY(trusted.accept_snapshot(snapshot));
  const AcceptedVersions versions = versions_of(trusted);
  TRY(check_versions(versions, accepted, has_to_forget));
  ASSIGN_OR_RETURN(const std::string_view targets, file_of(files, "targets.json"));
  TRY(trusted.accept_targets(targets));
  Roles roles(trusted, files);
  TRY(roles.accept_all());
  VerifiedRelease release;
  release.versions = versions;
  release.issued = trusted.timestamp()->issued;
  release.targets = targets_of(trusted, roles.paths());
  release.root = trusted.root();
  release.left_out.assign(roles.left_out().begin(), roles.left_out().end());
  return release;
}

}  // namespace noseon
