// `noseon diff` on the demonstration and what an editor makes of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "staff/diff_text.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// The demonstration's campaign of remembrance with one phrase of its file replaced.
class Edition {
 public:
  Edition() { fs::copy(demo() + "/khojaly", folder_.path(), fs::copy_options::recursive); }

  void replace(const std::string& what, const std::string& by) const {
    std::string toml = read_file(folder_ / "campaign.toml", 1U << 20U).value();
    const auto at = toml.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    folder_.write("campaign.toml", toml.replace(at, what.size(), by));
  }
  void copy_poster(const std::string& from, const std::string& to) const {
    fs::copy_file(folder_ / ("posters/" + from), folder_ / ("posters/" + to),
                  fs::copy_options::overwrite_existing);
  }

  [[nodiscard]] Ran diff(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"diff", demo() + "/khojaly", folder_.path().string(), "--from",
                               "2027-01-01", "--until", "2028-01-01"});
    return run_noseon(more);
  }
  [[nodiscard]] json changes() const {
    const Ran ran = diff({"--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json::parse(ran.out).at("changes");
  }

 private:
  TemporaryFolder folder_;
};

TEST(DiffCommand, NothingDiffersFromACopy) {
  const Edition edition;
  const Ran ran = edition.diff();
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_NE(ran.out.find("nothing plays differently"), std::string::npos) << ran.out;
  EXPECT_EQ(edition.changes().size(), 0U);
  EXPECT_EQ(edition.diff({"--exit-code"}).exit_code, 0);
}

TEST(DiffCommand, AnHourMoreOfTheTakeoverIsThatHourOnBothDays) {
  const Edition edition;
  edition.replace("20:00-22:00", "20:00-23:00");
  const json changes = edition.changes();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0]["from"], "2027-02-25T22:00:00.000+09:00");
  EXPECT_EQ(changes[0]["until"], "2027-02-25T23:00:00.000+09:00");
  EXPECT_EQ(changes[1]["from"], "2027-02-26T22:00:00.000+09:00");
  EXPECT_EQ(changes[1]["until"], "2027-02-26T23:00:00.000+09:00");
  EXPECT_EQ(changes[0]["gained"], json::parse(R"([{"campaign":"khojaly","item":"anniversary"}])"));
  EXPECT_EQ(changes[0]["lost"].size(), 9U);
  EXPECT_EQ(changes[0]["changed"].size(), 0U);
  EXPECT_EQ(changes[0]["order"], false);
  const Ran people = edition.diff();
  EXPECT_NE(people.out.find("each day 2027-02-25 to 02-26, 22:00-23:00: + khojaly/anniversary   "
                            "- khojaly/"),
            std::string::npos)
      << people.out;
}

TEST(DiffCommand, ADayLessIsThatDay) {
  const Edition edition;
  edition.replace("02-01/03-31", "02-01/03-30");
  edition.replace("02-20/03-31", "02-20/03-30");
  const json changes = edition.changes();
  ASSERT_EQ(changes.size(), 5U) << changes.dump();  // in the commute another item is lost too
  EXPECT_EQ(changes.front()["from"], "2027-03-31T00:00:00.000+09:00");
  EXPECT_EQ(changes.back()["until"], "2027-04-01T00:00:00.000+09:00");
  for (std::size_t i = 1; i < changes.size(); ++i)
    EXPECT_EQ(changes[i]["from"], changes[i - 1]["until"]);
}

TEST(DiffCommand, AnotherPictureUnderTheSameNameIsAChange) {
  const Edition edition;
  edition.copy_poster("lights.png", "bloom.png");
  const json changes = edition.changes();
  ASSERT_FALSE(changes.empty());
  EXPECT_EQ(changes[0]["changed"],
            json::parse(R"([{"campaign":"khojaly","item":"bloom","what":["picture"]}])"));
  EXPECT_EQ(changes[0]["from"], "2027-02-01T00:00:00.000+09:00");
}

