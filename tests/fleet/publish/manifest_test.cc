// The manifest as bytes: nothing is lost on the way there and back, nothing hostile is believed.
#include "fleet/manifest.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "tests/fleet/publish/spring_manifest.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

std::string written(const Manifest& manifest) {
  const Result<std::string> text = write_manifest(manifest);
  EXPECT_TRUE(text) << text.error().message;
  return text.value_or("");
}

// The whole manifest of a canary, changed by hand, read.
Result<Manifest> read_changed(const std::function<void(json&)>& change) {
  json changed = json::parse(written(tried_manifest()));
  change(changed);
  return read_manifest(changed.dump());
}

json& first_picture(json& manifest) {
  return manifest["editions"][0]["pictures"][0];
}

std::string refusal(const Result<Manifest>& read) {
  return read ? "accepted" : read.error().message;
}

TEST(Manifest, SaysEverythingThatIsPublished) {
  for (const Manifest& manifest : {spring_manifest(), tried_manifest()}) {
    const Result<Manifest> back = read_manifest(written(manifest));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, manifest);
  }
}

TEST(Manifest, IsAlwaysTheSameBytes) {
  EXPECT_EQ(written(tried_manifest()), written(read_manifest(written(tried_manifest())).value()));
  EXPECT_EQ(
      written(spring_manifest()).substr(0, 82),
      R"({"format":"noseon.manifest/1","needs":[],"agency":"city","campaign":"spring","edit)");
}

TEST(Manifest, KeepsTheCompiledCampaignAsBytes) {
  Manifest manifest = spring_manifest();
  manifest.editions[0].compiled = "{\"id\" :\t\"봄\\u0000\"}\n";
  EXPECT_EQ(read_manifest(written(manifest)).value().editions[0].compiled,
            manifest.editions[0].compiled);
}

// Walks to every value of a manifest, replaces it by nothing, takes it away, and gives it a
// neighbour: no such manifest is read.
TEST(Manifest, IsRefusedWithAnyValueReplacedMissingOrAdded) {
  const json whole = json::parse(written(tried_manifest()));
  const json values = whole.flatten();
  int tried = 0;
  for (const auto& [path, value] : values.items()) {
    if (path == "/needs") continue;  // an empty list; below
    const json::json_pointer pointer(path);
    json replaced = whole;
    replaced[pointer] = nullptr;
    EXPECT_FALSE(read_manifest(replaced.dump())) << path << " replaced";
    if (!whole[pointer.parent_pointer()].is_object()) continue;
    json missing = whole;
    missing[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_THAT(refusal(read_manifest(missing.dump())), ::testing::HasSubstr(pointer.back()));
    json added = whole;
    added[pointer.parent_pointer()][pointer.back() + "x"] = value;
    EXPECT_THAT(refusal(read_manifest(added.dump())),
                ::testing::HasSubstr(pointer.back() + "x: the name is unknown"));
    ++tried;
  }
  EXPECT_GT(tried, 40);
  EXPECT_FALSE(read_changed([](json& m) { m["needs"] = nullptr; }));
  EXPECT_FALSE(read_changed([](json& m) { m.erase("needs"); }));
}

TEST(Manifest, IsWhatItsPageShows) {
  const std::string page =
      read_file(std::string(NOSEON_SOURCE_DIR) + "/fleet/manifest.md", 1U << 20U).value();
  const std::size_t begin = page.find("```json\n") + 8;
  const Result<Manifest> read = read_manifest(page.substr(begin, page.find("```", begin) - begin));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->editions.at(0).pictures.at(0).size, (Size{1620, 1080}));
}

TEST(Manifest, NamesThePlaceAndTheRemedyOfWhatIsWrong) {
  EXPECT_EQ(refusal(read_changed([](json& m) {
              first_picture(m)["box"] = {0, 1080};
            })),
            "the manifest: editions[0].pictures[0].box: is no whole number from 1 to 8192; publish "
            "the campaign again");
}

struct Case {
  const char* name;
  std::function<void(json&)> change;
  bool is_good;
};

