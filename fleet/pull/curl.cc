#include "fleet/pull/curl.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <list>

#include "base/check.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/handle.h"
#include "base/say.h"
#include "fleet/pull/headers.h"
#include "fleet/pull/wire.h"

namespace noseon {
namespace {

using CurlEasy = Handle<CURL, curl_easy_cleanup>;
using CurlMulti = Handle<CURLM, curl_multi_cleanup>;
using CurlShare = Handle<CURLSH, curl_share_cleanup>;
using CurlList = Handle<curl_slist, curl_slist_free_all>;
using CurlUrl = Handle<CURLU, curl_url_cleanup>;
using CurlText = Handle<char, curl_free>;

constexpr std::string_view kFile = "file://";
// The body of an answer that is no file is read so far, so that its connection may serve again.
constexpr std::uint64_t kErrorBodyMax = 8 * 1024;

bool is_file(std::string_view url) {
  return url.starts_with(kFile);
}

// The first option that was refused ends it: what cannot be promised is not tried.
class Options {
 public:
  explicit Options(CURL* easy) : easy_(easy) {}

  template <class Value>
  Options& set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
    return *this;
  }
  [[nodiscard]] Status status() const {
    if (code_ == CURLE_OK) return {};
    return fail(ErrorKind::unavailable, say("libcurl: {}", curl_easy_strerror(code_)));
  }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

template <class Value>
Value info(CURL* easy, CURLINFO which) {
  Value value{};
  return curl_easy_getinfo(easy, which, &value) == CURLE_OK ? value : Value{};
}

curl_socket_t open_socket(void* wire, curlsocktype, curl_sockaddr* address) {
  const int socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  static_cast<Wire*>(wire)->opened(socket);
  return socket;
}

int close_socket(void* wire, curl_socket_t socket) {
  static_cast<Wire*>(wire)->closing(socket);
  return ::close(socket);
}

// Certificates are judged at the time that is known, where that is not the system's.
CURLcode set_time(CURL*, void* context, void* certificates_at) {
  const auto& ask = *static_cast<std::function<std::optional<Instant>()>*>(certificates_at);
  const std::optional<Instant> at = ask ? ask() : std::nullopt;
  if (at) {
    X509_VERIFY_PARAM_set_time(
        SSL_CTX_get0_param(static_cast<SSL_CTX*>(context)),
        std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count());
  }
  return CURLE_OK;
}

// libcurl opens what file:// names whatever it is, and would wait for the other end of a pipe.
Status check_file(const std::string& url) {
  const CurlUrl parts(curl_url());
  char* path = nullptr;
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parts.get(), CURLUPART_PATH, &path, CURLU_URLDECODE) != CURLUE_OK) {
    return fail(ErrorKind::network, say("{}: this is no URL; correct the source", shown_url(url)));
  }
  const CurlText owned(path);
  TRY(open_file(path));
  return {};
}

}  // namespace

// One transfer while it runs. libcurl holds pointers into it: it stays where it is.
struct Running {
  HttpTransfer job;
  Steady began_at;
  Steady ends_at;
  const Stop& stop;
  CurlList list;
  CurlEasy easy;
  std::array<char, CURL_ERROR_SIZE> words{};
  Headers headers{};
  HttpAnswer answer{};
  std::size_t header_bytes = 0;
  std::uint64_t body_bytes = 0;
  bool has_begun = false;          ///< the body
  std::optional<Error> refused{};  ///< why we ended it

  [[nodiscard]] const std::string& url() const { return job.request.url; }
  [[nodiscard]] std::string shown() const { return shown_url(url()); }
  [[nodiscard]] int status() const;
  [[nodiscard]] std::uint64_t wire_bytes() const;
  [[nodiscard]] Status begin_body();
  [[nodiscard]] Status take(std::string_view bytes);
  [[nodiscard]] Status check_answer();
  [[nodiscard]] Result<HttpAnswer> result_of(CURLcode code);
  [[nodiscard]] Failure failure_of(CURLcode code) const;
  [[nodiscard]] Failure failure_of_status() const;
  [[nodiscard]] Failure overdue() const {
    return fail(ErrorKind::out_of_time, say("{}: no end within its time", shown()));
  }
};

namespace {

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* running) {
  auto& transfer = *static_cast<Running*>(running);
  transfer.header_bytes += size;
  if (transfer.header_bytes > CurlHttp::kHeaderBytesMax) {
    transfer.refused =
        Error{ErrorKind::too_large, say("{}: headers without end", transfer.shown())};
    return 0;
  }
  transfer.headers.add({bytes, size});
  return size;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* running) {
  auto& transfer = *static_cast<Running*>(running);
  const Status status = transfer.take({bytes, size});
  if (status) return size;
  transfer.refused = status.error();
  return 0;
}

}  // namespace

