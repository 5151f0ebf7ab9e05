// Columns for people: aligned by what a terminal shows, Hangul counted two wide.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace noseon {

enum class Side { left, right };

/// How many columns of a terminal a text takes.
[[nodiscard]] std::size_t terminal_width(const std::string& text);

/// Rows of cells under a heading; every row as long as the heading. Two spaces between columns.
[[nodiscard]] std::string format_table(const std::vector<std::string>& heading,
                                       const std::vector<Side>& sides,
                                       const std::vector<std::vector<std::string>>& rows);

/// The same to stdout, row by row, for a table that is too long to hold. Each row is asked for
/// twice.
void print_table(const std::vector<std::string>& heading, const std::vector<Side>& sides,
                 std::size_t count,
                 const std::function<std::vector<std::string>(std::size_t)>& row);

}  // namespace noseon
