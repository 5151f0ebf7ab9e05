#include "playlist/spreadsheet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "playlist/parse.h"
#include "playlist/write_toml.h"
#include "tests/playlist/bus.h"
#include "tests/support/same_campaign.h"

namespace noseon::testing {
namespace {

ImportedSheet import(const std::string& csv, ImportInto into = {}) {
  if (into.id.empty()) into.id = "folder";
  if (into.existing_file.empty()) into.existing_file = "campaign.toml";
  return import_sheet(csv, "plan.csv", into, zones());
}

Campaign campaign_of(const std::string& toml) {
  ParsedCampaign parsed = parse_campaign(toml, "campaign.toml", zones());
  for (const Finding& finding : parsed.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
  return parsed.campaign.value_or(Campaign{});
}

// The campaign of a table that is expected to be sound.
Campaign sound(const std::string& csv, const ImportInto& into = {}) {
  const ImportedSheet imported = import(csv, into);
  for (const Finding& finding : imported.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
  return campaign_of(imported.toml);
}

// "code row:column" of each error, or of each warning.
std::string told(const std::string& csv, Severity severity, const ImportInto& into = {}) {
  std::string text;
  for (const Finding& finding : import(csv, into).findings) {
    if (finding.severity != severity) continue;
    text += (text.empty() ? "" : ", ") + finding.code + " " + std::to_string(finding.place.line) +
            ":" + std::to_string(finding.place.column);
  }
  return text;
}
std::string errors(const std::string& csv, const ImportInto& into = {}) {
  return told(csv, Severity::error, into);
}
std::string warnings(const std::string& csv, const ImportInto& into = {}) {
  return told(csv, Severity::warning, into);
}

std::string message(const std::string& csv) {
  const ImportedSheet imported = import(csv);
  const auto error = std::find_if(imported.findings.begin(), imported.findings.end(),
                                  [](const Finding& f) { return f.severity == Severity::error; });
  return error == imported.findings.end() ? "" : to_string(*error);
}

constexpr const char* kWhole =
    "row,id,title.ko,timezone,holidays,contact,from,until,yearly,days,hours,lat,lon,radius_m,"
    "background,ink,font,weight,align,padding,poster,text.ko,text.en,alt.ko,style,fit,transition,"
    "role,seconds,dayparts,routes,near,labels,share,salt\n"
    "campaign,spring,봄,Asia/Seoul,kr,a@b.c\n"
    "window,,,,,,,,02-01/03-31\n"
    "daypart,commute,,,,,,,,\"mon-fri,-holiday\",06:30-09:30\n"
    "daypart,commute,,,,,,,,mon-fri,17:00-20:30\n"
    "place,station,,,,,,,,,,37.5547,126.9707,600\n"
    "style,night,,,,,,,,,,,,,#0b1420,#f1efe8,serif,regular,left,10\n"
    "item,one,,,,,,,02-20/03-31,,,,,,,,,3,,,posters/one.png,,,촛불,,fill,cut,takeover,8,commute,"
    "\"421; \"\"5-1\"\"\",station,depot:a;type:b,1%,s\n"
    "item,two,,,,,,,,daily,20:00-22:00,,,,,,,,,,,가,a,,night\n";

constexpr const char* kWholeToml = R"(format = "noseon.campaign/1"
id = "spring"
title = { ko = "봄" }
timezone = "Asia/Seoul"
holidays = "kr"
contact = "a@b.c"
[window]
yearly = "02-01/03-31"
[dayparts]
commute = [{ days = "mon-fri,-holiday", hours = "06:30-09:30" },
           { days = "mon-fri", hours = "17:00-20:30" }]
[places]
station = { lat = 37.5547, lon = 126.9707, radius_m = 600 }
[styles.night]
background = "#0b1420"
ink = "#f1efe8"
font = "serif"
weight = "regular"
align = "left"
padding = 10
[[item]]
id = "one"
poster = "posters/one.png"
alt = { ko = "촛불" }
fit = "fill"
transition = "cut"
role = "takeover"
weight = 3
seconds = 8
yearly = "02-20/03-31"
dayparts = ["commute"]
routes = ["421", "5-1"]
near = ["station"]
labels = ["depot:a", "type:b"]
share = 0.01
salt = "s"
[[item]]
id = "two"
text = { ko = "가", en = "a" }
style = "night"
days = "daily"
hours = "20:00-22:00"
)";

TEST(Import, ReadsEveryKindOfRowAndEveryKey) {
  EXPECT_EQ(difference(sound(kWhole), campaign_of(kWholeToml)), "");
}

constexpr const char* kStyles =
    "row,id,like,background,picture,scrim,ink,font,weight,align,wrap,padding,size,line height,"
    "letter spacing,outline color,outline width,shadow color,shadow right,shadow down,shadow blur,"
    "shadow opacity,text.ko,style,clock\n"
    "style,one,,#010203,back/"
    "a.jpg,40%,#040506,serif,regular,start,syllable,12,130,140,-2,#070809,6,"
    "#0a0b0c,-3,6,12,45,,,time\n"
    "style,two,notice,,,,,,,,,,25\n"
    "style,three,,,,,,,,,,,,,,#ffffff,,,,,0\n"
    "item,a,,,,,,,,,,,,,,,,,,,,,가,one\n"
    "item,b,,,,,,,,,,,,,,,,,,,,,나,warm\n";

constexpr const char* kStylesToml = R"([styles.one]
background = "#010203"
picture = "back/a.jpg"
scrim = 40
ink = "#040506"
font = "serif"
weight = "regular"
align = "start"
wrap = "syllable"
padding = 12
size = 130
line_height = 140
letter_spacing = -2
outline = { color = "#070809", width = 6 }
shadow = { color = "#0a0b0c", right = -3, down = 6, blur = 12, opacity = 45 }
clock = "time"
[styles.two]
like = "notice"
size = 25
[styles.three]
outline = { color = "#ffffff" }
shadow = { blur = 0 }
[[item]]
id = "a"
text = { ko = "가" }
style = "one"
[[item]]
id = "b"
text = { ko = "나" }
style = "warm"
)";

TEST(Import, ReadsEveryKeyOfAStyle) {
  ImportInto into;
  into.id = "spring";
  EXPECT_EQ(difference(sound(kStyles, into), campaign_of(campaign_toml(kStylesToml))), "");
}

constexpr const char* kMoving =
    "row,id,text.ko,text.en,caption.ko,caption.en,poster,motion,style,clock\n"
    "style,clocked,,,,,,,,date\n"
    "item,news,가,a,,,,ticker,clocked\n"
    "item,still,나,b,,,,still\n"
    "item,square,,,광장,Square,posters/a.png\n";

constexpr const char* kMovingInKorean =
    "행,아이디,문구(ko),문구(en),설명(ko),캡션 en,포스터,움직임,스타일,시계\n"
    "스타일,clocked,,,,,,,,날짜와 시각\n"
    "항목,news,가,a,,,,흐르기,clocked\n"
    "항목,still,나,b,,,,고정\n"
    "항목,square,,,광장,Square,posters/a.png\n";

constexpr const char* kMovingToml = R"([styles.clocked]
clock = "date"
[[item]]
id = "news"
text = { ko = "가", en = "a" }
motion = "ticker"
style = "clocked"
[[item]]
id = "still"
text = { ko = "나", en = "b" }
[[item]]
id = "square"
poster = "posters/a.png"
caption = { ko = "광장", en = "Square" }
)";

TEST(Import, ReadsCaptionsTickersAndClocksInBothLanguages) {
  ImportInto into;
  into.id = "spring";
  const Campaign campaign = campaign_of(campaign_toml(kMovingToml));
  EXPECT_EQ(difference(sound(kMoving, into), campaign), "");
  EXPECT_EQ(difference(sound(kMovingInKorean, into), campaign), "");
}

TEST(Export, WritesCaptionsTickersAndClocksInBothLanguages) {
  const Campaign campaign = campaign_of(campaign_toml(kMovingToml));
  const auto has = [&](SheetLanguage language, const char* words) {
    const std::string csv = export_sheet(campaign, language).value().csv;
    return csv.find(words) != std::string::npos ? "" : csv;
  };
  for (const char* words : {"caption.ko", "motion", "clock", "ticker", "date"})
    EXPECT_EQ(has(SheetLanguage::english, words), "") << words;
  for (const char* words : {"설명(ko)", "움직임", "시계", "흐르기", "날짜와 시각"})
    EXPECT_EQ(has(SheetLanguage::korean, words), "") << words;
}

TEST(Import, NamesThePicturesOfStylesForWhoCanLook) {
  const ImportedSheet imported = import(kStyles);
  ASSERT_EQ(imported.posters.size(), 1U);
  EXPECT_EQ(imported.posters[0].path, "back/a.jpg");
  EXPECT_EQ(imported.posters[0].where, "row 2, column E (picture)");
}

TEST(Import, SaysInWhichCellAStyleIsWrong) {
  EXPECT_EQ(errors("row,id,outline.width,shadow.blur,wrap,text.ko\n"
                   "style,x,4,,,\n"
                   "style,y,,51,word,\n"
                   "item,a,,,,가\n"),
            "missing-key 2:3, out-of-range 3:4, unknown-word 3:5");
}

TEST(Export, WritesEveryKeyOfAStyleAndOfAShippedOneOnlyTheName) {
  const Campaign campaign = campaign_of(campaign_toml(kStylesToml));
  ASSERT_EQ(campaign.styles.size(), 4U);
  for (const auto language : {SheetLanguage::english, SheetLanguage::korean}) {
    const auto sheet = export_sheet(campaign, language);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->rows, 6U) << "the head, three styles, two items";
    EXPECT_EQ(difference(sound(sheet->csv), campaign), "") << sheet->csv;
  }
}

