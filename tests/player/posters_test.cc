// What is wrong with posters, each a finding at the place where the poster is written.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "media/sniff.h"
#include "player/folder.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class Posters : public testing::Test {
 protected:
  // A campaign with one poster, posters/one.png, and a text.
  Posters() {
    dir.write("campaign.toml", std::string(kCampaignHead) + poster_item("one", "posters/one.png") +
                                   text_item("t", "가"));
    dir.write("posters/one.png", png({16, 9}));
  }

  Findings check() {
    loaded = load_folder(dir.path(), {}, zones);
    EXPECT_EQ(loaded.findings.size(), 0U);
    EXPECT_EQ(loaded.playlist->entries.size(), 2U);
    return check_posters(*loaded.playlist);
  }

  // The one finding there is.
  Finding only_finding() {
    const Findings findings = check();
    EXPECT_EQ(findings.size(), 1U);
    if (findings.empty()) return {};
    const Finding& finding = findings[0];
    EXPECT_EQ(finding.file, (dir / "campaign.toml").string());
    EXPECT_EQ(finding.place.line, 8U) << "where the poster is written";
    EXPECT_FALSE(finding.remedy.empty());
    return finding;
  }

  std::vector<std::string> files() {
    std::vector<std::string> names;
    static_cast<void>(check());
    for (const fs::path& file :
         poster_files(loaded.playlist->campaign_of(0), loaded.playlist->item_of(0))) {
      names.push_back(file.lexically_relative(dir.path()).string());
    }
    return names;
  }

  using Names = std::vector<std::string>;

  TemporaryFolder dir;
  SystemZones zones;
  LoadedFolder loaded;
};

TEST_F(Posters, GoodOnesHaveNoFindings) {
  EXPECT_TRUE(check().empty());
}

TEST_F(Posters, AMissingFileIsOneFinding) {
  fs::remove(dir / "posters/one.png");
  const Finding finding = only_finding();
  EXPECT_EQ(finding.code, "missing-file");
  EXPECT_EQ(finding.message, "item one: poster \"posters/one.png\": there is no such file");
  EXPECT_EQ(finding.remedy, "copy the picture there or correct the path");
}

TEST_F(Posters, AMisspeltNameIsGuessed) {
  fs::rename(dir / "posters/one.png", dir / "posters/One.PNG");
  EXPECT_EQ(only_finding().remedy, "did you mean \"posters/One.PNG\", which is there?");
}

TEST_F(Posters, ANameInNfdIsGuessed) {
  dir.write("campaign.toml", std::string(kCampaignHead) + poster_item("one", "posters/각.png") +
                                 text_item("t", "가"));
  fs::rename(dir / "posters/one.png", dir / "posters/\u1100\u1161\u11a8.png");
  const Finding finding = only_finding();
  EXPECT_EQ(finding.remedy, "did you mean \"posters/\u1100\u1161\u11a8.png\", which is there?");
}

TEST_F(Posters, AMissingFolderIsAMissingFile) {
  fs::remove_all(dir / "posters");
  EXPECT_EQ(only_finding().code, "missing-file");
}

TEST_F(Posters, AFileThatIsNoPictureIsOneFinding) {
  dir.write("posters/one.png", "%PDF-1.7 and so on");
  const Finding finding = only_finding();
  EXPECT_EQ(finding.code, "bad-picture");
  EXPECT_EQ(finding.message, "item one: poster \"posters/one.png\": this is a PDF document");
}

TEST_F(Posters, ATruncatedPictureIsOneFinding) {
  const std::string whole = png({64, 64});
  for (const std::size_t length : {whole.size() - 1, whole.size() / 2, std::size_t{20}}) {
    dir.write("posters/one.png", whole.substr(0, length));
    EXPECT_EQ(only_finding().code, "bad-picture") << length;
  }
}

TEST_F(Posters, AnEmptyFileIsOneFinding) {
  dir.write("posters/one.png", "");
  EXPECT_EQ(only_finding().code, "bad-picture");
}

