// Text that nobody would write: never a crash, never a broken promise, never long.
#include <gtest/gtest.h>

#include <cstdint>
#include <ctime>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "fonts/breaks.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

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

void expect_promises_kept(const TextBlock& block, const TextLayout& layout) {
  EXPECT_EQ(layout.text, prepare_text(block.text).utf8);
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
  std::mt19937_64 random(seed);
  const std::vector<std::string> languages = {"ko", "en", "az", "ja", "ar", "", "x-none", "\xFF"};
  for (int i = 0; i < 2000; ++i) {
    TextBlock block;
    block.text = random_text(random);
    block.language = languages[random() % languages.size()];
    block.family = random() % 2 == 0 ? Family::sans : Family::serif;
    block.weight = random() % 2 == 0 ? Weight::regular : Weight::bold;
    block.box = {static_cast<int>(random() % 700), static_cast<int>(random() % 500)};
    block.size_min = 8 + static_cast<int>(random() % 30);
    block.size_max = block.size_min + static_cast<int>(random() % 100);
    const TextLayout layout = set_in_time(block);
    expect_promises_kept(block, layout);
    EXPECT_EQ(set(in_language(block, block.language)), layout);
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
