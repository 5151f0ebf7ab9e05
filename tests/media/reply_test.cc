// The child's side of the memfd: whatever way bytes come into it, they are there in order.
#include "media/cage/reply.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/handle.h"
#include "media/decode_answer.h"

namespace noseon {
namespace {

class ReplyTest : public ::testing::Test {
 protected:
  // What is in the file, behind the header.
  [[nodiscard]] std::string sent() const {
    struct stat info {};
    EXPECT_EQ(::fstat(file_.get(), &info), 0);
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    EXPECT_EQ(::pread(file_.get(), bytes.data(), bytes.size(), 0), info.st_size);
    return bytes.substr(sizeof(AnswerHeader));
  }
  // Byte n of what is sent, none like its neighbours or those a page away.
  static std::byte byte_at(std::size_t n) { return static_cast<std::byte>(n * 31 + n / 251); }
  static std::string bytes_to(std::size_t count) {
    std::string bytes;
    for (std::size_t n = 0; n < count; ++n) bytes += static_cast<char>(byte_at(n));
    return bytes;
  }

  Fd file_{::memfd_create("reply", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  Reply reply_{file_.get(), kAnswerMagic};
};

// Rows below, at and above what is sent at once, and such as leave a rest of one byte.
TEST_F(ReplyTest, RowsMadeInPlaceComeOutAsTheyWereMade) {
  for (const std::size_t length :
       {1U, 4U, 6480U, 32768U, 65023U, 65024U, 65025U, 65536U, 200001U}) {
    file_ = Fd(::memfd_create("reply", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    Reply reply(file_.get(), kAnswerMagic);
    ASSERT_TRUE(reply.begin({1, 1}));
    std::size_t made = 0;
    while (made < 300000 && made < length * 2000) {
      const auto row = reply.room(length);
      ASSERT_EQ(row.size(), length);
      for (std::byte& byte : row) byte = byte_at(made++);
      ASSERT_TRUE(reply.wrote(length));
    }
    ASSERT_TRUE(reply.seal());
    ASSERT_EQ(sent(), bytes_to(made)) << length;
  }
}

TEST_F(ReplyTest, RowsMadeInPlaceAndWrittenOnesKeepTheirOrder) {
  ASSERT_TRUE(reply_.begin({1, 1}));
  std::size_t made = 0;
  for (std::size_t turn = 1; made < 500000; ++turn) {
    const std::size_t length = turn * 7919 % 70000 + 1;
    const auto row = reply_.room(length);
    std::vector<std::byte> bytes(length);
    for (std::byte& byte : bytes) byte = byte_at(made++);
    if (turn % 2 == 0) {
      ASSERT_TRUE(reply_.write(bytes));
    } else {
      std::copy(bytes.begin(), bytes.end(), row.begin());
      ASSERT_TRUE(reply_.wrote(length));
    }
  }
  ASSERT_TRUE(reply_.seal());
  EXPECT_EQ(sent(), bytes_to(made));
}

TEST_F(ReplyTest, ARefusalTakesBackWhatWasSentAndWhatWasNotSentYet) {
  ASSERT_TRUE(reply_.begin({1, 1}));
  for (int row = 0; row < 30; ++row) {
    static_cast<void>(reply_.room(6480));
    ASSERT_TRUE(reply_.wrote(6480));
  }
  ASSERT_TRUE(reply_.refuse({ErrorKind::bad_format, "it ends too early"}));
  EXPECT_EQ(sent(), "");
  AnswerHeader header;
  ASSERT_EQ(::pread(file_.get(), &header, sizeof header, 0), sizeof header);
  EXPECT_EQ(header.status, AnswerStatus::bad_format);
  EXPECT_STREQ(header.message.data(), "it ends too early");
  EXPECT_EQ(::fcntl(file_.get(), F_GET_SEALS) & F_SEAL_WRITE, F_SEAL_WRITE);
}

}  // namespace
}  // namespace noseon
