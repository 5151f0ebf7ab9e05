// What the player takes of a store, and what it passes over: every refusal, and what plays then.
#include "player/store_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/files.h"
#include "tests/support/signed_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPicture = "the bytes of a poster";

std::string text(const std::string& id) {
  return "[[item]]\nid = \"" + id + "\"\ntext = { en = \"" + id + "\" }\n";
}
std::string poster(const std::string& id) {
  return "[[item]]\nid = \"" + id + "\"\nposter = \"" + id + ".png\"\n";
}

class StoreSourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_.write("root.json", repository_.root());
    repository_.set_campaign("seoul", "spring", text("one"));
    begin();
  }

  // The player starts anew, with what it wrote down the last time.
  void begin() {
    FolderAndDisplay display;
    display.size = Size{320, 180};
    source_.reset();
    source_.emplace(StorePlaces{store_.path(), dir_ / "root.json", dir_ / "state", dir_ / "run"},
                    display, clock_);
    is_first_ = true;
  }
  // The items that play after the store was looked at; "-" where nothing changes.
  std::string reads() {
    ::testing::internal::CaptureStderr();
    std::optional<LoadedFolder> loaded;
    if (is_first_) {
      loaded = source_->read_first();
    } else {
      loaded = source_->read();
    }
    is_first_ = false;
    said_ = ::testing::internal::GetCapturedStderr();
    if (!loaded) return "-";
    last_ = *loaded;
    std::string items;
    for (const Campaign& campaign : loaded->playlist->campaigns)
      for (const Item& item : campaign.items) items += (items.empty() ? "" : " ") + item.id.str();
    return items;
  }
  // The same, and it is on the glass.
  std::string plays() {
    std::string items = reads();
    source_->in_use(last_);
    EXPECT_EQ(reads(), "-") << "what is in use is written down, and that is all";
    return items;
  }
  void flip(const fs::path& file) const {
    std::string bytes = read_file(file, 1 << 24).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << bytes;
  }
  [[nodiscard]] fs::path wanted(std::string_view bytes) const {
    return dir_ / "run/wanted" / to_hex(sha256(bytes));
  }

  TemporaryFolder dir_;
  FakeClock clock_{*parse_rfc3339("2027-02-25T08:00:00Z")};
  TestRepository repository_;
  SignedStore store_{dir_ / "store"};
  std::optional<StoreSource> source_;
  bool is_first_ = true;
  LoadedFolder last_;
  std::string said_;
};

TEST_F(StoreSourceTest, PlaysWhatWasSigned) {
  repository_.set_campaign("busan", "sea", poster("p"), {{"p.png", kPicture}});
  store_.publish(repository_);
  EXPECT_EQ(reads(), "p one");
  EXPECT_EQ(said_, "");
  const Campaign& sea = last_.playlist->campaigns.front();
  EXPECT_EQ(sea.agency, "busan");
  ASSERT_TRUE(sea.published);
  ASSERT_EQ(sea.published->size(), 1U);
  EXPECT_EQ(sea.published->front().file, store_.blob(kPicture).string());
  EXPECT_EQ(sea.published->front().sha256, sha256(kPicture));
  EXPECT_EQ(sea.published->front().bytes, kPicture.size());
}

TEST_F(StoreSourceTest, ATimestampIsFreshWhereItCameWhileThePlayerRan) {
  repository_.issued = clock_.now() - std::chrono::hours{1};
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  EXPECT_EQ(source_->issued(), (Issued{*repository_.issued, false}));
  repository_.issued = clock_.now();
  store_.publish(repository_);
  reads();
  EXPECT_EQ(source_->issued(), (Issued{clock_.now(), true}));
}

TEST_F(StoreSourceTest, FollowsANewGenerationAndNothingElse) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  EXPECT_EQ(reads(), "two");
  EXPECT_EQ(reads(), "-");
}

TEST_F(StoreSourceTest, AnEmptyReleaseIsARelease) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.remove_campaign("seoul", "spring");
  store_.publish(repository_);
  EXPECT_EQ(reads(), "") << "everything was withdrawn";
}

TEST_F(StoreSourceTest, WithoutATrustedRootNothingPlays) {
  store_.publish(repository_);
  fs::remove(dir_ / "root.json");
  EXPECT_EQ(reads(), "");
  EXPECT_THAT(said_, HasSubstr("there is no trusted root"));
}

TEST_F(StoreSourceTest, AStoreThatIsNotThereYetIsWaitedFor) {
  fs::remove_all(store_.path());
  EXPECT_EQ(reads(), "");
  EXPECT_THAT(said_, HasSubstr("there is nothing in the store yet"));
  EXPECT_EQ(reads(), "-");
  EXPECT_EQ(said_, "") << "said once";
  store_.publish(repository_);
  EXPECT_EQ(reads(), "one");
}

