#include "base/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Files : public testing::Test {
 protected:
  fs::path put(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  std::vector<std::string> names() { return list_folder(folder_.path()).value(); }

  TemporaryFolder folder_;
};

// Runs something as a user whom permissions bind; root passes all of them.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_) is_bound_ = ::seteuid(65534) == 0;
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }
  [[nodiscard]] bool is_bound() const { return is_bound_; }

 private:
  bool was_root_;
  bool is_bound_ = true;
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

// ---- Reading ---------------------------------------------------------------------------------

TEST_F(Files, AreReadWholeAtExactlyTheCapAndRefusedAtOneMore) {
  const fs::path file = put("f", std::string(1000, 'x'));
  EXPECT_EQ(read_file(file, 1000).value().size(), 1000U);
  const auto refused = read_file(file, 999);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::too_large);
  EXPECT_THAT(refused.error().message, HasSubstr("999 bytes"));
}

TEST_F(Files, AreReadWholeAcrossManyChunks) {
  std::string bytes;
  for (int i = 0; bytes.size() < 300'000; ++i) bytes += std::to_string(i);
  EXPECT_EQ(read_file(put("f", bytes), bytes.size()).value(), bytes);
  EXPECT_EQ(read_file(put("f", bytes), UINT64_MAX).value(), bytes);
}

TEST_F(Files, ThatAreEmptyAreReadUnderACapOfNothing) {
  EXPECT_EQ(read_file(put("f", ""), 0).value(), "");
  EXPECT_EQ(read_file(put("g", "x"), 0).error().kind, ErrorKind::too_large);
}

TEST_F(Files, GiveTheirStart) {
  const fs::path file = put("f", "abcdef");
  EXPECT_EQ(read_start(file, 3).value(), "abc");
  EXPECT_EQ(read_start(file, 6).value(), "abcdef");
  EXPECT_EQ(read_start(file, 7).value(), "abcdef");
  EXPECT_EQ(read_start(file, 0).value(), "");
}

TEST_F(Files, ThatAreMissingAreNotFound) {
  for (const fs::path& path : {folder_ / "none", folder_ / "no/such/folder"}) {
    const auto missing = read_file(path, 10);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
    EXPECT_THAT(missing.error().message, HasSubstr(path.string()));
  }
  EXPECT_EQ(read_file(put("f", "x") / "below", 10).error().kind, ErrorKind::not_found);
}

TEST_F(Files, ThatThisUserMayNotReadAreDenied) {
  const fs::path file = put("f", "secret");
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod(file.c_str(), 0), 0);
  const AsNobody nobody;
  if (!nobody.is_bound()) GTEST_SKIP() << "root here cannot become a user whom permissions bind";
  const auto denied = read_file(file, 10);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().kind, ErrorKind::denied);
}

TEST_F(Files, APipeThatNobodyWritesToIsRefusedAtOnce) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0644), 0);
  const auto before = std::chrono::steady_clock::now();
  const auto pipe = open_file(folder_ / "pipe");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{5});
  ASSERT_FALSE(pipe);
  EXPECT_EQ(pipe.error().kind, ErrorKind::bad_format);
}

TEST_F(Files, AFolderOrDeviceIsNoFile) {
  for (const char* path : {".", "/dev/null", "/dev/zero"}) {
    const auto refused = read_start(path, 10);
    ASSERT_FALSE(refused) << path;
    EXPECT_EQ(refused.error().kind, ErrorKind::bad_format) << path;
  }
}

TEST_F(Files, AreListedSortedWithoutDots) {
  put("b", "");
  put("B", "");
  put(".hidden", "");
  fs::create_directory(folder_ / "a");
  EXPECT_THAT(names(), ElementsAre(".hidden", "B", "a", "b"));
  EXPECT_EQ(list_folder(folder_ / "none").error().kind, ErrorKind::not_found);
}

// ---- Writing ---------------------------------------------------------------------------------

TEST_F(Files, AreWrittenWholeAndReadableByAll) {
  const mode_t before = ::umask(077);
  ASSERT_TRUE(write_file(folder_ / "f", std::string("a\0b", 3)));
  ::umask(before);
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), std::string("a\0b", 3));
  EXPECT_EQ(fs::status(folder_ / "f").permissions(), fs::perms{0644});
  EXPECT_THAT(names(), ElementsAre("f"));
}

TEST_F(Files, AreReplacedAndOldReadersKeepTheOldOne) {
  put("f", "old");
  const Fd reader = open_file(folder_ / "f").value();
  ASSERT_TRUE(write_file(folder_ / "f", "new"));
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), "new");
  std::string seen(3, ' ');
  ASSERT_EQ(::read(reader.get(), seen.data(), 3), 3);
  EXPECT_EQ(seen, "old");
}

TEST_F(Files, WrittenIntoAFolderThatIsNotThereSaysSo) {
  const Status written = write_file(folder_ / "none" / "f", "");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::not_found);
  EXPECT_THAT(written.error().message, ::testing::HasSubstr("its folder does not exist"));
}

TEST_F(Files, WrittenToAPipeGoThroughItAndItStaysOne) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(write_file(pipe, "nobody reads")) << "and it does not wait for a reader";
  const Fd reader(::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  ASSERT_TRUE(write_file(pipe, "{}\n"));
  char bytes[8] = {};
  EXPECT_EQ(::read(reader.get(), bytes, sizeof bytes), 3);
  EXPECT_STREQ(bytes, "{}\n");
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_THAT(names(), ElementsAre("pipe"));
}

