// A display that pulls from a repository in memory: what is asked for, what is kept, what becomes
// current.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/fleet/pull/city.h"
#include "tests/fleet/store/filled_store.h"

namespace noseon::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kA = picture_bytes(1, 50'000);
const std::string kB = picture_bytes(2, 60'000);
const Source kSource{"http://repository.test", LinkClass::metered};
const Source kSibling{"http://sibling.test", LinkClass::metered};
const Source kStick{"file:///stick", LinkClass::free};

class UpdateTest : public ::testing::Test {
 protected:
  UpdateTest() {
    city.put_poster("a", kA);
    city.put_poster("b", kB);
    city.publish();
  }
  void make_rig(std::vector<Source> sources = {kSource},
                std::optional<std::uint64_t> budget = std::nullopt) {
    rig.emplace(http, city.repository.first_root(), std::move(sources), budget);
  }
  std::vector<std::string> asked_for() { return std::exchange(http.asked, {}); }

  City city;
  FakeHttp http{city.repository};
  std::optional<PullRig> rig;
};

TEST_F(UpdateTest, AFreshDisplayFetchesEverythingAndMakesItCurrent) {
  make_rig();
  const PassReport report = rig->pass();
  EXPECT_FALSE(report.error) << report.error->message;
  EXPECT_TRUE(report.is_complete);
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_TRUE(rig->has(kA));
  EXPECT_TRUE(rig->has(kB));
  EXPECT_EQ(rig->current(), 1);
  const auto generation = rig->store->reader().read(Which::current);
  ASSERT_TRUE(generation);
  EXPECT_EQ(generation->files.at("timestamp.json"), city.repository.metadata("timestamp.json"));
  EXPECT_TRUE(
      verify_release(city.repository.first_root(), generation->files, kNoon, Expiry::judged, {}));
}

TEST_F(UpdateTest, AnUnchangedRepositoryCostsOneRequestAndTwoADay) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  asked_for();
  EXPECT_TRUE(rig->pass(Depth::glance).is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/timestamp.json"));
  EXPECT_TRUE(rig->pass(Depth::full).is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/2.root.json", "metadata/timestamp.json"));
  EXPECT_EQ(rig->current(), 1);
}

TEST_F(UpdateTest, AfterARestartNothingIsFetchedAgain) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  asked_for();
  rig->restart();
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/2.root.json", "metadata/timestamp.json"));
}

TEST_F(UpdateTest, AChangeOfOnePosterFetchesWhatChangedAlone) {
  city.repository.delegate("targets", "other", {"other/*"});
  city.repository.publish();
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  asked_for();
  city.put_poster("b", picture_bytes(3, 1000));
  city.publish();
  EXPECT_TRUE(rig->pass(Depth::glance).is_complete);
  const auto asked = asked_for();
  EXPECT_EQ(asked.size(), 6) << fmt::format("{}", fmt::join(asked, "\n"));
  EXPECT_THAT(asked, Contains(city.target_path("b")));
  EXPECT_THAT(asked, Not(Contains(HasSubstr("other"))));
  EXPECT_THAT(asked, Not(Contains(HasSubstr("targets.json"))));
  EXPECT_EQ(rig->current(), 2);
  EXPECT_EQ(rig->previous(), 1);
}

TEST_F(UpdateTest, WhatIsSignedAnewLeavesPreviousAlone) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  city.put_poster("c", picture_bytes(4, 1000));
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  EXPECT_EQ(rig->previous(), 1);
  for (int day = 0; day < 3; ++day) {
    city.repository.timestamp.issued = kNoon + std::chrono::days{day};
    city.repository.publish_timestamp();
    const PassReport report = rig->pass(Depth::glance);
    EXPECT_TRUE(report.has_new_generation);
    EXPECT_EQ(rig->previous(), 1);
  }
  EXPECT_EQ(rig->store->reader().read(Which::current)->files.at("timestamp.json"),
            city.repository.metadata("timestamp.json"));
}

TEST_F(UpdateTest, NothingBecomesCurrentUntilEveryBlobIsThere) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  city.put_poster("c", picture_bytes(5, 1000));
  city.put_poster("d", picture_bytes(6, 1000));
  city.publish();
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (transfer.request.url.ends_with(city.target_path("d"))) return no_connection();
    return std::nullopt;
  };
  const PassReport report = rig->pass();
  EXPECT_FALSE(report.is_complete);
  EXPECT_TRUE(report.made_progress);
  EXPECT_EQ(report.missing.blobs, 1);
  EXPECT_EQ(report.missing.bytes, 1000);
  EXPECT_EQ(rig->current(), 1);
  EXPECT_TRUE(rig->has(picture_bytes(5, 1000)));
  http.before = nullptr;
  asked_for();
  EXPECT_TRUE(rig->pass(Depth::glance).is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/timestamp.json", city.target_path("d")));
  EXPECT_EQ(rig->current(), 2);
}

