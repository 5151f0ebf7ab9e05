// A store as noseon-sync would have filled it from a repository as staff would have signed it,
// without either: keys, manifests, metadata and blobs, all real, made on the spot. What an attacker
// does to it is up to the test.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "fleet/manifest.h"
#include "fleet/publish/metadata_text.h"
#include "fleet/store/store.h"

namespace noseon {

/// Who signs, and which versions came before. Two of them are two operators.
class TestRepository {
 public:
  TestRepository();

  /// The campaign as the next release has it. `items` is TOML as in campaign.toml, after its head;
  /// the zone is UTC. `pictures` by the name that items give them, each prepared for `display`.
  void set_campaign(const std::string& agency, const std::string& id, const std::string& items,
                    const std::map<std::string, std::string>& pictures = {},
                    Size display = {320, 180});
  void remove_campaign(const std::string& agency, const std::string& id);
  /// A manifest as it is, whatever it says.
  void set_target(const std::string& path, const std::string& bytes);
  /// What the manifests ask of a display; none as a rule.
  void set_needs(std::string needs) { needs_ = std::move(needs); }

  [[nodiscard]] const std::string& root() const { return root_; }
  /// Signs the next release; its metadata by file name.
  [[nodiscard]] GenerationFiles release();
  /// The next release as static files, as a web server or a stick has them: `noseon-sync --source`.
  void write_to(const std::filesystem::path& folder);
  /// Everything that was ever published, by its bytes.
  [[nodiscard]] const std::vector<std::string>& blobs() const { return blobs_; }
  /// When the timestamps that come say that they were signed; nothing: they do not say.
  std::optional<Instant> issued;

  /// The manifest of a campaign, as its bytes are now.
  [[nodiscard]] const std::string& manifest(const std::string& agency,
                                            const std::string& id) const {
    return targets_.at(agency).at(manifest_target(agency, id));
  }

 private:
  [[nodiscard]] std::string sign_targets(const std::string& agency);

  SigningKey online_, offline_;
  std::string root_;
  std::map<std::string, std::map<std::string, std::string>> targets_;  // by agency and path
  std::map<std::string, SigningKey> keys_;
  std::map<std::string, std::int64_t> versions_;
  std::map<std::string, std::string> last_;  // file of each role
  std::vector<std::string> blobs_;
  std::string needs_;
  std::int64_t version_ = 0;
};

/// The store on disk, and whoever may write to it.
class SignedStore {
 public:
  explicit SignedStore(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// All blobs of the repository, then its next release as `current`. Its metadata.
  GenerationFiles publish(TestRepository& repository);
  void put_blobs(const TestRepository& repository);
  /// A generation of these files as `current`, whatever they are.
  void put(const GenerationFiles& files);
  [[nodiscard]] std::filesystem::path blob(std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

}  // namespace noseon
