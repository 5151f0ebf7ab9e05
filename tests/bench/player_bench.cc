// What a frame costs on its way to the glass, as multiples of what is least: memcpy of one frame of
// 1920 x 1080, measured in the same run (the counter "memcpys"). Measure in a release build. On an
// X server too where DISPLAY names one:
//
//     xvfb-run -s "-screen 0 1920x1080x24" build/release/bin/player_bench
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <vector>

#include "player/blend.h"
#include "player/compose.h"
#include "player/folder.h"
#include "player/painter.h"
#include "player/scale.h"
#include "player/stage.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

constexpr Size kFrame{1920, 1080};
constexpr std::size_t kPixels = std::size_t{1920} * 1080;

using Seconds = std::chrono::duration<double>;

// As noseon-player does at its start: each frame is fresh memory, and a page of it a fault.
[[maybe_unused]] const int kMapsFrames = ::mallopt(M_MMAP_THRESHOLD, 1 << 20);

std::vector<std::uint32_t> noise(std::uint32_t seed) {
  std::vector<std::uint32_t> pixels(kPixels);
  for (std::uint32_t& pixel : pixels) pixel = 0xff000000U | (seed = seed * 1664525U + 1013904223U);
  return pixels;
}

PicturePtr frame_of(std::uint32_t seed) {
  return make_picture(kFrame, noise(seed));
}

// The median of many, once a run.
Seconds time_of_memcpy() {
  static const Seconds time = [] {
    const std::vector<std::uint32_t> from = noise(1);
    std::vector<std::uint32_t> to(kPixels);
    std::vector<Seconds> times;
    for (int i = 0; i < 51; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      std::memcpy(to.data(), from.data(), kPixels * sizeof(std::uint32_t));
      benchmark::ClobberMemory();
      times.emplace_back(std::chrono::steady_clock::now() - begin);
    }
    std::nth_element(times.begin(), times.begin() + 25, times.end());
    return times[25];
  }();
  return time;
}

// Runs `work` as often as asked and says how many memcpys of a frame one time of it is.
template <class Work>
void against_memcpy(benchmark::State& state, Work work) {
  const Seconds least = time_of_memcpy();
  const auto begin = std::chrono::steady_clock::now();
  for (auto step : state) work();
  const Seconds took = std::chrono::steady_clock::now() - begin;
  state.counters["memcpys"] = took / static_cast<double>(state.iterations()) / least;
}

template <class T>
T value_or_die(Result<T> result) {
  if (result) return *std::move(result);
  std::cerr << result.error().message << "\n";
  std::exit(1);
}

void copy_a_frame(benchmark::State& state) {
  const std::vector<std::uint32_t> from = noise(1);
  std::vector<std::uint32_t> to(kPixels);
  against_memcpy(state, [&] {
    std::memcpy(to.data(), from.data(), kPixels * sizeof(std::uint32_t));
    benchmark::ClobberMemory();
  });
}
BENCHMARK(copy_a_frame)->Unit(benchmark::kMillisecond);

void paint_a_poster(benchmark::State& state, Size size) {
  const PicturePtr poster = fit_to(frame_of(2), size);
  const Frame frame = compose_poster(poster, "c/poster", kFrame);
  against_memcpy(state, [&] { benchmark::DoNotOptimize(paint_without_text(frame)); });
}
BENCHMARK_CAPTURE(paint_a_poster, that_fills_the_frame, kFrame)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint_a_poster, with_margins, Size{1620, 1080})->Unit(benchmark::kMillisecond);

// Its glyphs are in the cache, as they are from the second time on that it is shown.
void paint_a_text(benchmark::State& state) {
  const TemporaryFolder folder;
  folder.write(
      "campaign.toml",
      "format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"Asia/Seoul\"\n[[item]]\n"
      "id = \"t\"\ntext = { ko = \"613명의 희생자를 추모합니다\", en = \"We remember\" }\n");
  SystemZones zones;
  const LoadedFolder loaded = load_folder(folder.path(), Display{}, zones);
  Typesetter typesetter = value_or_die(Typesetter::open());
  const std::vector<Page> pages =
      compose_text(loaded.playlist->campaign_of(0), loaded.playlist->item_of(0), *loaded.display,
                   nullptr, typesetter);
  benchmark::DoNotOptimize(paint(pages.front().frame, typesetter));
  against_memcpy(state, [&] { benchmark::DoNotOptimize(paint(pages.front().frame, typesetter)); });
}
BENCHMARK(paint_a_text)->Unit(benchmark::kMillisecond);

void scale_to_720p(benchmark::State& state) {
  const PicturePtr picture = frame_of(3);
  against_memcpy(state, [&] { benchmark::DoNotOptimize(fit_to(picture, {1280, 720})); });
}
BENCHMARK(scale_to_720p)->Unit(benchmark::kMillisecond);

void blend_two_frames(benchmark::State& state) {
  const std::vector<std::uint32_t> from = noise(4), to = noise(5);
  std::vector<std::uint32_t> out(kPixels);
  against_memcpy(state, [&] {
    blend(from, to, out, 100);
    benchmark::ClobberMemory();
  });
}
BENCHMARK(blend_two_frames)->Unit(benchmark::kMillisecond);

// What the X server does with it afterwards is not counted.
void present(benchmark::State& state, const char* driver) {
  if (std::string_view(driver) == "x11" && std::getenv("DISPLAY") == nullptr)
    return state.SkipWithError("there is no DISPLAY");
  ::setenv("SDL_VIDEODRIVER", driver, 1);
  auto stage = Stage::open({.size = kFrame});
  if (!stage) return state.SkipWithError(stage.error().message.c_str());
  const PicturePtr picture = fit_to(frame_of(6), stage->size());
  static_cast<void>(stage->present(picture));
  against_memcpy(state, [&] {
    if (!stage->present(picture)) state.SkipWithError("the frame did not reach the glass");
    static_cast<void>(stage->take_events());
  });
}
BENCHMARK_CAPTURE(present, offscreen, "offscreen")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(present, x11, "x11")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace noseon
