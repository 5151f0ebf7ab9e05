// The vocabulary of these tests: a repository of one agency, "city", on disk.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "fleet/publish/releases.h"
#include "fleet/publish/repository.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {

inline Instant at(const std::string& rfc3339) {
  return parse_rfc3339(rfc3339).value();
}

/// Monday, in February.
inline const Instant kNow = at("2027-02-01T09:00:00Z");

inline SigningKey new_key() {
  return SigningKey::generate().value();
}

inline RoleKeys held_by(const std::vector<SigningKey>& keys, std::int64_t threshold = 1) {
  RoleKeys role;
  for (const SigningKey& key : keys) role.key_ids.push_back(key.public_key().id);
  role.threshold = threshold;
  return role;
}

/// The keys of a small repository; copies share them.
struct Keys {
  SigningKey root = new_key();
  SigningKey targets = new_key();
  SigningKey snapshot = new_key();
  SigningKey timestamp = new_key();
  SigningKey city = new_key();

  [[nodiscard]] OnlineSigners online() const { return {{snapshot}, {timestamp}}; }
  [[nodiscard]] RootMetadata root_metadata(std::int64_t version = 1) const {
    RootMetadata metadata;
    metadata.head = {version, kNow + kRootLifetime};
    metadata.is_consistent_snapshot = true;
    for (const SigningKey& key : {root, targets, snapshot, timestamp})
      metadata.keys[key.public_key().id] = key.public_key();
    metadata.root = held_by({root});
    metadata.targets = held_by({targets});
    metadata.snapshot = held_by({snapshot});
    metadata.timestamp = held_by({timestamp});
    return metadata;
  }
};

inline Delegation delegation_of(const std::string& agency, const SigningKey& key) {
  Delegation delegation;
  delegation.name = agency;
  delegation.keys = held_by({key});
  delegation.paths = {agency + "/*"};
  delegation.is_terminating = true;
  return delegation;
}

/// A repository with the agency "city", which has not published.
class City {
 public:
  City() {
    trusted_root = write_metadata(keys.root_metadata(), {keys.root}).value();
    EXPECT_TRUE(create_repository(folder(), trusted_root, {keys.targets}, keys.online(), kNow));
    RepositoryEditor editor = edit();
    TargetsMetadata targets = editor.state().targets();
    targets.keys[keys.city.public_key().id] = keys.city.public_key();
    targets.delegations.push_back(delegation_of("city", keys.city));
    EXPECT_TRUE(editor.set_role("targets", targets, {keys.targets}));
    EXPECT_TRUE(editor.commit(keys.online()));
  }

  [[nodiscard]] std::filesystem::path folder() const { return scratch.path() / "repo"; }
  [[nodiscard]] RepositoryEditor edit(Instant now = kNow) const {
    return RepositoryEditor::open(folder(), trusted_root, now).value();
  }
  [[nodiscard]] RepositoryState state() const {
    Result<RepositoryState> state = read_repository(folder(), trusted_root);
    EXPECT_TRUE(state) << state.error().message;
    return state.value();
  }
  /// Of the spring campaign, with one picture whose bytes are `bytes`.
  [[nodiscard]] Status publish(const std::string& bytes, const std::string& campaign = "spring",
                               Instant now = kNow) const {
    ASSIGN_OR_RETURN(RepositoryEditor editor, RepositoryEditor::open(folder(), trusted_root, now));
    ASSIGN_OR_RETURN(const Manifest manifest, manifest_of(editor, bytes, campaign, now));
    TRY(change_agency(editor, "city", {{manifest}, {}}, {keys.city}));
    return editor.commit(keys.online());
  }
  /// The bytes of the live picture of a campaign, as a display would find them.
  [[nodiscard]] std::string shown(const std::string& campaign = "spring") const {
    const auto releases = releases_of(state(), "city");
    const auto found = releases.find(campaign);
    if (found == releases.end() || !found->second.live) return "nothing";
    const auto manifest = read_live_manifest(folder(), "city", campaign, *found->second.live);
    if (!manifest) return manifest.error().message;
    const ManifestPicture& picture = manifest->editions.at(0).pictures.at(0);
    return read_target(folder(), picture.target, {picture.bytes, picture.sha256})
        .value_or("no bytes");
  }

  TemporaryFolder scratch;
  Keys keys;
  std::string trusted_root;

 private:
  [[nodiscard]] static Result<Manifest> manifest_of(RepositoryEditor& editor,
                                                    const std::string& bytes,
                                                    const std::string& campaign, Instant now) {
    ManifestPicture picture;
    picture.written = "posters/a.png";
    picture.box = picture.size = {1920, 1080};
    picture.sha256 = sha256(bytes);
    picture.target = "city/" + to_hex(picture.sha256).substr(0, 16) + ".a.png";
    picture.bytes = bytes.size();
    picture.type = "image/png";
    picture.displays = {{1920, 1080}};
    TRY(editor.add_target(picture.target, bytes));
    ManifestEdition edition;
    const auto releases = releases_of(editor.state(), "city");
    const auto found = releases.find(campaign);
    edition.release = found == releases.end() ? 1 : found->second.next_release();
    edition.published = std::chrono::floor<std::chrono::seconds>(now);
    edition.compiled = "{}";
    edition.pictures = {picture};
    return Manifest{"city", campaign, {}, {edition}};
  }
};

}  // namespace noseon::testing
