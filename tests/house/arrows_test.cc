// The rules of the house hold for this tree, and each rule is seen to bite on a planted sin.
#include "tests/house/arrows.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"

namespace noseon::house {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> lines_of(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  lines.reserve(findings.size());
  for (const Finding& finding : findings) lines.push_back(to_string(finding));
  return lines;
}

std::vector<std::string> judge(std::string path, std::string text) {
  return lines_of(findings_in({std::move(path), std::move(text)}));
}

// ---- The tree --------------------------------------------------------------------------------

bool is_skipped(const std::string& top_name) {
  return top_name == "build" || top_name == ".git";
}

std::vector<std::string> tracked_paths() {
  const fs::path top = NOSEON_SOURCE_DIR;
  std::vector<std::string> paths;
  for (auto entry = fs::recursive_directory_iterator(top); entry != fs::end(entry); ++entry) {
    const std::string path = entry->path().lexically_relative(top).generic_string();
    if (entry.depth() == 0 && is_skipped(path)) entry.disable_recursion_pending();
    if (entry->is_regular_file()) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<Source> sources_of(const std::vector<std::string>& paths) {
  constexpr std::uint64_t kSourceBytesMax = 1U << 20U;
  std::vector<Source> sources;
  for (const std::string& path : paths) {
    if (!path.ends_with(".cc") && !path.ends_with(".h")) continue;
    sources.push_back(
        {path, read_file(fs::path(NOSEON_SOURCE_DIR) / path, kSourceBytesMax).value()});
  }
  return sources;
}

TEST(House, EverySourceKeepsTheRules) {
  const std::vector<Source> sources = sources_of(tracked_paths());
  ASSERT_THAT(sources, testing::Contains(testing::Field(&Source::path, "base/result.h")));
  for (const Source& source : sources) EXPECT_THAT(lines_of(findings_in(source)), IsEmpty());
}

TEST(House, NoSharedHeaderBringsInALibrary) {
  EXPECT_THAT(lines_of(findings_across(sources_of(tracked_paths()))), IsEmpty());
}

TEST(House, NoFontIsKeptAndEveryFolderExplainsItself) {
  EXPECT_THAT(lines_of(findings_in_names(tracked_paths())), IsEmpty());
}

// ---- Include arrows --------------------------------------------------------------------------

struct Arrow {
  const char* from;
  const char* to;
};

TEST(HouseArrows, PointDownwards) {
  for (const Arrow& arrow : std::vector<Arrow>{
           {"base/json.cc", "base/json.h"},
           {"playlist/model.cc", "base/time.h"},
           {"playlist/parse.cc", "playlist/model.h"},
           {"playlist/parse.cc", "base/zone.h"},
           {"fonts/typeset.cc", "base/unicode.h"},
           {"media/sniff.cc", "base/result.h"},
           {"fleet/store/store.cc", "playlist/model.h"},
           {"fleet/pull/pull.cc", "fleet/trust/verify.h"},
           {"player/compose.cc", "fonts/typeset.h"},
           {"player/loop.cc", "fleet/store/store.h"},
           {"staff/main.cc", "player/studio.h"},
           {"tests/house/arrows_test.cc", "staff/check.h"},
       }) {
    EXPECT_THAT(judge(arrow.from, "#include \"" + std::string(arrow.to) + "\"\n"), IsEmpty())
        << arrow.from << " -> " << arrow.to;
  }
}

TEST(HouseArrows, NeverPointUpwardsOrAside) {
  for (const Arrow& arrow : std::vector<Arrow>{
           {"base/json.cc", "playlist/model.h"},
           {"base/json.cc", "tests/support/text.h"},
           {"playlist/model.cc", "media/sniff.h"},
           {"playlist/model.cc", "fonts/typeset.h"},
           {"playlist/model.cc", "fleet/trust/verify.h"},
           {"playlist/model.cc", "player/frame.h"},
           {"fonts/typeset.cc", "playlist/model.h"},
           {"fonts/typeset.cc", "media/picture.h"},
           {"media/sniff.cc", "playlist/model.h"},
           {"media/decode/main.cc", "fonts/typeset.h"},
           {"fleet/trust/verify.cc", "media/sniff.h"},
           {"fleet/pull/pull.cc", "player/folder.h"},
           {"player/compose.cc", "staff/check.h"},
           {"staff/main.cc", "tests/support/text.h"},
       }) {
    EXPECT_THAT(judge(arrow.from, "\n  #  include \"" + std::string(arrow.to) + "\"\n"),
                ElementsAre(HasSubstr(":2: " + std::string(arrow.from).substr(0, 3))))
        << arrow.from << " -> " << arrow.to;
  }
}

TEST(HouseArrows, AreWrittenFromTheTopOfTheRepository) {
  EXPECT_THAT(judge("base/json.cc", "#include \"json.h\"\n"),
              ElementsAre(HasSubstr("from the top")));
  EXPECT_THAT(judge("base/json.cc", "#include \"../base/json.h\"\n"),
              ElementsAre(HasSubstr("from the top")));
}

TEST(HouseArrows, ANewFolderNeedsAPlaceInThem) {
  EXPECT_THAT(judge("cloud/main.cc", "#include \"base/json.h\"\n"),
              ElementsAre(HasSubstr("cloud/ has no place")));
}

// ---- Libraries and their homes ---------------------------------------------------------------

TEST(HouseLibraries, StayAtHome) {
  for (const auto& [path, header] : std::vector<std::pair<const char*, const char*>>{
           {"media/sniff.cc", "jpeglib.h"},
           {"media/draft/main.cc", "jpeglib.h"},
           {"media/prepare/encode.cc", "jpeglib.h"},
           {"player/stage.cc", "webp/decode.h"},
           {"media/sniff.cc", "SDL2/SDL.h"},
           {"media/decode/load.cc", "SDL2/SDL_image.h"},
           {"staff/main.cc", "SDL.h"},
           {"media/decode/load.cc", "vips/vips.h"},
           {"media/preparer.cc", "vips/vips8"},
           {"media/picture.cc", "lcms2.h"},
           {"media/decode/main.cc", "seccomp.h"},
           {"media/prepare/main.cc", "linux/landlock.h"},
           {"player/compose.cc", "hb.h"},
           {"player/compose.cc", "ft2build.h"},
           {"player/loop.cc", "curl/curl.h"},
           {"playlist/days.cc", "date/tz.h"},
           {"base/json.cc", "tl/expected.hpp"},
       }) {
    EXPECT_THAT(judge(path, "#include <" + std::string(header) + ">\n"),
                ElementsAre(HasSubstr("alone")))
        << path << " " << header;
  }
}

TEST(HouseLibraries, MayBeUsedAtHome) {
  for (const auto& [path, header] : std::vector<std::pair<const char*, const char*>>{
           {"media/decode/jpeg_rows.cc", "jpeglib.h"},
           {"media/prepare/jpeg.cc", "jpeglib.h"},
           {"media/decode/webp_rows.cc", "webp/decode.h"},
           {"media/prepare/library.h", "vips/vips.h"},
           {"media/prepare/profile.cc", "lcms2.h"},
           {"media/cage/system_calls.cc", "seccomp.h"},
           {"media/cage/landlock.cc", "linux/landlock.h"},
           {"player/stage.cc", "SDL2/SDL.h"},
           {"fonts/shape.cc", "hb-ft.h"},
           {"fonts/raster.cc", "ft2build.h"},
           {"fleet/pull/http.cc", "curl/curl.h"},
           {"base/zone.cc", "date/tz.h"},
           {"base/result.h", "tl/expected.hpp"},
           {"tests/media/decode_test.cc", "jpeglib.h"},
       }) {
    EXPECT_THAT(judge(path, "#include <" + std::string(header) + ">\n"), IsEmpty())
        << path << " " << header;
  }
}

TEST(HouseLibraries, AreNotBroughtInByAHeaderThatAnotherFolderSees) {
  const Source heavy{"playlist/table.h", "#include <toml++/toml.h>\n"};
  const Source between{"playlist/parse.h", "#include \"playlist/table.h\"\n"};
  const Source user{"player/folder.cc", "#include \"playlist/parse.h\"\n"};
  EXPECT_THAT(lines_of(findings_across({heavy, between, user})),
              ElementsAre(HasSubstr("playlist/table.h:1: other folders see this header")));
}

TEST(HouseLibraries, MayBeSharedAmongSourcesByAHeaderThatNoHeaderIncludes) {
  const Source handles{"base/openssl.h", "#include <openssl/evp.h>\n"};
  const Source user{"fleet/trust/keys.cc", "#include \"base/openssl.h\"\n"};
  EXPECT_THAT(findings_across({handles, user}), IsEmpty());
  const Source between{"fleet/trust/keys.h", "\n#include \"base/openssl.h\"\n"};
  const Source other{"fleet/pull/plan.cc", "#include \"fleet/trust/keys.h\"\n"};
  EXPECT_THAT(lines_of(findings_across({handles, between, other})), IsEmpty())
      << "of its own folder";
  const Source far{"player/store_source.cc", "#include \"fleet/trust/keys.h\"\n"};
  EXPECT_THAT(lines_of(findings_across({handles, between, far})),
              ElementsAre(HasSubstr("fleet/trust/keys.h:2: other folders see this header: keep "
                                    "\"base/openssl.h\" in the .cc")));
}

TEST(HouseLibraries, MayBeInAHeaderOfAFoldersOwnAndOfTests) {
  const Source own{"fonts/face.h", "#include <ft2build.h>\n"};
  const Source user{"fonts/face.cc", "#include \"fonts/face.h\"\n"};
  const Source test{"tests/fonts/face_test.cc", "#include \"fonts/face.h\"\n"};
  EXPECT_THAT(findings_across({own, user, test}), IsEmpty());
}

TEST(HouseLibraries, MayBeAnnouncedByALightHeader) {
  const Source light{"base/json.h", "#include <nlohmann/json_fwd.hpp>\n"};
  const Source user{"player/folder.cc", "#include \"base/json.h\"\n"};
  EXPECT_THAT(findings_across({light, user}), IsEmpty());
}

// ---- Pure code -------------------------------------------------------------------------------

TEST(HousePurity, PureFoldersSeeNoFileThreadOrClock) {
  for (const char* header :
       {"<fstream>", "<filesystem>", "<iostream>", "<cstdio>", "<thread>", "<mutex>",
        "<condition_variable>", "<future>", "<random>", "<unistd.h>", "<sys/stat.h>",
        "\"base/files.h\"", "\"base/journal_room.h\"", "\"base/clock.h\"", "\"base/boot.h\"",
        "\"base/service_manager.h\""}) {
    const std::string text = "#include " + std::string(header) + "\n";
    EXPECT_THAT(judge("playlist/schedule.cc", text), ElementsAre(HasSubstr("in pure code")));
    EXPECT_THAT(judge("fleet/trust/verify.cc", text), ElementsAre(HasSubstr("in pure code")));
    EXPECT_THAT(judge("player/loop.cc", text), IsEmpty());
  }
}

TEST(HousePurity, PureFoldersNeverUseTheScreenOrTheNetwork) {
  EXPECT_THAT(judge("playlist/schedule.cc", "#include <SDL2/SDL.h>\n"), SizeIs(1));
  EXPECT_THAT(judge("fleet/trust/verify.cc", "#include <curl/curl.h>\n"), SizeIs(1));
}

TEST(HousePurity, PureFoldersAskNobody) {
  for (const char* code : {"auto t = std::chrono::steady_clock::now();", "SystemZones zones;",
                           "std::random_device seed;", "auto t = std::time(nullptr);",
                           "auto home = getenv(name);", "fopen(name, mode);"}) {
    EXPECT_THAT(judge("playlist/schedule.cc", code), ElementsAre(HasSubstr("asks nobody")));
    EXPECT_THAT(judge("player/loop.cc", code), IsEmpty());
  }
}

TEST(HousePurity, ZonesAndTimesComeInAsValues) {
  EXPECT_THAT(judge("playlist/schedule.cc",
                    "#include \"base/zone.h\"\n#include \"base/time.h\"\n"
                    "Day day(const Zone& zone, Instant now) { return zone.day_of(now); }\n"
                    "Result<Zones*> f(Zones& zones);\n"),
              IsEmpty());
}

// ---- Waits and clocks ------------------------------------------------------------------------

TEST(HouseWaits, NeverFollowTheWallClock) {
  for (const char* call : {"SDL_SemWaitTimeout(s, 5);", "SDL_CondWaitTimeout(c, m, 5);",
                           "SDL_WaitEventTimeout(&e, 5);", "SDL_Delay(5);"}) {
    EXPECT_THAT(judge("player/loop.cc", call), ElementsAre(HasSubstr("timed waits"))) << call;
    EXPECT_THAT(judge("tests/player/loop_test.cc", call), SizeIs(1)) << call;
  }
  EXPECT_THAT(judge("player/loop.cc", "ready.wait_until(lock, std::chrono::system_clock::now());"),
              ElementsAre(HasSubstr("system_clock")));
  EXPECT_THAT(judge("player/loop.cc", "ready.wait_until(lock, steady_now + patience);"), IsEmpty());
}

TEST(HouseWaits, TheSystemClockIsAskedInOnePlace) {
  const std::string code = "return std::chrono::system_clock::now();";
  EXPECT_THAT(judge("base/clock.cc", code), IsEmpty());
  EXPECT_THAT(judge("base/zone.cc", code), SizeIs(1));
  EXPECT_THAT(judge("staff/main.cc", code), SizeIs(1));
  EXPECT_THAT(judge("tests/base/clock_test.cc", code), SizeIs(1));
}

TEST(HouseWaits, OnlyTestsSleep) {
  EXPECT_THAT(judge("player/loop.cc", "std::this_thread::sleep_for(a_while);"), SizeIs(1));
  EXPECT_THAT(judge("player/loop.cc", "std::this_thread::sleep_until(then);"), SizeIs(1));
  EXPECT_THAT(judge("tests/player/loop_test.cc", "std::this_thread::sleep_for(a_while);"),
              IsEmpty());
}

// ---- Results ---------------------------------------------------------------------------------

TEST(HouseResults, CannotBeDropped) {
  for (const char* declaration : {
           "Result<int> parse(std::string_view text);",
           "Status commit();",
           "class F {\n public:\n  static Result<F> open(Path path);\n};",
           "class F {\n  virtual Result<std::map<int, int>> find(int) = 0;\n};",
           "inline noseon::Status commit() { return {}; }",
           "template <class T>\nResult<std::vector<T>>\nread_all(int n);",
           "auto commit() -> Status;",
           "[[nodiscard]] int size();\nStatus commit();",
       }) {
    EXPECT_THAT(judge("media/decoder.h", declaration), ElementsAre(HasSubstr("[[nodiscard]]")))
        << declaration;
  }
}

TEST(HouseResults, ThatCannotBeDroppedAreFine) {
  for (const char* declaration : {
           "[[nodiscard]] Result<int> parse(std::string_view text);",
           "class F {\n public:\n  [[nodiscard]] static Result<F> open(Path path);\n};",
           "[[nodiscard]] virtual Status\n  commit() = 0;",
           "[[nodiscard]] auto commit() -> Status;",
           "template <class T>\nusing Result = tuple<T, Error>;",
           "struct Delivery {\n  Result<PicturePtr> picture;\n};",
           "void show(const Result<int>& result, Status status);",
           "explicit Workshop(std::function<Result<Studio>()> make);",
           "enum class PlayStatus { shown };\nPlayStatus status();",
       }) {
    EXPECT_THAT(judge("media/decoder.h", declaration), IsEmpty()) << declaration;
  }
}

TEST(HouseResults, AreCalledByOurNameForThem) {
  EXPECT_THAT(judge("media/sniff.cc", "tl::expected<int, Error> f();"),
              ElementsAre(HasSubstr("base/result.h alone")));
  EXPECT_THAT(judge("media/sniff.cc", "return tl::unexpected(error);"), SizeIs(1));
  EXPECT_THAT(judge("base/result.h", "using R = tl::expected<int, int>;"), IsEmpty());
}

// ---- Names of files --------------------------------------------------------------------------

TEST(HouseNames, AFontFileIsFound) {
  EXPECT_THAT(lines_of(findings_in_names({"base/README.md", "base/a.TTF"})),
              ElementsAre(HasSubstr("base/a.TTF:0: fonts come from Debian")));
  EXPECT_THAT(findings_in_names({"base/README.md", "base/fonts.toml", "base/otf.cc"}), IsEmpty());
}

TEST(HouseNames, AFolderWithoutReadmeIsFound) {
  EXPECT_THAT(lines_of(findings_in_names({"base/json.h", "base/deep/README.md"})),
              ElementsAre("base:0: has no README.md"));
  EXPECT_THAT(findings_in_names({"CHANGELOG.md", ".ci/run"}), IsEmpty());
}

// ---- What counts as code ---------------------------------------------------------------------

TEST(HouseCode, CommentsAndLiteralsAreNotCode) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a // SDL_Delay\nb", "a             \nb"},
      {"a /* x\n y */ b", "a     \n      b"},
      {"f(\"x\\\"y\") + 1", "f(      ) + 1"},
      {"f('\"', 2)", "f(   , 2)"},
      {"1'000'000 + x", "1'000'000 + x"},
      {"R\"(a\"b)\" c", "R        c"},
      {"u8R\"t(a)\"b)t\" c", "u8R           c"},
      {"FOUR\"x\" c", "FOUR    c"},
      {"#include \"base/a.h\"", "#include \"base/a.h\""},
      {"// #include \"base/a.h\"", "                      "},
      {"\"never closed", "             "},
      {"/* never closed", "               "},
      {"R\"(never closed", "R              "},
  };
  for (const auto& [text, code] : cases) EXPECT_EQ(code_of(text), code) << text;
}

TEST(HouseCode, SinsInCommentsAndLiteralsAreForgiven) {
  EXPECT_THAT(judge("player/loop.cc",
                    "// never SDL_Delay\nauto s = \"system_clock\"; /* tl::expected */\n"
                    "auto t = R\"(\n#include \"staff/check.h\"\n)\";\n"),
              IsEmpty());
}

TEST(HouseCode, AFindingNamesItsLine) {
  EXPECT_THAT(judge("player/loop.cc", "/* one\n two */\n\nvoid f() { SDL_Delay(1); }\n"),
              ElementsAre(HasSubstr("player/loop.cc:4: ")));
}

}  // namespace
}  // namespace noseon::house
