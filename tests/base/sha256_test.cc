// Known answers of FIPS 180-4 (NIST's example values).
#include "base/sha256.h"

#include <gtest/gtest.h>

#include <vector>

namespace noseon {
namespace {

struct Known {
  std::string message;
  const char* hash;
};

TEST(Sha256, GivesTheKnownAnswers) {
  for (const Known& known : std::vector<Known>{
           {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
           {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
           {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
           {std::string(1'000'000, 'a'),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
       }) {
    EXPECT_EQ(to_hex(sha256(known.message)), known.hash);
  }
}

TEST(Sha256, SeesEveryByteOfWhatHoldsNul) {
  EXPECT_NE(sha256(std::string_view("a\0b", 3)), sha256(std::string_view("a\0c", 3)));
}

TEST(Sha256, OfPiecesIsThatOfTheWholeWhereverItIsCut) {
  const std::string text(200, 'x');
  for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 200U}) {
    Sha256Stream stream;
    stream.add(std::string_view(text).substr(0, cut));
    stream.add(std::string_view(text).substr(cut));
    EXPECT_EQ(stream.finish(), sha256(text)) << "cut at " << cut;
  }
  EXPECT_EQ(Sha256Stream().finish(), sha256(""));
}

TEST(Sha256, HexKeepsLeadingZeros) {
  Sha256 hash{};
  hash[31] = 0xA;
  EXPECT_EQ(to_hex(hash), std::string(63, '0') + "a");
}

TEST(Sha256, IsReadFromWhatToHexWrote) {
  const Sha256 hash = sha256("abc");
  EXPECT_EQ(sha256_from_hex(to_hex(hash)), hash);
}

TEST(Sha256, IsReadFrom64DigitsInLowerCaseAlone) {
  const std::string zeros(63, '0');
  EXPECT_TRUE(sha256_from_hex(zeros + "0"));
  EXPECT_FALSE(sha256_from_hex(zeros));
  EXPECT_FALSE(sha256_from_hex(zeros + "00"));
  EXPECT_FALSE(sha256_from_hex(zeros + "A"));
  EXPECT_FALSE(sha256_from_hex(zeros + "g"));
}

}  // namespace
}  // namespace noseon
