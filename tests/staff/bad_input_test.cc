// Each kind of bad input gets one clear message with a remedy from `check`, and costs at most its
// item: the item beside it still renders.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/check.h"
#include "tests/media/picture_files.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

constexpr const char* kHead =
    "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"Asia/Seoul\"\n";
constexpr const char* kSoundItem = "[[item]]\nid = \"sound\"\ntext = { ko = \"안녕하세요\" }\n";

std::string poster_item(const std::string& file) {
  return "[[item]]\nid = \"poster\"\nposter = \"" + file + "\"\nalt = { ko = \"그림\" }\n";
}

// A PNG that claims a size; its data is one empty chunk.
std::string png_of(const std::string& width_and_height) {
  std::string png = std::string("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16) + width_and_height;
  return png + std::string("\x08\x02\0\0\0", 5);
}

struct BadInput {
  const char* name;
  std::string toml;
  std::string poster;  // bytes of p.png; empty: there is none
  std::string code;
  bool keeps_other_items;
};

std::ostream& operator<<(std::ostream& out, const BadInput& bad) {
  return out << bad.name;
}

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, GetsOneMessageWithARemedyAndCostsAtMostItsItem) {
  const TemporaryFolder folder;
  folder.write("campaign.toml", GetParam().toml);
  if (!GetParam().poster.empty()) folder.write("p.png", GetParam().poster);

  const Ran checked = run_noseon({"check", folder.path().string(), "--json"});
  EXPECT_EQ(checked.exit_code, 1);
  const json findings = json::parse(checked.out).at("findings");
  ASSERT_EQ(findings.size(), 1U) << checked.out;
  EXPECT_EQ(findings[0]["code"], GetParam().code) << checked.out;
  EXPECT_NE(findings[0]["message"], "");
  const std::string said =
      findings[0]["message"].get<std::string>() + findings[0]["remedy"].get<std::string>();
  EXPECT_GT(said.size(), 30U) << said;
  EXPECT_GE(findings[0]["line"], 1) << checked.out;

  if (GetParam().keeps_other_items) {
    const Ran explained =
        run_noseon({"explain", folder.path().string(), "--at", "2027-02-25", "--json"});
    EXPECT_EQ(explained.exit_code, 0) << explained.err;
    EXPECT_NE(explained.out.find("\"sound\""), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BadInputTest,
    ::testing::Values(
        BadInput{"BadToml", std::string(kHead) + "title = = 3\n", "", "syntax", false},
        BadInput{"ThirtiethOfFebruary",
                 std::string(kHead) + kSoundItem +
                     "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\nyearly = \"02-30/03-31\"\n",
                 "", "bad-yearly", true},
        BadInput{"ThirtiethOfFebruaryAsADate",
                 std::string(kHead) + kSoundItem +
                     "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\nfrom = 2027-02-30\n",
                 "", "syntax", false},
        BadInput{"UnknownKey",
                 std::string(kHead) + kSoundItem +
                     "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\ncolour = \"red\"\n",
                 "", "unknown-key", true},
        BadInput{"WrongType",
                 std::string(kHead) + kSoundItem +
                     "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\nweight = \"heavy\"\n",
                 "", "wrong-type", true},
        BadInput{
            "PosterAndText",
            std::string(kHead) + kSoundItem + poster_item("p.png") + "text = { ko = \"가\" }\n",
            png_of(std::string("\0\0\0\x10\0\0\0\x10", 8)), "poster-and-text", true},
        BadInput{"MissingFile", std::string(kHead) + kSoundItem + poster_item("gone.png"), "",
                 "missing-file", true},
        BadInput{"NoPicture", std::string(kHead) + kSoundItem + poster_item("p.png"),
                 "this is a letter to a friend", "bad-picture", true},
        BadInput{"TruncatedPicture", std::string(kHead) + kSoundItem + poster_item("p.png"),
                 png_of(std::string("\0\0\0\x10\0\0\0\x10", 8)), "bad-picture", true},
        BadInput{"65535PixelsWide", std::string(kHead) + kSoundItem + poster_item("p.png"),
                 png_claiming(65535, 1080), "picture-too-large", true},
        BadInput{"BrokenUtf8", std::string(kHead) + "title = { ko = \"\xEA\xB0\" }\n" + kSoundItem,
                 "", "bad-utf8", false},
        BadInput{"UnknownZone",
                 "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"Asia/Soul\"\n" +
                     std::string(kSoundItem),
                 "", "unknown-zone", false},
        BadInput{"EmptyCampaign", kHead, "", "empty-campaign", false}),
    [](const auto& bad) { return bad.param.name; });

TEST(BadFolder, ThatIsNotThereIsSaidOnce) {
  const Ran ran = run_noseon({"check", "/nowhere/at/all", "--json"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(json::parse(ran.out).at("findings").size(), 1U) << ran.out;
}

// Root may read every folder: where the test is root, it is nobody for as long as this lives.
class NotRoot {
 public:
  NotRoot() : was_root_(::geteuid() == 0) {
    if (was_root_) CHECK(::setresuid(kNobody, kNobody, 0) == 0);
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
  ~NotRoot() {
    if (was_root_) CHECK(::setresuid(0, 0, 0) == 0);
  }

 private:
  static constexpr uid_t kNobody = 65534;
  bool was_root_;
};

TEST(BadFolder, WithoutPermissionIsSaidOnce) {
  const TemporaryFolder folder;
  folder.write("inner/campaign.toml", std::string(kHead) + kSoundItem);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod((folder / "inner").c_str(), 0), 0);
  Ran ran;
  {
    const NotRoot now;
    if (::eaccess(NOSEON_BIN_DIR "/noseon", X_OK) != 0)
      GTEST_SKIP() << "nobody but root can run " NOSEON_BIN_DIR "/noseon";
    ran = run_noseon({"check", (folder / "inner").string(), "--json"});
  }
  ASSERT_EQ(::chmod((folder / "inner").c_str(), 0700), 0);
  EXPECT_EQ(ran.exit_code, 1);
  const json findings = json::parse(ran.out).at("findings");
  ASSERT_EQ(findings.size(), 1U) << ran.out;
  EXPECT_EQ(findings[0]["code"], "no-permission");
  EXPECT_EQ(findings[0]["message"], "it may not be read");
  EXPECT_NE(findings[0]["remedy"].get<std::string>().find("chmod"), std::string::npos);
}

}  // namespace
}  // namespace noseon::testing
