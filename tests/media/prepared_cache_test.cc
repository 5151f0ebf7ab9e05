// The cache of prepared pictures: bounded, checked, and never needed.
#include "media/prepared_cache.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 24;  // that each file has before what it holds

Sha256 key(int number) {
  return sha256("key " + std::to_string(number));
}

class PreparedCacheTest : public ::testing::Test {
 protected:
  [[nodiscard]] PreparedCache cache(std::uint64_t bytes_max = 1'000'000) const {
    return PreparedCache(folder_ / "kept", bytes_max);
  }
  [[nodiscard]] fs::path path(int number) const {
    return folder_ / "kept" / (to_hex(key(number)) + ".prepared");
  }
  // As though it was last used so many seconds ago.
  void age(int number, int seconds) const {
    timespec times[2] = {};
    ::clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= seconds;
    times[1] = times[0];
    EXPECT_EQ(::utimensat(AT_FDCWD, path(number).c_str(), times, 0), 0);
  }
  [[nodiscard]] std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder_ / "kept")) {
      static_cast<void>(entry);
      ++count;
    }
    return count;
  }

  TemporaryFolder folder_;
};

TEST_F(PreparedCacheTest, GivesBackWhatItWasGivenAndNothingElse) {
  EXPECT_FALSE(cache().find(key(1))) << "before there is a folder";
  cache().keep(key(1), "one");
  cache().keep(key(2), std::string("t\0wo", 4));
  EXPECT_EQ(cache().find(key(1)).value().view(), "one");
  EXPECT_EQ(cache().find(key(2)).value().view(), std::string("t\0wo", 4));
  EXPECT_FALSE(cache().find(key(3)));
  cache().keep(key(1), "one more");
  EXPECT_EQ(cache().find(key(1)).value().view(), "one more");
}

TEST_F(PreparedCacheTest, AnyFlippedByteIsNoticedAndTheFileIsGone) {
  cache().keep(key(1), "what was prepared");
  std::string good;
  {
    std::ifstream file(path(1), std::ios::binary);
    good.assign(std::istreambuf_iterator<char>(file), {});
  }
  ASSERT_EQ(good.size(), kHead + 17);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    folder_.write("kept/" + path(1).filename().string(), flipped);
    EXPECT_FALSE(cache().find(key(1))) << at;
    EXPECT_FALSE(fs::exists(path(1))) << at;
  }
}

TEST_F(PreparedCacheTest, ATruncatedFileIsNoticed) {
  cache().keep(key(1), "what was prepared");
  for (const std::uintmax_t bytes : {kHead + 16, kHead + 1, kHead, kHead - 1, std::size_t{0}}) {
    cache().keep(key(1), "what was prepared");
    fs::resize_file(path(1), bytes);
    EXPECT_FALSE(cache().find(key(1))) << bytes;
  }
}

TEST_F(PreparedCacheTest, HoldsExactlyItsBytesAndLetsTheLeastRecentlyUsedGo) {
  const std::string ten(10, 'x');
  const std::uint64_t three = 3 * (kHead + ten.size());
  for (int i = 1; i <= 3; ++i) {
    cache(three).keep(key(i), ten);
    age(i, 100 - i);
  }
  EXPECT_EQ(files(), 3U) << "exactly full";
  EXPECT_TRUE(cache(three).find(key(1))) << "used: it is the newest now";
  cache(three).keep(key(4), ten);
  EXPECT_TRUE(cache(three).find(key(1)));
  EXPECT_FALSE(cache(three).find(key(2))) << "not used for longest";
  EXPECT_TRUE(cache(three).find(key(3)));
  EXPECT_TRUE(cache(three).find(key(4)));
  EXPECT_EQ(files(), 3U);
}

TEST_F(PreparedCacheTest, WhatIsLargerThanAllOfItIsNotKept) {
  cache(kHead + 9).keep(key(1), std::string(9, 'x'));
  EXPECT_TRUE(cache(kHead + 9).find(key(1)));
  cache(kHead + 9).keep(key(2), std::string(10, 'x'));
  EXPECT_FALSE(cache(kHead + 9).find(key(2)));
  EXPECT_TRUE(cache(kHead + 9).find(key(1))) << "and nothing had to go for it";
}

TEST_F(PreparedCacheTest, SaysWhatItHasTheLeastRecentlyUsedFirstAndRemovesWhatItIsTold) {
  EXPECT_TRUE(cache().files().empty()) << "before there is a folder";
  for (const int i : {1, 2, 3}) cache().keep(key(i), "ten bytes!");
  age(2, 100);
  age(3, 50);
  folder_.write("kept/photo.png", "not ours");
  folder_.write("kept/photo.prepared", "not ours");
  const auto keys = [this] {
    std::vector<Sha256> all;
    for (const auto& file : cache().files()) {
      EXPECT_EQ(file.bytes, PreparedCache::bytes_on_disk(10));
      EXPECT_EQ(file.bytes, kHead + 10);
      all.push_back(file.key);
    }
    return all;
  };
  EXPECT_EQ(keys(), (std::vector<Sha256>{key(2), key(3), key(1)}));
  EXPECT_TRUE(cache().find(key(2), CountsAsUsed::no));
  EXPECT_EQ(keys(), (std::vector<Sha256>{key(2), key(3), key(1)}));
  EXPECT_TRUE(cache().find(key(2)));
  EXPECT_EQ(keys(), (std::vector<Sha256>{key(3), key(1), key(2)}));
  cache().remove(key(1));
  EXPECT_EQ(keys(), (std::vector<Sha256>{key(3), key(2)}));
}

