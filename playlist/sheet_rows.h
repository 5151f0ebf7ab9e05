// A table of a campaign, its headers understood and its rows known by kind. What is wrong with that
// is reported by row and column.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playlist/csv.h"
#include "playlist/fields.h"
#include "playlist/sheet_columns.h"

namespace noseon {

struct SheetRow {
  RowKind kind = RowKind::item;
  std::uint32_t number = 0;  ///< from 1, as the spreadsheet shows it
};

class Sheet {
 public:
  /// Reports, and leaves out, columns without a sound header, rows of an unknown kind, and cells
  /// that a row of its kind cannot have.
  Sheet(CsvRows cells, Reporter& reporter);

  /// Without empty ones.
  [[nodiscard]] const std::vector<SheetRow>& rows() const { return rows_; }
  /// By place; nothing where the column is left out.
  [[nodiscard]] const std::vector<std::optional<Column>>& columns() const { return columns_; }

  /// The cell, or null where it is empty or blank.
  [[nodiscard]] const std::string* cell(const SheetRow& row, std::size_t column) const;
  /// The place of a key's column, from 0.
  [[nodiscard]] std::optional<std::size_t> column_of(std::string_view key) const;
  /// The cell under a key, or null.
  [[nodiscard]] const std::string* cell(const SheetRow& row, std::string_view key) const;

  [[nodiscard]] static SourcePlace place(const SheetRow& row, std::size_t column) {
    return {row.number, static_cast<std::uint32_t>(column + 1)};
  }
  /// The cell under a key, or the row's first where there is no such column.
  [[nodiscard]] SourcePlace place(const SheetRow& row, std::string_view key) const;

  /// "row 7, column D (hours)", with the header as it is written.
  [[nodiscard]] std::string name_of(SourcePlace cell) const;
  /// Reports with the cell's name before the message.
  void error(SourcePlace cell, std::string_view code, const std::string& message,
             std::string remedy, Reporter& reporter) const;

 private:
  void read_headers(Reporter& reporter);
  void read_header_at(std::size_t column, Reporter& reporter);
  void read_rows(Reporter& reporter);
  [[nodiscard]] std::optional<RowKind> kind_of(std::uint32_t number, Reporter& reporter) const;
  void check_cells(const SheetRow& row, Reporter& reporter);

  CsvRows cells_;
  std::size_t header_row_ = 0;  ///< from 0
  std::vector<std::optional<Column>> columns_;
  std::vector<std::string> names_;  ///< of the columns; empty for those left out
  std::vector<SheetRow> rows_;
};

}  // namespace noseon
