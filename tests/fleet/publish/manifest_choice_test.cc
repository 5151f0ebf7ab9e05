// Which edition a display plays, which pictures it fetches, and which of them it shows.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/fleet/publish/spring_manifest.h"

namespace noseon::testing {
namespace {

std::vector<std::string> bytes_named(const std::vector<ManifestPicture>& pictures,
                                     const std::vector<std::string>& all) {
  std::vector<std::string> named;
  for (const ManifestPicture& picture : pictures)
    for (const std::string& bytes : all)
      if (picture.sha256 == sha256(bytes)) named.push_back(bytes);
  return named;
}

TEST(Editions, AloneIsEverybodys) {
  EXPECT_EQ(edition_for(spring_manifest(), DisplayId{"bus-1"}).release, 3);
}

// The first four bytes of SHA-256("spring-3:bus-1"), modulo 10,000, are 2814 by Python's hashlib.
TEST(Editions, ATriedOneIsForTheDisplaysWhoseHashIsBelowItsShare) {
  Manifest manifest = tried_manifest();
  const auto release_at = [&](int share) {
    manifest.editions[0].share = share;
    return edition_for(manifest, DisplayId{"bus-1"}).release;
  };
  EXPECT_EQ(release_at(2814), 2);
  EXPECT_EQ(release_at(2814 + 1), 3);
}

TEST(Editions, ATriedOneReachesItsShareOfTheFleet) {
  const Manifest manifest = tried_manifest();
  int tries = 0;
  for (int i = 0; i < 10'000; ++i)
    tries += edition_for(manifest, DisplayId{"bus-" + std::to_string(i)}).release == 3 ? 1 : 0;
  EXPECT_NEAR(tries, 2'500, 130);  // three standard deviations
}

TEST(Pictures, ADisplayTakesThoseOfItsOwnSize) {
  const ManifestEdition release = edition(3);
  EXPECT_EQ(bytes_named(pictures_of(release, kFront), {"front", "bar"}),
            std::vector<std::string>{"front"});
  EXPECT_EQ(bytes_named(pictures_of(release, kBar), {"front", "bar"}),
            std::vector<std::string>{"bar"});
}

TEST(Pictures, APictureForSeveralProfilesIsForEachOfThem) {
  ManifestEdition release = edition(3);
  release.pictures.push_back(picture("both", {100, 100}, {kBar, kFront}, "posters/b.png"));
  EXPECT_EQ(bytes_named(pictures_of(release, kFront), {"front", "bar", "both"}),
            (std::vector<std::string>{"front", "both"}));
  EXPECT_EQ(bytes_named(pictures_of(release, kBar), {"front", "bar", "both"}),
            (std::vector<std::string>{"bar", "both"}));
}

TEST(Pictures, AnUnknownSizeTakesTheProfileOfTheNearestAspect) {
  const ManifestEdition release = edition(3);
  const auto of = [&](Size size) {
    return bytes_named(pictures_of(release, size), {"front", "bar"});
  };
  EXPECT_EQ(of({800, 600}), std::vector<std::string>{"front"});
  EXPECT_EQ(of({1080, 1920}), std::vector<std::string>{"front"});
  EXPECT_EQ(of({3840, 600}), std::vector<std::string>{"bar"});
  // 1920 x 1080 and 1920 x 540 are as far from each other's middle, 1920 x 763.68.
  EXPECT_EQ(of({1920, 764}), std::vector<std::string>{"front"});
  EXPECT_EQ(of({1920, 763}), std::vector<std::string>{"bar"});
}

TEST(Pictures, AnUnknownSizeTakesTheSmallestProfileThatCoversItElseTheLargest) {
  const std::vector<std::string> all{"hd", "front", "uhd"};
  std::vector<ManifestPicture> pictures{picture("uhd", {3840, 2160}, {{3840, 2160}}),
                                        picture("hd", {1280, 720}, {{1280, 720}}),
                                        picture("front", kFront, {kFront})};
  const auto by_hash = [](const auto& a, const auto& b) { return a.sha256 < b.sha256; };
  std::sort(pictures.begin(), pictures.end(), by_hash);
  do {  // in whatever order they are listed
    ManifestEdition release = edition(3);
    release.pictures = pictures;
    const auto of = [&](Size size) { return bytes_named(pictures_of(release, size), all).at(0); };
    EXPECT_EQ(of({1366, 768}), "front");
    EXPECT_EQ(of({1279, 720}), "hd");
    EXPECT_EQ(of({1281, 720}), "front");
    EXPECT_EQ(of({1024, 600}), "hd");
    EXPECT_EQ(of({7680, 4320}), "uhd");
  } while (std::next_permutation(pictures.begin(), pictures.end(), by_hash));
}

TEST(Pictures, OfACampaignWithoutAnyAreNone) {
  ManifestEdition release = edition(3);
  release.pictures.clear();
  EXPECT_TRUE(pictures_of(release, kFront).empty());
}

const ManifestPicture* shown(const std::vector<ManifestPicture>& pictures, Size box,
                             Fit fit = Fit::fit, Color background = {0x10, 0x14, 0x18}) {
  return picture_for(pictures, "posters/a.png", box, fit, background);
}

TEST(Pictures, ARequestGetsTheOnePreparedForIt) {
  std::vector<ManifestPicture> pictures;
  for (const Fit fit : {Fit::fit, Fit::fill}) {
    for (const Color background : {Color{0, 0, 0}, Color{0x10, 0x14, 0x18}}) {
      for (const Size box : {kFront, kBar, Size{1920, 1000}}) {
        pictures.push_back(picture("front", box, {kFront}));
        pictures.back().fit = fit;
        pictures.back().background = background;
        pictures.back().size = {100, 100};
      }
    }
  }
  for (const ManifestPicture& one : pictures)
    EXPECT_EQ(shown(pictures, one.box, one.fit, one.background), &one);
}

TEST(Pictures, ARequestNeverGetsAnotherPoster) {
  const std::vector<ManifestPicture> pictures{picture("b", kFront, {kFront}, "posters/b.png")};
  EXPECT_EQ(shown(pictures, kFront), nullptr);
  EXPECT_EQ(shown({}, kFront), nullptr);
}

TEST(Pictures, ARequestForAnUnknownBoxGetsTheNearestAspectAndThenTheSmallestThatCovers) {
  const std::vector<ManifestPicture> pictures{
      picture("uhd", {3840, 2160}, {kFront}), picture("hd", {1280, 720}, {kFront}),
      picture("front", kFront, {kFront}), picture("bar", kBar, {kFront})};
  EXPECT_EQ(shown(pictures, {1366, 768}), &pictures[2]);
  EXPECT_EQ(shown(pictures, {640, 360}), &pictures[1]);
  EXPECT_EQ(shown(pictures, {7680, 4320}), &pictures[0]);
  EXPECT_EQ(shown(pictures, {960, 270}), &pictures[3]);
}

TEST(Pictures, ARequestForAnUnknownBoxKeepsFitThenBackground) {
  std::vector<ManifestPicture> pictures{picture("fill", {1280, 720}, {kFront}),
                                        picture("black", {1280, 720}, {kFront}),
                                        picture("bar", kBar, {kFront})};
  pictures[0].fit = Fit::fill;
  pictures[1].background = Color{0, 0, 0};
  EXPECT_EQ(shown(pictures, kFront), &pictures[2]);
  pictures.pop_back();
  EXPECT_EQ(shown(pictures, kFront), &pictures[1]);
  pictures.pop_back();
  EXPECT_EQ(shown(pictures, kFront), &pictures[0]);
}

}  // namespace
}  // namespace noseon::testing
