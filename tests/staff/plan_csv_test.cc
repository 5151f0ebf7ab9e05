// The plan as spreadsheets and people read it.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "staff/csv.h"
#include "staff/range.h"
#include "tests/staff/command_line.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

// No field of a plan is quoted: ids, numbers and instants need no quotes.
std::vector<std::vector<std::string>> records_of(const std::string& csv) {
  std::vector<std::vector<std::string>> records;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(line.back(), '\r');
    line.pop_back();
    std::vector<std::string> fields(1);
    for (const char c : line) c == ',' ? fields.emplace_back() : fields.back() += c;
    records.push_back(fields);
  }
  return records;
}

Ran plan(std::vector<std::string> more, const std::string& from = "2027-02-25 19:59",
         const std::string& until = "2027-02-25 20:01") {
  more.insert(more.begin(), {"plan", demo(), "--from", from, "--until", until});
  return run_noseon(more);
}

TEST(Csv, QuotesWhatWouldBreakARecord) {
  EXPECT_EQ(csv_record({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_record({"a,b", "say \"hi\"", "two\nlines"}),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, SecondsAreExactToTheMillisecond) {
  EXPECT_EQ(csv_seconds(Millis{8000}), "8");
  EXPECT_EQ(csv_seconds(Millis{500}), "0.5");
  EXPECT_EQ(csv_seconds(Millis{60'001}), "60.001");
  EXPECT_EQ(csv_seconds(Millis{100'000}), "100");
}

TEST(PlanCsv, HasTheSlotsOfTheJson) {
  const Ran csv = plan({"--csv"});
  ASSERT_EQ(csv.exit_code, 0) << csv.err;
  const auto records = records_of(csv.out);
  const json slots = json::parse(plan({"--json"}).out).at("slots");
  ASSERT_EQ(records.size(), slots.size() + 1);
  EXPECT_EQ(records[0],
            (std::vector<std::string>{"from", "until", "seconds", "campaign", "item", "role"}));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    EXPECT_EQ(records[i + 1][0], slots[i]["from"]);
    EXPECT_EQ(records[i + 1][1], slots[i]["until"]);
    EXPECT_EQ(records[i + 1][3], slots[i]["campaign"]);
    EXPECT_EQ(records[i + 1][4], slots[i]["item"]);
  }
  EXPECT_EQ(records.back()[5], "takeover");
  EXPECT_EQ(records[1][5], "normal");
}

TEST(PlanCsv, HasTheSharesOfTheJson) {
  const auto records = records_of(plan({"--csv", "--shares"}).out);
  const json shares = json::parse(plan({"--json"}).out).at("share");
  ASSERT_EQ(records.size(), shares.size() + 1);
  EXPECT_EQ(records[0], (std::vector<std::string>{"campaign", "item", "role", "asked", "delivered",
                                                  "plays", "ms", "seconds"}));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    EXPECT_EQ(records[i + 1][1], shares[i]["item"]);
    EXPECT_NEAR(std::stod(records[i + 1][4]), shares[i]["share"].get<double>(), 1e-6);
    EXPECT_EQ(records[i + 1][6], std::to_string(shares[i]["ms"].get<std::int64_t>()));
  }
}

TEST(PlanCsv, IsNotJsonToo) {
  EXPECT_EQ(plan({"--csv", "--json"}).exit_code, 2);
  EXPECT_EQ(plan({"--shares"}).exit_code, 2);
}

TEST(PlanText, AShortPlanListsItsSlots) {
  const Ran ran = plan({});
  EXPECT_NE(ran.out.find("2027-02-25 19:59 to 2027-02-25 20:01 (2 min), Asia/Seoul:"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("2027-02-25 20:00:00"), std::string::npos) << ran.out;
}

TEST(PlanText, ALongPlanIsGroupedByWhatTakesTurns) {
  const Ran ran = plan({}, "2027-02-25", "2027-02-26");
  EXPECT_NE(ran.out.find("2027-02-25 20:00 to 22:00: khojaly/anniversary alone\n"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("2027-02-25 22:00 to 24:00: 9 items take turns, loop "), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("khojaly/remember 3 turns, lights 2,"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("2027-02-25 20:00:00"), std::string::npos) << ran.out;
}

TEST(PlanText, SlotsListsThemAll) {
  const std::string out = plan({"--slots"}, "2027-02-25", "2027-02-26").out;
  EXPECT_NE(out.find("2027-02-25 20:00:00  "), std::string::npos);
  EXPECT_GT(std::count(out.begin(), out.end(), '\n'), 5000);
}

TEST(PlanText, AStretchGoesOnAcrossMidnights) {
  const Ran ran = plan({}, "2027-04-10", "2027-04-20");
  EXPECT_NE(ran.out.find("\n2027-04-10 00:00 to 2027-04-20 00:00: 7 items"), std::string::npos)
      << ran.out;
}

TEST(Range, SpansOfOneDaySayItOnce) {
  const Zone utc = Zone::utc();
  const auto span = [&](const char* from, const char* until) {
    return span_text({parse_rfc3339(from).value(), parse_rfc3339(until).value()}, utc);
  };
  EXPECT_EQ(span("2027-02-01T06:30:00Z", "2027-02-01T09:30:00Z"), "2027-02-01 06:30 to 09:30");
  EXPECT_EQ(span("2027-02-01T06:30:05Z", "2027-02-02T00:00:00Z"), "2027-02-01 06:30:05 to 24:00");
  EXPECT_EQ(span("2027-02-01T06:30:00Z", "2027-02-02T00:00:01Z"),
            "2027-02-01 06:30 to 2027-02-02 00:00:01");
}

}  // namespace
}  // namespace noseon::testing