TEST_F(UpdateTest, FailingAtAnyRequestLeavesAStateFromWhichTheNextRunWorks) {
  // As many requests as a first pull takes, and each fails once in each of three ways.
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  const std::size_t requests = http.asked.size();
  ASSERT_GE(requests, 7);
  for (std::size_t bad = 0; bad < requests; ++bad) {
    for (const int way : {0, 1, 2}) {
      SCOPED_TRACE(fmt::format("request {}, way {}", bad, way));
      make_rig();
      std::size_t count = 0;
      http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
        if (count++ != bad) return std::nullopt;
        if (way == 0) return no_connection();
        if (way == 1) return send_body(transfer, "<html>Welcome aboard</html>");
        return send_body(transfer, "");
      };
      const PassReport first = rig->pass();
      const bool is_end_of_roots = bad == 0 && way == 0;
      EXPECT_FALSE(first.is_complete) << is_end_of_roots;
      EXPECT_EQ(rig->current(), std::nullopt);
      http.before = nullptr;
      rig->restart();
      EXPECT_TRUE(rig->pass().is_complete);
      EXPECT_THAT(rig->wrong_blobs(), IsEmpty());
    }
  }
}

TEST_F(UpdateTest, AFlippedByteInAnyFileOfTheRepositoryIsNeverAdmitted) {
  const auto good = city.repository.files;
  int flips = 0;
  for (const auto& [path, bytes] : good) {
    if (path == "metadata/1.root.json") continue;  // nobody asks for it
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 2}) {
      SCOPED_TRACE(fmt::format("{} at {}", path, at));
      city.repository.files = good;
      std::string& flipped = city.repository.files[path];
      flipped[at] = static_cast<char>(flipped[at] ^ 0x04);
      make_rig();
      http.asked.clear();
      const PassReport report = rig->pass();
      const bool was_asked =
          std::find(http.asked.begin(), http.asked.end(), path) != http.asked.end();
      EXPECT_EQ(report.is_complete, !was_asked);
      EXPECT_THAT(rig->wrong_blobs(), IsEmpty());
      flips += was_asked ? 1 : 0;
    }
  }
  EXPECT_GE(flips, 18);
}

TEST_F(UpdateTest, AGlanceGoesOnWhereMetadataWasCutBetweenTwoFiles) {
  for (const std::string file : {"snapshot.json", "city.json", "targets.json"}) {
    SCOPED_TRACE(file);
    make_rig();
    http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
      if (transfer.request.url.ends_with(file)) return no_connection();
      return std::nullopt;
    };
    EXPECT_FALSE(rig->pass(Depth::full).is_complete);
    http.before = nullptr;
    EXPECT_TRUE(rig->pass(Depth::glance).is_complete);
  }
}

// ---- Roots ------------------------------------------------------------------------------------

