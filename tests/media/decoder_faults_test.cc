// A decoder that breaks, lies or has been taken over harms one picture and nothing else.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/unicode.h"
#include "media/decoder.h"
#include "media/sniff.h"
#include "tests/media/own_process.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using testing::has_children;
using ::testing::HasSubstr;
using testing::open_descriptors;
namespace fs = std::filesystem;

class DecoderFaults : public ::testing::Test {
 protected:
  // A decoder that misbehaves in the way its name says.
  fs::path program(const std::string& behaviour) {
    const fs::path link = folder_.path() / behaviour;
    if (!fs::exists(link))
      fs::create_symlink(fs::path(NOSEON_BIN_DIR) / "misbehaving_decoder", link);
    return link;
  }

  Result<PicturePtr> decode_by(const fs::path& program, std::chrono::milliseconds deadline = 20s) {
    return Decoder(program, deadline).decode({picture_, {10, 10}, Fit::fit, {}});
  }

  Error error_by(const std::string& behaviour, std::chrono::milliseconds deadline = 20s) {
    const auto picture = decode_by(program(behaviour), deadline);
    EXPECT_FALSE(picture) << behaviour;
    return picture ? Error{ErrorKind::not_found, "a picture"} : picture.error();
  }

  void SetUp() override { descriptors_ = open_descriptors(); }
  void TearDown() override {
    EXPECT_EQ(open_descriptors(), descriptors_) << "a descriptor leaked";
    EXPECT_FALSE(has_children()) << "a process was left";
  }

  TemporaryFolder folder_;
  fs::path picture_ = folder_.write("picture.png", "whatever");
  std::size_t descriptors_ = 0;
};

TEST_F(DecoderFaults, TheHarnessItselfGivesAPictureWhereNothingIsWrong) {
  const auto picture = decode_by(program("well"));
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ((*picture)->size(), (Size{4, 2}));
  EXPECT_EQ((*picture)->pixels().size(), 8U);
  EXPECT_EQ((*picture)->pixels()[7], 0xFF336699U);
}

TEST_F(DecoderFaults, AFilePastTheCapIsNotHandedOverAtAll) {
  fs::resize_file(picture_, kPictureBytesMax);
  EXPECT_TRUE(decode_by(program("well")));
  fs::resize_file(picture_, kPictureBytesMax + 1);
  EXPECT_EQ(error_by("well").kind, ErrorKind::too_large);
}

TEST_F(DecoderFaults, ADeathBySignalIsNamed) {
  EXPECT_EQ(error_by("aborts").kind, ErrorKind::crashed);
  EXPECT_THAT(error_by("aborts").message, HasSubstr("SIGABRT"));
  EXPECT_THAT(error_by("segfaults").message, HasSubstr("SIGSEGV"));
  EXPECT_THAT(error_by("kills-itself").message, HasSubstr("SIGKILL"));
  EXPECT_EQ(error_by("exits-7").kind, ErrorKind::crashed);
  EXPECT_THAT(error_by("exits-7").message, HasSubstr("status 7"));
}

TEST_F(DecoderFaults, ADecoderThatHangsIsKilledAtTheDeadline) {
  for (const char* const behaviour : {"sleeps", "ignores-signals", "closes-fds"}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(error_by(behaviour, 300ms).kind, ErrorKind::out_of_time) << behaviour;
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_GE(took, 300ms) << "not before";
    EXPECT_LT(took, 3s) << "and not long after, on a busy machine too";
  }
}

TEST_F(DecoderFaults, RunningOutOfCpuTimeIsRunningOutOfTime) {
  EXPECT_EQ(error_by("burns-cpu", 60s).kind, ErrorKind::out_of_time);
}

TEST_F(DecoderFaults, NoLieIsBelieved) {
  for (const char* const behaviour :
       {"says-nothing", "half-a-header", "wrong-magic", "wrong-version", "wrong-status",
        "forgets-seals", "forgets-one-seal", "keeps-mapping", "one-pixel-short", "one-pixel-more",
        "wider-than-asked", "higher-than-asked", "no-width", "no-height", "overflowing-size",
        "pixels-with-error"}) {
    const Error error = error_by(behaviour);
    EXPECT_EQ(error.kind, ErrorKind::crashed) << behaviour << ": " << error.message;
    EXPECT_THAT(error.message, HasSubstr("wrong answer")) << behaviour;
  }
}

TEST_F(DecoderFaults, ItsWordsAreCleanedBeforeAnybodyReadsThem) {
  const Error dirty = error_by("bad-utf8");
  EXPECT_EQ(dirty.kind, ErrorKind::bad_format);
  EXPECT_FALSE(first_bad_utf8(dirty.message));
  EXPECT_THAT(dirty.message, HasSubstr("line one \xEF\xBF\xBD [31m 2J"));
  for (const char* silent : {"refuses-in-silence", "refuses-with-blanks"}) {
    EXPECT_EQ(error_by(silent).kind, ErrorKind::bad_format) << silent;
    EXPECT_THAT(error_by(silent).message, HasSubstr("it does not say why")) << silent;
  }
  const Error endless = error_by("endless-message");
  EXPECT_EQ(endless.kind, ErrorKind::too_large);
  EXPECT_LT(endless.message.size(), picture_.string().size() + 500);
  EXPECT_EQ(error_by("disk-error").kind, ErrorKind::disk);
}

