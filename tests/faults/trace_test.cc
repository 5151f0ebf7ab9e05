// What strace writes, read as calls on a disk.
#include "tests/faults/trace.h"

#include <gmock/gmock.h>

#include "tests/faults/memory_folder.h"
#include "tests/faults/recording.h"

namespace noseon::faults {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<TracedCall> parsed(std::string_view text) {
  const auto calls = parse_trace(text);
  EXPECT_TRUE(calls) << calls.error().message;
  return calls.value_or(std::vector<TracedCall>());
}

TEST(Trace, IsReadWithItsStringsAndPaths) {
  const auto calls = parsed(
      "12  openat(3<\x5cx2f\x5cx64>, \"\x5cx61\", O_RDWR|O_CREAT, 0644) = "
      "4<\x5cx2f\x5cx64\x5cx2f\x5cx61>\n");
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].name, "openat");
  EXPECT_EQ(calls[0].result, 4);
  EXPECT_EQ(calls[0].result_path, "/d/a");
  ASSERT_EQ(calls[0].arguments.size(), 4U);
  EXPECT_EQ(path_in(calls[0].arguments[0]), "/d");
  EXPECT_EQ(descriptor_in(calls[0].arguments[0]), 3);
  EXPECT_EQ(string_in(calls[0].arguments[1]), "a");
}

TEST(Trace, LeavesOutWhatFailedAndWhatWasNoCall) {
  EXPECT_THAT(parsed("12  rmdir(\"\x5cx61\") = -1 ENOENT (No such file or directory)\n"
                     "12  --- SIGCHLD {si_signo=SIGCHLD} ---\n"
                     "12  fsync(3<\x5cx61>)               = ?\n"
                     "12  +++ killed by SIGKILL +++\n"),
              IsEmpty());
}

TEST(Trace, PutsTheHalvesOfACallTogetherByProcess) {
  const auto calls = parsed(
      "12  fsync(3<\x5cx61> <unfinished ...>\n"
      "13  fsync(4<\x5cx62> <unfinished ...>\n"
      "12  <... fsync resumed>) = 0\n"
      "13  <... fsync resumed>) = 0\n");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(path_in(calls[0].arguments[0]), "a");
  EXPECT_EQ(path_in(calls[1].arguments[0]), "b");
}

TEST(Trace, GivesNoPathToWhatHasNoNameAnyMore) {
  EXPECT_EQ(path_in("3<\x5cx61>(deleted)"), "");
  EXPECT_EQ(path_in("AT_FDCWD<\x5cx61>"), "a");
  EXPECT_FALSE(descriptor_in("AT_FDCWD<\x5cx61>"));
}

TEST(Trace, GivesNoStringThatWasCutShort) {
  EXPECT_FALSE(string_in("\"\x5cx61\"..."));
  EXPECT_FALSE(string_in("NULL"));
}

TEST(Trace, ThatIsNoneIsRefused) {
  EXPECT_FALSE(parse_trace("hello\n"));
  EXPECT_FALSE(parse_trace("12  hello world\n"));
}

std::vector<std::string> words_of(const std::vector<DiskCall>& calls) {
  std::vector<std::string> words;
  for (const DiskCall& call : calls) words.push_back(to_string(call));
  return words;
}

TEST(RecordingOfAProgram, IsWhatItDidToTheFolderAndSaid) {
  const MemoryFolder folder;
  const std::string top = folder.path().string();
  const auto recording =
      record(folder.path(),
             {"/bin/sh", "-c",
              "mkdir " + top + "/d; echo one >" + top + "/d/a; echo two >>" + top + "/d/a; mv " +
                  top + "/d/a " + top + "/b; ln -s b " + top + "/l; sync -d " + top + "/b; sync " +
                  top + "; rm " + top + "/b; echo said"},
             Millis(20'000));
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_THAT(words_of(recording->calls),
              ElementsAre("make folder d", "make file d/a", "write d/a at 0, 4 bytes",
                          "write d/a at 4, 4 bytes", "rename d/a -> b", "make link l -> b",
                          "sync file b", "sync folder", "remove b", "say said\n", "say exit 0\n"));
}

TEST(RecordingOfAProgram, RefusesACallThatTheModelDoesNotHave) {
  const MemoryFolder folder;
  const auto recording = record(
      folder.path(),
      {"/bin/sh", "-c",
       "truncate -s 5 " + (folder / "a").string() + "; mkfifo " + (folder / "pipe").string()},
      Millis(20'000));
  ASSERT_FALSE(recording);
  EXPECT_THAT(recording.error().message, testing::HasSubstr("mknod"));
}

TEST(RecordingOfAProgram, FollowsOnlyTheNamesOfFilesWhoseBytesNobodyReliesOn) {
  const MemoryFolder folder;
  const std::string top = folder.path().string();
  const auto recording = record(folder.path(),
                                {"/bin/sh", "-c",
                                 "echo one >" + top + "/log-shm; truncate -s 5 " + top +
                                     "/log-shm; fallocate -l 100 " + top + "/room.reserve"},
                                Millis(20'000));
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_THAT(words_of(recording->calls),
              ElementsAre("make file log-shm", "make file room.reserve", "say exit 0\n"));
}

TEST(RecordingOfAProgram, ThatFailsIsNone) {
  const MemoryFolder folder;
  EXPECT_FALSE(record(folder.path(), {"/bin/false"}, Millis(20'000)));
}

}  // namespace
}  // namespace noseon::faults