TEST_F(UpdateTest, ARootIsKeptAtOnceWhateverFailsAfterIt) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  city.repository.rotate_keys("timestamp");
  city.repository.publish_root();
  city.publish();
  http.before = [](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (transfer.request.url.ends_with("timestamp.json")) return no_connection();
    return std::nullopt;
  };
  EXPECT_TRUE(rig->pass().error);
  EXPECT_TRUE(rig->kept->root(2));
  // An attacker with the old timestamp key can no longer freeze us, even after a restart.
  rig->restart();
  http.before = nullptr;
  asked_for();
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_THAT(asked_for(), Contains("metadata/3.root.json"));
  EXPECT_EQ(rig->store->reader().read(Which::current)->files.count("2.root.json"), 1);
}

TEST_F(UpdateTest, AfterARotationTheNewTimestampIsKeptThroughARestart) {
  make_rig();
  city.repository.rotate_keys("timestamp");
  city.repository.publish_root();
  city.publish();
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  const auto newest = city.repository.files;
  rig->restart();
  // What is older, and signed by the right key, is a rollback.
  city.repository.timestamp.head.version -= 1;
  city.repository.sign_timestamp();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->kind, ErrorKind::rollback);
}

TEST_F(UpdateTest, ARepositoryRecoversFromAFastForward) {
  make_rig();
  city.repository.timestamp.head.version = 1'000'000;
  city.repository.publish_timestamp();
  ASSERT_TRUE(rig->pass().is_complete);
  city.repository.timestamp.head.version = 5;
  city.repository.rotate_keys("timestamp");
  city.repository.rotate_keys("snapshot");
  city.repository.publish_root();
  city.publish();
  rig->restart();
  const PassReport report = rig->pass();
  EXPECT_TRUE(report.is_complete) << (report.error ? report.error->message : "");
}

TEST_F(UpdateTest, AKeptRootThatDoesNotFollowIsDroppedAndFetchedAnew) {
  make_rig();
  city.repository.publish_root();
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  ASSERT_TRUE(rig->kept->keep_root(2, "rot"));
  rig->restart();
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_EQ(*rig->kept->root(2), city.repository.metadata("2.root.json"));
}

// ---- Time -------------------------------------------------------------------------------------

TEST_F(UpdateTest, WhatHasExpiredIsRefusedAndWhatPlaysGoesOn) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  const Instant end = city.repository.timestamp.head.expires;
  rig->clock.step(end - kNoon - Millis{1});
  EXPECT_FALSE(rig->pass(Depth::glance).error);
  rig->clock.step(Millis{1});
  for (const Depth depth : {Depth::glance, Depth::full}) {
    const PassReport report = rig->pass(depth);
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->kind, ErrorKind::expired);
    EXPECT_EQ(rig->current(), 1);
  }
}

// A second agency, which has nothing to show and signs until `expires`.
void add_agency(City& city, Instant expires) {
  city.repository.delegate("targets", "school", {"school/*"});
  city.repository.roles["school"].head.expires = expires;
  city.repository.publish();
}

TEST_F(UpdateTest, AnAgencyThatForgetsToSignAnewKeepsNobodyElseFromComing) {
  add_agency(city, kNoon + Millis{1});
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  rig->clock.step(Millis{1});
  city.put_poster("c", picture_bytes(3, 1000));
  city.publish();
  const PassReport report = rig->pass(Depth::full);
  EXPECT_FALSE(report.error) << report.error->message;
  EXPECT_TRUE(report.is_complete);
  EXPECT_TRUE(rig->has(picture_bytes(3, 1000)));
}

TEST_F(UpdateTest, AnAgencyThatHadExpiredBeforeItWasEverSeenIsLeftOutAndSaid) {
  add_agency(city, kNoon);
  make_rig();
  const PassReport report = rig->pass();
  EXPECT_TRUE(report.is_complete);
  EXPECT_TRUE(rig->has(kA));
  const auto generation = rig->store->reader().read(Which::current);
  ASSERT_TRUE(generation);
  EXPECT_EQ(generation->files.at("school.json"), "");
  EXPECT_THAT(report.problems, testing::Contains(testing::HasSubstr("school.json: expired")));
}

