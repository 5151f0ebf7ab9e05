#include "media/pixel_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <utility>
#include <vector>

namespace noseon {
namespace {

constexpr std::size_t kHugePage = 2U << 20U;

TEST(PixelMemory, HoldsEveryByteOfWhateverSize) {
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{4096}, std::size_t{4097},
        kHugePage - 1, kHugePage, kHugePage + 1, 4 * kHugePage - kHugePage / 8,
        4 * kHugePage - kHugePage / 8 - 1, std::size_t{1920 * 1080 * 4}}) {
    PixelMemory memory(bytes);
    ASSERT_EQ(memory.size(), bytes);
    ASSERT_EQ(memory.words().size(), bytes / 4);
    std::fill_n(memory.data(), bytes, '\x5A');
    const PixelMemory& read = memory;
    ASSERT_TRUE(std::all_of(read.data(), read.data() + bytes, [](char c) { return c == '\x5A'; }));
  }
}

TEST(PixelMemory, GoesWithItsOwner) {
  PixelMemory memory(kHugePage);
  memory.words()[7] = 0xFF123456U;
  const char* const at = memory.data();
  const PixelMemory moved = std::move(memory);
  EXPECT_EQ(moved.data(), at);
  EXPECT_EQ(moved.words()[7], 0xFF123456U);
}

TEST(PixelMemory, OfManyIsApart) {
  std::vector<PixelMemory> all;
  for (char i = 0; i < 8; ++i) {
    all.emplace_back(kHugePage + 4096);
    std::fill_n(all.back().data(), all.back().size(), i);
  }
  for (char i = 0; i < 8; ++i) {
    const PixelMemory& memory = all[static_cast<std::size_t>(i)];
    EXPECT_TRUE(
        std::all_of(memory.data(), memory.data() + memory.size(), [i](char c) { return c == i; }));
  }
}

#ifndef NOSEON_SANITIZED

// So much more than it has now, and this process gets nothing.
void limit_space_to(std::size_t more) {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t most = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + more;
  const rlimit limit{most, most};
  ASSERT_EQ(::setrlimit(RLIMIT_AS, &limit), 0);
}

constexpr std::size_t kLargeFrame = 32 * kHugePage;

// In so much space; ends the process.
void take_a_large_frame(std::size_t space) {
  limit_space_to(space);
  PixelMemory memory(kLargeFrame);
  std::fill_n(memory.data(), kLargeFrame, '\x5A');
  std::_Exit(memory.data()[kLargeFrame - 1] == '\x5A' ? 0 : 1);
}

TEST(PixelMemoryDeathTest, WithoutRoomForTheHugePageMoreTakesWhatTheFrameNeeds) {
  EXPECT_EXIT(take_a_large_frame(kLargeFrame + kHugePage / 2), ::testing::ExitedWithCode(0), "");
  EXPECT_DEATH(take_a_large_frame(kLargeFrame - kHugePage / 2), "memory != nullptr");
}

// The kernel gives zeros, and so tells what was used before from what was not.
bool is_used_again(std::size_t bytes) {
  const PixelMemory memory(bytes);
  return memory.data()[bytes - 1] == '\x5A';
}
void use_and_let_go(std::size_t bytes) {
  PixelMemory memory(bytes);
  std::fill_n(memory.data(), bytes, '\x5A');
}

TEST(PixelReuse, GivesTheNextFrameTheMemoryOfTheOneThatWentAndEndsWithTheLast) {
  constexpr std::size_t kFrame = 1920 * 1080 * 4;
  use_and_let_go(kFrame);
  EXPECT_FALSE(is_used_again(kFrame)) << "nobody asked for it";
  {
    const PixelReuse one;
    {
      const PixelReuse another;
      use_and_let_go(kFrame);
    }
    EXPECT_TRUE(is_used_again(kFrame)) << "one of them lives";
    const PixelMemory first(kFrame);
    EXPECT_FALSE(is_used_again(kFrame)) << "it has one owner";
  }
  {
    const PixelReuse one;
    use_and_let_go(kFrame);
  }
  EXPECT_FALSE(is_used_again(kFrame)) << "none lives any longer";
}

TEST(PixelReuse, IsOfOneFrameOfTheSameLengthAndOfNothingSmall) {
  const PixelReuse reuse;
  use_and_let_go(4096);
  EXPECT_FALSE(is_used_again(4096));
  use_and_let_go(4 * kHugePage);
  EXPECT_FALSE(is_used_again(2 * kHugePage));
  EXPECT_TRUE(is_used_again(4 * kHugePage));
}

#endif

}  // namespace
}  // namespace noseon
