// `noseon render` on the edges of the demonstration's windows: what is drawn is what is said.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/sha256.h"
#include "base/time.h"
#include "tests/fonts/setting.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

std::string drawn_at(const std::string& at) {
  const TemporaryFolder folder;
  const Ran ran = run_noseon({"render", demo(), "--at", at, "-o", (folder / "f.png").string(),
                              "--json", "--size", "320x180"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  if (ran.exit_code != 0) return "";
  EXPECT_EQ(read_start(folder / "f.png", 8).value(), "\x89PNG\r\n\x1a\n");
  const json said = json::parse(ran.out);
  return said["campaign"].get<std::string>() + "/" + said["item"].get<std::string>();
}

bool is_of(const std::string& name, const std::string& campaign) {
  return name.starts_with(campaign + "/");
}

TEST(Render, TheTakeoverStandsFromEightToTenInTheEvening) {
  EXPECT_NE(drawn_at("2027-02-25 19:59:59.999"), "khojaly/anniversary");
  EXPECT_EQ(drawn_at("2027-02-25 20:00"), "khojaly/anniversary");
  EXPECT_EQ(drawn_at("2027-02-25 21:00"), "khojaly/anniversary");
  EXPECT_EQ(drawn_at("2027-02-25 21:59:59.999"), "khojaly/anniversary");
  EXPECT_NE(drawn_at("2027-02-25 22:00"), "khojaly/anniversary");
}

TEST(Render, TheCampaignStandsFromFebruaryToMarch) {
  EXPECT_TRUE(is_of(drawn_at("2027-01-31 23:59:59.999"), "on-board"));
  EXPECT_TRUE(is_of(drawn_at("2027-02-01"), "khojaly"));
  EXPECT_TRUE(is_of(drawn_at("2027-02-25 08:00"), "khojaly"));
  EXPECT_TRUE(is_of(drawn_at("2027-03-31 23:59:59.999"), "khojaly"));
  EXPECT_TRUE(is_of(drawn_at("2027-04-01"), "on-board"));
  EXPECT_TRUE(is_of(drawn_at("2027-06-01 08:00"), "on-board"));
}

TEST(Render, TheSameMomentGivesTheSameBytes) {
  const TemporaryFolder folder;
  for (const char* name : {"a.png", "b.png"}) {
    const Ran ran = run_noseon({"render", demo(), "--at", "2027-02-25 21:00", "-o",
                                (folder / name).string(), "--size", "640x180"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  EXPECT_EQ(read_file(folder / "a.png", 1U << 24U).value(),
            read_file(folder / "b.png", 1U << 24U).value());
}

// Two languages too long for one page, with as much to read in each: half of the 60 s.
TEST(Render, DrawsThePageThatStandsAtTheTime) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 24; ++i) text += "아주 긴 문장을 씁니다 ";
  folder.write("c/campaign.toml",
               "format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"Asia/Seoul\"\n"
               "[[item]]\nid = \"a\"\nseconds = 60\ntext = { ko = \"" +
                   text + "\", en = \"" + text + "\" }\n");
  const auto render = [&](const std::string& at) {
    const Ran ran = run_noseon({"render", (folder / "c").string(), "--at", at, "-o",
                                (folder / "page.png").string(), "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json::parse(ran.out);
  };
  const json first = render("2027-03-01 12:00");
  const std::string from = first["from"].get<std::string>().substr(0, 10) + " " +
                           first["from"].get<std::string>().substr(11, 12);
  EXPECT_EQ(first["pages"], 2);
  const auto later = [&](Millis length) { return to_string(parse_civil(from).value() + length); };
  const json before = render(later(Millis{29'999}));
  const json after = render(later(Millis{30'000}));
  EXPECT_EQ(before["page"], 1);
  EXPECT_EQ(after["page"], 2);
  EXPECT_EQ(after["from"], before["from"]) << "the same slot";
  const Ran words = run_noseon({"render", (folder / "c").string(), "--at", later(Millis{30'000}),
                                "-o", (folder / "again.png").string()});
  EXPECT_NE(words.out.find("c/a, page 2 of 2 at "), std::string::npos) << words.out;
}

TEST(Render, RefusesAFolderItCannotWriteTo) {
  const Ran ran = run_noseon({"render", demo(), "--at", "2027-02-25 21:00", "-o",
                              "/nowhere/at/all/f.png", "--size", "320x180"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("/nowhere/at/all/f.png"), std::string::npos) << ran.err;
}

// Nothing of the demonstration's Khojaly shows in June: the operator's card does, else the
// built-in.
TEST(Render, ShowsTheOperatorsCardWhereNothingIsEligible) {
  const TemporaryFolder folder;
  const auto frame_on = [&](const std::string& display) {
    folder.write("display.toml", "size = [320, 180]\n" + display);
    const std::string frame = (folder / "frame.png").string();
    Ran ran = run_noseon({"render", demo() + "/khojaly", "--display",
                          (folder / "display.toml").string(), "--at", "2027-06-01", "-o", frame});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return std::make_pair(std::move(ran), read_file(frame, 1U << 20U).value());
  };
  const auto builtin = frame_on("");
  EXPECT_NE(builtin.first.out.find("the fallback card at 2027-06-01 00:00:00"), std::string::npos)
      << builtin.first.out;
  const auto missing = frame_on("fallback = \"standby.png\"\n");
  EXPECT_EQ(missing.second, builtin.second);
  EXPECT_NE(missing.first.err.find("fallback \"standby.png\": there is no such file"),
            std::string::npos)
      << missing.first.err;
  std::filesystem::copy_file(demo() + "/on-board/posters/quiet.png", folder / "standby.png");
  const auto own = frame_on("fallback = \"standby.png\"\n");
  EXPECT_EQ(own.first.err, "");
  EXPECT_NE(own.second, builtin.second);
}

TEST(Sheet, ShowsEveryItem) {
  const TemporaryFolder folder;
  const Ran ran = run_noseon(
      {"sheet", demo(), "-o", (folder / "s.png").string(), "--json", "--size", "320x180"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json said = json::parse(ran.out);
  EXPECT_EQ(said["items"], 18);
  EXPECT_EQ(said["shown"], 18);
  EXPECT_EQ(read_start(folder / "s.png", 4).value(), "\x89PNG");
}

TEST(Specimen, ShowsTheShippedStyles) {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.png").string();
  const Ran ran = run_noseon({"specimen", "-o", file, "--json", "--size", "640x360"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(json::parse(ran.out)["styles"], 4);
  EXPECT_EQ(read_start(file, 4).value(), "\x89PNG");
  EXPECT_EQ(run_noseon({"specimen", "-o", file, "--size", "640"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"specimen", "-o", (folder / "no/s.png").string()}).exit_code, 1);
}

// The pictures that people see first are what the programs of today draw.
TEST(Specimen, AndTheSheetOfTheDemonstrationAreThoseOfTheReadme) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const TemporaryFolder folder;
  const std::string file = (folder / "drawn.png").string();
  const auto is_up_to_date = [&](const std::vector<std::string>& arguments, const char* shown) {
    EXPECT_EQ(run_noseon(arguments).exit_code, 0);
    return sha256(read_file(file, 1U << 24U).value()) ==
           sha256(read_file(std::string(NOSEON_SOURCE_DIR) + shown, 1U << 24U).value());
  };
  EXPECT_TRUE(is_up_to_date({"specimen", "-o", file}, "/media/specimen.png"))
      << "look at it, then: noseon specimen -o media/specimen.png";
  EXPECT_TRUE(is_up_to_date({"sheet", demo(), "-o", file}, "/media/demo/sheet.png"))
      << "look at it, then: noseon sheet media/demo -o media/demo/sheet.png";
}

}  // namespace
}  // namespace noseon::testing