TEST_F(Posters, APictureOf65535PixelsIsOneFinding) {
  dir.write("posters/one.png", png_claiming(65'535, 100));
  const Finding finding = only_finding();
  EXPECT_EQ(finding.code, "picture-too-large");
  EXPECT_NE(finding.message.find("65535 x 100"), std::string::npos) << finding.message;
  EXPECT_EQ(finding.remedy, "scale it down");
}

TEST_F(Posters, AFileOverTheCapIsOneFindingAndNotReadWhole) {
  fs::resize_file(dir / "posters/one.png", kOriginalLimits.bytes_max + 1);
  EXPECT_EQ(only_finding().code, "picture-too-large");
}

TEST_F(Posters, AFolderOrAPipeInItsPlaceIsOneFindingAndDoesNotHang) {
  fs::remove(dir / "posters/one.png");
  fs::create_directory(dir / "posters/one.png");
  EXPECT_EQ(only_finding().code, "bad-picture");
  fs::remove(dir / "posters/one.png");
  ASSERT_EQ(::mkfifo((dir / "posters/one.png").c_str(), 0644), 0);
  EXPECT_EQ(only_finding().code, "bad-picture");
}

TEST_F(Posters, ALoopOfLinksIsOneFinding) {
  fs::remove(dir / "posters/one.png");
  fs::create_symlink("two.png", dir / "posters/one.png");
  fs::create_symlink("one.png", dir / "posters/two.png");
  EXPECT_EQ(check().size(), 1U);
}

// ---------------------------------------------------------------------------------------- variants

TEST_F(Posters, VariantsFollowThePosterInOrder) {
  for (const char* name : {"one.tall.png", "one.bar.png", "one..png", "one.png.bak", "one2.bar.png",
                           "one.bar.jpg", "lone.bar.png", "one.bar.extra.png"}) {
    dir.write(std::string("posters/") + name, png({4, 4}));
  }
  EXPECT_EQ(files(), (Names{"posters/one.png", "posters/one.bar.extra.png", "posters/one.bar.png",
                            "posters/one.tall.png"}));
}

TEST_F(Posters, ABrokenVariantIsAFindingThatNamesIt) {
  dir.write("posters/one.bar.png", "no picture");
  const Finding finding = only_finding();
  EXPECT_EQ(finding.code, "bad-picture");
  EXPECT_NE(finding.message.find("posters/one.bar.png"), std::string::npos);
}

TEST_F(Posters, AVariantThatIsALinkOutOfTheFolderIsNeverOpened) {
  TemporaryFolder elsewhere;
  elsewhere.write("secret.png", png({4, 4}));
  fs::create_symlink(elsewhere / "secret.png", dir / "posters/one.bar.png");
  EXPECT_EQ(files(), Names{"posters/one.png"});
  EXPECT_EQ(only_finding().code, "outside-folder");
}

// ---- The pictures of styles --------------------------------------------------------------------

class StylePictures : public testing::Test {
 protected:
  StylePictures() {
    dir.write("campaign.toml", std::string(kCampaignHead) +
                                   "[styles.a]\npicture = \"backgrounds/paper.png\"\n" +
                                   text_item("t", "가") + "style = \"a\"\n");
    dir.write("backgrounds/paper.png", png({16, 9}));
  }

  Findings check() {
    loaded = load_folder(dir.path(), {}, zones);
    Findings findings = loaded.findings;
    for (Finding& finding : check_posters(*loaded.playlist)) findings.push_back(std::move(finding));
    return findings;
  }

  Finding only_finding() {
    const Findings findings = check();
    EXPECT_EQ(findings.size(), 1U);
    if (findings.empty()) return {};
    EXPECT_EQ(findings[0].severity, Severity::error);
    EXPECT_EQ(findings[0].file, (dir / "campaign.toml").string());
    EXPECT_EQ(findings[0].place.column, 11U) << "where the picture is written";
    return findings[0];
  }

  TemporaryFolder dir;
  SystemZones zones;
  LoadedFolder loaded;
};

TEST_F(StylePictures, GoodOnesHaveNoFindings) {
  EXPECT_TRUE(check().empty());
}

TEST_F(StylePictures, AMissingFileIsOneFinding) {
  fs::remove(dir / "backgrounds/paper.png");
  const Finding finding = only_finding();
  EXPECT_EQ(finding.code, "missing-file");
  EXPECT_EQ(finding.message, "style a: picture \"backgrounds/paper.png\": there is no such file");
  EXPECT_EQ(finding.remedy, "copy the picture there or correct the path");
}

TEST_F(StylePictures, AFileThatIsNoPictureIsOneFinding) {
  dir.write("backgrounds/paper.png", "a letter to a friend");
  EXPECT_EQ(only_finding().code, "bad-picture");
}

TEST_F(StylePictures, OneOutsideOfTheFolderIsLeftOutOfItsStyle) {
  const TemporaryFolder elsewhere;
  elsewhere.write("secret.png", png({16, 9}));
  fs::remove(dir / "backgrounds/paper.png");
  fs::create_symlink(elsewhere / "secret.png", dir / "backgrounds/paper.png");
  EXPECT_EQ(only_finding().code, "outside-folder");
  EXPECT_EQ(loaded.playlist->campaigns.at(0).styles.at(0).picture, "");
  EXPECT_EQ(loaded.playlist->entries.size(), 1U) << "the text shows all the same";
}

}  // namespace
}  // namespace noseon
