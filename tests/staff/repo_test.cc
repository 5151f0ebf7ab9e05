// Repositories and keys as their officers keep them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/prepare.h"
#include "tests/staff/site_of_a_city.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

mode_t mode_of(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777U;
}

TEST(Keys, AreTheirHoldersAloneAndNeverWrittenOver) {
  const TemporaryFolder folder;
  const std::string name = (folder / "city").string();
  const TextPipe passphrase("correct horse battery\n");
  const Ran ran = Site::must({"keys", "new", name, "--passphrase-fd", passphrase.number()});
  EXPECT_THAT(ran.out, HasSubstr("protected by a passphrase"));
  EXPECT_EQ(mode_of(name + ".pem"), 0600U);
  const Ran again = run_noseon({"keys", "new", name, "--no-passphrase"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("a key is never written over"));
}

TEST(Keys, TakeNoPassphraseThatIsShortOrMissing) {
  const TemporaryFolder folder;
  const std::string name = (folder / "city").string();
  const TextPipe seven("1234567\n");
  const Ran small = run_noseon({"keys", "new", name, "--passphrase-fd", seven.number()});
  EXPECT_EQ(small.exit_code, 1);
  EXPECT_THAT(small.err, HasSubstr("the passphrase has 7 bytes; take at least 8"));
  const TextPipe nothing("");
  const Ran none = run_noseon({"keys", "new", name, "--passphrase-fd", nothing.number()});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("has no passphrase"));
  EXPECT_FALSE(fs::exists(name + ".pem"));
}

TEST(Keys, GetAnotherPassphrase) {
  const TemporaryFolder folder;
  const std::string name = (folder / "city").string();
  const TextPipe first("correct horse battery\n");
  const std::string id = json::parse(
      Site::must({"keys", "new", name, "--json", "--passphrase-fd", first.number()}).out)["id"];
  const TextPipe both("correct horse battery\nstaple and more\n");
  Site::must({"keys", "passphrase", name, "--passphrase-fd", both.number()});
  EXPECT_EQ(mode_of(name + ".pem"), 0600U);
  const TextPipe old("correct horse battery\nnew and longer\n");
  EXPECT_EQ(run_noseon({"keys", "passphrase", name, "--passphrase-fd", old.number()}).exit_code, 1);
  const json shown = json::parse(Site::must({"keys", "show", name, "--json"}).out);
  EXPECT_EQ(shown["id"], id);
  EXPECT_EQ(shown["passphrase"], true);
}

TEST(Repo, IsMadeWithItsKeysAndSaysWhatToDo) {
  const TemporaryFolder folder;
  const std::string repo = (folder / "site").string();
  const Ran ran = Site::must({"repo", "init", repo, "--no-passphrase"});
  EXPECT_THAT(ran.err, HasSubstr("warning: one key alone is root"));
  EXPECT_THAT(ran.out, HasSubstr("Install " + repo +
                                 "-keys/root.json on each display as "
                                 "/etc/noseon/root.json."));
  EXPECT_EQ(mode_of(repo + "-keys"), 0700U);
  EXPECT_EQ(mode_of(repo + "-keys/timestamp.pem"), 0600U);
  for (const auto& entry : fs::recursive_directory_iterator(repo))
    EXPECT_NE(entry.path().extension(), ".pem") << entry.path();
  const Ran again = run_noseon({"repo", "init", repo, "--no-passphrase"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("there is a repository already"));
}

TEST(Repo, OfThreeOfficersIsSignedByTwoOfThemOneAfterTheOther) {
  const TemporaryFolder folder;
  const std::string repo = (folder / "site").string();
  std::vector<std::string> init{"repo", "init", repo, "--no-passphrase", "--threshold", "2"};
  for (const char* officer : {"kim", "lee", "park"}) {
    Site::must({"keys", "new", (folder / officer).string(), "--no-passphrase"});
    init.insert(init.end(), {"--root-key", (folder / officer).string() + ".pub"});
  }
  EXPECT_THAT(Site::must(init).out, HasSubstr("signed by 0 of 2 officers"));
  const std::string draft = repo + "-keys/1.root.json";
  const auto sign = [&](const char* officer) {
    return Site::must({"repo", "sign", draft, "--key", (folder / officer).string() + ".pem"}).out;
  };
  EXPECT_THAT(sign("kim"), HasSubstr("1 of 2 have signed"));
  EXPECT_THAT(sign("kim"), HasSubstr("1 of 2 have signed"));
  EXPECT_THAT(Site::must(init).out, HasSubstr("signed by 1 of 2 officers"));
  EXPECT_THAT(sign("park"), HasSubstr("2 of 2 have signed"));
  const Ran done = Site::must(init);
  EXPECT_THAT(done.out, HasSubstr("a new repository"));
  EXPECT_EQ(done.err, "");
}

TEST(Repo, GetsANextRootOnlyWithTheSignaturesOfBoth) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  Site::must({"keys", "new", site.keys() + "/root2", "--no-passphrase"});
  Site::must({"repo", "rotate", "--role", "root", "--set-key", site.keys() + "/root2.pub", "--repo",
              site.repo()});
  const std::string draft = site.keys() + "/2.root.json";
  const auto apply = [&] { return run_noseon({"repo", "apply", draft, "--repo", site.repo()}); };
  EXPECT_THAT(apply().err,
              HasSubstr("signed by 0 of 1 officers, and by 0 of 1 of the root before"));
  Site::must({"repo", "sign", draft, "--key", site.keys() + "/root2.pem"});
  EXPECT_THAT(apply().err,
              HasSubstr("signed by 1 of 1 officers, and by 0 of 1 of the root before"));
  Site::must({"repo", "sign", draft, "--key", site.keys() + "/root.pem"});
  const Ran done = apply();
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(site.as_a_display().value().versions.root, 2);
}

