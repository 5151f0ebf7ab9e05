// A repository on disk: what is published is there, in order, once, and believed by its signatures.
#include "fleet/publish/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <random>
#include <thread>

#include "tests/fleet/publish/published_city.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::vector<std::string> names_in(const fs::path& folder) {
  return list_folder(folder).value();
}

ErrorKind kind_of(const Status& status) {
  EXPECT_FALSE(status);
  return status ? ErrorKind::crashed : status.error().kind;
}

// What a display that knows nothing but the first root makes of it, today.
Result<VerifiedRelease> as_a_display(const City& city, Instant now = kNow) {
  return verify_release(city.trusted_root, city.state().files, now, Expiry::judged, {});
}

TEST(Repository, BeginsWithARootAndNoTargets) {
  const City city;
  const Result<VerifiedRelease> release = as_a_display(city);
  ASSERT_TRUE(release) << release.error().message;
  EXPECT_TRUE(release->targets.empty());
  EXPECT_EQ(names_in(city.folder()),
            (std::vector<std::string>{".lock", "displays", "metadata", "targets"}));
}

TEST(Repository, HoldsWhatWasPublishedUnderTheNamesOfTuf) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const std::string hash = to_hex(sha256("first"));
  EXPECT_EQ(
      read_file(city.folder() / "targets" / "city" / (hash + "." + hash.substr(0, 16) + ".a.png"),
                100)
          .value(),
      "first");
  EXPECT_EQ(names_in(city.folder() / "metadata"),
            (std::vector<std::string>{"1.city.json", "1.root.json", "1.snapshot.json",
                                      "1.targets.json", "2.snapshot.json", "2.targets.json",
                                      "3.snapshot.json", "timestamp.json"}));
  std::vector<std::string> paths;
  const VerifiedRelease release = as_a_display(city).value();
  for (const FoundTarget& target : release.targets) {
    EXPECT_EQ(target.role, "city");
    paths.push_back(target.path);
  }
  EXPECT_EQ(paths,
            (std::vector<std::string>{"city/" + hash.substr(0, 16) + ".a.png",
                                      "city/campaign-spring.json", "city/release-spring-1.json"}));
}

TEST(Repository, IsNotMadeWhereThereIsOne) {
  const City city;
  const std::string before = read_file(city.folder() / "metadata/timestamp.json", 1 << 20).value();
  EXPECT_EQ(kind_of(create_repository(city.folder(), city.trusted_root, {city.keys.targets},
                                      city.keys.online(), kNow)),
            ErrorKind::denied);
  EXPECT_EQ(read_file(city.folder() / "metadata/timestamp.json", 1 << 20).value(), before);
}

TEST(Repository, NeverWritesAFileTwiceButTheTimestamp) {
  const City city;
  std::map<std::string, std::string> before;
  for (int round = 0; round < 5; ++round) {
    ASSERT_TRUE(city.publish("picture " + std::to_string(round)));
    for (const std::string& name : names_in(city.folder() / "metadata")) {
      const std::string bytes = read_file(city.folder() / "metadata" / name, 1 << 20).value();
      const bool may_change = name == "timestamp.json" || !before.contains(name);
      EXPECT_TRUE(may_change || before[name] == bytes) << name;
      before[name] = bytes;
    }
  }
  EXPECT_EQ(city.state().versions.roles.at("city"), 5);
}

TEST(Repository, PassesOverNumbersThatAnInterruptedReleaseLeft) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  for (const char* name : {"2.city.json", "3.city.json", "4.snapshot.json"})
    ASSERT_TRUE(write_file(city.folder() / "metadata" / name, "never listed"));
  ASSERT_TRUE(write_file(city.folder() / "metadata/9.city.json.part-abcdef", "torn"));
  ASSERT_TRUE(city.publish("second"));
  EXPECT_EQ(city.shown(), "second");
  EXPECT_EQ(city.state().versions.roles.at("city"), 4);
  EXPECT_EQ(city.state().versions.snapshot, 5);
  EXPECT_EQ(read_file(city.folder() / "metadata/2.city.json", 100).value(), "never listed");
  EXPECT_FALSE(fs::exists(city.folder() / "metadata/9.city.json.part-abcdef"));
}

