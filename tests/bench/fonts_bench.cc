// Asked for: a short text fitted in 0.3 ms or less warm, 60 glyphs at 256 px in 5 ms or less.
// Measure in a release build.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "fonts/typeset.h"

namespace noseon {
namespace {

Typesetter open_or_die() {
  Result<Typesetter> typesetter = Typesetter::open();
  if (!typesetter) {
    std::cerr << typesetter.error().message << "\n";
    std::exit(1);
  }
  return std::move(typesetter).value();
}

TextBlock headline(std::string text, std::string language) {
  TextBlock block;
  block.text = std::move(text);
  block.language = std::move(language);
  block.box = {1920, 540};
  block.size_max = 400;
  return block;
}

const std::string korean = "613명의 희생자를 추모합니다. 1992년 2월 26일, 호잘리를 기억해 주세요.";

void open(benchmark::State& state) {
  for (auto step : state) benchmark::DoNotOptimize(open_or_die());
}
BENCHMARK(open)->Unit(benchmark::kMicrosecond);

/// Another text each time: layouts are kept.
void lay_out(benchmark::State& state, const std::string& text, const std::string& language) {
  Typesetter typesetter = open_or_die();
  benchmark::DoNotOptimize(typesetter.lay_out(headline(text + " 0123456789", language)));
  int round = 0;
  for (auto step : state) {
    const TextBlock block = headline(text + " " + std::to_string(1'000'000 + round++), language);
    benchmark::DoNotOptimize(typesetter.lay_out(block));
  }
}
BENCHMARK_CAPTURE(lay_out, korean, korean, "ko")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(lay_out, english, "We remember the 613 people who were killed in one night.",
                  "en")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(lay_out, azerbaijani, "Bir gecədə həlak olan 613 nəfəri xatırlayırıq.", "az")
    ->Unit(benchmark::kMicrosecond);

void lay_out_again(benchmark::State& state) {
  Typesetter typesetter = open_or_die();
  const TextBlock block = headline(korean, "ko");
  for (auto step : state) benchmark::DoNotOptimize(typesetter.lay_out(block));
}
BENCHMARK(lay_out_again)->Unit(benchmark::kMicrosecond);

/// Every glyph drawn anew: the sizes are more than the cache keeps.
void raster_60_glyphs_at_256_px(benchmark::State& state) {
  Typesetter typesetter = open_or_die();
  TextBlock block = headline(korean + " " + korean, "ko");
  std::vector<Glyph> glyphs;
  for (const TextLine& line : typesetter.lay_out(block).lines) {
    glyphs.insert(glyphs.end(), line.glyphs.begin(), line.glyphs.end());
  }
  glyphs.resize(60);
  int round = 0;
  for (auto step : state) {
    ++round;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
      const int size = 256 + round % 8;
      const int x_fraction = (round / 8 + static_cast<int>(i)) % 64;
      benchmark::DoNotOptimize(typesetter.raster(glyphs[i].font, glyphs[i].id, size, x_fraction));
    }
  }
}
BENCHMARK(raster_60_glyphs_at_256_px)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace noseon