TEST(Repo, TakesNewOnlineKeysAndANewTargetsKeyWithTheNextRoot) {
  for (const char* role : {"timestamp", "snapshot", "targets"}) {
    const Site site;
    Site::must({"keys", "new", site.keys() + "/fresh", "--no-passphrase"});
    Site::must({"repo", "rotate", "--role", role, "--set-key", site.keys() + "/fresh.pub", "--repo",
                site.repo()});
    const std::string draft = site.keys() + "/2.root.json";
    Site::must({"repo", "sign", draft, "--key", site.keys() + "/root.pem"});
    fs::remove(site.keys() + "/" + role + ".pem");  // it was lost
    Site::must({"repo", "apply", draft, "--repo", site.repo()});
    EXPECT_EQ(site.as_a_display().value().versions.root, 2) << role;
    Site::must({"repo", "refresh", site.repo()});
  }
}

TEST(Repo, TakesUpARootThatWasInterruptedWithoutTheOldKey) {
  const Site site;
  Site::must({"keys", "new", site.keys() + "/fresh", "--no-passphrase"});
  Site::must({"repo", "rotate", "--role", "timestamp", "--set-key", site.keys() + "/fresh.pub",
              "--repo", site.repo()});
  const std::string draft = site.keys() + "/2.root.json";
  Site::must({"repo", "sign", draft, "--key", site.keys() + "/root.pem"});
  fs::remove(site.keys() + "/timestamp.pem");
  fs::copy(draft, site.repo() + "/metadata/2.root.json");  // and no further
  EXPECT_EQ(run_noseon({"repo", "refresh", site.repo()}).exit_code, 1);
  Site::must({"repo", "apply", draft, "--repo", site.repo()});
  EXPECT_EQ(site.as_a_display().value().versions.root, 2);
}

TEST(Repo, DelegatesWithANewKeyOnlyWhereItSignsWhatIsThere) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  Site::must({"keys", "new", site.keys() + "/city2", "--no-passphrase"});
  const std::string aside = (site.scratch / "city2.pem").string();
  fs::rename(site.keys() + "/city2.pem", aside);
  const auto delegate = [&] {
    return run_noseon(
        {"repo", "delegate", "city", site.keys() + "/city2.pub", "--repo", site.repo()});
  };
  EXPECT_THAT(delegate().err, HasSubstr("city has published with other keys"));
  EXPECT_TRUE(site.as_a_display());
  fs::rename(aside, site.keys() + "/city2.pem");
  EXPECT_EQ(delegate().exit_code, 0);
  EXPECT_TRUE(
      site.as_a_display().value().roles.at("city").targets.contains("city/campaign-spring.json"));
  fs::remove(site.keys() + "/city2.pem");
  site.write_campaign("도둑");
  EXPECT_EQ(site.publish().exit_code, 1);  // the old key is worth nothing
}

TEST(Repo, RevokesAnAgencyAndTakesItBack) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  Site::must({"repo", "revoke", "city", "--repo", site.repo()});
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
  EXPECT_EQ(run_noseon({"repo", "revoke", "city", "--repo", site.repo()}).exit_code, 1);
  Site::must({"repo", "delegate", "city", site.keys() + "/city.pub", "--repo", site.repo()});
  site.write_campaign("다시");
  EXPECT_EQ(site.publish().exit_code, 0);
  EXPECT_TRUE(site.as_a_display());
}

TEST(Repo, PutsAnEmergencyFirst) {
  const Site site;
  Site::must({"keys", "new", site.keys() + "/control", "--no-passphrase"});
  Site::must(
      {"repo", "delegate", "emergency", site.keys() + "/control.pub", "--repo", site.repo()});
  EXPECT_EQ(site.as_a_display().value().targets().delegations.at(0).name, "emergency");
}

