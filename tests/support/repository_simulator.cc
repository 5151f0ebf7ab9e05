#include "tests/support/repository_simulator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/sha256.h"

namespace noseon {
namespace {

SigningKey new_key() {
  return SigningKey::generate().value();
}

}  // namespace

RepositorySimulator::RepositorySimulator(Instant now, Millis valid_for) {
  const MetadataHead head{0, std::chrono::floor<std::chrono::seconds>(now + valid_for)};
  root.head = timestamp.head = snapshot.head = roles["targets"].head = head;
  root.is_consistent_snapshot = true;
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) add_key(role);
  publish_root();
  publish();
}

std::optional<std::string> RepositorySimulator::serve(std::string_view path) {
  requests.emplace_back(path);
  const auto found = files.find(path);
  return found == files.end() ? std::nullopt : std::optional(found->second);
}

RoleKeys& RepositorySimulator::keys_of(std::string_view top_level) {
  if (top_level == "root") return root.root;
  if (top_level == "timestamp") return root.timestamp;
  if (top_level == "snapshot") return root.snapshot;
  CHECK(top_level == "targets");
  return root.targets;
}

void RepositorySimulator::trust(std::string_view top_level, const SigningKey& key) {
  root.keys[key.public_key().id] = key.public_key();
  keys_of(top_level).key_ids.push_back(key.public_key().id);
}

void RepositorySimulator::add_key(std::string_view top_level) {
  const SigningKey key = new_key();
  trust(top_level, key);
  signers[std::string(top_level)].push_back(key);
}

void RepositorySimulator::rotate_keys(std::string_view top_level) {
  Signers& signing = signers[std::string(top_level)];
  if (top_level == "root") old_root_signers_ = signing;
  signing.clear();
  keys_of(top_level).key_ids.clear();
  add_key(top_level);
}

Delegation& RepositorySimulator::delegate(std::string_view delegator, const std::string& role,
                                          std::vector<std::string> paths) {
  if (!roles.contains(role)) {
    roles[role].head = {0, roles["targets"].head.expires};
    signers[role] = {new_key()};
  }
  const auto by = roles.find(delegator);
  CHECK(by != roles.end());
  Delegation delegation;
  delegation.name = role;
  delegation.paths = std::move(paths);
  for (const SigningKey& key : signers[role]) {
    by->second.keys[key.public_key().id] = key.public_key();
    delegation.keys.key_ids.push_back(key.public_key().id);
  }
  by->second.delegations.push_back(std::move(delegation));
  return by->second.delegations.back();
}

void RepositorySimulator::add_target(std::string_view role, const std::string& path,
                                     std::string_view bytes) {
  const auto owner = roles.find(role);
  CHECK(owner != roles.end());
  const Sha256 hash = sha256(bytes);
  owner->second.targets[path] = {bytes.size(), hash};
  const auto name = path.rfind('/') + 1;  // 0 where there is none
  files["targets/" + path.substr(0, name) + to_hex(hash) + "." + path.substr(name)] = bytes;
}

// ---- Publishing
// ----------------------------------------------------------------------------------

void RepositorySimulator::publish_root() {
  ++root.head.version;
  sign_root();
}

void RepositorySimulator::publish_role(std::string_view role) {
  ++roles.find(role)->second.head.version;
  sign_role(role);
}

void RepositorySimulator::publish_snapshot() {
  ++snapshot.head.version;
  sign_snapshot();
}

void RepositorySimulator::publish_timestamp() {
  ++timestamp.head.version;
  sign_timestamp();
}

void RepositorySimulator::publish() {
  for (const auto& [name, role] : roles) publish_role(name);
  publish_snapshot();
  publish_timestamp();
}

void RepositorySimulator::sign_root() {
  Signers signing = signers["root"];
  signing.insert(signing.end(), old_root_signers_.begin(), old_root_signers_.end());
  old_root_signers_.clear();
  files[fmt::format("metadata/{}.root.json", root.head.version)] =
      write_metadata(root, signing).value();
}

void RepositorySimulator::sign_role(std::string_view role) {
  const auto found = roles.find(role);
  CHECK(found != roles.end());
  const std::int64_t version = found->second.head.version;
  const std::string bytes = write_metadata(found->second, signers[found->first]).value();
  files["metadata/" + served_name(role, version)] = bytes;
  snapshot.roles[found->first] = meta_of(version, bytes);
}

void RepositorySimulator::sign_snapshot() {
  const std::string bytes = write_metadata(snapshot, signers["snapshot"]).value();
  files["metadata/" + served_name("snapshot", snapshot.head.version)] = bytes;
  timestamp.snapshot = meta_of(snapshot.head.version, bytes);
}

void RepositorySimulator::sign_timestamp() {
  files["metadata/timestamp.json"] = write_metadata(timestamp, signers["timestamp"]).value();
}

// ---- Files
// ---------------------------------------------------------------------------------------

std::string RepositorySimulator::metadata(std::string_view name) const {
  const auto found = files.find("metadata/" + std::string(name));
  return found == files.end() ? std::string() : found->second;
}

MetadataFiles RepositorySimulator::generation() const {
  MetadataFiles stored;
  for (std::int64_t version = 1; version <= root.head.version; ++version) {
    const std::string name = fmt::format("{}.root.json", version);
    stored[name] = metadata(name);
  }
  stored["timestamp.json"] = metadata("timestamp.json");
  stored["snapshot.json"] = metadata(served_name("snapshot", snapshot.head.version));
  for (const auto& [name, role] : roles) {
    stored[encode_role_name(name) + ".json"] = metadata(served_name(name, role.head.version));
  }
  std::erase_if(stored, [](const auto& file) { return file.second.empty(); });
  return stored;
}

std::string RepositorySimulator::served_name(std::string_view role, std::int64_t version) const {
  const std::string name = encode_role_name(role) + ".json";
  return root.is_consistent_snapshot ? fmt::format("{}.{}", version, name) : name;
}

MetaFile RepositorySimulator::meta_of(std::int64_t version, const std::string& bytes) const {
  if (lists_hashes) return meta_file_for(version, bytes);
  return {version, std::nullopt, std::nullopt};
}

}  // namespace noseon
