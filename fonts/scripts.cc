#include "fonts/scripts.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cstddef>
#include <optional>
#include <utility>

namespace noseon {
namespace {

enum class Kind { letter, digit, space, opener, closer, mark };

/// A cluster seen from far enough to choose its script.
struct Cell {
  Kind kind = Kind::mark;
  char32_t point = 0;
  std::optional<Script> script;  ///< nothing while undecided
};

bool has_extension(UChar32 c, UScriptCode script) {
  return uscript_hasScript(c, script) != 0;
}

/// The script of a point's own; nothing for Common and Inherited.
std::optional<Script> own_script(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  if (U_FAILURE(status) || script == USCRIPT_UNKNOWN) return std::nullopt;
  if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return script;
  // CJK punctuation such as 「 is Common, but shared by CJK scripts alone (Script_Extensions).
  if (has_extension(c, USCRIPT_HANGUL)) return USCRIPT_HANGUL;
  if (has_extension(c, USCRIPT_HAN)) return USCRIPT_HAN;
  return std::nullopt;
}

Kind kind_of(char32_t point) {
  const auto c = static_cast<UChar32>(point);
  if (is_breaking_space(point) || u_isUWhiteSpace(c)) return Kind::space;
  if (u_isalpha(c)) return Kind::letter;
  switch (u_charType(c)) {
    case U_DECIMAL_DIGIT_NUMBER:
      return Kind::digit;
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
      return Kind::opener;
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return Kind::closer;
    default:
      return Kind::mark;
  }
}

/// The mark that closes what `opener` opens; 0 where none does for certain (a ’ may be an
/// apostrophe).
char32_t closer_of(char32_t opener) {
  switch (opener) {
    case U'“':
      return U'”';
    case U'«':
      return U'»';
    default:
      break;
  }
  const auto c = static_cast<UChar32>(opener);
  const UChar32 pair = u_getBidiPairedBracket(c);
  return pair == c ? 0 : static_cast<char32_t>(pair);
}

Cell make_cell(const PreparedText& text, PointIndex start, PointIndex end) {
  Cell cell{.kind = kind_of(text.points[start]), .point = text.points[start], .script = {}};
  for (PointIndex i = start; i < end && !cell.script; ++i) {
    cell.script = own_script(static_cast<UChar32>(text.points[i]));
  }
  return cell;
}

class Resolver {
 public:
  Resolver(std::vector<Cell> cells, Script language)
      : cells_(std::move(cells)), language_(language) {}

  std::vector<Script> resolve() {
    pair_brackets();
    for_each_word(&Resolver::join_digits_to_letters);
    for_each_word(&Resolver::follow_the_word);
    follow_the_neighbours();
    match_brackets();
    std::vector<Script> scripts;
    for (const Cell& cell : cells_) scripts.push_back(cell.script.value_or(language_));
    return scripts;
  }

 private:
  using Action = void (Resolver::*)(std::size_t start, std::size_t end);

  void for_each_word(Action action) {
    for (std::size_t start = 0; start < cells_.size();) {
      std::size_t end = start;
      while (end < cells_.size() && cells_[end].kind != Kind::space) ++end;
      if (end > start) (this->*action)(start, end);
      start = end + 1;
    }
  }

  void pair_brackets() {
    opener_of_.resize(cells_.size());
    std::vector<bool> is_closed(cells_.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].kind == Kind::opener && closer_of(cells_[i].point) != 0) open.push_back(i);
      if (cells_[i].kind != Kind::closer || open.empty()) continue;
      if (closer_of(cells_[open.back()].point) != cells_[i].point) continue;
      opener_of_[i] = open.back();
      is_closed[open.back()] = true;
      open.pop_back();
    }
    note_what_is_inside(is_closed);
  }

  void note_what_is_inside(const std::vector<bool>& is_closed) {
    inside_.resize(cells_.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (opener_of_[i]) open.pop_back();
      if (!open.empty()) inside_[i] = open.back();
      if (is_closed[i]) open.push_back(i);
    }
  }