TEST_F(UpdateTest, AClockThatIsBehindIsOverruledByWhatTheRepositorySigned) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  EXPECT_EQ(rig->updater->floor(), kNoon);
  rig->clock.step(-std::chrono::days{365 * 57});  // no battery: 1970
  rig->restart();
  EXPECT_EQ(rig->updater->floor(), kNoon);
  EXPECT_TRUE(rig->pass().is_complete);
}

// ---- Sources ----------------------------------------------------------------------------------

TEST_F(UpdateTest, TheNextSourceIsAskedWhereOneIsGone) {
  make_rig({kSibling, kSource});
  http.before = [](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (transfer.request.url.starts_with(kSibling.url)) return no_connection();
    return std::nullopt;
  };
  EXPECT_TRUE(rig->pass().is_complete);
}

TEST_F(UpdateTest, ASourceWithWrongBytesIsPassedOverForThatFileAlone) {
  make_rig({kSibling, kSource});
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (transfer.request.url == kSibling.url + "/" + city.target_path("a")) {
      return send_body(transfer, std::string(kA.size(), 'x'));
    }
    return std::nullopt;
  };
  const PassReport report = rig->pass();
  EXPECT_TRUE(report.is_complete);
  EXPECT_THAT(report.problems, Contains(HasSubstr(kSibling.url)));
  EXPECT_THAT(http.asked, Contains(kSibling.url + "/" + city.target_path("b")));
  EXPECT_THAT(http.asked, Contains(city.target_path("a")));
  EXPECT_THAT(http.asked, Not(Contains(city.target_path("b"))));
}

TEST_F(UpdateTest, ASourceThatIsBehindDoesNotTakeUsBack) {
  make_rig({kSource});
  const auto old = city.repository.files;
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  rig->sources = {kSibling, kSource};
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.starts_with(kSibling.url)) return std::nullopt;
    const auto file = old.find(transfer.request.url.substr(kSibling.url.size() + 1));
    if (file == old.end()) return HttpOutcome{.answer = fail(ErrorKind::not_found, "404")};
    return send_body(transfer, file->second);
  };
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_EQ(rig->store->reader().read(Which::current)->files.at("timestamp.json"),
            city.repository.metadata("timestamp.json"));
}

TEST_F(UpdateTest, ADeadSourceIsNotAskedForEachOfManyFiles) {
  for (int i = 0; i < 50; ++i) city.put_poster(fmt::format("p{}", i), picture_bytes(100 + i, 100));
  city.publish();
  make_rig({kSibling, kSource});
  int dead = 0;
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.starts_with(kSibling.url)) return std::nullopt;
    ++dead;
    return no_connection();
  };
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_LE(dead, 12);
}

TEST_F(UpdateTest, ABusySourceIsLeftAlone) {
  make_rig();
  http.before = [](const HttpTransfer&) -> std::optional<HttpOutcome> {
    return HttpOutcome{.answer = fail(ErrorKind::network, "busy"),
                       .retry_after = std::chrono::seconds{120},
                       .bytes = 300};
  };
  const PassReport report = rig->pass();
  EXPECT_TRUE(report.error);
  EXPECT_EQ(report.retry_after, std::chrono::seconds{120});
  EXPECT_EQ(http.asked.size(), 1);
}

// ---- Going on ---------------------------------------------------------------------------------

