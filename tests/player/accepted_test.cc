// What a display accepted: kept, read back, and told apart.
#include "player/accepted.h"

#include <gtest/gtest.h>

#include "player/remote_screen.h"

namespace noseon {
namespace {

AcceptedVersions versions(std::int64_t root, std::int64_t timestamp, std::int64_t snapshot) {
  return {root, timestamp, snapshot, {{"targets", 1}, {"seoul", snapshot}}};
}

TEST(Accepted, IsReadBackAsItWasWritten) {
  AcceptedHistory history;
  EXPECT_EQ(read_history(write_history(history)).value(), history);
  history.accept(versions(1, 7, 5));
  history.accept(versions(2, 8, 6));
  EXPECT_EQ(read_history(write_history(history)).value(), history);
}

TEST(Accepted, EachReleaseMovesTheOneBeforeBack) {
  AcceptedHistory history;
  history.accept(versions(1, 1, 1));
  EXPECT_EQ(history.before, versions(1, 1, 1)) << "the first is its own forerunner";
  history.accept(versions(1, 2, 2));
  history.accept(versions(1, 2, 2));
  EXPECT_EQ(history.last, versions(1, 2, 2));
  EXPECT_EQ(history.before, versions(1, 1, 1)) << "the same again changes nothing";
  history.accept(versions(1, 3, 3));
  EXPECT_EQ(history.before, versions(1, 2, 2));
}

TEST(Accepted, LaterIsByRootThenTimestampThenSnapshot) {
  EXPECT_TRUE(is_later(versions(1, 2, 1), versions(1, 1, 1)));
  EXPECT_FALSE(is_later(versions(1, 1, 1), versions(1, 1, 1)));
  EXPECT_FALSE(is_later(versions(1, 1, 1), versions(1, 2, 1)));
  EXPECT_TRUE(is_later(versions(2, 1, 1), versions(1, 1000, 1000)))
      << "new keys, after somebody signed versions without end with the old ones";
}

TEST(Accepted, WhatIsNoHistoryIsRefused) {
  const std::string good = write_history({versions(1, 2, 3), versions(1, 1, 1)});
  for (std::size_t end = 0; end + 2 < good.size(); ++end)
    EXPECT_FALSE(read_history(good.substr(0, end))) << end;
  for (
      const std::string bad :
      {"[]", "null", R"({"format":"noseon.accepted/2","last":{},"before":{}})",
       R"({"format":"noseon.accepted/1","last":{"root":-1,"timestamp":1,"snapshot":1,"roles":{}},)"
       R"("before":{"root":1,"timestamp":1,"snapshot":1,"roles":{}}})",
       R"({"format":"noseon.accepted/1","last":{"root":1.5,"timestamp":1,"snapshot":1,"roles":{}},)"
       R"("before":{"root":1,"timestamp":1,"snapshot":1,"roles":{}}})",
       R"({"format":"noseon.accepted/1","last":{"root":18446744073709551615,"timestamp":1,)"
       R"("snapshot":1,"roles":{}},"before":{"root":1,"timestamp":1,"snapshot":1,"roles":{}}})"})
    EXPECT_FALSE(read_history(bad)) << bad;
  EXPECT_EQ(read_history(std::string(kHistoryBytesMax + 1, ' ')).error().kind,
            ErrorKind::too_large);
}

TEST(RemoteScreen, IsOneWithAHost) {
  for (const char* const here :
       {"", ":0", ":0.1", "unix:0", "unix/here:0", "local/here:1", "/tmp/socket:0", "nonsense"})
    EXPECT_FALSE(is_over_network(here)) << here;
  for (const char* const there :
       {"there:0", "localhost:10.0", "127.0.0.1:0", "tcp/there:0", "[::1]:0", "::1:0"})
    EXPECT_TRUE(is_over_network(there)) << there;
}

}  // namespace
}  // namespace noseon
