// [styles.NAME], and the styles that are there without being written.
#include "playlist/styles.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

ParsedCampaign read(const std::string& toml) {
  return parse_campaign(toml, "campaign.toml", zones());
}

// A campaign with one style and a text in it.
std::string styled(const std::string& keys) {
  return campaign_toml("[styles.mine]\n" + keys + "\n" + item_toml("a", "style = \"mine\""));
}

Style style_of(const std::string& keys) {
  const ParsedCampaign parsed = read(styled(keys));
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << to_string(finding);
  return parsed.campaign.value().styles.at(0);
}

// The codes of all findings, or "good".
std::string codes_of(const std::string& toml) {
  std::string codes;
  for (const Finding& finding : read(toml).findings)
    codes += (codes.empty() ? "" : " ") + finding.code;
  return codes.empty() ? "good" : codes;
}

std::string text_of(const std::string& toml) {
  std::string text;
  for (const Finding& finding : read(toml).findings) text += to_string(finding) + "\n";
  return text;
}

// ---- What a style says ------------------------------------------------------------------------

TEST(Style, HasEveryKeyThatIsWritten) {
  const Style style = style_of(R"(background = "#010203"
picture = "backgrounds/paper.jpg"
scrim = 40
ink = "#040506"
font = "serif"
weight = "regular"
align = "start"
wrap = "syllable"
padding = 12
size = 130
line_height = 140
letter_spacing = 2
outline = { color = "#070809", width = 6 }
shadow = { color = "#0a0b0c", right = 3, down = -6, blur = 12, opacity = 45 })");
  EXPECT_EQ(style.name, "mine");
  EXPECT_EQ(style.background, (Color{1, 2, 3}));
  EXPECT_EQ(style.picture, "backgrounds/paper.jpg");
  EXPECT_EQ(style.picture_place.line, 6U);
  EXPECT_EQ(style.picture_place.column, 11U);
  EXPECT_EQ(style.scrim, 40);
  EXPECT_EQ(style.ink, (Color{4, 5, 6}));
  EXPECT_EQ(style.family, Family::serif);
  EXPECT_EQ(style.weight, Weight::regular);
  EXPECT_EQ(style.align, Align::start);
  EXPECT_EQ(style.wrap, Wrap::syllable);
  EXPECT_EQ(style.padding, 12);
  EXPECT_EQ(style.size, 130);
  EXPECT_EQ(style.line_height, 140);
  EXPECT_EQ(style.letter_spacing, 2);
  EXPECT_EQ(style.outline, (Outline{{7, 8, 9}, 6}));
  EXPECT_EQ(style.shadow, (Shadow{{10, 11, 12}, 3, -6, 12, 45}));
  EXPECT_FALSE(style.is_shipped);
}

TEST(Style, WithoutKeysIsTheUsualOne) {
  EXPECT_TRUE(looks_alike(style_of(""), Style{}));
}

TEST(Style, AnOutlineAndAShadowHaveTheUsualValuesWhereNothingElseIsWritten) {
  const Style style = style_of("outline = { color = \"#ffffff\" }\nshadow = {}");
  EXPECT_EQ(style.outline, (Outline{{255, 255, 255}}));
  EXPECT_EQ(style.shadow, Shadow{});
}

TEST(Style, AnOutlineMayHaveATableOfItsOwn) {
  const Style style = style_of("[styles.mine.outline]\ncolor = \"#ffffff\"\nwidth = 9");
  EXPECT_EQ(style.outline.value().width, 9);
}

// On both ends of each range, and one beyond.
struct Range {
  const char* keys;  ///< with {} for the number
  int lowest, highest;
};

class StyleRange : public ::testing::TestWithParam<Range> {
 protected:
  static std::string told(int number) {
    return codes_of(styled(fmt::format(fmt::runtime(GetParam().keys), number)));
  }
};

TEST_P(StyleRange, TakesItsEndsAndNothingBeyond) {
  EXPECT_EQ(told(GetParam().lowest), "good");
  EXPECT_EQ(told(GetParam().highest), "good");
  EXPECT_EQ(told(GetParam().lowest - 1), "out-of-range");
  EXPECT_EQ(told(GetParam().highest + 1), "out-of-range");
}

