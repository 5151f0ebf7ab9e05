// What an agency has published: what is live, and what can come back.
#include "fleet/publish/releases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fleet/publish/published_city.h"

namespace noseon::testing {
namespace {

TEST(Releases, AreNumberedByCampaign) {
  const City city;
  ASSERT_TRUE(city.publish("a"));
  ASSERT_TRUE(city.publish("b"));
  ASSERT_TRUE(city.publish("c", "autumn-2"));
  const auto releases = releases_of(city.state(), "city");
  ASSERT_EQ(releases.size(), 2U);
  EXPECT_EQ(releases.at("spring").live_release(), 2);
  EXPECT_EQ(releases.at("spring").next_release(), 3);
  EXPECT_EQ(releases.at("autumn-2").live_release(), 1);
  EXPECT_TRUE(releases_of(city.state(), "town").empty());
}

TEST(Releases, OfTheirNamesAreNoCampaigns) {
  EXPECT_EQ(release_target("city", "spring-2", 7), "city/release-spring-2-7.json");
  EXPECT_FALSE(is_manifest_target(release_target("city", "campaign-a", 1)));
}

TEST(Releases, KeepTheirPicturesForComingBack) {
  const City city;
  for (const char* bytes : {"a", "b", "c"}) ASSERT_TRUE(city.publish(bytes));
  const auto releases = releases_of(city.state(), "city").at("spring");
  const auto first = read_kept_manifest(city.folder(), "city", "spring", 1, releases.kept.at(1));
  ASSERT_TRUE(first) << first.error().message;
  const ManifestPicture& picture = first->editions.at(0).pictures.at(0);
  EXPECT_EQ(read_target(city.folder(), picture.target, {picture.bytes, picture.sha256}).value(),
            "a");
  EXPECT_TRUE(city.state().roles.at("city").targets.contains(picture.target));
}

TEST(Releases, AreKeptUpToTwenty) {
  const City city;
  for (int i = 1; i <= 20; ++i) ASSERT_TRUE(city.publish("picture " + std::to_string(i)));
  EXPECT_EQ(releases_of(city.state(), "city").at("spring").kept.begin()->first, 1);
  ASSERT_TRUE(city.publish("picture 21"));
  const auto releases = releases_of(city.state(), "city").at("spring");
  EXPECT_EQ(releases.kept.size(), 20U);
  EXPECT_EQ(releases.kept.begin()->first, 2);
  const std::string gone = to_hex(sha256("picture 1")).substr(0, 16);
  EXPECT_FALSE(city.state().roles.at("city").targets.contains("city/" + gone + ".a.png"));
}

// Of 8,000 pictures with long names each; the role's metadata has no room for two of them.
TEST(Releases, AreFewerWhereTheMetadataWouldGrowTooLarge) {
  const City city;
  Manifest manifest;
  manifest.agency = "city";
  manifest.campaign = "spring";
  RepositoryEditor editor = city.edit();
  for (int release = 1; release <= 2; ++release) {
    ManifestEdition edition;
    edition.release = release;
    edition.published = kNow;
    ManifestPicture picture;
    picture.size = {1, 1};
    picture.type = "image/png";
    picture.bytes = 1;
    picture.displays = {{1, 1}};
    picture.box = {1, 1};
    for (int i = 0; i < 8'000; ++i) {
      picture.written = std::to_string(i);
      picture.sha256 = sha256(std::to_string(release) + "/" + picture.written);
      picture.target = "city/" + to_hex(picture.sha256).substr(0, 16) + "." + std::string(230, 'n');
      edition.pictures.push_back(picture);
    }
    manifest.editions = {edition};
    ASSERT_TRUE(change_agency(editor, "city", {{manifest}, {}}, {city.keys.city}));
    ASSERT_TRUE(editor.commit(city.keys.online()));
  }
  const auto releases = releases_of(city.state(), "city").at("spring");
  EXPECT_EQ(releases.live_release(), 2);
  EXPECT_EQ(releases.kept.size(), 1U);
  EXPECT_EQ(releases.next_release(), 3);
}

TEST(Releases, OfAWithdrawnCampaignStay) {
  const City city;
  ASSERT_TRUE(city.publish("a"));
  ASSERT_TRUE(city.publish("b", "autumn"));
  RepositoryEditor editor = city.edit();
  ASSERT_TRUE(change_agency(editor, "city", {{}, {"spring"}}, {city.keys.city}));
  ASSERT_TRUE(editor.commit(city.keys.online()));
  EXPECT_EQ(city.shown(), "nothing");
  EXPECT_EQ(city.shown("autumn"), "b");
  const auto releases = releases_of(city.state(), "city").at("spring");
  EXPECT_EQ(releases.live_release(), std::nullopt);
  EXPECT_EQ(releases.next_release(), 2);
}

TEST(Releases, ThatCannotBeReadAreLetGoButALiveOneIsNot) {
  const City city;
  ASSERT_TRUE(city.publish("a"));
  ASSERT_TRUE(city.publish("b"));
  const auto spring = releases_of(city.state(), "city").at("spring");
  const auto damage = [&](const std::string& path, const TargetFile& file) {
    ASSERT_TRUE(write_file(target_file(city.folder(), path, file.sha256), "{}"));
  };
  damage("city/release-spring-1.json", spring.kept.at(1));
  ASSERT_TRUE(city.publish("x", "autumn"));
  EXPECT_EQ(releases_of(city.state(), "city").at("spring").kept.size(), 1U);
  damage("city/campaign-spring.json", *spring.live);
  const Status published = city.publish("y", "autumn");
  ASSERT_FALSE(published);
  EXPECT_THAT(published.error().message, ::testing::HasSubstr("campaign-spring.json: is damaged"));
  EXPECT_TRUE(city.publish("c"));  // publishing it anew makes it good
}

}  // namespace
}  // namespace noseon::testing