  /// Rule 3 once more, for brackets whose word had no letters.
  void match_brackets() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (opener_of_[i]) cells_[i].script = cells_[*opener_of_[i]].script;
    }
  }

  bool is_latin_letter(const Cell& cell) const {
    return cell.kind == Kind::letter && cell.script && role_of(*cell.script) == FontRole::latin;
  }
  bool is_alphanumeric(const Cell& cell) const {
    return is_latin_letter(cell) || (cell.kind == Kind::digit && !cell.script);
  }
  /// Rule 1's run from `start`: letters, digits, and single marks that have one on both sides.
  std::size_t alphanumeric_end(std::size_t start, std::size_t word_end) const {
    std::size_t end = start;
    while (end < word_end && is_alphanumeric(cells_[end])) {
      ++end;
      const bool is_joined = end + 1 < word_end && cells_[end].kind == Kind::mark &&
                             !cells_[end].script && is_alphanumeric(cells_[end + 1]);
      if (is_joined) ++end;
    }
    return end;
  }

  void join_digits_to_letters(std::size_t word_start, std::size_t word_end) {
    for (std::size_t start = word_start; start < word_end; ++start) {
      const std::size_t end = alphanumeric_end(start, word_end);
      if (end == start) continue;
      std::optional<Script> last;
      for (std::size_t i = start; i < end && !last; ++i) last = cells_[i].script;
      for (std::size_t i = start; last && i < end; ++i) {
        if (!cells_[i].script) cells_[i].script = last;
        last = cells_[i].script;
      }
      start = end - 1;
    }
  }

  /// Rules 2 and 3, for a word that has letters.
  void follow_the_word(std::size_t start, std::size_t end) {
    std::vector<std::optional<Script>> next(end - start + 1);
    for (std::size_t i = end; i-- > start;) {
      next[i - start] = cells_[i].script ? cells_[i].script : next[i - start + 1];
    }
    if (!next[0]) return;
    std::optional<Script> previous;
    for (std::size_t i = start; i < end; ++i) {
      if (!cells_[i].script) cells_[i].script = in_word(i, previous, next[i - start + 1]);
      previous = cells_[i].script;
    }
  }

  /// REQUIRES: previous or next.
  Script in_word(std::size_t i, std::optional<Script> previous, std::optional<Script> next) const {
    if (opener_of_[i] && cells_[*opener_of_[i]].script) return *cells_[*opener_of_[i]].script;
    if (cells_[i].kind == Kind::opener) return common(i, previous, next);
    return previous ? *previous : *next;
  }

  /// Rules 4 and 5, for all that is left.
  void follow_the_neighbours() {
    decide_the_undecided([](const Cell& cell) { return cell.kind != Kind::space; });
    decide_the_undecided([](const Cell&) { return true; });
  }

  template <class Wanted>
  void decide_the_undecided(Wanted wanted) {
    std::vector<std::optional<Script>> next(cells_.size() + 1);
    for (std::size_t i = cells_.size(); i-- > 0;) {
      next[i] = cells_[i].script ? cells_[i].script : next[i + 1];
    }
    std::optional<Script> previous;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].script) {
        previous = cells_[i].script;
      } else if (wanted(cells_[i])) {
        cells_[i].script = common(i, previous, next[i + 1]);
      }
    }
  }

  /// The script of both sides, or of the one there is; where they differ, of the bracket that it
  /// stands in, or the language's.
  Script common(std::size_t i, std::optional<Script> previous, std::optional<Script> next) const {
    if (previous && next && role_of(*previous) != role_of(*next)) {
      const std::optional<Script> bracket =
          inside_[i] ? cells_[*inside_[i]].script : std::optional<Script>();
      return bracket.value_or(language_);
    }
    if (previous) return *previous;
    return next.value_or(language_);
  }

  std::vector<Cell> cells_;
  std::vector<std::optional<std::size_t>> opener_of_;  ///< for each closer that has one
  std::vector<std::optional<std::size_t>> inside_;     ///< the innermost opener around each cell
  Script language_;
};

}  // namespace

FontRole role_of(Script script) {
  switch (script) {
    case USCRIPT_HANGUL:
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
      return FontRole::hangul;
    case USCRIPT_ARABIC:
      return FontRole::arabic;
    default:
      return FontRole::latin;
  }
}

Script script_of_language(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(language, status);
  locale.addLikelySubtags(status);
  if (U_FAILURE(status)) return USCRIPT_LATIN;
  switch (const auto script = u_getPropertyValueEnum(UCHAR_SCRIPT, locale.getScript())) {
    case UCHAR_INVALID_CODE:
      return USCRIPT_LATIN;
    case USCRIPT_KOREAN:
      return USCRIPT_HANGUL;
    case USCRIPT_JAPANESE:
      return USCRIPT_HIRAGANA;
    case USCRIPT_SIMPLIFIED_HAN:
    case USCRIPT_TRADITIONAL_HAN:
      return USCRIPT_HAN;
    default:
      return script;
  }
}

bool has_spaces_between_words(const std::string& language) {
  const Script script = script_of_language(language);
  return script != USCRIPT_HAN && script != USCRIPT_HIRAGANA;
}

std::vector<Script> resolve_scripts(const PreparedText& text,
                                    const std::vector<PointIndex>& clusters,
                                    Script language_script) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
    cells.push_back(make_cell(text, clusters[i], clusters[i + 1]));
  }
  return Resolver(std::move(cells), language_script).resolve();
}

}  // namespace noseon
