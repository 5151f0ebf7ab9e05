// Publishing as staff do it: from an empty folder to a release, and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fleet/publish/releases.h"
#include "media/picture_source.h"
#include "player/folder.h"
#include "player/picture_requests.h"
#include "tests/staff/on_a_terminal.h"
#include "tests/staff/site_of_a_city.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

Manifest live_manifest(const Site& site, const std::string& campaign = "spring") {
  const RepositoryState state = site.as_a_display().value();
  const auto releases = releases_of(state, "city");
  return read_live_manifest(site.repo(), "city", campaign, releases.at(campaign).live.value())
      .value();
}

TEST(Publish, BringsACampaignFromAnEmptyFolderToDisplays) {
  const Site site;
  site.write_campaign("안녕");
  const Ran ran = site.publish();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("spring (city): release 1, the first that displays play\n"
                                 "  + hello: text\n"));
  EXPECT_THAT(ran.out, HasSubstr("published; displays take it when they ask next"));
  EXPECT_THAT(ran.err, HasSubstr("has no display profile"));
  const Manifest manifest = live_manifest(site);
  EXPECT_EQ(manifest.editions.at(0).release, 1);
  EXPECT_THAT(manifest.editions.at(0).compiled, HasSubstr("안녕"));
}

TEST(Publish, SaysWhatChangesAgainstWhatIsLive) {
  const Site site;
  site.write_campaign("안녕", "[[item]]\nid = \"old\"\ntext = { ko = \"가\" }\n");
  ASSERT_EQ(site.publish().exit_code, 0);
  site.write_campaign("안녕히",
                      "weight = 3\n[[item]]\nid = \"new\"\ntext = { ko = \"나\" }\n"
                      "from = 2027-02-10\nuntil = 2027-02-28\n");
  const Ran ran = site.publish();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("spring (city): release 2, live is release 1 of "));
  EXPECT_THAT(ran.out, HasSubstr("  + new: text, from 2027-02-10, until 2027-02-28\n"
                                 "  - old: text\n"
                                 "  ~ hello: text, weight\n"));
}

TEST(Publish, DoesNothingWhereNothingHasChanged) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  const AcceptedVersions before = site.as_a_display().value().versions;
  const Ran ran = site.publish({});  // nor does it ask
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out, "spring (city): nothing has changed since release 1\n");
  EXPECT_EQ(site.as_a_display().value().versions, before);
}

TEST(Publish, RefusesACampaignWithErrorsAndSaysThem) {
  const Site site;
  site.write_campaign("안녕", "wieght = 1\n");
  const Ran ran = site.publish();
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("campaign.toml:7:1: error: item hello: unknown key \"wieght\""));
  EXPECT_THAT(ran.err, HasSubstr("nothing is published while there are errors"));
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
}

TEST(Publish, AsksAndWithoutATerminalRefuses) {
  const Site site;
  site.write_campaign("안녕");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, std::vector<std::string>{"--json"}}) {
    const Ran ran = site.publish(words);
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_THAT(ran.err, HasSubstr("agree to it with --yes"));
  }
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
}