TEST(Export, WritesEveryKindOfRowAndEveryKey) {
  const Campaign campaign = campaign_of(kWholeToml);
  for (const auto language : {SheetLanguage::english, SheetLanguage::korean}) {
    const auto sheet = export_sheet(campaign, language);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->rows, 8U);
    EXPECT_EQ(difference(sound(sheet->csv), campaign), "");
  }
}

TEST(Export, WritesHeadersAndWordsInKorean) {
  const std::string csv = export_sheet(campaign_of(kWholeToml), SheetLanguage::korean)->csv;
  EXPECT_EQ(
      csv.find("\xEF\xBB\xBF행,아이디,제목(ko),표준시,공휴일,연락처,역할,포스터,문구(ko),문구(en),"
               "대체 문구(ko),스타일,맞춤,전환,초,가중치,시작일,종료일,매년,요일,시간,시간대,노선,"
               "장소,라벨,비율,솔트,위도,경도,반경(m),배경색,글자색,글꼴,정렬,여백\r\n"),
      0U)
      << csv;
  EXPECT_NE(csv.find("\r\n시간대,commute,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"월-금,-공휴일\",06:30-09:30"), std::string::npos) << csv;
  EXPECT_NE(csv.find("단독,posters/one.png"), std::string::npos) << csv;
  EXPECT_NE(csv.find("명조,왼쪽,10"), std::string::npos) << csv;
}