INSTANTIATE_TEST_SUITE_P(
    All, StyleRange,
    ::testing::Values(Range{"picture = \"a.png\"\nscrim = {}", 0, 100},
                      Range{"padding = {}", 0, 40}, Range{"size = {}", 25, 200},
                      Range{"line_height = {}", 100, 200}, Range{"letter_spacing = {}", -10, 100},
                      Range{"outline = {{ color = \"#000000\", width = {} }}", 1, 20},
                      Range{"shadow = {{ right = {} }}", -50, 50},
                      Range{"shadow = {{ down = {} }}", -50, 50},
                      Range{"shadow = {{ blur = {} }}", 0, 50},
                      Range{"shadow = {{ opacity = {} }}", 1, 100}));

TEST(Style, RefusesWhatIsNoneOfItsWords) {
  EXPECT_EQ(codes_of(styled("wrap = \"word\"")), "unknown-word");
  EXPECT_EQ(codes_of(styled("align = \"end\"")), "unknown-word");
  EXPECT_EQ(codes_of(styled("shadow = { colour = \"#000000\" }")), "unknown-key");
  EXPECT_EQ(codes_of(styled("outline = {}")), "missing-key");
  EXPECT_EQ(codes_of(styled("outline = { color = \"black\" }")), "bad-colour");
  EXPECT_EQ(codes_of(styled("outline = 4")), "wrong-type");
  EXPECT_EQ(codes_of(styled("shadow = true")), "wrong-type");
  EXPECT_EQ(codes_of(styled("size = 100.0")), "wrong-type");
  EXPECT_EQ(codes_of(styled("shipped = true")), "unknown-key");
}

TEST(Style, SaysWhereInItSomethingIsWrong) {
  EXPECT_EQ(text_of(styled("shadow = { blurr = 3 }")),
            "campaign.toml:5:12: error: style mine: shadow: unknown key \"blurr\"; did you mean "
            "\"blur\"? [unknown-key]\n");
}

TEST(Style, APictureHasThePathOfAPoster) {
  const auto told = [](const std::string& path) {
    return codes_of(styled("picture = \"" + path + "\""));
  };
  EXPECT_EQ(told("a.png"), "good");
  EXPECT_EQ(told("a/..b/c.png"), "good");
  EXPECT_EQ(told(std::string(1024, 'a')), "good");
  for (const std::string& path :
       {std::string(), std::string("/a.png"), std::string("../a.png"), std::string("a/../../b.png"),
        std::string(".."), std::string("a/.."), std::string("a\\u0000"), std::string(1025, 'a')})
    EXPECT_EQ(told(path), "bad-path") << path;
}

TEST(Style, MayHaveAClock) {
  const auto clock = [](const std::string& keys) {
    return read(styled(keys)).campaign.value().styles.at(0).clock;
  };
  EXPECT_EQ(clock(""), ClockStrip::none);
  EXPECT_EQ(clock("clock = \"none\""), ClockStrip::none);
  EXPECT_EQ(clock("clock = \"time\""), ClockStrip::time);
  EXPECT_EQ(clock("clock = \"date\""), ClockStrip::date);
  EXPECT_EQ(codes_of(styled("clock = \"seconds\"")), "unknown-word");
  EXPECT_EQ(codes_of(styled("clock = true")), "wrong-type");
}

TEST(Style, WithAnotherClockLooksOtherwise) {
  Style with_clock;
  with_clock.clock = ClockStrip::time;
  EXPECT_FALSE(looks_alike(with_clock, Style{}));
}

TEST(Style, AScrimWithoutAPictureIsAWarning) {
  EXPECT_EQ(
      text_of(styled("scrim = 1")),
      "campaign.toml:5:9: warning: style mine: \"scrim\" lies over a picture, and there is "
      "none; add picture = \"backgrounds/paper.jpg\", or take \"scrim\" out [unused-scrim]\n");
  EXPECT_EQ(read(styled("scrim = 1")).campaign.value().styles.at(0).scrim, 1);
  EXPECT_EQ(codes_of(styled("scrim = 0")), "good");
}

// ---- Shipped styles ---------------------------------------------------------------------------

TEST(ShippedStyles, AreFourInTheirOrder) {
  EXPECT_EQ(shipped_style_names(),
            (std::vector<std::string>{"remembrance", "notice", "warm", "night"}));
  for (const Style& style : shipped_styles()) {
    EXPECT_TRUE(style.is_shipped) << style.name;
    EXPECT_EQ(find_shipped_style(style.name), &style);
  }
  EXPECT_EQ(find_shipped_style("Notice"), nullptr);
  EXPECT_EQ(find_shipped_style(""), nullptr);
}

