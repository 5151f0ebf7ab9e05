// What an edit changes on the screen, to the minute.
#include "playlist/diff.h"

#include <fmt/format.h>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

// Two editions of what one bus plays.
class Edit {
 public:
  Edit(const std::string& before, const std::string& after)
      : before_({campaign_toml(before)}), after_({campaign_toml(after)}) {}

  /// "2027-02-25 22:00:00 to 2027-02-25 23:00:00: +a -b ~c(text) order", one line a stretch
  [[nodiscard]] std::string between(const std::string& from, const std::string& until) const {
    std::string lines;
    for (const auto& [span, difference] : diff_of(from, until).stretches) {
      lines += fmt::format("{} to {}:", before_.civil(span.from).substr(0, 16),
                           before_.civil(span.until).substr(0, 16));
      for (const ItemKey& item : difference.gained) lines += " +" + item.item.str();
      for (const ItemKey& item : difference.lost) lines += " -" + item.item.str();
      for (const ChangedItem& changed : difference.changed) {
        lines += " ~" + changed.item.item.str() + "(";
        for (const Trait trait : changed.what) lines += std::string(to_string(trait)) + ";";
        lines += ")";
      }
      lines += difference.order ? " order\n" : "\n";
    }
    return lines;
  }

  [[nodiscard]] PlaylistDiff diff_of(const std::string& from, const std::string& until) const {
    return diff({before_.playlist, before_.context, old_pictures},
                {after_.playlist, after_.context, new_pictures}, before_.display,
                {before_.at(from), before_.at(until)});
  }

  std::vector<std::string> old_pictures, new_pictures;

 private:
  Bus before_, after_;
};

std::string evening(const std::string& hours) {
  return item_toml("day") +
         item_toml("evening",
                   "role = \"takeover\"\nyearly = \"02-25/02-26\"\nhours = \"" + hours + "\"");
}

TEST(Diff, AnHourMoreIsThatHourOnEachDay) {
  const Edit edit(evening("20:00-22:00"), evening("20:00-23:00"));
  EXPECT_EQ(edit.between("2027-01-01", "2027-12-31"),
            "2027-02-25 22:00 to 2027-02-25 23:00: +evening -day\n"
            "2027-02-26 22:00 to 2027-02-26 23:00: +evening -day\n");
}

TEST(Diff, ADayLessIsThatDayToTheMidnight) {
  const auto yearly = [](const std::string& until) {
    return "[window]\nyearly = \"02-01/" + until + "\"\n" + item_toml("a") + item_toml("b");
  };
  const Edit edit(yearly("03-31"), yearly("03-30"));
  EXPECT_EQ(edit.between("2027-01-01", "2027-12-31"),
            "2027-03-31 00:00 to 2027-04-01 00:00: -a -b\n");
}

TEST(Diff, ARangeClipsItsStretches) {
  const Edit edit(evening("20:00-22:00"), evening("20:00-23:00"));
  EXPECT_EQ(edit.between("2027-02-25 22:30", "2027-02-26 22:15"),
            "2027-02-25 22:30 to 2027-02-25 23:00: +evening -day\n"
            "2027-02-26 22:00 to 2027-02-26 22:15: +evening -day\n");
  EXPECT_EQ(edit.between("2027-02-25 23:00", "2027-02-26 22:00"), "");
}

TEST(Diff, AnItemThatIsShadowedIsNoDifference) {
  const Edit edit(evening("20:00-22:00"),
                  evening("20:00-22:00") + item_toml("more", "hours = \"20:00-21:00\""));
  EXPECT_EQ(edit.between("2027-02-25 20:00", "2027-02-25 22:00"), "");
  EXPECT_EQ(edit.between("2027-02-27 00:00", "2027-02-28 00:00"),
            "2027-02-27 20:00 to 2027-02-27 21:00: +more\n");
}

TEST(Diff, StretchesThatTouchAndAreAlikeAreOneAcrossMidnights) {
  const Edit edit(item_toml("a"), item_toml("a") + item_toml("b"));
  EXPECT_EQ(edit.between("2027-02-01", "2027-05-01"), "2027-02-01 00:00 to 2027-05-01 00:00: +b\n");
}

