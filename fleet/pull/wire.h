// What goes over the network, counted at the sockets: bodies, headers, TLS, both ways.
#pragma once

#include <cstdint>
#include <set>

namespace noseon {

/// One thread.
class Wire {
 public:
  void opened(int socket) { sockets_.insert(socket); }
  /// To be said before it is closed.
  void closing(int socket);
  /// Of all sockets so far, the closed ones too.
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  std::set<int> sockets_;
  std::uint64_t of_closed_ = 0;
};

}  // namespace noseon
