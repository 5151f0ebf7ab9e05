// Blobs: named by their hash, whole or not there, gone on with where they broke off.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "base/files.h"
#include "tests/fleet/store/filled_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Blobs : public testing::Test {
 protected:
  std::vector<std::string> parts() { return list_folder(folder_ / "store/parts").value(); }
  ErrorKind error_of_reading(const BlobId& id) {
    const auto read = store_.reader().read_blob(id);
    EXPECT_FALSE(read);
    return read.error().kind;
  }
  // As rot does it, beside the store's back.
  void overwrite(const BlobId& id, std::string_view bytes) {
    std::ofstream(store_.reader().blob_path(id.sha256), std::ios::binary) << bytes;
  }

  TemporaryFolder folder_;
  Store store_ = Store::open(folder_ / "store").value();
};

// No file may grow past `bytes`, as on a disk that is full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(Blobs, AreReadAsTheyWereWritten) {
  const std::string poster(200'000, 'p');
  const BlobId id = put_blob(store_, poster);
  EXPECT_TRUE(store_.has_blob(id));
  EXPECT_EQ(store_.reader().read_blob(id).value(), poster);
  EXPECT_THAT(parts(), IsEmpty());
}

TEST_F(Blobs, LieUnderTheFirstTwoDigitsOfTheirHash) {
  const BlobId id = put_blob(store_, "poster");
  const std::string hex = to_hex(id.sha256);
  EXPECT_EQ(store_.reader().blob_path(id.sha256), folder_ / "store/blobs" / hex.substr(0, 2) / hex);
  EXPECT_TRUE(fs::is_regular_file(store_.reader().blob_path(id.sha256)));
}

TEST_F(Blobs, MayBeEmpty) {
  EXPECT_EQ(store_.reader().read_blob(put_blob(store_, "")).value(), "");
}

TEST_F(Blobs, ThatAreNotThereAreNotFound) {
  EXPECT_FALSE(store_.has_blob(id_of("poster")));
  EXPECT_EQ(error_of_reading(id_of("poster")), ErrorKind::not_found);
}

TEST_F(Blobs, AreNotThereBeforeTheirLastByteAndCommit) {
  const BlobId id = id_of("poster");
  PartialBlob part = store_.continue_blob(id).value();
  ASSERT_TRUE(part.append("poster"));
  EXPECT_FALSE(store_.has_blob(id));
  EXPECT_EQ(error_of_reading(id), ErrorKind::not_found);
  ASSERT_TRUE(part.commit());
  EXPECT_TRUE(store_.has_blob(id));
  EXPECT_FALSE(part.is_open());
}

TEST_F(Blobs, GoOnWhereTheyBrokeOff) {
  const BlobId id = id_of("poster");
  {
    PartialBlob part = store_.continue_blob(id).value();
    EXPECT_EQ(part.length(), 0U);
    ASSERT_TRUE(part.append("pos"));
    EXPECT_EQ(part.length(), 3U);
  }
  EXPECT_THAT(parts(), ElementsAre(to_hex(id.sha256) + ".part"));
  PartialBlob part = store_.continue_blob(id).value();
  EXPECT_EQ(part.length(), 3U);
  ASSERT_TRUE(part.append("ter"));
  ASSERT_TRUE(part.commit());
  EXPECT_EQ(store_.reader().read_blob(id).value(), "poster");
}

TEST_F(Blobs, BeginAnewWhenTheServerDoes) {
  PartialBlob part = store_.continue_blob(id_of("poster")).value();
  ASSERT_TRUE(part.append("wrong"));
  ASSERT_TRUE(part.restart());
  EXPECT_EQ(part.length(), 0U);
  ASSERT_TRUE(part.append("poster"));
  EXPECT_TRUE(part.commit());
}

TEST_F(Blobs, TakeNoByteMoreThanAnnounced) {
  PartialBlob part = store_.continue_blob(id_of("poster")).value();
  ASSERT_TRUE(part.append("poste"));
  const auto refused = part.append("rs");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::too_large);
  EXPECT_THAT(refused.error().message, HasSubstr("6 bytes"));
  EXPECT_EQ(part.length(), 5U);
  ASSERT_TRUE(part.append("r"));
  EXPECT_EQ(part.append("s").error().kind, ErrorKind::too_large);
  EXPECT_TRUE(part.commit());
}

TEST_F(Blobs, WithAnotherHashOrLengthAreRefusedAndLeaveNothing) {
  for (const char* came : {"postes", "poste", ""}) {
    const BlobId id = id_of("poster");
    PartialBlob part = store_.continue_blob(id).value();
    ASSERT_TRUE(part.append(came));
    EXPECT_EQ(part.commit().error().kind, ErrorKind::bad_format) << came;
    EXPECT_FALSE(part.is_open());
    EXPECT_THAT(parts(), IsEmpty());
    EXPECT_FALSE(store_.has_blob(id));
  }
}

