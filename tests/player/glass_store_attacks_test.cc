// Whoever writes the store cannot put anything on the glass that was not signed: single bytes
// flipped at random, and a noseon-sync that belongs to somebody else. Each pixel that is seen has
// to be one of a picture that was signed. The quick form flips 24 bytes and makes 36 attacks, the
// long one (NOSEON_LONG=1) 1,000 and 396.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "base/check.h"
#include "base/files.h"
#include "player/store_source.h"
#include "tests/player/store_rig.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr Color kForeign{1, 254, 3};     // in what nobody signed
constexpr Color kReplaced{254, 2, 253};  // in what was signed, and replaced twice

std::uint64_t seed() {
  const char* const asked = std::getenv("NOSEON_SEED");
  const std::uint64_t value = asked == nullptr ? 20270225 : std::stoull(asked);
  std::cout << "NOSEON_SEED=" << value << '\n';
  return value;
}

// Of many colours, so that a byte that is wrong is seen: JPEG has no checksums.
std::string motley(unsigned tone) {
  testing::Pixels pixels;
  for (int y = 0; y < kScreen.height; ++y)
    for (int x = 0; x < kScreen.width; ++x)
      pixels.push_back(0xff000000U | (static_cast<unsigned>(x) * 7 % 256) << 16U |
                       (static_cast<unsigned>(x + y) * 3 % 256) << 8U |
                       (static_cast<unsigned>(y) + tone) % 256);
  return testing::jpeg_file(kScreen, pixels);
}

class StoreAttacks : public StoreRig {
 protected:
  static std::string item(const std::string& id) {
    return "[[item]]\nid = \"" + id + "\"\nposter = \"" + id +
           ".jpg\"\nseconds = 1\ntransition = \"cut\"\n";
  }
  void publish(const std::map<std::string, std::string>& posters) {
    std::string items = text_item("words", "Signed words", "seconds = 1\ntransition = \"cut\"");
    std::map<std::string, std::string> pictures;
    for (const auto& [id, bytes] : posters) {
      items += item(id);
      pictures[id + ".jpg"] = bytes;
    }
    repository_.set_campaign("seoul", "spring", items, pictures);
    repository_.set_campaign("busan", "sea", item("sea"), {{"sea.jpg", motley(90)}});
    store_.publish(repository_);
    allow_what_plays();
  }

  // What may be seen from now on: all pages of what is current, the card, and no window at all.
  void allow_what_plays() {
    if (allowed_.empty()) {
      allowed_.push_back(solid(kScreen, kRoot));
      allowed_.push_back(builtin_card(display()));
    }
    const SystemClock clock;
    FolderAndDisplay source;
    source.size = kScreen;
    StoreSource reads({store_.path(), folder_ / "root.json", folder_ / "none", folder_ / "none"},
                      source, clock);
    const LoadedFolder loaded = reads.read_first();
    Studio studio([] { return Typesetter::open(); }, make_picture_source());
    for (EntryIndex entry = 0; entry < loaded.playlist->entries.size(); ++entry)
      allowed_.push_back(
          studio.render(*loaded.playlist, {entry}, *loaded.display).value().finished.picture);
  }
  static Display display() {
    Display display;
    display.size = kScreen;
    return display;
  }

  // Pixel by pixel, since a frame reaches the glass row by row.
  [[nodiscard]] std::size_t strange_pixels() {
    screen_->look(pixels_);
    std::size_t count = 0;
    for (std::size_t at = 0; at < pixels_.size(); ++at) {
      const auto is_here = [&](const PicturePtr& picture) {
        return (picture->pixels()[at] & 0xffffffU) == (pixels_[at] & 0xffffffU);
      };
      count += std::ranges::any_of(allowed_, is_here) ? 0 : 1;
    }
    return count;
  }
  // Looks for a while; false where something was seen that nobody signed.
  bool sees_only_what_was_signed(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    do {
      if (strange_pixels() > 0) return false;
      ++looks_;
      std::this_thread::sleep_for(2ms);
    } while (std::chrono::steady_clock::now() < end);
    return true;
  }
  bool stands_something() {
    watch(20s, [&] { return glass() != kRoot; });
    return glass() != kRoot;
  }
  [[nodiscard]] std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(store_.path()))
      if (entry.is_regular_file() && !entry.is_symlink()) found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
  }
  [[nodiscard]] std::int64_t most_resident_kib() const {
    std::ifstream status("/proc/" + std::to_string(player_->pid()) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
    return 0;
  }

  std::vector<PicturePtr> allowed_;
  std::vector<std::uint32_t> pixels_;
  std::size_t looks_ = 0;
};