TEST(Repository, SignsForAsLongAsEachRoleHolds) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const RepositoryState state = city.state();
  using std::chrono::days;
  EXPECT_EQ(state.timestamp.head.expires, kNow + days{7});
  EXPECT_EQ(state.snapshot.head.expires, kNow + days{7});
  EXPECT_EQ(state.targets().head.expires, kNow + days{90});
  EXPECT_EQ(state.roles.at("city").head.expires, kNow + days{60});
  EXPECT_EQ(state.timestamp.issued, kNow);
  EXPECT_EQ(lifetime_of("emergency"), days{90});
}

TEST(Repository, IsReadThoughItsOnlineRolesExpired) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const Instant later = kNow + std::chrono::days{8};
  EXPECT_FALSE(as_a_display(city, later));
  RepositoryEditor editor = city.edit(later);
  ASSERT_TRUE(editor.commit(city.keys.online()));
  EXPECT_TRUE(as_a_display(city, later));
  EXPECT_EQ(city.shown(), "first");
}

TEST(Repository, IsNotSignedByAMachineWhoseClockIsBehind) {
  const City city;
  const auto open = [&](std::chrono::seconds behind) {
    return RepositoryEditor::open(city.folder(), city.trusted_root, kNow - behind);
  };
  EXPECT_TRUE(open(std::chrono::minutes{10}));
  const auto late = open(std::chrono::minutes{10} + std::chrono::seconds{1});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message,
            "the clock of this machine says 2027-02-01T08:49:59Z, but the repository was signed at "
            "2027-02-01T09:00:00Z; set the clock first");
}

TEST(Repository, IsNeverIssuedBeforeTheReleaseItFollows) {
  const City city;
  RepositoryEditor editor = city.edit(kNow - std::chrono::minutes{5});
  ASSERT_TRUE(editor.commit(city.keys.online()));
  EXPECT_EQ(city.state().timestamp.issued, kNow);
}

TEST(Repository, IsNotWrittenWithAKeyThatIsNotDelegated) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const Keys stranger;
  {
    RepositoryEditor editor = city.edit();
    ASSERT_TRUE(change_agency(editor, "city", {{}, {"spring"}}, {stranger.city}));
    EXPECT_EQ(kind_of(editor.commit(city.keys.online())), ErrorKind::signature);
  }
  EXPECT_EQ(kind_of(city.edit().commit(stranger.online())), ErrorKind::signature);
  EXPECT_EQ(city.shown(), "first");
  EXPECT_FALSE(fs::exists(city.folder() / "metadata/2.city.json"));
}

TEST(Repository, BelievesNothingThatItsOwnRootDoesNotVouchFor) {
  const City city;
  const City other;
  const auto read = read_repository(city.folder(), other.trusted_root);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::signature);
  EXPECT_FALSE(RepositoryEditor::open(city.folder(), other.trusted_root, kNow));
}

TEST(Repository, SaysWhichFileIsDamagedAndWhatToDo) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const fs::path role = city.folder() / "metadata/1.city.json";
  const std::string good = read_file(role, 1 << 20).value();
  const auto message = [&](const std::string& bytes) {
    EXPECT_TRUE(write_file(role, bytes));
    const auto read = read_repository(city.folder(), city.trusted_root);
    EXPECT_FALSE(read);
    return read ? "" : read.error().message;
  };
  EXPECT_THAT(message("{"), HasSubstr(role.string()));
  std::string flipped = good;
  flipped[good.find("spring")] = 'S';
  EXPECT_THAT(message(flipped), HasSubstr("city"));
  EXPECT_THAT(message(flipped), HasSubstr("restore the folder from a copy of it"));
  fs::remove(role);
  EXPECT_THAT(read_repository(city.folder(), city.trusted_root).error().message,
              HasSubstr("1.city.json: does not exist"));
  ASSERT_TRUE(write_file(role, good));
  EXPECT_TRUE(read_repository(city.folder(), city.trusted_root));
}

TEST(Repository, IsNoRepositoryWithoutATimestamp) {
  const TemporaryFolder empty;
  const auto read = RepositoryEditor::open(empty.path(), City().trusted_root, kNow);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("noseon repo init"));
  EXPECT_TRUE(names_in(empty.path()).empty());
}

TEST(Repository, RefusesAReleaseOlderThanWhatItWasSeenWith) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const AcceptedVersions seen = city.state().versions;
  EXPECT_TRUE(read_repository(city.folder(), city.trusted_root, seen));
  AcceptedVersions newer = seen;
  ++newer.timestamp;
  const auto read = read_repository(city.folder(), city.trusted_root, newer);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::rollback);
}

