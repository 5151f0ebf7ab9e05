// What somebody else put into the store: never followed, never waited for, never an end to it.
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/files.h"
#include "tests/fleet/store/filled_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class Intruders : public testing::Test {
 protected:
  fs::path path_of(const BlobId& id) { return store_.reader().blob_path(id.sha256); }
  fs::path part_of(const BlobId& id) {
    return folder_ / "store/parts" / (to_hex(id.sha256) + ".part");
  }

  TemporaryFolder folder_;
  Store store_ = Store::open(folder_ / "store").value();
};

enum class Intruder { link, dangling, pipe, folder, device };

void put(Intruder intruder, const fs::path& path, const fs::path& outside) {
  fs::create_directories(path.parent_path());
  switch (intruder) {
    case Intruder::link:
      fs::create_symlink(outside, path);
      return;
    case Intruder::dangling:
      fs::create_symlink("nowhere", path);
      return;
    case Intruder::pipe:
      ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
      return;
    case Intruder::folder:
      fs::create_directory(path);
      return;
    case Intruder::device:
      fs::create_symlink("/dev/zero", path);
      return;
  }
}

class IntruderInTheStore : public Intruders, public testing::WithParamInterface<Intruder> {};

TEST_P(IntruderInTheStore, UnderTheNameOfABlobIsNoBlob) {
  // The right bytes behind a link are not the store's all the same.
  const fs::path outside = folder_.write("outside", "poster");
  const BlobId id = id_of("poster");
  put(GetParam(), path_of(id), outside);
  EXPECT_FALSE(store_.has_blob(id));
  EXPECT_EQ(store_.reader().read_blob(id).error().kind, ErrorKind::bad_format);
  EXPECT_EQ(store_.collect(0, {}).value().blobs, 0U);
}

TEST_P(IntruderInTheStore, UnderTheNameOfABlobGivesWayToIt) {
  if (GetParam() == Intruder::folder) GTEST_SKIP() << "a folder is nothing that a file replaces";
  const fs::path outside = folder_.write("outside", "untouched");
  put(GetParam(), path_of(id_of("poster")), outside);
  const BlobId id = put_blob(store_, "poster");
  EXPECT_EQ(store_.reader().read_blob(id).value(), "poster");
  EXPECT_EQ(read_file(outside, 100).value(), "untouched");
}

TEST_P(IntruderInTheStore, UnderTheNameOfAPartIsNotWrittenTo) {
  const fs::path outside = folder_.write("outside", "untouched");
  const BlobId id = id_of("poster");
  put(GetParam(), part_of(id), outside);
  if (GetParam() == Intruder::folder) {
    EXPECT_FALSE(store_.continue_blob(id));
  } else {
    EXPECT_EQ(store_.reader().read_blob(put_blob(store_, "poster")).value(), "poster");
  }
  EXPECT_EQ(read_file(outside, 100).value(), "untouched");
}

TEST_P(IntruderInTheStore, InAGenerationIsNoFileOfIt) {
  const fs::path outside = folder_.write("outside", "secret");
  put_generation(store_, {{"timestamp.json", "t"}});
  put(GetParam(), folder_ / "store/generations/000001/snapshot.json", outside);
  const GenerationFiles only{{"timestamp.json", "t"}};
  EXPECT_EQ(store_.reader().read(Which::current).value().files, only);
}

INSTANTIATE_TEST_SUITE_P(Each, IntruderInTheStore,
                         testing::Values(Intruder::link, Intruder::dangling, Intruder::pipe,
                                         Intruder::folder, Intruder::device));

TEST_F(Intruders, InTheFormOfALinkedFolderOfBlobsAreNotFollowed) {
  const BlobId id = id_of("poster");
  const std::string hex = to_hex(id.sha256);
  folder_.write("outside/" + hex, "poster");
  fs::create_symlink(folder_ / "outside", folder_ / "store/blobs" / hex.substr(0, 2));
  EXPECT_FALSE(store_.has_blob(id));
  EXPECT_EQ(store_.reader().read_blob(id).error().kind, ErrorKind::bad_format);
  EXPECT_EQ(store_.collect(0, {}).value().blobs, 0U);
  PartialBlob part = store_.continue_blob(id).value();
  ASSERT_TRUE(part.append("poster"));
  EXPECT_EQ(part.commit().error().kind, ErrorKind::bad_format);
  EXPECT_TRUE(fs::exists(folder_ / "outside" / hex));
}

TEST_F(Intruders, InTheFormOfALinkedGenerationAreNotFollowed) {
  folder_.write("outside/timestamp.json", "t");
  fs::create_symlink(folder_ / "outside", folder_ / "store/generations/000007");
  fs::create_symlink("generations/000007", folder_ / "store/current");
  EXPECT_EQ(store_.reader().read(Which::current).error().kind, ErrorKind::bad_format);
  EXPECT_EQ(store_.make_current(7).error().kind, ErrorKind::bad_format);
  EXPECT_EQ(put_generation(store_, {{"f", "x"}}), 8U);
  EXPECT_TRUE(store_.collect(0, {}));
  EXPECT_TRUE(fs::exists(folder_ / "outside/timestamp.json"));
}

TEST_F(Intruders, InTheFormOfALinkedFolderOfOursEndTheOpening) {
  const fs::path root = folder_ / "other";
  fs::create_directories(root);
  fs::create_directories(folder_ / "outside");
  fs::create_symlink(folder_ / "outside", root / "parts");
  EXPECT_EQ(Store::open(root).error().kind, ErrorKind::bad_format);
}

TEST_F(Intruders, UnderTheNameOfALinkAreNotFollowed) {
  fs::create_directory(folder_ / "store/current");
  EXPECT_EQ(store_.reader().number_of(Which::current).error().kind, ErrorKind::bad_format);
  const std::uint64_t number = store_.add_generation({{"f", "x"}}).value();
  EXPECT_EQ(store_.make_current(number).error().kind, ErrorKind::disk);
}

TEST_F(Intruders, ThatAreSocketsAreNoBlobs) {
  const BlobId id = id_of("poster");
  fs::create_directories(path_of(id).parent_path());
  const Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  // Short enough from where it lies; a path from the top might not be.
  const fs::path before = fs::current_path();
  fs::current_path(path_of(id).parent_path());
  to_hex(id.sha256).copy(address.sun_path, sizeof address.sun_path - 1);
  const int bound =
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  fs::current_path(before);
  ASSERT_EQ(bound, 0);
  EXPECT_FALSE(store_.has_blob(id));
  EXPECT_EQ(store_.reader().read_blob(id).error().kind, ErrorKind::bad_format);
}

}  // namespace
}  // namespace noseon