TEST(ShippedStyles, SayNothingThatACampaignCouldNot) {
  for (const Style& style : shipped_styles())
    EXPECT_TRUE(looks_alike(style_of("like = \"" + style.name + "\""), style)) << style.name;
}

TEST(ShippedStyles, JoinACampaignOnceWhereItemsAskForThem) {
  const Campaign campaign =
      read(campaign_toml("[styles.mine]\n" + item_toml("a", "style = \"night\"") +
                         item_toml("b", "style = \"mine\"") + item_toml("c", "style = \"warm\"") +
                         item_toml("d", "style = \"night\"")))
          .campaign.value();
  ASSERT_EQ(campaign.styles.size(), 3U);
  EXPECT_EQ(campaign.styles[1].name, "night");
  EXPECT_TRUE(campaign.styles[1].is_shipped);
  EXPECT_TRUE(looks_alike(campaign.styles[1], *find_shipped_style("night")));
  EXPECT_EQ(campaign.styles[2].name, "warm");
  EXPECT_EQ(campaign.items[0].style, 1U);
  EXPECT_EQ(campaign.items[1].style, 0U);
  EXPECT_EQ(campaign.items[2].style, 2U);
  EXPECT_EQ(campaign.items[3].style, 1U);
}

TEST(ShippedStyles, GiveWayToTheCampaignsOwnOfTheSameName) {
  const Campaign campaign =
      read(campaign_toml("[styles.notice]\npadding = 1\n" + item_toml("a", "style = \"notice\"")))
          .campaign.value();
  ASSERT_EQ(campaign.styles.size(), 1U);
  EXPECT_FALSE(campaign.styles[0].is_shipped);
  Style usual;
  usual.padding = 1;
  EXPECT_TRUE(looks_alike(campaign.styles[0], usual)) << "not the shipped one's colours";
}

TEST(ShippedStyles, DoNotStayForAnItemThatIsDropped) {
  const Campaign campaign = read(campaign_toml(item_toml("a", "style = \"night\"\nweight = 0") +
                                               item_toml("b", "style = \"warm\"")))
                                .campaign.value();
  ASSERT_EQ(campaign.styles.size(), 1U);
  EXPECT_EQ(campaign.styles[0].name, "warm");
  EXPECT_EQ(campaign.items.at(0).style, 0U);
}

TEST(ShippedStyles, AreGuessedWhereANameIsMisspelt) {
  EXPECT_EQ(text_of(campaign_toml(item_toml("a", "style = \"notise\""))),
            "campaign.toml:8:9: error: item a: there is no \"notise\" under [styles]; did you mean "
            "\"notice\"? [unknown-style]\n");
  EXPECT_EQ(text_of(campaign_toml("[styles.mine]\n" + item_toml("a", "style = \"sunshine\""))),
            "campaign.toml:9:9: error: item a: there is no \"sunshine\" under [styles]; one of: "
            "mine, remembrance, notice, warm, night [unknown-style]\n");
}

TEST(Like, StartsFromAShippedStyleAndTakesWhatIsWrittenBesideIt) {
  const Style style = style_of("padding = 1\nlike = \"notice\"");
  Style expected = *find_shipped_style("notice");
  expected.padding = 1;
  EXPECT_TRUE(looks_alike(style, expected));
  EXPECT_FALSE(style.is_shipped);
  EXPECT_EQ(style.name, "mine");
  EXPECT_EQ(style.place.line, 4U);
}

TEST(Like, MayChangeTheShippedStyleUnderItsOwnName) {
  const Campaign campaign = read(campaign_toml("[styles.warm]\nlike = \"warm\"\nsize = 99\n" +
                                               item_toml("a", "style = \"warm\"")))
                                .campaign.value();
  ASSERT_EQ(campaign.styles.size(), 1U);
  EXPECT_EQ(campaign.styles[0].size, 99);
  EXPECT_EQ(campaign.styles[0].ink, find_shipped_style("warm")->ink);
}

TEST(Like, GuessesTheNameThatWasMeant) {
  EXPECT_EQ(text_of(styled("like = \"notce\"")),
            "campaign.toml:5:8: error: style mine: \"like\" cannot be \"notce\"; did you mean "
            "\"notice\"? [unknown-word]\n");
  EXPECT_EQ(codes_of(styled("like = \"mine\"")), "unknown-word") << "no style of the campaign";
}

}  // namespace
}  // namespace noseon::testing