TEST(Repo, IsRefreshedByATimerThatHearsWhatExpiresSoon) {
  const Site site;
  const Ran ran = run_noseon({"repo", "refresh", site.repo()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(site.as_a_display().value().versions.timestamp, 3);
}

SiteOptions options_of(const Site& site) {
  SiteOptions options;
  options.repo = site.repo();
  return options;
}

// Targets hold for 90 days, and are called due a quarter of that before.
TEST(Repo, SaysInTimeWhatExpires) {
  const Site site;
  const Instant targets_end = site.as_a_display().value().targets().head.expires;
  const std::chrono::hours quarter{90 * 24 / 4};
  const auto refresh_at = [&](Instant now) {
    return run_repo_refresh(options_of(site), FakeClock(now));
  };
  EXPECT_EQ(refresh_at(targets_end - quarter - Millis{1000}), kDone);
  EXPECT_EQ(refresh_at(targets_end - quarter), kExpiresSoon);
  EXPECT_EQ(refresh_at(targets_end + std::chrono::hours{1}), kExpiresSoon);
}

TEST(Repo, IsNotPublishedIntoWhileDisplaysWouldRefuseIt) {
  const Site site;
  site.write_campaign("안녕");
  const Instant targets_end = site.as_a_display().value().targets().head.expires;
  PublishOptions publish;
  publish.site = options_of(site);
  publish.dir = site.campaign();
  publish.yes = true;
  EXPECT_EQ(run_publish(publish, FakeClock(targets_end)), kRefused);
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
  // A week after snapshot and timestamp expired, publishing makes them fresh.
  EXPECT_EQ(run_publish(publish, FakeClock(targets_end - Millis{1000})), kDone);
  EXPECT_EQ(run_repo_renew({options_of(site), "targets"}, FakeClock(targets_end)), kDone);
}

TEST(Repo, RenewsARoleAsItIs) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  const auto before = site.as_a_display().value();
  Site::must({"repo", "renew", "city", "--repo", site.repo()});
  Site::must({"repo", "renew", "targets", "--repo", site.repo()});
  const auto after = site.as_a_display().value();
  EXPECT_EQ(after.roles.at("city").targets, before.roles.at("city").targets);
  EXPECT_EQ(after.versions.roles.at("city"), before.versions.roles.at("city") + 1);
  EXPECT_EQ(run_noseon({"repo", "renew", "town", "--repo", site.repo()}).exit_code, 1);
}

TEST(Repo, IsTouchedOnlyWithTheRootThatDisplaysTrust) {
  const Site site;
  fs::rename(site.keys() + "/root.json", (site.scratch / "root.json").string());
  const Ran ran = run_noseon({"status", site.repo()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("the root that displays trust is not there"));
  Site::must({"status", site.repo(), "--root", (site.scratch / "root.json").string()});
}

TEST(Repo, KeepsOfADisplayWhatPicturesDependOn) {
  const Site site;
  site.scratch.write("front.toml",
                     "id = \"bus-1\"\nsize = [1920, 1080]\nrotation = 90\nfallback = \"card.png\"\n"
                     "diagonal_inch = 21.5\ntimezone = \"Asia/Seoul\"\n");
  const std::string file = (site.scratch / "front.toml").string();
  const Ran missing = run_noseon({"repo", "display", "add", file, "--repo", site.repo()});
  EXPECT_EQ(missing.exit_code, 1);  // its card is not there
  site.scratch.write("front.toml",
                     "id = \"bus-1\"\nsize = [1920, 1080]\nrotation = 90\ndiagonal_inch = 21.5\n");
  const Ran ran = Site::must({"repo", "display", "add", file, "--repo", site.repo()});
  EXPECT_EQ(ran.out, "front: pictures are prepared for 1080 x 1920 from the next publish on\n");
  EXPECT_THAT(Site::must({"status", site.repo()}).out, HasSubstr("display front: 1080 x 1920"));
  Site::must({"repo", "display", "remove", "front", "--repo", site.repo()});
  EXPECT_EQ(run_noseon({"repo", "display", "remove", "front", "--repo", site.repo()}).exit_code, 1);
}

TEST(Repo, NamesPicturesSoThatEveryServerHasThem) {
  EXPECT_EQ(target_name("remember.png", PictureFormat::png), "remember.png");
  EXPECT_EQ(target_name("remember.bar.png", PictureFormat::jpeg), "remember-bar.jpg");
  EXPECT_EQ(target_name("봄 포스터.tif", PictureFormat::png), "picture.png");
  EXPECT_EQ(target_name("봄-2 b.webp", PictureFormat::webp), "2-b.webp");
}

}  // namespace
}  // namespace noseon::testing