TEST(Diff, AChangedItemSaysInWhat) {
  const Edit edit(item_toml("a", "weight = 2", 10), item_toml("a", "weight = 3", 12));
  EXPECT_EQ(edit.between("2027-02-01", "2027-02-03"),
            "2027-02-01 00:00 to 2027-02-03 00:00: ~a(seconds;weight;)\n");
}

TEST(Diff, TextsThatRunAndCaptionsAreTold) {
  const auto text = [](const std::string& keys) { return item_toml("a", keys); };
  EXPECT_EQ(Edit(text(""), text("motion = \"ticker\"")).between("2027-02-01", "2027-02-02"),
            "2027-02-01 00:00 to 2027-02-02 00:00: ~a(motion;)\n");
  const auto poster = [](const std::string& texts) {
    return "[[item]]\nid = \"a\"\nposter = \"a.png\"\nseconds = 9\ncaption = " + texts + "\n";
  };
  EXPECT_EQ(Edit(poster("{}"), poster("{ ko = \"가\" }")).between("2027-02-01", "2027-02-02"),
            "2027-02-01 00:00 to 2027-02-02 00:00: ~a(caption;)\n");
  EXPECT_EQ(Edit(poster("{ ko = \"가\", az = \"b\" }"), poster("{ ko = \"가\", az = \"c\" }"))
                .between("2027-02-01", "2027-02-02"),
            "");
}

TEST(Diff, AClockIsPartOfHowAStyleLooks) {
  const auto styled = [](const std::string& clock) {
    return "[styles.x]\nclock = \"" + clock + "\"\n" + item_toml("a", "style = \"x\"");
  };
  EXPECT_EQ(Edit(styled("time"), styled("date")).between("2027-02-01", "2027-02-02"),
            "2027-02-01 00:00 to 2027-02-02 00:00: ~a(style;)\n");
}

TEST(Diff, ATextInALanguageThatTheDisplayLacksIsNoDifference) {
  const auto with = [](const std::string& azeri) {
    return "[[item]]\nid = \"a\"\nseconds = 9\ntext = { ko = \"가\", az = \"" + azeri + "\" }\n";
  };
  EXPECT_EQ(Edit(with("b"), with("c")).between("2027-02-01", "2027-02-02"), "");
}

TEST(Diff, AStyleIsHowItLooksAndNotItsName) {
  const auto styled = [](const std::string& name, const std::string& ink) {
    return "[styles." + name + "]\nink = \"" + ink + "\"\n" +
           item_toml("a", "style = \"" + name + "\"");
  };
  EXPECT_EQ(
      Edit(styled("x", "#ffffff"), styled("y", "#ffffff")).between("2027-02-01", "2027-02-02"), "");
  EXPECT_EQ(
      Edit(styled("x", "#ffffff"), styled("x", "#fffffe")).between("2027-02-01", "2027-02-02"),
      "2027-02-01 00:00 to 2027-02-02 00:00: ~a(style;)\n");
}

