// Http by libcurl 7.88: HTTP/1.1 and 2, TLS by OpenSSL, file://.
//
// What it holds to, whatever a server does: no more than kTransfersMax at once; only the scheme of
// the URL, redirects too (at most kRedirectsMax, none for file://); kHeaderBytesMax of headers;
// bytes_max of a decoded body; the deadline, within a second; no cookies, no .netrc, no proxy and
// no other setting from the environment. Certificates are checked always.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fleet/pull/http.h"
#include "fleet/pull/stop.h"

namespace noseon {

/// libcurl as a whole; first in main(), before there is another thread.
class CurlLibrary {
 public:
  CurlLibrary();
  ~CurlLibrary();
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
};

struct CurlOptions {
  std::string ca_file{};  ///< PEM, instead of the system's authorities; empty: the system's
  /// The time at which certificates are judged; nothing: the system's clock. Asked once for each
  /// connection.
  std::function<std::optional<Instant>()> certificates_at{};
  std::uint64_t bytes_per_second = 0;  ///< where not 0: of all transfers, which then go one by one
  /// Called before each wait for the network, which is at most half a second. Empty: nothing is.
  std::function<void()> before_wait{};
  /// A name to be looked up, a connection and TLS to be made.
  Millis connect_deadline{15'000};
  /// Less than this many bytes a second for so long ends a transfer.
  std::uint64_t slow_bytes = 100;
  std::chrono::seconds slow_for{30};
};

class CurlHttp final : public Http {
 public:
  static constexpr long kRedirectsMax = 4;
  static constexpr std::size_t kHeaderBytesMax = 64 * 1024;

  /// `library` and `stop` must outlive it. unavailable where libcurl cannot do what is promised.
  [[nodiscard]] static Result<std::unique_ptr<CurlHttp>> create(const CurlLibrary& library,
                                                                CurlOptions options,
                                                                const Stop& stop);
  ~CurlHttp() override;

  void run(const std::function<std::optional<HttpTransfer>()>& next) override;
  [[nodiscard]] std::uint64_t wire_bytes() const override;

 private:
  struct Impl;
  explicit CurlHttp(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
