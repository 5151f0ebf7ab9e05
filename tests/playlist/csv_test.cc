#include "playlist/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;

CsvRows rows_of(const std::string& bytes) {
  const ParsedCsv parsed = parse_csv(bytes, "plan.csv");
  EXPECT_TRUE(parsed.findings.empty()) << to_string(parsed.findings.front());
  return parsed.rows;
}

// "code row:column" of the only finding.
std::string finding_of(const std::string& bytes) {
  const ParsedCsv parsed = parse_csv(bytes, "plan.csv");
  if (parsed.findings.size() != 1) return std::to_string(parsed.findings.size()) + " findings";
  const Finding& finding = parsed.findings.front();
  EXPECT_EQ(finding.file, "plan.csv");
  return finding.code + " " + std::to_string(finding.place.line) + ":" +
         std::to_string(finding.place.column);
}

TEST(Csv, RowsEndWithAnyKindOfNewline) {
  const CsvRows expected = {{"a", "b"}, {"c", "d"}};
  EXPECT_EQ(rows_of("a,b\r\nc,d\r\n"), expected);
  EXPECT_EQ(rows_of("a,b\nc,d\n"), expected);
  EXPECT_EQ(rows_of("a,b\rc,d\r"), expected);
  EXPECT_EQ(rows_of("a,b\r\nc,d"), expected);
}

TEST(Csv, ByteOrderMarkIsNoPartOfTheFirstCell) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "id,text\r\n"),
            (CsvRows{{"id", "text"}}));
}

TEST(Csv, QuotedCellsHoldDelimitersNewlinesAndDoubledQuotes) {
  EXPECT_EQ(rows_of("\"a,b\",\"c\r\nd\",\"say \"\"hi\"\"\",\"\"\r\n1,2,3,4\r\n"),
            (CsvRows{{"a,b", "c\r\nd", "say \"hi\""}, {"1", "2", "3", "4"}}));
}

TEST(Csv, ANewlineInACellMovesNoRow) {
  EXPECT_EQ(finding_of("a,b\n\"1\n2\n3\",x\ny,\"z"), "open-quote 3:2");
}

