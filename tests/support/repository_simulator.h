// A whole TUF repository in memory, signed with real keys, as a static server has it. Tests change
// what it is to sign, publish, and see what a client makes of it; or they change the served bytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/publish/metadata_text.h"
#include "fleet/trust/chain.h"

namespace noseon {

/// New keys are random; nothing depends on which they are. One thread.
class RepositorySimulator {
 public:
  /// One key for each top-level role, threshold 1, nothing to offer; version 1 of all is published.
  /// What it signs expires `valid_for` after `now`.
  explicit RepositorySimulator(Instant now, Millis valid_for = std::chrono::hours{24 * 30});

  // What the next publish_ signs, in the versions of the last; and by whom.
  RootMetadata root;
  TimestampMetadata timestamp;
  SnapshotMetadata snapshot;
  std::map<std::string, TargetsMetadata, std::less<>> roles;  ///< "targets" and delegated ones
  std::map<std::string, Signers, std::less<>> signers;        ///< by role, "root" too
  bool lists_hashes = true;  ///< and lengths, of the snapshot and of the roles in it

  /// What is served: "metadata/2.root.json", "metadata/timestamp.json", "targets/a/<hash>.b.png".
  std::map<std::string, std::string, std::less<>> files;
  /// The file at a path, as a request for it; nothing is 404. Every path that was asked for is
  /// kept.
  [[nodiscard]] std::optional<std::string> serve(std::string_view path);
  std::vector<std::string> requests;

  /// Who may sign for a top-level role, in the next root.
  [[nodiscard]] RoleKeys& keys_of(std::string_view top_level);
  void trust(std::string_view top_level, const SigningKey& key);
  /// One more key for a top-level role, which signs from now on too.
  void add_key(std::string_view top_level);
  /// A new key in place of all others. Roots are signed by the old ones once more.
  void rotate_keys(std::string_view top_level);

  /// A delegation by a role to another, which comes into being with a key of its own where it is
  /// not there yet.
  Delegation& delegate(std::string_view delegator, const std::string& role,
                       std::vector<std::string> paths);
  /// A target of a role and its bytes.
  void add_target(std::string_view role, const std::string& path, std::string_view bytes);

  // Each signs the next version and serves it; what it names follows: a role is listed in the
  // snapshot that is published next.
  void publish_root();
  void publish_role(std::string_view role);
  void publish_snapshot();
  void publish_timestamp();
  /// All but the root.
  void publish();

  // The same without a new version.
  void sign_root();
  void sign_role(std::string_view role);
  void sign_snapshot();
  void sign_timestamp();

  [[nodiscard]] std::string metadata(std::string_view name) const;  ///< "2.root.json"
  /// The root that a client starts from.
  [[nodiscard]] std::string first_root() const { return metadata("1.root.json"); }
  /// What a display keeps of it as it is: all roots, and the last of everything else.
  [[nodiscard]] MetadataFiles generation() const;

 private:
  [[nodiscard]] std::string served_name(std::string_view role, std::int64_t version) const;
  MetaFile meta_of(std::int64_t version, const std::string& bytes) const;

  Signers old_root_signers_;
};

}  // namespace noseon