// Told that it is wrong alone, whoever fetches it would find it again, and again, for ever.
TEST_F(Blobs, ThatAreWrongAndCannotBeRemovedAreTheDisksFailure) {
  PartialBlob part = store_.continue_blob(id_of("poster")).value();
  ASSERT_TRUE(part.append("postes"));
  const auto name = store_.reader().root() / "parts" / (to_hex(sha256("poster")) + ".part");
  std::filesystem::remove(name);
  std::filesystem::create_directories(name / "in the way");
  EXPECT_EQ(part.commit().error().kind, ErrorKind::disk);
}

TEST_F(Blobs, WithTheirHashButNotTheLengthThatWasAnnouncedAreRefused) {
  PartialBlob part = store_.continue_blob({sha256("poster"), 7}).value();
  ASSERT_TRUE(part.append("poster"));
  EXPECT_EQ(part.commit().error().kind, ErrorKind::bad_format);
  EXPECT_EQ(error_of_reading(id_of("poster")), ErrorKind::not_found);
}

TEST_F(Blobs, WhosePartIsLongerThanAnnouncedBeginAnew) {
  const BlobId id = id_of("poster");
  folder_.write("store/parts/" + to_hex(id.sha256) + ".part", "posters");
  EXPECT_EQ(store_.continue_blob(id).value().length(), 0U);
  EXPECT_EQ(fs::file_size(folder_ / "store/parts" / (to_hex(id.sha256) + ".part")), 0U);
}

TEST_F(Blobs, OfMoreThanTheCapAreNotBegun) {
  EXPECT_TRUE(store_.continue_blob({sha256("a"), kBlobBytesMax}));
  EXPECT_EQ(store_.continue_blob({sha256("b"), kBlobBytesMax + 1}).error().kind,
            ErrorKind::too_large);
  EXPECT_THAT(parts(), ElementsAre(to_hex(sha256("a")) + ".part"));
}

TEST_F(Blobs, ThatRottedAreNotGivenOut) {
  const BlobId id = put_blob(store_, "poster");
  overwrite(id, "pOster");
  EXPECT_EQ(error_of_reading(id), ErrorKind::bad_format);
  overwrite(id, "poste");
  EXPECT_EQ(error_of_reading(id), ErrorKind::bad_format);
  EXPECT_FALSE(store_.has_blob(id));
  overwrite(id, "posters");
  EXPECT_EQ(error_of_reading(id), ErrorKind::too_large);
  EXPECT_FALSE(store_.has_blob(id));
}

TEST_F(Blobs, ThatRottedAreFetchedAnewOnceDiscarded) {
  const BlobId id = put_blob(store_, "poster");
  overwrite(id, "pOster");
  ASSERT_TRUE(store_.discard_blob(id.sha256));
  EXPECT_FALSE(store_.has_blob(id));
  EXPECT_TRUE(store_.discard_blob(id.sha256)) << "that it is gone is what was asked for";
  EXPECT_TRUE(store_.discard_blob(sha256("never there")));
  put_blob(store_, "poster");
  EXPECT_EQ(store_.reader().read_blob(id).value(), "poster");
}

TEST_F(Blobs, ReplaceOneThatRottedAndWasNotDiscarded) {
  const BlobId id = put_blob(store_, "poster");
  overwrite(id, "pOster");
  put_blob(store_, "poster");
  EXPECT_EQ(store_.reader().read_blob(id).value(), "poster");
}

TEST_F(Blobs, ThatTheDiskHasNoRoomForLeaveNoPart) {
  const std::string large(10'000, 'x');
  PartialBlob part = store_.continue_blob(id_of(large)).value();
  const SmallDisk small(4096);
  const auto refused = part.append(large);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::disk);
  EXPECT_FALSE(part.is_open());
  EXPECT_THAT(parts(), IsEmpty());
}

TEST_F(Blobs, PartsThatNobodyWantsAreSwept) {
  for (const char* blob : {"a", "bb"}) {
    PartialBlob part = store_.continue_blob(id_of(blob)).value();
    ASSERT_TRUE(part.append(std::string_view(blob).substr(1)));
  }
  folder_.write("store/parts/notes.txt", "not ours");
  ASSERT_TRUE(store_.sweep_parts({sha256("bb")}));
  EXPECT_THAT(parts(), testing::UnorderedElementsAre(to_hex(sha256("bb")) + ".part", "notes.txt"));
  ASSERT_TRUE(store_.sweep_parts({}));
  EXPECT_THAT(parts(), ElementsAre("notes.txt"));
}

TEST_F(Blobs, PartsOfWhatIsThereAreSwept) {
  const BlobId id = put_blob(store_, "poster");
  folder_.write("store/parts/" + to_hex(id.sha256) + ".part", "pos");
  ASSERT_TRUE(store_.sweep_parts({id.sha256}));
  EXPECT_THAT(parts(), IsEmpty());
  EXPECT_TRUE(store_.has_blob(id));
}

}  // namespace
}  // namespace noseon