TEST(Import, ItemsAloneAreEnoughInKorean) {
  const Campaign campaign = sound(
      "아이디;포스터;문구(ko);대체 문구(ko);역할;시작일;종료일;매년;요일;시간;노선;가중치;초\r\n"
      "one;posters/one.png;;그림;특집;2027. 2. 1.;2027/02/28;;평일;6:30~9:30;421,N16;2.0;8초\r\n"
      "two;;가;;긴급;2027-02-25 오전 8:00;2027-02-25 20:00;;;;;;\r\n"
      "three;;나;;일반;;;2.1～3.31;월수금;;;;\r\n");
  EXPECT_EQ(difference(campaign, campaign_of(R"(format = "noseon.campaign/1"
id = "folder"
timezone = "Asia/Seoul"
[[item]]
id = "one"
poster = "posters/one.png"
alt = { ko = "그림" }
role = "takeover"
from = 2027-02-01
until = 2027-02-28
days = "mon-fri"
hours = "06:30-09:30"
routes = ["421", "N16"]
weight = 2
seconds = 8
[[item]]
id = "two"
text = { ko = "가" }
role = "urgent"
from = 2027-02-25T08:00:00
until = 2027-02-25T20:00:00
[[item]]
id = "three"
text = { ko = "나" }
yearly = "02-01/03-31"
days = "mon,wed,fri"
)")),
            "");
}

TEST(Import, SaysWhatItAssumesOfANewCampaign) {
  const ImportedSheet imported = import("id,text.ko\na,가\n");
  ASSERT_EQ(imported.findings.size(), 2U);
  EXPECT_EQ(imported.findings[0].code, "assumed-head");
  EXPECT_NE(imported.findings[0].message.find("\"folder\""), std::string::npos);
  EXPECT_NE(imported.findings[1].message.find("\"Asia/Seoul\""), std::string::npos);
}

TEST(Import, ErrorsInsideItemsAreToldByRowAndColumn) {
  EXPECT_EQ(errors("id,text.ko,hours,dayparts,weight,near,from,role\n"
                   "a,가,9-5,,,,,\n"
                   "b,가,,evening,heavy,,,\n"
                   "c,가,,,5000,home,,\n"
                   "d,가,,,,,02/01/2027,boss\n"
                   ",가\n"
                   "a,가\n"),
            "bad-hours 2:3, unknown-daypart 3:4, wrong-type 3:5, out-of-range 4:5, "
            "unknown-place 4:6, bad-date 5:7, unknown-word 5:8, missing-key 6:1, double-id 7:1");
  EXPECT_EQ(message("id,text.ko,hours\na,가,9-5\n").substr(0, 87),
            "plan.csv:2:3: error: row 2, column C (hours): \"9-5\" are no hours; write "
            "\"HH:MM-HH:MM\", ");
  EXPECT_NE(message("아이디,문구 ko,시간\na,가,9-5\n").find("row 2, column C (시간): "),
            std::string::npos);
}

TEST(Import, ErrorsBetweenCellsAreToldByRowAndColumn) {
  EXPECT_EQ(errors("id,poster,text.ko\na,p.png,가\nb,,\n"),
            "poster-and-text 2:3, nothing-to-show 3:1");
  EXPECT_EQ(errors("id,text.ko,from,until\na,가,2027-03-01,2027-02-01\n"), "window-backwards 2:4");
  EXPECT_EQ(errors("id,text.ko,role,from,until\na,가,urgent,2027-02-01,2027-02-02\n"
                   "b,가,긴급,2027-02-01 08:00,2027-02-03 08:00\n"),
            "wrong-type 2:4, wrong-type 2:5, urgent-times 3:1");
  EXPECT_EQ(errors("row,id,text.ko,yearly\nwindow,,,02-01/03-31\nitem,a,가,03-01/04-30\n"),
            "crosses-edge 3:4");
  EXPECT_EQ(errors("id,text.ko,text.en\na,가," + std::string(4097, 'x') + "\n"), "too-long 2:3");
}

TEST(Import, ErrorsAroundTheItemsAreToldByRowAndColumn) {
  EXPECT_EQ(errors("row,id,timezone,days,hours,lat,lon,radius_m,ink,text.ko\n"
                   "campaign,x,Asia/Soul\n"
                   "daypart,d,,funday,1-2\n"
                   "place,p,,,,91,x,5\n"
                   "place,p,,,,1,1,50\n"
                   "style,BAD,,,,,,,red\n"
                   "window\nwindow,,,,,,\n"
                   "campaign,y\n"
                   "item,a,,,,,,,,가\n"),
            "unknown-zone 2:3, bad-days 3:4, bad-hours 3:5, out-of-range 4:6, wrong-type 4:7, "
            "out-of-range 4:8, double-id 5:2, bad-id 6:2, bad-colour 6:9, double-row 8:1, "
            "double-row 9:1");
}

TEST(Import, WhatTheTableItselfHasWrongIsTold) {
  EXPECT_EQ(errors("id,text.ko,wieght\na,가,3\n"), "bad-header 1:3");
  EXPECT_NE(message("id,text.ko,wieght\na,가,3\n").find("did you mean \"weight\"?"),
            std::string::npos);
  EXPECT_EQ(errors("id,text.ko,문구(ko)\na,가,나\n"), "double-header 1:3");
  EXPECT_EQ(errors("id,text.ko\na,가,stray\nb,나\n"), "no-header 2:3");
  EXPECT_EQ(errors("row,id,text.ko\nthing,a,가\nitem,b,나\n"), "unknown-row 2:1");
  EXPECT_EQ(errors("row,id,text.ko,lat\nitem,b,나,37.5\n"), "misplaced-cell 2:4");
  EXPECT_EQ(errors("id,text.ko\na,\"가\n"), "open-quote 2:2");
  EXPECT_EQ(errors("id,text.ko\n"), "empty-campaign 0:0");
  EXPECT_EQ(errors(""), "empty-campaign 0:0");
}

TEST(Import, BlankRowsColumnsAndTrailingDelimitersAreNothing) {
  const Campaign campaign = sound(",,\n\nid,text.ko,,,\n,,,,\na,가,,,\n \n\u00A0b\u00A0,나\n,,,\n");
  ASSERT_EQ(campaign.items.size(), 2U);
  EXPECT_EQ(campaign.items[1].id.str(), "b");
}

TEST(Import, TextsKeepEveryCharacter) {
  const Campaign campaign =
      sound("id,text.ko,text.en\na,\" 두 줄\n\u00A0e\u0301 \",''=1+1\nb,'=SUM(A1),'twas\n");
  EXPECT_EQ(campaign.items[0].text[0].second, " 두 줄\n\u00A0e\u0301 ");
  EXPECT_EQ(campaign.items[0].text[1].second, "'=1+1");
  EXPECT_EQ(campaign.items[1].text[0].second, "=SUM(A1)");
  EXPECT_EQ(campaign.items[1].text[1].second, "'twas");
}

TEST(Export, NoCellBeginsAFormula) {
  Campaign campaign = campaign_of(kWholeToml);
  campaign.contact = "+82 2";
  campaign.items[0].labels = {"=1+1"};
  campaign.items[0].salt = "@x";
  campaign.items[1].days = DayPattern{.not_holidays = true};
  campaign.items[1].text = {{"ko", "=cmd|' /C calc'!A0"}, {"en", "-1"}};
  const auto sheet = export_sheet(campaign, SheetLanguage::english);
  ASSERT_TRUE(sheet);
  for (const CsvRow& row : parse_csv(sheet->csv, "").rows) {
    for (const std::string& cell : row)
      EXPECT_TRUE(cell.empty() || std::string("=+-@\t\r").find(cell[0]) == std::string::npos)
          << cell;
  }
  EXPECT_EQ(difference(sound(sheet->csv), campaign), "");
}

TEST(Export, AnOrderOfLanguagesThatIsNotTheColumnsIsKept) {
  Campaign campaign = campaign_of(kWholeToml);
  campaign.items[0].alt = {{"en", "b"}, {"ko", "a"}};
  campaign.items[1].alt = {{"ko", "a"}, {"en", "b"}};
  const auto sheet = export_sheet(campaign, SheetLanguage::english);
  ASSERT_TRUE(sheet);
  EXPECT_NE(sheet->csv.find("alt.order"), std::string::npos);
  EXPECT_EQ(difference(sound(sheet->csv), campaign), "");
}

TEST(Export, WhatAnImportWouldRefuseIsRefused) {
  Campaign campaign = campaign_of(kWholeToml);
  campaign.contact = std::string(kCsvCellBytesMax + 1, 'x');
  const auto sheet = export_sheet(campaign, SheetLanguage::english);
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().kind, ErrorKind::too_large);
}

