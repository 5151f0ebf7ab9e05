#define VALIJSON_USE_EXCEPTIONS 1  // else it ends the program
#include "tests/playlist/editor_schema.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/files.h"
#include "playlist/parse.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

std::string clock_of(Millis since_midnight) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_midnight).count();
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// "2027-02-25T08:00:00"
std::string civil_text(Civil civil) {
  const auto day = std::chrono::floor<std::chrono::days>(civil);
  return to_string(Day{day}) + "T" + clock_of(civil - day);
}

struct ToJson {
  json operator()(const std::string& text) const { return text; }
  json operator()(std::int64_t number) const { return number; }
  json operator()(double number) const { return std::isfinite(number) ? json(number) : json(); }
  json operator()(bool truth) const { return truth; }
  json operator()(Day day) const { return to_string(day); }
  json operator()(TomlTime time) const { return clock_of(time.since_midnight); }
  json operator()(Civil civil) const { return civil_text(civil); }
  json operator()(Instant instant) const {
    return civil_text(Civil{instant.time_since_epoch()}) + "Z";
  }
  json operator()(const TomlArray& array) const {
    json list = json::array();
    for (const TomlValue& value : array) list.push_back(std::visit(*this, value.value));
    return list;
  }
  json operator()(const TomlTable& table) const {
    json object = json::object();
    for (const TomlMember& member : table)
      object[member.key] = std::visit(*this, member.value.value);
    return object;
  }
};

}  // namespace

json json_of(const TomlTable& table) {
  return ToJson{}(table);
}

struct EditorSchema::Impl {
  nlohmann::ordered_json written;
  valijson::Schema schema;
  valijson::Validator validator{valijson::Validator::kStrongTypes};  // keeps its patterns compiled
};

EditorSchema::EditorSchema(const std::string& name) : impl_(std::make_unique<Impl>()) {
  const std::string text =
      read_file(fmt::format("{}/playlist/{}.schema.json", NOSEON_SOURCE_DIR, name), 1U << 20U)
          .value();
  impl_->written = nlohmann::ordered_json::parse(text);
  const json plain = json::parse(text);
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(plain), impl_->schema);
}

EditorSchema::~EditorSchema() = default;

bool EditorSchema::accepts(const json& document) const {
  try {
    return impl_->validator.validate(impl_->schema,
                                     valijson::adapters::NlohmannJsonAdapter(document), nullptr);
  } catch (const std::runtime_error&) {
    return false;  // valijson 1.0 throws where a "format" meets what is no string
  }
}

const nlohmann::ordered_json& EditorSchema::at(const std::string& pointer) const {
  return impl_->written.at(nlohmann::ordered_json::json_pointer(pointer));
}

const EditorSchema& campaign_schema() {
  static const EditorSchema schema("campaign");
  return schema;
}

const EditorSchema& display_schema() {
  static const EditorSchema schema("display");
  return schema;
}

json json_of_file(const std::string& toml) {
  const ParsedToml parsed = parse_toml(toml, "file.toml", kCampaignBytesMax);
  EXPECT_TRUE(parsed.is_good) << toml;
  return json_of(parsed.table);
}

std::string codes_of(const Findings& findings) {
  std::string codes;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::error) continue;
    if (codes.find(finding.code) == std::string::npos)
      codes += (codes.empty() ? "" : " ") + finding.code;
  }
  return codes;
}

}  // namespace noseon::testing
