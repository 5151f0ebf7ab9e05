// A byte of a display's disk changes by itself: of its store, its cache, its journal or of what the
// player had written down. Whatever it was, no pixel on the glass is wrong.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/faults/display.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/player/virtual_screen.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Pixels = std::vector<std::uint32_t>;

#ifdef NOSEON_SANITIZED
constexpr std::size_t kFlipsQuick = 2;
#else
constexpr std::size_t kFlipsQuick = 6;
#endif
constexpr std::size_t kAtOnce = 3;
// Each of three posters has had its second, and once more.
constexpr auto kPlays = 7s;
constexpr auto kStands = 150ms;
constexpr int kEndsMillis = 20'000;
constexpr const char* kWrongPixels = "wrong pixels";

void flip(const fs::path& file, std::size_t offset, char with) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(static_cast<std::streamoff>(offset));
  const char was = static_cast<char>(bytes.get());
  bytes.seekp(static_cast<std::streamoff>(offset));
  bytes.put(static_cast<char>(was ^ with));
}

// All that stood on the glass: what was there for less was on its way. Nothing where the player did
// not end well.
std::optional<std::set<Pixels>> stood_on_glass_of(const fs::path& display) {
  VirtualScreen screen({320, 180});
  Program player(player_on(display), {screen.display(), "SDL_VIDEODRIVER=x11", kKeepsLeaks},
                 display / "log");
  std::set<Pixels> stood;
  Pixels last;
  Pixels now;
  Steady::time_point since = Steady::now();
  for (const auto end = since + kPlays; Steady::now() < end; std::this_thread::sleep_for(20ms)) {
    screen.look(now);
    if (now != last) since = Steady::now();
    last = now;
    const bool is_bare =
        std::all_of(now.begin(), now.end(), [&](auto pixel) { return (pixel & 0xFFFFFFU) == 0; });
    if (!is_bare && Steady::now() - since > kStands) stood.insert(now);
  }
  player.signal(SIGTERM);
  if (player.wait_for_end(kEndsMillis) == 0) return stood;
  std::cout << player.said() << '\n';
  return std::nullopt;
}

class RotOfADisplay : public ::testing::Test {
 protected:
  struct Flip {
    fs::path file;  // below the display
    std::size_t offset;
    char with;
  };

  void SetUp() override {
    if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
    make_display(folder_ / "before");
    const auto posters = stood_on_glass_of(folder_ / "before");
    ASSERT_TRUE(posters);
    ASSERT_EQ(posters->size(), 3U);
    // What stands where there is nothing to play.
    make_display(folder_ / "bare");
    fs::remove_all(folder_ / "bare/store/generations");
    const auto card = stood_on_glass_of(folder_ / "bare");
    ASSERT_TRUE(card);
    ASSERT_EQ(card->size(), 1U);
    right_ = *posters;
    right_.insert(card->begin(), card->end());
  }

  std::vector<Flip> flips() {
    std::vector<fs::path> files;
    for (const char* part : {"store", "cache", "state", "journal"}) {
      for (const auto& entry : fs::recursive_directory_iterator(folder_ / "before" / part)) {
        const bool is_reserve = entry.path().extension() == ".reserve";
        if (entry.is_regular_file() && !entry.is_symlink() && !is_reserve &&
            entry.file_size() > 0) {
          files.push_back(fs::relative(entry.path(), folder_ / "before"));
        }
      }
    }
    const std::uint64_t seed = seed_of_run();
    std::cout << "  seed " << seed << ", " << files.size() << " files\n";
    std::mt19937_64 random(seed);
    const auto pick = [&](std::size_t from, std::size_t to) {
      return std::uniform_int_distribution<std::size_t>(from, to)(random);
    };
    const char* const asked = std::getenv("NOSEON_TRIES");
    const std::size_t count = asked != nullptr ? std::strtoull(asked, nullptr, 10)
                              : is_long_run()  ? 1'000
                                               : kFlipsQuick;
    std::vector<Flip> flips;
    for (std::size_t i = 0; i < count; ++i) {
      const fs::path file = files[pick(0, files.size() - 1)];
      const std::size_t offset = pick(0, fs::file_size(folder_ / "before" / file) - 1);
      flips.push_back({file, offset, static_cast<char>(pick(1, 255))});
    }
    return flips;
  }

  // What is wrong on the glass with that byte.
  std::optional<std::string> wrong_with(const Flip& rot, const fs::path& display) {
    fs::copy(folder_ / "before", display,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    flip(display / rot.file, rot.offset, rot.with);
    const auto stood = stood_on_glass_of(display);
    fs::remove_all(display);
    if (!stood) return "the player did not end well";
    if (stood->empty()) return "nothing stood on the glass";
    for (const Pixels& picture : *stood) {
      if (!right_.contains(picture)) return kWrongPixels;
    }
    return std::nullopt;
  }

  MemoryFolder folder_;
  std::set<Pixels> right_;  // all that may stand on the glass
};

TEST_F(RotOfADisplay, PutsNoWrongPixelOnTheGlass) {
  const std::vector<Flip> all = flips();
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t survived = 0;
  std::size_t wrong_pictures = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < all.size(); i = next++) {
      const auto wrong = wrong_with(all[i], folder_ / std::to_string(i));
      const std::lock_guard lock(mutex);
      if (!wrong) ++survived;
      if (wrong == kWrongPixels) ++wrong_pictures;
      EXPECT_FALSE(wrong) << all[i].file << " at " << all[i].offset << " by "
                          << static_cast<int>(all[i].with) << ": " << *wrong;
    }
  };
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < kAtOnce; ++i) {
    workers.push_back(std::async(std::launch::async, work));
  }
  for (auto& worker : workers) worker.get();
  say_survived("rot of a display", all.size(), all.size(), survived);
  say_measured("rot of a display", "wrong pictures", static_cast<std::int64_t>(wrong_pictures),
               "pictures", Bound::at_most, 0);
}

}  // namespace
}  // namespace noseon::faults