TEST_F(DecoderFaults, ItCannotBlockOnItsOwnOutput) {
  EXPECT_TRUE(decode_by(program("fills-stderr")));
}

TEST_F(DecoderFaults, WhatItForkedDiesWithIt) {
  const fs::path forking = program("forks");
  EXPECT_TRUE(decode_by(forking));
  pid_t grandchild = 0;
  std::ifstream(forking.string() + ".pid") >> grandchild;
  ASSERT_GT(grandchild, 0);
  // Whoever inherits it reaps it; a zombie counts as dead.
  const auto is_alive = [grandchild] {
    std::ifstream stat("/proc/" + std::to_string(grandchild) + "/stat");
    std::string line;
    std::getline(stat, line);
    return !line.empty() && line.find(") Z") == std::string::npos;
  };
  for (int i = 0; i < 500 && is_alive(); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_FALSE(is_alive());
}

TEST_F(DecoderFaults, ItIsGivenNothingButThePictureAndTheAnswer) {
  // Some that are not close-on-exec, a variable, and a blocked signal: none may reach it.
  const int leaked[] = {::open("/dev/null", O_RDONLY), ::dup(STDERR_FILENO), ::dup(STDERR_FILENO)};
  ::setenv("NOSEON_SECRET", "1", 1);
  sigset_t some, before;
  ::sigemptyset(&some);
  ::sigaddset(&some, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &some, &before);
  const fs::path reporting = program("reports");
  EXPECT_TRUE(decode_by(reporting));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::unsetenv("NOSEON_SECRET");
  for (const int fd : leaked) ::close(fd);

  std::ifstream file(reporting.string() + ".given");
  std::stringstream given;
  given << file.rdbuf();
  EXPECT_EQ(given.str(), "fd 0\nfd 1\nfd 2\nfd 3\nfd 4\npicture read-only\n");
}

TEST_F(DecoderFaults, AProgramThatCannotStartIsUnavailable) {
  const auto kind_of = [this](const fs::path& program) {
    const auto picture = decode_by(program);
    EXPECT_FALSE(picture);
    if (picture) return ErrorKind::not_found;
    EXPECT_THAT(picture.error().message, HasSubstr("cannot be started"));
    return picture.error().kind;
  };
  EXPECT_EQ(kind_of(folder_.path() / "missing"), ErrorKind::unavailable);
  EXPECT_EQ(kind_of(folder_.path()), ErrorKind::unavailable) << "a folder";
  EXPECT_EQ(kind_of(picture_), ErrorKind::unavailable) << "not executable";
  EXPECT_EQ(kind_of(program("exits-127")), ErrorKind::unavailable) << "no library, says ld.so";
  const auto missing = decode_by(folder_.path() / "missing");
  EXPECT_THAT(missing.error().message, HasSubstr("NOSEON_DECODE"));
}

TEST_F(DecoderFaults, WithoutAFreeDescriptorItSaysSoAtEveryStep) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  std::vector<int> taken;
  rlimit few = before;
  few.rlim_cur = 64;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int fd = ::dup(2); fd >= 0; fd = ::dup(2)) taken.push_back(fd);
  int failures = 0;
  bool has_worked = false;
  while (!taken.empty() && !has_worked) {
    has_worked = decode_by(program("well")).has_value();
    failures += has_worked ? 0 : 1;
    ::close(taken.back());
    taken.pop_back();
    EXPECT_FALSE(has_children());
  }
  for (const int fd : taken) ::close(fd);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_TRUE(has_worked);
  EXPECT_GE(failures, 4) << "file, memfd, two lifted ones, pidfd";
}

TEST_F(DecoderFaults, ManyAtOnceEachGetTheirOwnEnd) {
  const std::vector<std::pair<fs::path, ErrorKind>> cases = {
      {program("sleeps"), ErrorKind::out_of_time},
      {program("aborts"), ErrorKind::crashed},
      {program("forgets-seals"), ErrorKind::crashed},
      {folder_.path() / "missing", ErrorKind::unavailable},
  };
  std::vector<std::jthread> threads;
  for (const auto& [path, kind] : cases) {
    threads.emplace_back([&, this] {
      for (int round = 0; round < 5; ++round) {
        const auto picture = decode_by(path, 500ms);
        ASSERT_FALSE(picture);
        EXPECT_EQ(picture.error().kind, kind) << picture.error().message;
      }
    });
  }
}

}  // namespace
}  // namespace noseon
