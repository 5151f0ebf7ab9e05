#include "fleet/trust/trusted_metadata.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/say.h"
#include "fleet/trust/keys.h"

// Sections are those of the TUF specification 1.0.34.
namespace noseon {
namespace {

// What a file was, to find it again.
struct FileMark {
  std::uint64_t length = 0;
  Sha256 sha256{};
  friend bool operator==(const FileMark&, const FileMark&) = default;
};

FileMark mark_of(std::string_view bytes) {
  return {bytes.size(), sha256(bytes)};
}

bool fits(const MetaFile& meta, const FileMark& mark) {
  return meta.length.value_or(mark.length) == mark.length &&
         meta.sha256.value_or(mark.sha256) == mark.sha256;
}

struct AcceptedSnapshot {
  SnapshotMetadata content;
  FileMark mark;
};

struct AcceptedRole {
  std::shared_ptr<const TargetsMetadata> content;  // one for all its delegators
  FileMark mark;
};

template <class T>
Status check_signatures(const Signed<T>& file, const KeysById& keys, const RoleKeys& role) {
  const std::int64_t valid = count_valid(keys, role, file.canonical, file.signatures);
  if (valid >= role.threshold) return {};
  return fail(ErrorKind::signature,
              say("signed by {} of the keys that are trusted for it, {} are needed", valid,
                  role.threshold));
}

// 5.5.2 and 5.6.2, before anything of the file is parsed.
Status check_mark(const MetaFile& meta, const FileMark& mark) {
  if (fits(meta, mark)) return {};
  return fail(ErrorKind::bad_format,
              say("length or SHA-256 are not those that were signed for it; it is another file"));
}

// 5.5.4 and 5.6.4: exactly the version that the parent names.
Status check_version(std::int64_t version, std::int64_t named) {
  if (version == named) return {};
  return fail(version < named ? ErrorKind::rollback : ErrorKind::bad_format,
              say("version {}, where version {} was signed for", version, named));
}

// 5.5.5: no targets role may leave the snapshot, or go back.
Status check_no_role_lost(const SnapshotMetadata& before, const SnapshotMetadata& after) {
  for (const auto& [name, file] : before.roles) {
    const auto now = after.roles.find(name);
    if (now == after.roles.end()) {
      return fail(ErrorKind::rollback, say("the role \"{}\" is no longer listed", name));
    }
    if (now->second.version < file.version) {
      return fail(ErrorKind::rollback, say("lists \"{}\" at version {}, after version {}", name,
                                           now->second.version, file.version));
    }
  }
  return {};
}

bool has_same_keys(const RoleKeys& a, const RoleKeys& b) {
  return a.key_ids.size() == b.key_ids.size() &&
         std::is_permutation(a.key_ids.begin(), a.key_ids.end(), b.key_ids.begin());
}

Status in(const Status& status, std::string_view file) {
  if (status) return {};
  return fail(status.error().with_context(file));
}

}  // namespace

bool has_rotated(const RootMetadata& before, const RootMetadata& after) {
  return !has_same_keys(before.timestamp, after.timestamp) ||
         !has_same_keys(before.snapshot, after.snapshot);
}

struct TrustedMetadata::State {
  Instant now;
  Expiry expiry = Expiry::judged;
  RootMetadata root;
  bool is_rotated = false;  // keys of timestamp or snapshot, since begin()
  bool is_root_final = false;
  std::optional<TimestampMetadata> timestamp;
  bool is_timestamp_final = false;  // accepted in this run, not merely stored
  std::optional<AcceptedSnapshot> snapshot;
  AcceptedRole targets;
  std::map<RoleEdge, AcceptedRole> delegated;

  // 5.3.10, 5.4.4, 5.5.6, 5.6.5: what expires at this very moment has expired.
  [[nodiscard]] Status check_expiry(const MetadataHead& head) const {
    if (expiry == Expiry::ignored || now < head.expires) return {};
    return fail(ErrorKind::expired,
                say("expired on {} (UTC): sign it again, or see whether the clock is right",
                    to_string(Civil{head.expires.time_since_epoch()})));
  }