int Running::status() const {
  if (is_file(url())) return job.request.from == 0 ? 200 : 206;
  return static_cast<int>(info<long>(easy.get(), CURLINFO_RESPONSE_CODE));
}

std::uint64_t Running::wire_bytes() const {
  if (is_file(url()) || header_bytes == 0) return 0;
  return header_bytes +
         static_cast<std::uint64_t>(info<curl_off_t>(easy.get(), CURLINFO_SIZE_DOWNLOAD_T)) +
         static_cast<std::uint64_t>(info<long>(easy.get(), CURLINFO_REQUEST_SIZE));
}

// What the status and the headers say of the body that follows.
Status Running::check_answer() {
  answer.status = status();
  answer.etag = headers.etag;
  answer.from = 0;
  if (answer.status != 206) return {};
  if (is_file(url())) {
    answer.from = job.request.from;
    return {};
  }
  const auto range = parse_content_range(headers.content_range);
  if (job.request.from == 0 || !range || range->first != job.request.from) {
    return fail(ErrorKind::network, say("{}: it sends a part that was not asked for", shown()));
  }
  answer.from = range->first;
  return {};
}

Status Running::begin_body() {
  has_begun = true;
  return check_answer();
}

Status Running::take(std::string_view bytes) {
  if (stop.is_asked()) return fail(ErrorKind::network, say("{}: stopped", shown()));
  // A file is read in one go, inside libcurl.
  if (is_file(url()) && SystemClock().steady_now() > ends_at) return overdue();
  if (!has_begun) TRY(begin_body());
  body_bytes += bytes.size();
  if (answer.status != 200 && answer.status != 206) {
    if (body_bytes > kErrorBodyMax) return failure_of_status();
    return {};
  }
  if (body_bytes > job.request.bytes_max) {
    return fail(ErrorKind::too_large,
                say("{}: it is larger than {} bytes", shown(), job.request.bytes_max));
  }
  return bytes.empty() ? Status{} : job.sink(answer, bytes);
}

Failure Running::failure_of_status() const {
  switch (status()) {
    case 403:
    case 404:
    case 410:
      return fail(ErrorKind::not_found,
                  say("{}: the server has no such file (status {})", shown(), status()));
    case 429:
    case 503:
      return fail(ErrorKind::network, say("{}: the server is busy (status {})", shown(), status()));
    default:
      return fail(ErrorKind::network, say("{}: the server answered with status {}, which is not "
                                          "ours; look at the server",
                                          shown(), status()));
  }
}

Failure Running::failure_of(CURLcode code) const {
  const std::string_view why =
      words[0] != '\0' ? std::string_view(words.data()) : curl_easy_strerror(code);
  switch (code) {
    case CURLE_FILE_COULDNT_READ_FILE:
      return fail(ErrorKind::not_found, say("{}: there is no such file", shown()));
    case CURLE_OPERATION_TIMEDOUT:
      return fail(ErrorKind::out_of_time, say("{}: too slow: {}", shown(), why));
    case CURLE_URL_MALFORMAT:
      return fail(ErrorKind::network, say("{}: this is no URL; correct the source", shown()));
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail(ErrorKind::network,
                  say("{}: only http://, https:// and file:// are followed, and no redirect from "
                      "one to another; correct the source",
                      shown()));
    case CURLE_PEER_FAILED_VERIFICATION:
      return fail(ErrorKind::network,
                  say("{}: its certificate does not hold: {}; is the clock right? An authority of "
                      "your own is named by --ca FILE",
                      shown(), why));
    case CURLE_SSL_CACERT_BADFILE:
      return fail(ErrorKind::network, say("{}: the file of --ca cannot be used: {}", shown(), why));
    default:
      return fail(ErrorKind::network, say("{}: {}", shown(), why));
  }
}

Result<HttpAnswer> Running::result_of(CURLcode code) {
  if (refused) return fail(*refused);
  if (code != CURLE_OK) return failure_of(code);
  TRY(check_answer());
  const bool is_known = answer.status == 200 || answer.status == 206 ||
                        (answer.status == 304 && !job.request.etag.empty());
  if (!is_known) return failure_of_status();
  return answer;
}

struct CurlHttp::Impl {
  CurlOptions options;
  const Stop& stop;
  Wire wire;
  CurlShare share;  // TLS sessions, so that a poll need not be shown the certificates again
  CurlMulti multi;
  std::list<Running> running;
  Steady free_at{};  // with a speed cap: when what came so far has taken its time

  ~Impl() {
    while (!running.empty()) remove(running.begin());
  }

