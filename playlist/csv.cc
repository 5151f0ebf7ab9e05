#include "playlist/csv.h"

#include <algorithm>
#include <optional>

#include "base/encoding.h"
#include "base/say.h"
#include "playlist/fields.h"

namespace noseon {
namespace {

constexpr std::size_t kErrorsMax = 100;
constexpr std::string_view kDelimiters = ",;\t";
constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool ends_row(char c) {
  return c == '\n' || c == '\r';
}

// Just behind the end of a row that begins at `at`: CRLF, LF or CR.
std::size_t behind_row_end(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
  return std::min(at + 1, text.size());
}

// "sep=;" alone on the first line, as Excel writes and heeds it.
std::optional<char> take_sep_line(std::string_view& text) {
  constexpr std::string_view kSep = "sep=";
  if (text.size() <= kSep.size() || !text.starts_with(kSep)) return std::nullopt;
  const char delimiter = text[kSep.size()];
  const std::size_t end = kSep.size() + 1;
  const bool is_alone = end == text.size() || ends_row(text[end]);
  if (!is_alone || kDelimiters.find(delimiter) == std::string_view::npos) return std::nullopt;
  text.remove_prefix(end == text.size() ? end : behind_row_end(text, end));
  return delimiter;
}

// What the first row that has any text has most of, outside of quotes; a comma where it has none.
char find_delimiter(std::string_view text) {
  std::size_t counts[kDelimiters.size()] = {};
  bool is_quoted = false;
  bool has_text = false;
  for (const char c : text) {
    const std::size_t which = kDelimiters.find(c);
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (is_quoted) {
      has_text = true;
    } else if (which != std::string_view::npos) {
      ++counts[which];
    } else if (!ends_row(c)) {
      has_text = has_text || c != ' ';
    } else if (has_text) {
      break;
    } else {
      std::fill(std::begin(counts), std::end(counts), 0U);
    }
  }
  return kDelimiters[static_cast<std::size_t>(
      std::max_element(std::begin(counts), std::end(counts)) - std::begin(counts))];
}

class Reader {
 public:
  Reader(std::string_view text, char delimiter, Reporter& reporter)
      : text_(text), delimiter_(delimiter), reporter_(reporter) {}

  CsvRows read() {
    CsvRows rows;
    while (at_ < text_.size() && reporter_.errors() < kErrorsMax) {
      if (rows.size() == kCsvRowsMax) {
        if (is_blank_from_here()) break;
        place_ = {static_cast<std::uint32_t>(rows.size() + 1), 1};
        error("too-many-rows", say("the table has more than {} rows", kCsvRowsMax),
              say("split it into several campaigns"));
        break;
      }
      place_ = {static_cast<std::uint32_t>(rows.size() + 1), 1};
      rows.push_back(read_row());
    }
    while (!rows.empty() && rows.back().empty()) rows.pop_back();
    return rows;
  }

 private:
  void error(std::string_view code, std::string message, std::string remedy) {
    reporter_.error(place_, code,
                    say("row {}, column {}: {}", place_.line, column_letters(place_.column),
                        std::move(message)),
                    std::move(remedy));
  }

  [[nodiscard]] bool is_blank_from_here() const {
    return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.end(),
                       [&](char c) { return ends_row(c) || c == delimiter_; });
  }

  [[nodiscard]] bool at_cell_end() const {
    return at_ == text_.size() || text_[at_] == delimiter_ || ends_row(text_[at_]);
  }

  CsvRow read_row() {
    CsvRow row;
    bool has_room = true;
    for (;; ++at_, ++place_.column) {
      std::string cell = read_cell();
      if (!cell.empty() && place_.column > kCsvColumnsMax) {
        if (has_room) {
          error("too-many-columns", say("a row has at most {} cells", kCsvColumnsMax),
                say("remove the columns that are not needed"));
        }
        has_room = false;
      } else if (!cell.empty()) {
        row.resize(place_.column);
        row.back() = std::move(cell);
      }
      if (at_ == text_.size() || ends_row(text_[at_])) break;
    }
    at_ = behind_row_end(text_, at_);
    return row;
  }

