// The small written forms of a spreadsheet's cells: what people write, what Excel makes of it, and
// how a cell is written so that neither Excel nor we read something else into it.
//
// Formulas. Excel runs a cell that begins with = + - @ or a tab. guarded() puts an apostrophe
// before such a text, and before apostrophes that lead to one; unguarded() takes it away again. So
// 'twas and '90s stay as they are, =1+1 is written '=1+1, and a text '=1+1 is written ''=1+1.
//
// Names and lists. Blanks around a name do not count, nor does an apostrophe before it, which is
// how people keep a spreadsheet from rewriting a cell. A name in double quotes is taken as it is,
// with doubled quotes for one. A name is written so where it needs it: where blanks, a separator or
// an apostrophe belong to it, and where Excel would take it for a day or a number (the route
// "5-1").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace noseon {

/// Without blanks around it: spaces, tabs, newlines, and those of Unicode that look like one or
/// like nothing (no-break, ideographic, zero width).
[[nodiscard]] std::string_view trimmed(std::string_view cell);
/// The same, each full-width ASCII character, blank, tilde and dash inside as the plain one.
[[nodiscard]] std::string plain_text(std::string_view cell);
/// The same, without one leading apostrophe, in small letters: how words and numbers are compared.
[[nodiscard]] std::string folded(std::string_view cell);

[[nodiscard]] std::string guarded(std::string_view text);
[[nodiscard]] std::string unguarded(std::string_view cell);

/// Each pair gives back what was written.
[[nodiscard]] std::string written_name(std::string_view name);
[[nodiscard]] std::string read_name(std::string_view cell);
/// Names with "; " between them; commas, semicolons and newlines part them when read.
[[nodiscard]] std::string written_names(const std::vector<std::string>& names);
[[nodiscard]] std::vector<std::string> read_names(std::string_view cell);

/// Whether a name looks like a day that a spreadsheet made of it: "05월 01일", "5-May".
[[nodiscard]] bool looks_rewritten(std::string_view name);

/// "02-01/03-31" of "2.1~3.31", "2/1-3/31", "2월 1일 ~ 3월 31일"; the cell as it is where it is
/// none.
[[nodiscard]] std::string yearly_of(std::string_view cell);
/// "06:30-09:30" of "6:30~9:30", "오전 6:30 - 오후 2:00", "6시 30분~9시"; else the cell as it is.
[[nodiscard]] std::string hours_of(std::string_view cell);

enum class MomentUse {
  day,     ///< a time of 0:00, which spreadsheets add, does not count
  moment,  ///< day and time
};
/// A day, day and time, or RFC 3339, as TOML writes it. Year first: 2027-02-01, 2027/02/01,
/// 2027. 2. 1., 2027.02.01, 2027년 2월 1일; times 8:00, 08:00:30, 오전 8:00, 8:00 AM. bad_format,
/// "what; remedy", for anything else; in 02/01/2027 nobody can tell the day from the month.
[[nodiscard]] Result<std::string> moment_of(std::string_view cell, MomentUse use);

/// As TOML writes them; nothing where the cell is no number. "8.0" is whole; in whole
/// numbers and metres "1,000" is a thousand, in other decimals "37,554" has a decimal comma; "1%"
/// is 0.01. A unit may follow: 초, s, m, %.
[[nodiscard]] std::optional<std::string> whole_of(std::string_view cell);
[[nodiscard]] std::optional<std::string> decimal_of(std::string_view cell);
[[nodiscard]] std::optional<std::string> metres_of(std::string_view cell);
[[nodiscard]] std::optional<std::string> share_of(std::string_view cell);

}  // namespace noseon