TEST_F(UpdateTest, WhatWasCutGoesOnFromThereAcrossARestart) {
  make_rig();
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.ends_with(city.target_path("a"))) return std::nullopt;
    send_body(transfer, kA.substr(0, 30'000));
    return no_connection();
  };
  EXPECT_FALSE(rig->pass().is_complete);
  http.before = nullptr;
  rig->restart();
  http.asked.clear();
  http.asked_from.clear();
  EXPECT_TRUE(rig->pass().is_complete);
  const auto at = std::find(http.asked.begin(), http.asked.end(), city.target_path("a"));
  ASSERT_NE(at, http.asked.end());
  EXPECT_EQ(http.asked_from[static_cast<std::size_t>(at - http.asked.begin())], 30'000);
  EXPECT_TRUE(rig->has(kA));
}

TEST_F(UpdateTest, ABeginningThatWasWrongIsFetchedAnewAtOnce) {
  make_rig();
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.ends_with(city.target_path("a"))) return std::nullopt;
    send_body(transfer, std::string(30'000, 'x'));
    return no_connection();
  };
  EXPECT_FALSE(rig->pass().is_complete);
  http.before = nullptr;
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_TRUE(rig->has(kA));
}

TEST_F(UpdateTest, AServerThatIgnoresRangeCostsNothingThatWasThere) {
  make_rig({kSibling, kSource});
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.ends_with(city.target_path("a"))) return std::nullopt;
    if (transfer.request.url.starts_with(kSibling.url)) {
      // The first half, from the beginning, then cut.
      send_body(transfer, kA.substr(0, 25'000));
      return no_connection();
    }
    EXPECT_EQ(transfer.request.from, 25'000);
    return send_body(transfer, kA);  // 200, all of it
  };
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_TRUE(rig->has(kA));
}

// ---- What a display needs ---------------------------------------------------------------------

TEST_F(UpdateTest, WhatPlaysSoonestIsFetchedFirst) {
  city.put_poster("late", picture_bytes(7, 100), "from = 2027-05-01\nuntil = 2027-05-31");
  city.put_poster("soon", picture_bytes(8, 100), "from = 2027-02-27\nuntil = 2027-02-28");
  city.put_poster("over", picture_bytes(9, 100), "from = 2026-01-01\nuntil = 2026-01-31");
  city.publish();
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  std::vector<std::string> pictures;
  for (const std::string& path : http.asked) {
    if (path.ends_with(".png")) pictures.push_back(path);
  }
  ASSERT_EQ(pictures.size(), 5);
  EXPECT_THAT(
      std::vector(pictures.begin() + 2, pictures.end()),
      ElementsAre(city.target_path("soon"), city.target_path("late"), city.target_path("over")));
}

TEST_F(UpdateTest, ANeedThatIsNotKnownKeepsWhatPlaysAndIsSaid) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  city.needs = {"holograms"};
  city.publish();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->kind, ErrorKind::unavailable);
  EXPECT_THAT(report.error->message, HasSubstr("holograms"));
  EXPECT_THAT(report.error->message, HasSubstr("city/campaign-spring.json"));
  EXPECT_EQ(rig->current(), 1);
}

