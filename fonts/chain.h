// The chain of fonts: which files, from which Debian packages, with which checksums.
//
// fonts/fonts.toml says it and is built into the library. Checksums are for tests and for
// diagnosis: the collections have some 20 MB each, so opening the chain never computes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/appearance.h"
#include "base/result.h"
#include "fonts/typeset.h"

namespace noseon {

/// What a font is there for within its family and weight.
enum class FontRole {
  latin,   ///< Latin, Greek, Cyrillic
  hangul,  ///< Hangul, Hanja, kana, CJK punctuation
};

struct ChainFont {
  FontFile file;
  Family family = Family::sans;
  Weight weight = Weight::regular;
  FontRole role = FontRole::latin;
  std::string version;  ///< of the Debian package
  std::string sha256;   ///< lower-case hexadecimal
  std::string licence;  ///< SPDX
};

/// The text of fonts/fonts.toml as it was when the library was built.
extern const char* const fonts_toml;

/// Reads a chain. bad_format, with the line, unless every family and weight has exactly one font
/// of each role.
[[nodiscard]] Result<std::vector<ChainFont>> parse_chain(std::string_view toml);

/// The chain built into the library, in the order of Typesetter::fonts().
[[nodiscard]] Result<std::vector<ChainFont>> shipped_chain();

/// Whether the file on this machine is byte for byte the one the chain names. Reads all of it.
/// not_found, denied or disk as base/files.h has it.
[[nodiscard]] Result<bool> is_the_shipped_file(const ChainFont& font);

}  // namespace noseon
