// Hostile pictures thrown at players that play: all that a broken, lying or oversized file may cost
// is its own turns. The quick form throws 96 of them, the long one (NOSEON_LONG=1) 3,000.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <span>
#include <unordered_set>

#include "base/check.h"
#include "media/picture_source.h"
#include "player/compose.h"
#include "player/journal/database.h"
#include "player/painter.h"
#include "tests/faults/summary.h"
#include "tests/media/hostile_pictures.h"
#include "tests/player/glass_rig.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSeed = 20270225;
// A slot is a second at the least, in which a player has next to nothing to do: many play at once.
// A batch is tried before it plays (show.h), in five seconds at the most: the quick form is for
// sanitized decoders, which take ten times as long.
std::size_t batch() {
  return is_long_run() ? 25 : 10;
}
// Nobody draws this: what a window that is gone would leave on the glass.
constexpr Color kBehind{1, 254, 3};
// What stands for less is on its way: a frame of a fade, or the rows of two frames. What a turn of
// a second shows stands for half of it at the least.
constexpr auto kStands = 400ms;
// Milliseconds. Optimised programs have none; AddressSanitizer makes a decoder several times
// slower, so that a poster may come late there, as long as nobody sees it.
#ifdef NOSEON_SANITIZED
constexpr long long kDarkMax = 250;
#else
constexpr long long kDarkMax = 0;
#endif

// How long a batch plays on when each of its files was looked at.
std::chrono::seconds plays() {
  return is_long_run() ? 15s : 2s;
}

std::size_t hash_of(std::span<const std::uint32_t> pixels) {
  return std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(pixels.data()), pixels.size_bytes()});
}

// Public PNG files that broke decoders elsewhere, where they are at hand; then generated ones.
std::vector<testing::HostilePicture> hostile_files(std::size_t count) {
  std::vector<testing::HostilePicture> files;
  const fs::path corpus =
      fs::path(NOSEON_SOURCE_DIR).parent_path() / "shared" / "corpora" / "png-image-png";
  std::vector<fs::path> found;
  if (is_long_run() && fs::exists(corpus)) {
    for (const auto& entry : fs::recursive_directory_iterator(corpus))
      if (entry.is_regular_file()) found.push_back(entry.path());
    std::ranges::sort(found);
  }
  for (const fs::path& file : found) {
    std::ifstream in(file, std::ios::binary);
    files.emplace_back("public-" + file.filename().string(),
                       std::string(std::istreambuf_iterator<char>(in), {}));
  }
  std::cout << files.size() << " public files, ";
  const auto made = testing::hostile_pictures(kSeed, std::max<std::size_t>(count, 1000));
  // Evenly out of all kinds.
  const std::size_t wanted = count - std::min(files.size(), count);
  for (std::size_t i = 0; i < wanted; ++i) files.push_back(made[i * made.size() / wanted]);
  std::cout << wanted << " generated ones, seed " << kSeed << '\n';
  return files;
}

std::int64_t resident_kib(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
  return 0;
}

// What is wrong, the same of all that have the same wrong with them.
std::string without_figures(const std::string& reason) {
  std::string text = reason.substr(reason.find(".png: ") + 6);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::ranges::replace_if(text, is_digit, '#');
  text.erase(
      std::unique(text.begin(), text.end(), [](char a, char b) { return a == '#' && b == '#'; }),
      text.end());
  return text;
}

// The children that a process has, living or dead and not reaped.
std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> found;
  std::error_code gone;
  for (const auto& thread :
       fs::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) found.push_back(child);
  }
  return found;
}

// Processes of our own decoder and preparer, whoever started them.
int helpers_at_work() {
  int count = 0;
  for (const auto& process : fs::directory_iterator("/proc")) {
    std::error_code gone;
    const fs::path program = fs::read_symlink(process.path() / "exe", gone);
    for (const char* const helper : {"/noseon-decode", "/noseon-prepare"})
      count += program == fs::path(NOSEON_BIN_DIR).string() + helper ? 1 : 0;
  }
  return count;
}

