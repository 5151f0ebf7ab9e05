// A repository when the power goes while staff publish: the release from before, or the new one.
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "fleet/publish/repository.h"
#include "tests/faults/power_cut_test.h"
#include "tests/faults/strace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoseon = NOSEON_BIN_DIR "/noseon";
constexpr Millis kRunDeadline{60'000};

// Its files are small: there are few ways to tear them.
constexpr std::size_t kDisksOfPublish = kDisksLeast / 5;

// Every so many disks staff publish again on what they find.
constexpr std::size_t kDisksForEachNextRun = 25;

class PowerCutOfPublish : public PowerCutTest {
 protected:
  PowerCutOfPublish() : PowerCutTest("power cut of publish") {}

  void SetUp() override {
    run({"repo", "init", repo(), "--keys", keys(), "--no-passphrase"});
    run({"keys", "new", keys() + "/city", "--no-passphrase"});
    run({"repo", "delegate", "city", keys() + "/city.pub", "--repo", repo(), "--keys", keys()});
    root_ = read_file(keys() + "/root.json", kRootBytesMax).value();
    before_ = version_in(folder_ / "repo").value();
    write_campaign("a");
  }

  std::string repo() const { return (folder_ / "repo").string(); }
  std::string keys() const { return (elsewhere_ / "keys").string(); }
  std::string campaign() const { return (elsewhere_ / "spring").string(); }

  static void run(std::vector<std::string> words) {
    words.insert(words.begin(), kNoseon);
    ASSERT_EQ(run_program(words, kRunDeadline).exit_code, 0) << words[1];
  }
  // One item more each time, with a picture of its own.
  void write_campaign(const std::string& item) {
    fs::create_directories(campaign());
    if (items_.empty()) {
      items_ =
          "format = \"noseon.campaign/1\"\nid = \"spring\"\ntitle = { en = \"Spring\" }\n"
          "timezone = \"UTC\"\n";
    }
    items_ += "[[item]]\nid = \"" + item + "\"\nposter = \"" + item + ".png\"\n";
    std::ofstream(campaign() + "/campaign.toml") << items_;
    const fs::path pictures = NOSEON_SOURCE_DIR "/tests/player/golden";
    fs::copy_file(pictures / (item == "a" ? "korean.png" : "adorned.png"),
                  campaign() + "/" + item + ".png");
  }
  std::vector<std::string> publish(const std::string& to) const {
    return {kNoseon,  "publish", campaign(), "--agency", "city",
            "--repo", to,        "--keys",   keys(),     "--yes"};
  }

  // The version of a repository of which everything that it names is there, signed and right.
  Result<std::int64_t> version_in(const fs::path& folder) const {
    ASSIGN_OR_RETURN(const RepositoryState state, read_repository(folder, root_));
    for (const auto& [role, content] : state.roles) {
      for (const auto& [path, file] : content.targets) TRY(read_target(folder, path, file));
    }
    return state.versions.timestamp;
  }
  Judge judge(std::int64_t old) {
    return [=, this](const fs::path& disk, const std::string& said) -> std::optional<std::string> {
      const auto version = version_in(disk / "repo");
      if (!version) return version.error().message;
      const bool has_ended = said.find(kEndedWell) != std::string::npos;
      if (*version != old + 1 && (has_ended || *version != old)) {
        return fmt::format("version {} is live, of {} and {}", *version, old, old + 1);
      }
      if (++disks_ % kDisksForEachNextRun != 0) return std::nullopt;
      ++next_runs_;
      if (run_program(publish((disk / "repo").string()), kRunDeadline).exit_code > 1) {
        return "publishing again crashed";
      }
      const auto after = version_in(disk / "repo");
      if (!after) return "after publishing again: " + after.error().message;
      if (*after <= old) return "publishing again came to nothing";
      return std::nullopt;
    };
  }
  void TearDown() override { std::cout << "  " << next_runs_ << " times published again\n"; }

  MemoryFolder elsewhere_;
  std::string items_;
  std::string root_;
  std::int64_t before_ = 0;
  std::size_t disks_ = 0;
  std::size_t next_runs_ = 0;
};

TEST_F(PowerCutOfPublish, OfAFirstReleaseLeavesNoneOrTheWholeOfIt) {
  expect_right(recorded(publish(repo())), judge(before_), kDisksOfPublish);
}

TEST_F(PowerCutOfPublish, LeavesTheOldReleaseOrTheNewOne) {
  ASSERT_EQ(run_program(publish(repo()), kRunDeadline).exit_code, 0);
  write_campaign("b");
  expect_right(recorded(publish(repo())), judge(before_ + 1), kDisksOfPublish);
}

TEST_F(PowerCutOfPublish, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  const Recording recording = recorded(publish(repo()));
  const Calls& calls = recording.calls;
  const Judge judged = judge(before_);
  expect_found(recording, without(calls, kSyncs), judged, "nothing is synced");
  expect_found(recording, without(calls, {sync_file}), judged, "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), judged, "no folder is synced");
  expect_found(recording, without(calls, {sync_file, sync_folder}, "repo/targets"), judged,
               "timestamp.json is swapped before the targets are synced");
  expect_found(recording, renamed_before_synced(calls), judged,
               "a file is renamed before it is synced");
  expect_found(recording, said_too_early(calls, "repo/metadata/timestamp.json"), judged,
               "said before it is synced");
}

}  // namespace
}  // namespace noseon::faults
