// Reading campaign folders: every bad input is one clear finding, and costs no more than itself.
#include "player/folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "base/unicode.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
 protected:
  LoadedFolder load() { return load_folder(dir.path(), display, zones); }

  static std::vector<std::string> codes(const Findings& findings) {
    std::vector<std::string> codes;
    for (const Finding& finding : findings) {
      EXPECT_EQ(finding.severity, Severity::error) << to_string(finding);
      EXPECT_FALSE(finding.message.empty());
      EXPECT_FALSE(finding.remedy.empty()) << to_string(finding);
      codes.push_back(finding.code);
    }
    return codes;
  }

  static std::vector<std::string> items(const Playlist& playlist) {
    std::vector<std::string> ids;
    for (EntryIndex i = 0; i < playlist.entries.size(); ++i) {
      ids.push_back(playlist.campaign_of(i).id.str() + "/" + playlist.item_of(i).id.str());
    }
    return ids;
  }

  using Codes = std::vector<std::string>;
  using Items = std::vector<std::string>;

  TemporaryFolder dir;
  Display display;
  SystemZones zones;
};

std::string campaign(std::string_view id, std::string_view zone, std::string_view items) {
  return "format = \"noseon.campaign/1\"\nid = \"" + std::string(id) +
         "\"\ntitle = { ko = \"가\" }\ntimezone = \"" + std::string(zone) + "\"\n" +
         std::string(items);
}

TEST_F(Folder, ADisplaysFallbackCardIsSeenFromItsFile) {
  dir.write("bus/display.toml", "fallback = \"cards/standby.png\"\n");
  dir.write("bus/cards/standby.png", png({16, 9}));
  const ParsedDisplay loaded = load_display(dir / "bus/display.toml", zones);
  EXPECT_EQ(codes(loaded.findings), Codes{});
  EXPECT_EQ(loaded.display.value().fallback, (dir / "bus/cards/standby.png").string());

  dir.write("far.toml", "fallback = \"" + (dir / "bus/cards/standby.png").string() + "\"\n");
  EXPECT_EQ(load_display(dir / "far.toml", zones).display.value().fallback,
            (dir / "bus/cards/standby.png").string());
}

TEST_F(Folder, AFallbackCardThatIsNoPictureIsOneErrorAndCostsItselfAlone) {
  dir.write("display.toml", "size = [320, 180]\nfallback = \"standby.png\"\n");
  for (const auto& [bytes, code] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", "missing-file"}, {"no picture", "bad-picture"}}) {
    if (*bytes != '\0') dir.write("standby.png", bytes);
    const ParsedDisplay loaded = load_display(dir / "display.toml", zones);
    EXPECT_EQ(codes(loaded.findings), Codes{code});
    EXPECT_EQ(loaded.findings.at(0).place.line, 2U);
    EXPECT_EQ(loaded.findings.at(0).place.column, 12U);
    EXPECT_TRUE(loaded.findings.at(0).message.starts_with("fallback \"standby.png\": "));
    EXPECT_EQ(loaded.display.value().size, (Size{320, 180}));
  }
}

TEST_F(Folder, WithACampaignFileIsThatCampaign) {
  dir.write("campaign.toml", std::string(kCampaignHead) + poster_item("one", "posters/one.png") +
                                 text_item("two", "안녕하세요"));
  dir.write("posters/one.png", png({16, 9}));
  const LoadedFolder loaded = load();
  EXPECT_EQ(codes(loaded.findings), Codes{});
  EXPECT_EQ(items(*loaded.playlist), (Items{"khojaly/one", "khojaly/two"}));
  EXPECT_EQ(poster_files(loaded.playlist->campaign_of(0), loaded.playlist->item_of(0)),
            std::vector<fs::path>{dir / "posters/one.png"});
  EXPECT_EQ(loaded.display->zone->name(), "Asia/Seoul");
}

TEST_F(Folder, OfCampaignsIsAllOfThem) {
  dir.write("zeta/campaign.toml", campaign("a-first", "Asia/Baku", text_item("z", "나")));
  dir.write("alpha/campaign.toml", campaign("b-second", "Asia/Seoul", text_item("a", "다")));
  dir.write("notes/readme.txt", "no campaign");
  dir.write("loose.txt", "no folder");
  const LoadedFolder loaded = load();
  EXPECT_EQ(codes(loaded.findings), Codes{});
  EXPECT_EQ(items(*loaded.playlist), (Items{"a-first/z", "b-second/a"}));
  EXPECT_EQ(loaded.display->zone->name(), "Asia/Baku") << "the first of the playlist";
}

