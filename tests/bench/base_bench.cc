// What the loop and the loader ask of base/ most often.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/json.h"
#include "base/sha256.h"
#include "base/unicode.h"
#include "base/zone.h"

namespace noseon {
namespace {

void civil_day_of_an_instant(benchmark::State& state) {
  SystemZones zones;
  const ZonePtr zone = zones.find("America/New_York").value();
  Instant t = parse_rfc3339("2027-02-25T08:00:00Z").value();
  for (auto _ : state) {
    benchmark::DoNotOptimize(zone->day_of(t));
    t += std::chrono::hours{7};
    if (t > kEndOfTime - std::chrono::days{7}) t = Instant{};
  }
}
BENCHMARK(civil_day_of_an_instant);

void finding_a_zone_for_the_first_time(benchmark::State& state) {
  for (auto _ : state) {
    SystemZones zones;
    benchmark::DoNotOptimize(zones.find("Asia/Seoul"));
  }
}
BENCHMARK(finding_a_zone_for_the_first_time);

void hashing(benchmark::State& state) {
  const std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(sha256(bytes));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(hashing)->Arg(1 << 20);

void reading_json(benchmark::State& state) {
  std::string text = "[";
  while (text.size() < 500'000) text += R"({"name": "버스 421", "places": [37.5, 127.0]},)";
  text.back() = ']';
  for (auto _ : state) benchmark::DoNotOptimize(parse_json(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(reading_json);

void counting_what_there_is_to_read(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(reading_half_characters("손잡이를 꼭 잡아 주세요. Please hold on."));
  }
}
BENCHMARK(counting_what_there_is_to_read);

}  // namespace
}  // namespace noseon
