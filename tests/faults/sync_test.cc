// noseon-sync itself when the power goes, it is killed, or the disk refuses a call.
#include <gtest/gtest.h>

#include "tests/faults/injected_test.h"
#include "tests/faults/power_cut_test.h"
#include "tests/faults/signed_releases.h"
#include "tests/faults/strace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr Millis kRunDeadline{20'000};

// Every so many disks the next run is tried too: it is a process each time.
#ifdef NOSEON_SANITIZED
constexpr std::size_t kDisksForEachNextRun = 20;
#else
constexpr std::size_t kDisksForEachNextRun = 8;
#endif

class PowerCutOfSync : public PowerCutTest {
 protected:
  PowerCutOfSync() : PowerCutTest("power cut of sync") {}

  fs::path store() { return folder_ / "store"; }
  void sync() {
    ASSERT_EQ(run_program(releases_.sync_command(store()), kRunDeadline).exit_code, 0);
  }
  Recording recorded_sync() { return recorded(releases_.sync_command(store())); }
  Judge judge(int least, int most) {
    return [=, this](const fs::path& disk, const std::string& said) -> std::optional<std::string> {
      const bool has_ended = said.find(kEndedWell) != std::string::npos;
      if (auto wrong = releases_.wrong_with(disk / "store", has_ended ? most : least)) return wrong;
      if (++disks_ % kDisksForEachNextRun != 0) return std::nullopt;
      ++next_runs_;
      const TracedRun run = run_program(releases_.sync_command(disk / "store"), kRunDeadline);
      if (run.exit_code != 0) return "the next run failed";
      if (auto wrong = releases_.wrong_with(disk / "store", most)) {
        return "after the next run: " + *wrong;
      }
      return std::nullopt;
    };
  }
  void TearDown() override { std::cout << "  " << next_runs_ << " next runs\n"; }

  MemoryFolder elsewhere_;
  SignedReleases releases_{elsewhere_.path()};
  std::size_t disks_ = 0;
  std::size_t next_runs_ = 0;
};

TEST_F(PowerCutOfSync, IntoANewStoreLeavesNoneOrTheWholeFirstRelease) {
  releases_.serve(1);
  expect_right(recorded_sync(), judge(0, 1));
}

TEST_F(PowerCutOfSync, LeavesTheOldReleaseOrTheNewOne) {
  releases_.serve(1);
  sync();
  releases_.serve(2);
  expect_right(recorded_sync(), judge(1, 2));
}

TEST_F(PowerCutOfSync, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  releases_.serve(1);
  sync();
  releases_.serve(2);
  const Recording recording = recorded_sync();
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), judge(1, 2), "nothing is synced");
  expect_found(recording, without(calls, {sync_file, sync_all}), judge(1, 2), "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), judge(1, 2), "no folder is synced");
  expect_found(recording, renamed_before_synced(calls), judge(1, 2),
               "a file is renamed before it is synced");
  expect_found(recording, said_too_early(calls, "store/current"), judge(1, 2),
               "said before it is synced");
  expect_found(recording, without(calls, {sync_all}), judge(1, 2),
               "current is swapped before its files are synced");
}

class InjectedSync : public InjectedTest {
 protected:
  InjectedSync() {
    releases_.serve(1);
    EXPECT_EQ(run_program(releases_.sync_command(before_), kRunDeadline).exit_code, 0);
    releases_.serve(2);
  }
  std::vector<std::string> command() override { return releases_.sync_command(root_); }
  std::optional<std::string> wrong_with(const std::string& /*said*/, int exit_code) override {
    if (auto wrong = releases_.wrong_with(root_, exit_code == 0 ? 2 : 1)) return wrong;
    if (run_program(command(), kRunDeadline).exit_code != 0) return "the next run failed";
    return releases_.wrong_with(root_, 2);
  }

  MemoryFolder elsewhere_;
  SignedReleases releases_{elsewhere_.path()};
};

TEST_F(InjectedSync, LeavesOneReleaseOrTheOtherWhereverItIsKilled) {
  expect_survived("kill of sync", {"signal=KILL"});
}

TEST_F(InjectedSync, LeavesOneReleaseOrTheOtherWhicheverCallFails) {
  expect_survived("errors of sync", {"error=EIO", "error=ENOSPC", "error=EROFS", "error=EMFILE",
                                     "error=ENOMEM", "error=EINTR"});
}

}  // namespace
}  // namespace noseon::faults
