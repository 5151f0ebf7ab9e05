// From an entry of a playlist to pixels, through the real decoder and the real fonts.
#include "player/studio.h"

#include <gtest/gtest.h>

#include "base/unicode.h"
#include "player/folder.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class StudioTest : public testing::Test {
 protected:
  void SetUp() override {
    const Result<Typesetter> probe = Typesetter::open();
    if (!probe) GTEST_SKIP() << probe.error().message;
    studio.emplace([] { return Typesetter::open(); }, make_picture_source());
    display.size = {320, 180};
    dir.write("campaign.toml", std::string(kCampaignHead) + poster_item("one", "posters/one.png") +
                                   text_item("t", "가"));
    dir.write("posters/one.png", png({160, 90}, {200, 0, 0}));
    dir.write("posters/one.bar.png", png({320, 80}, {0, 200, 0}));
  }

  void load() { loaded = load_folder(dir.path(), display, zones); }

  static Result<PicturePtr> picture_of(Result<Rendering> made) {
    return std::move(made).map([](Rendering rendering) { return rendering.finished.picture; });
  }

  Result<PicturePtr> render(EntryIndex entry) {
    load();
    return picture_of(studio->render(*loaded.playlist, {entry}, *loaded.display));
  }

  TemporaryFolder dir;
  SystemZones zones;
  Display display;
  LoadedFolder loaded;
  std::optional<Studio> studio;
};

TEST_F(StudioTest, ShowsThePosterWhoseAspectIsNearest) {
  const Result<PicturePtr> wide = render(0);
  ASSERT_TRUE(wide) << wide.error().message;
  EXPECT_EQ((*wide)->size(), (Size{320, 180}));
  EXPECT_EQ(color_at(**wide, 160, 90), (Color{200, 0, 0}));
  display.size = {640, 160};
  const Result<PicturePtr> bar = render(0);
  ASSERT_TRUE(bar) << bar.error().message;
  EXPECT_EQ(color_at(**bar, 320, 80), (Color{0, 200, 0}));
}

TEST_F(StudioTest, ChoosesByTheShapeThatIsComposedNotByTheGlass) {
  display.size = {180, 320};  // mounted on its side, it reads as 320x180
  display.rotation = 270;
  const Result<PicturePtr> picture = render(0);
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ((*picture)->size(), display.size);
  EXPECT_EQ(color_at(**picture, 90, 160), (Color{200, 0, 0}));
}

TEST_F(StudioTest, PassesOverAVariantThatIsNoPicture) {
  display.size = {640, 160};
  dir.write("posters/one.bar.png", "no picture");
  const Result<PicturePtr> picture = render(0);
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(color_at(**picture, 320, 80), (Color{200, 0, 0}));
}

TEST_F(StudioTest, SetsATextInTheStylesColours) {
  const Result<PicturePtr> picture = render(1);
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(color_at(**picture, 0, 0), Style{}.background);
  const auto pixels = (*picture)->pixels();
  EXPECT_NE(std::count(pixels.begin(), pixels.end(), to_word(Style{}.ink)), 0);
}

TEST_F(StudioTest, GivesBackWhatTextsTookOnceAPageHasNone) {
  const auto rastered = [this] { return (*studio->typesetter())->raster_bytes(); };
  const Result<PicturePtr> text = render(1);
  ASSERT_TRUE(text) << text.error().message;
  studio->rest();
  EXPECT_GT(rastered(), 0U) << "a text was last";
  ASSERT_TRUE(render(0));
  studio->rest();
  EXPECT_EQ(rastered(), 0U);
  const Result<PicturePtr> again = render(1);
  ASSERT_TRUE(again);
  EXPECT_TRUE(std::ranges::equal((*again)->pixels(), (*text)->pixels()));
}

TEST_F(StudioTest, AnErrorNamesCampaignItemAndFile) {
  load();
  fs::remove(dir / "posters/one.png");
  fs::remove(dir / "posters/one.bar.png");
  const Result<Rendering> picture = studio->render(*loaded.playlist, {0}, *loaded.display);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(picture.error().message.starts_with("campaign khojaly: item one: "))
      << picture.error().message;
  EXPECT_NE(picture.error().message.find("one.png"), std::string::npos);
}

TEST_F(StudioTest, WhereNothingShowsSetsTheOperatorsCardOrTheBuiltInOne) {
  load();
  const auto show_nothing = [&](const Display& on) {
    return picture_of(studio->render(*loaded.playlist, {}, on));
  };
  const auto words = [](const Picture& picture) {
    return std::vector<std::uint32_t>(picture.pixels().begin(), picture.pixels().end());
  };
  EXPECT_EQ(words(*show_nothing(display).value()), words(*builtin_card(display)));

  dir.write("standby.png", png({160, 90}, {0, 0, 200}));
  display.fallback = (dir / "standby.png").string();
  EXPECT_EQ(color_at(*show_nothing(display).value(), 160, 90), (Color{0, 0, 200}));
  display.size = {180, 320};
  display.rotation = 90;
  const PicturePtr turned = show_nothing(display).value();
  EXPECT_EQ(turned->size(), display.size);
  EXPECT_EQ(color_at(*turned, 1, 1), (Color{0, 0, 200})) << "it fills the shape that is composed";

  dir.write("standby.png", "no picture");
  const Result<PicturePtr> broken = show_nothing(display);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::bad_format);
  EXPECT_TRUE(broken.error().message.starts_with("the fallback card: ")) << broken.error().message;
}

TEST_F(StudioTest, ABrokenPosterIsThePicturesFault) {
  dir.write("posters/one.png", "no picture");
  fs::remove(dir / "posters/one.bar.png");
  const Result<PicturePtr> picture = render(0);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().kind, ErrorKind::bad_format);
}

TEST_F(StudioTest, MakesEachPageAndSaysWhatAllOfThemWeigh) {
  const std::string korean = "내리기 전에 벨을 눌러 주세요. 내리기 전에 벨을 눌러 주세요.";
  const std::string english = "Please press the bell before you get off. Please press the bell.";
  dir.write("campaign.toml", std::string(kCampaignHead) + "[[item]]\nid = \"t\"\ntext = { ko = \"" +
                                 korean + "\", en = \"" + english + "\" }\n");
  const PageWeights weights{static_cast<std::int64_t>(reading_half_characters(korean)),
                            static_cast<std::int64_t>(reading_half_characters(english))};
  display.distance_m = 9;
  load();
  const auto words = [&](std::size_t page) {
    const auto made = studio->render(*loaded.playlist, {0, page}, *loaded.display);
    EXPECT_EQ(made.value().pages, weights);
    const auto pixels = made.value().finished.picture->pixels();
    return std::vector<std::uint32_t>(pixels.begin(), pixels.end());
  };
  EXPECT_NE(words(0), words(1));
  EXPECT_EQ(words(2), words(1)) << "beyond the last is the last";
}

}  // namespace
}  // namespace noseon