  [[nodiscard]] std::size_t transfers_max() const {
    return options.bytes_per_second == 0 ? kTransfersMax : 1;
  }
  [[nodiscard]] bool may_begin() const {
    return running.size() < transfers_max() &&
           (options.bytes_per_second == 0 || SystemClock().steady_now() >= free_at);
  }
  [[nodiscard]] Status set_options(Running& transfer);
  void begin(HttpTransfer job);
  void end(std::list<Running>::iterator transfer, Result<HttpAnswer> result);
  void pace(const Running& transfer);
  void end_all();
  bool take_ended();
  bool end_overdue();
  void wait();
  HttpTransfer remove(std::list<Running>::iterator transfer);
};

Status CurlHttp::Impl::set_options(Running& transfer) {
  const HttpRequest& request = transfer.job.request;
  CURL* const easy = transfer.easy.get();
  const bool file = is_file(request.url);
  const char* const scheme = file ? "file" : request.url.starts_with("https://") ? "https" : "http";
  Options set(easy);
  set.set(CURLOPT_URL, request.url.c_str())
      .set(CURLOPT_PROTOCOLS_STR, scheme)
      .set(CURLOPT_REDIR_PROTOCOLS_STR, scheme)
      .set(CURLOPT_FOLLOWLOCATION, file ? 0L : 1L)
      .set(CURLOPT_MAXREDIRS, kRedirectsMax)
      .set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS))
      .set(CURLOPT_PIPEWAIT, 1L)
      .set(CURLOPT_PROXY, "")
      .set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED))
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_QUICK_EXIT, 1L)
      .set(CURLOPT_USERAGENT, "noseon-sync/" NOSEON_VERSION)
      .set(CURLOPT_SHARE, share.get())
      .set(CURLOPT_ERRORBUFFER, transfer.words.data())
      .set(CURLOPT_PRIVATE, static_cast<void*>(&transfer));
  // What a server may make of us.
  set.set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline.count()))
      .set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_deadline.count()))
      .set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options.slow_bytes))
      .set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.slow_for.count()))
      .set(CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(options.bytes_per_second))
      .set(CURLOPT_HEADERFUNCTION, &take_header)
      .set(CURLOPT_HEADERDATA, static_cast<void*>(&transfer))
      .set(CURLOPT_WRITEFUNCTION, &take_body)
      .set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer))
      .set(CURLOPT_OPENSOCKETFUNCTION, &open_socket)
      .set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&wire))
      .set(CURLOPT_CLOSESOCKETFUNCTION, &close_socket)
      .set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&wire));
  // TLS. The system's authorities are looked up by name in their folder: read as one file they
  // take megabytes.
  set.set(CURLOPT_SSL_VERIFYPEER, 1L)
      .set(CURLOPT_SSL_VERIFYHOST, 2L)
      .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_SSL_CTX_FUNCTION, &set_time)
      .set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(&options.certificates_at));
  const bool own = !options.ca_file.empty();
  set.set(CURLOPT_CAINFO, own ? options.ca_file.c_str() : nullptr)
      .set(CURLOPT_CAPATH, own ? nullptr : "/etc/ssl/certs");
  if (request.compression == Compression::gzip) set.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  const std::string range = fmt::format("{}-", request.from);
  if (request.from > 0) set.set(CURLOPT_RANGE, range.c_str());
  if (!request.etag.empty()) {
    transfer.list.reset(
        curl_slist_append(nullptr, fmt::format("If-None-Match: {}", request.etag).c_str()));
    set.set(CURLOPT_HTTPHEADER, transfer.list.get());
  }
  return set.status();
}

void CurlHttp::Impl::begin(HttpTransfer job) {
  const Steady now = SystemClock().steady_now();
  const Steady ends_at = now + job.request.deadline;
  const bool reads_file = is_file(job.request.url);
  running.push_back({std::move(job), now, ends_at, stop, {}, CurlEasy(curl_easy_init())});
  const auto transfer = std::prev(running.end());
  Status status = reads_file ? check_file(transfer->url()) : Status{};
  if (status && !transfer->easy) {
    status =
        fail(ErrorKind::unavailable, say("libcurl: {}", curl_easy_strerror(CURLE_OUT_OF_MEMORY)));
  }
  if (status) status = set_options(*transfer);
  if (status && curl_multi_add_handle(multi.get(), transfer->easy.get()) != CURLM_OK) {
    status =
        fail(ErrorKind::unavailable, say("libcurl: {}", curl_easy_strerror(CURLE_FAILED_INIT)));
  }
  if (!status) end(transfer, fail(status.error()));
}

HttpTransfer CurlHttp::Impl::remove(std::list<Running>::iterator transfer) {
  if (transfer->easy) curl_multi_remove_handle(multi.get(), transfer->easy.get());
  HttpTransfer job = std::move(transfer->job);
  running.erase(transfer);
  return job;
}