TEST_F(StoreSourceTest, AnotherOperatorsReleaseIsNotPlayed) {
  TestRepository other;
  other.set_campaign("seoul", "spring", text("foreign"));
  store_.publish(other);
  EXPECT_EQ(reads(), "");
  EXPECT_THAT(said_, HasSubstr("current is not played"));
}

TEST_F(StoreSourceTest, TheStateThatPlaysOutlastsADamagedGeneration) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  GenerationFiles files = repository_.release();
  store_.put_blobs(repository_);
  files["seoul.json"][files["seoul.json"].size() / 2] ^= 1;
  store_.put(files);
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("current is not played"));
  EXPECT_EQ(reads(), "-");
  EXPECT_EQ(said_, "") << "said once";
}

TEST_F(StoreSourceTest, AStartTakesPreviousWhereCurrentIsDamaged) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  GenerationFiles files = repository_.release();
  files.erase("snapshot.json");
  store_.put(files);
  begin();
  EXPECT_EQ(reads(), "one");
}

TEST_F(StoreSourceTest, ReportsAManifestThatIsNotThereAndGoesOnWhenItIs) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  const std::string manifest = repository_.manifest("seoul", "spring");
  flip(store_.blob(manifest));
  EXPECT_EQ(reads(), "-") << "the whole release waits for it";
  EXPECT_TRUE(fs::exists(wanted(manifest)));
  EXPECT_THAT(read_file(dir_ / "state/quarantine.json", 1 << 20).value(),
              HasSubstr(to_hex(sha256(manifest))));
  fs::remove(store_.blob(manifest));
  store_.put_blobs(repository_);
  EXPECT_EQ(reads(), "two");
  EXPECT_FALSE(fs::exists(wanted(manifest)));
  EXPECT_THAT(read_file(dir_ / "state/quarantine.json", 1 << 20).value(),
              Not(HasSubstr(to_hex(sha256(manifest)))));
}

TEST_F(StoreSourceTest, AStartPlaysTheCampaignsItHasRatherThanNone) {
  repository_.set_campaign("busan", "sea", text("other"));
  store_.publish(repository_);
  fs::remove(store_.blob(repository_.manifest("seoul", "spring")));
  EXPECT_EQ(reads(), "other");
  EXPECT_THAT(said_, HasSubstr("seoul/campaign-spring.json"));
  EXPECT_EQ(reads(), "-");
  EXPECT_TRUE(fs::exists(wanted(repository_.manifest("seoul", "spring"))));
  store_.put_blobs(repository_);
  EXPECT_EQ(reads(), "other one");
}

TEST_F(StoreSourceTest, ANeedThatIsUnknownKeepsTheGenerationBefore) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_needs("holograms");
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("holograms"));
  begin();
  EXPECT_EQ(reads(), "one");
}

TEST_F(StoreSourceTest, ACampaignThatCannotBeReadCostsItselfAlone) {
  repository_.set_target("busan/campaign-sea.json", "{}");
  repository_.set_target("jeju/campaign-isle.json", repository_.manifest("seoul", "spring"));
  store_.publish(repository_);
  EXPECT_EQ(reads(), "one");
  ASSERT_EQ(last_.findings.size(), 2U);
  EXPECT_EQ(last_.findings[0].file, "busan/campaign-sea.json");
  EXPECT_EQ(last_.findings[1].file, "jeju/campaign-isle.json")
      << "signed by jeju, but of seoul's campaign";
}

// ---- Rollback ---------------------------------------------------------------------------------

TEST_F(StoreSourceTest, WhatWasInUseIsNotGoneBackBehindNotEvenAfterAStart) {
  const GenerationFiles old = store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  EXPECT_EQ(plays(), "two");
  repository_.set_campaign("seoul", "spring", text("three"));
  store_.publish(repository_);
  EXPECT_EQ(plays(), "three");

  store_.put(old);
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("current is not played"));
  store_.put(old);  // now it is previous, too
  EXPECT_EQ(reads(), "-");
  begin();
  EXPECT_EQ(reads(), "") << "rather the card than what was replaced twice";
  EXPECT_THAT(said_, HasSubstr("previous is not played"));
}

TEST_F(StoreSourceTest, WhatWasOnlyOfferedMayBeGoneBackBehind) {
  const GenerationFiles old = store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  EXPECT_EQ(reads(), "two") << "and it does not come onto the glass: the power fails";
  begin();
  store_.put(old);
  EXPECT_EQ(reads(), "one");
}

