// Every key of a whole file is broken in every way, and the schema and the validator are asked:
// they have to agree on whatever is not about the meaning of names and days.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <regex>
#include <set>

#include "base/files.h"
#include "playlist/parse_parts.h"
#include "tests/playlist/bus.h"
#include "tests/playlist/editor_schema.h"
#include "tests/playlist/whole_files.h"

namespace noseon::testing {
namespace {

using Judge = std::function<Findings(const TomlTable&)>;

// What a file says wrongly though it is put together rightly: no schema can see it.
const std::set<std::string, std::less<>>& semantic_codes() {
  static const std::set<std::string, std::less<>> kCodes = {
      "unknown-daypart",  "unknown-place", "unknown-style", "unknown-zone",     "double-id",
      "outside-campaign", "crosses-edge",  "no-day",        "window-backwards", "bad-share"};
  return kCodes;
}

// One kind of file: how it is judged by us and by its schema.
struct Kind {
  TomlTable whole;
  Judge judge;
  std::unique_ptr<EditorSchema> schema;

  [[nodiscard]] std::string structural_codes(const TomlTable& table) const {
    std::string codes;
    for (const Finding& finding : judge(table)) {
      if (finding.severity == Severity::error && !semantic_codes().contains(finding.code))
        codes += finding.code + " ";
    }
    return codes;
  }
};

Kind campaigns() {
  return {parse_toml(kWholeCampaign, "campaign.toml", kCampaignBytesMax).table,
          [](const TomlTable& table) {
            return read_campaign(table, "campaign.toml", zones(), nullptr).findings;
          },
          std::make_unique<EditorSchema>("campaign")};
}

Kind displays() {
  return {
      parse_toml(kWholeDisplay, "display.toml", kCampaignBytesMax).table,
      [](const TomlTable& table) { return read_display(table, "display.toml", zones()).findings; },
      std::make_unique<EditorSchema>("display")};
}

// The exceptions: to a schema a day is a string, so it passes where any string passes (or any id,
// which it looks like). Nothing else may differ.
bool takes_any_string(const std::string& path) {
  static const std::regex kPaths(
      "/(id|contact|timezone)|/title/.*|/item/./(id|poster|style|salt)|/item/./(text|alt|caption)/"
      ".*"
      "|/item/./(routes|labels|near|dayparts)/.|/(labels|source/urls)/."
      "|/styles/remembrance/picture");
  return std::regex_match(path, kPaths);
}

struct Mutation {
  const char* name;
  decltype(TomlValue::value) value;
};

const std::vector<Mutation>& replacements() {
  static const Day kDay{std::chrono::local_days{std::chrono::year{2027} / 2 / 25}};
  static const std::vector<Mutation> kAll = {
      {"a string", std::string("no such thing")},
      {"an empty string", std::string()},
      {"0", std::int64_t{0}},
      {"-1", std::int64_t{-1}},
      {"a great number", std::int64_t{1'000'000}},
      {"1.5", 1.5},
      {"nan", std::numeric_limits<double>::quiet_NaN()},
      {"true", true},
      {"[]", TomlArray{}},
      {"[[]]", TomlArray{TomlValue{TomlArray{}, {}}}},
      {"{}", TomlTable{}},
      {"a day", kDay},
      {"a time", TomlTime{std::chrono::hours{8}}},
      {"a day and time", Civil{kDay} + std::chrono::hours{12}},
      {"an instant", Instant{Civil{kDay}.time_since_epoch()}},
  };
  return kAll;
}

bool is_time(const decltype(TomlValue::value)& value) {
  return std::holds_alternative<Day>(value) || std::holds_alternative<TomlTime>(value) ||
         std::holds_alternative<Civil>(value) || std::holds_alternative<Instant>(value);
}

class Mutator {
 public:
  explicit Mutator(Kind kind) : kind_(std::move(kind)) {}

  /// How many files were judged.
  int run() {
    break_table(kind_.whole, "");
    return judged_;
  }

 private:
  void judge(const std::string& path, const std::string& what, bool may_differ = false) {
    ++judged_;
    const std::string codes = kind_.structural_codes(kind_.whole);
    const bool accepted = kind_.schema->accepts(json_of(kind_.whole));
    if (may_differ) {
      EXPECT_FALSE(codes.empty() && !accepted) << path << ": " << what << ": the schema alone";
    } else {
      EXPECT_EQ(accepted, codes.empty()) << path << ": " << what << ": we say " << codes;
    }
  }

