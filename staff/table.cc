#include "staff/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace noseon {
namespace {

// East Asian wide characters take two columns (UAX #11); the ranges that campaigns meet.
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF);
}

}  // namespace

std::size_t terminal_width(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? byte : byte & (0xFFU >> (length + 1));
    for (std::size_t j = 1; j < length && i + j < text.size(); ++j) {
      c = (c << 6U) | (static_cast<unsigned char>(text[i + j]) & 0x3FU);
    }
    width += is_wide(c) ? 2 : 1;
    i += length;
  }
  return width;
}

namespace {

void append_row(std::string& text, const std::vector<std::string>& row,
                const std::vector<std::size_t>& widths, const std::vector<Side>& sides) {
  std::string line;
  for (std::size_t column = 0; column < row.size(); ++column) {
    const std::string gap(widths[column] - terminal_width(row[column]), ' ');
    if (column > 0) line += "  ";
    line += sides[column] == Side::left ? row[column] + gap : gap + row[column];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

void widen(std::vector<std::size_t>& widths, const std::vector<std::string>& row) {
  widths.resize(row.size());
  for (std::size_t column = 0; column < row.size(); ++column) {
    widths[column] = std::max(widths[column], terminal_width(row[column]));
  }
}

}  // namespace

std::string format_table(const std::vector<std::string>& heading, const std::vector<Side>& sides,
                         const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  widen(widths, heading);
  for (const auto& row : rows) widen(widths, row);
  std::string text;
  append_row(text, heading, widths, sides);
  for (const auto& row : rows) append_row(text, row, widths, sides);
  return text;
}

void print_table(const std::vector<std::string>& heading, const std::vector<Side>& sides,
                 std::size_t count,
                 const std::function<std::vector<std::string>(std::size_t)>& row) {
  std::vector<std::size_t> widths;
  widen(widths, heading);
  for (std::size_t i = 0; i < count; ++i) widen(widths, row(i));
  std::string line;
  append_row(line, heading, widths, sides);
  fmt::print("{}", line);
  for (std::size_t i = 0; i < count; ++i) {
    line.clear();
    append_row(line, row(i), widths, sides);
    fmt::print("{}", line);
  }
}

}  // namespace noseon