  // 5.3.11
  [[nodiscard]] Status check_not_rotated() const {
    if (!is_rotated) return {};
    return fail(ErrorKind::signature, say("forgotten, as its keys were replaced"));
  }

  Status accept_root(std::string_view bytes);
  Status accept_stored_timestamp(std::string_view bytes);
  Result<Freshness> accept_timestamp(std::string_view bytes);
  Status accept_stored_snapshot(std::string_view bytes);
  Status accept_snapshot(std::string_view bytes);
  Result<AcceptedRole> read_role(std::string_view bytes, const std::string& name,
                                 const KeysById& keys, const RoleKeys& role,
                                 Expiry role_expiry) const;
  Status accept_delegated(std::string_view bytes, const RoleEdge& edge, Expiry role_expiry);

  [[nodiscard]] bool has_current_snapshot() const;
  [[nodiscard]] const AcceptedRole* role(std::string_view name) const;
};

// ---- 5.3: roots
// ----------------------------------------------------------------------------------

Status TrustedMetadata::State::accept_root(std::string_view bytes) {
  ASSIGN_OR_RETURN(Signed<RootMetadata> next, parse_root(bytes));
  TRY(check_signatures(next, root.keys, root.root));                  // 5.3.4, by the old keys
  TRY(check_signatures(next, next.content.keys, next.content.root));  // and by the new
  if (next.content.head.version != root.head.version + 1) {           // 5.3.5
    return fail(ErrorKind::rollback,
                say("version {}, after version {}", next.content.head.version, root.head.version));
  }
  is_rotated = is_rotated || has_rotated(root, next.content);
  root = std::move(next.content);  // 5.3.7; whether it is expired is asked of the last (5.3.6)
  return {};
}

// ---- 5.4: the timestamp
// --------------------------------------------------------------------------

Status TrustedMetadata::State::accept_stored_timestamp(std::string_view bytes) {
  TRY(check_not_rotated());
  ASSIGN_OR_RETURN(const Signed<TimestampMetadata> stored, parse_timestamp(bytes));
  TRY(check_signatures(stored, root.keys, root.timestamp));
  timestamp = stored.content;
  return {};
}

Result<Freshness> TrustedMetadata::State::accept_timestamp(std::string_view bytes) {
  ASSIGN_OR_RETURN(const Signed<TimestampMetadata> next, parse_timestamp(bytes));
  TRY(check_signatures(next, root.keys, root.timestamp));  // 5.4.2
  const MetadataHead& head = next.content.head;
  if (timestamp && head.version == timestamp->head.version) {  // 5.4.3.1: nothing has changed
    TRY(check_expiry(timestamp->head));
    is_timestamp_final = true;
    return Freshness::unchanged;
  }
  if (timestamp && head.version < timestamp->head.version) {
    return fail(ErrorKind::rollback,
                say("version {}, after version {}", head.version, timestamp->head.version));
  }
  if (timestamp && next.content.snapshot.version < timestamp->snapshot.version) {  // 5.4.3.2
    return fail(ErrorKind::rollback,
                say("lists \"{}\" at version {}, after version {}", "snapshot",
                    next.content.snapshot.version, timestamp->snapshot.version));
  }
  TRY(check_expiry(head));  // 5.4.4
  timestamp = next.content;
  is_timestamp_final = true;
  return Freshness::newer;
}

// ---- 5.5: the snapshot
// ---------------------------------------------------------------------------

bool TrustedMetadata::State::has_current_snapshot() const {
  return is_timestamp_final && snapshot &&
         snapshot->content.head.version == timestamp->snapshot.version &&
         fits(timestamp->snapshot, snapshot->mark) && check_expiry(snapshot->content.head);
}

Status TrustedMetadata::State::accept_stored_snapshot(std::string_view bytes) {
  TRY(check_not_rotated());
  ASSIGN_OR_RETURN(Signed<SnapshotMetadata> stored, parse_snapshot(bytes));
  TRY(check_signatures(stored, root.keys, root.snapshot));
  snapshot = AcceptedSnapshot{std::move(stored.content), mark_of(bytes)};
  return {};
}

Status TrustedMetadata::State::accept_snapshot(std::string_view bytes) {
  const FileMark mark = mark_of(bytes);
  TRY(check_mark(timestamp->snapshot, mark));  // 5.5.2
  ASSIGN_OR_RETURN(Signed<SnapshotMetadata> next, parse_snapshot(bytes));
  TRY(check_signatures(next, root.keys, root.snapshot));                       // 5.5.3
  TRY(check_version(next.content.head.version, timestamp->snapshot.version));  // 5.5.4
  if (snapshot) TRY(check_no_role_lost(snapshot->content, next.content));      // 5.5.5
  TRY(check_expiry(next.content.head));                                        // 5.5.6
  snapshot = AcceptedSnapshot{std::move(next.content), mark};
  targets = {};
  delegated.clear();
  return {};
}

// ---- 5.6: targets and delegated roles
// ------------------------------------------------------------

Result<AcceptedRole> TrustedMetadata::State::read_role(std::string_view bytes,
                                                       const std::string& name,
                                                       const KeysById& keys, const RoleKeys& role,
                                                       Expiry role_expiry) const {
  const auto meta = snapshot->content.roles.find(name);
  if (meta == snapshot->content.roles.end()) {
    return fail(ErrorKind::not_found, say("the snapshot does not list it"));
  }
  AcceptedRole read{nullptr, mark_of(bytes)};
  TRY(check_mark(meta->second, read.mark));  // 5.6.2
  ASSIGN_OR_RETURN(Signed<TargetsMetadata> next, parse_targets(bytes));
  TRY(check_signatures(next, keys, role));                                  // 5.6.3
  TRY(check_version(next.content.head.version, meta->second.version));      // 5.6.4
  if (role_expiry == Expiry::judged) TRY(check_expiry(next.content.head));  // 5.6.5
  read.content = std::make_shared<const TargetsMetadata>(std::move(next.content));
  return read;
}

const AcceptedRole* TrustedMetadata::State::role(std::string_view name) const {
  if (name == "targets") return targets.content ? &targets : nullptr;
  const auto found = std::find_if(delegated.begin(), delegated.end(),
                                  [&](const auto& entry) { return entry.first.role == name; });
  return found == delegated.end() ? nullptr : &found->second;
}

// A role that two delegate to is verified by the keys that each of them names (4.5). Were it one
// file for the one and another for the other, then what it delegates in turn would be somebody
// else's word for one of them.
Status TrustedMetadata::State::accept_delegated(std::string_view bytes, const RoleEdge& edge,
                                                Expiry role_expiry) {
  const AcceptedRole* delegator = role(edge.delegator);
  if (delegator == nullptr) {
    return fail(ErrorKind::not_found, say("its delegator \"{}\" is not accepted", edge.delegator));
  }
  const auto& delegations = delegator->content->delegations;
  const auto delegation =
      std::find_if(delegations.begin(), delegations.end(),
                   [&](const Delegation& candidate) { return candidate.name == edge.role; });
  if (delegation == delegations.end()) {
    return fail(ErrorKind::not_found, say("\"{}\" does not delegate to it", edge.delegator));
  }
  ASSIGN_OR_RETURN(AcceptedRole next, read_role(bytes, edge.role, delegator->content->keys,
                                                delegation->keys, role_expiry));
  const AcceptedRole* before = role(edge.role);
  if (before != nullptr && before->mark != next.mark) {
    return fail(ErrorKind::bad_format, say("not the file that was accepted for another delegator"));
  }
  if (before != nullptr) next.content = before->content;
  delegated[edge] = std::move(next);
  return {};
}

// ---- The class
// -----------------------------------------------------------------------------------

TrustedMetadata::TrustedMetadata(std::unique_ptr<State> state) : state_(std::move(state)) {}
TrustedMetadata::TrustedMetadata(TrustedMetadata&& other) noexcept = default;
TrustedMetadata& TrustedMetadata::operator=(TrustedMetadata&& other) noexcept = default;
TrustedMetadata::~TrustedMetadata() = default;

// 5.2: trusted, but still signed by its own keys; a damaged file is found here.
Result<TrustedMetadata> TrustedMetadata::begin(std::string_view root, Instant now, Expiry expiry) {
  auto parsed = parse_root(root);
  if (!parsed) return fail(parsed.error().with_context(say("the trusted root")));
  const Status is_signed = check_signatures(*parsed, parsed->content.keys, parsed->content.root);
  if (!is_signed) return fail(is_signed.error().with_context(say("the trusted root")));
  auto state = std::make_unique<State>();
  state->now = now;
  state->expiry = expiry;
  state->root = std::move(parsed->content);
  return TrustedMetadata(std::move(state));
}

Status TrustedMetadata::accept_root(std::string_view bytes) {
  CHECK(!state_->is_root_final);
  return in(state_->accept_root(bytes), "root.json");
}

Status TrustedMetadata::finish_roots() {
  TRY(in(state_->check_expiry(state_->root.head), "root.json"));
  state_->is_root_final = true;
  return {};
}

Status TrustedMetadata::accept_stored_timestamp(std::string_view bytes) {
  CHECK(state_->is_root_final && !state_->is_timestamp_final);
  return in(state_->accept_stored_timestamp(bytes), "timestamp.json");
}

Status TrustedMetadata::accept_stored_snapshot(std::string_view bytes) {
  CHECK(state_->is_root_final && !state_->snapshot);
  return in(state_->accept_stored_snapshot(bytes), "snapshot.json");
}

Result<Freshness> TrustedMetadata::accept_timestamp(std::string_view bytes) {
  CHECK(state_->is_root_final);
  auto freshness = state_->accept_timestamp(bytes);
  if (!freshness) return fail(freshness.error().with_context("timestamp.json"));
  return freshness;
}

bool TrustedMetadata::has_current_snapshot() const {
  CHECK(state_->is_timestamp_final);
  return state_->has_current_snapshot();
}

Status TrustedMetadata::accept_snapshot(std::string_view bytes) {
  CHECK(state_->is_timestamp_final);
  return in(state_->accept_snapshot(bytes), "snapshot.json");
}

Status TrustedMetadata::accept_targets(std::string_view bytes) {
  CHECK(state_->has_current_snapshot());
  auto accepted =
      state_->read_role(bytes, "targets", state_->root.keys, state_->root.targets, Expiry::judged);
  if (!accepted) return fail(accepted.error().with_context("targets.json"));
  state_->targets = *std::move(accepted);
  state_->delegated.clear();
  return {};
}

Status TrustedMetadata::accept_delegated(std::string_view bytes, const RoleEdge& edge) {
  CHECK(state_->has_current_snapshot());
  return in(state_->accept_delegated(bytes, edge, Expiry::judged), edge.role + ".json");
}

Status TrustedMetadata::accept_known_delegated(std::string_view bytes, const RoleEdge& edge) {
  CHECK(state_->has_current_snapshot());
  return in(state_->accept_delegated(bytes, edge, Expiry::ignored), edge.role + ".json");
}

const RootMetadata& TrustedMetadata::root() const {
  return state_->root;
}

const TimestampMetadata* TrustedMetadata::timestamp() const {
  return state_->timestamp ? &*state_->timestamp : nullptr;
}

const SnapshotMetadata* TrustedMetadata::snapshot() const {
  return state_->snapshot ? &state_->snapshot->content : nullptr;
}

const TargetsMetadata* TrustedMetadata::targets() const {
  return state_->targets.content.get();
}

const TargetsMetadata* TrustedMetadata::delegated(const RoleEdge& edge) const {
  const auto found = state_->delegated.find(edge);
  return found == state_->delegated.end() ? nullptr : found->second.content.get();
}

const TargetsMetadata* TrustedMetadata::role(std::string_view name) const {
  const AcceptedRole* found = state_->role(name);
  return found == nullptr ? nullptr : found->content.get();
}

std::optional<MetaFile> TrustedMetadata::meta_of(std::string_view role) const {
  if (!state_->snapshot) return std::nullopt;
  const auto found = state_->snapshot->content.roles.find(role);
  if (found == state_->snapshot->content.roles.end()) return std::nullopt;
  return found->second;
}

}  // namespace noseon