void CurlHttp::Impl::end(std::list<Running>::iterator transfer, Result<HttpAnswer> result) {
  HttpOutcome outcome{.answer = std::move(result), .bytes = transfer->wire_bytes()};
  if (!outcome.answer) outcome.retry_after = transfer->headers.retry_after;
  pace(*transfer);
  // Gone from here before it is told of, so that what is asked next finds all in order.
  const HttpTransfer job = remove(transfer);
  job.done(std::move(outcome));
}

// libcurl caps a transfer's speed over seconds, which small files never last.
void CurlHttp::Impl::pace(const Running& transfer) {
  if (options.bytes_per_second == 0 || is_file(transfer.url())) return;
  const std::uint64_t bytes = transfer.body_bytes + transfer.header_bytes;
  free_at = std::max(free_at, transfer.began_at) +
            Millis{static_cast<std::int64_t>(bytes * 1000 / options.bytes_per_second)};
}

void CurlHttp::Impl::end_all() {
  while (!running.empty()) {
    const auto transfer = running.begin();
    end(transfer, fail(ErrorKind::network, say("{}: stopped", transfer->shown())));
  }
}

bool CurlHttp::Impl::take_ended() {
  bool any = false;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    const auto* ended = info<Running*>(message->easy_handle, CURLINFO_PRIVATE);
    const auto transfer = std::find_if(running.begin(), running.end(),
                                       [&](const Running& each) { return &each == ended; });
    CHECK(transfer != running.end());
    end(transfer, transfer->result_of(code));
    any = true;
  }
  return any;
}

// libcurl keeps its deadlines; this is for where it would not.
bool CurlHttp::Impl::end_overdue() {
  constexpr Millis kGrace{500};
  const Steady now = SystemClock().steady_now();
  const auto late = std::find_if(running.begin(), running.end(),
                                 [&](const Running& each) { return now > each.ends_at + kGrace; });
  if (late == running.end()) return false;
  end(late, late->overdue());
  return true;
}

void CurlHttp::Impl::wait() {
  if (options.before_wait) options.before_wait();
  Millis most{500};
  if (options.bytes_per_second != 0 && running.empty()) {
    const auto until_free = std::chrono::ceil<Millis>(free_at - SystemClock().steady_now());
    most = std::clamp(until_free, Millis{1}, most);
  }
  curl_waitfd asked{stop.fd(), CURL_WAIT_POLLIN, 0};
  CHECK(curl_multi_poll(multi.get(), &asked, 1, static_cast<int>(most.count()), nullptr) ==
        CURLM_OK);
}

CurlLibrary::CurlLibrary() {
  CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}
CurlLibrary::~CurlLibrary() {
  curl_global_cleanup();
}

Result<std::unique_ptr<CurlHttp>> CurlHttp::create(const CurlLibrary& /*library*/,
                                                   CurlOptions options, const Stop& stop) {
  auto impl = std::unique_ptr<Impl>(new Impl{.options = std::move(options),
                                             .stop = stop,
                                             .wire = {},
                                             .share = CurlShare(curl_share_init()),
                                             .multi = CurlMulti(curl_multi_init()),
                                             .running = {}});
  const bool is_ready = impl->share && impl->multi &&
                        curl_share_setopt(impl->share.get(), CURLSHOPT_SHARE,
                                          CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK &&
                        curl_multi_setopt(impl->multi.get(), CURLMOPT_MAXCONNECTS,
                                          static_cast<long>(kTransfersMax)) == CURLM_OK;
  if (!is_ready) return fail(ErrorKind::unavailable, say("libcurl could not be started"));
  return std::unique_ptr<CurlHttp>(new CurlHttp(std::move(impl)));
}

CurlHttp::CurlHttp(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlHttp::~CurlHttp() = default;

void CurlHttp::run(const std::function<std::optional<HttpTransfer>()>& next) {
  bool may_have_more = true;
  while (!impl_->stop.is_asked()) {
    while (may_have_more && impl_->may_begin()) {
      std::optional<HttpTransfer> job = next();
      may_have_more = job.has_value();
      if (job) impl_->begin(*std::move(job));
    }
    if (impl_->running.empty() && !may_have_more) return;
    int left = 0;
    CHECK(curl_multi_perform(impl_->multi.get(), &left) == CURLM_OK);
    if (impl_->take_ended() || impl_->end_overdue()) {
      may_have_more = true;
    } else {
      impl_->wait();
    }
  }
  impl_->end_all();
}

std::uint64_t CurlHttp::wire_bytes() const {
  return impl_->wire.bytes();
}

}  // namespace noseon
