#include "playlist/sheet_forms.h"

#include <algorithm>
#include <array>

namespace noseon {
namespace {

struct Replacement {
  std::string_view from;
  std::string_view to;
};

// U+00A0, U+2007, U+202F, U+3000; U+200B, U+2060, U+FEFF.
constexpr std::array<std::string_view, 7> kBlanks = {
    "\u00A0", "\u2007", "\u202F", "\u3000", "\u200B", "\u2060", "\uFEFF",
};
constexpr Replacement kPlain[] = {
    {"\u00A0", " "}, {"\u2007", " "}, {"\u202F", " "}, {"\u3000", " "}, {"\u200B", ""},
    {"\u2060", ""},  {"\uFEFF", ""},  {"\u301C", "~"}, {"\u223C", "~"}, {"\u2010", "-"},
    {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"}, {"\u2014", "-"}, {"\u2212", "-"},
    {"\u2018", "'"}, {"\u2019", "'"}, {"\t", " "},     {"\r\n", "\n"},  {"\r", "\n"},
};
constexpr std::string_view kSpaces = " \t\r\n";

// The bytes of a blank at the front or back of a text; 0 where there is none.
std::size_t blank_at_front(std::string_view text) {
  if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) return 1;
  const auto* blank = std::find_if(kBlanks.begin(), kBlanks.end(),
                                   [&](std::string_view one) { return text.starts_with(one); });
  return blank == kBlanks.end() ? 0 : blank->size();
}

std::size_t blank_at_back(std::string_view text) {
  if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) return 1;
  const auto* blank = std::find_if(kBlanks.begin(), kBlanks.end(),
                                   [&](std::string_view one) { return text.ends_with(one); });
  return blank == kBlanks.end() ? 0 : blank->size();
}

// U+FF01 to U+FF5E are ASCII's '!' to '~', drawn wide.
std::optional<char> wide_ascii(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEF') return std::nullopt;
  const auto middle = static_cast<unsigned char>(text[1]);
  const auto last = static_cast<unsigned char>(text[2]);
  if (middle == 0xBC && last >= 0x81 && last <= 0xBF) return static_cast<char>(last - 0x81 + '!');
  if (middle == 0xBD && last >= 0x80 && last <= 0x9E) return static_cast<char>(last - 0x80 + '`');
  return std::nullopt;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What Excel begins a formula with; in some languages the wide forms too.
bool begins_formula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  const auto wide = wide_ascii(text);
  return wide && std::string_view("=+-@").find(*wide) != std::string_view::npos;
}

bool begins_formula_behind_apostrophes(std::string_view text) {
  return begins_formula(text.substr(std::min(text.find_first_not_of('\''), text.size())));
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_plain_number(std::string_view name) {
  return name.size() <= 15 && std::all_of(name.begin(), name.end(), is_digit) &&
         (name == "0" || name.front() != '0');
}

bool begins_with_month(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string start = lower(name.substr(0, 3));
  return std::find(kMonths.begin(), kMonths.end(), start) != kMonths.end();
}

// Would a spreadsheet make a day, a number or a truth of it?
bool would_be_rewritten(std::string_view name) {
  if (name.empty()) return false;
  if (is_digit(name.front()) || name.front() == '.') return !is_plain_number(name);
  const std::string small = lower(name);
  if (small == "true" || small == "false") return true;
  return begins_with_month(name) && std::any_of(name.begin(), name.end(), is_digit);
}

constexpr std::array<std::string_view, 5> kSeparators = {",", ";", "\n", "，", "；"};

// The bytes of a separator that `text` begins with; 0 where it begins with none.
std::size_t separator_at_front(std::string_view text) {
  const auto* found = std::find_if(kSeparators.begin(), kSeparators.end(),
                                   [&](std::string_view one) { return text.starts_with(one); });
  return found == kSeparators.end() ? 0 : found->size();
}

bool has_separator(std::string_view text) {
  return std::any_of(kSeparators.begin(), kSeparators.end(), [&](std::string_view one) {
    return text.find(one) != std::string_view::npos;
  });
}

bool needs_quotes(std::string_view name) {
  return name.empty() || name.front() == '"' || name.front() == '\'' || trimmed(name) != name ||
         would_be_rewritten(name);
}

std::string in_quotes(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    text += c;
    if (c == '"') text += c;
  }
  return text + '"';
}

// A name in quotes at the front of `text`, which is then behind it; nothing where no quote closes
// it.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string name;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] != '"') {
      name += text[at];
    } else if (at + 1 < text.size() && text[at + 1] == '"') {
      name += text[at++];
    } else {
      text.remove_prefix(at + 1);
      return name;
    }
  }
  return std::nullopt;
}

