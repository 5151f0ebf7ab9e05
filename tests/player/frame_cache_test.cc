// Finished pages on disk: what goes into their name, and what comes back.
#include "player/frame_cache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/files.h"
#include "player/folder.h"
#include "player/studio.h"
#include "tests/media/picture_files.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class FrameCacheTest : public ::testing::Test {
 protected:
  void SetUp() override {
    display.size = {64, 36};
    display.zone = std::make_shared<const Zone>(Zone::utc());
    write_items(poster_item("one", "posters/one.png"));
    dir.write("posters/one.png", png({64, 36}, {200, 0, 0}));
  }
  void write_items(const std::string& items) {
    dir.write("campaign.toml", std::string(kCampaignHead) + items);
  }
  std::optional<Sha256> key(const PageId& page = {0}) {
    loaded = load_folder(dir.path(), display, zones);
    return frame_key(*loaded.playlist, page, *loaded.display);
  }
  [[nodiscard]] FrameCache cache() const { return FrameCache(PreparedCache(dir / "cache")); }
  static Rendering rendering() { return {{coordinates({64, 36}), nullptr}, {3, 1}}; }
  [[nodiscard]] fs::path only_file() const { return fs::directory_iterator(dir / "cache")->path(); }

  TemporaryFolder dir;
  SystemZones zones;
  Display display;
  LoadedFolder loaded;
};

TEST_F(FrameCacheTest, GivesBackWhatWasKept) {
  const Sha256 name = *key();
  FrameCache frames = cache();
  EXPECT_FALSE(frames.find(name));
  frames.keep(name, rendering());
  const auto found = cache().find(name);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->finished.picture->size(), (Size{64, 36}));
  EXPECT_EQ(words(*found->finished.picture), words(*coordinates({64, 36})));
  EXPECT_EQ(found->pages, (PageWeights{3, 1}));
}

TEST_F(FrameCacheTest, NeverGivesAFlippedOrTornFile) {
  const Sha256 name = *key();
  FrameCache frames = cache();
  EXPECT_FALSE(frames.find(name));
  frames.keep(name, rendering());
  const std::string whole = read_file(only_file(), 1 << 20).value();
  for (std::size_t at = 0; at < whole.size(); at += 97) {
    std::string rotten = whole;
    rotten[at] = static_cast<char>(rotten[at] ^ 0x10);
    dir.write("cache/" + only_file().filename().string(), rotten);
    ASSERT_FALSE(frames.find(name)) << "byte " << at;
    frames.keep(name, rendering());
  }
  dir.write("cache/" + only_file().filename().string(), whole.substr(0, whole.size() - 1));
  EXPECT_FALSE(frames.find(name));
}

TEST_F(FrameCacheTest, WritesWhatTheRunBeganWithAndOfTheRestWhatIsMadeTwice) {
  FrameCache frames = cache();
  const auto show = [&](std::string_view name) {
    const Sha256 key = sha256(name);
    if (!frames.find(key)) frames.keep(key, rendering());
  };
  const auto has = [&](std::string_view name) { return cache().find(sha256(name)).has_value(); };
  show("one");
  EXPECT_TRUE(has("one"));
  show("two");
  EXPECT_FALSE(has("two"));
  show("two");
  EXPECT_TRUE(has("two"));
}

TEST_F(FrameCacheTest, HoldsExactlyItsBytesAndALoopBeyondThemWritesNothingMore) {
  // Two of them, to the byte: 24 of the file's head, 24 of the frame's, 16 of weights, the pixels.
  constexpr std::uint64_t kTwo = 2 * (24 + 24 + 16 + 64 * 36 * 4);
  const auto names_after = [&](std::uint64_t bytes_max, int rounds) {
    fs::remove_all(dir / "cache");
    FrameCache frames(PreparedCache(dir / "cache", bytes_max));
    for (int i = 0; i < rounds * 3; ++i) {
      const Sha256 key = sha256(std::to_string(i % 3));
      if (!frames.find(key)) frames.keep(key, rendering());
    }
    std::set<std::string> names;
    for (const auto& file : fs::directory_iterator(dir / "cache"))
      names.insert(file.path().filename().string());
    return names;
  };
  EXPECT_EQ(names_after(kTwo - 1, 9).size(), 1U);
  EXPECT_EQ(names_after(kTwo, 9).size(), 2U);
  EXPECT_EQ(names_after(kTwo, 9), names_after(kTwo, 2)) << "the same ones for good";
}

