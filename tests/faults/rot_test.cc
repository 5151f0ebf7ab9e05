// One byte of a store is another: none of it is taken for what it was.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <random>

#include "base/files.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/pretend_release.h"
#include "tests/faults/summary.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

void flip(const fs::path& file, std::size_t offset, char with) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  const int byte = stream.get();
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.put(static_cast<char>(byte ^ with));
}

std::vector<fs::path> files_of(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && !entry.is_symlink()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Rot, OfOneByteOfAStoreIsFoundOutAThousandTimes) {
  const MemoryFolder folder;
  Store store = Store::open(folder / "store").value();
  ASSERT_TRUE(pull_release(store, 1, [](const std::string&) {}));
  const auto files = files_of(folder / "store");
  const std::uint64_t seed = seed_of_run();
  std::cout << "  seed " << seed << ", " << files.size() << " files\n";
  std::mt19937_64 random(seed);
  const auto pick = [&](std::size_t from, std::size_t to) {
    return std::uniform_int_distribution<std::size_t>(from, to)(random);
  };
  std::size_t found = 0;
  for (int i = 0; i < 1000; ++i) {
    const fs::path& file = files[pick(0, files.size() - 1)];
    const std::size_t offset = pick(0, fs::file_size(file) - 1);
    const char with = static_cast<char>(pick(1, 255));
    flip(file, offset, with);
    const bool is_found = !release_in(store.reader(), Which::current);
    EXPECT_TRUE(is_found) << file << " at " << offset;
    if (is_found) ++found;
    flip(file, offset, with);
    ASSERT_TRUE(release_in(store.reader(), Which::current));
  }
  say_survived("rot of a store", 1000, 1000, found);
}

}  // namespace
}  // namespace noseon::faults
