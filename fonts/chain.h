// The chain of fonts: which files, from which Debian packages, with which checksums.
//
// fonts/fonts.toml says it and is built into the library. Checksums are for tests and for
// diagnosis: the collections have some 20 MB each, so opening the chain never computes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/appearance.h"
#include "base/result.h"
#include "fonts/typeset.h"

namespace noseon {

/// What a font is there for.
enum class FontRole {
  latin,   ///< Latin, Greek, Cyrillic, and whatever has no font of its own
  hangul,  ///< Hangul, Hanja, kana, CJK punctuation
  arabic,
  emoji,  ///< in colour; one for all families and weights
};

struct ChainFont {
  FontFile file;
  std::optional<Family> family;  ///< nothing: all of them
  std::optional<Weight> weight;  ///< nothing: all of them
  FontRole role = FontRole::latin;
  std::string version;  ///< of the Debian package
  std::string sha256;   ///< lower-case hexadecimal
  std::string licence;  ///< SPDX

  [[nodiscard]] bool is_of(Family of_family, Weight of_weight) const {
    return family.value_or(of_family) == of_family && weight.value_or(of_weight) == of_weight;
  }
};

/// The text of fonts/fonts.toml as it was when the library was built.
extern const char* const fonts_toml;

/// Reads a chain. bad_format, with the line, unless every family and weight has exactly one font
/// of each role, where a font without a family or weight counts for all of them.
[[nodiscard]] Result<std::vector<ChainFont>> parse_chain(std::string_view toml);

/// The chain built into the library, in the order of Typesetter::fonts().
[[nodiscard]] Result<std::vector<ChainFont>> shipped_chain();

/// Whether the file on this machine is byte for byte the one the chain names. Reads all of it.
/// not_found, denied or disk as base/files.h has it.
[[nodiscard]] Result<bool> is_the_shipped_file(const ChainFont& font);

}  // namespace noseon
