// The words the tests of typesetting are written in.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "fonts/chain.h"
#include "fonts/typeset.h"

namespace noseon {

/// One for the whole program: opened once, as the player does.
inline Typesetter& typesetter() {
  static Typesetter opened = [] {
    Result<Typesetter> result = Typesetter::open();
    if (!result) {
      std::cerr << result.error().message << "\n";
      std::abort();
    }
    return std::move(result).value();
  }();
  return opened;
}

/// A text at exactly `size`, in a box that has room for it unless one is given.
inline TextBlock at_size(std::string text, int size, Size box = {20000, 20000}) {
  TextBlock block;
  block.text = std::move(text);
  block.box = box;
  block.size_min = size;
  block.size_max = size;
  return block;
}

inline TextBlock in_language(TextBlock block, std::string language) {
  block.language = std::move(language);
  return block;
}

inline TextLayout set(const TextBlock& block) {
  return typesetter().lay_out(block);
}

inline std::vector<std::string> line_texts(const TextLayout& layout) {
  std::vector<std::string> texts;
  for (const TextLine& line : layout.lines) {
    texts.push_back(layout.text.substr(line.start, line.end - line.start));
  }
  return texts;
}

inline std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += text;
  return out;
}

inline std::vector<Glyph> all_glyphs(const TextLayout& layout) {
  std::vector<Glyph> glyphs;
  for (const TextLine& line : layout.lines) {
    glyphs.insert(glyphs.end(), line.glyphs.begin(), line.glyphs.end());
  }
  return glyphs;
}

/// One letter a glyph: L from Noto Sans or Serif, K from Noto CJK KR, . for none (glyph 0).
inline std::string hands(const TextLayout& layout) {
  std::string out;
  for (const Glyph& glyph : all_glyphs(layout)) {
    const bool is_cjk = typesetter().fonts()[glyph.font].path.find("CJK") != std::string::npos;
    out += glyph.id == 0 ? '.' : is_cjk ? 'K' : 'L';
  }
  return out;
}

/// Whether this machine has the very files that exact expectations were taken from.
inline bool has_shipped_fonts() {
  static const bool all = [] {
    const Result<std::vector<ChainFont>> chain = shipped_chain();
    if (!chain) return false;
    for (const ChainFont& font : *chain) {
      const Result<bool> is_same = is_the_shipped_file(font);
      if (!is_same || !*is_same) return false;
    }
    return true;
  }();
  return all;
}

#define SKIP_WITHOUT_SHIPPED_FONTS()                                                \
  if (!has_shipped_fonts())                                                         \
  GTEST_SKIP() << "the fonts on this machine are not those whose checksums are in " \
                  "fonts/fonts.toml, so exact glyphs and advances may differ"

}  // namespace noseon
