// The words that stand in cells, in English and in Korean: kinds of rows, roles, how things look,
// days of the week. staff/spreadsheets.md lists them for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "playlist/model.h"

namespace noseon {

/// In which language an exported table has its headers and words. Either is always read.
enum class SheetLanguage { english, korean };

/// What a row of the table is.
enum class RowKind { campaign, window, daypart, place, style, item };

/// A word of the campaign language for one of its keys: "urgent" for 긴급 under "role". `written`
/// as folded() gives it; a word that is not known comes back as it is.
[[nodiscard]] std::string word_of(std::string_view key, std::string_view written);
/// The reverse: how a word of the campaign language is written in a table.
[[nodiscard]] std::string written_word(std::string_view key, std::string_view word,
                                       SheetLanguage language);

/// "item" or 항목; nothing for another word.
[[nodiscard]] std::optional<RowKind> row_kind_of(std::string_view written);
/// The word of the campaign language: "item".
[[nodiscard]] std::string_view to_string(RowKind kind);

/// A pattern of days as people write it, in the campaign language: "월~금, 공휴일 제외" is
/// "mon-fri,-holiday". What is not understood stays as it is, for parse_day_pattern() to refuse.
[[nodiscard]] std::string days_of(std::string_view written);
[[nodiscard]] std::string written_days(const DayPattern& pattern, SheetLanguage language);

}  // namespace noseon
