#include "fleet/pull/plan.h"

#include <gtest/gtest.h>

#include "fleet/pull/backoff.h"
#include "fleet/pull/report.h"
#include "fleet/pull/source.h"

namespace noseon {
namespace {

Wanted wanted(const std::string& name, std::uint64_t bytes, int hour, std::uint64_t part = 0) {
  return {{{sha256(name), bytes}, name, Instant{std::chrono::hours{hour}}}, false, part};
}

Room wide() {
  Room room;
  room.quota = 1'000'000;
  room.disk_free = 1'000'000;
  return room;
}

std::string names(const std::vector<Wanted>& list) {
  std::string all;
  for (const Wanted& each : list) all += each.need.target;
  return all;
}

TEST(Plan, WhatPlaysSoonestComesFirst) {
  const auto plan = plan_pull({wanted("c", 10, 9), wanted("a", 10, 1), wanted("b", 10, 5)}, wide());
  ASSERT_TRUE(plan);
  EXPECT_EQ(names(plan->fetch), "abc");
  EXPECT_EQ(plan->missing_blobs, 3);
  EXPECT_EQ(plan->missing_bytes, 30);
}

TEST(Plan, WhatIsThereIsNotFetchedAndOfAPartTheRestCounts) {
  Wanted there = wanted("a", 100, 1);
  there.is_there = true;
  const auto plan = plan_pull({there, wanted("b", 100, 2, 60)}, wide());
  ASSERT_TRUE(plan);
  EXPECT_EQ(names(plan->fetch), "b");
  EXPECT_EQ(plan->missing_bytes, 40);
}

TEST(Plan, TheBudgetEndsWhereItEndsAndTheRestWaits) {
  Room room = wide();
  room.budget_left = 20;
  const auto plan = plan_pull({wanted("a", 10, 1), wanted("b", 10, 2), wanted("c", 10, 3)}, room);
  ASSERT_TRUE(plan);
  EXPECT_EQ(names(plan->fetch), "ab");
  EXPECT_EQ(names(plan->wait), "c");
  room.budget_left = 21;
  EXPECT_EQ(
      names(plan_pull({wanted("a", 10, 1), wanted("b", 10, 2), wanted("c", 10, 3)}, room)->fetch),
      "abc");
  room.budget_left = 0;
  EXPECT_EQ(names(plan_pull({wanted("a", 10, 1)}, room)->wait), "a");
}

TEST(Plan, TheQuotaHoldsWhatPlaysAndWhatComes) {
  Room room = wide();
  room.quota = 100;
  room.must_stay = 60;
  EXPECT_TRUE(plan_pull({wanted("a", 40, 1)}, room));
  const auto over = plan_pull({wanted("a", 41, 1)}, room);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::too_large);
}

TEST(Plan, OneByteTooFewOnTheDiskIsSaid) {
  Room room = wide();
  room.disk_free = 150;
  room.disk_reserved = 100;
  EXPECT_TRUE(plan_pull({wanted("a", 50, 1)}, room));
  const auto over = plan_pull({wanted("a", 51, 1)}, room);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::disk);
}

TEST(Plan, OneByteTooFewBesideTheJournalsRoomIsSaidAndWhyItIsKept) {
  Room room = wide();
  room.disk_free = 154'000'050;
  room.for_journal = 154'000'000;
  EXPECT_TRUE(plan_pull({wanted("a", 50, 1)}, room));
  const auto over = plan_pull({wanted("a", 51, 1)}, room);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::disk);
  EXPECT_EQ(over.error().message,
            "1 MB more are needed on the disk, where 154 MB are kept free for proof of play; free "
            "them, or publish less");
}

TEST(Plan, WhatTheJournalLacksIsGivenBackByWhatNobodyNeeds) {
  Room room = wide();
  room.disk_free = 30;
  room.for_journal = 100;
  room.used = 200;  // of which nothing must stay
  EXPECT_EQ(plan_pull({wanted("a", 130, 1)}, room)->keep_at_most, 0);
  EXPECT_FALSE(plan_pull({wanted("a", 131, 1)}, room));
}

TEST(Plan, WhatNobodyNeedsGivesItsRoom) {
  Room room = wide();
  room.disk_free = 0;
  room.used = 100;  // of which nothing must stay
  const auto plan = plan_pull({wanted("a", 70, 1)}, room);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->keep_at_most, 30);
}

// ---- Backoff and polls ------------------------------------------------------------------------

TEST(Backoff, WaitsAnywhereBelowABoundThatDoublesFromFiveSecondsToFifteenMinutes) {
  Backoff backoff;
  std::vector<std::int64_t> bounds;
  for (int i = 0; i < 10; ++i) {
    // The largest number whose remainder is the bound itself.
    Backoff copy = backoff;
    std::int64_t most = 0;
    for (const std::int64_t bound : {5, 10, 20, 40, 80, 160, 320, 640, 900}) {
      Backoff probe = backoff;
      most = std::max(most, probe.failed(static_cast<std::uint64_t>(bound) * 1000).count() / 1000);
    }
    EXPECT_EQ(copy.failed(0), Millis{0});
    bounds.push_back(most);
    static_cast<void>(backoff.failed(0));
  }
  EXPECT_EQ(bounds, (std::vector<std::int64_t>{5, 10, 20, 40, 80, 160, 320, 640, 900, 900}));
  backoff.succeeded();
  EXPECT_LE(backoff.failed(UINT64_MAX), Backoff::kFirst);
}

TEST(Backoff, ObeysRetryAfterWithinASecondAndAnHour) {
  using std::chrono::seconds;
  EXPECT_EQ(Backoff().failed(0, seconds{0}), seconds{1});
  EXPECT_EQ(Backoff().failed(0, seconds{120}), seconds{120});
  EXPECT_EQ(Backoff().failed(0, seconds{3600}), seconds{3600});
  EXPECT_EQ(Backoff().failed(0, seconds{99'999'999}), seconds{3600});
}

