// Text that nobody would write: never a crash, never a broken promise, never long.
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "fonts/breaks.h"
#include "fonts/scripts.h"
#include "tests/fonts/setting.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

/// As macOS has it in the names of files, and what is pasted from there.
std::string to_nfd(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString whole = icu::UnicodeString::fromUTF8(repair_utf8(text));
  std::string out;
  nfd->normalize(whole, status).toUTF8String(out);
  EXPECT_TRUE(U_SUCCESS(status));
  return out;
}

/// Of the processor, not of the clock on the wall: the machine may be busy with other things.
#ifdef NOSEON_SANITIZED
constexpr double layout_seconds_max = 1.0;
#else
constexpr double layout_seconds_max = 0.1;  // 0.05 on a machine that does nothing else
#endif

void expect_clusters_whole(const TextLayout& layout) {
  static BreakFinder finder = BreakFinder::open().value();
  const PreparedText prepared = prepare_text(layout.text);
  std::set<std::uint32_t> starts;
  for (const PointIndex start : finder.clusters(prepared)) {
    starts.insert(prepared.byte_offsets[start]);
  }
  for (const TextLine& line : layout.lines) {
    EXPECT_TRUE(starts.contains(line.start)) << "a line starts inside a cluster";
  }
}

/// No line but a first one, or one after a line feed, starts with what klreq bans there; at the
/// smallest size what is too wide is torn anywhere.
void expect_good_starts(const TextBlock& block, const TextLayout& layout) {
  if (layout.size == block.size_min) return;
  for (std::size_t i = 1; i < layout.lines.size(); ++i) {
    const std::string_view start = std::string_view(layout.text).substr(layout.lines[i].start);
    if (ends_line(prepare_text(layout.text.substr(0, layout.lines[i].start)).points.back()))
      continue;
    for (const std::string_view banned : {"·", "ㆍ", "‧", "～", "~", "—", "―", "〃"}) {
      EXPECT_FALSE(start.starts_with(banned)) << banned;
    }
  }
}

/// As many lines as without balancing, at the same size.
void expect_as_many_lines_as_greedy(TextBlock block, const TextLayout& layout) {
  block.balances = false;
  const TextLayout greedy = set(block);
  EXPECT_EQ(greedy.lines.size(), layout.lines.size());
  EXPECT_EQ(greedy.size, layout.size);
}

/// A word is torn only where the smallest size leaves no room for it; Chinese and Japanese have no
/// words to see.
void expect_words_whole(const TextBlock& block, const TextLayout& layout) {
  if (block.wrap == Wrap::syllable || layout.size == block.size_min) return;
  if (!has_spaces_between_words(block.language)) return;
  static BreakFinder finder = BreakFinder::open().value();
  const PreparedText text = prepare_text(layout.text);
  std::set<std::uint32_t> places{0};
  for (const LineBreak& found : finder.line_breaks(text, finder.clusters(text))) {
    if (found.tier != BreakTier::syllable) places.insert(text.byte_offsets[found.at]);
  }
  for (const TextLine& line : layout.lines) EXPECT_TRUE(places.contains(line.start));
}

void expect_one_font_a_cluster(const TextLayout& layout) {
  static BreakFinder finder = BreakFinder::open().value();
  const PreparedText text = prepare_text(layout.text);
  const std::vector<PointIndex> clusters = finder.clusters(text);
  std::map<PointIndex, FontIndex> fonts;
  for (const Glyph& glyph : all_glyphs(layout)) {
    const auto point =
        std::lower_bound(text.byte_offsets.begin(), text.byte_offsets.end(), glyph.cluster) -
        text.byte_offsets.begin();
    const PointIndex cluster = *std::prev(
        std::upper_bound(clusters.begin(), clusters.end(), static_cast<PointIndex>(point)));
    const auto [entry, is_new] = fonts.emplace(cluster, glyph.font);
    EXPECT_EQ(entry->second, glyph.font) << "two fonts in the cluster at " << cluster;
  }
}

void expect_promises_kept(const TextBlock& block, const TextLayout& layout) {
  EXPECT_EQ(layout.text, prepare_text(block.text).utf8);
  expect_good_starts(block, layout);
  expect_as_many_lines_as_greedy(block, layout);
  expect_words_whole(block, layout);
  expect_one_font_a_cluster(layout);
  EXPECT_EQ(joined(line_texts(layout)), layout.text);
  EXPECT_GE(layout.size, block.size_min);
  EXPECT_LE(layout.size, block.size_max);
  bool has_no_glyph = false;
  for (const TextLine& line : layout.lines) {
    if (!layout.overflows) {
      EXPECT_LE(line.width, block.box.width * 64);
    }
    for (const Glyph& glyph : line.glyphs) {
      has_no_glyph |= glyph.id == 0;
      EXPECT_GE(glyph.cluster, line.start);
      EXPECT_LT(glyph.cluster, line.end);
    }
  }
  if (has_no_glyph) {
    EXPECT_FALSE(layout.missing.empty());
  }
  expect_clusters_whole(layout);
}

