// When the glass of the real noseon-player changes at an edge of the schedule: never before it, and
// at most one frame after it. 20 edges; NOSEON_LONG=1 tries 200.
//
// The glass is looked at against the machine's clock, as a camera beside a radio clock would. A
// look takes as long as it takes: an edge lies between the last look that saw the old and the first
// that saw the new picture. It is early only if the new one was seen by a look that began before
// the edge, and its lateness is that of the first look that saw it, so the time between two looks
// (1 ms, more where the machine stops the test) is on top of the player's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <date/date.h>
#include <sys/prctl.h>

#include "tests/player/glass_rig.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using Micros = std::chrono::microseconds;
using WallTime = date::sys_time<Micros>;

constexpr auto kFrame = 17ms;

// Finer than our own clock tells it.
WallTime wall_now() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return WallTime{std::chrono::seconds{now.tv_sec} + Micros{now.tv_nsec / 1000}};
}

class GlassEdges : public GlassRig {
 protected:
  // Urgent items of a second each, one after the other, in three colours; before and after them
  // red.
  void write_edges(WallTime first, int edges) {
    std::string items = poster("red", "seconds = 3600\ntransition = \"cut\"");
    for (int edge = 0; edge + 1 < edges; ++edge) {
      const auto from = std::chrono::floor<std::chrono::seconds>(first) + edge * 1s;
      items += "[[item]]\nid = \"e" + std::to_string(edge) + "\"\nposter = \"" +
               (edge % 2 == 0 ? "blue" : "green") + ".png\"\nrole = \"urgent\"\nseconds = 60\n" +
               "transition = \"cut\"\nfrom = " + date::format("%FT%TZ", from) +
               "\nuntil = " + date::format("%FT%TZ", from + 1s) + "\n";
    }
    write_items(items);
  }
};

Color color_after(int edge, int edges) {
  if (edge + 1 == edges) return kRed;
  return edge % 2 == 0 ? kBlue : kGreen;
}

std::string quantiles(std::vector<Micros> late) {
  std::ranges::sort(late);
  const auto at = [&](std::size_t part) {
    return std::to_string(static_cast<double>(late[(late.size() - 1) * part / 100].count()) / 1000);
  };
  return "late by " + at(0) + " to " + at(100) + " ms, median " + at(50) + " ms, 90 % " + at(90) +
         " ms";
}

TEST_F(GlassEdges, AreSwitchedAtMostOneFrameLateAndNeverEarly) {
  ::prctl(PR_SET_TIMERSLACK, 1);
  const int edges = is_long_run() ? 200 : 20;
  for (const auto& [name, color] : {std::pair{"red", kRed}, {"blue", kBlue}, {"green", kGreen}})
    write(std::string(name) + ".png", plain_png(color));
  const auto first = std::chrono::floor<std::chrono::seconds>(wall_now()) + 6s;
  write_edges(first, edges);
  play({"--stats"});
  ASSERT_TRUE(comes_whole(kRed));
  ASSERT_LT(wall_now(), first) << "it started too slowly for the first edge";

  std::vector<Micros> late;
  int early = 0, missed = 0;
  std::size_t looks = 0;
  const auto begin = std::chrono::steady_clock::now();
  Color before = kRed;
  for (int edge = 0; edge < edges; ++edge) {
    const WallTime at = first + edge * 1s;
    const Color after = color_after(edge, edges);
    bool is_seen = false;
    for (auto look = wall_now(); !is_seen && look < at + 900ms; look = wall_now()) {
      const Color now = glass();
      const auto looked = wall_now();
      ++looks;
      if (now == after) {
        is_seen = true;
        if (looked < at) ++early;
        late.push_back(std::chrono::duration_cast<Micros>(looked - at));
      } else if (now != before) {
        ADD_FAILURE() << "neither the one nor the other at edge " << edge;
      }
      std::this_thread::sleep_for(300us);
    }
    missed += is_seen ? 0 : 1;
    before = after;
  }
  const double rate =
      static_cast<double>(looks) /
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  EXPECT_EQ(early, 0);
  EXPECT_EQ(missed, 0);
  ASSERT_FALSE(late.empty());
  const std::string said = end();
  const auto in_frame = std::ranges::count_if(late, [](Micros each) { return each <= kFrame; });
  std::cout << late.size() << " edges: " << early << " early, " << in_frame
            << " within a frame of 17 ms; " << quantiles(late) << "; " << static_cast<int>(rate)
            << " looks a second; " << dark_in(said) << '\n';
  EXPECT_TRUE(dark_in(said).starts_with("dark 0 ms; ")) << said;
  std::ranges::sort(late);
  EXPECT_LE(late[late.size() / 2], kFrame) << "the median";
}

}  // namespace
}  // namespace noseon
