#include "fleet/trust/metadata.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json.h"
#include "base/say.h"
#include "fleet/trust/canonical.h"
#include "fleet/trust/keys.h"

// Sections are those of the TUF specification 1.0.34.
namespace noseon {
namespace {

using nlohmann::json;

Failure bad(std::string message) {
  return fail(ErrorKind::bad_format, std::move(message));
}

// ---- Fields of a known type, or what is wrong with them
// ------------------------------------------

Result<const json*> field(const json& object, const char* name) {
  if (const auto found = object.find(name); found != object.end()) return &*found;
  return bad(say("\"{}\" is missing", name));
}

Result<const json*> object_in(const json& object, const char* name) {
  ASSIGN_OR_RETURN(const json* value, field(object, name));
  if (!value->is_object()) return bad(say("\"{}\" must be an object", name));
  return value;
}

Result<const json*> list_in(const json& object, const char* name) {
  ASSIGN_OR_RETURN(const json* value, field(object, name));
  if (!value->is_array()) return bad(say("\"{}\" must be a list", name));
  return value;
}

Result<std::string> text_in(const json& object, const char* name) {
  ASSIGN_OR_RETURN(const json* value, field(object, name));
  if (!value->is_string()) return bad(say("\"{}\" must be a text", name));
  return value->get<std::string>();
}

Result<bool> flag_in(const json& object, const char* name) {
  if (!object.contains(name)) return false;
  const json& value = object[name];
  if (!value.is_boolean()) return bad(say("\"{}\" must be true or false", name));
  return value.get<bool>();
}

// A whole number from `least` to `most`. What an int64 does not hold is none: is_number_integer()
// is false for what nlohmann had to make a double of.
Result<std::int64_t> number_in(const json& object, const char* name, std::int64_t least,
                               std::int64_t most = INT64_MAX) {
  ASSIGN_OR_RETURN(const json* value, field(object, name));
  const bool fits = value->is_number_integer() &&
                    !(value->is_number_unsigned() &&
                      value->get<std::uint64_t>() > static_cast<std::uint64_t>(most));
  if (!fits || value->get<std::int64_t>() < least) {
    return bad(say("\"{}\" must be a whole number from {} to {}", name, least, most));
  }
  return value->get<std::int64_t>();
}

Result<std::int64_t> version_in(const json& object) {
  return number_in(object, "version", 1, kVersionMax);
}

Result<std::vector<std::string>> texts_in(const json& object, const char* name) {
  ASSIGN_OR_RETURN(const json* list, list_in(object, name));
  std::vector<std::string> texts;
  texts.reserve(list->size());
  for (const json& text : *list) {
    if (!text.is_string()) return bad(say("\"{}\" must be a list of texts", name));
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

// 4.2: "YYYY-MM-DDTHH:MM:SSZ" and nothing else.
std::optional<Instant> parse_time(const std::string& text) {
  constexpr std::size_t kLength = std::string_view("2027-02-25T08:00:00Z").size();
  if (text.size() != kLength || text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  return parse_rfc3339(text);
}

// ---- What all roles have
// -------------------------------------------------------------------------

// 4.3: major.minor.fix, of which the major number must be ours; old metadata leaves out the fix.
bool is_our_version(std::string_view text) {
  if (!text.starts_with("1.")) return false;
  text.remove_prefix(2);
  const auto dot = text.find('.');
  const auto is_number = [](std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
  };
  if (dot == text.npos) return is_number(text);
  return is_number(text.substr(0, dot)) && is_number(text.substr(dot + 1));
}

Result<MetadataHead> head_of(const json& content, std::string_view type) {
  ASSIGN_OR_RETURN(const std::string written, text_in(content, "_type"));
  if (written != type) return bad(say("\"_type\" is \"{}\" and must be \"{}\"", written, type));
  ASSIGN_OR_RETURN(const std::string spec, text_in(content, "spec_version"));
  if (!is_our_version(spec)) return bad(say("\"spec_version\" is \"{}\" and must be 1.x.y", spec));
  MetadataHead head;
  ASSIGN_OR_RETURN(head.version, version_in(content));
  ASSIGN_OR_RETURN(const std::string expires, text_in(content, "expires"));
  const auto instant = parse_time(expires);
  if (!instant) {
    return bad(say("\"expires\" is \"{}\" and must be as 2027-02-25T08:00:00Z", expires));
  }
  head.expires = *instant;
  return head;
}

// 4.2: a key id stands once in "signatures".
Result<std::vector<MetadataSignature>> signatures_of(const json& file) {
  ASSIGN_OR_RETURN(const json* list, list_in(file, "signatures"));
  std::vector<MetadataSignature> signatures;
  std::set<std::string_view> seen;
  signatures.reserve(list->size());
  for (const json& entry : *list) {
    if (!entry.is_object()) return bad(say("a signature must be an object"));
    MetadataSignature signature;
    ASSIGN_OR_RETURN(signature.key_id, text_in(entry, "keyid"));
    ASSIGN_OR_RETURN(signature.hex, text_in(entry, "sig"));
    signatures.push_back(std::move(signature));
    if (!seen.insert(entry["keyid"].get_ref<const std::string&>()).second) {
      return bad(say("two signatures of the key {}", signatures.back().key_id));
    }
  }
  return signatures;
}

// 4.1: "signed" is kept as the canonical form of all of it, unknown fields too.
template <class T>
Result<Signed<T>> parse(std::string_view bytes, std::uint64_t bytes_max,
                        Result<T> (*content_of)(const json&)) {
  ASSIGN_OR_RETURN(const json file, parse_json(bytes, {.bytes_max = bytes_max}));
  if (!file.is_object()) return bad(say("metadata must be an object"));
  ASSIGN_OR_RETURN(const json* content, object_in(file, "signed"));
  Signed<T> parsed;
  ASSIGN_OR_RETURN(parsed.signatures, signatures_of(file));
  ASSIGN_OR_RETURN(parsed.content, content_of(*content));
  ASSIGN_OR_RETURN(parsed.canonical, canonical_json(*content));
  return parsed;
}

// ---- Keys
// ----------------------------------------------------------------------------------------

// 4.3: the client computes each key id anew: over the key as it is listed, or over the fields that
// the specification knows, where a repository has added others after naming the key.
bool names_key(const std::string& id, const json& listed, const PublicKey& key) {
  if (id == key_id_of(key)) return true;
  const auto canonical = canonical_json(listed);
  return canonical && id == to_hex(sha256(*canonical));
}

Result<PublicKey> read_key(const json& listed) {
  if (!listed.is_object()) return bad(say("must be an object"));
  PublicKey key;
  ASSIGN_OR_RETURN(key.type, text_in(listed, "keytype"));
  ASSIGN_OR_RETURN(key.scheme, text_in(listed, "scheme"));
  ASSIGN_OR_RETURN(const json* value, object_in(listed, "keyval"));
  ASSIGN_OR_RETURN(key.value, text_in(*value, "public"));
  return key;
}

Result<PublicKey> key_of(const std::string& id, const json& listed) {
  ASSIGN_OR_RETURN(PublicKey key, read_key(listed));
  if (!names_key(id, listed, key)) return bad(say("the key has another id"));
  key.id = id;
  return key;
}

Result<KeysById> keys_in(const json& object) {
  ASSIGN_OR_RETURN(const json* listed, object_in(object, "keys"));
  KeysById keys;
  for (const auto& [id, value] : listed->items()) {
    auto key = key_of(id, value);
    if (!key) return fail(key.error().with_context(say("key {}", id)));
    keys.emplace_hint(keys.end(), id, *std::move(key));
  }
  return keys;
}

Result<RoleKeys> role_keys_of(const json& role) {
  RoleKeys keys;
  ASSIGN_OR_RETURN(keys.key_ids, texts_in(role, "keyids"));
  ASSIGN_OR_RETURN(keys.threshold, number_in(role, "threshold", 1));
  std::set<std::string_view> seen;
  for (const std::string& id : keys.key_ids) {
    if (!seen.insert(id).second) return bad(say("the key id {} stands twice in \"keyids\"", id));
  }
  return keys;
}

Result<RoleKeys> role_in(const json& roles, const char* name) {
  ASSIGN_OR_RETURN(const json* role, object_in(roles, name));
  auto keys = role_keys_of(*role);
  if (!keys) return fail(keys.error().with_context(say("role \"{}\"", name)));
  return keys;
}

Result<RootMetadata> root_of(const json& content) {
  RootMetadata root;
  ASSIGN_OR_RETURN(root.head, head_of(content, "root"));
  ASSIGN_OR_RETURN(root.is_consistent_snapshot, flag_in(content, "consistent_snapshot"));
  ASSIGN_OR_RETURN(root.keys, keys_in(content));
  ASSIGN_OR_RETURN(const json* roles, object_in(content, "roles"));
  ASSIGN_OR_RETURN(root.root, role_in(*roles, "root"));
  ASSIGN_OR_RETURN(root.timestamp, role_in(*roles, "timestamp"));
  ASSIGN_OR_RETURN(root.snapshot, role_in(*roles, "snapshot"));
  ASSIGN_OR_RETURN(root.targets, role_in(*roles, "targets"));
  return root;
}

// ---- How other files are to be
// -------------------------------------------------------------------

// SHA-256 is what we compute; others may stand beside it.
Result<Sha256> sha256_in(const json& object) {
  ASSIGN_OR_RETURN(const json* hashes, object_in(object, "hashes"));
  ASSIGN_OR_RETURN(const std::string text, text_in(*hashes, "sha256"));
  const auto hash = sha256_from_hex(text);
  if (!hash) return bad(say("\"sha256\" must be 64 lower-case hexadecimal digits"));
  return *hash;
}

Result<MetaFile> meta_file_of(const json& entry) {
  if (!entry.is_object()) return bad(say("must be an object"));
  MetaFile file;
  ASSIGN_OR_RETURN(file.version, version_in(entry));
  if (entry.contains("length")) {
    ASSIGN_OR_RETURN(file.length, number_in(entry, "length", 0));
  }
  if (entry.contains("hashes")) {
    ASSIGN_OR_RETURN(file.sha256, sha256_in(entry));
  }
  return file;
}

Result<MetaFile> meta_file_in(const json& meta, const char* name) {
  ASSIGN_OR_RETURN(const json* entry, field(meta, name));
  auto file = meta_file_of(*entry);
  if (!file) return fail(file.error().with_context(name));
  return file;
}

// 4.6: of the snapshot alone.
Result<TimestampMetadata> timestamp_of(const json& content) {
  TimestampMetadata timestamp;
  ASSIGN_OR_RETURN(timestamp.head, head_of(content, "timestamp"));
  ASSIGN_OR_RETURN(const json* meta, object_in(content, "meta"));
  ASSIGN_OR_RETURN(timestamp.snapshot, meta_file_in(*meta, "snapshot.json"));
  if (meta->size() != 1) return bad(say("\"meta\" may name snapshot.json alone"));
  if (const auto issued = content.find("x-issued"); issued != content.end()) {
    if (issued->is_string()) timestamp.issued = parse_time(issued->get<std::string>());
  }
  return timestamp;
}

Result<SnapshotMetadata> snapshot_of(const json& content) {
  constexpr std::string_view kEnding = ".json";
  SnapshotMetadata snapshot;
  ASSIGN_OR_RETURN(snapshot.head, head_of(content, "snapshot"));
  ASSIGN_OR_RETURN(const json* meta, object_in(content, "meta"));
  for (const auto& [name, entry] : meta->items()) {
    if (!name.ends_with(kEnding) || name.size() == kEnding.size()) {
      return bad(say("\"{}\" in \"meta\" is no ROLE.json", name));
    }
    auto file = meta_file_of(entry);
    if (!file) return fail(file.error().with_context(name));
    snapshot.roles[name.substr(0, name.size() - kEnding.size())] = *file;
  }
  // 4.4: it must list the top-level targets role.
  if (!snapshot.roles.contains("targets")) return bad(say("\"{}\" is missing", "targets.json"));
  return snapshot;
}

// ---- Targets and delegations
// ---------------------------------------------------------------------

Result<TargetFile> target_of(const json& entry) {
  if (!entry.is_object()) return bad(say("must be an object"));
  ASSIGN_OR_RETURN(const std::int64_t length, number_in(entry, "length", 0));
  ASSIGN_OR_RETURN(const Sha256 hash, sha256_in(entry));
  return TargetFile{static_cast<std::uint64_t>(length), hash};
}

bool is_top_level(std::string_view name) {
  return name == "root" || name == "timestamp" || name == "snapshot" || name == "targets";
}

bool is_hash_prefix(std::string_view text) {
  return text.size() <= 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// 4.5: exactly one of "paths" and "path_hash_prefixes".
Status read_paths(const json& entry, Delegation& delegation) {
  if (entry.contains("paths") == entry.contains("path_hash_prefixes")) {
    return bad(say("exactly one of \"paths\" and \"path_hash_prefixes\" must be there"));
  }
  if (entry.contains("paths")) {
    ASSIGN_OR_RETURN(delegation.paths, texts_in(entry, "paths"));
    return {};
  }
  ASSIGN_OR_RETURN(delegation.path_hash_prefixes, texts_in(entry, "path_hash_prefixes"));
  if (!std::all_of(delegation.path_hash_prefixes.begin(), delegation.path_hash_prefixes.end(),
                   is_hash_prefix)) {
    return bad(say("\"path_hash_prefixes\" must be lower-case hexadecimal, at most 64 digits"));
  }
  return {};
}

Result<Delegation> delegation_of(const json& entry) {
  if (!entry.is_object()) return bad(say("must be an object"));
  Delegation delegation;
  ASSIGN_OR_RETURN(delegation.name, text_in(entry, "name"));
  if (delegation.name.empty() || is_top_level(delegation.name)) {
    return bad(say("no delegated role may be named \"{}\"", delegation.name));
  }
  ASSIGN_OR_RETURN(delegation.keys, role_keys_of(entry));
  TRY(read_paths(entry, delegation));
  ASSIGN_OR_RETURN(delegation.is_terminating, flag_in(entry, "terminating"));
  return delegation;
}

Status read_delegations(const json& content, TargetsMetadata& targets) {
  if (!content.contains("delegations")) return {};
  ASSIGN_OR_RETURN(const json* delegations, object_in(content, "delegations"));
  ASSIGN_OR_RETURN(targets.keys, keys_in(*delegations));
  ASSIGN_OR_RETURN(const json* roles, list_in(*delegations, "roles"));
  std::set<std::string> names;
  for (const json& entry : *roles) {
    auto delegation = delegation_of(entry);
    if (!delegation) {
      return fail(
          delegation.error().with_context(say("delegation {}", targets.delegations.size() + 1)));
    }
    if (!names.insert(delegation->name).second) {
      return bad(say("two delegations to \"{}\"", delegation->name));
    }
    targets.delegations.push_back(*std::move(delegation));
  }
  return {};
}

Result<TargetsMetadata> targets_of(const json& content) {
  TargetsMetadata targets;
  ASSIGN_OR_RETURN(targets.head, head_of(content, "targets"));
  ASSIGN_OR_RETURN(const json* listed, object_in(content, "targets"));
  for (const auto& [path, entry] : listed->items()) {
    auto file = target_of(entry);
    if (!file) return fail(file.error().with_context(say("target \"{}\"", path)));
    targets.targets.emplace_hint(targets.targets.end(), path, *file);
  }
  TRY(read_delegations(content, targets));
  return targets;
}

constexpr std::size_t kPublicKeyBytesMax = 16'384;

}  // namespace

Result<PublicKey> parse_public_key(std::string_view bytes) {
  ASSIGN_OR_RETURN(const json listed, parse_json(bytes, {.bytes_max = kPublicKeyBytesMax}));
  ASSIGN_OR_RETURN(PublicKey key, read_key(listed));
  key.id = key_id_of(key);
  return key;
}

Result<Signed<RootMetadata>> parse_root(std::string_view bytes) {
  return parse(bytes, kRootBytesMax, root_of);
}

Result<Signed<TimestampMetadata>> parse_timestamp(std::string_view bytes) {
  return parse(bytes, kTimestampBytesMax, timestamp_of);
}

Result<Signed<SnapshotMetadata>> parse_snapshot(std::string_view bytes) {
  return parse(bytes, kSnapshotBytesMax, snapshot_of);
}

Result<Signed<TargetsMetadata>> parse_targets(std::string_view bytes) {
  return parse(bytes, kTargetsBytesMax, targets_of);
}

}  // namespace noseon