TEST_F(Folder, LeavesADisplaysOwnZoneAlone) {
  dir.write("campaign.toml", campaign("a", "Asia/Baku", text_item("z", "나")));
  display.zone = std::make_shared<const Zone>(Zone::utc());
  EXPECT_EQ(load().display->zone->name(), "UTC");
}

TEST_F(Folder, ThatIsEmptyIsOneErrorAndAnEmptyPlaylist) {
  const LoadedFolder loaded = load();
  EXPECT_EQ(codes(loaded.findings), Codes{"empty-folder"});
  EXPECT_EQ(loaded.findings[0].file, dir.path().string());
  EXPECT_EQ(items(*loaded.playlist), Items{});
  ASSERT_NE(loaded.display->zone, nullptr);
  EXPECT_EQ(loaded.display->zone->name(), "UTC");
}

TEST_F(Folder, ThatDoesNotExistIsOneError) {
  const LoadedFolder loaded = load_folder(dir / "khojali", display, zones);
  EXPECT_EQ(codes(loaded.findings), Codes{"missing-folder"});
  EXPECT_NE(loaded.playlist, nullptr);
}

TEST_F(Folder, ThatIsAFileIsOneError) {
  dir.write("campaign.toml", campaign("a", "Asia/Baku", text_item("z", "나")));
  const LoadedFolder loaded = load_folder(dir / "campaign.toml", display, zones);
  EXPECT_EQ(codes(loaded.findings), Codes{"not-a-folder"});
}

TEST_F(Folder, ACampaignOfOneMebibyteIsReadAndOneByteMoreIsNot) {
  const std::string head = campaign("a", "Asia/Baku", text_item("z", "나")) + "#";
  std::string whole = head + std::string(kCampaignBytesMax - head.size(), 'x');
  dir.write("large/campaign.toml", whole);
  dir.write("small/campaign.toml", campaign("b", "Asia/Baku", text_item("y", "나")));
  EXPECT_EQ(codes(load().findings), Codes{});
  dir.write("large/campaign.toml", whole + "x");
  const LoadedFolder loaded = load();
  EXPECT_EQ(codes(loaded.findings), Codes{"file-too-large"});
  EXPECT_EQ(loaded.findings[0].file, (dir / "large/campaign.toml").string());
  EXPECT_EQ(items(*loaded.playlist), Items{"b/y"}) << "it costs itself alone";
}

TEST_F(Folder, ACampaignFileThatIsAFolderIsOneError) {
  fs::create_directories(dir / "odd/campaign.toml");
  dir.write("good/campaign.toml", campaign("b", "Asia/Baku", text_item("y", "나")));
  const LoadedFolder loaded = load();
  EXPECT_EQ(codes(loaded.findings), Codes{"not-a-file"});
  EXPECT_EQ(items(*loaded.playlist), Items{"b/y"});
}

TEST_F(Folder, ASyntaxErrorCostsItsCampaignAlone) {
  dir.write("bad/campaign.toml", "id = \"unclosed");
  dir.write("good/campaign.toml", campaign("b", "Asia/Baku", text_item("y", "나")));
  const LoadedFolder loaded = load();
  ASSERT_EQ(loaded.findings.size(), 1U);
  EXPECT_EQ(loaded.findings[0].file, (dir / "bad/campaign.toml").string());
  EXPECT_EQ(loaded.findings[0].place.line, 1U);
  EXPECT_EQ(items(*loaded.playlist), Items{"b/y"});
}

TEST_F(Folder, ANameThatIsNoUtf8IsRepairedInMessages) {
  dir.write("\xff/campaign.toml", "id = ");
  const LoadedFolder loaded = load();
  ASSERT_EQ(loaded.findings.size(), 1U);
  EXPECT_FALSE(first_bad_utf8(to_string(loaded.findings[0])).has_value());
}

// ------------------------------------------------------------------ posters outside of the folder

class Stray : public Folder, public testing::WithParamInterface<const char*> {};

TEST_P(Stray, APathOutOfTheFolderCostsItsItemAlone) {
  dir.write("outside.png", png({16, 9}));
  dir.write("c/campaign.toml",
            std::string(kCampaignHead) + poster_item("stray", GetParam()) + text_item("t", "가"));
  const LoadedFolder loaded = load_folder(dir / "c", display, zones);
  EXPECT_EQ(codes(loaded.findings).size(), 1U);
  EXPECT_EQ(loaded.findings[0].place.line, 8U) << "where the poster is written";
  EXPECT_EQ(items(*loaded.playlist), Items{"khojaly/t"});
}

