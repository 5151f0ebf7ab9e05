#include "fleet/pull/wire.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace noseon {
namespace {

// As the kernel counted them (RFC 4898); 0 where it does not say.
std::uint64_t bytes_of(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_received + info.tcpi_bytes_sent;
}

}  // namespace

void Wire::closing(int socket) {
  if (sockets_.erase(socket) != 0) of_closed_ += bytes_of(socket);
}

std::uint64_t Wire::bytes() const {
  std::uint64_t all = of_closed_;
  for (const int socket : sockets_) all += bytes_of(socket);
  return all;
}

}  // namespace noseon
