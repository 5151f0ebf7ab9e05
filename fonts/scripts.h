// Which script each grapheme cluster is set as (UAX #24), before any font is asked.
//
// Letters have a script of their own. Spaces, digits and punctuation have none and take that of
// the word they stand in, so that one word is in one hand and looks it:
//
//   1. Digits joined to Latin, Greek or Cyrillic letters are part of that word, with single marks
//      between them: A4용지, COVID-19는, 613km.
//   2. Other digits and marks in a word take the script of the word's letters: 613명의, 서울,
//      Between Latin on one side and Korean on the other: an opening bracket takes the
//      language's script, and any other mark that of the letters it follows.
//   3. A closing bracket takes what its opening bracket took: 서울(Seoul)에서.
//   4. A word with no letters at all (2027) takes the script of the words on both sides; at the
//      start or end of the text, of the one there is; where they differ, that of the bracket it
//      stands in, or else the language's.
//   5. So does a space: between Korean words it is Korean's word space, wider than the Latin.
//
// "Differ" means of another FontRole: Hangul beside Hanja is no difference.
#pragma once

#include <string>
#include <vector>

#include "fonts/chain.h"
#include "fonts/prepared_text.h"

namespace noseon {

/// A script by ICU's number (UScriptCode).
using Script = int;

/// The font that has the letters of a script.
[[nodiscard]] FontRole role_of(Script script);

/// What the language, in BCP 47, is written in: Hangul for ko, Latin for az. Latin if unknown.
[[nodiscard]] Script script_of_language(const std::string& language);

/// Whether a language parts its words by spaces: Chinese and Japanese do not.
[[nodiscard]] bool has_spaces_between_words(const std::string& language);

/// A script for each cluster; none is Common or Inherited.
/// REQUIRES: `clusters` are the starts and the end, as BreakFinder gives them.
[[nodiscard]] std::vector<Script> resolve_scripts(const PreparedText& text,
                                                  const std::vector<PointIndex>& clusters,
                                                  Script language_script);

}  // namespace noseon
