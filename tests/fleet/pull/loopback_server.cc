#include "tests/fleet/pull/loopback_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <csignal>

#include "base/check.h"
#include "base/sha256.h"

namespace noseon::testing {
namespace {

using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Handle<X509, X509_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using Memory = Handle<BIO, BIO_free_all>;

Key new_key() {
  Key key(EVP_EC_gen("P-256"));
  CHECK(key);
  return key;
}

void add_extension(X509* certificate, int what, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()));
  CHECK(extension);
  CHECK(X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate new_certificate(EVP_PKEY* key, const std::string& name, X509* issuer,
                            EVP_PKEY* issuer_key, const CertificateWish& wish) {
  static std::atomic<long> serial = 1;
  Certificate certificate(X509_new());
  CHECK(certificate);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.until.count());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509* const signer = issuer == nullptr ? certificate.get() : issuer;
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
  X509_set_pubkey(certificate.get(), key);
  const bool is_authority = issuer == nullptr && wish.host.empty();
  add_extension(certificate.get(), NID_basic_constraints,
                is_authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (!wish.host.empty()) {
    const bool is_address = std::isdigit(static_cast<unsigned char>(wish.host[0])) != 0;
    add_extension(certificate.get(), NID_subject_alt_name,
                  (is_address ? "IP:" : "DNS:") + wish.host);
  }
  CHECK(X509_sign(certificate.get(), issuer_key, EVP_sha256()) > 0);
  return certificate;
}

TlsContext context_of(X509* certificate, EVP_PKEY* key) {
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  CHECK(context);
  CHECK(SSL_CTX_use_certificate(context.get(), certificate) == 1);
  CHECK(SSL_CTX_use_PrivateKey(context.get(), key) == 1);
  return context;
}

Fd listen_on_loopback(int backlog, int& port) {
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  CHECK(listener.is_open());
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  CHECK(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  CHECK(::listen(listener.get(), backlog) == 0);
  socklen_t size = sizeof address;
  CHECK(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port = ntohs(address.sin_port);
  return listener;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

Asked parse_request(std::string_view text) {
  Asked asked;
  const std::string_view line = text.substr(0, text.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  asked.method = line.substr(0, first);
  asked.path = line.substr(first + 1, second - first - 1);
  for (std::size_t at = line.size() + 2; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    const std::string_view header = text.substr(at, end - at);
    const std::size_t colon = header.find(": ");
    if (colon != header.npos) {
      asked.headers[lower(header.substr(0, colon))] = header.substr(colon + 2);
    }
    at = end + 2;
  }
  return asked;
}

}  // namespace

struct Authority::Impl {
  Key key = new_key();
  Certificate certificate =
      new_certificate(key.get(), "Test authority", nullptr, key.get(),
                      {"", std::chrono::hours{-24 * 365}, std::chrono::hours{24 * 365}});
};

Authority::Authority() : impl_(std::make_unique<Impl>()) {}
Authority::~Authority() = default;

std::string Authority::pem() const {
  const Memory memory(BIO_new(BIO_s_mem()));
  CHECK(PEM_write_bio_X509(memory.get(), impl_->certificate.get()) == 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

TlsContext Authority::context(const CertificateWish& wish) const {
  const Key key = new_key();
  const Certificate certificate =
      new_certificate(key.get(), wish.host, impl_->certificate.get(), impl_->key.get(), wish);
  return context_of(certificate.get(), key.get());
}

std::string Asked::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

long Peer::receive(char* bytes, std::size_t size) {
  if (tls_ != nullptr) return SSL_read(tls_, bytes, static_cast<int>(size));
  return ::recv(socket_, bytes, size, 0);
}

std::optional<Asked> Peer::read_request() {
  for (;;) {
    const std::size_t end = read_.find("\r\n\r\n");
    if (end != read_.npos) {
      Asked asked = parse_request(std::string_view(read_).substr(0, end));
      read_.erase(0, end + 4);
      const std::lock_guard lock(server_.mutex_);
      server_.requests_.push_back(asked);
      return asked;
    }
    std::array<char, 4096> bytes;
    const long size = receive(bytes.data(), bytes.size());
    if (size <= 0 || server_.ended_) return std::nullopt;
    read_.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

bool Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (server_.ended_) return false;
    const long size = tls_ != nullptr
                          ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                          : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    server_.sent_ += static_cast<std::uint64_t>(size);
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

bool Peer::pause(Millis length) {
  for (Millis left = length; left.count() > 0 && !server_.ended_; left -= Millis{10}) {
    std::this_thread::sleep_for(std::min(left, Millis{10}));
  }
  return !server_.ended_;
}

void Peer::linger(Millis at_most) {
  for (Millis left = at_most; left.count() > 0 && !server_.ended_; left -= Millis{20}) {
    pollfd other{socket_, POLLRDHUP, 0};
    if (::poll(&other, 1, 20) > 0) return;
  }
}

void Peer::reset() {
  const ::linger none{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

LoopbackServer::LoopbackServer(Behaviour behaviour, TlsContext tls)
    : behaviour_(std::move(behaviour)),
      tls_(std::move(tls)),
      listener_(listen_on_loopback(64, port_)) {
  std::signal(SIGPIPE, SIG_IGN);
  acceptor_ = std::jthread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ended_ = true;
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  threads_.clear();
}

std::string LoopbackServer::url(std::string_view host) const {
  return fmt::format("{}://{}:{}", tls_ ? "https" : "http", host, port_);
}

std::vector<Asked> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void LoopbackServer::accept_all() {
  while (!ended_) {
    const int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const std::lock_guard lock(mutex_);
    ++connections_;
    open_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void LoopbackServer::serve(int socket) {
  TlsConnection tls;
  if (tls_) {
    tls.reset(SSL_new(tls_.get()));
    SSL_set_fd(tls.get(), socket);
  }
  if (!tls || SSL_accept(tls.get()) == 1) {
    Peer peer(*this, socket, tls.get());
    behaviour_(peer);
    if (tls) SSL_shutdown(tls.get());
  }
  tls.reset();
  const std::lock_guard lock(mutex_);
  std::erase(open_, socket);
  ::close(socket);
}

SynBlackHole::SynBlackHole() : listener_(listen_on_loopback(0, port_)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  // Until one is not let in any more.
  for (int i = 0; i < 16; ++i) {
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    pollfd connected{socket.get(), POLLOUT, 0};
    const bool is_in = ::poll(&connected, 1, 200) > 0;
    waiting_.push_back(std::move(socket));
    if (!is_in) return;
  }
  CHECK(false);
}

std::string SynBlackHole::url() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

std::string head(std::string_view status, const std::vector<std::string>& headers) {
  std::string text = fmt::format("HTTP/1.1 {}\r\n", status);
  for (const std::string& header : headers) text += header + "\r\n";
  return text + "\r\n";
}

void FileServer::put(const std::string& path, std::string bytes) {
  const std::lock_guard lock(mutex_);
  files_[path] = std::move(bytes);
}

void FileServer::erase(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_.erase(path);
}

std::optional<std::string> FileServer::get(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(path);
  return found == files_.end() ? std::nullopt : std::optional(found->second);
}

FileServer::Files FileServer::all() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

std::string FileServer::answer(const Asked& asked) const {
  const auto file = get(asked.path);
  if (!file) return head("404 Not Found", {"Content-Length: 9"}) + "not here\n";
  const std::string etag = "\"" + to_hex(sha256(*file)).substr(0, 12) + "\"";
  if (asked.header("if-none-match") == etag) return head("304 Not Modified", {"ETag: " + etag});
  const std::string range = asked.header("range");
  if (range.starts_with("bytes=")) {
    std::size_t from = 0;
    std::from_chars(range.data() + 6, range.data() + range.size(), from);
    if (from >= file->size()) {
      return head("416 Range Not Satisfiable",
                  {"Content-Length: 0", fmt::format("Content-Range: bytes */{}", file->size())});
    }
    return head("206 Partial Content",
                {fmt::format("Content-Length: {}", file->size() - from), "ETag: " + etag,
                 fmt::format("Content-Range: bytes {}-{}/{}", from, file->size() - 1,
                             file->size())}) +
           file->substr(from);
  }
  if (asked.header("accept-encoding").find("gzip") != std::string::npos && file->size() > 1000) {
    const std::string body = gzipped(*file);
    return head("200 OK", {fmt::format("Content-Length: {}", body.size()), "ETag: " + etag,
                           "Content-Encoding: gzip"}) +
           body;
  }
  return head("200 OK", {fmt::format("Content-Length: {}", file->size()), "ETag: " + etag}) + *file;
}

void FileServer::serve(Peer& peer) const {
  while (const auto asked = peer.read_request()) {
    if (!peer.send(answer(*asked))) return;
  }
}

namespace {

class Gzip {
 public:
  Gzip() { CHECK(deflateInit2(&stream_, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK); }
  ~Gzip() { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void add(std::string_view bytes, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      std::array<char, 16384> piece;
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = piece.size();
      deflate(&stream_, flush);
      out_.append(piece.data(), piece.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }
  [[nodiscard]] std::string finish() {
    add({}, Z_FINISH);
    return std::move(out_);
  }

 private:
  z_stream stream_{};
  std::string out_;
};

}  // namespace

std::string gzipped(std::string_view bytes) {
  Gzip gzip;
  gzip.add(bytes, Z_NO_FLUSH);
  return gzip.finish();
}

std::string gzipped_zeros(std::size_t count) {
  Gzip gzip;
  const std::string zeros(1U << 20U, '\0');
  for (std::size_t done = 0; done < count; done += zeros.size()) gzip.add(zeros, Z_NO_FLUSH);
  return gzip.finish();
}

}  // namespace noseon::testing