TEST_F(StoreAttacks, OneFlippedByteAnywhereInTheStoreIsNeverSeen) {
  publish({{"a", motley(0)}, {"b", motley(30)}});
  publish({{"a", motley(60)}, {"b", motley(30)}});
  const std::vector<fs::path> all = files();
  std::mt19937_64 random(seed());
  const int flips = is_long_run() ? 1000 : 24;
  int noticed = 0;
  for (int flip = 0; flip < flips; ++flip) {
    const fs::path& file = all[random() % all.size()];
    const std::string whole = read_file(file, 1 << 24).value();
    std::string rotten = whole;
    const std::size_t at = random() % rotten.size();
    rotten[at] = static_cast<char>(rotten[at] ^ (1 << (random() % 8)));
    overwrite(file, rotten);
    fs::remove_all(folder_ / "state");
    screen_.reset();
    play_store({"--cache", ""});
    ASSERT_TRUE(stands_something()) << file << " byte " << at << ": the screen stays dark";
    ASSERT_TRUE(sees_only_what_was_signed(is_long_run() ? 300ms : 700ms))
        << file << " byte " << at << "\n"
        << player_->said();
    const std::string said = player_->said();
    noticed += said.find("is not played") != std::string::npos ||
                       said.find("is set aside") != std::string::npos
                   ? 1
                   : 0;
    overwrite(file, whole);
  }
  std::cout << flips << " flips in " << all.size() << " files, " << noticed << " noticed, "
            << looks_ << " looks, 0 wrong pixels\n";
  EXPECT_GT(noticed, flips / 4) << "they met what is used";
}

// ---- A noseon-sync that is somebody else's -----------------------------------------------------

class Intruder {
 public:
  static constexpr int kWays = 18;

  Intruder(fs::path store, TestRepository& owner, GenerationFiles good, GenerationFiles replaced,
           std::uint64_t seed)
      : path_(std::move(store)),
        good_(std::move(good)),
        replaced_(std::move(replaced)),
        blobs_(owner.blobs()),
        random_(seed) {
    foreign_.set_campaign("seoul", "spring", foreign_item(), {{"x.png", plain_png(kForeign)}});
    foreign_files_ = foreign_.release();
    for (const std::string& bytes : foreign_.blobs()) put_blob(sha256(bytes), bytes);
  }

