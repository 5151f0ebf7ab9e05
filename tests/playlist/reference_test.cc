// The pages of all keys, playlist/reference.md and reference.ko.md, say what the schema and the
// parser do: the same keys, types and defaults, and examples that are accepted.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "base/files.h"
#include "playlist/styles.h"
#include "tests/playlist/bus.h"
#include "tests/playlist/editor_schema.h"

namespace noseon::testing {
namespace {

using nlohmann::ordered_json;

// ------------------------------------------------------------------------------------ the page

struct Row {
  std::string key, type, fallback, meaning, example;
};
using Rows = std::vector<Row>;

std::string trimmed(std::string_view text, std::string_view of = " ") {
  const std::size_t first = text.find_first_not_of(of);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(of) + 1 - first));
}

std::vector<std::string> split(std::string_view text, std::string_view at) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + at.size());
  }
}

std::string without_ticks(const std::string& cell) {
  return trimmed(cell, "`");
}

// The tables of five columns, by what their heading names in `ticks`.
std::map<std::string, Rows> tables_of(const std::string& page) {
  std::map<std::string, Rows> tables;
  std::string heading;
  for (const std::string& line : split(page, "\n")) {
    if (line.starts_with("#")) heading = trimmed(line, "# `");
    if (!line.starts_with("| `")) continue;
    const auto cells = split(line, " | ");
    if (cells.size() != 5) continue;  // the written forms and the limits have tables of their own
    tables[heading].push_back({without_ticks(trimmed(cells[0], "| ")), cells[1],
                               without_ticks(cells[2]), cells[3],
                               without_ticks(trimmed(cells[4], "| "))});
  }
  return tables;
}

std::map<std::string, Rows> page(const std::string& name) {
  return tables_of(
      read_file(fmt::format("{}/playlist/{}", NOSEON_SOURCE_DIR, name), 1U << 20U).value());
}

// ----------------------------------------------------------------------------------- the schema

struct Section {
  const char* heading;
  const char* schema;
  const char* pointer;  ///< of the object whose keys the section lists
};

constexpr std::array<Section, 11> kSections{{
    {"campaign.toml", "campaign", ""},
    {"[window]", "campaign", "/properties/window"},
    {"[dayparts]", "campaign", "/definitions/daypart-entry"},
    {"[places]", "campaign", "/definitions/place"},
    {"[styles.NAME]", "campaign", "/definitions/style"},
    {"outline", "campaign", "/definitions/style/properties/outline"},
    {"shadow", "campaign", "/definitions/style/properties/shadow"},
    {"[[item]]", "campaign", "/definitions/item"},
    {"display.toml", "display", ""},
    {"night", "display", "/properties/night"},
    {"[source]", "display", "/properties/source"},
}};

// How a page calls a type, by the form that the schema refers to or by its own name.
using Words = std::map<std::string, std::string>;

const Words kEnglish = {
    {"id", "id"},
    {"days", "days"},
    {"hours", "hours"},
    {"yearly", "days of the year"},
    {"colour", "colour"},
    {"day", "day"},
    {"day-or-moment", "day, or day and time"},
    {"texts", "texts by language"},
    {"size", "width and height"},
    {"language[]", "list of languages"},
    {"string[]", "list of texts"},
    {"item[]", "tables"},
    {"object", "table"},
    {"string", "text"},
    {"const", "always `{}`"},
    {"enum", "one of {}"},
    {"integer", "whole number {} to {}"},
    {"number", "number {} to {}"},
    {"boolean", "true or false"},
    {"required", "required"},
};

const Words kKorean = {
    {"id", "id"},
    {"days", "요일"},
    {"hours", "시간"},
    {"yearly", "해마다의 날짜"},
    {"colour", "색"},
    {"day", "날짜"},
    {"day-or-moment", "날짜 또는 일시"},
    {"texts", "언어별 글"},
    {"size", "너비와 높이"},
    {"language[]", "언어 목록"},
    {"string[]", "글 목록"},
    {"item[]", "테이블 여럿"},
    {"object", "테이블"},
    {"string", "글"},
    {"const", "언제나 `{}`"},
    {"enum", "{} 가운데 하나"},
    {"integer", "정수 {}~{}"},
    {"number", "수 {}~{}"},
    {"boolean", "참 또는 거짓"},
    {"required", "필수"},
};

