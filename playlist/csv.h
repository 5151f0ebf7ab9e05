// Tables of text as spreadsheets save them: RFC 4180, and what Excel and LibreOffice make of it.
// Pure; nothing is known here of campaigns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "playlist/findings.h"

namespace noseon {

inline constexpr std::size_t kCsvBytesMax = 4U << 20U;  ///< of the file, before it is decoded
inline constexpr std::size_t kCsvRowsMax = 12'000;      ///< 10,000 items, and the campaign around
inline constexpr std::size_t kCsvColumnsMax = 256;
inline constexpr std::size_t kCsvCellBytesMax = 8192;  ///< in UTF-8

/// The cell in row r and column c of the spreadsheet (from 1) is rows[r - 1][c - 1]. Empty cells at
/// the end of a row and empty rows at the end of the table are left out; other empty rows stay.
using CsvRow = std::vector<std::string>;
using CsvRows = std::vector<CsvRow>;

struct ParsedCsv {
  CsvRows rows;  ///< valid UTF-8 within the caps, never normalized; with errors what could be read
  char delimiter = ',';
  Findings findings;  ///< their place is row and column; of errors the first hundred
};

/// Reads UTF-8 (with or without byte order mark), UTF-16 with one, or windows-949 (a warning:
/// guessed-encoding). Rows end with CRLF, LF or CR; cells in quotes may hold any of them, and
/// doubled quotes. Cells are parted by what the first row that is not empty has most of: comma,
/// semicolon or tab; or by what a first line "sep=;" names, which then is no row.
///
/// Codes of errors: too-large, bad-encoding, too-many-rows, too-many-columns, cell-too-long,
/// open-quote (the quote that begins a cell is never closed), stray-text (behind a closing quote).
[[nodiscard]] ParsedCsv parse_csv(std::string_view bytes, std::string_view file);

/// RFC 4180 with commas and CRLF, after a byte order mark: without it Excel takes UTF-8 for
/// something else. parse_csv() of it gives the same rows, without empty ends. too_large for rows
/// that pass a cap; the message names the cell. REQUIRES: valid UTF-8.
[[nodiscard]] Result<std::string> write_csv(const CsvRows& rows);

/// A column as spreadsheets name it: 1 is "A", 27 is "AA".
[[nodiscard]] std::string column_letters(std::size_t column);

}  // namespace noseon