TEST(Manifest, TakesValuesUpToTheirBoundsAndNoFurther) {
  const auto picture_value = [](const char* key, json value) {
    return [key, value](json& m) { first_picture(m)[key] = value; };
  };
  const auto edition_value = [](const char* key, json value) {
    return [key, value](json& m) { m["editions"][0][key] = value; };
  };
  const std::string hash = to_hex(sha256("front"));
  const std::string lead = "city/" + hash.substr(0, 16) + ".";
  const std::vector<Case> cases = {
      {"box of 8192", picture_value("box", {8192, 1}), true},
      {"box of 8193", picture_value("box", {8193, 1}), false},
      {"box of three sides", picture_value("box", {1, 1, 1}), false},
      {"a side as a float", picture_value("box", {1920.0, 1080}), false},
      {"size of 8192", picture_value("size", {1, 8192}), true},
      {"size of 8193", picture_value("size", {1, 8193}), false},
      {"64 MiB", picture_value("bytes", 64 << 20), true},
      {"64 MiB and a byte", picture_value("bytes", (64 << 20) + 1), false},
      {"no byte", picture_value("bytes", 0), false},
      {"2^64 - 1 bytes", picture_value("bytes", UINT64_MAX), false},
      {"negative bytes", picture_value("bytes", -1), false},
      {"a jpeg", picture_value("type", "image/jpeg"), true},
      {"a gif", picture_value("type", "image/gif"), false},
      {"fill", picture_value("fit", "fill"), true},
      {"stretched", picture_value("fit", "stretch"), false},
      {"a colour in upper case", picture_value("background", "#ABCDEF"), false},
      {"a hash in upper case", picture_value("sha256", "A" + hash.substr(1)), false},
      {"no name", picture_value("target", lead), false},
      {"a hidden name", picture_value("target", lead + ".a"), false},
      {"a name with a slash", picture_value("target", lead + "a/b"), false},
      {"a name with a blank", picture_value("target", lead + "a b"), false},
      {"a name in Hangul", picture_value("target", lead + "봄"), false},
      {"a target of 255 bytes", picture_value("target", lead + std::string(255 - lead.size(), 'n')),
       true},
      {"a target of 256 bytes", picture_value("target", lead + std::string(256 - lead.size(), 'n')),
       false},
      {"a target of another agency", picture_value("target", "other/" + lead.substr(5) + "a"),
       false},
      {"a target of another hash", picture_value("target", "city/0123456789abcdef.a"), false},
      {"written 1024 bytes", picture_value("written", std::string(1024, 'w')), true},
      {"written 1025 bytes", picture_value("written", std::string(1025, 'w')), false},
      {"written nothing", picture_value("written", ""), false},
      {"two displays", picture_value("displays", {{1, 2}, {1, 3}}), true},
      {"a display twice", picture_value("displays", {{1, 2}, {1, 2}}), false},
      {"displays out of order", picture_value("displays", {{1, 3}, {1, 2}}), false},
      {"no display", picture_value("displays", json::array()), false},
      {"release 10^9", edition_value("release", 1'000'000'000), true},
      {"release 10^9 + 1", edition_value("release", 1'000'000'001), false},
      {"release 2 before release 2", edition_value("release", 2), false},
      {"share 1", edition_value("share", 1), true},
      {"share 0", edition_value("share", 0), false},
      {"share 9,999", edition_value("share", 9'999), true},
      {"share 10,000 and another edition", edition_value("share", 10'000), false},
      {"no salt", edition_value("salt", ""), false},
      {"a salt of 65 bytes", edition_value("salt", std::string(65, 's')), false},
      {"milliseconds", edition_value("published", "2027-02-01T09:03:00.000Z"), false},
      {"another offset", edition_value("published", "2027-02-01T09:03:00+00:00"), false},
      {"no such day", edition_value("published", "2027-02-30T09:03:00Z"), false},
      {"no edition", [](json& m) { m["editions"] = json::array(); }, false},
      {"one edition for a share", [](json& m) { m["editions"].erase(1); }, false},
      {"three editions", [](json& m) { m["editions"].push_back(m["editions"][1]); }, false},
      {"an agency of digits", [](json& m) { m["agency"] = "123"; }, false},
      {"an agency named targets", [](json& m) { m["agency"] = "targets"; }, false},
      {"a campaign with a slash", [](json& m) { m["campaign"] = "a/b"; }, false},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(read_changed(one.change).has_value(), one.is_good) << one.name;
  }
}

TEST(Manifest, HasAtMostAHundredDisplaysForAPicture) {
  const auto with = [](int count) {
    return read_changed([&](json& m) {
      json displays = json::array();
      for (int i = 1; i <= count; ++i) displays.push_back({i, 1});
      first_picture(m)["displays"] = displays;
    });
  };
  EXPECT_TRUE(with(100));
  EXPECT_FALSE(with(101));
}

TEST(Manifest, HasAPictureForOneRequestOnce) {
  const auto twice = [](const std::function<void(json&)>& difference) {
    return read_changed([&](json& m) {
      json again = first_picture(m);
      difference(again);
      m["editions"][0]["pictures"].push_back(again);
    });
  };
  EXPECT_THAT(refusal(twice([](json& p) { p["bytes"] = 1; })), ::testing::HasSubstr("twice"));
  EXPECT_TRUE(twice([](json& p) { p["background"] = "#101419"; }));
  EXPECT_TRUE(twice([](json& p) { p["fit"] = "fill"; }));
  EXPECT_TRUE(twice([](json& p) { p["box"] = {1920, 1079}; }));
  EXPECT_TRUE(twice([](json& p) { p["written"] = "posters/b.png"; }));
}

TEST(Manifest, IsKeptForALaterVersionWhereItAsksForOne) {
  const auto kind = [](const std::function<void(json&)>& change) {
    const Result<Manifest> read = read_changed(change);
    return read ? std::nullopt : std::optional(read.error().kind);
  };
  EXPECT_EQ(kind([](json& m) { m["needs"] = {"video"}; }), ErrorKind::unavailable);
  EXPECT_EQ(kind([](json& m) { m["format"] = "noseon.manifest/2"; }), ErrorKind::unavailable);
  EXPECT_EQ(kind([](json& m) { m = {{"format", "noseon.manifest/2"}}; }), ErrorKind::unavailable);
  EXPECT_EQ(kind([](json& m) { m["format"] = "noseon.compiled/1"; }), ErrorKind::bad_format);
  EXPECT_EQ(kind([](json& m) { m["needs"] = {1}; }), ErrorKind::bad_format);
  EXPECT_EQ(kind([](json& m) { m = json::array(); }), ErrorKind::bad_format);
}

TEST(Manifest, IsReadUpToItsCapAndNotParsedBeyondIt) {
  std::string text = written(spring_manifest());
  text.resize(kManifestBytesMax, ' ');
  EXPECT_TRUE(read_manifest(text));
  text += ' ';
  const Result<Manifest> read = read_manifest(text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::too_large);
}

TEST(Manifest, IsNotWrittenWhereNoDisplayWouldTakeIt) {
  Manifest no_editions = spring_manifest();
  no_editions.editions.clear();
  EXPECT_FALSE(write_manifest(no_editions));
  Manifest no_unicode = spring_manifest();
  no_unicode.editions[0].pictures[0].written = "posters/\xff.png";
  EXPECT_FALSE(write_manifest(no_unicode));
  Manifest half_a_second = spring_manifest();
  half_a_second.editions[0].published += Millis{500};
  EXPECT_FALSE(write_manifest(half_a_second));
}

TEST(Manifest, IsTheTargetOfAnAgencyAndACampaign) {
  EXPECT_EQ(manifest_target("city", "spring"), "city/campaign-spring.json");
  for (const char* path : {"city/campaign-spring.json", "a/campaign-1.json", "1a/campaign-a-.json"})
    EXPECT_TRUE(is_manifest_target(path)) << path;
  for (const char* path :
       {"campaign-spring.json", "city/campaign-.json", "city/campaign-spring.jsonx",
        "city/x/campaign-spring.json", "/campaign-spring.json", "city/campaign-Spring.json",
        "root/campaign-spring.json", "12/campaign-spring.json", "city/campaign-json",
        "city/release-spring-1.json", "city/campaign-spring.json.", "City/campaign-a.json", ""})
    EXPECT_FALSE(is_manifest_target(path)) << path;
}

TEST(Manifest, TakesAgenciesThatNoRoleAndNoNumberCanBeTakenFor) {
  for (const char* name : {"city", "a", "emergency", "2a", "root-1"})
    EXPECT_TRUE(is_agency_name(name)) << name;
  EXPECT_TRUE(is_agency_name(std::string(40, 'a')));
  EXPECT_FALSE(is_agency_name(std::string(41, 'a')));
  for (const char* name : {"", "-a", "City", "a_b", "a b", "a/b", "도시", "7", "2027", "root",
                           "timestamp", "snapshot", "targets"})
    EXPECT_FALSE(is_agency_name(name)) << name;
}

}  // namespace
}  // namespace noseon::testing
