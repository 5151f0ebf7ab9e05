#include "playlist/sheet_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "playlist/sheet_columns.h"

namespace noseon {
namespace {

using ::testing::ElementsAre;

std::string day(const char* cell) {
  const auto moment = moment_of(cell, MomentUse::day);
  return moment ? *moment : "error: " + moment.error().message;
}
std::string moment(const char* cell) {
  const auto moment = moment_of(cell, MomentUse::moment);
  return moment ? *moment : "error: " + moment.error().message;
}

TEST(SheetDays, AreReadAsSpreadsheetsWriteThem) {
  for (const char* cell :
       {"2027-02-01", "2027/02/01", "2027. 2. 1.", "2027.02.01", "2027-2-1", "2027년 2월 1일",
        " 2027-02-01 ", "\u00A02027-02-01\u00A0", "２０２７－０２－０１", "'2027-02-01",
        "2027-02-01 0:00", "2027-02-01 00:00:00", "2027-02-01 오전 12:00"}) {
    EXPECT_EQ(day(cell), "2027-02-01") << cell;
  }
}

TEST(SheetDays, WithTheYearLastAreRefusedWithARemedy) {
  EXPECT_EQ(day("02/01/2027"),
            "error: in \"02/01/2027\" nobody can tell year, month and day apart; write the year "
            "first, for example 2027-02-01, or give the column the format yyyy-mm-dd");
  EXPECT_NE(day("1.2.27").find("2027-01-02"), std::string::npos);
  EXPECT_NE(day("25/02/2027").find("2027-02-25"), std::string::npos);
}

TEST(SheetDays, ThatAreNoDaysAreRefused) {
  for (const char* cell :
       {"46419", "2027-02-30", "2027-02", "Feb 1", "2027-02/01", "soon", "2027-02-01x"}) {
    EXPECT_NE(day(cell).find("is no day"), std::string::npos) << cell;
  }
}

TEST(SheetMoments, HaveADayAndATime) {
  for (const char* cell : {"2027-02-25 08:00", "2027-02-25 8:00", "2027. 2. 25. 8:00",
                           "2027-02-25T08:00:00", "2027-02-25 오전 8:00", "2027/02/25 8:00 AM"}) {
    EXPECT_EQ(moment(cell), "2027-02-25T08:00:00") << cell;
  }
  EXPECT_EQ(moment("2027-02-25 오후 12:30:15.250"), "2027-02-25T12:30:15.250");
  EXPECT_EQ(moment("2027-02-25 0:00"), "2027-02-25T00:00:00");
  EXPECT_EQ(moment("2027-02-25T08:00:00.000+09:00"), "2027-02-24T23:00:00.000+00:00");
  EXPECT_NE(moment("2027-02-25 25:00").find("is no day"), std::string::npos);
}

TEST(SheetYearly, IsReadInTheFormsOfTheDesk) {
  for (const char* cell : {"02-01/03-31", "2.1~3.31", "2.1～3.31", "2/1-3/31", "2/1~3/31",
                           "2월 1일 ~ 3월 31일", "2. 1. ~ 3. 31.", "2월 1일부터 3월 31일까지"}) {
    EXPECT_EQ(yearly_of(cell), "02-01/03-31") << cell;
  }
  EXPECT_EQ(yearly_of("2/1/3/31"), "2/1/3/31");
  EXPECT_EQ(yearly_of("spring"), "spring");
}

TEST(SheetHours, AreReadInTheFormsOfTheDesk) {
  for (const char* cell :
       {"06:30-09:30", "6:30-9:30", "6:30~9:30", "6:30～9:30", "6:30 – 9:30",
        "오전 6:30 ~ 오전 9:30", "6시 30분~9시 30분", "６：３０～９：３０", "6:30 AM - 9:30 AM"}) {
    EXPECT_EQ(hours_of(cell), "06:30-09:30") << cell;
  }
  EXPECT_EQ(hours_of("0:00-24:00"), "00:00-24:00");
  EXPECT_EQ(hours_of("오후 10시~오전 2시"), "22:00-02:00");
  EXPECT_EQ(hours_of("25:00-26:00"), "25:00-26:00");
}

TEST(SheetDayPatterns, AreReadInBothLanguages) {
  EXPECT_EQ(days_of("평일"), "mon-fri");
  EXPECT_EQ(days_of("주말"), "sat,sun");
  EXPECT_EQ(days_of("매일"), "daily");
  EXPECT_EQ(days_of("월-금, 공휴일 제외"), "mon-fri,-holiday");
  EXPECT_EQ(days_of("월~금,-공휴일"), "mon-fri,-holiday");
  EXPECT_EQ(days_of("월수금"), "mon,wed,fri");
  EXPECT_EQ(days_of("토·일"), "sat,sun");
  EXPECT_EQ(days_of("월요일; 수요일"), "mon,wed");
  EXPECT_EQ(days_of("weekdays, sunday"), "mon-fri,sun");
  EXPECT_EQ(days_of("mon - fri"), "mon-fri");
  EXPECT_EQ(days_of("mon-fri,-holiday"), "mon-fri,-holiday");
  EXPECT_EQ(days_of("funday"), "funday");
}

TEST(SheetNumbers, AreReadAsSpreadsheetsWriteThem) {
  EXPECT_EQ(whole_of("8.0"), "8");
  EXPECT_EQ(whole_of(" ８ "), "8");
  EXPECT_EQ(whole_of("'8"), "8");
  EXPECT_EQ(whole_of("8초"), "8");
  EXPECT_EQ(whole_of("1,000"), "1000");
  EXPECT_EQ(whole_of("8.5"), "8.5");
  EXPECT_EQ(whole_of("eight"), std::nullopt);
  EXPECT_EQ(whole_of("99999999999999999999"), std::nullopt);
  EXPECT_EQ(decimal_of("37,5547"), "37.5547");
  EXPECT_EQ(decimal_of("-33.80"), "-33.8");
  EXPECT_EQ(decimal_of("1E-05"), "1e-05");
  EXPECT_EQ(decimal_of("nan"), std::nullopt);
  EXPECT_EQ(metres_of("1,000"), "1000");
  EXPECT_EQ(metres_of("600 m"), "600");
  EXPECT_EQ(share_of("1%"), "0.01");
  EXPECT_EQ(share_of("0.07 %"), "0.0007");
  EXPECT_EQ(share_of("0.01"), "0.01");
}

TEST(SheetTexts, ThatExcelWouldRunGetAnApostropheAndLoseItAgain) {
  const std::pair<const char*, const char*> kCases[] = {
      {"=1+1", "'=1+1"},  {"+82", "'+82"}, {"-50%", "'-50%"}, {"@all", "'@all"},
      {"\tx", "'\tx"},    {"'=1", "''=1"}, {"''=1", "'''=1"}, {"＝1", "'＝1"},
      {"'twas", "'twas"}, {"'", "'"},      {"a=1", "a=1"},    {"", ""},
  };
  for (const auto& [text, cell] : kCases) {
    EXPECT_EQ(guarded(text), cell);
    EXPECT_EQ(unguarded(cell), text);
  }
}

TEST(SheetNames, ReadBackWhateverTheyHold) {
  for (const char* name :
       {"421", "5-1",     "007", " a ",  "\"a\"", "'a",   "=a", "-a",   "'=a", "a b",
        "a,b", "\u00A0a", "1e5", "TRUE", "jan1",  "a\nb", "가", "3.50", "\"",  "''"}) {
    EXPECT_EQ(read_name(written_name(name)), name);
    EXPECT_THAT(read_names(written_names({name})), ElementsAre(name));
    EXPECT_THAT(read_names(written_names({name, "x", name})), ElementsAre(name, "x", name));
  }
  EXPECT_THAT(read_names(written_names({"", ""})), ElementsAre("", ""));
}

TEST(SheetNames, AreQuotedOnlyWhereTheyNeedIt) {
  EXPECT_EQ(written_names({"421", "N16"}), "421; N16");
  EXPECT_EQ(written_names({"5-1", "a;b"}), "\"5-1\"; \"a;b\"");
  EXPECT_EQ(written_names({"=a"}), "'=a");
}

TEST(SheetNames, ArePartedByCommasSemicolonsAndNewlines) {
  EXPECT_THAT(read_names("421, N16;5-1\n 7 "), ElementsAre("421", "N16", "5-1", "7"));
  EXPECT_THAT(read_names("421；N16，"), ElementsAre("421", "N16"));
  EXPECT_THAT(read_names("'421"), ElementsAre("421"));
  EXPECT_THAT(read_names(" ; "), ElementsAre());
}

TEST(SheetNames, ThatASpreadsheetRewroteAreKnown) {
  for (const char* name : {"05월 01일", "5월 1일", "1-May", "2027-05-01"})
    EXPECT_TRUE(looks_rewritten(name));
  for (const char* name : {"5-1", "421", "N16", "5-1A", "100-Mall"})
    EXPECT_FALSE(looks_rewritten(name));
}

TEST(SheetHeaders, AreReadInBothLanguagesAndAnyCase) {
  const auto name = [](const char* header) {
    const auto column = read_header(header);
    return column ? column->name() : "error: " + column.error().message;
  };
  for (const char* header :
       {"text.ko", "TEXT.KO", "Text (ko)", "text ko", "text_ko", "문구(ko)", "문구 ko", "문구ko",
        " 문구 ( ko ) ", "문구（ko）", "문구(한국어)", "text Korean"}) {
    EXPECT_EQ(name(header), "text.ko") << header;
  }
  EXPECT_EQ(name("문구(zh-Hant)"), "text.zh-Hant");
  EXPECT_EQ(name("대체 문구(en)"), "alt.en");
  EXPECT_EQ(name("대체문구 en"), "alt.en");
  EXPECT_EQ(name("text.order"), "text.order");
  EXPECT_EQ(name("문구(순서)"), "text.order");
  EXPECT_EQ(name("아이디"), "id");
  EXPECT_EQ(name("Name"), "id");
  EXPECT_EQ(name("시작일"), "from");
  EXPECT_EQ(name("종료일"), "until");
  EXPECT_EQ(name("시간대"), "dayparts");
  EXPECT_EQ(name("장소"), "near");
  EXPECT_EQ(name("Radius m"), "radius_m");
  EXPECT_EQ(name("\u00A0Hours "), "hours");
  EXPECT_NE(name("wieght").find("did you mean \"weight\"?"), std::string::npos);
  EXPECT_NE(name("문구").find("lacks its language"), std::string::npos);
  EXPECT_NE(name("texture").find("is not known"), std::string::npos);
}

TEST(SheetHeaders, OfEveryColumnReadBackInBothLanguages) {
  for (const ColumnKind& kind : column_kinds()) {
    const Column column{&kind, kind.is_by_language ? "az" : ""};
    for (const auto language : {SheetLanguage::english, SheetLanguage::korean}) {
      const auto read = read_header(header_of(column, language));
      ASSERT_TRUE(read) << kind.key;
      EXPECT_EQ(read->name(), column.name());
    }
  }
}

}  // namespace
}  // namespace noseon