TEST(Import, RoutesThatASpreadsheetRewroteAreAWarning) {
  EXPECT_EQ(warnings("row,id,timezone,text.ko,routes\ncampaign,x,UTC\nitem,a,,가,05월 01일\n"),
            "rewritten-route 3:5");
}

TEST(Import, AWholeCampaignTakesThePlaceOfAnotherOnlyWhenToldTo) {
  ImportInto into;
  into.existing = kWholeToml;
  EXPECT_EQ(errors(kWhole, into), "campaign-exists 0:0");
  EXPECT_EQ(import(kWhole, into).toml, "");
  into.replace = Replace::yes;
  EXPECT_EQ(difference(sound(kWhole, into), campaign_of(kWholeToml)), "");
}

TEST(Import, ItemsAloneLeaveTheHeadAsItIsWritten) {
  ImportInto into;
  const std::string head =
      "# ours\n" +
      campaign_toml("[dayparts]  # parts\ncommute = [{ days = \"mon-fri\" }]\n[styles.night]\n");
  into.existing = head + "\n" + item_toml("old") + item_toml("older");
  const ImportedSheet imported = import("id,text.ko,style,dayparts\nnew,가,night,commute\n", into);
  EXPECT_EQ(imported.toml, head +
                               "\n[[item]]\nid       = \"new\"\ntext     = { ko = \"가\" }\n"
                               "style    = \"night\"\ndayparts = [\"commute\"]\n");
  EXPECT_TRUE(imported.findings.empty());
}

