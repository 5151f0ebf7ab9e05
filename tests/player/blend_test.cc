// The blend against the plain form, and the ease of a fade at its ends.
#include "player/blend.h"

#include <gtest/gtest.h>

#include <random>

namespace noseon {
namespace {

// out = (from * (256 - alpha) + to * alpha) / 256, to nearest, halves up.
std::uint32_t plain(std::uint32_t from, std::uint32_t to, int alpha) {
  std::uint32_t out = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const int a = static_cast<int>((from >> shift) & 0xffU);
    const int b = static_cast<int>((to >> shift) & 0xffU);
    const double exact = (a * (256.0 - alpha) + b * static_cast<double>(alpha)) / 256.0;
    out |= static_cast<std::uint32_t>(exact + 0.5) << shift;
  }
  return out;
}

// Every pair of bytes, 65,536 of them in one row, four to a word.
std::vector<std::uint32_t> every_pair(bool high) {
  std::vector<std::uint32_t> words(65536 / 4);
  for (std::uint32_t i = 0; i < 65536; ++i) {
    const std::uint32_t byte = high ? i >> 8U : i & 0xffU;
    words[i / 4] |= byte << (i % 4 * 8);
  }
  return words;
}

TEST(Blend, IsThePlainFormForEveryPairOfBytesAtEveryAlpha) {
  const auto from = every_pair(false);
  const auto to = every_pair(true);
  std::vector<std::uint32_t> out(from.size());
  for (int alpha = 0; alpha <= kAlphaFull; ++alpha) {
    blend(from, to, out, alpha);
    for (std::size_t i = 0; i < out.size(); ++i)
      ASSERT_EQ(out[i], plain(from[i], to[i], alpha)) << "alpha " << alpha << ", word " << i;
  }
}

TEST(Blend, IsExactAtBothEnds) {
  const auto from = every_pair(false);
  const auto to = every_pair(true);
  std::vector<std::uint32_t> out(from.size());
  blend(from, to, out, 0);
  EXPECT_EQ(out, from);
  blend(from, to, out, kAlphaFull);
  EXPECT_EQ(out, to);
}

TEST(Blend, LeavesWhatBothShareAsItIs) {
  const auto both = every_pair(true);
  std::vector<std::uint32_t> out(both.size());
  for (int alpha = 0; alpha <= kAlphaFull; ++alpha) {
    blend(both, both, out, alpha);
    ASSERT_EQ(out, both) << alpha;
  }
}

// Vectors have a body and a rest: lengths around their widths, at every misalignment.
TEST(Blend, TouchesItsOwnPixelsAlone) {
  std::mt19937 random(7);
  for (std::size_t count = 0; count < 40; ++count) {
    std::vector<std::uint32_t> from(count + 1);
    std::vector<std::uint32_t> to(count + 1);
    for (auto& word : from) word = static_cast<std::uint32_t>(random());
    for (auto& word : to) word = static_cast<std::uint32_t>(random());
    std::vector<std::uint32_t> out(count + 2, 0x12345678);
    blend(std::span(from).subspan(1), std::span(to).subspan(1), std::span(out).subspan(1, count),
          77);
    ASSERT_EQ(out.front(), 0x12345678u);
    ASSERT_EQ(out.back(), 0x12345678u);
    for (std::size_t i = 0; i < count; ++i)
      ASSERT_EQ(out[i + 1], plain(from[i + 1], to[i + 1], 77)) << count;
  }
}

TEST(FadeAlpha, StartsAtNothingAndEndsExactlyAtItsLength) {
  using namespace std::chrono_literals;
  EXPECT_EQ(fade_alpha(-1ms, 500ms), 0);
  EXPECT_EQ(fade_alpha(0ms, 500ms), 0);
  EXPECT_LT(fade_alpha(480ms, 500ms), kAlphaFull);
  EXPECT_EQ(fade_alpha(500ms, 500ms), kAlphaFull);
  EXPECT_EQ(fade_alpha(501ms, 500ms), kAlphaFull);
  EXPECT_EQ(fade_alpha(0ms, 0ms), kAlphaFull);
}

TEST(FadeAlpha, RisesSteadilyAndIsEasedAlikeAtBothEnds) {
  using namespace std::chrono_literals;
  EXPECT_EQ(fade_alpha(250ms, 500ms), kAlphaFull / 2);
  int before = 0;
  for (auto t = 0ms; t <= 500ms; t += 1ms) {
    const int alpha = fade_alpha(t, 500ms);
    ASSERT_GE(alpha, before);
    ASSERT_NEAR(alpha + fade_alpha(500ms - t, 500ms), kAlphaFull, 1);
    before = alpha;
  }
  EXPECT_LT(fade_alpha(50ms, 500ms), kAlphaFull / 20) << "a tenth of the time: slower than even";
}

}  // namespace
}  // namespace noseon