TEST_F(Files, WrittenInPiecesAppearOnlyAtCommit) {
  put("f", "old");
  AtomicFile file = AtomicFile::create(folder_ / "f").value();
  ASSERT_TRUE(file.append("new "));
  ASSERT_TRUE(file.append(""));
  ASSERT_TRUE(file.append("text"));
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), "old");
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), "new text");
  EXPECT_THAT(names(), ElementsAre("f"));
}

TEST_F(Files, GivenUpLeaveTheOldOneAndNothingElse) {
  put("f", "old");
  {
    AtomicFile file = AtomicFile::create(folder_ / "f").value();
    ASSERT_TRUE(file.append("half"));
    const AtomicFile moved = std::move(file);
    EXPECT_EQ(names().size(), 2U);
  }
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), "old");
  EXPECT_THAT(names(), ElementsAre("f"));
}

TEST_F(Files, OnAFullDiskFailAndLeaveNothing) {
  put("f", "old");
  Status written;
  {
    const SmallDisk disk(100);
    written = write_file(folder_ / "f", std::string(101, 'x'));
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::disk);
  EXPECT_EQ(read_file(folder_ / "f", 10).value(), "old");
  EXPECT_THAT(names(), ElementsAre("f"));
}

TEST_F(Files, ThatFillTheDiskExactlyAreWritten) {
  Status written;
  {
    const SmallDisk disk(100);
    written = write_file(folder_ / "f", std::string(100, 'x'));
  }
  EXPECT_TRUE(written);
}

TEST_F(Files, WhoseCommitFailsLeaveNothing) {
  fs::create_directories(folder_ / "f" / "inside");  // a folder is in the way
  const Status written = write_file(folder_ / "f", "new");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::disk);
  EXPECT_THAT(names(), ElementsAre("f"));
  EXPECT_TRUE(fs::is_directory(folder_ / "f"));
}

TEST_F(Files, IntoAFolderThatIsMissingAreNotFound) {
  EXPECT_EQ(write_file(folder_ / "none/f", "x").error().kind, ErrorKind::not_found);
}

TEST_F(Files, IntoAFolderOfOthersAreDenied) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const AsNobody nobody;
  if (!nobody.is_bound()) GTEST_SKIP() << "root here cannot become a user whom permissions bind";
  EXPECT_EQ(write_file(folder_ / "f", "x").error().kind, ErrorKind::denied);
}

TEST_F(Files, GetFoldersThatAreNotThereAndKeepThoseThatAre) {
  put("file", "");
  ASSERT_TRUE(make_folders(folder_ / "a/b/c"));
  ASSERT_TRUE(write_file(folder_ / "a/b/c/kept", "kept"));
  EXPECT_TRUE(make_folders(folder_ / "a/b/c"));
  EXPECT_TRUE(make_folders(folder_ / "a/d/"));
  EXPECT_THAT(list_folder(folder_ / "a").value(), ElementsAre("b", "d"));
  EXPECT_THAT(list_folder(folder_ / "a/b/c").value(), ElementsAre("kept"));
  EXPECT_FALSE(make_folders(folder_ / "file"));
  EXPECT_FALSE(make_folders(folder_ / "file/a"));
}

TEST_F(Files, ThatAPowerCutLeftUnfinishedAreSweptAway) {
  put("kept.part", "");
  {
    AtomicFile file = AtomicFile::create(folder_ / "kept").value();
    ASSERT_TRUE(file.append("new"));
    // As it lies on the disk while it is written.
    std::filesystem::copy_file(folder_ / names().back(), folder_ / "kept.part-123456");
  }
  sweep_parts(folder_.path());
  EXPECT_THAT(names(), ElementsAre("kept.part"));
  sweep_parts(folder_ / "missing");
}

TEST_F(Files, MayBeNamedWithoutAFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_.path());
  EXPECT_TRUE(write_file("f", "x"));
  fs::current_path(before);
  EXPECT_THAT(names(), ElementsAre("f"));
}

TEST(AvailableBytes, AreThoseThatTheDiskLeavesToEveryone) {
  const TemporaryFolder folder;
  struct statvfs facts {};
  ASSERT_EQ(::statvfs(folder.path().c_str(), &facts), 0);
  const auto available = available_bytes(folder.path());
  ASSERT_TRUE(available);
  // Others write to this disk meanwhile.
  EXPECT_NEAR(static_cast<double>(*available),
              static_cast<double>(facts.f_bavail) * static_cast<double>(facts.f_frsize), 1 << 30);
  EXPECT_EQ(available_bytes("/proc"), 0U);
  EXPECT_FALSE(available_bytes(folder / "missing"));
}

TEST(HashFile, IsOfAllOfItWhereverItStandsAndHoweverManyPieces) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 200'000U}) {
    const std::string bytes(size, 'x');
    ASSERT_TRUE(write_file(folder / "f", bytes));
    const auto file = open_file(folder / "f");
    ASSERT_TRUE(file);
    ASSERT_EQ(::lseek(file->get(), 0, SEEK_END), static_cast<off_t>(size));
    EXPECT_EQ(hash_file(*file, folder / "f").value(), sha256(bytes)) << size;
  }
}

}  // namespace
}  // namespace noseon