std::string name_of_form(const ordered_json& schema) {
  const auto ref = schema.at("$ref").get<std::string>();
  return ref.substr(ref.rfind('/') + 1);
}

std::string list_of(const ordered_json& words) {
  std::string list;
  for (const auto& word : words) {
    const std::string text = word.is_string() ? word.get<std::string>() : word.dump();
    list += (list.empty() ? "`" : ", `") + text + "`";
  }
  return list;
}

std::string type_in(const ordered_json& schema, const Words& words) {
  if (schema.contains("allOf")) return words.at(name_of_form(schema["allOf"][0]));
  if (schema.contains("const"))
    return fmt::format(fmt::runtime(words.at("const")), schema["const"].get<std::string>());
  if (schema.contains("enum"))
    return fmt::format(fmt::runtime(words.at("enum")), list_of(schema["enum"]));
  const auto type = schema.at("type").get<std::string>();
  if (type == "integer" || type == "number")
    return fmt::format(fmt::runtime(words.at(type)), schema.at("minimum").dump(),
                       schema.at("maximum").dump());
  if (type != "array") return words.at(type);
  const ordered_json& entry = schema.at("items");
  return words.at((entry.contains("$ref") ? name_of_form(entry) : "string") + "[]");
}

// What nothing written means, as the page says it.
void expect_default(const Row& row, const ordered_json& object, const Words& words) {
  const ordered_json& schema = object["properties"][row.key];
  if (schema.contains("default")) {
    EXPECT_EQ(ordered_json::parse(row.fallback, nullptr, false), schema["default"]) << row.key;
    return;
  }
  const ordered_json required = object.value("required", ordered_json::array());
  const bool is_required = std::find(required.begin(), required.end(), row.key) != required.end();
  EXPECT_EQ(row.fallback, is_required ? words.at("required") : "–") << row.key;
}

void expect_same(const Rows& rows, const ordered_json& object, const Words& words,
                 const std::string& where) {
  std::vector<std::string> keys, listed;
  for (const auto& [key, schema] : object["properties"].items()) keys.push_back(key);
  for (const Row& row : rows) {
    listed.push_back(row.key);
    if (!object["properties"].contains(row.key)) continue;
    EXPECT_EQ(row.type, type_in(object["properties"][row.key], words)) << where << row.key;
    EXPECT_NE(row.meaning, "") << where << row.key;
    expect_default(row, object, words);
  }
  EXPECT_EQ(listed, keys) << where;
}

void expect_page_says_the_schema(const std::string& name, const Words& words) {
  const auto tables = page(name);
  EXPECT_EQ(tables.size(), kSections.size());
  for (const Section& section : kSections) {
    ASSERT_TRUE(tables.contains(section.heading)) << name << ": " << section.heading;
    const EditorSchema schema(section.schema);
    expect_same(tables.at(section.heading), schema.at(section.pointer), words,
                fmt::format("{} {} ", name, section.heading));
  }
}

TEST(Reference, InEnglishHasTheKeysTypesAndDefaultsOfTheSchema) {
  expect_page_says_the_schema("reference.md", kEnglish);
}

TEST(Reference, InKoreanHasTheKeysTypesAndDefaultsOfTheSchema) {
  expect_page_says_the_schema("reference.ko.md", kKorean);
}

TEST(Reference, SaysWhatTheEditorSays) {
  const auto tables = page("reference.md");
  for (const Section& section : kSections) {
    const EditorSchema schema(section.schema);
    for (const Row& row : tables.at(section.heading)) {
      const ordered_json& properties = schema.at(section.pointer)["properties"];
      ASSERT_TRUE(properties.contains(row.key)) << section.heading << row.key;
      EXPECT_EQ(row.meaning, properties[row.key]["description"]) << section.heading << row.key;
    }
  }
}

// ---------------------------------------------------------------------------------- the examples

// A file's keys by section, into which one example is written.
class Draft {
 public:
  /// The example takes the place of its key.
  void write(const std::string& section, const std::string& key, const std::string& line) {
    keys_[section][key] = line;
  }
  void leave_out(const std::string& section, const std::string& key) { keys_[section].erase(key); }
  [[nodiscard]] std::string lines(const std::string& section) const {
    std::string text;
    for (const auto& [key, line] : keys_.at(section)) text += line + "\n";
    return text;
  }
  /// { a = 1, b = 2 }
  [[nodiscard]] std::string inline_table(const std::string& section) const {
    std::string text;
    for (const auto& [key, line] : keys_.at(section)) text += (text.empty() ? "" : ", ") + line;
    return "{ " + text + " }";
  }