/// With a past of its own: it never sees the decomposed texts, nor those without balance.
Typesetter& another_typesetter() {
  static Typesetter opened = Typesetter::open().value();
  return opened;
}

TextLayout set_in_time(const TextBlock& block) {
  const std::clock_t start = std::clock();
  TextLayout layout = set(block);
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, layout_seconds_max);
  return layout;
}

/// Text of what breaks typesetters, and of plain words between.
std::string random_text(std::mt19937_64& random) {
  static const std::vector<std::string> parts = {
      "가",       "힣",          "\u1100", "\u1161",
      "\u11A8",   "\u115F",      "\u302E", "ㅎ",
      " ",        "  ",          "\n",     "\r\n",
      "\t",       "a",           "İ",      "ı",
      "fi",       "AV",          "\u0301", "\u0307",
      "e\u0323",  "613",         ",",      "(",
      ")",        "「",          "」",     "“",
      "”",        "’",           "-",      "~",
      "·",        "…",           "漢",     "\U00020000",
      "🚌",        "👩‍👧", "🇰🇷",     "\u200B",
      "\u200D",   "\u2060",      "\u00AD", "\u00A0",
      "\u3000",   "\u202E",      "ب",      "ก",
      "\uFEFF",   "\uFFFD",      "\xFF",   "\xED\xA0\x80",
      "\xF0\x9F", "\u2028",      "단어",   "word",
      "söz",      "слово",       "\x01",   "＃",
      "ﬁ",        "\U000E0067"};
  std::string text;
  const std::size_t length = random() % 40;
  for (std::size_t i = 0; i < length; ++i) text += parts[random() % parts.size()];
  return text;
}

TEST(HostileText, TwoThousandRandomTextsKeepEveryPromise) {
  const std::uint64_t seed = 20270225;
  const int texts = is_long_run() ? 100'000 : 2000;
  std::cout << texts << " texts, seed " << seed << "\n";
  std::mt19937_64 random(seed);
  const std::vector<std::string> languages = {"ko", "en", "az",     "ja",  "zh-Hant",
                                              "ar", "",   "x-none", "\xFF"};
  for (int i = 0; i < texts; ++i) {
    TextBlock block;
    block.text = random_text(random);
    block.language = languages[random() % languages.size()];
    block.family = random() % 2 == 0 ? Family::sans : Family::serif;
    block.weight = random() % 2 == 0 ? Weight::regular : Weight::bold;
    block.wrap = random() % 3 == 0 ? Wrap::syllable : Wrap::eojeol;
    block.letter_spacing = random() % 3 == 0 ? static_cast<int>(random() % 300) - 100 : 0;
    block.align = static_cast<Align>(random() % 4);
    block.box = {static_cast<int>(random() % 700), static_cast<int>(random() % 500)};
    block.size_min = 8 + static_cast<int>(random() % 30);
    block.size_max = block.size_min + static_cast<int>(random() % 100);
    const TextLayout layout = set_in_time(block);
    expect_promises_kept(block, layout);
    EXPECT_EQ(another_typesetter().lay_out(block), layout) << "whatever else was set before";
    TextBlock decomposed = block;
    decomposed.text = to_nfd(block.text);
    EXPECT_EQ(set(decomposed), layout) << "NFD is set as NFC";
    if (HasFailure())
      FAIL() << "seed " << seed << ", text " << i << ": " << testing::PrintToString(block.text);
  }
}

/// `part` many times over, after `text`.
std::string repeated(const std::string& part, int times, std::string text = "") {
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(HostileText, MonstersKeepEveryPromiseToo) {
  const std::vector<std::string> monsters = {
      repeated("\u0301", 4096, "a"),
      repeated("\u0301", 4096, "가"),
      repeated("\u0301", 4096),
      repeated("가", 10000),
      repeated("AV", 5000),
      repeated("ffi", 3333),
      repeated("\u1100", 10000),
      repeated("\u1100\u1161\u11A8", 3000),
      repeated("\u119E", 5000),
      "\u302E가",
      repeated(")", 5000, repeated("(", 5000)),
      repeated("가 ", 5000),
      repeated("\n", 5000),
      repeated("-", 10000),
      repeated("🇰", 5000),
      repeated("\u200D", 5000),
      std::string(1000, '\0'),
  };
  for (const std::string& text : monsters) {
    for (const Size box : {Size{1920, 540}, Size{40, 40}}) {
      TextBlock block = at_size(text, 160, box);
      block.size_min = 24;
      expect_promises_kept(block, set_in_time(block));
      if (HasFailure()) FAIL() << text.substr(0, 12) << "... in a box " << box.width << " wide";
    }
  }
}

}  // namespace
}  // namespace noseon