TEST(Import, AHeadAroundTheItemsIsWrittenAnew) {
  ImportInto into;
  into.existing = campaign_toml(item_toml("old") + "[styles.night]\npadding = 3\n[styles.day]\n");
  const Campaign campaign = sound("id,text.ko,style\nnew,가,night\n", into);
  ASSERT_EQ(campaign.styles.size(), 2U);
  EXPECT_EQ(campaign.styles[0].padding, 3);
  ASSERT_EQ(campaign.items.size(), 1U);
  EXPECT_EQ(campaign.items[0].id.str(), "new");
}

TEST(Import, AHeadThatIsNotSoundIsToldInItsOwnFile) {
  ImportInto into;
  into.existing = campaign_toml("[window]\nyearly = \"x\"\n" + item_toml("old"));
  const ImportedSheet imported = import("id,text.ko,hours\nnew,가,x\n", into);
  ASSERT_EQ(imported.findings.size(), 2U);
  EXPECT_EQ(to_string(imported.findings[0]).substr(0, 24), "campaign.toml:5:10: erro");
  EXPECT_EQ(to_string(imported.findings[1]).substr(0, 13), "plan.csv:2:3:");
  into.existing = "id = = 3\n";
  EXPECT_EQ(errors("id,text.ko\nnew,가\n", into), "syntax 1:6");
}