  std::string read_cell() {
    const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
    std::string cell = is_quoted ? read_quoted() : read_plain();
    if (cell.size() <= kCsvCellBytesMax) return cell;
    error("cell-too-long", say("the cell has {} bytes; at most {}", cell.size(), kCsvCellBytesMax),
          say("shorten it"));
    return {};
  }

  std::string read_plain() {
    const std::size_t start = at_;
    while (!at_cell_end()) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  std::string read_quoted() {
    std::string cell;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        cell += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += text_[at_++];
      } else {
        ++at_;
        refuse_stray_text();
        return cell;
      }
    }
    error("open-quote", say("the quotation mark that begins this cell is never closed"),
          say("close it; a quotation mark inside a cell is written twice"));
    return {};
  }

  void refuse_stray_text() {
    if (at_cell_end()) return;
    error("stray-text", say("there is text behind the closing quotation mark"),
          say("a quotation mark inside a cell is written twice: \"\""));
    while (!at_cell_end()) ++at_;
  }

  std::string_view text_;
  char delimiter_;
  Reporter& reporter_;
  std::size_t at_ = 0;
  SourcePlace place_{1, 1};
};

std::optional<std::string> decode(std::string_view bytes, Reporter& reporter) {
  auto decoded = decode_text(bytes);
  if (!decoded) {
    report_form({1, 1}, "bad-encoding", decoded.error().message, reporter);
    return std::nullopt;
  }
  if (decoded->encoding == TextEncoding::windows_949) {
    reporter.warn({1, 1}, "guessed-encoding",
                  say("the file is not UTF-8; it was read as Korean text (windows-949)"),
                  say("see that the texts are right; in Excel save as \"CSV UTF-8\""));
  }
  return std::move(decoded->text);
}

bool needs_quotes(std::string_view cell) {
  return cell.find_first_of(",;\t\"\r\n") != std::string_view::npos || cell.starts_with(' ') ||
         cell.ends_with(' ') || cell.starts_with("sep=") || cell.starts_with(kMark);
}

std::string in_quotes(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell) {
    text += c;
    if (c == '"') text += c;
  }
  return text + '"';
}

Failure too_large(std::size_t row, std::size_t column, const std::string& message) {
  return fail(ErrorKind::too_large,
              say("row {}, column {}: {}", row, column_letters(column), message));
}

}  // namespace

ParsedCsv parse_csv(std::string_view bytes, std::string_view file) {
  ParsedCsv parsed;
  Reporter reporter(file);
  if (bytes.size() > kCsvBytesMax) {
    reporter.error({1, 1}, "too-large",
                   say("the file has {} bytes; at most {} are read", bytes.size(), kCsvBytesMax),
                   say("split it into several campaigns"));
  } else if (const auto decoded = decode(bytes, reporter)) {
    std::string_view text = *decoded;
    const auto named = take_sep_line(text);
    parsed.delimiter = named ? *named : find_delimiter(text);
    parsed.rows = Reader(text, parsed.delimiter, reporter).read();
  }
  parsed.findings = reporter.take();
  return parsed;
}

Result<std::string> write_csv(const CsvRows& rows) {
  if (rows.size() > kCsvRowsMax) {
    return too_large(rows.size(), 1, say("a table has at most {} rows", kCsvRowsMax));
  }
  std::string text(kMark);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].size() > kCsvColumnsMax) {
      return too_large(r + 1, rows[r].size(), say("a row has at most {} cells", kCsvColumnsMax));
    }
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& cell = rows[r][c];
      if (cell.size() > kCsvCellBytesMax) {
        return too_large(r + 1, c + 1,
                         say("the cell has {} bytes; at most {}", cell.size(), kCsvCellBytesMax));
      }
      if (c > 0) text += ',';
      text += needs_quotes(cell) ? in_quotes(cell) : cell;
    }
    text += "\r\n";
  }
  if (text.size() > kCsvBytesMax) {
    return fail(ErrorKind::too_large, say("the table has {} bytes; at most {} could be read again",
                                          text.size(), kCsvBytesMax));
  }
  return text;
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

}  // namespace noseon
