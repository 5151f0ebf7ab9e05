#include "tests/support/small_updater.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace noseon {

const std::string* SmallUpdater::kept(const std::string& name) const {
  const auto found = kept_.find(name);
  return found == kept_.end() ? nullptr : &found->second;
}

std::string SmallUpdater::versioned(const std::string& role, std::int64_t version) const {
  const std::string name = encode_role_name(role) + ".json";
  return trusted_->root().is_consistent_snapshot ? fmt::format("{}.{}", version, name) : name;
}

Status SmallUpdater::refresh(Instant now) {
  const std::string* root = kept("root.json");
  if (root == nullptr) return fail(ErrorKind::not_found, "root.json is missing");
  ASSIGN_OR_RETURN(TrustedMetadata trusted, TrustedMetadata::begin(*root, now, Expiry::judged));
  trusted_ = std::move(trusted);
  TRY(follow_roots());
  TRY(update_timestamp());
  TRY(update_snapshot());
  return update_role("targets",
                     [&](std::string_view bytes) { return trusted_->accept_targets(bytes); });
}

Status SmallUpdater::follow_roots() {
  for (int count = 0; count < kRootsMax; ++count) {
    const std::int64_t version = trusted_->root().head.version + 1;
    const auto next = fetch_(fmt::format("{}.root.json", version), kRootBytesMax);
    if (!next && next.error().kind == ErrorKind::not_found) break;
    if (!next) return fail(next.error());
    TRY(trusted_->accept_root(*next));
    TRY(keep_("root.json", *next));
  }
  return trusted_->finish_roots();
}

Status SmallUpdater::update_timestamp() {
  if (const std::string* stored = kept("timestamp.json")) {
    // A stored one that is refused is as if it were not there.
    static_cast<void>(trusted_->accept_stored_timestamp(*stored));
  }
  ASSIGN_OR_RETURN(const std::string fetched, fetch_("timestamp.json", kTimestampBytesMax));
  ASSIGN_OR_RETURN(const Freshness freshness, trusted_->accept_timestamp(fetched));
  if (freshness == Freshness::unchanged) return {};
  return keep_("timestamp.json", fetched);
}

Status SmallUpdater::update_snapshot() {
  if (const std::string* stored = kept("snapshot.json")) {
    static_cast<void>(trusted_->accept_stored_snapshot(*stored));
  }
  if (trusted_->has_current_snapshot()) return {};
  const MetaFile& meta = trusted_->timestamp()->snapshot;
  ASSIGN_OR_RETURN(const std::string fetched,
                   fetch_(versioned("snapshot", meta.version),
                          std::min(meta.length.value_or(kSnapshotBytesMax), kSnapshotBytesMax)));
  TRY(trusted_->accept_snapshot(fetched));
  return keep_("snapshot.json", fetched);
}

Status SmallUpdater::update_role(const std::string& role,
                                 const std::function<Status(std::string_view)>& accept) {
  const std::string name = encode_role_name(role) + ".json";
  const std::string* stored = kept(name);
  if (stored != nullptr && accept(*stored)) return {};
  const auto meta = trusted_->meta_of(role);
  if (!meta) return fail(ErrorKind::not_found, name + ": the snapshot does not list it");
  ASSIGN_OR_RETURN(const std::string fetched,
                   fetch_(versioned(role, meta->version),
                          std::min(meta->length.value_or(kTargetsBytesMax), kTargetsBytesMax)));
  TRY(accept(fetched));
  return keep_(name, fetched);
}

Result<std::optional<FoundTarget>> SmallUpdater::find(std::string_view target) {
  CHECK(trusted_ && trusted_->targets() != nullptr);
  return find_target(*trusted_, target, [&](const RoleEdge& edge) {
    return update_role(
        edge.role, [&](std::string_view bytes) { return trusted_->accept_delegated(bytes, edge); });
  });
}

std::string SmallUpdater::served_name(const FoundTarget& target) const {
  if (!trusted_->root().is_consistent_snapshot) return target.path;
  const std::size_t name = target.path.rfind('/') + 1;  // 0 where there is none
  return target.path.substr(0, name) + to_hex(target.file.sha256) + "." + target.path.substr(name);
}

}  // namespace noseon