 private:
  std::map<std::string, std::map<std::string, std::string>> keys_;
};

// What the examples of items refer to is there.
Draft minimal_campaign() {
  Draft draft;
  draft.write("campaign.toml", "format", "format = \"noseon.campaign/1\"");
  draft.write("campaign.toml", "id", "id = \"a\"");
  draft.write("campaign.toml", "timezone", "timezone = \"Asia/Seoul\"");
  draft.write("[window]", "", "");
  draft.write("[dayparts]", "days", "days = \"daily\"");
  draft.write("[places]", "lat", "lat = 0");
  draft.write("[places]", "lon", "lon = 0");
  draft.write("[places]", "radius_m", "radius_m = 100");
  draft.write("[styles.NAME]", "", "");
  draft.write("outline", "color", "color = \"#000000\"");
  draft.write("shadow", "blur", "blur = 0");
  draft.write("[[item]]", "id", "id = \"a\"");
  draft.write("[[item]]", "text", "text = { ko = \"가\" }");
  return draft;
}

std::string campaign_with(const std::string& section, const Row& row) {
  Draft draft = minimal_campaign();
  draft.write(section, row.key, row.example);
  if (row.key == "caption") draft.write("[[item]]", "poster", "poster = \"a.png\"");
  if (row.key == "poster" || row.key == "caption") draft.leave_out("[[item]]", "text");
  const std::string head = draft.lines("campaign.toml");
  if (section == "campaign.toml" && row.type != "") {
    // A table of the head stands alone: its section would be the same table again.
    return row.key == "item" ? head : head + "[[item]]\n" + draft.lines("[[item]]");
  }
  return head + "[window]\n" + draft.lines("[window]") + "[dayparts]\ncommute = [" +
         draft.inline_table("[dayparts]") +
         "]\n[places]\nseoul-station = " + draft.inline_table("[places]") + "\n[styles.night]\n" +
         draft.lines("[styles.NAME]") +
         "[styles.festival]\noutline = " + draft.inline_table("outline") +
         "\nshadow = " + draft.inline_table("shadow") + "\n[[item]]\n" + draft.lines("[[item]]");
}

std::string display_with(const std::string& section, const Row& row) {
  if (section == "[source]") return "[source]\n" + row.example + "\n";
  if (section != "night") return row.example + "\n";
  return "[night]\n" + row.example + (row.key == "hours" ? "\n" : "\nhours = \"20:00-06:00\"\n");
}

void expect_good_examples(const std::string& name) {
  for (const auto& [section, rows] : page(name)) {
    const bool is_display =
        section == "display.toml" || section == "night" || section == "[source]";
    for (const Row& row : rows) {
      EXPECT_TRUE(row.example.starts_with(row.key + " = ")) << row.example;
      const std::string toml =
          is_display ? display_with(section, row) : campaign_with(section, row);
      const Findings findings = is_display ? parse_display(toml, name, zones()).findings
                                           : parse_campaign(toml, name, zones()).findings;
      for (const Finding& finding : findings)
        EXPECT_NE(finding.severity, Severity::error) << to_string(finding) << "\n" << toml;
    }
  }
}

TEST(Reference, HasExamplesThatAreAccepted) {
  expect_good_examples("reference.md");
  expect_good_examples("reference.ko.md");
}

TEST(Reference, NamesTheStylesThatAreShipped) {
  for (const char* name : {"reference.md", "reference.ko.md"}) {
    const std::string text =
        read_file(fmt::format("{}/playlist/{}", NOSEON_SOURCE_DIR, name), 1U << 20U).value();
    for (const std::string& style : shipped_style_names())
      EXPECT_NE(text.find("\n| `" + style + "` | "), std::string::npos) << name << ": " << style;
  }
}

TEST(Reference, IsWhereTheMessageOfAnUnknownKeyLeads) {
  const auto findings =
      parse_campaign(campaign_toml(item_toml("a", "zzzzzzzz = 1")), "a.toml", zones()).findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].remedy, ::testing::HasSubstr("playlist/reference.md"));
}

}  // namespace
}  // namespace noseon::testing