  // One attack; what it was.
  std::string strike() {
    static const std::vector<std::pair<const char*, void (Intruder::*)()>> ways{
        {"a blob with a foreign picture's bytes", &Intruder::swap_in_foreign},
        {"two blobs exchanged", &Intruder::exchange},
        {"a blob that leads out of the store", &Intruder::link_out},
        {"a pipe as a blob", &Intruder::pipe_blob},
        {"a folder as a blob", &Intruder::folder_blob},
        {"a blob without end", &Intruder::huge_blob},
        {"a blob that is gone", &Intruder::remove_blob},
        {"another operator's release", &Intruder::foreign_release},
        {"a release that was replaced twice", &Intruder::replaced_release},
        {"unsigned targets", &Intruder::unsigned_targets},
        {"metadata of two releases mixed", &Intruder::mixed_release},
        {"metadata without end", &Intruder::huge_metadata},
        {"thousands of files", &Intruder::many_files},
        {"pipes as metadata", &Intruder::pipe_metadata},
        {"current is a file", &Intruder::current_is_a_file},
        {"current leads out", &Intruder::current_leads_out},
        {"current leads in a circle", &Intruder::current_circles},
        {"no store at all", &Intruder::remove_all},
    };
    CHECK(ways.size() == kWays);
    const auto& [name, way] = ways[next_++ % kWays];
    (this->*way)();
    return name;
  }
  // Changes the bytes of blobs as fast as it can, until asked to stop.
  void scribble(const std::stop_token& stop) {
    std::mt19937_64 random(7);
    while (!stop.stop_requested()) {
      const std::string& own = blobs_[random() % blobs_.size()];
      const std::string& other = blobs_[random() % blobs_.size()];
      std::error_code gone;
      if (!fs::is_regular_file(place_of(own), gone)) continue;
      std::fstream file(place_of(own), std::ios::binary | std::ios::in | std::ios::out);
      file << other.substr(0, own.size());
      file.close();
      std::fstream back(place_of(own), std::ios::binary | std::ios::in | std::ios::out);
      back << own;
    }
  }
  // As the true noseon-sync would leave it.
  void restore() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    for (const std::string& bytes : blobs_) put_blob(sha256(bytes), bytes);
    put_current(good_);
  }

 private:
  static std::string foreign_item() {
    return "[[item]]\nid = \"x\"\nposter = \"x.png\"\nseconds = 1\ntransition = \"cut\"\n";
  }
  [[nodiscard]] fs::path place_of(std::string_view bytes) const {
    return StoreReader(path_).blob_path(sha256(bytes));
  }
  void put_blob(const Sha256& name, std::string_view bytes) const {
    const fs::path file = StoreReader(path_).blob_path(name);
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    fs::remove_all(file, ignored);
    std::ofstream(file, std::ios::binary) << bytes;
  }
  fs::path clear_some_blob() {
    const fs::path file = place_of(blobs_[random_() % blobs_.size()]);
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    fs::remove_all(file, ignored);
    return file;
  }
  fs::path put_generation(const GenerationFiles& files) {
    const fs::path folder = path_ / "generations" / fmt::format("{:06}", 900'000 + ++generation_);
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    for (const auto& [name, bytes] : files) std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder;
  }
  void link(const char* name, const fs::path& target) {
    std::error_code ignored;
    fs::create_directories(path_, ignored);
    fs::remove_all(path_ / "link", ignored);
    fs::create_symlink(target, path_ / "link", ignored);
    if (fs::is_directory(fs::symlink_status(path_ / name, ignored)))
      fs::remove_all(path_ / name, ignored);
    fs::rename(path_ / "link", path_ / name, ignored);
  }
  void put_current(const GenerationFiles& files) {
    const fs::path folder = put_generation(files);
    link("current", fs::path("generations") / folder.filename());
  }
  void put_both(const GenerationFiles& files) {
    put_current(files);
    link("previous", fs::path("generations") / put_generation(files).filename());
  }

  void swap_in_foreign() {
    for (const std::string& bytes : blobs_) put_blob(sha256(bytes), plain_png(kForeign));
  }
  void exchange() {
    const std::string& one = blobs_[random_() % blobs_.size()];
    const std::string& other = blobs_[random_() % blobs_.size()];
    put_blob(sha256(one), other);
    put_blob(sha256(other), one);
  }
  void link_out() {
    const fs::path outside = path_.parent_path() / "outside.png";
    std::ofstream(outside, std::ios::binary) << plain_png(kForeign);
    const std::vector<fs::path> targets{outside,      "/etc/passwd",     "/dev/zero",
                                        "/dev/stdin", "/proc/self/maps", "."};
    for (const fs::path& target : targets) {
      std::error_code ignored;
      fs::create_symlink(target, clear_some_blob(), ignored);
    }
  }
  void pipe_blob() {
    for (int i = 0; i < 4; ++i) static_cast<void>(::mkfifo(clear_some_blob().c_str(), 0600));
  }
  void folder_blob() { fs::create_directory(clear_some_blob()); }
  void huge_blob() {
    const fs::path file = clear_some_blob();
    std::ofstream(file, std::ios::binary) << "\x89PNG";
    fs::resize_file(file, 1ULL << 40U);
  }
  void remove_blob() { clear_some_blob(); }
  void foreign_release() { put_both(foreign_files_); }
  void replaced_release() { put_both(replaced_); }
  void unsigned_targets() {
    GenerationFiles files = good_;
    files["seoul.json"] = foreign_files_["seoul.json"];
    put_both(files);
    files = good_;
    files["timestamp.json"] = foreign_files_["timestamp.json"];
    files["1.root.json"] = files["2.root.json"] = foreign_files_["1.root.json"];
    put_both(files);
  }
  void mixed_release() {
    GenerationFiles files = good_;
    files["seoul.json"] = replaced_["seoul.json"];
    put_both(files);
  }
  void huge_metadata() {
    const fs::path folder = put_generation(good_);
    fs::resize_file(folder / "targets.json", 200'000'000);
    link("current", fs::path("generations") / folder.filename());
    link("previous", fs::path("generations") / folder.filename());
  }
  void many_files() {
    GenerationFiles files = good_;
    for (int i = 0; i < 3000; ++i) files[fmt::format("{}.root.json", i)] = "{}";
    put_both(files);
  }
  void pipe_metadata() {
    const fs::path folder = put_generation(good_);
    for (const char* const name : {"timestamp.json", "2.root.json"}) {
      fs::remove(folder / name);
      static_cast<void>(::mkfifo((folder / name).c_str(), 0600));
    }
    link("current", fs::path("generations") / folder.filename());
  }
  void current_is_a_file() {
    std::error_code ignored;
    fs::remove_all(path_ / "current", ignored);
    std::ofstream(path_ / "current") << "generations/000001";
  }
  void current_leads_out() {
    const fs::path folder = path_.parent_path() / "outside";
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    for (const auto& [name, bytes] : good_) std::ofstream(folder / name, std::ios::binary) << bytes;
    link("current", folder);
    link("previous", "generations/../../outside");
  }
  void current_circles() {
    link("current", "current");
    link("previous", "previous");
  }
  void remove_all() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  fs::path path_;
  GenerationFiles good_, replaced_, foreign_files_;
  std::vector<std::string> blobs_;
  TestRepository foreign_;
  std::mt19937_64 random_;
  std::size_t next_ = 0;
  int generation_ = 0;
};

