// `noseon layout --json`, as another typesetter's judge uses it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fonts/chain.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Answers {
  std::vector<json> lines;
  std::string err;
  int exit_code = -1;
};

class Layout : public ::testing::Test {
 protected:
  Answers ask(const std::string& requests, const std::string& flags = "--json") const {
    folder_.write("in", requests);
    const std::string command = fmt::format(
        "env -u LANGUAGE LC_ALL=C {}/noseon layout {} <{} >{} 2>{}", NOSEON_BIN_DIR, flags,
        (folder_ / "in").string(), (folder_ / "out").string(), (folder_ / "err").string());
    Answers answers;
    answers.exit_code = WEXITSTATUS(std::system(command.c_str()));
    std::ifstream out(folder_ / "out");
    for (std::string line; std::getline(out, line);) answers.lines.push_back(json::parse(line));
    std::ostringstream err;
    err << std::ifstream(folder_ / "err").rdbuf();
    answers.err = err.str();
    return answers;
  }

  /// A request in the Korean sans font, with more members.
  static json request(const std::string& text, const json& more = json::object()) {
    const FontFile font = shipped_chain().value()[1].file;
    json out = {{"text", text},
                {"fonts", {{{"file", font.path}, {"index", font.face_index}}}},
                {"size", 100},
                {"width", 1000}};
    out.update(more);
    return out;
  }

  static std::vector<std::string> keys(const json& object) {
    std::vector<std::string> out;
    for (const auto& [key, value] : object.items()) out.push_back(key);
    return out;
  }

  TemporaryFolder folder_;
};

TEST_F(Layout, AnswersEachLineWithLinesAndGlyphs) {
  const Answers answers = ask(request("가 나").dump() + "\n\n" + request("\u1100\u1161").dump());
  ASSERT_EQ(answers.exit_code, 0) << answers.err;
  ASSERT_EQ(answers.lines.size(), 2u);
  const json& first = answers.lines[0];
  EXPECT_THAT(keys(first), ElementsAre("lines", "missing", "size"));
  ASSERT_EQ(first["lines"].size(), 1u);
  const json& line = first["lines"][0];
  EXPECT_THAT(keys(line), ElementsAre("end", "glyphs", "start", "text", "w", "x", "y"));
  EXPECT_EQ(line["text"], "가 나");
  EXPECT_EQ(line["end"], 7);
  EXPECT_EQ(line["w"], 212.0);
  EXPECT_EQ(line["x"], 0.0) << "from the start";
  ASSERT_EQ(line["glyphs"].size(), 3u);
  EXPECT_EQ(line["glyphs"][2], (json{{"adv", 92.0},
                                     {"cluster", 4},
                                     {"font", 0},
                                     {"gid", 48787},
                                     {"x", 120.0},
                                     {"y", line["y"]}}));
  EXPECT_EQ(answers.lines[1]["lines"][0]["text"], "가") << "NFC";
}

TEST_F(Layout, TakesHeightModeBalanceFitAndAlign) {
  const auto lines = [&](const json& more) {
    json answer = ask(request("나라의 말이 중국과 달라", more).dump()).lines.at(0);
    std::string out = answer["size"].dump();
    for (const json& line : answer["lines"]) out += "|" + line["text"].get<std::string>();
    return out;
  };
  EXPECT_EQ(lines({{"width", 750}}), "100|나라의 말이 |중국과 달라");
  EXPECT_EQ(lines({{"width", 950}}), "100|나라의 말이 중국과 |달라");
  EXPECT_EQ(lines({{"width", 950}, {"balance", true}}), "100|나라의 말이 |중국과 달라");
  EXPECT_EQ(lines({{"width", 560}, {"mode", "syllable"}}), "100|나라의 말이 |중국과 달라");
  EXPECT_EQ(lines({{"width", 400}, {"mode", "syllable"}}), "100|나라의 말|이 중국과 |달라");
  EXPECT_EQ(lines({{"height", 50}, {"fit", true}}), "50|나라의 말이 중국과 달라");
  EXPECT_EQ(lines({{"height", 50}, {"fit", true}, {"size_min", 60}}), "60|나라의 말이 중국과 달라");
  const json right = ask(request("가", {{"align", "right"}}).dump()).lines.at(0);
  EXPECT_EQ(right["lines"][0]["x"], 908.0);
}

TEST_F(Layout, ReportsWhatIsMissing) {
  const json answer = ask(request("가ə나").dump()).lines.at(0);
  EXPECT_EQ(answer["missing"], json::array({"ə"}));
  EXPECT_EQ(answer["lines"][0]["glyphs"][1]["gid"], 0);
}

TEST_F(Layout, RefusesABadRequestWithItsLineAndGoesOn) {
  struct Case {
    std::string request;
    std::string error;
  };
  for (const auto& [bad, error] : std::vector<Case>{
           {"{", "line 1"},
           {"[]", "a request is an object"},
           {request("가", {{"widht", 1}}).dump(), "there is no key \"widht\""},
           {request("가", {{"width", 0}}).dump(),
            "\"width\" is not a whole number from 1 to 65535"},
           {request("가", {{"width", 65536}}).dump(), "\"width\" is not"},
           {request("가", {{"size", 7}}).dump(), "\"size\" is not a whole number from 8 to 1024"},
           {request("가", {{"size", 1025}}).dump(), "\"size\" is not"},
           {request("가", {{"size", 40.5}}).dump(), "\"size\" is not"},
           {request("가", {{"fit", 1}}).dump(), "\"fit\" is not true or false"},
           {request("가", {{"mode", "word"}}).dump(), "one of \"eojeol\", \"syllable\""},
           {request("가", {{"fonts", json::array()}}).dump(), "\"fonts\" is not a list of 1 to 16"},
           {request("가", {{"fonts", {{{"file", "/nowhere.ttf"}}}}}).dump(), "/nowhere.ttf"},
           {request("가", {{"fonts", {{{"file", "/dev/null"}}}}}).dump(), "/dev/null"},
           {request("가", {{"text", 5}}).dump(), "\"text\" is not a text"},
           {request("가", {{"line_height", 0.4}}).dump(), "from 0.5 to 10"},
           {request("가", {{"letter_spacing", 1001}}).dump(), "\"letter_spacing\" is not"},
           {"\"" + std::string(1 << 20, 'x') + "\"", "longer than 1048576 bytes"},
       }) {
    const Answers answers = ask(bad + "\n" + request("가").dump() + "\n");
    EXPECT_EQ(answers.exit_code, 1) << error;
    ASSERT_EQ(answers.lines.size(), 2u) << error;
    EXPECT_THAT(answers.lines[0]["error"].get<std::string>(), HasSubstr(error));
    EXPECT_THAT(answers.err, HasSubstr("noseon: line 1: "));
    EXPECT_EQ(answers.lines[1]["size"], 100) << "the next one is answered";
  }
}

TEST_F(Layout, WithoutJsonItSaysWhatToAdd) {
  const Answers answers = ask("", "");
  EXPECT_EQ(answers.exit_code, 2);
  EXPECT_THAT(answers.err, HasSubstr("add --json"));
}

}  // namespace
}  // namespace noseon
