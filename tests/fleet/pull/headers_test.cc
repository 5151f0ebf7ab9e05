#include "fleet/pull/headers.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

TEST(Headers, AContentRangeSaysWhereTheBodyBeginsAndEnds) {
  EXPECT_EQ(parse_content_range("bytes 200-999/1000"), (ContentRange{200, 999, 1000}));
  EXPECT_EQ(parse_content_range("bytes 0-0/*"), (ContentRange{0, 0, std::nullopt}));
}

TEST(Headers, AContentRangeThatCannotBeIsNone) {
  for (const char* const text :
       {"", "bytes", "bytes */1000", "bytes 5-4/10", "bytes 5-10/10", "bytes 5-/10", "bytes -5/10",
        "lines 1-2/3", "bytes 1-2", "bytes 1-2/3x", "bytes +1-2/3", "bytes 1 -2/3",
        "bytes 99999999999999999999-1/2", "bytes 1/2-3"}) {
    EXPECT_FALSE(parse_content_range(text)) << text;
  }
}

TEST(Headers, NamesAreReadInAnyCaseAndValuesWithoutBlanks) {
  Headers headers;
  headers.add("HTTP/1.1 200 OK\r\n");
  headers.add("eTaG:\t \"abc\" \r\n");
  headers.add("RETRY-after: 7\r\n");
  EXPECT_EQ(headers.etag, "\"abc\"");
  EXPECT_EQ(headers.retry_after, std::chrono::seconds{7});
}

TEST(Headers, AnswersOfRedirectsLeaveNothingBehind) {
  Headers headers;
  headers.add("HTTP/1.1 302 Found\r\n");
  headers.add("ETag: \"redirect\"\r\n");
  headers.add("Retry-After: 9\r\n");
  headers.add("HTTP/2 200\r\n");
  EXPECT_EQ(headers.etag, "");
  EXPECT_EQ(headers.retry_after, std::nullopt);
}

TEST(Headers, AnEtagThatIsTooLongIsNotKept) {
  Headers headers;
  headers.add("ETag: \"" + std::string(254, 'x') + "\"");
  EXPECT_EQ(headers.etag.size(), 256);
  headers = {};
  headers.add("ETag: \"" + std::string(255, 'x') + "\"");
  EXPECT_EQ(headers.etag, "");
}

TEST(Headers, RetryAfterIsSecondsAndADateIsNotUsed) {
  Headers headers;
  headers.add("Retry-After: Fri, 31 Dec 1999 23:59:59 GMT");
  EXPECT_EQ(headers.retry_after, std::nullopt);
  headers.add("Retry-After: -5");
  EXPECT_EQ(headers.retry_after, std::nullopt);
  headers.add("Retry-After: 99999999999999999999");
  EXPECT_EQ(headers.retry_after, std::chrono::seconds{UINT32_MAX});
}

}  // namespace
}  // namespace noseon
