// noseon proof, as its user runs it, on a journal of the demonstration's own schedule.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "player/folder.h"
#include "playlist/schedule.h"
#include "tests/player/journal_rig.h"
#include "tests/staff/command_line.h"

namespace noseon::testing {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using namespace std::string_literals;

// A bus that plays the demonstration on 25 February, off for an hour at noon.
class ProofCommand : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    SystemZones zones;
    const LoadedFolder loaded = load_folder(demo(), Display{}, zones);
    Context context;
    context.route = "472";
    JournalOptions options = options_in(folder_->path());
    options.begun = moment(Millis{0});
    play(*loaded.playlist, *loaded.display, context, options, {kMorning, kMorning + hours{4}});
    options.boot = "another-boot";
    play(*loaded.playlist, *loaded.display, context, options,
         {kMorning + hours{5}, kMorning + hours{8}});
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static void play(const Playlist& playlist, const Display& display, const Context& context,
                   const JournalOptions& options, Span range,
                   ClockGrade grade = ClockGrade::trusted) {
    Journal journal(options);
    for (const Slot& slot : plan(playlist, display, context, range)) {
      Play one = play_at(slot.from - kMorning, slot.until - slot.from);
      one.campaign = playlist.campaign_of(*slot.entry).id.str();
      one.item = playlist.item_of(*slot.entry).id.str();
      one.places.clear();
      one.start.grade = grade;
      journal.record(one);
    }
    CHECK(journal.end(moment(range.until - kMorning)));
  }

  [[nodiscard]] static std::string file() { return (*folder_ / "plays.db").string(); }
  [[nodiscard]] static std::string key() { return (*folder_ / "device.pub").string(); }
  [[nodiscard]] static std::string output(const char* name) { return (*folder_ / name).string(); }

  [[nodiscard]] static Ran report(const std::string& to, const Locale& locale = {}) {
    return run_noseon({"proof", "report", file(), "--from", "2027-02-25", "--until", "2027-02-26",
                       "--zone", "Asia/Seoul", "--campaigns", demo(), "--key", key(), "-o", to},
                      locale);
  }
  static std::unique_ptr<TemporaryFolder> folder_;
};
std::unique_ptr<TemporaryFolder> ProofCommand::folder_;

