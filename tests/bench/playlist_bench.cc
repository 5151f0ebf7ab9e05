// What the schedule costs: the figures asked of it are in the comment of each.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "playlist/parse.h"
#include "playlist/schedule.h"

namespace noseon {
namespace {

// `count` text items of 8 s with weights 1 to 3, half of them in dayparts, some in days.
std::string campaign_of(std::int64_t number, std::int64_t count) {
  std::string toml =
      fmt::format("format = \"noseon.campaign/1\"\nid = \"bench-{}\"\n", number) +
      "timezone = \"Asia/Seoul\"\n[window]\nyearly = \"01-15/04-30\"\n"
      "[dayparts]\ncommute = [{ days = \"mon-fri\", hours = \"06:30-09:30\" }, "
      "{ days = \"mon-fri\", hours = \"17:00-20:30\" }]\nnight = [{ hours = \"22:00-02:00\" }]\n";
  for (std::int64_t i = 0; i < count; ++i) {
    toml += fmt::format(
        "[[item]]\nid = \"item-{}\"\ntext = {{ ko = \"손잡이를 꼭 잡아 주세요\", en = \"Hold on\" "
        "}}\n"
        "seconds = 8\nweight = {}\n{}",
        i, i % 3 + 1,
        i % 4 == 1   ? "dayparts = [\"commute\"]\n"
        : i % 4 == 2 ? "yearly = \"02-01/03-31\"\n"
        : i % 8 == 3 ? "days = \"sat,sun\"\nhours = \"09:00-18:00\"\n"
                     : "");
  }
  return toml;
}

// A file holds 1 MiB at most: campaigns of 1,000 items, as many as are needed.
std::vector<std::string> campaigns_of(std::int64_t count) {
  constexpr std::int64_t kItemsEach = 1000;
  std::vector<std::string> files;
  for (std::int64_t first = 0; first < count; first += kItemsEach)
    files.push_back(campaign_of(first / kItemsEach, std::min(count - first, kItemsEach)));
  return files;
}

Playlist compile_files(const std::vector<std::string>& files, const Display& display,
                       SystemZones& zones) {
  std::vector<Campaign> campaigns;
  for (const std::string& file : files)
    campaigns.push_back(*parse_campaign(file, "bench.toml", zones).campaign);
  Findings findings;
  return compile(std::move(campaigns), display, findings);
}

struct Fixture {
  explicit Fixture(std::int64_t count) {
    display.zone = *zones.find("Asia/Seoul");
    playlist = compile_files(campaigns_of(count), display, zones);
    CHECK(std::ssize(playlist.entries) == count);
  }
  [[nodiscard]] Instant at(const char* civil) const {
    return display.zone->instant_of(*parse_civil(civil));
  }
  SystemZones zones;
  Display display;
  Playlist playlist;
};

// Asked: 20 us or less for 1,000 items while the segment stands.
void ShowingAtWhileTheSegmentStands(benchmark::State& state) {
  const Fixture fixture(state.range(0));
  Schedule schedule(fixture.playlist, fixture.display);
  Instant t = fixture.at("2027-02-25 10:00");
  for (auto _ : state) {
    benchmark::DoNotOptimize(schedule.showing_at({}, t));
    t += Millis{1};
  }
}
BENCHMARK(ShowingAtWhileTheSegmentStands)->Arg(10)->Arg(100)->Arg(1000)->Arg(10'000);

// Asked: 5 ms or less for 1,000 items when a new loop is laid.
void ShowingAtWithANewLoop(benchmark::State& state) {
  const Fixture fixture(state.range(0));
  for (auto _ : state) {
    Schedule schedule(fixture.playlist, fixture.display);
    benchmark::DoNotOptimize(schedule.showing_at({}, fixture.at("2027-02-25 10:00")));
  }
}
BENCHMARK(ShowingAtWithANewLoop)
    ->Arg(10)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);

// Asked: 20 ms or less for 1,000 items.
void CompileCampaign(benchmark::State& state) {
  Fixture fixture(1);
  const std::vector<std::string> files = campaigns_of(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(compile_files(files, fixture.display, fixture.zones));
}
BENCHMARK(CompileCampaign)
    ->Arg(10)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);

// Asked: 0.5 s or less for 59 days of 1,000 items at 8 s (637,200 slots).
void PlanOf59Days(benchmark::State& state) {
  const Fixture fixture(state.range(0));
  const Span range{fixture.at("2027-02-01"), fixture.at("2027-04-01")};
  std::size_t slots = 0;
  for (auto _ : state) {
    slots = plan(fixture.playlist, fixture.display, {}, range).size();
  }
  state.counters["slots"] = static_cast<double>(slots);
}
BENCHMARK(PlanOf59Days)->Arg(10)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace noseon
