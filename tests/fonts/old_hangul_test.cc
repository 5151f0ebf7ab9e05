// Old Hangul: every leading consonant, vowel and optional trailing consonant of Unicode's
// conjoining jamo is one syllable of one font. 124 x 94 x 138 = 1,608,528 of them; 20,000 are taken
// by chance, all of them in the long run.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "tests/fonts/setting.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

constexpr std::uint64_t kSeed = 20270225;
constexpr std::size_t kSample = 20'000;

std::vector<char32_t> between(std::initializer_list<std::pair<char32_t, char32_t>> ranges) {
  std::vector<char32_t> points;
  for (const auto& [first, last] : ranges) {
    for (char32_t point = first; point <= last; ++point) points.push_back(point);
  }
  return points;
}

const std::vector<char32_t> kLeading = between({{0x1100, 0x115E}, {0xA960, 0xA97C}});
const std::vector<char32_t> kVowels = between({{0x1161, 0x11A7}, {0xD7B0, 0xD7C6}});
const std::vector<char32_t> kTrailing = between({{0x11A8, 0x11FF}, {0xD7CB, 0xD7FB}});

std::string utf8(char32_t point) {
  std::string out;
  out += static_cast<char>(0xE0 | (point >> 12));
  out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (point & 0x3F));
  return out;
}

std::size_t count() {
  return kLeading.size() * kVowels.size() * (kTrailing.size() + 1);
}

/// The syllable of a number below count().
std::string syllable(std::size_t number) {
  const std::size_t trailing = number % (kTrailing.size() + 1);
  number /= kTrailing.size() + 1;
  std::string out =
      utf8(kLeading[number / kVowels.size()]) + utf8(kVowels[number % kVowels.size()]);
  if (trailing > 0) out += utf8(kTrailing[trailing - 1]);
  return out;
}

bool is_modern(const std::string& text) {
  return to_nfc(text).size() == 3;
}

/// What is wrong with a syllable that should be `width` wide; empty where nothing is.
std::string complaint(const std::string& text, TextBlock block, Px64 width) {
  block.text = text;
  const TextLayout layout = set(block);
  if (!layout.missing.empty()) return "missing";
  if (layout.lines.size() != 1) return "not one line";
  FontIndex font = layout.lines[0].glyphs.at(0).font;
  for (const Glyph& glyph : layout.lines[0].glyphs) {
    if (glyph.id == 0) return "glyph 0";
    if (glyph.font != font) return "two fonts";
    if (glyph.cluster != 0) return "torn into clusters";
  }
  if (layout.lines[0].width != width) {
    return fmt::format("{} wide, not {}", layout.lines[0].width / 64.0, width / 64.0);
  }
  if (is_modern(text) && layout.lines[0].glyphs.size() != 1) return "not the precomposed glyph";
  return "";
}

class OldHangul : public testing::TestWithParam<Family> {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_SHIPPED_FONTS();
    block_ = at_size("", 1000);
    block_.family = GetParam();
    TextBlock modern = block_;
    modern.text = "가";
    width_ = set(modern).lines.at(0).width;
  }
  void expect_good(std::size_t number) {
    const std::string text = syllable(number);
    if (const std::string why = complaint(text, block_, width_); !why.empty()) {
      ADD_FAILURE() << "syllable " << number << ", " << text << ": " << why;
    }
    ++set_;
    modern_ += is_modern(text);
  }
  void TearDown() override {
    if (set_ > 0) std::cout << set_ << " syllables, " << modern_ << " of them modern\n";
  }

  TextBlock block_;
  Px64 width_ = 0;  ///< of one syllable
  std::size_t set_ = 0;
  std::size_t modern_ = 0;
};

TEST_P(OldHangul, EverySyllableIsOneSyllableWideInOneFont) {
  ASSERT_EQ(count(), 1'608'528u);
  if (is_long_run()) {
    for (std::size_t number = 0; number < count() && !HasFailure(); ++number) expect_good(number);
    EXPECT_EQ(modern_, 11'172u) << "all that Unicode has composed";
    return;
  }
  std::cout << "seed " << kSeed << "\n";
  std::mt19937_64 random(kSeed);
  for (std::size_t i = 0; i < kSample && !HasFailure(); ++i) expect_good(random() % count());
}

TEST_P(OldHangul, ToneMarksStayWithTheirSyllable) {
  for (const std::string tone : {"\u302E", "\u302F"}) {
    for (const std::string text : {"가", "ᄒᆞᆫ", "ᄀᆞᇰ"}) {
      TextBlock block = block_;
      block.text = "나" + text + tone + "다";
      const TextLayout layout = set(block);
      EXPECT_TRUE(layout.missing.empty());
      FontIndex font = all_glyphs(layout)[0].font;
      for (const Glyph& glyph : all_glyphs(layout)) {
        EXPECT_EQ(glyph.font, font);
        const bool is_at_a_syllable =
            glyph.cluster == 0 || glyph.cluster == 3 || glyph.cluster == block.text.size() - 3;
        EXPECT_TRUE(is_at_a_syllable || glyph.cluster == to_nfc(block.text).size() - 3)
            << text << " " << glyph.cluster;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Families, OldHangul, testing::Values(Family::sans, Family::serif),
                         [](const auto& family) {
                           return std::string(family.param == Family::sans ? "sans" : "serif");
                         });

}  // namespace
}  // namespace noseon
