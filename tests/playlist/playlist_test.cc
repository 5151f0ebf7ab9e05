#include "playlist/playlist.h"

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

TEST(Playlist, OrdersByAgencyThenIdThenAsWritten) {
  const Bus bus({campaign_toml(item_toml("z") + item_toml("a"), "spring"),
                 campaign_toml(item_toml("m"), "autumn")});
  std::string order;
  for (EntryIndex entry = 0; entry < bus.playlist.entries.size(); ++entry) {
    order +=
        bus.playlist.campaign_of(entry).id.str() + "/" + bus.playlist.item_of(entry).id.str() + " ";
  }
  EXPECT_EQ(order, "autumn/m spring/z spring/a ");
}

TEST(Playlist, LeavesOutACampaignWhoseIdIsTaken) {
  Display display;
  display.zone = zone("Asia/Seoul");
  std::vector<Campaign> twice(
      2, *parse_campaign(campaign_toml(item_toml("a")), "c.toml", zones()).campaign);
  Findings findings;
  EXPECT_EQ(compile(std::move(twice), display, findings).campaigns.size(), 1U);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "double-campaign");
}

TEST(Playlist, TakesTenThousandItemsAndNotOneMore) {
  Display display;
  display.zone = zone("Asia/Seoul");
  Campaign campaign = *parse_campaign(campaign_toml(item_toml("a")), "c.toml", zones()).campaign;
  campaign.items.resize(kItemsMax, campaign.items[0]);
  Findings findings;
  EXPECT_EQ(compile({campaign}, display, findings).entries.size(), kItemsMax);
  EXPECT_TRUE(findings.empty());
  campaign.items.push_back(campaign.items[0]);
  EXPECT_EQ(compile({campaign}, display, findings).entries.size(), kItemsMax);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "too-many-items");
}