TEST(Repository, MakesADamagedPictureGoodWhenItIsPublishedAgain) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  const std::string path = "city/" + to_hex(sha256("first")).substr(0, 16) + ".a.png";
  const fs::path file = target_file(city.folder(), path, sha256("first"));
  ASSERT_TRUE(write_file(file, "worst"));
  const auto damaged = read_target(city.folder(), path, {5, sha256("first")});
  ASSERT_FALSE(damaged);
  EXPECT_THAT(damaged.error().message, HasSubstr("is damaged"));
  ASSERT_TRUE(city.publish("first"));
  EXPECT_EQ(city.shown(), "first");
}

TEST(Repository, WritesNoRoleThatDisplaysWouldNotRead) {
  const City city;
  RepositoryEditor editor = city.edit();
  TargetsMetadata content;
  for (int i = 0; i < 50'000; ++i)
    content.targets["city/picture-" + std::to_string(i) + ".png"] = {1, sha256("a")};
  EXPECT_EQ(kind_of(editor.set_role("city", content, {city.keys.city})), ErrorKind::too_large);
}

TEST(Repository, LetsOneWriteAtATime) {
  const City city;
  const RepositoryEditor first = city.edit();
  const auto second =
      RepositoryEditor::open(city.folder(), city.trusted_root, kNow, std::chrono::seconds{0});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(read_repository(city.folder(), city.trusted_root));  // reading needs no lock
}

// ---- A disk that refuses ------------------------------------------------------------------------

// What a publisher's process ends with, after something was done to it.
int exit_code_of(pid_t child) {
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// 0 where it published, 10 + the kind of the error where not.
pid_t publish_after(const City& city, const std::string& bytes,
                    const std::function<void()>& first) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  first();
  const Status done = city.publish(bytes);
  ::_exit(done ? 0 : 10 + static_cast<int>(done.error().kind));
}

constexpr int kDiskRefused = 10 + static_cast<int>(ErrorKind::disk);

// A file system that takes files up to a size refuses, one size after another, each of the files
// that a release writes.
TEST(Repository, ThatCannotBeWrittenToTheEndIsAsItWas) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  int refused = 0;
  for (rlim_t bytes_max = 0;; bytes_max += 250) {
    ASSERT_LT(bytes_max, 20'000U);
    const int code = exit_code_of(publish_after(city, std::string(3'000, 'x'), [&] {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{bytes_max, bytes_max};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }));
    if (code == 0) break;
    EXPECT_EQ(code, kDiskRefused);
    ++refused;
    EXPECT_EQ(city.shown(), "first");
    EXPECT_TRUE(as_a_display(city));
    for (const auto& entry : fs::recursive_directory_iterator(city.folder()))
      EXPECT_EQ(entry.path().string().find(".part-"), std::string::npos) << entry.path();
  }
  EXPECT_GT(refused, 5);
  EXPECT_EQ(city.shown(), std::string(3'000, 'x'));
}

TEST(Repository, ThatMayNotBeWrittenSaysSo) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  fs::permissions(city.scratch.path(), fs::perms{0755});
  const int code = exit_code_of(publish_after(city, "second", [&] {
    for (const auto& entry : fs::recursive_directory_iterator(city.folder()))
      ::chmod(entry.path().c_str(), entry.is_directory() ? 0555 : 0444);
    if (::geteuid() == 0 && ::setuid(65'534) != 0) ::_exit(1);
  }));
  for (const auto& entry : fs::recursive_directory_iterator(city.folder()))
    ::chmod(entry.path().c_str(), entry.is_directory() ? 0755 : 0644);
  EXPECT_EQ(code, 10 + static_cast<int>(ErrorKind::denied));
  EXPECT_EQ(city.shown(), "first");
}

// ---- Roots --------------------------------------------------------------------------------------

TEST(RootRotation, GivesOnlineRolesNewKeysWithoutAMomentThatDisplaysRefuse) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  Keys next = city.keys;
  next.timestamp = new_key();
  RepositoryEditor editor = city.edit();
  ASSERT_TRUE(editor.set_root(write_metadata(next.root_metadata(2), {city.keys.root}).value()));
  ASSERT_TRUE(editor.commit({{city.keys.snapshot}, {city.keys.timestamp, next.timestamp}}));
  // Before 2.root.json came, and after it.
  MetadataFiles files = city.state().files;
  EXPECT_TRUE(files.contains("2.root.json"));
  files.erase("2.root.json");
  EXPECT_TRUE(verify_release(city.trusted_root, files, kNow, Expiry::judged, {}));
  EXPECT_TRUE(as_a_display(city));
  EXPECT_EQ(city.state().versions.root, 2);
}

// The place of the root cannot be written: what comes before it has been, and holds.
TEST(RootRotation, WritesTheRootLastWhereTheOldKeysStillSign) {
  const City city;
  ASSERT_TRUE(city.publish("first"));
  Keys next = city.keys;
  next.timestamp = new_key();
  const std::int64_t before = city.state().versions.timestamp;
  {
    RepositoryEditor editor = city.edit();
    ASSERT_TRUE(editor.set_root(write_metadata(next.root_metadata(2), {city.keys.root}).value()));
    fs::create_directories(city.folder() / "metadata/2.root.json/in-the-way");
    EXPECT_FALSE(editor.commit({{city.keys.snapshot}, {city.keys.timestamp, next.timestamp}}));
  }
  fs::remove_all(city.folder() / "metadata/2.root.json");
  EXPECT_EQ(city.state().versions.timestamp, before + 1);
  EXPECT_TRUE(as_a_display(city));
}

TEST(RootRotation, ReplacesALostKeyThatCanSignNoMore) {
  const City city;
  Keys next = city.keys;
  next.timestamp = new_key();
  RepositoryEditor editor = city.edit();
  ASSERT_TRUE(editor.set_root(write_metadata(next.root_metadata(2), {next.root}).value()));
  ASSERT_TRUE(editor.commit(next.online()));
  EXPECT_TRUE(as_a_display(city));
}

TEST(RootRotation, IsRefusedUnsignedOrOutOfTurn) {
  const City city;
  RepositoryEditor editor = city.edit();
  const SigningKey stranger = new_key();
  EXPECT_EQ(
      kind_of(editor.set_root(write_metadata(city.keys.root_metadata(2), {stranger}).value())),
      ErrorKind::signature);
  EXPECT_FALSE(
      editor.set_root(write_metadata(city.keys.root_metadata(3), {city.keys.root}).value()));
}

// ---- Two at once, and killed --------------------------------------------------------------------

// Publishes `rounds` pictures; in a process of its own, as it may be killed.
pid_t publish_in_a_process(const City& city, const std::string& campaign, int rounds) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  for (int round = 0; round < rounds; ++round) {
    const Status done = city.publish(campaign + std::to_string(round), campaign);
    if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
    if (!done) ::_exit(1);
  }
  ::_exit(0);
}

TEST(TwoPublishers, BothGetTheirReleasesIn) {
  const City city;
  constexpr int kRounds = 15;
  const pid_t spring = publish_in_a_process(city, "spring", kRounds);
  const pid_t autumn = publish_in_a_process(city, "autumn", kRounds);
  EXPECT_EQ(exit_code_of(spring), 0);
  EXPECT_EQ(exit_code_of(autumn), 0);
  EXPECT_EQ(city.shown("spring"), "spring14");
  EXPECT_EQ(city.shown("autumn"), "autumn14");
  EXPECT_EQ(city.state().versions.roles.at("city"), 2 * kRounds);
  EXPECT_TRUE(as_a_display(city));
}

TEST(TwoPublishers, KilledAtAnyMomentLeaveARepositoryThatDisplaysAccept) {
  const City city;
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  std::int64_t version = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t spring = publish_in_a_process(city, "spring", 100);
    const pid_t autumn = publish_in_a_process(city, "autumn", 100);
    std::this_thread::sleep_for(std::chrono::microseconds{random() % 60'000});
    ::kill(spring, SIGKILL);
    std::this_thread::sleep_for(std::chrono::microseconds{random() % 20'000});
    ::kill(autumn, SIGKILL);
    EXPECT_EQ(exit_code_of(spring), -1) << "seed " << seed;
    EXPECT_EQ(exit_code_of(autumn), -1) << "seed " << seed;
    const Result<VerifiedRelease> release = as_a_display(city);
    ASSERT_TRUE(release) << "seed " << seed << " round " << round << ": "
                         << release.error().message;
    for (const FoundTarget& target : release->targets)
      EXPECT_TRUE(read_target(city.folder(), target.path, target.file)) << "seed " << seed;
    EXPECT_GE(release->versions.timestamp, version) << "seed " << seed;
    version = release->versions.timestamp;
  }
  ASSERT_TRUE(city.publish("last"));
  EXPECT_EQ(city.shown(), "last");
}

}  // namespace
}  // namespace noseon::testing
