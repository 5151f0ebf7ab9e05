// The page of findings is true: each of its examples brings the finding that it stands for, and it
// has every code that the sources have.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/files.h"
#include "tests/media/picture_files.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kSource = NOSEON_SOURCE_DIR;

std::string page() {
  return read_file(kSource / "staff/findings.md", 1U << 20U).value();
}

// What a comment such as <!-- picture posters/a.png 800x600 --> asks for.
struct Setting {
  std::string what;
  std::vector<std::string> words;
};

struct Example {
  std::string code;
  std::string severity;
  std::string toml;
  std::vector<Setting> settings;
};

Setting setting_of(const std::string& line) {
  std::istringstream words(line.substr(5, line.size() - 9));
  Setting setting;
  words >> setting.what;
  for (std::string word; words >> word;) setting.words.push_back(word);
  return setting;
}

std::vector<Example> examples() {
  std::vector<Example> all;
  std::istringstream lines(page());
  const std::regex heading("### `([a-z0-9-]+)` \\((error|warning)\\)");
  bool in_toml = false;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, heading)) {
      all.push_back({match[1], match[2], "", {}});
    } else if (line == "```toml") {
      in_toml = true;
    } else if (line == "```") {
      in_toml = false;
    } else if (in_toml) {
      all.back().toml += line + "\n";
    } else if (line.starts_with("<!-- ")) {
      all.back().settings.push_back(setting_of(line));
    }
  }
  return all;
}

std::string whole(std::string toml) {
  constexpr const char* kHead =
      "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"Asia/Seoul\"\n";
  if (toml.find("format = ") != std::string::npos) return toml;
  if (toml.find("[[item]]") == std::string::npos)
    toml += "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\n";
  return kHead + toml;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// Writes what the example asks for into the folder, and gives the arguments of `noseon check`.
std::vector<std::string> set_up(const Example& example, const TemporaryFolder& folder) {
  std::string toml = whole(example.toml);
  std::vector<std::string> arguments = {"check", folder.path().string(), "--json"};
  std::string day = "2026-11-22";
  for (const auto& [what, words] : example.settings) {
    if (what == "picture" || what == "file") {
      fs::create_directories((folder.path() / words[0]).parent_path());
    }
    if (what == "picture") {
      const auto x = words[1].find('x');
      folder.write(words[0],
                   png_claiming(static_cast<std::uint32_t>(std::stoul(words[1].substr(0, x))),
                                static_cast<std::uint32_t>(std::stoul(words[1].substr(x + 1)))));
    } else if (what == "file") {
      folder.write(words[0], words[1]);
    } else if (what == "at") {
      day = words[0];
    } else if (what == "repeat") {
      std::string more;
      for (int i = 0; i < std::stoi(words[0]); ++i) more += "가나다라마바사아자차카타파하 ";
      replace_all(toml, "...", more);
    } else if (what == "items") {
      for (int i = 1; i < std::stoi(words[0]); ++i)
        toml += "[[item]]\nid = \"b" + std::to_string(i) +
                "\"\ntext = { ko = \"가\" }\nweight = 1000\n";
    } else {
      ADD_FAILURE() << "the page asks for \"" << what << "\"";
    }
  }
  folder.write("campaign.toml", toml);
  arguments.insert(arguments.end(), {"--at", day});
  return arguments;
}

TEST(FindingsPage, EachExampleBringsItsFinding) {
  const std::vector<Example> all = examples();
  EXPECT_GE(all.size(), 45U);
  for (const Example& example : all) {
    const TemporaryFolder folder;
    const Ran ran = run_noseon(set_up(example, folder));
    ASSERT_FALSE(ran.out.empty()) << example.code << ": " << ran.err;
    const json findings = json::parse(ran.out).at("findings");
    const bool is_there = std::any_of(findings.begin(), findings.end(), [&](const json& finding) {
      return finding["code"] == example.code && finding["severity"] == example.severity &&
             !finding["remedy"].get<std::string>().empty();
    });
    EXPECT_TRUE(is_there) << example.code << " is not in " << ran.out;
    const bool has_error = std::any_of(findings.begin(), findings.end(), [](const json& finding) {
      return finding["severity"] == "error";
    });
    EXPECT_EQ(ran.exit_code, has_error ? 1 : 0) << example.code;
  }
}

// ---- Every code that the sources have --------------------------------------------------------

std::set<std::string> matches(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    found.insert((*at)[1]);
  return found;
}

std::set<std::string> codes_of_the_page() {
  std::set<std::string> codes = matches(page(), std::regex("### `([a-z0-9-]+)`"));
  std::istringstream lines(page());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    const std::string cell = line.substr(0, line.find('|', 1));
    for (const std::string& code : matches(cell, std::regex("`([a-z0-9-]+)`"))) codes.insert(code);
  }
  return codes;
}

// The calendars of holidays are ours: nobody else is told what is wrong with one.
std::string code_that_makes_findings() {
  std::string all;
  for (const char* folder : {"playlist", "staff"}) {
    for (const auto& file : fs::directory_iterator(kSource / folder))
      if (file.path().extension() == ".cc" && file.path().filename() != "holidays.cc")
        all += read_file(file.path(), 1U << 20U).value();
  }
  for (const char* file : {"player/folder.cc", "player/picture_file.cc", "player/poster_files.cc"})
    all += read_file(kSource / file, 1U << 20U).value();
  return all;
}

TEST(FindingsPage, HasEveryCodeOfTheSources) {
  // A code is the literal behind a place, a severity's file and place, or a file.
  const std::regex used(
      "(?:error|warn|report_form|error_at|report|read_form|Complaint|return |Severity::\\w+)"
      "[^\";]*?[,{]\\s*\"([a-z0-9]+(?:-[a-z0-9]+)*)\",");
  std::set<std::string> codes = matches(code_that_makes_findings(), used);
  const std::set<std::string> page = codes_of_the_page();
  EXPECT_GE(codes.size(), 40U);
  for (const char* other : {"mon-fri", "noseon"}) codes.erase(other);
  for (const std::string& code : codes) {
    if (code.find('-') == std::string::npos) continue;  // words of the language, and few codes
    EXPECT_TRUE(page.contains(code)) << code << " is missing from staff/findings.md";
  }
}

TEST(FindingsPage, HasNoCodeThatIsGone) {
  const std::string sources = code_that_makes_findings();
  for (const std::string& code : codes_of_the_page()) {
    const bool is_built = code.starts_with("unknown-");  // with the word for a part of the campaign
    EXPECT_TRUE(is_built || sources.find('"' + code + '"') != std::string::npos) << code;
  }
}

}  // namespace
}  // namespace noseon::testing