  void break_value(TomlValue& value, const std::string& path) {
    const auto kept = value.value;
    for (const Mutation& mutation : replacements()) {
      value.value = mutation.value;
      judge(path, mutation.name, is_time(mutation.value) && takes_any_string(path));
    }
    value.value = kept;
    if (auto* table = std::get_if<TomlTable>(&value.value)) break_table(*table, path);
    if (auto* array = std::get_if<TomlArray>(&value.value)) break_array(*array, path);
  }

  void break_array(TomlArray& array, const std::string& path) {
    for (std::size_t i = 0; i < array.size(); ++i)
      break_value(array[i], fmt::format("{}/{}", path, i));
    const TomlArray kept = array;
    array.pop_back();
    judge(path, "without its last");
    array = kept;
    array.push_back(kept.front());
    judge(path, "with its first twice");
    array = kept;
  }

  void break_table(TomlTable& table, const std::string& path) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      break_value(table[i].value, path + "/" + table[i].key);
      const TomlMember kept = table[i];
      table.erase(table.begin() + static_cast<std::ptrdiff_t>(i));
      judge(path + "/" + kept.key, "left out");
      table.insert(table.begin() + static_cast<std::ptrdiff_t>(i), kept);
    }
    for (const char* key : {"unknown", "Un known", "알-수-없음", ""}) {
      table.push_back({key, {}, {std::int64_t{1}, {}}});
      judge(path, fmt::format("with the key \"{}\"", key));
      table.pop_back();
    }
  }

  Kind kind_;
  int judged_ = 0;
};

TEST(SchemaMutation, EveryKeyOfACampaignBrokenInEveryWayIsJudgedAlike) {
  EXPECT_GT(Mutator(campaigns()).run(), 1000);
}

TEST(SchemaMutation, EveryKeyOfADisplayBrokenInEveryWayIsJudgedAlike) {
  EXPECT_GT(Mutator(displays()).run(), 200);
}

// A day in place of a string: the one thing on which they differ, so that it is known to.
TEST(SchemaMutation, ADayWithoutQuotationMarksPassesTheSchemaWhereAStringDoes) {
  Kind kind = campaigns();
  for (TomlMember& member : kind.whole) {
    if (member.key == "contact") member.value.value = Day{};
  }
  EXPECT_EQ(kind.structural_codes(kind.whole), "wrong-type ");
  EXPECT_TRUE(kind.schema->accepts(json_of(kind.whole)));
}

// ---------------------------------------------------------------------------------- same keys

// Every word in quotation marks in the sources of the parser: whatever it asks a table for is one.
std::set<std::string> words_of_the_parser() {
  std::set<std::string> words;
  for (const char* file :
       {"parse.cc", "parse_parts.cc", "parse_style.cc", "parse_item.cc", "parse_display.cc"}) {
    const std::string code =
        read_file(fmt::format("{}/playlist/{}", NOSEON_SOURCE_DIR, file), 1U << 20U).value();
    static const std::regex kWord("\"([a-z_]+)\"");
    for (auto it = std::sregex_iterator(code.begin(), code.end(), kWord);
         it != std::sregex_iterator(); ++it)
      words.insert((*it)[1]);
  }
  return words;
}

bool is_unknown(const Kind& kind, const std::string& key) {
  for (const Finding& finding : kind.judge(kind.whole)) {
    if (finding.code == "unknown-key" &&
        finding.message.find(fmt::format("\"{}\"", key)) != std::string::npos)
      return true;
  }
  return false;
}

std::set<std::string> keys_of(const nlohmann::ordered_json& properties) {
  std::set<std::string> keys;
  for (const auto& [key, schema] : properties.items()) keys.insert(key);
  return keys;
}

// The words that the parser does not call unknown in this table of the whole file.
std::set<std::string> keys_known_in(const Kind& kind, TomlTable& table) {
  std::set<std::string> known;
  for (const std::string& word : words_of_the_parser()) {
    const TomlTable kept = table;
    std::erase_if(table, [&](const TomlMember& member) { return member.key == word; });
    table.push_back({word, {}, {std::int64_t{1}, {}}});
    if (!is_unknown(kind, word)) known.insert(word);
    table = kept;
  }
  return known;
}

TomlValue& value_at(TomlTable& table, std::string_view key) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const TomlMember& member) { return member.key == key; });
  EXPECT_NE(found, table.end()) << key;
  return found->value;
}

TomlTable& table_at(TomlTable& table, std::string_view key) {
  return std::get<TomlTable>(value_at(table, key).value);
}

