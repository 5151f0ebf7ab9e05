// Fetching over HTTP(S) and from file://, as a seam: noseon-sync has libcurl behind it, tests a
// repository in memory or a server that means harm.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace noseon {

/// Whether a server may send the body as gzip; what the sink is given is decoded. Not together with
/// `from`.
enum class Compression { none, gzip };

struct HttpRequest {
  std::string url{};
  std::uint64_t bytes_max = 0;  ///< of the body, decoded; more ends the transfer
  std::string etag{};           ///< "If-None-Match", where not empty
  std::uint64_t from = 0;       ///< "Range: bytes=from-", where not 0
  Millis deadline{30'000};      ///< of the whole transfer
  Compression compression = Compression::none;
};

struct HttpAnswer {
  /// 200, 206 or 304; for file:// as if a server had answered. A missing file is not_found, also
  /// for 403 and 410, as object stores say it.
  int status = 0;
  std::string etag;
  /// Where the body begins: 0 for 200; for 206 where it was asked to, and Content-Range says so
  /// too.
  std::uint64_t from = 0;
};

/// How a transfer ended.
struct HttpOutcome {
  /// Errors: network (no connection, cut, too slow, a status that is none of these, we are to
  /// stop), not_found, too_large, out_of_time, and those of the sink. `error.message` names the URL
  /// without its query or password.
  Result<HttpAnswer> answer;
  /// What a 429 or 503 asked for, as it was asked: the caller clamps it.
  std::optional<std::chrono::seconds> retry_after{};
  /// Of bodies and heads, both ways, as they went over the wire, without TLS. 0: the other end said
  /// nothing.
  std::uint64_t bytes = 0;
};

/// What comes, in order; a failure of it ends the transfer with that failure. Called after the
/// status is known to be 200 or 206, and never past bytes_max. An empty body is never handed on.
using HttpSink = std::function<Status(const HttpAnswer&, std::string_view)>;

struct HttpTransfer {
  HttpRequest request;
  HttpSink sink;
  std::function<void(HttpOutcome)> done;  ///< once, also where it could not begin
};

/// One thread: sinks and done() are called from within run().
class Http {
 public:
  /// At most so many at once.
  static constexpr std::size_t kTransfersMax = 4;

  virtual ~Http() = default;
  /// Runs what `next` hands out, some at once, in that order, until it has no more and all have
  /// ended. It is asked again after each done(), which may have found more to do. Where we are to
  /// stop, what runs ends with an error at once and `next` is asked no more.
  virtual void run(const std::function<std::optional<HttpTransfer>()>& next) = 0;
  /// What went over the network since the beginning, both ways, with TLS and headers.
  [[nodiscard]] virtual std::uint64_t wire_bytes() const = 0;

  /// One alone.
  [[nodiscard]] HttpOutcome get(const HttpRequest& request, const HttpSink& sink);
};

/// A URL as people may see it: without query, fragment, user and password.
[[nodiscard]] std::string shown_url(std::string_view url);

}  // namespace noseon