TEST_F(StoreSourceTest, PreviousMayBeTheReleaseBeforeTheLast) {
  const GenerationFiles one = store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  repository_.set_campaign("seoul", "spring", text("two"));
  GenerationFiles two = store_.publish(repository_);
  EXPECT_EQ(plays(), "two");
  two["timestamp.json"] = "rot";
  store_.put(one);
  store_.put(two);
  EXPECT_EQ(reads(), "-") << "never while the later one plays";
  begin();
  EXPECT_EQ(reads(), "one");
  source_->in_use(last_);
  EXPECT_EQ(reads(), "-");
  begin();
  EXPECT_EQ(reads(), "one") << "what stands in does not become what is accepted";
}

TEST_F(StoreSourceTest, AStateFolderThatCannotBeWrittenIsSaidAndCostsNothingElse) {
  store_.publish(repository_);
  dir_.write("state", "no folder");
  EXPECT_EQ(reads(), "one");
  source_->in_use(last_);
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("cannot be written down"));
  repository_.set_campaign("seoul", "spring", text("two"));
  const GenerationFiles two = store_.publish(repository_);
  EXPECT_EQ(reads(), "two");
  source_->in_use(last_);
  reads();
  repository_.set_campaign("seoul", "spring", text("three"));
  store_.publish(repository_);
  EXPECT_EQ(reads(), "three");
  source_->in_use(last_);
  reads();
  store_.put(two);
  EXPECT_EQ(reads(), "-") << "what is remembered holds as long as it runs";
}

TEST_F(StoreSourceTest, AStateThatRottedIsSaidAndBegunAnew) {
  store_.publish(repository_);
  EXPECT_EQ(plays(), "one");
  for (const std::string rot : {"", "{}", "\x01\x02", "{\"format\":\"noseon.accepted/1\"}"}) {
    dir_.write("state/accepted.json", rot);
    begin();
    EXPECT_EQ(reads(), "one");
    EXPECT_THAT(said_, HasSubstr("begun anew"));
    source_->in_use(last_);
    reads();
    EXPECT_TRUE(read_history(read_file(dir_ / "state/accepted.json", 1 << 20).value()));
  }
}

// A link to itself stands for a disk that gives an error.
void refuse(const fs::path& file) {
  fs::rename(file, fs::path(file) += ".kept");
  fs::create_symlink(file.filename(), file);
}
void give_again(const fs::path& file) {
  fs::remove(file);
  fs::rename(fs::path(file) += ".kept", file);
}
bool is_readable(int fd, int milliseconds) {
  pollfd watched{fd, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) == 1;
}

TEST_F(StoreSourceTest, WhatADiskRefusesAtTheStartIsLookedAtAgainSoon) {
  store_.publish(repository_);
  refuse(dir_ / "root.json");
  EXPECT_EQ(reads(), "");
  EXPECT_TRUE(is_readable(source_->retry_fd(), 1000)) << "nobody else would tell";
  source_->take_errands();
  EXPECT_EQ(reads(), "-");
  give_again(dir_ / "root.json");
  EXPECT_EQ(reads(), "one");
  EXPECT_FALSE(is_readable(source_->retry_fd(), 500)) << "it plays";
}