TEST(Polls, ADisplayAsksAtItsOwnMomentOfEachInterval) {
  const DisplayId bus("bus-1");
  const Millis interval{300'000};
  const Instant start{std::chrono::hours{500'000}};
  const Instant first = start + until_poll(bus, interval, start);
  EXPECT_GT(first, start);
  EXPECT_LE(first, start + interval);
  EXPECT_EQ(until_poll(bus, interval, first), interval) << "never twice at the same moment";
  EXPECT_EQ(until_poll(bus, interval, first - Millis{1}), Millis{1});
  EXPECT_EQ(until_poll(bus, interval, Instant{Millis{-5}}) <= interval, true);
}

TEST(Polls, AFleetAsksEvenly) {
  std::vector<int> in_tenth(10);
  for (int i = 0; i < 10'000; ++i) {
    const Millis wait =
        until_poll(DisplayId("bus-" + std::to_string(i)), Millis{300'000}, Instant{Millis{0}});
    ++in_tenth[static_cast<std::size_t>((wait.count() - 1) / 30'000)];
  }
  for (const int count : in_tenth) EXPECT_NEAR(count, 1000, 150);
}

// ---- Sources ----------------------------------------------------------------------------------

TEST(Sources, AreTheBaseOfARepository) {
  const auto sources = parse_sources({"https://cdn.example/noseon/", "file:///media/stick"}, {});
  ASSERT_TRUE(sources);
  EXPECT_EQ((*sources)[0].metadata_url("7.snapshot.json"),
            "https://cdn.example/noseon/metadata/7.snapshot.json");
  EXPECT_EQ((*sources)[0].link, LinkClass::metered);
  EXPECT_EQ((*sources)[1].link, LinkClass::free);
  const Sha256 hash = sha256("x");
  EXPECT_EQ((*sources)[1].target_url("city/a b.png", hash),
            "file:///media/stick/targets/city/" + to_hex(hash) + ".a%20b.png");
  EXPECT_EQ((*sources)[1].metadata_url("2.a%2Fb.json"),
            "file:///media/stick/metadata/2.a%252Fb.json");
}

TEST(Sources, CostNothingWhereTheirUrlBeginsSo) {
  const auto sources =
      parse_sources({"http://depot.local/n", "http://cdn.example"}, {"http://depot.local/"});
  ASSERT_TRUE(sources);
  EXPECT_EQ((*sources)[0].link, LinkClass::free);
  EXPECT_EQ((*sources)[1].link, LinkClass::metered);
}

TEST(Sources, WhatIsNoBaseIsRefusedAndNoPasswordIsSaid) {
  for (const char* const url : {"", "cdn.example", "ftp://x/", "https://", "file://host/x",
                                "https://x/?a=b", "https://x/#y", "https://x y/"}) {
    EXPECT_FALSE(parse_sources({url}, {})) << url;
  }
  const auto refused = parse_sources({"ftp://bus:secret@host/x"}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
}

// ---- Report -----------------------------------------------------------------------------------

TEST(Report, IsReadBackAsItWasWritten) {
  const Instant at = *parse_rfc3339("2027-02-25T12:00:00Z");
  const SyncReport report{.state = SyncState::incomplete,
                          .version = "1.2.3",
                          .display = "bus-1",
                          .sources = {"https://a", "file:///b"},
                          .generation = 42,
                          .issued = at,
                          .last_try = at,
                          .last_success = at,
                          .next_try = at,
                          .missing_blobs = 3,
                          .missing_bytes = 12345,
                          .budget = 1000,
                          .spent_today = 7,
                          .error = "no \"connection\"",
                          .problems = {"가", "b"}};
  const auto read = read_report(write_report(report));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, report);
  EXPECT_EQ(*read_report(write_report({})), SyncReport{});
}

TEST(Report, OfAProgramThatDidNotTellItsVersionIsReadAllTheSame) {
  const auto read = read_report(R"({"format":"noseon.sync/1","state":"failing","generation":7})");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->version, "");
  EXPECT_EQ(read->generation, 7U);
  EXPECT_EQ(words_of(*read, Instant{}).find("version"), std::string::npos);
}

TEST(Report, WhatIsNoReportIsRefused) {
  for (const char* const text : {"", "[]", "{}", "{\"format\":\"noseon.sync/1\"}",
                                 "{\"format\":\"noseon.sync/2\",\"state\":\"failing\"}"}) {
    EXPECT_FALSE(read_report(text)) << text;
  }
}

TEST(Report, FitsOnAScreenInPlainWords) {
  SyncReport report;
  report.state = SyncState::failing;
  report.version = "1.2.3";
  report.display = "bus-1-front";
  report.generation = 7;
  report.last_success = *parse_rfc3339("2027-02-25T09:00:00Z");
  report.missing_blobs = 2;
  report.missing_bytes = 3'400'000;
  report.error = "https://cdn.example/metadata/timestamp.json: no connection";
  EXPECT_EQ(words_of(report, *parse_rfc3339("2027-02-25T12:00:00Z")),
            "display        bus-1-front\n"
            "version        Noseon 1.2.3\n"
            "state          failing; what plays goes on playing\n"
            "plays          generation 7\n"
            "signed         not known yet\n"
            "last success   2027-02-25 09:00:00 UTC (3 hours ago)\n"
            "last try       never\n"
            "next try       not planned\n"
            "missing        3400 kB in 2 files\n"
            "today          0 B over metered links\n"
            "error          https://cdn.example/metadata/timestamp.json: no connection\n");
}

}  // namespace
}  // namespace noseon
