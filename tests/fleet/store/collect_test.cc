// Collecting: by weight, the longest unused first, never what is needed.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/files.h"
#include "tests/fleet/store/filled_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Collecting : public testing::Test {
 protected:
  bool has(std::string_view bytes) { return store_.has_blob(id_of(bytes)); }
  // A generation comes that needs `blobs`, and what else there is fits.
  void needs(const std::set<Sha256>& blobs) {
    put_generation(store_, {{"f", "x"}});
    EXPECT_EQ(store_.collect(UINT64_MAX, blobs).value().blobs, 0U);
  }

  TemporaryFolder folder_;
  Store store_ = Store::open(folder_ / "store").value();
};

TEST_F(Collecting, TakesNothingWhileExactlyTheMostIsThereAndOneBlobAtAByteMore) {
  put_blob(store_, "aaaa");
  put_blob(store_, "bbbb");
  EXPECT_EQ(store_.collect(8, {}).value().blobs, 0U);
  const Collected collected = store_.collect(7, {}).value();
  EXPECT_EQ(collected.blobs, 1U);
  EXPECT_EQ(collected.bytes, 4U);
  EXPECT_EQ(store_.bytes_used().value(), 4U);
}

// A part that is to go on takes room, too.
TEST_F(Collecting, CountsPartsToWhatMayBeThere) {
  put_blob(store_, "aaaa");
  {
    PartialBlob part = store_.continue_blob(id_of("bbbb")).value();
    ASSERT_TRUE(part.append("bbb"));
  }
  EXPECT_EQ(store_.collect(7, {}).value().blobs, 0U);
  EXPECT_EQ(store_.collect(6, {}).value().blobs, 1U);
  EXPECT_EQ(store_.bytes_used().value(), 3U);
}

TEST_F(Collecting, TakesNothingThatIsNeededHoweverLittleRoomThereIs) {
  put_blob(store_, "needed");
  put_blob(store_, "not");
  EXPECT_EQ(store_.collect(0, {sha256("needed")}).value().blobs, 1U);
  EXPECT_TRUE(has("needed"));
  EXPECT_FALSE(has("not"));
}

TEST_F(Collecting, TakesWhatWasNotNeededForLongest) {
  for (const char* blob : {"a", "b", "c"}) put_blob(store_, blob);
  needs({sha256("b")});
  needs({sha256("a"), sha256("b")});
  needs({sha256("a")});
  // c never, b until the second, a until the third.
  ASSERT_EQ(store_.collect(2, {}).value().blobs, 1U);
  EXPECT_FALSE(has("c"));
  ASSERT_EQ(store_.collect(1, {}).value().blobs, 1U);
  EXPECT_FALSE(has("b"));
  EXPECT_TRUE(has("a"));
}

TEST_F(Collecting, TakesABlobThatHasJustComeForTheLatest) {
  put_blob(store_, "old");
  needs({sha256("old")});
  needs({});
  put_blob(store_, "new");
  ASSERT_EQ(store_.collect(3, {}).value().blobs, 1U);
  EXPECT_TRUE(has("new"));
}

// A display without a battery begins at 1970 after each power cut.
TEST_F(Collecting, AsksNoClock) {
  put_blob(store_, "early");
  put_blob(store_, "late");
  const auto set_clock_of = [&](std::string_view blob, time_t seconds) {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, store_.reader().blob_path(sha256(blob)).c_str(), times, 0), 0);
  };
  set_clock_of("early", 4'000'000'000);
  needs({sha256("early")});
  set_clock_of("late", 1000);
  needs({sha256("late")});
  ASSERT_EQ(store_.collect(5, {}).value().blobs, 1U);
  EXPECT_TRUE(has("late"));
}

TEST_F(Collecting, KeepsCurrentAndPreviousAndNoOtherGeneration) {
  for (int i = 0; i < 4; ++i) put_generation(store_, {{"f", "x"}});
  ASSERT_EQ(store_.add_generation({{"f", "not current"}}).value(), 5U);
  EXPECT_EQ(store_.collect(UINT64_MAX, {}).value().generations, 3U);
  EXPECT_THAT(list_folder(folder_ / "store/generations").value(), ElementsAre("000003", "000004"));
}

TEST_F(Collecting, LeavesWhatIsNotOurs) {
  folder_.write("store/generations/000001/sub/file", "x");
  folder_.write("store/generations/notes.txt", "x");
  folder_.write("store/generations/000002", "a file");
  folder_.write("store/blobs/notes.txt", "xxxx");
  folder_.write("store/blobs/00/notes.txt", "xxxx");
  folder_.write("store/blobs/00/" + std::string(64, '1'), "in a folder that is not its own");
  const Collected collected = store_.collect(0, {}).value();
  EXPECT_EQ(collected.blobs, 0U);
  EXPECT_EQ(store_.bytes_used().value(), 0U);
  for (const char* file : {"generations/000001/sub/file", "generations/notes.txt",
                           "generations/000002", "blobs/notes.txt", "blobs/00/notes.txt"}) {
    EXPECT_TRUE(fs::exists(folder_ / "store" / file)) << file;
  }
}

TEST_F(Collecting, WeighsBlobsAndParts) {
  put_blob(store_, "1234567");
  PartialBlob part = store_.continue_blob({sha256("half"), 4}).value();
  ASSERT_TRUE(part.append("ha"));
  EXPECT_EQ(store_.bytes_used().value(), 9U);
}

}  // namespace
}  // namespace noseon