TEST_F(StoreSourceTest, AStateThatADiskRefusesIsNeitherSetAsideNorWrittenOver) {
  store_.publish(repository_);
  reads();
  source_->in_use(last_);
  reads();
  const std::string before = read_file(dir_ / "state/accepted.json", 10'000).value();
  refuse(dir_ / "state/accepted.json");
  begin();
  EXPECT_EQ(reads(), "one");
  EXPECT_THAT(said_, HasSubstr("which release was in use is not known until it can be read"));
  source_->in_use(last_);
  EXPECT_EQ(reads(), "-");
  EXPECT_TRUE(fs::is_symlink(dir_ / "state/accepted.json"));
  EXPECT_TRUE(is_readable(source_->retry_fd(), 3000));
  give_again(dir_ / "state/accepted.json");
  reads();
  EXPECT_EQ(read_file(dir_ / "state/accepted.json", 10'000).value(), before);
}

TEST_F(StoreSourceTest, VersionsAreWrittenDownOnlyOnceTheyAreInUse) {
  store_.publish(repository_);
  EXPECT_EQ(reads(), "one");
  EXPECT_EQ(reads(), "-");
  EXPECT_FALSE(fs::exists(dir_ / "state/accepted.json"));
  source_->in_use(last_);
  reads();
  const auto history = read_history(read_file(dir_ / "state/accepted.json", 1 << 20).value());
  EXPECT_EQ(history.value().last.timestamp, 1);
  EXPECT_EQ(history.value().before.timestamp, 1) << "the first is its own forerunner";
}

// ---- Pictures ---------------------------------------------------------------------------------

TEST_F(StoreSourceTest, AReportedPictureIsAskedForAndOfferedAgainWhenItIsWhole) {
  repository_.set_campaign("seoul", "spring", poster("p"), {{"p.png", kPicture}});
  store_.publish(repository_);
  EXPECT_EQ(plays(), "p");
  flip(store_.blob(kPicture));
  const DamagedBlob damaged{{sha256(kPicture), kPicture.size()}, "it is not what was signed"};
  source_->report(damaged);
  source_->report(damaged);
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("it is asked for again"));
  EXPECT_TRUE(fs::exists(wanted(kPicture)));
  EXPECT_EQ(reads(), "-");

  fs::remove_all(dir_ / "run");  // the machine starts anew
  begin();
  EXPECT_EQ(plays(), "p");
  EXPECT_TRUE(fs::exists(wanted(kPicture))) << "asked for again";

  fs::remove(store_.blob(kPicture));
  store_.put_blobs(repository_);
  EXPECT_EQ(reads(), "p") << "so that it comes back into the rotation";
  EXPECT_FALSE(fs::exists(wanted(kPicture)));
  EXPECT_EQ(reads(), "-");
}

TEST_F(StoreSourceTest, DamageThatNothingNeedsAnyMoreIsForgotten) {
  repository_.set_campaign("seoul", "spring", poster("p"), {{"p.png", kPicture}});
  store_.publish(repository_);
  EXPECT_EQ(plays(), "p");
  fs::remove(store_.blob(kPicture));
  source_->report({{sha256(kPicture), kPicture.size()}, "gone"});
  reads();
  EXPECT_TRUE(fs::exists(wanted(kPicture)));
  repository_.set_campaign("seoul", "spring", text("two"));
  store_.publish(repository_);
  fs::remove(store_.blob(kPicture));
  EXPECT_EQ(reads(), "two");
  EXPECT_FALSE(fs::exists(wanted(kPicture)));
}

TEST_F(StoreSourceTest, AsksWithoutOpeningWhatSomebodyLaidWhereItAsks) {
  repository_.set_campaign("seoul", "spring", poster("p"), {{"p.png", kPicture}});
  store_.publish(repository_);
  EXPECT_EQ(plays(), "p");
  fs::create_directories(dir_ / "run/wanted");
  ASSERT_EQ(::mkfifo(wanted(kPicture).c_str(), 0600), 0);
  fs::remove(store_.blob(kPicture));
  source_->report({{sha256(kPicture), kPicture.size()}, "gone"});
  EXPECT_EQ(reads(), "-") << "it neither waits for a reader";
  EXPECT_THAT(said_, Not(HasSubstr("cannot be asked for"))) << "it is asked for";
  const fs::path elsewhere = dir_ / "elsewhere";
  fs::remove(wanted(kPicture));
  fs::create_symlink(elsewhere, wanted(kPicture));
  EXPECT_EQ(reads(), "-");
  EXPECT_FALSE(fs::exists(elsewhere)) << "nor follows a link";
}

TEST_F(StoreSourceTest, WhereDamageCannotBeWrittenDownItIsSaid) {
  repository_.set_campaign("seoul", "spring", poster("p"), {{"p.png", kPicture}});
  store_.publish(repository_);
  dir_.write("state", "no folder");
  dir_.write("run", "no folder");
  EXPECT_EQ(reads(), "p");
  source_->report({{sha256(kPicture), kPicture.size()}, "gone"});
  fs::remove(store_.blob(kPicture));
  EXPECT_EQ(reads(), "-");
  EXPECT_THAT(said_, HasSubstr("the list of damaged blobs cannot be written down"));
  EXPECT_THAT(said_, HasSubstr("damaged blobs cannot be asked for"));
}

TEST_F(StoreSourceTest, ADisplayTomlThatBreaksLeavesTheDisplayAsItWas) {
  dir_.write("display.toml", "id = \"bus-1\"\nsize = [320, 180]\n");
  FolderAndDisplay with_display;
  with_display.display = dir_ / "display.toml";
  source_.reset();
  source_.emplace(StorePlaces{store_.path(), dir_ / "root.json", dir_ / "state", dir_ / "run"},
                  with_display, clock_);
  store_.publish(repository_);
  EXPECT_EQ(reads(), "one");
  EXPECT_EQ(last_.display->id.str(), "bus-1");
  dir_.write("display.toml", "no toml [");
  EXPECT_EQ(reads(), "one");
  EXPECT_EQ(last_.display->id.str(), "bus-1");
  EXPECT_FALSE(last_.findings.empty());
}

}  // namespace
}  // namespace noseon
