#include "playlist/fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"
#include "playlist/patterns.h"
#include "playlist/suggest.h"

namespace noseon {

void Reporter::error(SourcePlace place, std::string_view code, std::string message,
                     std::string remedy) {
  ++errors_;
  findings_.push_back(
      {Severity::error, file_, place, std::string(code), std::move(message), std::move(remedy)});
}

void Reporter::warn(SourcePlace place, std::string_view code, std::string message,
                    std::string remedy) {
  findings_.push_back(
      {Severity::warning, file_, place, std::string(code), std::move(message), std::move(remedy)});
}

void Reporter::add(Findings findings) {
  for (Finding& finding : findings) {
    errors_ += finding.severity == Severity::error ? 1U : 0U;
    findings_.push_back(std::move(finding));
  }
}

void report_form(SourcePlace place, std::string_view code, const std::string& message,
                 Reporter& reporter) {
  const std::size_t semicolon = message.find("; ");
  const std::string remedy = semicolon == std::string::npos ? "" : message.substr(semicolon + 2);
  reporter.error(place, code, message.substr(0, semicolon), remedy);
}

const TomlMember* Fields::find(std::string_view key) {
  known_.push_back(key);
  const auto found = std::find_if(table_.begin(), table_.end(),
                                  [&](const TomlMember& member) { return member.key == key; });
  return found == table_.end() ? nullptr : &*found;
}

void Fields::wrong_type(const TomlMember& member, std::string_view expected) {
  reporter_.error(member.value.place, "wrong-type",
                  say("{}: \"{}\" is {}", where_, member.key, kind_of(member.value)),
                  say("write {}", expected));
}

std::optional<PlacedText> Fields::text(std::string_view key) {
  const TomlMember* member = find(key);
  if (!member) return std::nullopt;
  if (const std::string* text = member->value.string()) {
    return PlacedText{*text, member->value.place};
  }
  wrong_type(*member, say("a string: {} = \"...\"", key));
  return std::nullopt;
}

std::optional<PlacedText> Fields::required_text(std::string_view key, std::string_view remedy) {
  const std::size_t before = reporter_.errors();
  auto found = text(key);
  if (!found && reporter_.errors() == before) {
    reporter_.error(place_, "missing-key", say("{}: \"{}\" is missing", where_, key),
                    std::string(remedy));
  }
  return found;
}

std::optional<std::int64_t> Fields::integer(std::string_view key, std::int64_t min,
                                            std::int64_t max) {
  const TomlMember* member = find(key);
  if (!member) return std::nullopt;
  const std::int64_t* value = member->value.integer();
  if (!value) {
    wrong_type(*member, say("a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  if (*value < min || *value > max) {
    reporter_.error(member->value.place, "out-of-range",
                    say("{}: \"{}\" is {}", where_, key, *value),
                    say("write a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  return *value;
}

std::optional<double> Fields::number(std::string_view key, double min, double max) {
  const TomlMember* member = find(key);
  if (!member) return std::nullopt;
  const double* decimal = std::get_if<double>(&member->value.value);
  const std::int64_t* whole = member->value.integer();
  if (!decimal && !whole) {
    wrong_type(*member, say("a number from {} to {}", min, max));
    return std::nullopt;
  }
  const double value = decimal ? *decimal : static_cast<double>(*whole);
  if (!(value >= min && value <= max)) {  // also refuses what is not a number
    reporter_.error(member->value.place, "out-of-range",
                    say("{}: \"{}\" is {}", where_, key, value),
                    say("write a number from {} to {}", min, max));
    return std::nullopt;
  }
  return value;
}

std::optional<bool> Fields::boolean(std::string_view key) {
  const TomlMember* member = find(key);
  if (!member) return std::nullopt;
  const bool* value = std::get_if<bool>(&member->value.value);
  if (!value) {
    wrong_type(*member, say("true or false"));
    return std::nullopt;
  }
  return *value;
}

std::vector<PlacedText> Fields::list(std::string_view key) {
  const TomlMember* member = find(key);
  std::vector<PlacedText> texts;
  if (!member) return texts;
  const TomlArray* array = member->value.array();
  if (!array) {
    wrong_type(*member, say("a list of strings: {} = [\"...\"]", key));
    return texts;
  }
  for (const TomlValue& value : *array) {
    if (const std::string* text = value.string()) {
      texts.push_back({*text, value.place});
    } else {
      reporter_.error(value.place, "wrong-type",
                      say("{}: \"{}\" holds {}", where_, key, kind_of(value)),
                      say("put every entry in quotation marks"));
    }
  }
  return texts;
}

Texts Fields::texts(std::string_view key, std::size_t bytes_max) {
  Texts texts;
  const TomlMember* member = find(key);
  if (!member) return texts;
  const TomlTable* table = member->value.table();
  if (!table) {
    wrong_type(*member, say("one text a language: {} = {{ ko = \"...\", en = \"...\" }}", key));
    return texts;
  }
  for (const TomlMember& language : *table) {
    const std::string* text = language.value.string();
    if (!is_language(language.key)) {
      reporter_.error(language.key_place, "bad-language",
                      say("{}: \"{}\" is no language", where_, language.key),
                      say("write a code such as ko, en or az"));
    } else if (!text) {
      wrong_type(language, say("a string: {} = \"...\"", language.key));
    } else if (text->find_first_not_of(" \t\n") == std::string::npos) {
      reporter_.error(language.value.place, "empty-text",
                      say("{}: the {} text of \"{}\" is empty", where_, language.key, key),
                      say("write the text, or take the language out"));
    } else if (text->size() > bytes_max) {
      reporter_.error(language.value.place, "too-long",
                      say("{}: the {} text of \"{}\" has {} bytes; at most {}", where_,
                          language.key, key, text->size(), bytes_max),
                      say("shorten it, or spread it over several items"));
    } else {
      texts.emplace_back(language.key, *text);
    }
  }
  return texts;
}

const TomlTable* Fields::table(std::string_view key) {
  const TomlMember* member = find(key);
  if (!member) return nullptr;
  if (const TomlTable* table = member->value.table()) return table;
  wrong_type(*member, say("a table: [{}]", key));
  return nullptr;
}

std::optional<std::size_t> Fields::word(std::string_view key,
                                        std::span<const std::string_view> words) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), written->text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  reporter_.error(written->place, "unknown-word",
                  say("{}: \"{}\" cannot be \"{}\"", where_, key, written->text),
                  suggestion(written->text, {words.begin(), words.end()}, ""));
  return std::nullopt;
}

void Fields::finish() {
  for (const TomlMember& member : table_) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    reporter_.error(member.key_place, "unknown-key",
                    say("{}: unknown key \"{}\"", where_, member.key),
                    suggestion(member.key, {known_.begin(), known_.end()},
                               say("see the keys in playlist/reference.md")));
  }
}

}  // namespace noseon
