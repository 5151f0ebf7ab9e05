// CurlHttp against a good server, and against every server that means harm.
#include "fleet/pull/curl.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "base/clock.h"
#include "base/sha256.h"
#include "tests/fleet/pull/hostile_servers.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

const CurlLibrary kLibrary;

std::string poster_bytes(std::size_t size = 200'000) {
  std::string bytes(size, '\0');
  std::uint32_t state = 12345;
  for (char& c : bytes) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  return bytes;
}

class CurlTest : public ::testing::Test {
 protected:
  CurlTest() { files.put("/poster", poster); }

  std::unique_ptr<CurlHttp> http(CurlOptions options = {}) {
    auto made = CurlHttp::create(kLibrary, std::move(options), stop);
    EXPECT_TRUE(made) << made.error().message;
    return *std::move(made);
  }
  /// What came, all in all.
  HttpOutcome fetch(CurlHttp& from, HttpRequest request) {
    body.clear();
    if (request.bytes_max == 0) request.bytes_max = poster.size();
    return from.get(request, [&](const HttpAnswer&, std::string_view bytes) {
      body += bytes;
      return Status{};
    });
  }

  const std::string poster = poster_bytes();
  FileServer files;
  Authority authority;
  TemporaryFolder folder;
  Stop stop;
  std::string body;
  LoopbackServer good{[this](Peer& peer) { files.serve(peer); }};
};

TEST_F(CurlTest, FetchesAFile) {
  const auto outcome = fetch(*http(), {.url = good.url() + "/poster"});
  ASSERT_TRUE(outcome.answer) << outcome.answer.error().message;
  EXPECT_EQ(outcome.answer->status, 200);
  EXPECT_EQ(body, poster);
}

TEST_F(CurlTest, AsksForTheRestOfAFileAlone) {
  const auto outcome = fetch(*http(), {.url = good.url() + "/poster", .from = 1000});
  ASSERT_TRUE(outcome.answer) << outcome.answer.error().message;
  EXPECT_EQ(outcome.answer->status, 206);
  EXPECT_EQ(outcome.answer->from, 1000);
  EXPECT_EQ(body, poster.substr(1000));
}

TEST_F(CurlTest, AFileThatIsNotModifiedIsNotSentAgain) {
  const auto client = http();
  const auto first = fetch(*client, {.url = good.url() + "/poster"});
  const auto again = fetch(*client, {.url = good.url() + "/poster", .etag = first.answer->etag});
  ASSERT_TRUE(again.answer) << again.answer.error().message;
  EXPECT_EQ(again.answer->status, 304);
  EXPECT_EQ(body, "");
}