TEST(Diff, SeesEveryKeyOfAStyle) {
  const auto styled = [](const std::string& keys) {
    return "[styles.x]\n" + keys + "\n" + item_toml("a", "style = \"x\"");
  };
  const std::string outline = "outline = { color = \"#000000\" }";
  const std::pair<std::string, std::string> edits[] = {
      {"", "background = \"#000000\""},
      {"", "picture = \"a.png\""},
      {"picture = \"a.png\"", "picture = \"b.png\""},
      {"picture = \"a.png\"", "picture = \"a.png\"\nscrim = 1"},
      {"", "ink = \"#ffffff\""},
      {"", "font = \"serif\""},
      {"", "weight = \"regular\""},
      {"align = \"left\"", "align = \"start\""},
      {"", "wrap = \"syllable\""},
      {"", "padding = 7"},
      {"", "size = 101"},
      {"", "line_height = 126"},
      {"", "letter_spacing = -1"},
      {"", outline},
      {outline, "outline = { color = \"#000001\" }"},
      {outline, "outline = { color = \"#000000\", width = 5 }"},
      {"", "shadow = {}"},
      {"shadow = {}", "shadow = { color = \"#000001\" }"},
      {"shadow = {}", "shadow = { right = 1 }"},
      {"shadow = {}", "shadow = { down = 5 }"},
      {"shadow = {}", "shadow = { blur = 9 }"},
      {"shadow = {}", "shadow = { opacity = 61 }"},
  };
  for (const auto& [before, after] : edits) {
    EXPECT_EQ(Edit(styled(before), styled(after)).between("2027-02-01", "2027-02-02"),
              "2027-02-01 00:00 to 2027-02-02 00:00: ~a(style;)\n")
        << before << " -> " << after;
    EXPECT_EQ(Edit(styled(after), styled(after)).between("2027-02-01", "2027-02-02"), "") << after;
  }
}

TEST(Diff, AShippedStyleThatIsWrittenOutIsNoDifference) {
  const Edit edit(item_toml("a", "style = \"notice\""),
                  "[styles.mine]\nlike = \"notice\"\n" + item_toml("a", "style = \"mine\""));
  EXPECT_EQ(edit.between("2027-02-01", "2027-02-02"), "");
}

TEST(Diff, APictureThatDiffersIsAChange) {
  Edit edit(item_toml("a") + item_toml("b"), item_toml("a") + item_toml("b"));
  edit.old_pictures = {"one", "two"};
  edit.new_pictures = {"one", "three"};
  EXPECT_EQ(edit.between("2027-02-01", "2027-02-02"),
            "2027-02-01 00:00 to 2027-02-02 00:00: ~b(picture;)\n");
}

TEST(Diff, ItemsInAnotherOrderAreADifferenceOfOrderAlone) {
  const Edit edit(item_toml("a") + item_toml("b"), item_toml("b") + item_toml("a"));
  EXPECT_EQ(edit.between("2027-02-01", "2027-02-02"),
            "2027-02-01 00:00 to 2027-02-02 00:00: order\n");
  EXPECT_TRUE(edit.diff_of("2027-02-01", "2027-02-02").shares.empty());
}

TEST(Diff, TheShareOfAnItemIsOfTheWholeRange) {
  const Edit edit(evening("20:00-22:00"), evening("20:00-23:00"));
  const PlaylistDiff result = edit.diff_of("2027-02-25", "2027-02-26");
  ASSERT_EQ(result.shares.size(), 2U);
  EXPECT_EQ(result.shares[0].item.item.str(), "day");
  EXPECT_NEAR(result.shares[0].before.asked, 22.0 / 24, 1e-12);
  EXPECT_NEAR(result.shares[0].after.asked, 21.0 / 24, 1e-12);
  EXPECT_EQ(result.shares[1].item.item.str(), "evening");
  EXPECT_EQ(result.shares[1].before.shown, std::chrono::hours{2});
  EXPECT_EQ(result.shares[1].after.shown, std::chrono::hours{3});
}

TEST(Diff, LongerTurnsTakeTimeFromTheOthers) {
  const Edit edit(item_toml("a", "", 10) + item_toml("b", "", 10),
                  item_toml("a", "", 30) + item_toml("b", "", 10));
  const PlaylistDiff result = edit.diff_of("2027-02-01", "2027-02-02");
  ASSERT_EQ(result.shares.size(), 2U);
  EXPECT_EQ(result.shares[0].before.asked, result.shares[0].after.asked);
  EXPECT_EQ(result.shares[0].after.shown, std::chrono::hours{18});
  EXPECT_EQ(result.shares[1].after.shown, std::chrono::hours{6});
}

TEST(Diff, AnEmptyRangeHasNoDifference) {
  const Edit edit(item_toml("a"), item_toml("b"));
  EXPECT_EQ(edit.between("2027-02-01", "2027-02-01"), "");
}

}  // namespace
}  // namespace noseon::testing