std::string_view without_apostrophe(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.starts_with('\'')) cell.remove_prefix(1);
  return cell;
}

std::string take_plain_name(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && separator_at_front(text.substr(end)) == 0) ++end;
  std::string name(trimmed(text.substr(0, end)));
  text.remove_prefix(end);
  return name;
}

}  // namespace

std::string_view trimmed(std::string_view cell) {
  while (const std::size_t blank = blank_at_front(cell)) cell.remove_prefix(blank);
  while (const std::size_t blank = blank_at_back(cell)) cell.remove_suffix(blank);
  return cell;
}

std::string plain_text(std::string_view cell) {
  std::string plain;
  for (std::string_view rest = trimmed(cell); !rest.empty();) {
    const bool is_plain = rest.front() >= ' ' && static_cast<unsigned char>(rest.front()) < 0x80;
    const auto* found =
        is_plain ? std::end(kPlain)
                 : std::find_if(std::begin(kPlain), std::end(kPlain),
                                [&](const Replacement& r) { return rest.starts_with(r.from); });
    if (const auto wide = wide_ascii(rest)) {
      plain += *wide;
      rest.remove_prefix(3);
    } else if (found != std::end(kPlain)) {
      plain += found->to;
      rest.remove_prefix(found->from.size());
    } else {
      plain += rest.front();
      rest.remove_prefix(1);
    }
  }
  return std::string(trimmed(plain));
}

std::string folded(std::string_view cell) {
  return lower(trimmed(without_apostrophe(plain_text(cell))));
}

std::string guarded(std::string_view text) {
  return (begins_formula_behind_apostrophes(text) ? "'" : "") + std::string(text);
}

std::string unguarded(std::string_view cell) {
  const bool is_guarded = cell.starts_with('\'') && begins_formula_behind_apostrophes(cell);
  return std::string(is_guarded ? cell.substr(1) : cell);
}

std::string written_name(std::string_view name) {
  return guarded(needs_quotes(name) ? in_quotes(name) : std::string(name));
}

std::string read_name(std::string_view cell) {
  std::string_view rest = without_apostrophe(cell);
  if (rest.starts_with('"')) {
    std::string_view behind = rest;
    if (auto name = take_quoted(behind); name && behind.empty()) return *std::move(name);
  }
  return std::string(rest);
}

std::string written_names(const std::vector<std::string>& names) {
  std::string cell;
  for (const std::string& name : names) {
    if (!cell.empty()) cell += "; ";
    cell += needs_quotes(name) || has_separator(name) ? in_quotes(name) : name;
  }
  return guarded(cell);
}

std::vector<std::string> read_names(std::string_view cell) {
  std::vector<std::string> names;
  std::string_view rest = without_apostrophe(cell);
  while (!rest.empty()) {
    rest = trimmed(rest);
    auto name = rest.starts_with('"') ? take_quoted(rest) : std::nullopt;
    const std::string behind = take_plain_name(rest);
    if (name) {
      names.push_back(*name + behind);
    } else if (!behind.empty()) {
      names.push_back(behind);
    }
    rest.remove_prefix(separator_at_front(rest));
  }
  return names;
}

bool looks_rewritten(std::string_view name) {
  const std::string plain = folded(name);
  const auto digits = static_cast<std::size_t>(
      std::find_if_not(plain.begin(), plain.end(), is_digit) - plain.begin());
  if (digits == 0 || digits > 4) return false;
  const std::string_view behind = std::string_view(plain).substr(digits);
  if (behind.starts_with("월 ") && behind.ends_with("일")) return true;
  if (behind.size() == 4 && behind.front() == '-' && begins_with_month(behind.substr(1)))
    return true;
  return digits == 4 && behind.size() == 6 && behind[0] == '-' && behind[3] == '-';
}

}  // namespace noseon