TEST_F(ProofCommand, VerifySaysThatAGoodJournalIsIntact) {
  const Ran ran = run_noseon({"proof", "verify", file(), "--key", key()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find("Intact, and signed up to row"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("the one that was given"), std::string::npos) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(file() + "-wal")) << "it left a log beside the file";
}

TEST_F(ProofCommand, VerifyNamesTheRowThatWasChangedAndExitsWithThree) {
  const std::string copy = output("changed.db");
  std::filesystem::copy_file(file(), copy);
  { Sql(copy).run("UPDATE rows SET item = 'another' WHERE sequence = 9"); }
  const Ran ran = run_noseon({"proof", "verify", copy, "--json"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_NE(ran.err.find("row 10"), std::string::npos) << ran.err;
  EXPECT_EQ(json::parse(ran.out)["good"], false);
  const std::string page = output("never.html");
  EXPECT_EQ(run_noseon({"proof", "report", copy, "--from", "2027-02-25", "--until", "2027-02-26",
                        "-o", page})
                .exit_code,
            3);
  EXPECT_FALSE(std::filesystem::exists(page)) << "a page was made of a journal that is not whole";
}

TEST_F(ProofCommand, WhatIsNoJournalIsRefused) {
  EXPECT_EQ(run_noseon({"proof", "verify", demo() + "/khojaly/campaign.toml"}).exit_code, 1);
  EXPECT_EQ(run_noseon({"proof", "verify", output("missing.db")}).exit_code, 1);
  EXPECT_EQ(run_noseon({"proof", "report", demo() + "/khojaly/campaign.toml", "--from",
                        "2027-02-25", "--until", "2027-02-26", "-o", output("never.csv")})
                .exit_code,
            1);
  EXPECT_EQ(run_noseon({"proof"}).exit_code, 2);
  const Ran misspelt = run_noseon({"proof", "verifi", file()});
  EXPECT_EQ(misspelt.exit_code, 2);
  EXPECT_NE(misspelt.err.find("verify"), std::string::npos) << misspelt.err;
}

TEST_F(ProofCommand, ExportHasEveryPlayOfItsRangeInTheOrderOfTheGuidelines) {
  const Ran csv = run_noseon({"proof", "export", file(), "--csv"});
  ASSERT_EQ(csv.exit_code, 0) << csv.err;
  EXPECT_TRUE(csv.out.starts_with("campaign,agency,start,end,display,route,places,item,seconds,"))
      << csv.out.substr(0, 200);
  const auto records = std::count(csv.out.begin(), csv.out.end(), '\n') - 1;
  const auto plays = static_cast<std::ptrdiff_t>(rows_of(file()).size()) - 1;  // the first begins
  EXPECT_EQ(records, plays);
  const Ran one = run_noseon({"proof", "export", file(), "--json", "--zone", "Asia/Seoul", "--from",
                              "2027-02-25 08:00", "--until", "2027-02-25 08:10"});
  const json listed = json::parse(one.out);
  ASSERT_GT(listed.size(), 10U);
  EXPECT_EQ(listed[0]["start"], "2027-02-25T08:00:00.000+09:00");
  EXPECT_LT(listed.back()["start"], "2027-02-25T08:10:00.000+09:00");
}

TEST_F(ProofCommand, TheReportHoldsWhatWasDeliveredAgainstThePlan) {
  const std::string file_name = output("report.json");
  const Ran ran = report(file_name);
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json report = json::parse(read_file(file_name, 1U << 24U).value());
  double contracted = 0;
  double delivered = 0;
  ASSERT_FALSE(report["items"].empty());
  for (const json& item : report["items"]) {
    contracted += item["contracted_share"].get<double>();
    delivered += item["delivered_share"].get<double>();
    EXPECT_NEAR(item["contracted_share"], item["delivered_share"], 1e-4) << item["item"];
    EXPECT_NEAR(item["planned_ms"].get<double>(), item["ms"].get<double>(), 1000) << item["item"];
    EXPECT_NEAR(item["planned_plays"].get<double>(), item["plays"].get<double>(), 1)
        << item["item"];
    EXPECT_EQ(item["routes"].size(), 1U);
  }
  EXPECT_NEAR(contracted, 1, 1e-6);
  EXPECT_NEAR(delivered, 1, 1e-6);
  ASSERT_EQ(report["gaps"].size(), 3U);
  EXPECT_EQ(report["gaps"][1]["kind"], "off");
  EXPECT_EQ(report["gaps"][1]["from"], "2027-02-25T12:00:00.000+09:00");
  EXPECT_EQ(report["gaps"][1]["until"], "2027-02-25T13:00:00.000+09:00");
}

TEST_F(ProofCommand, TheReportsTableHasARecordForEachDayHourAndRoute) {
  const std::string file_name = output("report.csv");
  ASSERT_EQ(report(file_name).exit_code, 0);
  const std::string table = read_file(file_name, 1U << 24U).value();
  for (const char* part : {",total,", ",day,2027-02-25,", ",hour,08:00,", ",route,472,",
                           ",display,bus-472-1,", "gap off"}) {
    EXPECT_NE(table.find(part), std::string::npos) << part;
  }
}

// 2027-02-25 in UTC is nine hours of another day in Seoul: whoever reads a report has to know
// which.
TEST_F(ProofCommand, ReportsSayWhoseDaysAndHoursTheyCount) {
  const auto in = [](std::vector<std::string> more, const char* to) {
    std::vector<std::string> words{"proof",   "report",     file(), "--from",  "2027-02-25",
                                   "--until", "2027-02-26", "-o",   output(to)};
    words.insert(words.end(), more.begin(), more.end());
    return run_noseon(words);
  };
  const auto zone_of = [](const char* name) {
    const json report = json::parse(read_file(output(name), 1U << 24U).value());
    return std::pair(report["zone"].get<std::string>(), report["from"].get<std::string>());
  };
  EXPECT_NE(in({}, "utc.json").out.find("days and hours are those of UTC: --zone "),
            std::string::npos);
  EXPECT_EQ(zone_of("utc.json"), std::pair("UTC"s, "2027-02-25T00:00:00.000+00:00"s));
  EXPECT_NE(in({"--zone", "Asia/Seoul"}, "seoul.json").out.find("are those of Asia/Seoul."),
            std::string::npos);
  EXPECT_EQ(zone_of("seoul.json"), std::pair("Asia/Seoul"s, "2027-02-25T00:00:00.000+09:00"s));
  EXPECT_NE(in({"--campaigns", demo()}, "plan.json").out.find("are those of Asia/Seoul."),
            std::string::npos);
  EXPECT_EQ(zone_of("plan.json"), zone_of("seoul.json"));
  ASSERT_EQ(in({"--zone", "Asia/Seoul"}, "zone.html").exit_code, 0);
  const std::string page = read_file(output("zone.html"), 1U << 24U).value();
  for (const char* heading : {"By day (Asia/Seoul)", "By hour of the day (Asia/Seoul)"})
    EXPECT_NE(page.find(heading), std::string::npos) << heading;
}

TEST_F(ProofCommand, ItsHelpSaysWhatItTakesWithoutAZone) {
  for (const char* command : {"export", "report"}) {
    const std::string help = run_noseon({"proof", command, "--help"}).out;
    EXPECT_NE(help.find("(civil, in --zone)"), std::string::npos) << help;
    EXPECT_EQ(help.find("the display's zone"), std::string::npos) << help;
    EXPECT_NE(help.find("UTC"), std::string::npos) << help;
  }
  EXPECT_NE(run_noseon({"proof", "report", "--help"}).out.find("--campaigns, else"),
            std::string::npos);
  EXPECT_NE(run_noseon({"proof", "verify", file(), "--zone", "Asia/Seoul"}).out.find("Asia/Seoul)"),
            std::string::npos);
}

// An hour by a clock that nothing confirmed.
TEST_F(ProofCommand, WhatADoubtfulClockSawIsNeitherContractedNorDelivered) {
  TemporaryFolder bus;
  std::filesystem::copy_file(key().substr(0, key().size() - 3) + "key", bus / "device.key");
  SystemZones zones;
  const LoadedFolder loaded = load_folder(demo(), Display{}, zones);
  JournalOptions options = options_in(bus.path());
  Context context;
  context.route = "472";
  play(*loaded.playlist, *loaded.display, context, options, {kMorning, kMorning + hours{1}});
  play(*loaded.playlist, *loaded.display, context, options,
       {kMorning + hours{1}, kMorning + hours{2}}, ClockGrade::floor_only);
  const std::string to = output("doubt.json");
  const Ran ran = run_noseon({"proof", "report", (bus / "plays.db").string(), "--from",
                              "2027-02-25 08:00", "--until", "2027-02-25 10:00", "--zone",
                              "Asia/Seoul", "--campaigns", demo(), "--key", key(), "-o", to});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json report = json::parse(read_file(to, 1U << 24U).value());
  EXPECT_NEAR(report["all"]["ms"].get<double>(), 3'600'000, 20'000);
  EXPECT_NEAR(report["all"]["doubtful_ms"].get<double>(), 3'600'000, 20'000);
  for (const json& item : report["items"]) {
    EXPECT_NEAR(item["contracted_share"], item["delivered_share"], 1e-3) << item["item"];
    EXPECT_NEAR(item["planned_ms"].get<double>(), item["ms"].get<double>(), 20'000) << item["item"];
  }
  ASSERT_EQ(report["gaps"].size(), 1U);
  EXPECT_EQ(report["gaps"][0]["kind"], "doubtful");
  EXPECT_EQ(report["gaps"][0]["plays"], report["all"]["doubtful"]);
}

TEST_F(ProofCommand, ThePageStandsAloneAndSpeaksTheReadersLanguage) {
  const std::string file_name = output("report.html");
  ASSERT_EQ(report(file_name).exit_code, 0);
  const std::string english = read_file(file_name, 1U << 24U).value();
  for (const char* none : {"<script", "http://", "https://", "src=", "@import", "url("}) {
    EXPECT_EQ(english.find(none), std::string::npos) << none;
  }
  EXPECT_NE(english.find("<html lang=\"en\">"), std::string::npos);
  EXPECT_NE(english.find("Remember Khojaly"), std::string::npos);
  ASSERT_EQ(report(file_name, kKorean).exit_code, 0);
  const std::string korean = read_file(file_name, 1U << 24U).value();
  EXPECT_NE(korean.find("<html lang=\"ko\">"), std::string::npos);
  EXPECT_NE(korean.find("송출 증명"), std::string::npos);
}

TEST_F(ProofCommand, WhatAJournalSaysIsTextAndNoMarkup) {
  TemporaryFolder hostile;
  {
    Journal journal(options_in(hostile.path()));
    Play one = play_at(seconds{1});
    one.campaign = "<script>alert(1)</script>";
    one.route = "\"><img src=x>";
    journal.record(one);
    ASSERT_TRUE(journal.end(moment(minutes{1})));
  }
  const std::string page = (hostile / "page.html").string();
  ASSERT_EQ(run_noseon({"proof", "report", (hostile / "plays.db").string(), "--from", "2027-02-24",
                        "--until", "2027-02-26", "-o", page})
                .exit_code,
            0);
  const std::string html = read_file(page, 1U << 20U).value();
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
}

// ---- Several files of one journal ------------------------------------------------------------

// A display whose journal is copied now and then, as an integrator collects it.
class CopiedJournals : public ::testing::Test {
 protected:
  // Plays of eight seconds, numbered; each play's number says when it was. One by one onto the
  // disk: the first checkpoint is at row 1 or 2, never at one that a test alters.
  void go_on(const char* folder, int first, int count) {
    JournalOptions options = options_in(folder_ / folder);
    options.display = display_;
    options.begun = moment(seconds{8} * first);
    Journal journal(options);
    for (int i = first; i < first + count; ++i) {
      ASSERT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::recorded);
    }
    ASSERT_TRUE(journal.end(moment(seconds{8} * (first + count))));
  }
  std::string copy(const char* folder, const char* name) {
    std::filesystem::copy_file(folder_ / folder / "plays.db", folder_ / name);
    return (folder_ / name).string();
  }
  void copy_disk(const char* from, const char* to) {
    std::filesystem::copy(folder_ / from, folder_ / to);
  }
  Ran report(const std::vector<std::string>& files, const char* to = "report.json") {
    std::vector<std::string> words{"proof", "report"};
    words.insert(words.end(), files.begin(), files.end());
    words.insert(words.end(), {"--from", "2027-02-24", "--until", "2027-02-26", "-o", output(to)});
    return run_noseon(words);
  }
  [[nodiscard]] std::string output(const char* name) const { return (folder_ / name).string(); }
  [[nodiscard]] json result() const {
    return json::parse(read_file(output("report.json"), 1U << 24U).value());
  }
  TemporaryFolder folder_;
  std::string display_ = "bus-472-1";
};

TEST_F(CopiedJournals, CountEachPlayOnceInWhateverOrderTheyAreGiven) {
  go_on("bus", 0, 10);
  const std::string may = copy("bus", "plays-may.db");
  go_on("bus", 10, 5);
  const std::string june = copy("bus", "plays-june.db");
  const std::string again = copy("bus", "plays-again.db");
  for (const std::vector<std::string>& files :
       {std::vector{may, june, again}, std::vector{again, may, june},
        std::vector{june, may, may}}) {
    const Ran ran = report(files);
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(result()["all"]["plays"], 15);
    EXPECT_EQ(result()["items"][0]["plays"], 15);
    EXPECT_EQ(result()["all"]["ms"], 15 * 8000);
    EXPECT_EQ(result()["unsealed"], 0);
  }
}

TEST_F(CopiedJournals, AreNamedWithTheOneThatTheyArePartOf) {
  go_on("bus", 0, 10);
  const std::string may = copy("bus", "plays-may.db");
  go_on("bus", 10, 5);
  const std::string june = copy("bus", "plays-june.db");
  ASSERT_EQ(report({may, june}).exit_code, 0);
  const json also_in = result()["journals"][0]["also_in"];
  ASSERT_EQ(also_in.size(), 1U);
  EXPECT_EQ(also_in[0],
            json({{"file", "plays-june.db"}, {"first", 1}, {"last", 11}, {"is_all", true}}));
  EXPECT_TRUE(result()["journals"][1]["also_in"].empty());
  ASSERT_EQ(report({may, june}, "report.html").exit_code, 0);
  const std::string page = read_file(output("report.html"), 1U << 20U).value();
  EXPECT_NE(page.find("part of plays-june.db; its rows are counted once"), std::string::npos);
}

TEST_F(CopiedJournals, OfTwoDisplaysThatAreCalledAlikeAreToldApart) {
  go_on("bus", 0, 3);
  display_ = "tram-1";
  go_on("tram", 0, 4);
  ASSERT_EQ(report({output("bus/plays.db"), output("tram/plays.db")}).exit_code, 0);
  EXPECT_EQ(result()["all"]["plays"], 7) << "each display has a key, and a chain, of its own";
  EXPECT_EQ(result()["journals"][1]["file"], output("tram/plays.db"));
}

TEST_F(CopiedJournals, ThatPartedAreAFindingWithTheLastRowThatTheyHaveInCommon) {
  go_on("bus", 0, 10);
  copy_disk("bus", "clone");
  go_on("bus", 10, 5);
  go_on("clone", 11, 7);
  for (const auto& [one, other] : {std::pair("bus", "clone"), std::pair("clone", "bus")}) {
    const Ran ran = report({output(one) + "/plays.db", output(other) + "/plays.db"});
    EXPECT_EQ(ran.exit_code, 3);
    EXPECT_NE(ran.err.find("the same up to row 11,"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(output("report.json"))) << "it was written";
  }
}

TEST_F(CopiedJournals, ThatPartedAtTheirLastRowAreFoundToo) {
  go_on("bus", 0, 10);
  copy_disk("bus", "clone");
  go_on("bus", 10, 1);
  go_on("clone", 11, 1);
  const Ran ran = report({output("bus/plays.db"), output("clone/plays.db")});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_NE(ran.err.find("the same up to row 11,"), std::string::npos) << ran.err;
}

TEST_F(CopiedJournals, OneOfWhichHasArchivedItsOldRowsOverlap) {
  go_on("bus", 0, 10);
  const std::string before = copy("bus", "plays-before.db");
  {
    JournalOptions later = options_in(folder_ / "bus");
    later.begun = moment(hours{24 * 420});
    Journal journal(later);
    Play play = play_at(hours{24 * 420});
    ASSERT_EQ(journal.append(play), Acknowledged::recorded);
    ASSERT_TRUE(wait_until([&] { return journal.state().rows > 12; })) << "nothing was archived";
    ASSERT_TRUE(journal.end(moment(hours{24 * 420} + minutes{1})));
  }
  const std::string after = copy("bus", "plays-after.db");
  const std::string archive = output("bus/plays-00000001-00000011.sealed");
  ASSERT_TRUE(std::filesystem::exists(archive));
  for (const std::vector<std::string>& files :
       {std::vector{before, archive, after}, std::vector{after, archive, before}}) {
    const Ran ran = report(files);
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(result()["all"]["plays"], 10);
  }
  ASSERT_EQ(report({archive, after}).exit_code, 0);
  EXPECT_EQ(result()["all"]["plays"], 10);
  EXPECT_TRUE(result()["journals"][1]["also_in"].empty()) << "one goes on where the other ends";
}

// ---- Several displays, and bad journals among them --------------------------------------------

// A bus and a tram, each with its key.
class SeveralDisplays : public CopiedJournals {
 protected:
  void SetUp() override {
    go_on("bus", 0, 3);
    display_ = "tram-1";
    go_on("tram", 0, 4);
    bus_ = copy("bus", "plays-bus.db");
    tram_ = copy("tram", "plays-tram.db");
    std::filesystem::copy_file(folder_ / "bus/device.pub", bus_key_ = output("bus.pub"));
    std::filesystem::copy_file(folder_ / "tram/device.pub", tram_key_ = output("tram.pub"));
  }
  Ran report_with(std::vector<std::string> more, const char* to = "report.json") {
    more.insert(more.begin(), {bus_, tram_});
    return report(more, to);
  }
  void change_the_tram() { Sql(tram_).run("UPDATE rows SET item = 'another' WHERE sequence = 3"); }
  [[nodiscard]] std::string text(const char* name) const {
    return read_file(output(name), 1U << 20U).value();
  }
  std::string bus_, tram_, bus_key_, tram_key_;
};

TEST_F(SeveralDisplays, AreEachHeldAgainstTheKeyOfTheirs) {
  const Ran ran = report_with({"--key", tram_key_, "--key", bus_key_});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(result()["all"]["plays"], 7);
  EXPECT_EQ(result()["journals"][0]["key_file"], "bus.pub");
  EXPECT_EQ(result()["journals"][1]["key_file"], "tram.pub");
  EXPECT_NE(result()["journals"][0]["key"], result()["journals"][1]["key"]);
  ASSERT_EQ(report_with({}).exit_code, 0);
  EXPECT_TRUE(result()["journals"][0]["key_file"].is_null());
}

TEST_F(SeveralDisplays, OneOfWhichNoKeyOfThoseGivenSignedAreRefusedWithTheRemedy) {
  const Ran ran = report_with({"--key", bus_key_});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_NE(ran.err.find(tram_ + ": signed with the key"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find(bus_ + ":"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("--leave-out-bad"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(output("report.json")));
}

TEST_F(SeveralDisplays, AreReportedWithoutTheBadOneWhichIsNamed) {
  change_the_tram();
  EXPECT_EQ(report_with({}).exit_code, 3);
  EXPECT_FALSE(std::filesystem::exists(output("report.json")));
  for (const char* to : {"report.json", "report.csv", "report.html"}) {
    const Ran ran = report_with({"--leave-out-bad"}, to);
    EXPECT_EQ(ran.exit_code, 3) << "something was wrong all the same";
    EXPECT_NE(ran.err.find("1 of 2 journals was left out"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(result()["all"]["plays"], 3);
  ASSERT_EQ(result()["left_out"].size(), 1U);
  EXPECT_EQ(result()["left_out"][0]["file"], "plays-tram.db");
  EXPECT_NE(result()["left_out"][0]["why"].get<std::string>().find("row 4"), std::string::npos);
  EXPECT_NE(text("report.csv").find("left out,\"plays-tram.db: row 4"), std::string::npos);
  EXPECT_NE(text("report.html").find("1 journal is not in these numbers"), std::string::npos);
  EXPECT_NE(text("report.html").find("<td>plays-tram.db</td>"), std::string::npos);
}

TEST_F(SeveralDisplays, AreReportedWithoutAFileThatIsNoJournal) {
  const std::string none = folder_.write("torn.db", "half of a copy");
  EXPECT_EQ(report_with({none}).exit_code, 1);
  EXPECT_EQ(report_with({none, "--leave-out-bad"}).exit_code, 3);
  EXPECT_EQ(result()["all"]["plays"], 7);
  EXPECT_EQ(result()["left_out"][0]["file"], "torn.db");
  const std::string why = result()["left_out"][0]["why"];
  EXPECT_EQ(why.find('/'), std::string::npos) << "a sponsor is told where files lie: " << why;
}

TEST_F(SeveralDisplays, OfWhichAllAreBadMakeNoReport) {
  change_the_tram();
  const Ran ran = report({tram_, "--leave-out-bad"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_NE(ran.err.find("none of the journals can be counted"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(output("report.json")));
}

TEST_F(SeveralDisplays, AreReportedWithoutTwoThatPartedWhoseOlderCopyStillCounts) {
  display_ = "bus-472-1";
  copy_disk("bus", "clone");
  go_on("bus", 3, 1);
  go_on("clone", 4, 2);
  const std::string one = copy("bus", "plays-one.db");
  const std::string other = copy("clone", "plays-other.db");
  EXPECT_EQ(report_with({one, other, "--leave-out-bad"}).exit_code, 3);
  EXPECT_EQ(result()["left_out"].size(), 2U);
  EXPECT_EQ(result()["all"]["plays"], 7);
  EXPECT_TRUE(result()["journals"][0]["also_in"].empty());
}

}  // namespace
}  // namespace noseon::testing
