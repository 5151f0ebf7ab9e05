// Opening: what is missing is made, one process writes, what was cut off is taken away.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "tests/fleet/store/filled_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class OpenedStore : public testing::Test {
 protected:
  fs::path root() { return folder_ / "var/store"; }

  TemporaryFolder folder_;
};

TEST_F(OpenedStore, MakesWhatIsMissingWithTheFoldersAboveIt) {
  ASSERT_TRUE(Store::open(root()));
  EXPECT_THAT(list_folder(root()).value(), ElementsAre("blobs", "generations", "parts"));
  ASSERT_TRUE(Store::open(root())) << "and takes what is there as it is";
}

TEST_F(OpenedStore, MayBeNamedWithASlashAtItsEnd) {
  Store store = Store::open(root() / "").value();
  put_blob(store, "poster");
  EXPECT_TRUE(fs::is_directory(root() / "blobs"));
}

TEST_F(OpenedStore, MayBeALinkToWhereItIs) {
  fs::create_directories(folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", folder_ / "store");
  ASSERT_TRUE(Store::open(folder_ / "store"));
  EXPECT_TRUE(fs::is_directory(folder_ / "elsewhere/blobs"));
}

// A power cut may leave the name in both folders; a part on its way stays.
TEST_F(OpenedStore, HasNoPartOfABlobThatIsThere) {
  const fs::path parts = root() / "parts";
  const std::string on_its_way = to_hex(sha256("on its way")) + ".part";
  {
    Store store = Store::open(root()).value();
    put_blob(store, "poster");
  }
  for (const std::string& name : {to_hex(sha256("poster")) + ".part", on_its_way})
    ASSERT_TRUE(write_file(parts / name, "pos"));
  const Store store = Store::open(root()).value();
  EXPECT_THAT(list_folder(parts).value(), ElementsAre(on_its_way));
}

TEST_F(OpenedStore, HasOneWriterUntilThatIsGone) {
  {
    const Store store = Store::open(root()).value();
    EXPECT_EQ(Store::open(root()).error().kind, ErrorKind::unavailable);
  }
  EXPECT_TRUE(Store::open(root()));
}

TEST_F(OpenedStore, HasOneWriterAmongProcesses) {
  const Store store = Store::open(root()).value();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto second = Store::open(root());
    ::_exit(!second && second.error().kind == ErrorKind::unavailable ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(OpenedStore, LosesItsWriterWithTheStoreThatWasMovedAway) {
  Store store = Store::open(root()).value();
  const Store moved = std::move(store);
  EXPECT_EQ(Store::open(root()).error().kind, ErrorKind::unavailable);
}

TEST_F(OpenedStore, KeepsAllThatWasThere) {
  BlobId id;
  {
    Store store = Store::open(root()).value();
    id = put_blob(store, "poster");
    put_generation(store, {{"f", "1"}});
    PartialBlob part = store.continue_blob({sha256("half"), 4}).value();
    ASSERT_TRUE(part.append("ha"));
  }
  Store store = Store::open(root()).value();
  EXPECT_TRUE(store.has_blob(id));
  EXPECT_EQ(store.reader().read(Which::current).value().files.at("f"), "1");
  EXPECT_EQ(store.continue_blob({sha256("half"), 4}).value().length(), 2U);
}

TEST_F(OpenedStore, TakesAwayAGenerationThatHadNoNumberYet) {
  folder_.write("var/store/generations/.new-000007/timestamp.json", "half");
  folder_.write("var/store/generations/notes.txt", "not ours");
  Store store = Store::open(root()).value();
  EXPECT_THAT(list_folder(root() / "generations").value(), ElementsAre("notes.txt"));
  EXPECT_EQ(store.add_generation({}).value(), 1U);
}

TEST_F(OpenedStore, TakesAwayALinkThatWasNotSwapped) {
  ASSERT_TRUE(Store::open(root()));
  for (const char* link : {".current.new", ".previous.new"}) {
    fs::create_symlink("generations/000009", root() / link);
  }
  Store store = Store::open(root()).value();
  EXPECT_THAT(list_folder(root()).value(), ElementsAre("blobs", "generations", "parts"));
}

TEST_F(OpenedStore, SwapsALinkWhateverWasLeftOfAnAttempt) {
  Store store = Store::open(root()).value();
  fs::create_symlink("generations/000009", root() / ".current.new");
  put_generation(store, {{"f", "1"}});
  EXPECT_EQ(store.reader().number_of(Which::current).value(), 1U);
  EXPECT_FALSE(fs::is_symlink(root() / ".current.new"));
}

TEST_F(OpenedStore, SaysWhatIsInItsWay) {
  folder_.write("var/store/blobs", "a file");
  const auto refused = Store::open(root());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::bad_format);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("blobs"));
  folder_.write("file", "");
  EXPECT_FALSE(Store::open(folder_ / "file"));
  EXPECT_FALSE(Store::open(folder_ / "file/store"));
}

}  // namespace
}  // namespace noseon