TomlTable& first_table_at(TomlTable& table, std::string_view key) {
  return std::get<TomlTable>(std::get<TomlArray>(value_at(table, key).value).front().value);
}

TEST(SchemaKeys, OfACampaignAreThoseThatTheParserKnows) {
  Kind kind = campaigns();
  TomlTable& head = kind.whole;
  const auto expect_same = [&](const std::string& pointer, TomlTable& table) {
    EXPECT_EQ(keys_known_in(kind, table), keys_of(kind.schema->at(pointer))) << pointer;
  };
  expect_same("/properties", head);
  expect_same("/properties/window/properties", table_at(head, "window"));
  expect_same("/definitions/daypart-entry/properties",
              first_table_at(table_at(head, "dayparts"), "commute"));
  expect_same("/definitions/place/properties", table_at(table_at(head, "places"), "seoul-station"));
  TomlTable& style = table_at(table_at(head, "styles"), "remembrance");
  expect_same("/definitions/style/properties", style);
  expect_same("/definitions/style/properties/outline/properties", table_at(style, "outline"));
  expect_same("/definitions/style/properties/shadow/properties", table_at(style, "shadow"));
  expect_same("/definitions/item/properties", first_table_at(head, "item"));
}

TEST(SchemaKeys, OfADisplayAreThoseThatTheParserKnows) {
  Kind kind = displays();
  const auto expect_same = [&](const std::string& pointer, TomlTable& table) {
    EXPECT_EQ(keys_known_in(kind, table), keys_of(kind.schema->at(pointer))) << pointer;
  };
  expect_same("/properties", kind.whole);
  expect_same("/properties/night/properties", table_at(kind.whole, "night"));
  expect_same("/properties/source/properties", table_at(kind.whole, "source"));
}

// ------------------------------------------------------------------------------ for the editor

void expect_explained(const nlohmann::ordered_json& properties, const std::string& where) {
  for (const auto& [key, schema] : properties.items()) {
    EXPECT_TRUE(schema.contains("title")) << where << "/" << key;
    EXPECT_TRUE(schema.contains("description")) << where << "/" << key;
    EXPECT_TRUE(schema.contains("examples")) << where << "/" << key;
    if (schema.contains("properties"))
      expect_explained(schema["properties"], fmt::format("{}/{}", where, key));
  }
}

TEST(SchemaKeys, EachHaveATitleADescriptionAndAnExample) {
  const EditorSchema campaign("campaign");
  expect_explained(campaign.at("/properties"), "");
  for (const char* part : {"daypart-entry", "place", "style", "item"})
    expect_explained(campaign.at(fmt::format("/definitions/{}/properties", part)), part);
  expect_explained(EditorSchema("display").at("/properties"), "display");
}

// Puts every example where its key stands in a whole file, and asks the schema.
void expect_examples_pass(const EditorSchema& schema, const nlohmann::ordered_json& properties,
                          nlohmann::json& whole, nlohmann::json& here) {
  for (const auto& [key, part] : properties.items()) {
    if (!here.contains(key)) continue;  // another item has it
    const nlohmann::json kept = here[key];
    for (const auto& example : part["examples"]) {
      here[key] = example;
      EXPECT_TRUE(schema.accepts(whole)) << key << " = " << example;
    }
    here[key] = kept;
    if (part.contains("properties"))
      expect_examples_pass(schema, part["properties"], whole, here[key]);
  }
}

TEST(SchemaKeys, HaveExamplesThatTheSchemaItselfAccepts) {
  const Kind campaign = campaigns();
  const EditorSchema& schema = *campaign.schema;
  nlohmann::json whole = json_of(campaign.whole);
  expect_examples_pass(schema, schema.at("/properties"), whole, whole);
  for (const std::size_t i : {0U, 1U})
    expect_examples_pass(schema, schema.at("/definitions/item/properties"), whole,
                         whole["item"][i]);
  expect_examples_pass(schema, schema.at("/definitions/style/properties"), whole,
                       whole["styles"]["remembrance"]);
  expect_examples_pass(schema, schema.at("/definitions/place/properties"), whole,
                       whole["places"]["seoul-station"]);
  expect_examples_pass(schema, schema.at("/definitions/daypart-entry/properties"), whole,
                       whole["dayparts"]["commute"][0]);
  const Kind display = displays();
  nlohmann::json other = json_of(display.whole);
  expect_examples_pass(*display.schema, display.schema->at("/properties"), other, other);
}

}  // namespace
}  // namespace noseon::testing
