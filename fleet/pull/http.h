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

struct HttpRequest {
  std::string url;
  std::uint64_t bytes_max = 0;  ///< of the body, decoded; more ends the transfer
  std::string etag;             ///< "If-None-Match", where not empty
  std::uint64_t from = 0;       ///< "Range: bytes=from-", where not 0
  Millis deadline{30'000};      ///< of the whole transfer
};

struct HttpAnswer {
  /// 200, 206 or 304; for file:// as if a server had answered. A missing file is not_found, also
  /// for 403 and 410, as object stores say it.
  int status = 0;
  std::string etag;
  std::uint64_t from = 0;  ///< where the body begins: 0 for 200, Content-Range's for 206
};

/// What comes, in order; a failure of it ends the transfer with that failure. Called after the
/// status is known to be 200 or 206, and never past bytes_max.
using HttpSink = std::function<Status(const HttpAnswer&, std::string_view)>;

class Http {
 public:
  virtual ~Http() = default;
  /// Errors: network (no connection, cut, too slow, a status that is none of these), not_found,
  /// too_large, out_of_time, and those of the sink. `error.message` names the URL without its
  /// query.
  [[nodiscard]] virtual Result<HttpAnswer> get(const HttpRequest& request,
                                               const HttpSink& sink) = 0;
};

}  // namespace noseon