TEST(ReadingTime, IsTwoSecondsAndASixthOfASecondACharacter) {
  using std::chrono::seconds;
  EXPECT_EQ(reading_time(0), seconds{5});
  EXPECT_EQ(reading_time(36), seconds{5});    // W = 18: 2 + 3 = 5
  EXPECT_EQ(reading_time(37), seconds{6});    // rounded up
  EXPECT_EQ(reading_time(48), seconds{6});    // W = 24: 2 + 4 = 6
  EXPECT_EQ(reading_time(696), seconds{60});  // W = 348: 2 + 58 = 60
  EXPECT_EQ(reading_time(100'000), seconds{60});
}

TEST(ReadingTime, CountsTheTextsOfTheDisplaysLanguages) {
  Display display;
  display.zone = zone("Asia/Seoul");
  const std::string toml = campaign_toml(
      "[[item]]\nid = \"a\"\ntext = { ko = \"가나다라마바사아자차카타파하가나다라\", "  // 18 = 36
                                                                                        // halves
      "az = \"aaaaaaaaaaaaaaaaaaaaaaaa\" }\n");                                         // 24 halves
  const Campaign campaign = *parse_campaign(toml, "c.toml", zones()).campaign;
  Findings findings;
  display.languages = {"ko"};
  EXPECT_EQ(compile({campaign}, display, findings).entries[0].length, std::chrono::seconds{5});
  display.languages = {"ko", "az"};
  EXPECT_EQ(compile({campaign}, display, findings).entries[0].length, std::chrono::seconds{7});
  display.languages = {"fr"};  // none is there: the first written shows, and counts
  EXPECT_EQ(compile({campaign}, display, findings).entries[0].length, std::chrono::seconds{5});
}

TEST(ReadingTime, OfATickerHasTheLongestTurnAsItsBound) {
  using std::chrono::seconds;
  EXPECT_EQ(ticker_time(0), seconds{5});
  EXPECT_EQ(ticker_time(36), seconds{5});
  EXPECT_EQ(ticker_time(37), seconds{6});
  EXPECT_EQ(ticker_time(696), seconds{60});
  EXPECT_EQ(ticker_time(697), seconds{61});       // where a text that stands is cut
  EXPECT_EQ(ticker_time(43'176), seconds{3600});  // W = 21,588: 2 + 3,598
  EXPECT_EQ(ticker_time(43'177), seconds{3600});
}

// The turn of the one item, on a display that speaks these languages.
Millis turn_of(const std::string& keys, const std::vector<std::string>& languages = {"ko", "en"}) {
  Display display;
  display.zone = zone("Asia/Seoul");
  display.languages = languages;
  Findings findings;
  const auto parsed =
      parse_campaign(campaign_toml("[[item]]\nid = \"a\"\n" + keys), "c.toml", zones());
  return compile({parsed.campaign.value()}, display, findings).entries.at(0).length;
}

std::string letters(int count) {
  return std::string(static_cast<std::size_t>(count), 'a');
}

TEST(TurnLength, OfATickerIsItsReadingTimeInAllLanguages) {
  using std::chrono::seconds;
  const std::string texts =
      "text = { ko = \"" + letters(600) + "\", en = \"" + letters(600) + "\" }\n";
  EXPECT_EQ(turn_of(texts), seconds{60});
  EXPECT_EQ(turn_of(texts + "motion = \"ticker\"\n"), seconds{102});
  EXPECT_EQ(turn_of(texts + "motion = \"ticker\"\n", {"en"}), seconds{52});
  EXPECT_EQ(turn_of(texts + "motion = \"ticker\"\nseconds = 7\n"), seconds{7});
}

TEST(TurnLength, OfAPosterIsEightSecondsOrWhatItsCaptionTakesToRead) {
  using std::chrono::seconds;
  const auto captioned = [](int count) {
    return "poster = \"a.png\"\ncaption = { ko = \"" + letters(count) + "\" }\n";
  };
  EXPECT_EQ(turn_of("poster = \"a.png\"\n"), seconds{8});
  EXPECT_EQ(turn_of("poster = \"a.png\"\ncaption = {}\n"), seconds{8});
  EXPECT_EQ(turn_of(captioned(1)), seconds{8});
  EXPECT_EQ(turn_of(captioned(72)), seconds{8});
  EXPECT_EQ(turn_of(captioned(73)), seconds{9});
  EXPECT_EQ(turn_of(captioned(4000)), seconds{60});
  EXPECT_EQ(turn_of(captioned(73) + "seconds = 4\n"), seconds{4});
}

TEST(TurnLength, OfACaptionCountsTheLanguagesOfTheDisplay) {
  using std::chrono::seconds;
  const std::string both = "poster = \"a.png\"\ncaption = { ko = \"" + letters(80) + "\", az = \"" +
                           letters(120) + "\" }\n";
  EXPECT_EQ(turn_of(both, {"ko"}), seconds{9});
  EXPECT_EQ(turn_of(both, {"ko", "az"}), seconds{19});
  EXPECT_EQ(turn_of(both, {"fr"}), seconds{9});  // the first written shows
}

class TargetingTest : public ::testing::Test {
 protected:
  [[nodiscard]] bool admits(const std::string& keys, const std::vector<std::string>& labels,
                            const std::string& id = "bus-1") const {
    Display display;
    display.zone = zone("Asia/Seoul");
    display.id = DisplayId(id);
    display.labels = labels;
    Findings findings;
    const auto parsed = parse_campaign(campaign_toml(item_toml("a", keys)), "c.toml", zones());
    return compile({*parsed.campaign}, display, findings).entries[0].is_targeted;
  }
};

TEST_F(TargetingTest, LabelsOfOnePrefixAreOredAndPrefixesAnded) {
  const std::string keys = "labels = [\"depot:a\", \"depot:b\", \"type:interior\"]";
  EXPECT_TRUE(admits(keys, {"depot:a", "type:interior"}));
  EXPECT_TRUE(admits(keys, {"type:interior", "depot:b", "extra"}));
  EXPECT_FALSE(admits(keys, {"depot:a"}));
  EXPECT_FALSE(admits(keys, {"depot:c", "type:interior"}));
  EXPECT_FALSE(admits(keys, {}));
  EXPECT_TRUE(admits("", {}));
}

TEST_F(TargetingTest, ShareGrowsWithoutReshuffling) {
  int small = 0;
  int large = 0;
  for (int bus = 0; bus < 1000; ++bus) {
    const std::string id = "bus-" + std::to_string(bus);
    const bool in_small = admits("share = 0.1\nsalt = \"s\"", {}, id);
    const bool in_large = admits("share = 0.3\nsalt = \"s\"", {}, id);
    EXPECT_TRUE(!in_small || in_large) << id;
    small += in_small ? 1 : 0;
    large += in_large ? 1 : 0;
  }
  EXPECT_NEAR(small, 100, 35);
  EXPECT_NEAR(large, 300, 55);
}

TEST_F(TargetingTest, ShareAdmitsByTheHashOfSaltAndDisplay) {
  // SHA-256("s:bus-1") begins 07 49 61 da (sha256sum): 122249690 mod 10,000 = 9690.
  EXPECT_FALSE(admits("share = 0.969\nsalt = \"s\"", {}));
  EXPECT_TRUE(admits("share = 0.9691\nsalt = \"s\"", {}));
}

TEST_F(TargetingTest, ShareOfNoneAndOfAll) {
  EXPECT_FALSE(admits("share = 0", {}));
  EXPECT_TRUE(admits("share = 1", {}));
}

TEST(Without, KeepsTheOthersInOrder) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("b") + item_toml("c"))});
  const Playlist rest = without(bus.playlist, {1});
  ASSERT_EQ(rest.entries.size(), 2U);
  EXPECT_EQ(rest.item_of(0).id.str(), "a");
  EXPECT_EQ(rest.item_of(1).id.str(), "c");
}

}  // namespace
}  // namespace noseon::testing