TEST_F(UpdateTest, ABudgetHoldsPicturesBackAndGoesOnTheNextDay) {
  make_rig({kSource}, 70'000);
  const PassReport today = rig->pass();
  EXPECT_FALSE(today.error);
  EXPECT_FALSE(today.is_complete);
  EXPECT_GT(today.missing.bytes, 0);
  EXPECT_EQ(today.missing.waiting_blobs, today.missing.blobs);
  EXPECT_LE(rig->budget->spent(kNoon), 90'000);
  const std::size_t asked = http.asked.size();
  EXPECT_FALSE(rig->pass(Depth::glance).is_complete);
  EXPECT_EQ(http.asked.size(), asked + 1) << "it glanced, and fetched no more";
  rig->restart();  // which forgets nothing of what was spent
  EXPECT_GE(rig->budget->spent(kNoon), 60'000);
  rig->clock.advance(std::chrono::days{1});
  PassReport tomorrow = rig->pass();
  EXPECT_TRUE(tomorrow.is_complete) << tomorrow.missing.bytes;
}

TEST_F(UpdateTest, AStickGivesWhatTheBudgetHoldsBack) {
  make_rig({kSource}, 1000);
  EXPECT_FALSE(rig->pass().is_complete);
  rig->sources = {kSource, kStick};
  http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
    if (!transfer.request.url.starts_with(kStick.url)) return std::nullopt;
    const auto file = city.repository.serve(transfer.request.url.substr(kStick.url.size() + 1));
    return send_body(transfer, std::string_view(*file).substr(transfer.request.from),
                     transfer.request.from);
  };
  EXPECT_TRUE(rig->pass().is_complete);
}

TEST_F(UpdateTest, AReleaseOverTheQuotaIsRefusedWithTheNumbers) {
  make_rig();
  rig->limits.quota = 100'000;
  rig->restart();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->kind, ErrorKind::too_large);
  EXPECT_THAT(report.error->message, HasSubstr("--quota"));
  EXPECT_THAT(http.asked, Not(Contains(HasSubstr(".png"))));
}

TEST_F(UpdateTest, ADiskThatIsTooSmallIsSaidBeforeAnythingIsFetched) {
  make_rig();
  rig->limits.disk_reserved = 1'000'000;
  rig->disk_free = 1'050'000;
  rig->restart();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->kind, ErrorKind::disk);
  EXPECT_THAT(http.asked, Not(Contains(HasSubstr(".png"))));
}

TEST_F(UpdateTest, NotOneByteIsTakenOfTheRoomThatTheJournalNeeds) {
  const auto left_free = [&](std::uint64_t besides) {
    make_rig();
    rig->limits.disk_reserved = 0;
    EXPECT_TRUE(rig->pass().is_complete);
    const std::uint64_t needed = rig->store->bytes_used().value();
    make_rig();
    rig->limits.disk_reserved = 0;
    rig->disk_fills = true;
    rig->journal_room = 5'000'000;
    rig->disk_free = rig->journal_room + needed + besides - 1;
    rig->restart();
    const PassReport report = rig->pass();
    EXPECT_EQ(report.is_complete, besides == 1);
    EXPECT_GE(rig->disk_free - rig->store->bytes_used().value(), rig->journal_room);
    return report.error ? report.error->message : "";
  };
  EXPECT_EQ(left_free(1), "");
  EXPECT_THAT(left_free(0), HasSubstr("5 MB are kept free for proof of play"));
}

// Between the plan and the last byte.
TEST_F(UpdateTest, WhatOthersWriteMeanwhileEndsTheFetchingBeforeTheJournalsRoomIsTouched) {
  for (const bool is_last_byte_there : {true, false}) {
    make_rig();
    rig->limits.disk_reserved = 0;
    rig->journal_room = 5'000'000;
    rig->restart();
    rig->disk_fills = true;
    http.before = [&](const HttpTransfer& transfer) -> std::optional<HttpOutcome> {
      // Another program leaves as much as the picture has bytes, or one less.
      if (transfer.request.url.find(".png") != std::string::npos)
        rig->disk_free = rig->store->bytes_used().value() + rig->journal_room +
                         transfer.request.bytes_max - (is_last_byte_there ? 0U : 1U);
      return std::nullopt;
    };
    const PassReport report = rig->pass();
    EXPECT_EQ(report.is_complete, is_last_byte_there);
    if (is_last_byte_there) continue;
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->kind, ErrorKind::disk);
    EXPECT_THAT(report.error->message, HasSubstr("5 MB of it are kept for proof of play"));
    EXPECT_TRUE(std::filesystem::is_empty(rig->folder / "store" / "parts")) << "nothing by halves";
  }
}

