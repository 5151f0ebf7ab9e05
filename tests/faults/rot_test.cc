// One byte of a store is another: none of it is taken for what it was.
#include <fmt/format.h>
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

class Rot : public ::testing::Test {
 protected:
  void SetUp() override {
    store_.emplace(Store::open(folder_ / "store").value());
    ASSERT_TRUE(pull_release(*store_, 1, [](const std::string&) {}));
    files_ = files_of(folder_ / "store");
    std::cout << "  seed " << seed_ << ", " << files_.size() << " files\n";
  }
  std::size_t pick(std::size_t from, std::size_t to) {
    return std::uniform_int_distribution<std::size_t>(from, to)(random_);
  }
  // Of so many flips, each taken back, those that a reader takes for nothing; `said` names them.
  std::size_t missed_by(Reads how, int flips, std::string& said) {
    std::size_t missed = 0;
    for (int i = 0; i < flips; ++i) {
      const fs::path& file = files_[pick(0, files_.size() - 1)];
      const std::size_t offset = pick(0, fs::file_size(file) - 1);
      const char with = static_cast<char>(pick(1, 255));
      flip(file, offset, with);
      if (release_in(store_->reader(), Which::current, how)) {
        ++missed;
        said += fmt::format("{} at {}\n", file.string(), offset);
      }
      flip(file, offset, with);
      EXPECT_TRUE(release_in(store_->reader(), Which::current)) << "it is as it was";
    }
    return missed;
  }

  const MemoryFolder folder_;
  std::optional<Store> store_;
  std::vector<fs::path> files_;
  std::uint64_t seed_ = seed_of_run();
  std::mt19937_64 random_{seed_};
};

TEST_F(Rot, OfOneByteOfAStoreIsFoundOutAThousandTimes) {
  constexpr int kFlips = 1'000;
  std::string said;
  const std::size_t missed = missed_by(Reads::hashed, kFlips, said);
  say_survived("rot of a store", kFlips, kFlips, kFlips - missed);
  EXPECT_EQ(missed, 0U) << said;
}

TEST_F(Rot, OfABlobThatIsReadByItsLengthAloneIsMissedWhichTheJudgeSees) {
  std::string said;
  const bool is_found = missed_by(Reads::by_length, 100, said) > 0;
  say_planted("rot of a store", 1, is_found ? 1 : 0);
  EXPECT_TRUE(is_found);
}

}  // namespace
}  // namespace noseon::faults
