// One slip a line: what our validator calls it, and whether a schema can see it too.
#include <gtest/gtest.h>

#include "tests/playlist/bus.h"
#include "tests/playlist/editor_schema.h"
#include "tests/playlist/whole_files.h"

namespace noseon::testing {
namespace {

enum class Schema { refuses, accepts };

struct Bad {
  const char* instead_of;  ///< text of the whole file, whose first place is replaced
  const char* write;
  const char* code;  ///< of our finding; several where one slip has several
  Schema schema = Schema::refuses;
  const char* because = "";  ///< why the schema cannot know
};

const char* const kRefers = "what a name refers to is beyond a schema";
const char* const kDays = "days are compared with each other";
const char* const kBytes = "a schema counts characters, not bytes";
const char* const kQuoted = "to a schema a day is the string that it is written as";

const std::vector<Bad>& bad_campaigns() {
  static const std::vector<Bad> kBad = {
      // The head
      {"campaign/1", "campaign/2", "unknown-format"},
      {"format   = \"noseon.campaign/1\"", "", "missing-key"},
      {"id       = \"khojaly\"", "", "missing-key"},
      {"\"khojaly\"", "\"Khojaly\"", "bad-id"},
      {"\"khojaly\"", "\"-khojaly\"", "bad-id"},
      {"\"khojaly\"", "\"호잘리\"", "bad-id"},
      {"\"khojaly\"", "\"khojaly\\n\"", "bad-id"},
      {"\"khojaly\"", "12", "wrong-type"},
      {"timezone = \"Asia/Seoul\"", "", "missing-key"},
      {"Asia/Seoul", "Asia/Soul", "unknown-zone", Schema::accepts, "zones are the system's"},
      {"\"kr\"", "\"ko\"", "unknown-holidays"},
      {"contact ", "kontact ", "unknown-key"},
      {"zh-Hant", "Chinese", "bad-language"},
      {"zh-Hant", "z", "bad-language"},
      {"zh-Hant", "zh-", "bad-language"},
      {"zh-Hant", "zh-Hant-a2345678901234567890123456789", "bad-language"},
      {"\"紀念霍賈利\"", "\" \\t\"", "empty-text"},
      {"\"紀念霍賈利\"", "613", "wrong-type"},
      // The window
      {"from   = 2027-02-01", "from = \"February\"", "wrong-type"},
      {"from   = 2027-02-01", "from = \"2027-02-01\"", "wrong-type", Schema::accepts, kQuoted},
      {"from   = 2027-02-01", "from = 2027-02-01T00:00:00", "wrong-type"},
      {"from   = 2027-02-01", "from = 08:00:00", "wrong-type"},
      {"from   = 2027-02-01", "from = 2029-02-01", "window-backwards", Schema::accepts, kDays},
      {"02-01/03-31", "02-01", "bad-yearly"},
      {"02-01/03-31", "02-01/03-32", "bad-yearly"},
      {"02-01/03-31", "02-30/03-31", "bad-yearly"},
      {"02-01/03-31", "02-01 / 03-31", "bad-yearly"},
      {"02-01/03-31", "2-1/3-31", "bad-yearly"},
      // Dayparts
      {"commute = [", "Commute = [", "bad-id unknown-daypart"},
      {"commute = [", "evening = [", "unknown-daypart", Schema::accepts, kRefers},
      {"mon-fri, -holiday", "monday", "bad-days"},
      {"mon-fri, -holiday", "mon-", "bad-days"},
      {"mon-fri, -holiday", "", "bad-days"},
      {"mon-fri, -holiday", "mon,,fri", "bad-days"},
      {"mon-fri, -holiday", "mon fri", "bad-days"},
      {"mon-fri, -holiday", "holiday,-holiday", "bad-days", Schema::accepts,
       "each word is right by itself"},
      {"06:30-09:30", "6:30-9:30", "bad-hours"},
      {"06:30-09:30", "06:30", "bad-hours"},
      {"06:30-09:30", "24:00-09:30", "bad-hours"},
      {"06:30-09:30", "06:30-24:01", "bad-hours"},
      {"06:30-09:30", "06:60-09:30", "bad-hours"},
      {"06:30-09:30", "09:30-09:30", "bad-hours", Schema::accepts, "two hours are compared"},
      {"days = \"mon-fri, -holiday\"", "day = \"mon\"", "unknown-key"},
      // Places
      {"lat = 37.5547, ", "", "missing-key"},
      {"lat = 37.5547", "lat = 90.5", "out-of-range"},
      {"lon = 126.9707", "lon = -181", "out-of-range"},
      {"lon = 126.9707", "lon = inf", "out-of-range"},
      {"lon = 126.9707", "lng = 126.9707", "missing-key unknown-key"},
      {"radius_m = 600", "radius_m = 9", "out-of-range"},
      {"radius_m = 600", "radius_m = \"600\"", "wrong-type"},
      {"seoul-station =", "seoul_station =", "bad-id unknown-place"},
      // Styles
      {"#101418", "101418", "bad-colour"},
      {"#101418", "#10141", "bad-colour"},
      {"#101418", "black", "bad-colour"},
      {"\"serif\"", "\"gothic\"", "unknown-word"},
      {"\"left\"", "\"Left\"", "unknown-word"},
      {"\"night\"", "\"nigth\"", "unknown-word"},
      {"\"night\"", "\"Night\"", "unknown-word"},
      {"\"syllable\"", "\"word\"", "unknown-word"},
      {"padding        = 12", "padding = 41", "out-of-range"},
      {"padding        = 12", "padding = 12.5", "wrong-type"},
      {"scrim          = 40", "scrim = 101", "out-of-range"},
      {"size           = 130", "size = 24", "out-of-range"},
      {"line_height    = 140", "line_height = 99", "out-of-range"},
      {"letter_spacing = 2", "letter_spacing = -11", "out-of-range"},
      {"letter_spacing", "letter-spacing", "unknown-key"},
      {"backgrounds/paper.jpg", "", "bad-path"},
      {"backgrounds/paper.jpg", "/paper.jpg", "bad-path"},
      {"backgrounds/paper.jpg", "../paper.jpg", "bad-path"},
      {"color = \"#223344\", ", "", "missing-key"},
      {"#223344", "223344", "bad-colour"},
      {"width = 6", "width = 0", "out-of-range"},
      {"{ color = \"#223344\", width = 6 }", "\"#223344\"", "wrong-type"},
      {"#332211", "#3322110", "bad-colour"},
      {"down = -6", "down = -51", "out-of-range"},
      {"opacity = 45", "opacity = 0", "out-of-range"},
      {"opacity = 45", "alpha = 45", "unknown-key"},
      {"{ color = \"#332211\", right = 3, down = -6, blur = 12, opacity = 45 }", "true",
       "wrong-type"},
      {"\"date\"", "\"seconds\"", "unknown-word"},
      {"\"date\"", "true", "wrong-type"},
      {"style  = \"remembrance\"", "style = \"memory\"", "unknown-style", Schema::accepts, kRefers},
      // What an item shows
      {"id         = \"poster-1\"", "", "missing-key"},
      {"\"poster-1\"", "\"Poster 1\"", "bad-id"},
      {"\"poster-1\"", "\"names\"", "double-id", Schema::accepts, kRefers},
      {"poster     =", "text = { ko = \"가\" }\nposter =", "poster-and-text"},
      {"poster     = \"posters/remember.png\"", "", "nothing-to-show"},
      {"posters/remember.png", "", "bad-path"},
      {"posters/remember.png", "/posters/remember.png", "bad-path"},
      {"posters/remember.png", "../remember.png", "bad-path"},
      {"posters/remember.png", "posters/..", "bad-path"},
      {"posters/remember.png", "posters/remember.png\\u0000", "bad-path", Schema::accepts,
       "no pattern can hold the character zero"},
      {"{ ko = \"우회합니다\" }", "{}", "empty-text"},
      {"{ ko = \"우회합니다\" }", "\"우회합니다\"", "wrong-type"},
      {"\"fill\"", "\"stretch\"", "unknown-word"},
      {"\"cut\"", "\"wipe\"", "unknown-word"},
      {"\"ticker\"", "\"marquee\"", "unknown-word"},
      {"transition = \"cut\"", "motion = \"ticker\"", "running-poster"},
      {"motion = \"ticker\"", "caption = { ko = \"가\" }", "caption-of-text"},
      {"\"서울광장\"", "\" \"", "empty-text"},
      {"en = \"Seoul Plaza\"", "English = \"Seoul Plaza\"", "bad-language"},
      {"{ ko = \"서울광장\", en = \"Seoul Plaza\" }", "\"서울광장\"", "wrong-type"},
      // How often and how long
      {"\"normal\"", "\"take-over\"", "unknown-word"},
      {"weight     = 3", "weight = 0", "out-of-range"},
      {"weight     = 3", "weight = 1001", "out-of-range"},
      {"weight     = 3", "weight = true", "wrong-type"},
      {"seconds    = 8", "seconds = 0", "out-of-range"},
      {"seconds    = 8", "seconds = 3601", "out-of-range"},
      {"seconds    = 8", "seconds = 8.5", "wrong-type"},
      // When
      {"2027-02-10", "2027-01-10", "outside-campaign", Schema::accepts, kDays},
      {"from       = 2027-02-10\nuntil      = 2027-03-10\nyearly     = \"02-20", "yearly = \"01-20",
       "crosses-edge", Schema::accepts, kDays},
      {"2027-03-10", "2027-02-12", "no-day", Schema::accepts, kDays},
      {"fri-mon,wed", "fri-mon;wed", "bad-days"},
      {"08:00-24:00", "8-24", "bad-hours"},
      {"[\"commute\"]", "\"commute\"", "wrong-type"},
      {"from  = 2027-02-25T08:00:00", "", "urgent-times"},
      {"from  = 2027-02-25T08:00:00", "from = 2027-02-25", "wrong-type"},
      {"from  = 2027-02-25T08:00:00", "from = 2027-02-25T21:00:00", "urgent-times", Schema::accepts,
       kDays},
      {"role  = \"urgent\"", "", "wrong-type"},
      {"role  = \"urgent\"", "role = \"urgent\"\nyearly = \"02-01/03-31\"", "urgent-times"},
      // Where
      {"[\"421\", \"N16\"]", "[421]", "wrong-type"},
      {"[\"421\", \"N16\"]", "[\"\"]", "bad-route"},
      {"\"421\"", "\"0123456789012345678901234567890123456789012345678901234567890123456789\"",
       "bad-route"},
      {"\"421\"", "\"가나다라마바사아자차카타파하가나다라마바사아\"", "bad-route", Schema::accepts,
       kBytes},
      {"[\"seoul-station\"]", "[\"station\"]", "unknown-place", Schema::accepts, kRefers},
      {"[\"depot:gangnam\"]", "[{}]", "wrong-type"},
      {"share  = 0.25", "share = 1.5", "out-of-range"},
      {"share  = 0.25", "share = nan", "out-of-range"},
      {"share  = 0.25", "share = 0.00005", "bad-share", Schema::accepts,
       "by multipleOf 0.0001 editors refuse 0.0003: they divide binary fractions"},
      {"salt ", "sallt ", "unknown-key"},
  };
  return kBad;
}

const std::vector<Bad>& bad_displays() {
  static const std::vector<Bad> kBad = {
      {"\"bus-1234-front\"", "\"\"", "bad-id"},
      {"[1920, 1080]", "[1920]", "bad-size"},
      {"[1920, 1080]", "[1920, 1080, 60]", "bad-size"},
      {"[1920, 1080]", "[1920, 8193]", "bad-size"},
      {"[1920, 1080]", "[15, 1080]", "bad-size"},
      {"[1920, 1080]", "\"1920x1080\"", "bad-size"},
      {"rotation  = 90", "rotation = 45", "out-of-range"},
      {"rotation  = 90", "rotation = 360", "out-of-range"},
      {"Asia/Seoul", "Seoul", "unknown-zone", Schema::accepts, "zones are the system's"},
      {"zh-Hant", "ZH", "bad-language"},
      {"\"depot:gangnam\"", "1", "wrong-type"},
      {"24.0", "2.9", "out-of-range"},
      {"2.5", "0.1", "out-of-range"},
      {"screen    = 2", "screen = 0", "out-of-range"},
      {"screen    = 2", "screen = 17", "out-of-range"},
      {"screen    = 2", "screen = \"HDMI-1\"", "wrong-type"},
      {"20:00-06:00", "20-06", "bad-hours"},
      {"hours = \"20:00-06:00\", ", "", "missing-key"},
      {"0.6", "0.01", "out-of-range"},
      {"urls ", "url ", "unknown-key"},
      {"[source]", "[sources]", "unknown-key"},
  };
  return kBad;
}

std::string spoiled(std::string whole, const Bad& bad) {
  const std::size_t at = whole.find(bad.instead_of);
  EXPECT_NE(at, std::string::npos) << bad.instead_of;
  return whole.replace(at, std::string(bad.instead_of).size(), bad.write);
}

void expect_verdicts(const Bad& bad, const std::string& toml, const Findings& findings,
                     const EditorSchema& schema) {
  EXPECT_EQ(codes_of(findings), bad.code) << bad.write;
  EXPECT_EQ(schema.accepts(json_of_file(toml)), bad.schema == Schema::accepts)
      << bad.instead_of << " -> " << bad.write << " " << bad.because;
}

TEST(Schema, RefusesBadCampaignsWhereverItCanKnow) {
  for (const Bad& bad : bad_campaigns()) {
    const std::string toml = spoiled(kWholeCampaign, bad);
    expect_verdicts(bad, toml, parse_campaign(toml, "campaign.toml", zones()).findings,
                    campaign_schema());
  }
}

TEST(Schema, RefusesBadDisplaysWhereverItCanKnow) {
  for (const Bad& bad : bad_displays()) {
    const std::string toml = spoiled(kWholeDisplay, bad);
    expect_verdicts(bad, toml, parse_display(toml, "display.toml", zones()).findings,
                    display_schema());
  }
}

TEST(Schema, CountsTheCharactersOfATextAndTheValidatorItsBytes) {
  const auto verdicts = [](const std::string& text) {
    const std::string toml =
        campaign_toml("[[item]]\nid = \"a\"\ntext = { ko = \"" + text + "\" }");
    return codes_of(parse_campaign(toml, "campaign.toml", zones()).findings) +
           (campaign_schema().accepts(json_of_file(toml)) ? " accepted" : " refused");
  };
  std::string hangul;
  for (int i = 0; i < 1366; ++i) hangul += "가";
  EXPECT_EQ(verdicts(std::string(4096, 'a')), " accepted");
  EXPECT_EQ(verdicts(std::string(4097, 'a')), "too-long refused");
  EXPECT_EQ(verdicts(hangul), "too-long accepted");
}

}  // namespace
}  // namespace noseon::testing
