// A server on 127.0.0.1 that does to each connection what a test says, over TCP or TLS.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/handle.h"
#include "base/time.h"

namespace noseon::testing {

using TlsContext = Handle<SSL_CTX, SSL_CTX_free>;
using TlsConnection = Handle<SSL, SSL_free>;

/// A certificate of an authority, or of itself.
struct CertificateWish {
  std::string host = "127.0.0.1";
  std::chrono::seconds from{-3600};  ///< until and from: seconds from now
  std::chrono::seconds until{86'400};
};
/// An authority and the certificates it makes, all in memory.
class Authority {
 public:
  Authority();
  ~Authority();
  [[nodiscard]] std::string pem() const;
  /// What a server shows: signed by this authority.
  [[nodiscard]] TlsContext context(const CertificateWish& wish) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What a client asked.
struct Asked {
  std::string method;
  std::string path;                            ///< with the query
  std::map<std::string, std::string> headers;  ///< names in lower case
  [[nodiscard]] std::string header(const std::string& name) const;
};

class LoopbackServer;

/// One connection, as the server sees it. Everything is in vain once the server ends.
class Peer {
 public:
  /// The next request; nothing where the other end has gone.
  std::optional<Asked> read_request();
  /// False where it could not be sent.
  bool send(std::string_view bytes);
  /// Until the other end goes away or the server ends, at most so long.
  void linger(Millis at_most = Millis{60'000});
  /// Waits; false where the server ends.
  bool pause(Millis length);
  /// With RST, at once.
  void reset();
  [[nodiscard]] int socket() const { return socket_; }

 private:
  friend class LoopbackServer;
  Peer(LoopbackServer& server, int socket, SSL* tls)
      : server_(server), socket_(socket), tls_(tls) {}
  long receive(char* bytes, std::size_t size);

  LoopbackServer& server_;
  int socket_;
  SSL* tls_;
  std::string read_;
};

class LoopbackServer {
 public:
  using Behaviour = std::function<void(Peer&)>;

  /// `tls` empty: plain.
  explicit LoopbackServer(Behaviour behaviour, TlsContext tls = nullptr);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// "http://127.0.0.1:PORT" or https://
  [[nodiscard]] std::string url(std::string_view host = "127.0.0.1") const;
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] int connections() const { return connections_; }
  /// Of bodies and heads, without TLS.
  [[nodiscard]] std::uint64_t bytes_sent() const { return sent_; }
  [[nodiscard]] std::vector<Asked> requests() const;

 private:
  void accept_all();
  void serve(int socket);

  Behaviour behaviour_;
  TlsContext tls_;
  int port_ = 0;  // before the listener, which sets it
  Fd listener_;
  std::atomic<bool> ended_ = false;
  std::atomic<int> connections_ = 0;
  std::atomic<std::uint64_t> sent_ = 0;
  mutable std::mutex mutex_;
  std::vector<int> open_;
  std::vector<Asked> requests_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;

  friend class Peer;
};

/// A socket that nobody connects to: its queue is full and its system answers no more SYNs.
class SynBlackHole {
 public:
  SynBlackHole();
  [[nodiscard]] std::string url() const;

 private:
  int port_ = 0;  // before the listener, which sets it
  Fd listener_;
  std::vector<Fd> waiting_;
};

/// A head as servers write it: "HTTP/1.1 200 OK\r\n...\r\n\r\n".
[[nodiscard]] std::string head(std::string_view status, const std::vector<std::string>& headers);

/// Files by path ("/metadata/timestamp.json"), as a good server has them: ETag, 304, Range, gzip.
class FileServer {
 public:
  using Files = std::map<std::string, std::string>;

  void put(const std::string& path, std::string bytes);
  void erase(const std::string& path);
  [[nodiscard]] std::optional<std::string> get(const std::string& path) const;
  [[nodiscard]] Files all() const;
  /// Answers all requests of a connection.
  void serve(Peer& peer) const;
  /// The answer to one.
  [[nodiscard]] std::string answer(const Asked& asked) const;

 private:
  mutable std::mutex mutex_;
  Files files_;
};

[[nodiscard]] std::string gzipped(std::string_view bytes);
/// So many zeros, without ever holding them.
[[nodiscard]] std::string gzipped_zeros(std::size_t count);

}  // namespace noseon::testing
