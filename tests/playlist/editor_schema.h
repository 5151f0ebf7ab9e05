// The JSON Schemas that editors use, and campaign files as editors show them to a schema.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "playlist/findings.h"
#include "playlist/toml.h"

namespace noseon::testing {

/// A TOML tree as JSON the way TOML editors do it: days and times are strings. What JSON has no
/// word for (nan, inf) is null, as JSON writers have it.
[[nodiscard]] nlohmann::json json_of(const TomlTable& table);

class EditorSchema {
 public:
  /// "campaign" or "display": playlist/NAME.schema.json.
  explicit EditorSchema(const std::string& name);
  ~EditorSchema();
  EditorSchema(const EditorSchema&) = delete;
  EditorSchema& operator=(const EditorSchema&) = delete;

  [[nodiscard]] bool accepts(const nlohmann::json& document) const;

  /// The part of the schema at a pointer such as "/properties/window"; all of it at "". Keys keep
  /// their order.
  [[nodiscard]] const nlohmann::ordered_json& at(const std::string& pointer) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The two schemas, read once.
[[nodiscard]] const EditorSchema& campaign_schema();
[[nodiscard]] const EditorSchema& display_schema();

/// A file that TOML can read, as JSON.
[[nodiscard]] nlohmann::json json_of_file(const std::string& toml);

/// The codes of the errors, each once, in their order; empty where there is none.
[[nodiscard]] std::string codes_of(const Findings& findings);

}  // namespace noseon::testing