TEST_F(UpdateTest, WhatNobodyNeedsIsCollectedByQuotaAndWhatPreviousNeedsStays) {
  make_rig();
  rig->limits.quota = 225'000;
  rig->restart();
  ASSERT_TRUE(rig->pass().is_complete);
  const std::string c = picture_bytes(10, 50'000);
  city.remove_poster("a");
  city.put_poster("c", c);
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  EXPECT_TRUE(rig->has(kA)) << "previous needs it";
  const std::string d = picture_bytes(11, 50'000);
  city.remove_poster("b");
  city.put_poster("d", d);
  city.publish();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.is_complete) << (report.error ? report.error->message : "");
  EXPECT_TRUE(rig->has(kB)) << "previous needs it";
  city.remove_poster("c");
  city.put_poster("e", picture_bytes(12, 50'000));
  city.publish();
  ASSERT_TRUE(rig->pass().is_complete);
  EXPECT_FALSE(rig->has(kA)) << "nobody needs it, and it was in the way";
  EXPECT_TRUE(rig->has(c)) << "previous needs it";
  EXPECT_TRUE(rig->has(d));
  EXPECT_LE(*rig->store->bytes_used(), 225'000);
}

// A pass that is cut off right after its manifests leaves no more than the quota either.
TEST_F(UpdateTest, ThereIsRoomForManifestsBeforeTheyAreFetched) {
  make_rig();
  rig->restart();
  ASSERT_TRUE(rig->pass().is_complete);
  put_blob(*rig->store, picture_bytes(20, 50'000));
  const std::uint64_t full = rig->store->bytes_used().value();
  rig->limits.quota = full;
  rig->restart();
  city.put_poster("huge", picture_bytes(21, 5'000'000));
  city.publish();
  const PassReport report = rig->pass();
  ASSERT_TRUE(report.error) << "it does not fit, which is not known before its manifest is there";
  EXPECT_LE(rig->store->bytes_used().value(), full);
  EXPECT_FALSE(rig->has(picture_bytes(20, 50'000)));
}

// ---- Rot --------------------------------------------------------------------------------------

TEST_F(UpdateTest, ABlobThatRottedIsFetchedAnewWhereThePlayerAsksForIt) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  const auto file = rig->store->reader().blob_path(sha256(kA));
  std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).write("rot", 3);
  ASSERT_FALSE(rig->has(kA));
  asked_for();
  EXPECT_TRUE(rig->pass(Depth::glance, {sha256(kA)}).is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/timestamp.json", city.target_path("a")));
  EXPECT_TRUE(rig->has(kA));
}

TEST_F(UpdateTest, ABlobThatIsRightIsNotFetchedForBeingAskedFor) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  asked_for();
  EXPECT_TRUE(rig->pass(Depth::glance, {sha256(kA), sha256("unknown")}).is_complete);
  EXPECT_THAT(asked_for(), ElementsAre("metadata/timestamp.json"));
  EXPECT_TRUE(rig->has(kA));
}

TEST_F(UpdateTest, ABlobThatRottedIsFoundBeforeANewGenerationUsesIt) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  const auto file = rig->store->reader().blob_path(sha256(kA));
  std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).write("rot", 3);
  city.put_poster("c", picture_bytes(12, 100));
  city.publish();
  rig->restart();
  EXPECT_TRUE(rig->pass().is_complete);
  EXPECT_TRUE(rig->has(kA));
  EXPECT_THAT(rig->wrong_blobs(), IsEmpty());
}

TEST_F(UpdateTest, StoppingAtAnyRequestEndsThePassAndTheNextOneWorks) {
  make_rig();
  ASSERT_TRUE(rig->pass().is_complete);
  const std::size_t requests = http.asked.size();
  for (std::size_t at = 0; at < requests; ++at) {
    SCOPED_TRACE(at);
    make_rig();
    std::size_t count = 0;
    http.before = [&](const HttpTransfer&) -> std::optional<HttpOutcome> {
      if (count++ != at) return std::nullopt;
      rig->stop.ask();
      return no_connection();
    };
    EXPECT_FALSE(rig->pass().is_complete);
    EXPECT_LE(count, at + 2);
    http.before = nullptr;
  }
}

}  // namespace
}  // namespace noseon::testing