TEST_F(FrameCacheTest, LetsGoOfWhatThisRunDidNotAskForWhateverTheFilesTimesSay) {
  FrameCache frames(PreparedCache(dir / "cache", 20'000));  // two of them, and not three
  const auto show = [&](int number) {
    const Sha256 key = sha256(std::to_string(number));
    if (!frames.find(key)) frames.keep(key, rendering());
  };
  show(1);
  fs::last_write_time(only_file(), fs::last_write_time(only_file()) - std::chrono::hours{24});
  for (const int number : {2, 2, 1, 1, 3, 1, 1, 3}) show(number);
  EXPECT_TRUE(frames.find(sha256("1"))) << "the oldest file, and asked for all the time";
  EXPECT_FALSE(frames.find(sha256("2")));
  EXPECT_TRUE(frames.find(sha256("3")));
}

TEST_F(FrameCacheTest, MarksAFrameAsUsedOnceARun) {
  const Sha256 name = *key();
  FrameCache first = cache();
  EXPECT_FALSE(first.find(name));
  first.keep(name, rendering());
  const auto long_ago = fs::last_write_time(only_file()) - std::chrono::hours{24};
  const auto is_marked_by = [&](FrameCache& frames) {
    fs::last_write_time(only_file(), long_ago);
    EXPECT_TRUE(frames.find(name));
    return fs::last_write_time(only_file()) != long_ago;
  };
  FrameCache second = cache();
  EXPECT_TRUE(is_marked_by(second));
  EXPECT_FALSE(is_marked_by(second)) << "a slot writes nothing";
}

TEST_F(FrameCacheTest, IsNamedByAllThatGoesIntoThePage) {
  const auto first = key();
  ASSERT_TRUE(first);
  EXPECT_EQ(key(), first) << "asked again, the same";
  std::set<Sha256> names{*first};
  const auto is_new = [&] { return names.insert(*key()).second; };

  dir.write("posters/one.png", png({64, 36}, {200, 0, 1}));
  EXPECT_TRUE(is_new()) << "other bytes";
  dir.write("posters/one.bar.png", png({64, 8}, {0, 0, 1}));
  EXPECT_TRUE(is_new()) << "another variant";
  display.size = {64, 37};
  EXPECT_TRUE(is_new());
  display.rotation = 90;
  EXPECT_TRUE(is_new());
  display.languages = {"en"};
  EXPECT_TRUE(is_new());
  display.distance_m = 3;
  EXPECT_TRUE(is_new());
  EXPECT_TRUE(names.insert(*key({.entry = 0, .page = 1, .look = {}})).second);
  EXPECT_TRUE(names.insert(*key({.entry = 0, .page = 0, .look = {.brightness = 600}})).second);
  write_items(poster_item("one", "posters/one.png") + "fit = \"fill\"\n");
  EXPECT_TRUE(is_new()) << "the item as written";
}

TEST_F(FrameCacheTest, OfATextIsNamedByItsWordsAndStyle) {
  write_items(text_item("t", "가"));
  const auto first = key();
  if (!first) GTEST_SKIP() << "the shipped fonts are not here";
  write_items(text_item("t", "나"));
  const auto second = key();
  EXPECT_NE(second, first);
  write_items("[styles.s]\nink = \"#123456\"\n" + text_item("t", "나") + "style = \"s\"\n");
  EXPECT_NE(key(), second);
}

TEST_F(FrameCacheTest, HoldsNoClocksTickersAndPagesThatCannotBeMade) {
  EXPECT_FALSE(key({.entry = 0, .page = 0, .look = {.brightness = 1000, .minute = Civil{}}}));
  EXPECT_FALSE(key({.entry = {}})) << "the built-in card is drawn as fast";
  fs::remove(dir / "posters/one.png");
  EXPECT_FALSE(key());
  write_items("[[item]]\nid = \"t\"\ntext = { ko = \"가\" }\nmotion = \"ticker\"\n");
  EXPECT_FALSE(key());
}

TEST_F(FrameCacheTest, LetsAStudioGiveAPageWithoutDecodingIt) {
  const std::string counted = std::string(kCampaignHead) + poster_item("one", "posters/one.png");
  dir.write("campaign.toml", counted);
  loaded = load_folder(dir.path(), display, zones);
  const auto no_fonts = []() -> Result<Typesetter> {
    return fail(ErrorKind::not_found, "a poster needs none");
  };
  Studio first(no_fonts, make_picture_source(), cache());
  const auto made = first.render(*loaded.playlist, {0}, *loaded.display);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_FALSE(fs::exists(dir / "cache")) << "not before somebody says so";
  first.keep_last();
  Studio second(no_fonts,
                PictureSource(Decoder("/nonexistent"), Preparer("/nonexistent"),
                              Drafter("/nonexistent"), PreparedCache({})),
                cache());
  const auto kept = second.render(*loaded.playlist, {0}, *loaded.display);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(words(*kept->finished.picture), words(*made->finished.picture));
}

TEST_F(FrameCacheTest, KeepsNoDraft) {
  const Size size{640, 360};
  dir.write("posters/one.png", testing::jpeg_file(size, testing::photograph(size)));
  dir.write("campaign.toml", std::string(kCampaignHead) + poster_item("one", "posters/one.png"));
  loaded = load_folder(dir.path(), display, zones);
  Studio studio(
      []() -> Result<Typesetter> { return fail(ErrorKind::not_found, "a poster needs none"); },
      PictureSource(Decoder(find_decode_program()), Preparer("/nonexistent"),
                    Drafter(find_draft_program(), std::chrono::minutes{1}), PreparedCache({})),
      cache());
  const auto made = studio.render(*loaded.playlist, {0}, *loaded.display, Drafts::allowed);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->is_draft);
  studio.keep_last();
  EXPECT_FALSE(fs::exists(dir / "cache"));
  EXPECT_FALSE(studio.render(*loaded.playlist, {0}, *loaded.display)) << "no draft unasked";
}

}  // namespace
}  // namespace noseon