TEST(DiffCommand, AnotherPictureBehindATextIsAChange) {
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : {std::pair{"a", "one"}, {"b", "two"}, {"c", "one"}}) {
    folder.write(std::string(name) + "/behind.png", bytes);
    folder.write(std::string(name) + "/campaign.toml",
                 "format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"Asia/Seoul\"\n"
                 "[styles.s]\npicture = \"behind.png\"\n"
                 "[[item]]\nid = \"t\"\ntext = { ko = \"가\" }\nstyle = \"s\"\n");
  }
  const auto changes = [&](const char* before, const char* after) {
    const Ran ran = run_noseon({"diff", (folder / before).string(), (folder / after).string(),
                                "--from", "2027-03-01", "--until", "2027-03-02", "--json"});
    return json::parse(ran.out).at("changes");
  };
  EXPECT_EQ(changes("a", "c"), json::array());
  EXPECT_EQ(changes("a", "b").at(0)["changed"],
            json::parse(R"([{"campaign":"c","item":"t","what":["picture"]}])"));
}

TEST(DiffCommand, ExitsWithThreeOnlyWhereAsked) {
  const Edition edition;
  edition.replace("weight     = 3", "weight     = 4");
  EXPECT_EQ(edition.diff().exit_code, 0);
  EXPECT_EQ(edition.diff({"--exit-code"}).exit_code, 3);
}

TEST(DiffCommand, SaysTheChangeOfShares) {
  const Edition edition;
  edition.replace("20:00-22:00", "20:00-23:00");
  const json share = json::parse(edition.diff({"--json"}).out).at("share");
  for (const json& row : share) {
    if (row["item"] != "anniversary") continue;
    EXPECT_EQ(row["ms_before"], 4 * 3'600'000);
    EXPECT_EQ(row["ms_after"], 6 * 3'600'000);
    EXPECT_NEAR(row["before"].get<double>(), 4.0 / (365 * 24), 1e-12);
    return;
  }
  FAIL() << share.dump();
}

// ---- Folding ----------------------------------------------------------------------------------

DiffStretch stretch(const std::string& from, const std::string& until) {
  Difference difference;
  difference.gained = {{"", CampaignId("spring"), ItemId("a")}};
  return {{parse_rfc3339(from + ":00Z").value(), parse_rfc3339(until + ":00Z").value()},
          difference};
}

std::vector<std::string> lines_of(const std::vector<DiffStretch>& stretches) {
  return diff_lines(stretches, Zone::utc());
}

TEST(DiffText, WorkingDaysAreFoldedWithTheirExceptions) {
  std::vector<DiffStretch> stretches;
  for (const char* day : {"01", "02", "03", "04", "05", "08", "09", "11", "12"}) {  // not the 10th
    const std::string date = std::string("2027-02-") + day;
    stretches.push_back(stretch(date + "T06:30", date + "T09:30"));
  }
  EXPECT_EQ(lines_of(stretches),
            (std::vector<std::string>{
                "mon-fri 2027-02-01 to 02-12 except 2027-02-10, 06:30-09:30: + spring/a"}));
}

TEST(DiffText, WeeksOfWholeDaysAreFoldedByTheirDays) {
  EXPECT_EQ(lines_of({stretch("2027-02-01T00:00", "2027-02-06T00:00"),
                      stretch("2027-02-08T00:00", "2027-02-13T00:00")}),
            (std::vector<std::string>{"mon-fri 2027-02-01 to 02-12, 00:00-24:00: + spring/a"}));
}

TEST(DiffText, DaysWithoutAPatternAreSaidInRuns) {
  EXPECT_EQ(lines_of({stretch("2027-02-01T22:00", "2027-02-02T02:00"),
                      stretch("2027-03-10T22:00", "2027-03-11T02:00"),
                      stretch("2027-03-11T22:00", "2027-03-12T02:00")}),
            (std::vector<std::string>{"2027-02-01, 22:00-02:00: + spring/a",
                                      "each day 2027-03-10 to 03-11, 22:00-02:00: + spring/a"}));
}

TEST(DiffText, OneStretchPastMidnightSaysFromWhenToWhen) {
  EXPECT_EQ(lines_of({stretch("2027-02-25T22:00", "2027-02-26T20:00")}),
            (std::vector<std::string>{"2027-02-25 22:00 to 2027-02-26 20:00: + spring/a"}));
  EXPECT_EQ(lines_of({stretch("2027-02-25T22:00", "2027-02-26T00:00")}),
            (std::vector<std::string>{"2027-02-25, 22:00-24:00: + spring/a"}));
}

TEST(DiffText, ALongStretchSaysFromWhenToWhen) {
  EXPECT_EQ(lines_of({stretch("2027-02-01T06:00", "2027-05-01T00:00")}),
            (std::vector<std::string>{"2027-02-01 06:00 to 2027-05-01 00:00: + spring/a"}));
}

}  // namespace
}  // namespace noseon::testing
