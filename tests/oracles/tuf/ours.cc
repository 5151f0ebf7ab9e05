// A repository written by us, for another client to read: tuf_oracle_repository FOLDER. It has keys
// of the three kinds, roots that rotate, thresholds, delegations of every form, and fields and
// names that are hard to set. FOLDER/expected.json says what a client finds: the content by target
// path, or null for nobody's.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/files.h"
#include "tests/support/repository_simulator.h"

namespace noseon {
namespace {

using nlohmann::json;

SigningKey new_key(KeyKind kind) {
  return SigningKey::generate(kind).value();
}

class Ours {
 public:
  Ours() {
    give_root_three_kinds_of_keys();
    rotate();
    delegate();
    repository_.timestamp.issued = std::chrono::floor<std::chrono::seconds>(SystemClock().now());
    repository_.publish();
    add_fields_to_a_role();
  }

  [[nodiscard]] Status write_to(const std::filesystem::path& folder) const {
    for (const auto& [name, bytes] : repository_.files) {
      std::filesystem::create_directories((folder / name).parent_path());
      TRY(write_file(folder / name, bytes));
    }
    return write_file(folder / "expected.json", expected_.dump());
  }

 private:
  void give_root_three_kinds_of_keys() {
    for (const KeyKind kind : {KeyKind::ecdsa_p256, KeyKind::rsa_3072}) {
      const SigningKey key = new_key(kind);
      repository_.trust("root", key);
      repository_.signers["root"].push_back(key);
      repository_.trust("targets", key);
      repository_.signers["targets"].push_back(key);
    }
    repository_.root.root.threshold = 3;
    repository_.root.targets.threshold = 3;
    repository_.root.head.version = 0;
    repository_.publish_root();
  }

  void rotate() {
    repository_.rotate_keys("root");
    repository_.root.root.threshold = 1;
    repository_.publish_root();
    repository_.rotate_keys("snapshot");
    repository_.publish_root();
  }

  void delegate() {
    repository_.delegate("targets", "A", {"a/*"}).is_terminating = true;
    repository_.delegate("targets", "역할 1", {"한국/*.png", "one-?.txt"});
    repository_.delegate("targets", "all", {}).path_hash_prefixes = {
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"};
    repository_.delegate("A", "A-deep", {"a/deep-*"});
    add("targets", "top.txt", "of the top");
    add("targets", "a/taken.txt", "by the top");
    add("A", "a/file.png", "of A");
    add("A-deep", "a/deep-1", "of A-deep");
    add("역할 1", "한국/포스터.png", "포스터");
    add("역할 1", "one-두.txt", "a character");
    add("all", "any/depth/of/path", "by its hash");
    repository_.add_target("all", "a/nobody", "A is terminating");
    expected_["a/nobody"] = nullptr;
    expected_["missing"] = nullptr;
  }

  void add(const char* role, const char* path, const char* content) {
    repository_.add_target(role, path, content);
    expected_[path] = content;
  }

  // As somebody's own tools may, to what is signed.
  void add_fields_to_a_role() {
    TargetsMetadata& role = repository_.roles["A"];
    ++role.head.version;
    json content = metadata_json(role);
    content["x-note"] = {{"a \"quote\"", "back\\slash\nand\tcontrol"}, {"노선", {1, -2, nullptr}}};
    const std::string bytes = sign_metadata(content, repository_.signers["A"]).value();
    repository_.files["metadata/2.A.json"] = bytes;
    repository_.snapshot.roles["A"] = meta_file_for(role.head.version, bytes);
    repository_.publish_snapshot();
    repository_.publish_timestamp();
  }

  RepositorySimulator repository_{SystemClock().now()};
  json expected_ = json::object();
};

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: tuf_oracle_repository FOLDER\n";
    return 2;
  }
  const noseon::Status status = noseon::Ours().write_to(argv[1]);
  if (status) return 0;
  std::cerr << status.error().message << "\n";
  return 1;
}
