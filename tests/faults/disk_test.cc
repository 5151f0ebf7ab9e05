// The model of the disk: what may be lost, and what may not.
#include "tests/faults/disk.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"

namespace noseon::faults {
namespace {

using Kind = DiskCall::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Pair;

class ModelOfADisk : public testing::Test {
 protected:
  void make_file(const std::string& path) { apply({Kind::make_file, path, "", 0, ""}); }
  void make_folder(const std::string& path) { apply({Kind::make_folder, path, "", 0, ""}); }
  void write(const std::string& path, std::uint64_t at, const std::string& bytes) {
    apply({Kind::write, path, "", at, bytes});
  }
  void rename(const std::string& path, const std::string& to) {
    apply({Kind::rename, path, to, 0, ""});
  }
  void sync_file(const std::string& path) { apply({Kind::sync_file, path, "", 0, ""}); }
  void sync_folder(const std::string& path) { apply({Kind::sync_folder, path, "", 0, ""}); }
  void sync_all() { apply({Kind::sync_all, "", "", 0, ""}); }
  void apply(const DiskCall& call) { ASSERT_TRUE(disk_.apply(call)) << to_string(call); }
  static Found file(const std::string& bytes) { return {Found::Kind::file, bytes}; }

  FoundDisk synced() { return disk_.after_power_cut(only_synced()); }

  Disk disk_;
};

TEST_F(ModelOfADisk, LosesAFileWhoseFolderIsNotSynced) {
  make_file("a");
  write("a", 0, "x");
  sync_file("a");
  EXPECT_THAT(synced(), IsEmpty());
  sync_folder("");
  EXPECT_THAT(synced(), ElementsAre(Pair("a", file("x"))));
}

TEST_F(ModelOfADisk, LosesTheBytesOfAFileThatIsNotSynced) {
  make_file("a");
  write("a", 0, "x");
  sync_folder("");
  EXPECT_THAT(synced(), ElementsAre(Pair("a", file(""))));
  EXPECT_THAT(disk_.after_power_cut(everything()), ElementsAre(Pair("a", file("x"))));
  EXPECT_THAT(disk_.after_power_cut(all_names_and_zeros()),
              ElementsAre(Pair("a", file(std::string(1, '\0')))));
}

TEST_F(ModelOfADisk, LosesWhatIsInAFolderThatHasNoSyncedName) {
  make_folder("d");
  make_file("d/a");
  sync_folder("d");
  EXPECT_THAT(synced(), IsEmpty());
  sync_folder("");
  EXPECT_THAT(synced(), ElementsAre(Key("d"), Key("d/a")));
}

TEST_F(ModelOfADisk, HasTheOldFileOrTheNewOneUnderANameUntilItIsSynced) {
  make_file("a");
  sync_all();
  make_file("b");
  write("b", 0, "new");
  sync_file("b");
  rename("b", "a");
  EXPECT_THAT(synced(), ElementsAre(Pair("a", file(""))));
  EXPECT_THAT(disk_.after_power_cut(everything()), ElementsAre(Pair("a", file("new"))));
  sync_folder("");
  EXPECT_THAT(synced(), ElementsAre(Pair("a", file("new"))));
}

TEST_F(ModelOfADisk, MayHaveEitherHalfOfARenameBetweenFolders) {
  make_folder("d");
  make_file("a");
  sync_all();
  rename("a", "d/a");
  ASSERT_EQ(disk_.names_open(), 2U);
  EXPECT_THAT(disk_.after_power_cut(one_name(0)), ElementsAre(Key("d")));
  EXPECT_THAT(disk_.after_power_cut(one_name(1)), ElementsAre(Key("a"), Key("d"), Key("d/a")));
  sync_folder("d");
  EXPECT_THAT(synced(), ElementsAre(Key("a"), Key("d"), Key("d/a")));
}

TEST_F(ModelOfADisk, MayStillHaveWhatWasRemoved) {
  make_file("a");
  sync_all();
  apply({Kind::remove, "a", "", 0, ""});
  EXPECT_FALSE(disk_.has("a"));
  EXPECT_THAT(synced(), ElementsAre(Key("a")));
  sync_folder("");
  EXPECT_THAT(synced(), IsEmpty());
}

TEST_F(ModelOfADisk, TearsAFileAtSectorsAlone) {
  make_file("a");
  write("a", 0, std::string(3 * kSectorBytes, 'o'));
  sync_all();
  write("a", 0, std::string(3 * kSectorBytes, 'n'));
  std::mt19937_64 random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const FoundDisk found = disk_.after_power_cut(any(random));
    std::string kinds;
    for (std::size_t at = 0; at < 3; ++at) {
      const std::string sector = found.at("a").bytes.substr(at * kSectorBytes, kSectorBytes);
      ASSERT_EQ(sector, std::string(kSectorBytes, sector[0]));
      kinds += sector[0];
    }
    seen.insert(kinds);
  }
  EXPECT_EQ(seen.size(), 8U) << "each of three sectors is the old or the new one";
}

TEST_F(ModelOfADisk, MayCutAFileToAnyLengthBetweenOldAndNew) {
  make_file("a");
  sync_all();
  write("a", 0, std::string(1000, 'n'));
  std::mt19937_64 random(1);
  std::set<std::size_t> lengths;
  for (int i = 0; i < 200; ++i) {
    lengths.insert(disk_.after_power_cut(any(random)).at("a").bytes.size());
  }
  EXPECT_TRUE(lengths.contains(0));
  EXPECT_TRUE(lengths.contains(kSectorBytes));
  EXPECT_TRUE(lengths.contains(1000));
  EXPECT_GT(lengths.size(), 20U);
}

TEST_F(ModelOfADisk, KeepsWhatIsSyncedOfAFileThatGrowsWithinASector) {
  make_file("a");
  write("a", 0, std::string(kSectorBytes + 80, 'o'));
  sync_all();
  write("a", kSectorBytes + 80, "new");
  std::mt19937_64 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::string bytes = disk_.after_power_cut(any(random)).at("a").bytes;
    ASSERT_EQ(bytes.substr(0, kSectorBytes + 80), std::string(kSectorBytes + 80, 'o'));
  }
}

TEST_F(ModelOfADisk, RefusesWhatCannotHaveBeen) {
  EXPECT_FALSE(disk_.apply({Kind::write, "a", "", 0, "x"}));
  EXPECT_FALSE(disk_.apply({Kind::make_file, "no/folder", "", 0, ""}));
  EXPECT_FALSE(disk_.apply({Kind::remove, "a", "", 0, ""}));
  make_file("a");
  EXPECT_FALSE(disk_.apply({Kind::make_file, "a", "", 0, ""}));
  EXPECT_FALSE(disk_.apply({Kind::make_file, "a/b", "", 0, ""}));
}

TEST_F(ModelOfADisk, IsLoadedAndPutBackAsItWas) {
  const TemporaryFolder from;
  const TemporaryFolder to;
  from.write("d/e/file", std::string("a\0b", 3));
  std::filesystem::create_symlink("d/e", from / "link");
  std::filesystem::create_directory(from / "empty");
  const FoundDisk found = Disk::load(from.path()).value().after_power_cut(only_synced());
  EXPECT_THAT(found, ElementsAre(Key("d"), Key("d/e"), Pair("d/e/file", file({"a\0b", 3})),
                                 Key("empty"), Pair("link", Found{Found::Kind::link, "d/e"})));
  ASSERT_TRUE(materialise(found, to.path()));
  EXPECT_EQ(Disk::load(to.path()).value().after_power_cut(only_synced()), found);
}

}  // namespace
}  // namespace noseon::faults