TEST_F(CurlTest, ACompressedBodyIsHandedOnDecoded) {
  files.put("/text", std::string(10'000, 'a'));
  const auto before = good.bytes_sent();
  const auto outcome =
      fetch(*http(), {.url = good.url() + "/text", .compression = Compression::gzip});
  ASSERT_TRUE(outcome.answer) << outcome.answer.error().message;
  EXPECT_EQ(body, std::string(10'000, 'a'));
  EXPECT_LT(good.bytes_sent() - before, 1000);
}

TEST_F(CurlTest, WhatIsMissingIsNotFoundAndNoFailureOfTheNetwork) {
  const auto outcome = fetch(*http(), {.url = good.url() + "/nothing?secret=1"});
  ASSERT_FALSE(outcome.answer);
  EXPECT_EQ(outcome.answer.error().kind, ErrorKind::not_found);
  EXPECT_EQ(outcome.answer.error().message,
            good.url() + "/nothing: the server has no such file (status 404)");
}

TEST_F(CurlTest, OneByteMoreThanAllowedIsTooLargeAndIsNotHandedOn) {
  const auto exact = fetch(*http(), {.url = good.url() + "/poster", .bytes_max = poster.size()});
  EXPECT_TRUE(exact.answer);
  const auto over = fetch(*http(), {.url = good.url() + "/poster", .bytes_max = poster.size() - 1});
  ASSERT_FALSE(over.answer);
  EXPECT_EQ(over.answer.error().kind, ErrorKind::too_large);
  EXPECT_LT(body.size(), poster.size());
}

TEST_F(CurlTest, AFailureOfTheSinkEndsTheTransferWithIt) {
  const auto client = http();
  const auto outcome = client->get({.url = good.url() + "/poster", .bytes_max = poster.size()},
                                   [](const HttpAnswer&, std::string_view) -> Status {
                                     return fail(ErrorKind::disk, "the disk is full");
                                   });
  ASSERT_FALSE(outcome.answer);
  EXPECT_EQ(outcome.answer.error().kind, ErrorKind::disk);
  EXPECT_EQ(outcome.answer.error().message, "the disk is full");
}

TEST_F(CurlTest, RunsAtMostFourAtOnceInTheOrderTheyAreHandedOut) {
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  LoopbackServer slow([&](Peer& peer) {
    while (const auto asked = peer.read_request()) {
      most = std::max<int>(most, ++now);
      peer.pause(Millis{30});
      --now;
      peer.send(files.answer(*asked));
    }
  });
  int handed = 0;
  int done = 0;
  http()->run([&]() -> std::optional<HttpTransfer> {
    if (handed == 20) return std::nullopt;
    ++handed;
    return HttpTransfer{{.url = slow.url() + "/poster", .bytes_max = poster.size()},
                        [](const HttpAnswer&, std::string_view) { return Status{}; },
                        [&](const HttpOutcome& outcome) { done += outcome.answer ? 1 : 0; }};
  });
  EXPECT_EQ(done, 20);
  EXPECT_EQ(most, 4);
}

TEST_F(CurlTest, WhatIsFoundToDoWhenOneEndsIsDoneInTheSameRun) {
  std::vector<std::string> to_do{"/nothing"};
  std::vector<bool> outcomes;
  http()->run([&]() -> std::optional<HttpTransfer> {
    if (to_do.empty()) return std::nullopt;
    const std::string path = to_do.back();
    to_do.pop_back();
    return HttpTransfer{{.url = good.url() + path, .bytes_max = poster.size()},
                        [](const HttpAnswer&, std::string_view) { return Status{}; },
                        [&](const HttpOutcome& outcome) {
                          outcomes.push_back(outcome.answer.has_value());
                          if (!outcome.answer) to_do.emplace_back("/poster");
                        }};
  });
  EXPECT_EQ(outcomes, (std::vector<bool>{false, true}));
}

TEST_F(CurlTest, ASpeedCapIsOfAllTransfersTogether) {
  const auto client = http({.bytes_per_second = 200'000});
  files.put("/half", poster.substr(0, 100'000));
  int left = 4;
  const auto begin = std::chrono::steady_clock::now();
  client->run([&]() -> std::optional<HttpTransfer> {
    if (left-- <= 0) return std::nullopt;
    return HttpTransfer{{.url = good.url() + "/half", .bytes_max = poster.size()},
                        [](const HttpAnswer&, std::string_view) { return Status{}; },
                        [](const HttpOutcome& outcome) { EXPECT_TRUE(outcome.answer); }};
  });
  EXPECT_GE(std::chrono::steady_clock::now() - begin, Millis{1200});
}

TEST_F(CurlTest, ARunEndsAtOnceWhereWeAreToStop) {
  LoopbackServer mute([](Peer& peer) { peer.linger(); });
  const auto client = http();
  std::jthread asks([&] {
    std::this_thread::sleep_for(Millis{200});
    stop.ask();
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = fetch(*client, {.url = mute.url() + "/poster"});
  EXPECT_FALSE(outcome.answer);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, Millis{1000});
}

TEST_F(CurlTest, RetryAfterIsHandedOn) {
  LoopbackServer busy([](Peer& peer) {
    while (peer.read_request()) {
      peer.send(head("503 Service Unavailable", {"Retry-After: 120", "Content-Length: 0"}));
    }
  });
  const auto outcome = fetch(*http(), {.url = busy.url() + "/poster"});
  EXPECT_EQ(outcome.retry_after, std::chrono::seconds{120});
}

// ---- file:// ---------------------------------------------------------------------------------

TEST_F(CurlTest, AStickIsReadAsIfItWereAServer) {
  const std::string url = "file://" + folder.write("a poster.png", poster).string();
  std::string encoded = url;
  encoded.replace(encoded.find(' '), 1, "%20");
  const auto all = fetch(*http(), {.url = encoded});
  ASSERT_TRUE(all.answer) << all.answer.error().message;
  EXPECT_EQ(all.answer->status, 200);
  EXPECT_EQ(body, poster);
  const auto rest = fetch(*http(), {.url = encoded, .from = 150'000});
  ASSERT_TRUE(rest.answer) << rest.answer.error().message;
  EXPECT_EQ(rest.answer->status, 206);
  EXPECT_EQ(rest.answer->from, 150'000);
  EXPECT_EQ(body, poster.substr(150'000));
}

TEST_F(CurlTest, AFileThatIsNotOnTheStickIsNotFound) {
  const auto outcome = fetch(*http(), {.url = "file://" + (folder / "nothing").string()});
  ASSERT_FALSE(outcome.answer);
  EXPECT_EQ(outcome.answer.error().kind, ErrorKind::not_found);
}

TEST_F(CurlTest, APipeOnTheStickIsRefusedAndNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = fetch(*http(), {.url = "file://" + (folder / "pipe").string()});
  EXPECT_FALSE(outcome.answer);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, Millis{500});
}

// ---- TLS -------------------------------------------------------------------------------------

TEST_F(CurlTest, AnAuthorityOfOnesOwnIsTakenFromItsFile) {
  LoopbackServer server([this](Peer& peer) { files.serve(peer); }, authority.context({}));
  const auto own = folder.write("ca.pem", authority.pem());
  const auto outcome = fetch(*http({.ca_file = own}), {.url = server.url() + "/poster"});
  ASSERT_TRUE(outcome.answer) << outcome.answer.error().message;
  EXPECT_EQ(body, poster);
  EXPECT_FALSE(fetch(*http(), {.url = server.url() + "/poster"}).answer);
}

TEST_F(CurlTest, CertificatesAreJudgedAtTheTimeThatIsKnown) {
  const auto own = folder.write("ca.pem", authority.pem());
  const auto now = SystemClock().now();
  using std::chrono::hours;
  // Valid tomorrow alone: as for a clock that is a day behind.
  LoopbackServer tomorrow([this](Peer& peer) { files.serve(peer); },
                          authority.context({"127.0.0.1", hours{12}, hours{36}}));
  const auto at = [&](std::optional<Instant> time) {
    return fetch(*http({.ca_file = own, .certificates_at = [time] { return time; }}),
                 {.url = tomorrow.url() + "/poster"});
  };
  EXPECT_FALSE(at(std::nullopt).answer);
  EXPECT_TRUE(at(now + hours{24}).answer);
  EXPECT_FALSE(at(now + hours{48}).answer);
}

TEST_F(CurlTest, ASecondPollOverTlsIsNotShownTheCertificateAgain) {
  LoopbackServer server(
      [this](Peer& peer) {
        if (const auto asked = peer.read_request()) peer.send(files.answer(*asked));
      },
      authority.context({}));
  files.put("/small", "timestamp");
  const auto client = http({.ca_file = folder.write("ca.pem", authority.pem())});
  ASSERT_TRUE(fetch(*client, {.url = server.url() + "/small"}).answer);
  const auto first = client->wire_bytes();
  ASSERT_TRUE(fetch(*client, {.url = server.url() + "/small"}).answer);
  EXPECT_EQ(server.connections(), 2);
  EXPECT_GT(first, 1000);
  EXPECT_LT(client->wire_bytes() - first, first - 300);
}

// ---- Nothing comes from the environment --------------------------------------------------------

TEST_F(CurlTest, AProxyInTheEnvironmentIsNotUsed) {
  LoopbackServer proxy([](Peer& peer) { peer.read_request(); });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  ::setenv("ALL_PROXY", proxy.url().c_str(), 1);
  EXPECT_TRUE(fetch(*http(), {.url = good.url() + "/poster"}).answer);
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
  EXPECT_EQ(proxy.connections(), 0);
}

// ---- Every server that means harm ------------------------------------------------------------

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_F(CurlTest, NoHostileServerGetsAFileInOrHoldsUsPastOurDeadlineOrFillsOurMemory) {
  constexpr Millis kDeadline{1000};
  const auto own = folder.write("ca.pem", authority.pem());
  const auto client = http({.ca_file = own});
  ASSERT_TRUE(fetch(*client, {.url = good.url() + "/poster"}).answer);
  ASSERT_GE(hostile_servers().size(), 26);
  for (const HostileKind& kind : hostile_servers()) {
    SCOPED_TRACE(kind.name);
    for (const std::uint64_t from : {std::uint64_t{0}, std::uint64_t{1000}}) {
      if (kind.needs_range && from == 0) continue;
      const Hostile hostile = kind.start(files, authority);
      [[maybe_unused]] const long before = peak_kilobytes();
      const auto begin = std::chrono::steady_clock::now();
      const auto outcome =
          fetch(*client, {.url = hostile.url + "/poster",
                          .from = from,
                          .deadline = kDeadline,
                          .compression = from == 0 ? Compression::gzip : Compression::none});
      const auto took = std::chrono::steady_clock::now() - begin;
      EXPECT_LE(took, kDeadline + Millis{1000});
      EXPECT_EQ(took >= kDeadline - Millis{50}, kind.hangs);
      EXPECT_TRUE(hostile.is_done_soon()) << "it was never reached";
      const std::string all = (from == 0 ? "" : poster.substr(0, from)) + body;
      const bool would_be_admitted =
          outcome.answer && all.size() == poster.size() && sha256(all) == sha256(poster);
      EXPECT_FALSE(would_be_admitted);
      EXPECT_TRUE(kind.looks_right || !outcome.answer) << "the transport should have told";
      EXPECT_LE(body.size(), poster.size());
#ifndef NOSEON_SANITIZED
      EXPECT_LE(peak_kilobytes() - before, 16 * 1024);
#endif
    }
  }
}

}  // namespace
}  // namespace noseon::testing
