// noseon-tuf as the conformance suite drives it: against a repository on loopback, judged by exit
// codes, requests and the files that it keeps.
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/files.h"
#include "tests/fleet/pull/loopback_server.h"
#include "tests/support/repository_simulator.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using nlohmann::json;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LoopbackServer;
using testing::Peer;

int run_program(std::vector<std::string> words) {
  const std::string program = std::string(NOSEON_BIN_DIR) + "/noseon-tuf";
  words.insert(words.begin(), "noseon-tuf");
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t pid = -1;
  EXPECT_EQ(posix_spawn(&pid, program.c_str(), nullptr, nullptr, pointers.data(), environ), 0);
  int status = 0;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

class Conformance : public ::testing::Test {
 protected:
  Conformance() {
    std::filesystem::create_directory(folder_ / "metadata");
    std::filesystem::create_directory(folder_ / "targets");
  }

  int init() { return init_with(repository_.first_root()); }
  int init_with(const std::string& root) {
    const auto file = folder_.write("initial_root.json", root);
    return run_program({"--metadata-dir", metadata_dir(), "init", file.string()});
  }
  int refresh() {
    requests_.clear();
    return run_program({"--metadata-url", server_.url() + "/metadata/", "--metadata-dir",
                        metadata_dir(), "refresh"});
  }
  int download(const std::vector<std::string>& targets) {
    requests_.clear();
    std::vector<std::string> words = {"--metadata-url", server_.url() + "/metadata",
                                      "--metadata-dir", metadata_dir()};
    for (const std::string& target : targets) {
      words.insert(words.end(), {"--target-name", target});
    }
    words.insert(words.end(), {"--target-dir", (folder_ / "targets").string(), "--target-base-url",
                               server_.url() + "/targets/", "download"});
    return run_program(words);
  }

  std::string metadata_dir() const { return (folder_ / "metadata").string(); }
  std::string kept(const std::string& name) const {
    const auto file = read_file(folder_ / "metadata" / (name + ".json"), kTargetsBytesMax);
    return file ? *file : std::string();
  }
  std::int64_t version(const std::string& role) const {
    const std::string file = kept(role);
    return file.empty() ? 0 : json::parse(file)["signed"]["version"].get<std::int64_t>();
  }
  std::vector<std::string> names_in(const char* folder) const {
    return list_folder(folder_ / folder).value();
  }
  /// What was downloaded.
  std::vector<std::string> downloaded() const {
    std::vector<std::string> all;
    for (const std::string& name : names_in("targets")) {
      all.push_back(read_file(folder_ / "targets" / name, 1 << 20).value());
    }
    return all;
  }

  // The server's thread asks while run_program() waits, never beside it.
  void serve(Peer& peer) {
    while (const auto asked = peer.read_request()) {
      EXPECT_EQ(asked->method, "GET");
      requests_.push_back(asked->path);
      const auto file = repository_.serve(path_of(asked->path));
      const std::string status = file ? "200 OK" : missing_;
      const std::string body = file.value_or("");
      if (!peer.send(testing::head(status, {fmt::format("Content-Length: {}", body.size())}) +
                     body)) {
        return;
      }
    }
  }

  RepositorySimulator repository_{SystemClock().now()};
  std::string missing_ = "404 Not Found";
  std::vector<std::string> requests_;
  TemporaryFolder folder_;
  LoopbackServer server_{[this](Peer& peer) { serve(peer); }};

 private:
  // Of the names here only a blank is encoded in URLs and is none in the simulator's files.
  static std::string path_of(std::string_view url) {
    std::string path(url.substr(1));
    for (auto at = path.find("%20"); at != path.npos; at = path.find("%20")) {
      path.replace(at, 3, " ");
    }
    return path;
  }
};

TEST_F(Conformance, InitAndRefreshMakeTheExpectedRequestsAndFiles) {
  ASSERT_EQ(init(), 0);
  EXPECT_THAT(names_in("metadata"), ElementsAre("root.json"));
  ASSERT_EQ(refresh(), 0);
  EXPECT_THAT(requests_, ElementsAre("/metadata/2.root.json", "/metadata/timestamp.json",
                                     "/metadata/1.snapshot.json", "/metadata/1.targets.json"));
  EXPECT_THAT(names_in("metadata"),
              ElementsAre("root.json", "snapshot.json", "targets.json", "timestamp.json"));
  EXPECT_EQ(kept("timestamp"), repository_.metadata("timestamp.json"));
  EXPECT_EQ(refresh(), 0);
  EXPECT_THAT(requests_, ElementsAre("/metadata/2.root.json", "/metadata/timestamp.json"));
}

TEST_F(Conformance, AMissingRootMayBeForbiddenToo) {
  missing_ = "403 Forbidden";
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(refresh(), 0);
}

TEST_F(Conformance, AServerThatFailsIsNoEndOfRoots) {
  missing_ = "500 Internal Server Error";
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(refresh(), 1);
  EXPECT_THAT(requests_, ElementsAre("/metadata/2.root.json"));
}

TEST_F(Conformance, AnInvalidInitialRootMakesNoRequests) {
  json root = json::parse(repository_.first_root());
  root["signed"].erase("version");
  static_cast<void>(init_with(root.dump()));
  EXPECT_EQ(refresh(), 1);
  EXPECT_THAT(requests_, IsEmpty());
}

TEST_F(Conformance, AnUnsignedInitialRootMakesNoRequests) {
  json root = json::parse(repository_.first_root());
  root["signatures"][0]["sig"] = std::string(128, '1');
  static_cast<void>(init_with(root.dump()));
  EXPECT_EQ(refresh(), 1);
  EXPECT_THAT(requests_, IsEmpty());
}

TEST_F(Conformance, WithoutInitThereIsNothingToTrust) {
  EXPECT_EQ(refresh(), 1);
  EXPECT_THAT(requests_, IsEmpty());
}

TEST_F(Conformance, WrongUseExitsWithOne) {
  EXPECT_EQ(run_program({}), 1);
  EXPECT_EQ(run_program({"refresh"}), 1);
  EXPECT_EQ(run_program({"--metadata-dir", metadata_dir(), "init", "/nowhere"}), 1);
}

TEST_F(Conformance, DownloadRefreshesFirst) {
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(download({"nonexistent artifact"}), 1);
  EXPECT_THAT(requests_, ElementsAre("/metadata/2.root.json", "/metadata/timestamp.json",
                                     "/metadata/1.snapshot.json", "/metadata/1.targets.json"));
  EXPECT_EQ(version("targets"), 1);
}

TEST_F(Conformance, DownloadsWhatWasSigned) {
  repository_.add_target("targets", "target_file.txt", "target file contents");
  repository_.publish();
  ASSERT_EQ(init(), 0);
  ASSERT_EQ(download({"target_file.txt"}), 0);
  EXPECT_THAT(downloaded(), ElementsAre("target file contents"));
  EXPECT_EQ(requests_.back(),
            "/targets/" + to_hex(sha256("target file contents")) + ".target_file.txt");
  EXPECT_EQ(download({"target_file.txt"}), 0);  // is there
  EXPECT_THAT(requests_, ElementsAre("/metadata/2.root.json", "/metadata/timestamp.json"));
}

TEST_F(Conformance, DownloadsSeveralInOneRunAndFromFolders) {
  for (const char* path : {"a.txt", "path/to/a/b.txt", "path/with blank.txt"}) {
    repository_.add_target("targets", path, path);
  }
  repository_.publish();
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(download({"a.txt", "path/to/a/b.txt", "path/with blank.txt"}), 0);
  EXPECT_THAT(names_in("targets"),
              ElementsAre("a.txt", "path%2Fto%2Fa%2Fb.txt", "path%2Fwith%20blank.txt"));
  EXPECT_THAT(downloaded(), ElementsAre("a.txt", "path/to/a/b.txt", "path/with blank.txt"));
}

TEST_F(Conformance, ASubstitutedTargetIsNotAccepted) {
  repository_.add_target("targets", "one", "content 1");
  repository_.add_target("targets", "two", "content 2");
  repository_.publish();
  ASSERT_EQ(init(), 0);
  ASSERT_EQ(download({"one"}), 0);
  for (auto& [path, bytes] : repository_.files) {
    if (path.starts_with("targets/")) bytes = "malicious";
  }
  static_cast<void>(download({"one"}));
  EXPECT_EQ(download({"two"}), 1);
  for (auto& [path, bytes] : repository_.files) {
    if (path.starts_with("targets/")) bytes = "content 2 and more than was signed";
  }
  EXPECT_EQ(download({"two"}), 1);
  EXPECT_THAT(downloaded(), ElementsAre("content 1"));
}

TEST_F(Conformance, RootsAreKeptOneByOneAndAnExpiredLastOneEndsTheRun) {
  ASSERT_EQ(init(), 0);
  ASSERT_EQ(refresh(), 0);
  repository_.publish_root();
  repository_.root.head.expires -= hours{24 * 31};
  repository_.publish_root();
  repository_.publish();
  EXPECT_EQ(refresh(), 1);
  EXPECT_EQ(version("root"), 3);
  EXPECT_EQ(version("timestamp"), 1);
  repository_.root.head.expires += hours{24 * 31};
  repository_.publish_root();
  EXPECT_EQ(refresh(), 0);
  EXPECT_EQ(version("timestamp"), 2);
}

TEST_F(Conformance, ExpiredMetadataOfEachRoleIsNotKept) {
  ASSERT_EQ(init(), 0);
  ASSERT_EQ(refresh(), 0);
  const auto past = std::chrono::floor<std::chrono::seconds>(SystemClock().now() - hours{24});
  const auto good = repository_.snapshot.head.expires;
  repository_.timestamp.head.expires = past;
  repository_.publish();
  EXPECT_EQ(refresh(), 1);
  EXPECT_EQ(version("timestamp"), 1);
  repository_.timestamp.head.expires = good;
  repository_.snapshot.head.expires = past;
  repository_.publish();
  EXPECT_EQ(refresh(), 1);
  EXPECT_EQ(version("snapshot"), 1);
  repository_.snapshot.head.expires = good;
  repository_.roles["targets"].head.expires = past;
  repository_.publish();
  EXPECT_EQ(refresh(), 1);
  EXPECT_EQ(version("targets"), 1);
}

TEST_F(Conformance, RollbackIsRefusedAndKeepsWhatThereIs) {
  ASSERT_EQ(init(), 0);
  repository_.publish();
  ASSERT_EQ(refresh(), 0);
  repository_.timestamp.head.version = 1;
  repository_.sign_timestamp();
  EXPECT_EQ(refresh(), 1);
  repository_.timestamp.head.version = 2;
  repository_.snapshot.head.version = 1;
  repository_.sign_snapshot();
  repository_.publish_timestamp();
  EXPECT_EQ(refresh(), 1);
  EXPECT_EQ(requests_.back(), "/metadata/timestamp.json");
  EXPECT_EQ(version("timestamp"), 2);
  EXPECT_EQ(version("snapshot"), 2);
}

TEST_F(Conformance, ASnapshotOfAnotherVersionIsNotKept) {
  ASSERT_EQ(init(), 0);
  repository_.lists_hashes = false;
  ++repository_.snapshot.head.version;
  repository_.files["metadata/1.snapshot.json"] =
      write_metadata(repository_.snapshot, repository_.signers["snapshot"]).value();
  repository_.timestamp.snapshot = {1, std::nullopt, std::nullopt};
  repository_.publish_timestamp();
  EXPECT_EQ(refresh(), 1);
  EXPECT_THAT(names_in("metadata"), ElementsAre("root.json", "timestamp.json"));
}

TEST_F(Conformance, FastForwardIsHealedByRotation) {
  ASSERT_EQ(init(), 0);
  repository_.snapshot.head.version = 99'999;
  repository_.timestamp.head.version = 99'999;
  repository_.publish();
  ASSERT_EQ(refresh(), 0);
  EXPECT_EQ(version("snapshot"), 100'000);
  repository_.rotate_keys("snapshot");
  repository_.rotate_keys("timestamp");
  repository_.publish_root();
  repository_.snapshot.head.version = repository_.timestamp.head.version = 0;
  repository_.publish();
  EXPECT_EQ(refresh(), 0);
  EXPECT_EQ(version("snapshot"), 1);
  EXPECT_EQ(version("timestamp"), 1);
}

TEST_F(Conformance, ATimestampOfTheSameVersionAndOtherContentIsLeft) {
  ASSERT_EQ(init(), 0);
  ASSERT_EQ(refresh(), 0);
  const std::string before = kept("timestamp");
  repository_.timestamp.snapshot.version = 100;
  repository_.sign_timestamp();
  EXPECT_EQ(refresh(), 0);
  EXPECT_EQ(kept("timestamp"), before);
}

TEST_F(Conformance, FieldsThatNobodyKnowsAreSignedToo) {
  ASSERT_EQ(init(), 0);
  ++repository_.root.head.version;
  json content = metadata_json(repository_.root);
  content["custom-field"] = "value";
  content["keys"].begin().value()["extra-field"] = {{"a", 1}, {"b", 2}};
  content["roles"]["root"]["another-field"] = "value";
  repository_.files["metadata/2.root.json"] =
      sign_metadata(content, repository_.signers["root"]).value();
  EXPECT_EQ(refresh(), 0);
  EXPECT_EQ(version("root"), 2);
}

TEST_F(Conformance, DelegationsAreFetchedInTheOrderOfTheSearch) {
  repository_.delegate("targets", "A", {"*"});
  repository_.delegate("targets", "B", {"*"});
  repository_.delegate("A", "C", {"*"});
  repository_.delegate("A", "D", {"*"});
  repository_.publish();
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(download({"missingpath"}), 1);
  ASSERT_EQ(requests_.size(), 8U);
  EXPECT_THAT(std::vector<std::string>(requests_.begin() + 4, requests_.end()),
              ElementsAre("/metadata/1.A.json", "/metadata/1.C.json", "/metadata/1.D.json",
                          "/metadata/1.B.json"));
}

TEST_F(Conformance, UnusualRoleNamesAreQuotedInRequestsAndFiles) {
  int count = 0;
  for (const char* role : {"?", "#", "/delegatedrole", "../delegatedrole"}) {
    repository_.delegate("targets", role, {"*"});
    ++count;
  }
  repository_.publish();
  ASSERT_EQ(init(), 0);
  EXPECT_EQ(download({"nonexistent target"}), 1);
  EXPECT_THAT(
      std::vector<std::string>(requests_.begin() + 4, requests_.end()),
      ElementsAre("/metadata/1.%3F.json", "/metadata/1.%23.json",
                  "/metadata/1.%2Fdelegatedrole.json", "/metadata/1...%2Fdelegatedrole.json"));
  EXPECT_EQ(names_in("metadata").size(), 4U + static_cast<std::size_t>(count));
  EXPECT_THAT(names_in("metadata"), ::testing::Contains("..%2Fdelegatedrole.json"));
}

}  // namespace
}  // namespace noseon
