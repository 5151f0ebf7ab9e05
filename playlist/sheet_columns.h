// The columns of a campaign as a table: one for each key of the campaign language, with its header
// in English and Korean. staff/spreadsheets.md lists them for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "playlist/sheet_words.h"

namespace noseon {

/// How a cell is written; each has its forms in sheet_forms.h.
enum class CellForm {
  row_kind,
  name,    ///< an id, a path: blanks around it do not count
  text,    ///< what people read: every character counts
  word,    ///< one of a few (sheet_words.h)
  moment,  ///< a day, or for urgent items a day and time
  yearly,
  days,
  hours,
  whole,
  decimal,
  metres,
  share,
  names,  ///< a list
};

/// One key of the campaign language.
struct ColumnKind {
  std::string_view key;      ///< its header in English
  std::string_view korean;   ///< its header in Korean; further ways after bars
  std::string_view aliases;  ///< further ways in English, with bars between
  CellForm form;
  std::string_view rows;  ///< the first letters of the kinds of rows that have it: "cwdpsi"
  bool is_by_language;    ///< text.ko, text.en ...
  bool is_everyday;       ///< in an exported table even where no cell has anything
};

/// All of them, in the order of an exported table.
[[nodiscard]] const std::vector<ColumnKind>& column_kinds();

/// The "language" of the column that names a row's order of languages where it is another than the
/// columns': "text.order".
inline constexpr std::string_view kOrderColumn = "order";

struct Column {
  const ColumnKind* kind = nullptr;  ///< of column_kinds()
  std::string language;              ///< where the kind is by language

  /// "text.ko", "hours": what the campaign language calls it.
  [[nodiscard]] std::string name() const;
  /// Under this column, the form of a cell in this kind of row: an item's weight is a number, a
  /// style's is a word.
  [[nodiscard]] CellForm form_in(RowKind row) const;
  [[nodiscard]] bool is_in(RowKind row) const;
};

/// A header in either language, any case, blanks around: "text.ko", "Text (ko)", "문구 ko",
/// "문구(ko)". bad_format, with a did-you-mean, for one that is not known, or lacks its language.
[[nodiscard]] Result<Column> read_header(std::string_view written);

/// "text.ko" or "문구(ko)".
[[nodiscard]] std::string header_of(const Column& column, SheetLanguage language);

}  // namespace noseon