TEST(Import, NamesThePostersAndTheirCells) {
  const ImportedSheet imported = import("id,poster\na,posters/a.png\n");
  ASSERT_EQ(imported.posters.size(), 1U);
  EXPECT_EQ(imported.posters[0].path, "posters/a.png");
  EXPECT_EQ(imported.posters[0].where, "row 2, column B (poster)");
}

// As Excel saves a table that it opened: semicolons, CRLF, no quotes but where it must.
TEST(Import, TheDemonstrationComesBackAsExcelSavesIt) {
  for (const char* name : {"khojaly", "on-board"}) {
    const Campaign campaign = campaign_of(
        read_file(std::string(NOSEON_SOURCE_DIR "/media/demo/") + name + "/campaign.toml",
                  kCampaignBytesMax)
            .value());
    const auto sheet = export_sheet(campaign, SheetLanguage::korean);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(difference(sound(sheet->csv), campaign), "") << name;
    std::string saved = "\xEF\xBB\xBF";
    for (const CsvRow& row : parse_csv(sheet->csv, "").rows) {
      for (const std::string& cell : row) {
        const bool is_quoted = cell.find_first_of(";\"\n") != std::string::npos;
        EXPECT_EQ(cell.find('"'), std::string::npos);
        saved += (is_quoted ? '"' + cell + '"' : cell) + ";";
      }
      saved += "\r\n";
    }
    EXPECT_EQ(difference(sound(saved), campaign), "") << name;
  }
}

}  // namespace
}  // namespace noseon::testing