// Planted: with each batch a good poster is damaged too.
enum class Bug { none, damages_a_good_one };

// A bus whose campaign gets one batch of hostile pictures after another, and what became of each.
class Victim {
 public:
  explicit Victim(std::vector<testing::HostilePicture> files, Bug bug = Bug::none)
      : files_(std::move(files)), bug_(bug) {
    bus_.write("red.png", plain_png(kRed));
    bus_.write("blue.png", plain_png(kBlue));
    bus_.write_items(good_ones());
    bus_.screen_.emplace(kScreen);
    Program root({"xsetroot", "-solid", "#01fe03"}, {bus_.screen_->display()},
                 bus_.folder_ / "root");
    CHECK(root.wait_for_end(10'000) == 0);
    bus_.play({"--stats", "--journal", journal().string()});
  }

  [[nodiscard]] bool starts() { return bus_.comes_whole(kRed) || bus_.comes_whole(kBlue); }
  void watch_from_now() {
    red_ = hash_of(solid(kScreen, kRed)->pixels());
    blue_ = hash_of(solid(kScreen, kBlue)->pixels());
    rss_first_ = resident_kib(bus_.player_->pid());
    next_batch();
  }

  // One look; false when all was thrown and looked at, or the player is gone.
  bool look() {
    if (is_done_ || !bus_.player_->is_running()) return false;
    bus_.screen_->look(pixels_);
    take(hash_of(pixels_));
    const auto now = Clock::now();
    if (now < next_count_) return true;
    next_count_ = now + 200ms;
    rss_most_ = std::max(rss_most_, resident_kib(bus_.player_->pid()));
    const std::size_t tried = count_tried();
    if (tried != tried_) last_progress_ = now;
    tried_ = tried;
    // What can be shown gets a while on the glass.
    if (tried_ < thrown_ ? now < last_progress_ + 90s : now < last_progress_ + plays()) return true;
    if (!do_good_ones_go_on() && now < last_progress_ + loop()) return true;
    have_gone_on_ &= do_good_ones_go_on();
    is_done_ = !next_batch();
    return !is_done_;
  }

  // How many it refused for what, into `reasons`.
  void judge(std::map<std::string, int>& reasons);
  // What it cost the good posters; nothing: not a turn.
  [[nodiscard]] std::optional<std::string> cost_to_good_ones() const {
    if (!have_gone_on_) return "a good poster did not come again";
    for (const auto& [item, why] : set_aside())
      if (!item.starts_with(kHostile)) return item + " was set aside: " + why;
    return std::nullopt;
  }
  [[nodiscard]] bool is_running() { return bus_.player_->is_running(); }

 private:
  using Pixels = std::vector<std::uint32_t>;

  // Items of the campaign c.
  static constexpr std::string_view kHostile = "c/h";

  static std::string good_ones() {
    return Bus::poster("red", "seconds = 1\nweight = 3") +
           Bus::poster("blue", "seconds = 1\nweight = 3");
  }
  // Each good one comes three times in it; and two seconds more.
  [[nodiscard]] std::chrono::seconds loop() const {
    return std::chrono::seconds{last_batch_ + 3 + 3 + 2};
  }
  // Each was there since the last of the batch was tried.
  [[nodiscard]] bool do_good_ones_go_on() const {
    return last_red_ > last_progress_ && last_blue_ > last_progress_;
  }

  bool next_batch() {
    if (thrown_ == files_.size()) return false;
    std::string items = good_ones();
    for (std::size_t i = thrown_; i < std::min(thrown_ + batch(), files_.size()); ++i) {
      const std::string id = "h" + std::to_string(i);
      bus_.write(id + ".png", files_[i].second);
      items += Bus::poster(id, "seconds = 1\ntransition = \"cut\"");
    }
    last_batch_ = std::min(batch(), files_.size() - thrown_);
    thrown_ += last_batch_;
    if (bug_ == Bug::damages_a_good_one) bus_.write("blue.png", plain_png(kBlue).substr(0, 60));
    bus_.write_items(items);
    last_progress_ = Clock::now();
    return true;
  }

  [[nodiscard]] fs::path journal() const { return bus_.folder_ / "journal"; }

  // Pictures that were made have had their turn on the glass, which is on record; those that could
  // not be are named in the log.
  [[nodiscard]] std::size_t count_tried() {
    std::set<std::string> made;
    const auto plays = JournalFile::open(journal() / "plays.db");
    const Status read = !plays ? Status() : plays->each_row([&](const Row& row) {
      if (row.item.starts_with('h')) made.insert(row.item);
      return true;
    });
    if (read) made_ = std::max(made_, made.size());
    const auto is_hostile = [](const auto& aside) { return aside.first.starts_with(kHostile); };
    return made_ + static_cast<std::size_t>(std::ranges::count_if(set_aside(), is_hostile));
  }

  [[nodiscard]] std::map<std::string, std::string> set_aside() const {
    std::map<std::string, std::string> found;
    const std::string said = bus_.player_->said();
    constexpr std::string_view kSetAside = " is set aside: ";
    for (auto at = said.find(kSetAside); at != std::string::npos;
         at = said.find(kSetAside, at + 1)) {
      const auto line = said.rfind('\n', at) + 1;
      found[said.substr(line, at - line)] =
          said.substr(at + kSetAside.size(), said.find('\n', at) - at - kSetAside.size());
    }
    return found;
  }

  void take(std::size_t hash) {
    const auto now = Clock::now();
    if (hash != last_hash_) {
      last_hash_ = hash;
      since_ = now;
      has_seen_behind_ |= static_cast<std::size_t>(std::ranges::count(pixels_, to_word(kBehind))) >
                          pixels_.size() / 20;
    } else if (now - since_ > kStands) {
      seen_.insert(hash);
    }
    if (hash == red_) last_red_ = now;
    if (hash == blue_) last_blue_ = now;
    if (hash == red_ || hash == blue_) {
      longest_without_ = std::max(longest_without_, now - last_good_);
      last_good_ = now;
    }
  }

  std::vector<testing::HostilePicture> files_;
  Bug bug_;
  Bus bus_;
  std::size_t red_ = 0, blue_ = 0;
  std::size_t thrown_ = 0, tried_ = 0, made_ = 0;
  Pixels pixels_;
  std::size_t last_hash_ = 0;
  bool has_seen_behind_ = false;
  bool is_done_ = false;
  bool have_gone_on_ = true;
  std::size_t last_batch_ = 0;
  Clock::time_point last_red_{}, last_blue_{};
  Clock::time_point since_{}, next_count_{}, last_progress_{}, last_good_ = Clock::now();
  Clock::duration longest_without_{};
  std::unordered_set<std::size_t> seen_;
  std::int64_t rss_first_ = 0, rss_most_ = 0;
};

void Victim::judge(std::map<std::string, int>& reasons) {
  ASSERT_TRUE(bus_.player_->is_running()) << bus_.player_->said();
  EXPECT_EQ(tried_, files_.size()) << "each was looked at";
  const auto asides = set_aside();
  for (const auto& [item, why] : asides) ++reasons[without_figures(why)];
  const auto cost = cost_to_good_ones();
  EXPECT_FALSE(cost) << *cost;
  // Only what ought to: the good ones, and what can be made of the bad ones.
  const fs::path own = bus_.folder_ / "own";
  std::unordered_set<std::size_t> expected{red_, blue_};
  const PictureSource source(Decoder(fs::path(NOSEON_BIN_DIR) / "noseon-decode"),
                             Preparer(fs::path(NOSEON_BIN_DIR) / "noseon-prepare"),
                             Drafter(fs::path(NOSEON_BIN_DIR) / "noseon-draft"),
                             PreparedCache(default_prepared_cache()));
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (asides.contains("c/h" + std::to_string(i))) continue;
    const auto picture = source.load({bus_.campaign() / ("h" + std::to_string(i) + ".png"), kScreen,
                                      Fit::fit, Style{}.background});
    if (!picture) continue;
    expected.insert(hash_of(paint_without_text(compose_poster(*picture, "h", kScreen))->pixels()));
  }
  std::size_t strangers = 0;
  for (const std::size_t hash : seen_) strangers += expected.contains(hash) ? 0 : 1;
  EXPECT_EQ(strangers, 0U) << "nothing else stood on the glass";
  EXPECT_FALSE(has_seen_behind_) << "the window was gone, in part at least";
  EXPECT_LT(rss_most_, rss_first_ + 128 * 1024) << "KiB";
  const pid_t pid = bus_.player_->pid();
  bus_.watch(10s, [&] { return children_of(pid).empty(); });
  EXPECT_TRUE(children_of(pid).empty()) << "no decoder is left at work, and none dead and unburied";
  const std::string said = bus_.end();
  std::cout << files_.size() << " thrown: " << made_ << " made, " << asides.size() << " set aside; "
            << seen_.size() << " pictures seen; " << Bus::dark_in(said) << "; RSS " << rss_first_
            << " to " << rss_most_ << " KiB; longest without a good one "
            << std::chrono::floor<Millis>(longest_without_).count() << " ms\n";
  const std::string dark = Bus::dark_in(said);
  ASSERT_TRUE(dark.starts_with("dark ")) << said;
  const std::int64_t dark_ms = std::stoll(dark.substr(5));
  faults::say_measured("hostile media", "dark", dark_ms, "ms", faults::Bound::at_most, kDarkMax);
  EXPECT_LE(dark_ms, kDarkMax) << said;
  EXPECT_EQ(dark.find("read back 0 times"), dark.npos) << "nobody looked whether it was dark";
}

// Until all was thrown and looked at.
void watch(const std::vector<std::unique_ptr<Victim>>& victims) {
  for (const auto& victim : victims) victim->watch_from_now();
  for (bool is_on = true; is_on;) {
    is_on = false;
    for (const auto& victim : victims) is_on |= victim->look();
    std::this_thread::sleep_for(5ms);
  }
}

TEST(HostileGlass, PicturesThrownAtAPlayingPlayerCostTheirOwnTurnsAlone) {
  if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
  const auto files = hostile_files(is_long_run() ? 3000 : quick_cases(96));
  std::vector<std::unique_ptr<Victim>> victims;
  const std::size_t buses = is_long_run() ? 12 : 6;
  for (std::size_t i = 0; i < buses; ++i) {
    std::vector<testing::HostilePicture> share;
    for (std::size_t n = i; n < files.size(); n += buses) share.push_back(files[n]);
    victims.push_back(std::make_unique<Victim>(std::move(share)));
    ASSERT_TRUE(victims.back()->starts());
  }
  watch(victims);
  const auto crashes =
      std::ranges::count_if(victims, [](const auto& victim) { return !victim->is_running(); });
  faults::say_measured("hostile media", "crashes", crashes, "players", faults::Bound::at_most, 0);
  std::map<std::string, int> reasons;
  for (const auto& victim : victims) victim->judge(reasons);
  for (const auto& [reason, count] : reasons) std::cout << count << " × " << reason << '\n';
  // Thrown is proven: each was seen to be made or set aside. One failure, and none counts.
  const std::size_t survived = HasFailure() ? 0 : files.size();
  faults::say_survived("hostile media", files.size(), files.size(), survived);
  EXPECT_EQ(helpers_at_work(), 0);
}

TEST(HostileGlass, AGoodPosterThatIsDamagedWithTheHostileOnesIsSeenByTheJudge) {
  if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
  const auto made = testing::hostile_pictures(kSeed, 1000);
  std::vector<std::unique_ptr<Victim>> victims;
  victims.push_back(std::make_unique<Victim>(std::vector(made.begin(), made.begin() + 1),
                                             Bug::damages_a_good_one));
  ASSERT_TRUE(victims.back()->starts());
  watch(victims);
  const auto cost = victims.back()->cost_to_good_ones();
  faults::say_planted("hostile media", 1, cost ? 1 : 0);
  ASSERT_TRUE(cost);
  std::cout << "  planted, and found: " << *cost << '\n';
}

}  // namespace
}  // namespace noseon