TEST_F(StoreAttacks, ASyncThatIsSomebodyElsesShowsNothingThatWasNotSignedAndStopsNothing) {
  // Signed, and replaced twice: never to be seen again.
  repository_.set_campaign("seoul", "spring", Bus::poster("old", "seconds = 1"),
                           {{"old.png", plain_png(kReplaced)}});
  const GenerationFiles replaced = store_.publish(repository_);
  play_store({"--cache", ""});
  ASSERT_TRUE(comes_whole(kReplaced));
  publish({{"a", motley(0)}});
  watch(20s, [&] { return glass() != kReplaced && strange_pixels() == 0; });
  std::this_thread::sleep_for(500ms);
  publish({{"a", motley(60)}, {"b", motley(30)}});
  std::this_thread::sleep_for(7s);  // tried, taken over, written down
  ASSERT_TRUE(sees_only_what_was_signed(100ms)) << player_->said();

  const StoreReader reader(store_.path());
  Intruder intruder(store_.path(), repository_, reader.read(Which::current).value().files, replaced,
                    seed());
  const int attacks = is_long_run() ? 396 : 36;
  std::int64_t most = 0;
  for (int attack = 0; attack < attacks; ++attack) {
    const std::string name = intruder.strike();
    // Each meets a start, too, which has nothing in memory to go on with.
    if ((attack + attack / Intruder::kWays) % 2 == 1) {
      player_->signal(SIGKILL);
      EXPECT_TRUE(player_->wait_for_end(10'000));
      screen_.reset();
      play_store({"--cache", ""});
      ASSERT_TRUE(stands_something()) << name << ": the screen stays dark\n" << player_->said();
    }
    ASSERT_TRUE(sees_only_what_was_signed(400ms)) << name << "\n" << player_->said();
    ASSERT_TRUE(player_->is_running()) << name << "\n" << player_->said();
    most = std::max(most, most_resident_kib());
    if (attack % 3 == 2) intruder.restore();
    ASSERT_TRUE(sees_only_what_was_signed(100ms)) << "restored after " << name;
  }
  intruder.restore();
  {
    std::jthread scribbler([&](const std::stop_token& stop) { intruder.scribble(stop); });
    for (int start = 0; start < (is_long_run() ? 60 : 6); ++start) {
      screen_.reset();
      play_store({"--cache", ""});
      ASSERT_TRUE(stands_something());
      ASSERT_TRUE(sees_only_what_was_signed(700ms)) << player_->said();
    }
  }
  std::cout << attacks << " attacks, " << looks_ << " looks, 0 wrong pixels, at most " << most
            << " KiB\n";
  // None of it lasts: the next release that is signed comes onto the glass.
  intruder.restore();
  repository_.set_campaign("busan", "sea", Bus::poster("red", "seconds = 1"),
                           {{"red.png", plain_png(kRed)}});
  repository_.set_campaign("seoul", "spring", Bus::poster("red", "seconds = 1"),
                           {{"red.png", plain_png(kRed)}});
  store_.put_blobs(repository_);
  store_.put(repository_.release());
  EXPECT_TRUE(comes_whole(kRed)) << player_->said();
  EXPECT_EQ(player_->said().find("Sanitizer"), std::string::npos);
}

}  // namespace
}  // namespace noseon