TEST_F(PreparedCacheTest, LeavesForeignFilesAlone) {
  const fs::path foreign = folder_.write("kept/photo.png", std::string(1000, 'x'));
  cache(kHead + 10).keep(key(1), "ten bytes!");
  EXPECT_TRUE(fs::exists(foreign));
  EXPECT_TRUE(cache(kHead + 10).find(key(1)));
}

TEST_F(PreparedCacheTest, WhatSomebodyDiedWritingIsClearedAnHourLater) {
  const fs::path part = folder_.write("kept/" + to_hex(key(9)) + ".prepared.77.1.part", "half");
  cache().keep(key(1), "one");
  EXPECT_TRUE(fs::exists(part)) << "perhaps somebody is writing it";
  timespec times[2] = {};
  ::clock_gettime(CLOCK_REALTIME, &times[0]);
  times[0].tv_sec -= 3700;
  times[1] = times[0];
  ASSERT_EQ(::utimensat(AT_FDCWD, part.c_str(), times, 0), 0);
  cache().keep(key(2), "two");
  EXPECT_FALSE(fs::exists(part));
}

TEST_F(PreparedCacheTest, AFolderThatVanishesIsMadeAgain) {
  const PreparedCache kept = cache();
  kept.keep(key(1), "one");
  fs::remove_all(folder_ / "kept");
  EXPECT_FALSE(kept.find(key(1)));
  kept.keep(key(1), "one");
  EXPECT_EQ(kept.find(key(1)).value().view(), "one");
}

TEST_F(PreparedCacheTest, WithoutAFolderNothingIsKeptAndNothingFails) {
  const PreparedCache none{fs::path()};
  none.keep(key(1), "one");
  EXPECT_FALSE(none.find(key(1)));
  // A file where the folder should be: no folder can be made there, whoever asks.
  const PreparedCache blocked(folder_.write("file", "x") / "below");
  blocked.keep(key(1), "one");
  EXPECT_FALSE(blocked.find(key(1)));
}

TEST_F(PreparedCacheTest, AReadOnlyFolderStillGivesWhatItHas) {
  cache().keep(key(1), "one");
  constexpr auto kReadOnly = static_cast<fs::perms>(0555);
  fs::permissions(folder_ / "kept", kReadOnly);
  fs::permissions(path(1), fs::perms::all);
  fs::permissions(folder_.path(), fs::perms::all);
  // Root may write everywhere, so it must be somebody else for a moment.
  constexpr uid_t kNobody = 65534;
  const uid_t before = ::geteuid();
  if (before == 0) {
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  cache().keep(key(2), "two");
  const auto one = cache().find(key(1));
  const auto two = cache().find(key(2));
  ASSERT_EQ(::seteuid(before), 0);
  fs::permissions(folder_ / "kept", fs::perms::owner_all);
  EXPECT_EQ(one.value().view(), "one");
  EXPECT_FALSE(two);
  EXPECT_EQ(files(), 1U) << "and no part is left";
}

TEST_F(PreparedCacheTest, WritersAtTheSameTimeNeverGiveATornFile) {
  constexpr std::size_t kBytes = 200'000;
  const auto is_whole = [](const std::string& file) {
    return file.size() == kBytes && file.find_first_not_of(file[0]) == std::string::npos;
  };
  std::vector<std::jthread> writers;
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    writers.emplace_back([&, letter] {
      for (int round = 0; round < 20; ++round) {
        cache().keep(key(1), std::string(kBytes, letter));
        const auto kept = cache().find(key(1));
        EXPECT_TRUE(kept && is_whole(std::string(kept->view())));
      }
    });
  }
  writers.clear();
  EXPECT_EQ(files(), 1U);
}

TEST(DefaultPreparedCache, IsWhereTheEnvironmentSays) {
  const char* const given = std::getenv("NOSEON_PREPARED_CACHE");
  const std::string before = given == nullptr ? "" : given;
  ::setenv("NOSEON_PREPARED_CACHE", "/var/cache/noseon", 1);
  EXPECT_EQ(default_prepared_cache(), "/var/cache/noseon/");
  ::unsetenv("NOSEON_PREPARED_CACHE");
  ::setenv("XDG_CACHE_HOME", "/x", 1);
  EXPECT_EQ(default_prepared_cache(), "/x/noseon/prepared");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  ::setenv("HOME", "/home/staff", 1);
  EXPECT_EQ(default_prepared_cache(), "/home/staff/.cache/noseon/prepared");
  ::unsetenv("XDG_CACHE_HOME");
  ::setenv("HOME", "", 1);
  EXPECT_EQ(default_prepared_cache(), fs::path());
  if (given != nullptr) ::setenv("NOSEON_PREPARED_CACHE", before.c_str(), 1);
}

}  // namespace
}  // namespace noseon
