// Reading a table of the campaign language key by key: what is missing, of the wrong type, out of
// range or unknown becomes a finding with its place and remedy.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "playlist/toml.h"

namespace noseon {

/// Collects the findings of one file.
class Reporter {
 public:
  explicit Reporter(std::string_view file) : file_(file) {}

  void error(SourcePlace place, std::string_view code, std::string message, std::string remedy);
  void warn(SourcePlace place, std::string_view code, std::string message, std::string remedy);
  void add(Findings findings);

  /// How many errors so far: what is read between two counts is sound if they are equal.
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] Findings take() { return std::move(findings_); }

 private:
  std::string file_;
  Findings findings_;
  std::size_t errors_ = 0;
};

/// A string with the place it was written at.
struct PlacedText {
  std::string text;
  SourcePlace place;
};

/// Reads one table. Every key asked for is known, and must outlive this; finish() reports the
/// others.
class Fields {
 public:
  /// `where` is for messages: "the campaign", "item names".
  Fields(const TomlTable& table, SourcePlace place, std::string where, Reporter& reporter)
      : table_(table), place_(place), where_(std::move(where)), reporter_(reporter) {}

  /// The member, which is then known, or null.
  [[nodiscard]] const TomlMember* find(std::string_view key);

  /// Each gives nothing where the key is missing, or is wrong and was reported.
  [[nodiscard]] std::optional<PlacedText> text(std::string_view key);
  [[nodiscard]] std::optional<PlacedText> required_text(std::string_view key,
                                                        std::string_view remedy);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t min,
                                                    std::int64_t max);
  [[nodiscard]] std::optional<double> number(std::string_view key, double min, double max);
  [[nodiscard]] std::optional<bool> boolean(std::string_view key);
  [[nodiscard]] std::vector<PlacedText> list(std::string_view key);
  [[nodiscard]] Texts texts(std::string_view key, std::size_t bytes_max);
  [[nodiscard]] const TomlTable* table(std::string_view key);
  /// One of `words`, by its index.
  [[nodiscard]] std::optional<std::size_t> word(std::string_view key,
                                                std::span<const std::string_view> words);

  void wrong_type(const TomlMember& member, std::string_view expected);
  /// Reports every key that was never asked for.
  void finish();

  [[nodiscard]] SourcePlace place() const { return place_; }
  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] Reporter& reporter() { return reporter_; }

 private:
  const TomlTable& table_;
  SourcePlace place_;
  std::string where_;
  Reporter& reporter_;
  std::vector<std::string_view> known_;
};

/// Reports the error of a written form (patterns.h), "what is wrong; the remedy", at its place.
void report_form(SourcePlace place, std::string_view code, const std::string& message,
                 Reporter& reporter);

/// Runs a parser of a written form over a text and reports its error.
template <class Parse>
auto read_form(const std::optional<PlacedText>& text, std::string_view code, Reporter& reporter,
               Parse parse) -> std::optional<typename decltype(parse(""))::value_type> {
  if (!text) return std::nullopt;
  auto parsed = parse(text->text);
  if (parsed) return *std::move(parsed);
  report_form(text->place, code, parsed.error().message, reporter);
  return std::nullopt;
}

}  // namespace noseon
