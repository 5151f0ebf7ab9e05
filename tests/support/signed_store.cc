#include "tests/support/signed_store.h"

#include <algorithm>

#include "base/check.h"
#include "base/files.h"
#include "playlist/compiled.h"
#include "playlist/parse.h"

namespace noseon {
namespace {

const Instant kExpires = *parse_rfc3339("2030-01-01T00:00:00Z");

// Tests have one zone, which is never looked for.
class UtcZone final : public Zones {
 public:
  [[nodiscard]] Result<ZonePtr> find(std::string_view) override {
    return std::make_shared<const Zone>(Zone::utc());
  }
  [[nodiscard]] std::vector<std::string> names() override { return {"UTC"}; }
};

SigningKey new_key() {
  return SigningKey::generate().value();
}

RoleKeys only(const SigningKey& key) {
  return {{key.public_key().id}, 1};
}

std::string compiled(const std::string& id, const std::string& items) {
  UtcZone zones;
  const ParsedCampaign parsed =
      parse_campaign("format = \"noseon.campaign/1\"\nid = \"" + id + "\"\ntitle = { en = \"" + id +
                         "\" }\ntimezone = \"UTC\"\n" + items,
                     id, zones);
  for (const Finding& finding : parsed.findings)
    if (finding.severity == Severity::error) throw std::runtime_error(to_string(finding));
  return write_compiled(*parsed.campaign);
}

ManifestPicture picture_of(const std::string& agency, const std::string& written,
                           const std::string& bytes, Size display) {
  ManifestPicture picture;
  picture.written = written;
  picture.box = display;
  picture.fit = Fit::fit;
  picture.background = Style{}.background;
  picture.sha256 = sha256(bytes);
  picture.bytes = bytes.size();
  picture.type = "image/png";
  picture.size = display;
  picture.displays = {display};
  const std::size_t slash = written.rfind('/');
  picture.target = agency + "/" + to_hex(picture.sha256).substr(0, 16) + "." +
                   written.substr(slash == std::string::npos ? 0 : slash + 1);
  return picture;
}

}  // namespace

TestRepository::TestRepository() : online_(new_key()), offline_(new_key()) {
  RootMetadata root;
  root.head = {1, kExpires};
  root.is_consistent_snapshot = true;
  for (const SigningKey& key : {online_, offline_})
    root.keys[key.public_key().id] = key.public_key();
  root.root = root.targets = only(offline_);
  root.timestamp = root.snapshot = only(online_);
  root_ = write_metadata(root, {offline_}).value();
}

void TestRepository::set_campaign(const std::string& agency, const std::string& id,
                                  const std::string& items,
                                  const std::map<std::string, std::string>& pictures,
                                  Size display) {
  ManifestEdition edition;
  edition.compiled = compiled(id, items);
  for (const auto& [written, bytes] : pictures) {
    edition.pictures.push_back(picture_of(agency, written, bytes, display));
    set_target(edition.pictures.back().target, bytes);
  }
  Manifest manifest;
  manifest.agency = agency;
  manifest.campaign = id;
  manifest.editions = {edition};
  std::string text = write_manifest(manifest).value();
  if (!needs_.empty()) {
    const std::string none = "\"needs\":[]";
    text.replace(text.find(none), none.size(), "\"needs\":[\"" + needs_ + "\"]");
  }
  set_target(manifest_target(agency, id), text);
}

void TestRepository::set_target(const std::string& path, const std::string& bytes) {
  const std::string agency = path.substr(0, path.find('/'));
  if (!keys_.contains(agency)) keys_.emplace(agency, new_key());
  targets_[agency][path] = bytes;
  blobs_.push_back(bytes);
  last_.erase(agency);
}

void TestRepository::remove_campaign(const std::string& agency, const std::string& id) {
  targets_.at(agency).erase(manifest_target(agency, id));
  last_.erase(agency);
}

std::string TestRepository::sign_targets(const std::string& agency) {
  TargetsMetadata metadata;
  metadata.head = {++versions_[agency], kExpires};
  for (const auto& [path, bytes] : targets_[agency])
    metadata.targets[path] = {bytes.size(), sha256(bytes)};
  return write_metadata(metadata, {keys_.at(agency)}).value();
}

GenerationFiles TestRepository::release() {
  ++version_;
  TargetsMetadata top;
  top.head = {version_, kExpires};
  SnapshotMetadata snapshot;
  snapshot.head = {version_, kExpires};
  GenerationFiles files;
  for (const auto& [agency, key] : keys_) {
    if (!last_.contains(agency)) last_[agency] = sign_targets(agency);
    top.keys[key.public_key().id] = key.public_key();
    Delegation& delegation = top.delegations.emplace_back();
    delegation.name = agency;
    delegation.keys = only(key);
    delegation.paths = {agency + "/*"};
    delegation.is_terminating = true;
    files[encode_role_name(agency) + ".json"] = last_[agency];
    snapshot.roles[agency] = meta_file_for(versions_[agency], last_[agency]);
  }
  files["targets.json"] = write_metadata(top, {offline_}).value();
  snapshot.roles["targets"] = meta_file_for(version_, files["targets.json"]);
  files["snapshot.json"] = write_metadata(snapshot, {online_}).value();
  TimestampMetadata timestamp;
  timestamp.head = {version_, kExpires};
  timestamp.snapshot = meta_file_for(version_, files["snapshot.json"]);
  timestamp.issued = issued;
  files["timestamp.json"] = write_metadata(timestamp, {online_}).value();
  files["1.root.json"] = root_;
  return files;
}

void TestRepository::write_to(const std::filesystem::path& folder) {
  const auto write = [&](const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories((folder / file).parent_path());
    CHECK(write_file(folder / file, bytes).has_value());
  };
  const GenerationFiles files = release();
  for (const auto& [agency, targets] : targets_)
    for (const auto& [path, bytes] : targets) {
      const std::filesystem::path target = path;
      write("targets" / target.parent_path() /
                (to_hex(sha256(bytes)) + "." + target.filename().string()),
            bytes);
    }
  // Consistent names, and the timestamp last.
  const auto version_of = [&](const std::string& name) {
    const auto role = versions_.find(name.substr(0, name.find(".json")));
    return role == versions_.end() ? version_ : role->second;
  };
  for (const auto& [name, bytes] : files) {
    if (name == "timestamp.json") continue;
    const bool is_root = name.ends_with(".root.json");
    write("metadata/" + (is_root ? name : std::to_string(version_of(name)) + "." + name), bytes);
  }
  write("metadata/timestamp.json", files.at("timestamp.json"));
}

SignedStore::SignedStore(const std::filesystem::path& folder) : path_(folder) {
  CHECK(Store::open(path_).has_value());
}

void SignedStore::put_blobs(const TestRepository& repository) {
  Store store = Store::open(path_).value();
  for (const std::string& bytes : repository.blobs()) {
    const BlobId id{sha256(bytes), bytes.size()};
    if (store.has_blob(id)) continue;
    PartialBlob part = store.continue_blob(id).value();
    CHECK(part.append(bytes).has_value());
    CHECK(part.commit().has_value());
  }
}

void SignedStore::put(const GenerationFiles& files) {
  Store store = Store::open(path_).value();
  CHECK(store.make_current(store.add_generation(files).value()).has_value());
}

GenerationFiles SignedStore::publish(TestRepository& repository) {
  GenerationFiles files = repository.release();
  put_blobs(repository);
  put(files);
  return files;
}

std::filesystem::path SignedStore::blob(std::string_view bytes) const {
  return StoreReader(path_).blob_path(sha256(bytes));
}

}  // namespace noseon