INSTANTIATE_TEST_SUITE_P(Paths, Stray,
                         testing::Values("/etc/hostname", "../outside.png", "a/../../outside.png",
                                         "a/.."));

TEST_F(Folder, ASymbolicLinkOutOfTheFolderCostsItsItemAlone) {
  dir.write("outside.png", png({16, 9}));
  dir.write("c/posters/inside.png", png({16, 9}));
  fs::create_symlink("../../outside.png", dir / "c/posters/link.png");
  fs::create_symlink("inside.png", dir / "c/posters/alias.png");
  fs::create_directory_symlink("..", dir / "c/up");
  dir.write("c/campaign.toml",
            std::string(kCampaignHead) + poster_item("link", "posters/link.png") +
                poster_item("up", "up/outside.png") + poster_item("alias", "posters/alias.png"));
  const LoadedFolder loaded = load_folder(dir / "c", display, zones);
  EXPECT_EQ(codes(loaded.findings), (Codes{"outside-folder", "outside-folder"}));
  EXPECT_EQ(items(*loaded.playlist), Items{"khojaly/alias"}) << "a link that stays inside is fine";
}

TEST_F(Folder, MayItselfBeReachedThroughASymbolicLink) {
  dir.write("real/posters/one.png", png({16, 9}));
  dir.write("real/campaign.toml", std::string(kCampaignHead) + poster_item("a", "posters/one.png"));
  fs::create_directory_symlink("real", dir / "linked");
  const LoadedFolder loaded = load_folder(dir / "linked", display, zones);
  EXPECT_EQ(codes(loaded.findings), Codes{});
  EXPECT_EQ(items(*loaded.playlist), Items{"khojaly/a"});
  EXPECT_EQ(codes(check_posters(*loaded.playlist)), Codes{});
}

// ------------------------------------------------------------------------------------- permissions

// Permissions do not bind root, so the body runs in a child as nobody. Its exit code is the answer.
int as_nobody(const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::seteuid(65'534) != 0) ::_exit(2);
    ::_exit(body() ? 0 : 1);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return 3;
  return WEXITSTATUS(status);
}

TEST_F(Folder, WithoutPermissionIsOneError) {
  dir.write("locked/campaign.toml", campaign("a", "Asia/Baku", text_item("z", "나")));
  dir.write("open/campaign.toml", campaign("b", "Asia/Baku", text_item("y", "나")));
  fs::permissions(dir.path(), fs::perms::all);
  fs::permissions(dir / "locked", fs::perms::none);
  EXPECT_EQ(as_nobody([&] {
              const LoadedFolder alone = load_folder(dir / "locked", display, zones);
              const LoadedFolder all = load_folder(dir.path(), display, zones);
              return codes(alone.findings) == Codes{"no-permission"} &&
                     codes(all.findings) == Codes{"no-permission"} &&
                     items(*all.playlist) == Items{"b/y"};
            }),
            0);
  fs::permissions(dir / "locked", fs::perms::all);
}

TEST_F(Folder, ACampaignFileThatMayNotBeReadIsOneError) {
  dir.write("campaign.toml", campaign("a", "Asia/Baku", text_item("z", "나")));
  fs::permissions(dir.path(), fs::perms::all);
  fs::permissions(dir / "campaign.toml", fs::perms::none);
  EXPECT_EQ(as_nobody([&] { return codes(load().findings) == Codes{"no-permission"}; }), 0);
}

// ---------------------------------------------------------------------------------------- displays

TEST_F(Folder, ADisplayFileIsReadOrSaysWhy) {
  dir.write("display.toml", "id = \"bus-1\"\nsize = [1920, 540]\ntimezone = \"Asia/Seoul\"\n");
  const ParsedDisplay good = load_display(dir / "display.toml", zones);
  EXPECT_EQ(codes(good.findings), Codes{});
  ASSERT_TRUE(good.display.has_value());
  EXPECT_EQ(good.display->size, (Size{1920, 540}));

  const ParsedDisplay missing = load_display(dir / "dispaly.toml", zones);
  EXPECT_FALSE(missing.display.has_value());
  EXPECT_EQ(codes(missing.findings), Codes{"missing-file"});
  EXPECT_EQ(missing.findings[0].file, (dir / "dispaly.toml").string());

  dir.write("large.toml", std::string(kCampaignBytesMax + 1, '#'));
  EXPECT_EQ(codes(load_display(dir / "large.toml", zones).findings), Codes{"file-too-large"});
}

}  // namespace
}  // namespace noseon
