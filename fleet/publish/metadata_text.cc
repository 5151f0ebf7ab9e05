#include "fleet/publish/metadata_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json.h"
#include "base/say.h"
#include "base/sha256.h"
#include "fleet/trust/canonical.h"

namespace noseon {
namespace {

using nlohmann::json;

constexpr const char* kSpecVersion = "1.0.34";

json head_json(const char* type, const MetadataHead& head) {
  return {{"_type", type},
          {"spec_version", kSpecVersion},
          {"version", head.version},
          {"expires", metadata_time(head.expires)}};
}

json keys_json(const KeysById& keys) {
  json listed = json::object();
  for (const auto& [id, key] : keys) {
    listed[id] = {
        {"keytype", key.type}, {"scheme", key.scheme}, {"keyval", {{"public", key.value}}}};
  }
  return listed;
}

json role_json(const RoleKeys& role) {
  return {{"keyids", role.key_ids}, {"threshold", role.threshold}};
}

json hashes_json(const Sha256& hash) {
  return {{"sha256", to_hex(hash)}};
}

json meta_file_json(const MetaFile& file) {
  json listed = {{"version", file.version}};
  if (file.length) listed["length"] = *file.length;
  if (file.sha256) listed["hashes"] = hashes_json(*file.sha256);
  return listed;
}

json delegation_json(const Delegation& delegation) {
  json listed = role_json(delegation.keys);
  listed["name"] = delegation.name;
  listed["terminating"] = delegation.is_terminating;
  if (delegation.path_hash_prefixes.empty()) {
    listed["paths"] = delegation.paths;
  } else {
    listed["path_hash_prefixes"] = delegation.path_hash_prefixes;
  }
  return listed;
}

// The signatures of others stay as they are; one of the same key is replaced.
Status sign_into(json& signatures, std::string_view canonical, const Signers& signers) {
  for (const SigningKey& signer : signers) {
    ASSIGN_OR_RETURN(const MetadataSignature signature, signer.sign(canonical));
    json entry = {{"keyid", signature.key_id}, {"sig", signature.hex}};
    const auto same = std::find_if(signatures.begin(), signatures.end(), [&](const json& other) {
      return other.is_object() && other.value("keyid", json()) == entry["keyid"];
    });
    if (same == signatures.end()) {
      signatures.push_back(std::move(entry));
    } else {
      *same = std::move(entry);
    }
  }
  return {};
}

std::string text_of(const json& file) {
  return file.dump() + "\n";
}

}  // namespace

json metadata_json(const RootMetadata& root) {
  json content = head_json("root", root.head);
  content["consistent_snapshot"] = root.is_consistent_snapshot;
  content["keys"] = keys_json(root.keys);
  content["roles"] = {{"root", role_json(root.root)},
                      {"timestamp", role_json(root.timestamp)},
                      {"snapshot", role_json(root.snapshot)},
                      {"targets", role_json(root.targets)}};
  return content;
}

json metadata_json(const TimestampMetadata& timestamp) {
  json content = head_json("timestamp", timestamp.head);
  content["meta"] = {{"snapshot.json", meta_file_json(timestamp.snapshot)}};
  if (timestamp.issued) content["x-issued"] = metadata_time(*timestamp.issued);
  return content;
}

json metadata_json(const SnapshotMetadata& snapshot) {
  json content = head_json("snapshot", snapshot.head);
  json meta = json::object();
  for (const auto& [role, file] : snapshot.roles) meta[role + ".json"] = meta_file_json(file);
  content["meta"] = std::move(meta);
  return content;
}

json metadata_json(const TargetsMetadata& targets) {
  json content = head_json("targets", targets.head);
  json listed = json::object();
  for (const auto& [path, file] : targets.targets) {
    listed[path] = {{"length", file.length}, {"hashes", hashes_json(file.sha256)}};
  }
  content["targets"] = std::move(listed);
  if (targets.delegations.empty()) return content;
  json roles = json::array();
  for (const Delegation& delegation : targets.delegations) {
    roles.push_back(delegation_json(delegation));
  }
  content["delegations"] = {{"keys", keys_json(targets.keys)}, {"roles", std::move(roles)}};
  return content;
}

Result<std::string> sign_metadata(const json& content, const Signers& signers) {
  ASSIGN_OR_RETURN(const std::string canonical, canonical_json(content));
  json signatures = json::array();
  TRY(sign_into(signatures, canonical, signers));
  return text_of({{"signed", content}, {"signatures", std::move(signatures)}});
}

Result<std::string> write_metadata(const RootMetadata& root, const Signers& signers) {
  return sign_metadata(metadata_json(root), signers);
}

Result<std::string> write_metadata(const TimestampMetadata& timestamp, const Signers& signers) {
  return sign_metadata(metadata_json(timestamp), signers);
}

Result<std::string> write_metadata(const SnapshotMetadata& snapshot, const Signers& signers) {
  return sign_metadata(metadata_json(snapshot), signers);
}

Result<std::string> write_metadata(const TargetsMetadata& targets, const Signers& signers) {
  return sign_metadata(metadata_json(targets), signers);
}

Result<std::string> add_signatures(std::string_view file, const Signers& signers) {
  ASSIGN_OR_RETURN(json tree, parse_json(file, {.bytes_max = kTargetsBytesMax}));
  if (!tree.is_object() || !tree.contains("signed") || !tree.contains("signatures") ||
      !tree["signatures"].is_array()) {
    return fail(ErrorKind::bad_format, say("not signed metadata"));
  }
  ASSIGN_OR_RETURN(const std::string canonical, canonical_json(tree["signed"]));
  TRY(sign_into(tree["signatures"], canonical, signers));
  return text_of(tree);
}

MetaFile meta_file_for(std::int64_t version, std::string_view bytes) {
  return {version, bytes.size(), sha256(bytes)};
}

std::string metadata_time(Instant instant) {
  // "2027-02-25T08:00:00.000+00:00": the first 19 letters are date and time.
  return to_rfc3339(std::chrono::floor<std::chrono::seconds>(instant), std::chrono::seconds{0})
             .substr(0, 19) +
         "Z";
}

}  // namespace noseon
