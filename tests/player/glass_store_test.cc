// The real noseon-player and a store: what comes onto the glass, when, and what never does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <iostream>

#include "base/files.h"
#include "player/folder.h"
#include "tests/player/store_rig.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using GlassStore = StoreRig;

// How many filters of system calls a process is behind. proc(5).
int filters_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("Seccomp_filters:")) return std::stoi(line.substr(16));
  return 0;
}

TEST_F(GlassStore, TheFirstThingOnTheGlassIsTheSignedPoster) {
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  play_store();
  const auto seen = watch(20s, [&] { return glass() == kRed; });
  EXPECT_EQ(seen.back(), kRed);
  EXPECT_LE(seen.size(), 2U) << "nothing before it";
  EXPECT_EQ(filters_of(player_->pid()), filters_of(::getpid()) + 1) << "it left the network";
  EXPECT_THAT(end(), Not(HasSubstr("not played")));
}

TEST_F(GlassStore, TheNextGenerationComesWithoutADarkFrame) {
  set_posters({{"red", kRed}});
  store_.publish(repository_);
  play_store({"--stats"});
  ASSERT_TRUE(comes_whole(kRed));
  set_posters({{"blue", kBlue}});
  store_.publish(repository_);
  const auto seen = watch(20s, [&] { return glass() == kBlue; });
  ASSERT_EQ(seen.back(), kBlue);
  EXPECT_EQ(seen.size(), 2U) << "red was withdrawn: a cut";
  ASSERT_TRUE(comes_whole(kBlue));
  std::this_thread::sleep_for(2s);
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

TEST_F(GlassStore, ManyGenerationsOneAfterTheOtherLeaveNoDarkFrame) {
  const std::vector<Color> colors{kRed, kBlue, kGreen};
  set_posters({{"a", colors[0]}}, 1);
  store_.publish(repository_);
  play_store({"--stats"});
  ASSERT_TRUE(comes_whole(colors[0]));
  for (std::size_t turn = 1; turn < 9; ++turn) {
    set_posters({{"a", colors[turn % 3]}}, 1);
    store_.publish(repository_);
    ASSERT_TRUE(comes_whole(colors[turn % 3])) << turn;
  }
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

TEST_F(GlassStore, ATextThatWasCorrectedFollowsWithinHalfAMinuteInALongSlot) {
  repository_.set_campaign("seoul", "spring", text_item("t", "Mistke", "seconds = 3600"));
  store_.publish(repository_);
  play_store({"--stats"});
  watch(20s, [&] { return glass() != kRoot; });
  std::this_thread::sleep_for(1s);
  const std::string before = hash(*screen_->picture());
  repository_.set_campaign("seoul", "spring", text_item("t", "Mistake", "seconds = 3600"));
  store_.publish(repository_);
  watch(40s, [&] { return hash(*screen_->picture()) != before; });
  std::this_thread::sleep_for(2s);
  // What a desk draws of it is what came.
  Studio studio([] { return Typesetter::open(); }, make_picture_source());
  Display display;
  display.size = kScreen;
  write_items(text_item("t", "Mistake", "seconds = 3600"));
  SystemZones zones;
  const LoadedFolder same = load_folder(campaign(), display, zones);
  EXPECT_EQ(hash(*screen_->picture()),
            hash(*studio.render(*same.playlist, {0}, *same.display).value().finished.picture));
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

TEST_F(GlassStore, AnUrgentItemDoesNotWaitForTheEndOfALongSlot) {
  set_posters({{"red", kRed}}, 3600);
  store_.publish(repository_);
  play_store({"--stats", "--at", "2027-02-25 08:00"});
  ASSERT_TRUE(comes_whole(kRed));
  repository_.set_campaign("emergency", "alarm",
                           "[[item]]\nid = \"urgent\"\nposter = \"blue.png\"\nrole = \"urgent\"\n"
                           "from = 2027-02-25T07:00:00\nuntil = 2027-02-25T20:00:00\n",
                           {{"blue.png", plain_png(kBlue)}});
  store_.publish(repository_);
  EXPECT_TRUE(comes(kBlue, 5s));
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

TEST_F(GlassStore, AStoreThatAppearsLaterIsPlayedThen) {
  fs::remove_all(store_.path());
  play_store();
  ASSERT_TRUE(says("there is nothing in the store yet"));
  watch(20s, [&] { return glass() != kRoot; });
  EXPECT_NE(glass(), kRoot) << "a card stands";
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  EXPECT_TRUE(comes_whole(kRed));
}

TEST_F(GlassStore, WhatAnotherOperatorSignedIsNeverShown) {
  TestRepository other;
  other.set_campaign("seoul", "spring", poster("green", "seconds = 60"),
                     {{"green.png", plain_png(kGreen)}});
  store_.publish(other);
  play_store();
  ASSERT_TRUE(says("current is not played"));
  const auto seen = watch(3s, [] { return false; });
  EXPECT_THAT(seen, Not(::testing::Contains(kGreen)));
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  EXPECT_TRUE(comes_whole(kRed));
}

TEST_F(GlassStore, OldReleasesDoNotComeBackThoughThePlayerStartsAnew) {
  set_posters({{"green", kGreen}}, 60);
  const GenerationFiles old = store_.publish(repository_);
  play_store();
  ASSERT_TRUE(comes_whole(kGreen));
  for (const Color color : {kBlue, kRed}) {
    set_posters({{"p", color}}, 2);
    store_.publish(repository_);
    ASSERT_TRUE(comes_whole(color));
  }
  std::this_thread::sleep_for(500ms);  // until that is written down
  store_.put(old);
  store_.put(old);
  EXPECT_TRUE(says("current is not played"));
  EXPECT_EQ(glass(), kRed) << "what plays goes on";
  end();
  screen_.reset();
  play_store();
  ASSERT_TRUE(says("previous is not played"));
  const auto seen = watch(3s, [] { return false; });
  EXPECT_THAT(seen, Not(::testing::Contains(kGreen)));
  EXPECT_NE(seen.back(), kRoot) << "a card stands";
}

TEST_F(GlassStore, ADamagedPosterCostsItsTurnsIsAskedForAndComesBack) {
  set_posters({{"red", kRed}, {"blue", kBlue}}, 1);
  store_.publish(repository_);
  const std::string blue = plain_png(kBlue);
  std::string rotten = blue;
  rotten[rotten.size() / 2] ^= 1;
  overwrite(store_.blob(blue), rotten);
  play_store({"--stats"});
  ASSERT_TRUE(comes_whole(kRed));
  watch(20s, [&] { return fs::exists(wanted(blue)); });
  ASSERT_TRUE(fs::exists(wanted(blue)));
  const auto seen = watch(4s, [] { return false; });
  EXPECT_THAT(seen, ::testing::Each(kRed));
  EXPECT_THAT(read_file(folder_ / "state/quarantine.json", 1 << 20).value(),
              HasSubstr(to_hex(sha256(blue))));
  overwrite(store_.blob(blue), blue);  // as noseon-sync does
  EXPECT_TRUE(comes_whole(kBlue)) << "without a start";
  EXPECT_FALSE(fs::exists(wanted(blue)));
  EXPECT_TRUE(comes_whole(kRed));
  const std::string said = end();
  EXPECT_THAT(said, HasSubstr("is set aside"));
  EXPECT_THAT(dark_in(said), StartsWith("dark 0 ms; "));
}

TEST_F(GlassStore, TheSecondStartReadsNoPosterForItsFirstPicture) {
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  play_store();
  ASSERT_TRUE(comes_whole(kRed));
  watch(10s, [&] { return fs::exists(frames()) && !fs::is_empty(frames()); });
  end();
  screen_.reset();
  fs::remove(store_.blob(plain_png(kRed)));
  play_store({}, {"NOSEON_DECODE=/nonexistent"});
  EXPECT_TRUE(comes_whole(kRed));
  EXPECT_THAT(end(), Not(HasSubstr("set aside")));
}

// Of 50 campaigns of as many agencies, each verified before the first frame.
TEST_F(GlassStore, VerifyingAFleetsRepositoryHardlyDelaysTheFirstPicture) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  set_posters({{"red", kRed}}, 60);
  for (int agency = 0; agency < 49; ++agency)
    repository_.set_campaign("agency-" + std::to_string(agency), "c",
                             text_item("t", "words", "from = 2000-01-01\nuntil = 2000-01-02"));
  store_.publish(repository_);
  screen_.emplace(kScreen);
  const auto start_to_poster = [&](const std::function<void()>& begin) {
    Program root({"xsetroot", "-solid", "#000000"}, {screen_->display()}, folder_ / "root");
    EXPECT_EQ(root.wait_for_end(10'000), 0);
    const auto began = std::chrono::steady_clock::now();
    begin();
    watch(20s, [&] { return glass() == kRed; });
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_TRUE(comes_whole(kRed));
    std::this_thread::sleep_for(200ms);  // its frame is kept
    end();
    return std::chrono::floor<Millis>(took);
  };
  Millis folder = 1h, store = 1h;
  for (int turn = 0; turn < 6; ++turn) {
    folder = std::min(folder, start_to_poster([&] { play(); }));
    store = std::min(store, start_to_poster([&] { play_store(); }));
  }
  std::cout << "from exec to the poster: " << folder.count() << " ms from a folder, "
            << store.count() << " ms from a store of 50 agencies\n";
  EXPECT_LT(store, folder + 100ms);
}

TEST_F(GlassStore, AStateThatCannotBeWrittenAndOneThatRottedChangeNothingOnTheGlass) {
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  folder_.write("state", "no folder");
  play_store();
  EXPECT_TRUE(comes_whole(kRed));
  EXPECT_TRUE(says("cannot be written down"));
  end();
  screen_.reset();
  fs::remove(folder_ / "state");
  folder_.write("state/accepted.json", "rot");
  folder_.write("state/quarantine.json", "rot");
  play_store();
  EXPECT_TRUE(comes_whole(kRed));
  EXPECT_TRUE(says("begun anew"));
}

// ---- With the real noseon-sync ------------------------------------------------------------------

class GlassDelivery : public StoreRig {
 protected:
  void publish() { repository_.write_to(folder_ / "repository"); }
  // One pull, as its timer or its watch would have it.
  void pull() {
    folder_.write("display.toml", "id = \"bus\"\nsize = [320, 180]\n");
    Program sync({NOSEON_BIN_DIR "/noseon-sync", "--once", "--store", store_.path().string(),
                  "--root", (folder_ / "root.json").string(), "--display",
                  (folder_ / "display.toml").string(), "--run", (folder_ / "run").string(),
                  "--source", "file://" + (folder_ / "repository").string()},
                 {}, folder_ / "sync.log");
    EXPECT_EQ(sync.wait_for_end(60'000), 0) << sync.said();
  }
};

TEST_F(GlassDelivery, WhatWasPublishedIsPulledAndShownAndFollowedByTheNext) {
  set_posters({{"red", kRed}});
  publish();
  play_store({"--stats"});
  pull();
  ASSERT_TRUE(comes_whole(kRed));
  set_posters({{"blue", kBlue}});
  publish();
  pull();
  EXPECT_TRUE(comes_whole(kBlue));
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

TEST_F(GlassDelivery, ABlobThatRotsIsAskedForPulledAnewAndShown) {
  set_posters({{"red", kRed}, {"blue", kBlue}}, 1);
  publish();
  pull();
  const std::string blue = plain_png(kBlue);
  std::string rotten = blue;
  rotten[rotten.size() / 2] ^= 1;
  overwrite(store_.blob(blue), rotten);
  play_store({"--stats"});
  ASSERT_TRUE(comes_whole(kRed));
  watch(20s, [&] { return fs::exists(wanted(blue)); });
  ASSERT_TRUE(fs::exists(wanted(blue)));
  pull();
  EXPECT_TRUE(comes_whole(kBlue));
  watch(20s, [&] { return !fs::exists(wanted(blue)); });
  EXPECT_FALSE(fs::exists(wanted(blue)));
  EXPECT_THAT(dark_in(end()), StartsWith("dark 0 ms; "));
}

// ---- What it refuses to do --------------------------------------------------------------------

TEST_F(GlassStore, AnUnsignedFolderIsRefusedWhereATrustedRootIsInstalled) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  play({"--root", (folder_ / "root.json").string()});
  EXPECT_EQ(player_->wait_for_end(10'000), 1);
  EXPECT_THAT(player_->said(), HasSubstr("plays signed content alone"));
  EXPECT_EQ(glass(), kRoot);
  play({"--root", (folder_ / "none.json").string()});
  EXPECT_TRUE(comes_whole(kRed)) << "where none is, it plays";
}

TEST_F(GlassStore, AScreenOverTheNetworkIsRefused) {
  set_posters({{"red", kRed}}, 60);
  store_.publish(repository_);
  screen_.emplace(kScreen);
  std::vector<std::string> arguments = from_store();
  arguments.insert(arguments.begin(), NOSEON_BIN_DIR "/noseon-player");
  player_.emplace(arguments, std::vector<std::string>{"DISPLAY=127.0.0.1:7", "SDL_VIDEODRIVER=x11"},
                  folder_ / "log");
  EXPECT_EQ(player_->wait_for_end(10'000), 1);
  EXPECT_THAT(player_->said(), HasSubstr("a screen over the network"));
}

// By the kernel's word: each socket that it opened, and each call that could change the store.
TEST_F(GlassStore, OpensNoNetworkSocketAndWritesNothingInTheStore) {
  if (::access("/usr/bin/strace", X_OK) != 0) GTEST_SKIP() << "there is no strace here";
  set_posters({{"red", kRed}, {"gone", kGreen}}, 1, text_item("t", "words", "seconds = 1"));
  store_.publish(repository_);
  overwrite(store_.blob(plain_png(kGreen)), "damaged");
  const std::string trace = (folder_ / "trace").string();
  start(from_store(), {"ASAN_OPTIONS=detect_leaks=0"},
        {"strace", "-D", "-f", "-y", "-o", trace, "-e",
         "trace=socket,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,"
         "link,linkat,symlink,symlinkat,truncate,ftruncate,chmod,fchmodat,utimensat"});
  ASSERT_TRUE(comes_whole(kRed));
  set_posters({{"blue", kBlue}}, 1);
  store_.publish(repository_);
  ASSERT_TRUE(comes_whole(kBlue));
  end();
  std::size_t sockets = 0, reads = 0;
  std::ifstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" socket(") != std::string::npos) {
      ++sockets;
      EXPECT_TRUE(line.find("socket(AF_UNIX") != std::string::npos ||
                  line.find("NETLINK_KOBJECT_UEVENT") != std::string::npos)
          << line;
    }
    // The end of a call that another thread interrupted; its beginning said what it does.
    if (line.find(" resumed>") != std::string::npos) continue;
    if (line.find(store_.path().string()) == std::string::npos) continue;
    ++reads;
    const bool only_reads = line.find("O_RDONLY") != std::string::npos &&
                            line.find("O_CREAT") == std::string::npos &&
                            line.find("O_TRUNC") == std::string::npos;
    EXPECT_TRUE(only_reads) << line;
  }
  if (fs::file_size(trace) == 0) GTEST_SKIP() << "strace may trace nothing here";
  EXPECT_GT(sockets, 0U) << "to the X server";
  EXPECT_GT(reads, 0U);
}

}  // namespace
}  // namespace noseon
