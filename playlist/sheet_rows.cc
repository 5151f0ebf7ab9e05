#include "playlist/sheet_rows.h"

#include <algorithm>

#include "base/say.h"
#include "playlist/sheet_forms.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

constexpr std::size_t kErrorsMax = 500;

bool is_blank(std::string_view cell) {
  return trimmed(cell).empty();
}

std::vector<std::string> row_words() {
  std::vector<std::string> words;
  for (const RowKind kind : {RowKind::campaign, RowKind::window, RowKind::daypart, RowKind::place,
                             RowKind::style, RowKind::item}) {
    words.emplace_back(to_string(kind));
    words.push_back(written_word("row", to_string(kind), SheetLanguage::korean));
  }
  return words;
}

}  // namespace

Sheet::Sheet(CsvRows cells, Reporter& reporter) : cells_(std::move(cells)) {
  const auto header = std::find_if(cells_.begin(), cells_.end(), [](const CsvRow& row) {
    return !std::all_of(row.begin(), row.end(), is_blank);
  });
  header_row_ = static_cast<std::size_t>(header - cells_.begin());
  if (header == cells_.end()) return;
  read_headers(reporter);
  read_rows(reporter);
}

void Sheet::read_headers(Reporter& reporter) {
  columns_.resize(cells_[header_row_].size());
  names_.resize(columns_.size());
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (!is_blank(cells_[header_row_][column])) read_header_at(column, reporter);
  }
}

void Sheet::read_header_at(std::size_t column, Reporter& reporter) {
  const SourcePlace place{static_cast<std::uint32_t>(header_row_ + 1),
                          static_cast<std::uint32_t>(column + 1)};
  auto read = read_header(cells_[header_row_][column]);
  if (!read) {
    const std::string& message = read.error().message;
    const std::size_t semicolon = message.rfind("; ");
    error(place, "bad-header", message.substr(0, semicolon),
          semicolon == std::string::npos ? "" : message.substr(semicolon + 2), reporter);
    return;
  }
  if (const auto other = column_of(read->name())) {
    error(place, "double-header",
          say("column {} is \"{}\" already", column_letters(*other + 1), read->name()),
          say("keep one of the two columns"), reporter);
    return;
  }
  names_[column] = read->name();
  columns_[column] = *std::move(read);
}

std::optional<RowKind> Sheet::kind_of(std::uint32_t number, Reporter& reporter) const {
  const auto column = column_of("row");
  const CsvRow& cells = cells_[number - 1];
  if (!column || *column >= cells.size() || is_blank(cells[*column])) return RowKind::item;
  const std::string written = folded(cells[*column]);
  if (const auto kind = row_kind_of(written)) return kind;
  error({number, static_cast<std::uint32_t>(*column + 1)}, "unknown-row",
        say("\"{}\" is no kind of row", written), suggestion(written, row_words(), ""), reporter);
  return std::nullopt;
}

void Sheet::read_rows(Reporter& reporter) {
  for (std::size_t r = header_row_ + 1; r < cells_.size(); ++r) {
    if (std::all_of(cells_[r].begin(), cells_[r].end(), is_blank)) continue;
    if (reporter.errors() > kErrorsMax) return;
    const auto number = static_cast<std::uint32_t>(r + 1);
    const auto kind = kind_of(number, reporter);
    if (!kind) continue;
    rows_.push_back({*kind, number});
    check_cells(rows_.back(), reporter);
  }
}

void Sheet::check_cells(const SheetRow& row, Reporter& reporter) {
  CsvRow& cells = cells_[row.number - 1];
  for (std::size_t column = 0; column < cells.size(); ++column) {
    if (is_blank(cells[column])) continue;
    const bool has_header = column < columns_.size() && !is_blank(cells_[header_row_][column]);
    if (!has_header) {
      error(place(row, column), "no-header", say("there is no header above this cell"),
            say("write one in row {}, or empty the cell; a text with commas needs quotation marks",
                header_row_ + 1),
            reporter);
      return;
    }
    if (!columns_[column] || columns_[column]->is_in(row.kind)) continue;
    error(place(row, column), "misplaced-cell",
          say("a {} row has no \"{}\"", to_string(row.kind), columns_[column]->name()),
          say("empty the cell, or say in the first column what the row is"), reporter);
    cells[column].clear();
  }
}

const std::string* Sheet::cell(const SheetRow& row, std::size_t column) const {
  const CsvRow& cells = cells_[row.number - 1];
  if (column >= cells.size() || !columns_[column]) return nullptr;
  const std::string& text = cells[column];
  const bool is_text = columns_[column]->form_in(row.kind) == CellForm::text;
  const bool is_empty =
      is_text ? text.find_first_not_of(" \t\n") == std::string::npos : is_blank(text);
  return is_empty ? nullptr : &text;
}

std::optional<std::size_t> Sheet::column_of(std::string_view key) const {
  const auto found = std::find(names_.begin(), names_.end(), key);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

const std::string* Sheet::cell(const SheetRow& row, std::string_view key) const {
  const auto column = column_of(key);
  return column ? cell(row, *column) : nullptr;
}

SourcePlace Sheet::place(const SheetRow& row, std::string_view key) const {
  return place(row, column_of(key).value_or(0));
}

std::string Sheet::name_of(SourcePlace cell) const {
  const CsvRow& headers = cells_[header_row_];
  const std::string letters = column_letters(cell.column);
  if (cell.column > headers.size() || is_blank(headers[cell.column - 1]) ||
      cell.line == header_row_ + 1)
    return say("row {}, column {}", cell.line, letters);
  return say("row {}, column {} ({})", cell.line, letters, plain_text(headers[cell.column - 1]));
}

void Sheet::error(SourcePlace cell, std::string_view code, const std::string& message,
                  std::string remedy, Reporter& reporter) const {
  reporter.error(cell, code, say("{}: {}", name_of(cell), message), std::move(remedy));
}

}  // namespace noseon