TEST(Csv, TheDelimiterIsWhatTheHeaderHasMostOf) {
  EXPECT_EQ(rows_of("a;b\n1,5;2\n"), (CsvRows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(rows_of("a\tb\n1;5\t2\n"), (CsvRows{{"a", "b"}, {"1;5", "2"}}));
  EXPECT_EQ(rows_of("\"a;;;\",b\n1;2,3\n"), (CsvRows{{"a;;;", "b"}, {"1;2", "3"}}));
  EXPECT_EQ(rows_of(";;\na;b\n"), (CsvRows{{}, {"a", "b"}}));
  EXPECT_EQ(rows_of("a\nb;c\n"), (CsvRows{{"a"}, {"b;c"}}));
}

TEST(Csv, AFirstLineNamesTheDelimiterAndIsNoRow) {
  EXPECT_EQ(rows_of("sep=;\r\na,x;b\r\n1;2\r\n"), (CsvRows{{"a,x", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("\xEF\xBB\xBFsep=\t\r\na\tb\r\n"), (CsvRows{{"a", "b"}}));
  EXPECT_EQ(rows_of("sep=|\na,b\n"), (CsvRows{{"sep=|"}, {"a", "b"}}));
}

TEST(Csv, Utf16FromExcelIsRead) {
  EXPECT_EQ(rows_of("\xFF\xFE"
                    "a\0\t\0\x00\xAC\r\0\n\0"s),
            (CsvRows{{"a", "가"}}));
}

TEST(Csv, KoreanTextThatIsNotUtf8IsReadWithAWarning) {
  const ParsedCsv parsed = parse_csv("id,\xB9\xAE\xB1\xB8\r\n", "plan.csv");
  EXPECT_EQ(parsed.rows, (CsvRows{{"id", "문구"}}));
  ASSERT_EQ(parsed.findings.size(), 1U);
  EXPECT_EQ(parsed.findings[0].severity, Severity::warning);
  EXPECT_EQ(parsed.findings[0].code, "guessed-encoding");
  EXPECT_EQ(finding_of("id,\xFF\xFF\x80"), "bad-encoding 1:1");
}

TEST(Csv, EmptyEndsOfRowsAndTablesAreNothing) {
  EXPECT_EQ(rows_of("a,b,,,\r\n,1,,\r\n,,,\r\nc\r\n,,,,\r\n\r\n"),
            (CsvRows{{"a", "b"}, {"", "1"}, {}, {"c"}}));
}

TEST(Csv, TextBehindAClosingQuoteIsAnErrorAtItsCell) {
  EXPECT_EQ(finding_of("a,b\n1,\"x\"y\n"), "stray-text 2:2");
}

TEST(Csv, AQuoteInsideACellIsAnOrdinaryCharacter) {
  EXPECT_EQ(rows_of("a,5\" wide\n"), (CsvRows{{"a", "5\" wide"}}));
}

TEST(Csv, CapsHoldExactly) {
  const std::string cell(kCsvCellBytesMax, 'x');
  EXPECT_EQ(rows_of("a," + cell + "\n")[0][1].size(), kCsvCellBytesMax);
  EXPECT_EQ(finding_of("a,b\n1," + cell + "x\n"), "cell-too-long 2:2");
  EXPECT_EQ(finding_of("a,b\n1,\"" + cell + "x\"\n"), "cell-too-long 2:2");

  const std::string commas(kCsvColumnsMax - 1, ',');
  EXPECT_EQ(rows_of("a" + commas + "z\n")[0].size(), kCsvColumnsMax);
  EXPECT_EQ(finding_of("a" + commas + ",z,z\n"), "too-many-columns 1:257");
  EXPECT_EQ(rows_of("a" + commas + ",,,,\n").size(), 1U);

  std::string rows;
  for (std::size_t i = 0; i < kCsvRowsMax; ++i) rows += "a\n";
  EXPECT_EQ(rows_of(rows + "\n,\n").size(), kCsvRowsMax);
  EXPECT_EQ(finding_of(rows + "a\n"), "too-many-rows 12001:1");
  EXPECT_EQ(finding_of(std::string(kCsvBytesMax + 1, 'a')), "too-large 1:1");
}

TEST(Csv, ErrorsSayTheCellAsASpreadsheetShowsIt) {
  const ParsedCsv parsed = parse_csv("a,b,c,d\n\n1,2,3,\"x\"y\n", "plan.csv");
  ASSERT_EQ(parsed.findings.size(), 1U);
  EXPECT_EQ(to_string(parsed.findings[0]).substr(0, 52),
            "plan.csv:3:4: error: row 3, column D: there is text ");
}

TEST(Csv, ColumnsAreNamedAsInASpreadsheet) {
  EXPECT_EQ(column_letters(1), "A");
  EXPECT_EQ(column_letters(26), "Z");
  EXPECT_EQ(column_letters(27), "AA");
  EXPECT_EQ(column_letters(256), "IV");
}

TEST(Csv, IsWrittenAsExcelReadsIt) {
  EXPECT_EQ(write_csv({{"a", "b,c"}, {}, {"say \"hi\"", "x\ny", " z"}}).value(),
            "\xEF\xBB\xBF"
            "a,\"b,c\"\r\n\r\n\"say \"\"hi\"\"\",\"x\ny\",\" z\"\r\n");
}

TEST(Csv, WhatIsWrittenReadsBack) {
  const CsvRows rows = {
      {"sep=;", "x"}, {}, {"a;b", "\t", "\r", "\"", "\"\"", "가"}, {"", "", "\uFEFF"}};
  EXPECT_EQ(rows_of(write_csv(rows).value()), rows);
  EXPECT_EQ(rows_of(write_csv({{"sep=;"}, {"a"}}).value()), (CsvRows{{"sep=;"}, {"a"}}));
}

TEST(Csv, WhatCouldNotBeReadIsNotWritten) {
  const auto written = write_csv({{"a", std::string(kCsvCellBytesMax + 1, 'x')}});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::too_large);
  EXPECT_NE(written.error().message.find("row 1, column B"), std::string::npos);
  EXPECT_FALSE(write_csv({CsvRow(kCsvColumnsMax + 1)}));
  EXPECT_FALSE(write_csv(CsvRows(kCsvRowsMax + 1)));
}

}  // namespace
}  // namespace noseon