TEST(Publish, SaysItAllToMachines) {
  const Site site;
  site.write_campaign("안녕");
  const Ran ran = site.publish({"--yes", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json done = json::parse(ran.out);
  EXPECT_EQ(done["agency"], "city");
  ASSERT_EQ(done["published"].size(), 1U);
  EXPECT_EQ(done["published"][0]["campaign"], "spring");
  EXPECT_EQ(done["published"][0]["release"], 1);
  EXPECT_EQ(done["published"][0]["live"], nullptr);
  EXPECT_EQ(done["published"][0]["added"], json({"hello"}));
  EXPECT_EQ(done["published"][0]["displays"][0]["bytes"], 0);
}

// The pictures are those that composition asks for, byte for byte as noseon-decode would have them
// from the folder.
TEST(Publish, PreparesExactlyWhatEachDisplayAsksFor) {
  const Site site;
  site.scratch.write("front.toml", "size = [1920, 1080]\n");
  site.scratch.write("bar.toml", "size = [1920, 540]\n");
  for (const char* name : {"front.toml", "bar.toml"})
    Site::must({"repo", "display", "add", (site.scratch / name).string(), "--repo", site.repo()});
  const Ran ran =
      run_noseon({"publish", demo() + "/khojaly", "--repo", site.repo(), "--yes", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Manifest manifest = live_manifest(site, "khojaly");
  SystemZones zones;
  const LoadedFolder folder = load_folder(demo() + "/khojaly", Display{}, zones);
  const PictureSource source = make_picture_source();
  std::set<std::string> requests;
  for (const Size size : {Size{1920, 1080}, Size{1920, 540}}) {
    Display display;
    display.size = size;
    const auto pictures = pictures_of(manifest.editions.at(0), size);
    const auto asked = picture_requests(folder.playlist->campaigns.at(0), display);
    EXPECT_EQ(pictures.size(), asked.size());
    for (const PictureRequest& request : asked) {
      const PictureWish& wish = request.wish;
      const ManifestPicture* found =
          picture_for(pictures, wish.written, wish.box, wish.fit, wish.background);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->box, wish.box);
      const PictureBytes bytes =
          source.prepared_file({request.file, wish.box, wish.fit, wish.background}).value();
      EXPECT_EQ(read_target(site.repo(), found->target, {found->bytes, found->sha256}).value(),
                bytes.bytes());
    }
  }
  const json displays = json::parse(ran.out)["published"][0]["displays"];
  ASSERT_EQ(displays.size(), 2U);
  EXPECT_GT(displays[0]["bytes"], 0);
  EXPECT_EQ(displays[0]["display"], "bar");
}

TEST(Publish, TriesAReleaseOnAShareOfTheDisplays) {
  const Site site;
  site.write_campaign("안녕");
  const Ran early = site.publish({"--yes", "--share", "5%"});
  EXPECT_EQ(early.exit_code, 1);
  EXPECT_THAT(early.err, HasSubstr("publish it without --share"));
  ASSERT_EQ(site.publish().exit_code, 0);
  site.write_campaign("안녕히");
  const Ran ran = site.publish({"--yes", "--share", "5%"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("for 5 % of the displays; the others keep release 1"));
  const Manifest tried = live_manifest(site);
  ASSERT_EQ(tried.editions.size(), 2U);
  EXPECT_EQ(tried.editions[0].share, 500);
  EXPECT_THAT(tried.editions[1].compiled, HasSubstr("\"안녕\""));
  ASSERT_EQ(site.publish({"--yes", "--share", "25 %"}).exit_code, 0);
  EXPECT_EQ(live_manifest(site).editions[0].salt, tried.editions[0].salt);
  EXPECT_EQ(live_manifest(site).editions[1].release, 1);
  ASSERT_EQ(site.publish().exit_code, 0);
  EXPECT_EQ(live_manifest(site).editions.size(), 1U);
  // What the others kept, published again, ends a try.
  site.write_campaign("또 다르게");
  ASSERT_EQ(site.publish({"--yes", "--share", "5%"}).exit_code, 0);
  site.write_campaign("안녕히");
  ASSERT_EQ(site.publish().exit_code, 0);
  EXPECT_EQ(live_manifest(site).editions.size(), 1U);
  for (const char* share : {"0%", "101%", "many", ""}) {
    if (*share == 0) continue;
    EXPECT_EQ(site.publish({"--yes", "--share", share}).exit_code, 1) << share;
  }
}

TEST(Publish, RollsBackByANewReleaseWithTheOldContent) {
  const Site site;
  site.write_campaign("처음");
  ASSERT_EQ(site.publish().exit_code, 0);
  site.write_campaign("다음");
  ASSERT_EQ(site.publish().exit_code, 0);
  const Ran ran = run_noseon({"rollback", "spring", "--to", "1", "--repo", site.repo(), "--yes"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const Manifest manifest = live_manifest(site);
  EXPECT_EQ(manifest.editions.at(0).release, 3);
  EXPECT_THAT(manifest.editions.at(0).compiled, HasSubstr("처음"));
  const Ran none = run_noseon({"rollback", "spring", "--to", "9", "--repo", site.repo(), "--yes"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("spring: release 9 is not kept; there are 1, 2, 3"));
}

TEST(Publish, WithdrawsACampaignAndBringsItBack) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  const Ran ran = run_noseon({"withdraw", "spring", "--repo", site.repo(), "--yes"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_FALSE(
      site.as_a_display().value().roles.at("city").targets.contains("city/campaign-spring.json"));
  EXPECT_THAT(Site::must({"status", site.repo()}).out, HasSubstr("withdrawn"));
  EXPECT_EQ(run_noseon({"withdraw", "spring", "--repo", site.repo(), "--yes"}).exit_code, 1);
  Site::must({"rollback", "spring", "--to", "1", "--repo", site.repo(), "--yes"});
  EXPECT_EQ(live_manifest(site).editions.at(0).release, 2);
}

TEST(Publish, SaysTheStateOfTheRepository) {
  const Site site;
  EXPECT_THAT(Site::must({"status", site.repo()}).out,
              HasSubstr("city may publish and has not yet"));
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  const json status = json::parse(Site::must({"status", site.repo(), "--json"}).out);
  EXPECT_EQ(status["campaigns"][0]["campaign"], "spring");
  EXPECT_EQ(status["campaigns"][0]["live"][0]["release"], 1);
  EXPECT_EQ(status["campaigns"][0]["kept"], json({1}));
  EXPECT_EQ(status["roles"].size(), 5U);
  EXPECT_EQ(status["agencies"][0]["agency"], "city");
}

// ---- Refusals -----------------------------------------------------------------------------------

TEST(Publish, AsksForThePassphraseByADescriptorAndRefusesAWrongOne) {
  const Site site;
  const TextPipe chosen("correct horse battery\n");
  Site::must(
      {"keys", "new", (site.scratch / "agency").string(), "--passphrase-fd", chosen.number()});
  Site::must(
      {"repo", "delegate", "city", (site.scratch / "agency.pub").string(), "--repo", site.repo()});
  site.write_campaign("안녕");
  const std::string key = (site.scratch / "agency.pem").string();
  const TextPipe wrong("correct horse batterz\n");
  const Ran refused = site.publish({"--yes", "--key", key, "--passphrase-fd", wrong.number()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("agency.pem: the passphrase is another one"));
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
  const TextPipe right("correct horse battery\n");
  const Ran done = site.publish({"--yes", "--key", key, "--passphrase-fd", right.number()});
  EXPECT_EQ(done.exit_code, 0) << done.err;
}

TEST(Publish, RefusesAKeyThatNobodyDelegatedTo) {
  const Site site;
  site.write_campaign("안녕");
  fs::remove(site.keys() + "/city.pem");
  const Ran none = site.publish();
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("none of the keys here may publish"));
  Site::must({"keys", "new", (site.scratch / "stranger").string(), "--no-passphrase"});
  const Ran stranger = site.publish(
      {"--yes", "--agency", "city", "--key", (site.scratch / "stranger.pem").string()});
  EXPECT_EQ(stranger.exit_code, 1);
  EXPECT_THAT(stranger.err, HasSubstr("0 of 1 keys for \"city\" are here"));
}

TEST(Publish, OnADamagedRepositoryNamesTheFile) {
  const Site site;
  site.write_campaign("안녕");
  ASSERT_EQ(site.publish().exit_code, 0);
  ASSERT_TRUE(write_file(site.repo() + "/metadata/1.city.json", "{\"signed\":{}}"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"status", site.repo()},
        std::vector<std::string>{"publish", site.campaign(), "--repo", site.repo(), "--yes"},
        std::vector<std::string>{"repo", "refresh", site.repo()}}) {
    const Ran ran = run_noseon(words);
    EXPECT_EQ(ran.exit_code, 1) << words[0];
    EXPECT_THAT(ran.err, HasSubstr("metadata/1.city.json")) << words[0];
  }
}

// ---- On a terminal ------------------------------------------------------------------------------

TEST(PublishOnATerminal, AsksAndDoesNothingWithoutAYes) {
  const Site site;
  site.write_campaign("안녕");
  OnATerminal noseon({"publish", site.campaign(), "--repo", site.repo()});
  EXPECT_THAT(noseon.read_until("[y/N]"), HasSubstr("+ hello: text"));
  noseon.type("\n");
  EXPECT_EQ(noseon.exit_code(), 1);
  EXPECT_FALSE(site.as_a_display().value().roles.contains("city"));
}

TEST(PublishOnATerminal, AsksForAPassphraseAndDoesNotShowIt) {
  const Site site;
  site.write_campaign("안녕");
  OnATerminal maker({"keys", "new", (site.scratch / "agency").string()});
  maker.read_until("New passphrase for ");
  maker.read_until(": ");
  maker.type("correct horse batteryy\x7f\n");
  maker.read_until("The same again: ");
  maker.type("correct horse battery\n");
  EXPECT_THAT(maker.read_until("key id"), Not(HasSubstr("horse")));
  EXPECT_EQ(maker.exit_code(), 0);
  Site::must(
      {"repo", "delegate", "city", (site.scratch / "agency.pub").string(), "--repo", site.repo()});
  OnATerminal noseon({"publish", site.campaign(), "--repo", site.repo(), "--key",
                      (site.scratch / "agency.pem").string()});
  noseon.read_until("[y/N]");
  noseon.type("y\n");
  noseon.read_until("Passphrase of ");
  noseon.read_until(": ");
  noseon.type("correct horse battery\n");
  EXPECT_THAT(noseon.read_until("published;"), Not(HasSubstr("horse")));
  EXPECT_EQ(noseon.exit_code(), 0);
}

TEST(PublishOnATerminal, EndsWithoutAKeyWhereThePassphraseIsInterrupted) {
  const TemporaryFolder folder;
  OnATerminal maker({"keys", "new", (folder / "agency").string()});
  maker.read_until(": ");
  maker.type("half of it\x03");
  maker.read_until("no passphrase was given");
  EXPECT_EQ(maker.exit_code(), 1);
  EXPECT_FALSE(fs::exists(folder / "agency.pem"));
}

TEST(PublishOnATerminal, RefusesWhereAnotherReleaseCameWhileItWasAsking) {
  const Site site;
  site.write_campaign("안녕");
  OnATerminal noseon({"publish", site.campaign(), "--repo", site.repo()});
  noseon.read_until("[y/N]");
  site.write_campaign("다른 사람");
  ASSERT_EQ(site.publish().exit_code, 0);
  noseon.type("y\n");
  noseon.read_until("spring: somebody else has published release 1 meanwhile");
  EXPECT_EQ(noseon.exit_code(), 1);
  EXPECT_THAT(live_manifest(site).editions.at(0).compiled, HasSubstr("다른 사람"));
}

TEST(Publish, SpeaksKorean) {
  const Site site;
  site.write_campaign("안녕");
  const Ran ran = run_noseon({"publish", site.campaign(), "--repo", site.repo(), "--yes"}, kKorean);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("spring (city): 릴리스 1, 디스플레이에 처음 나갑니다"));
  EXPECT_THAT(ran.out, HasSubstr("게시했습니다"));
}

}  // namespace
}  // namespace noseon::testing
