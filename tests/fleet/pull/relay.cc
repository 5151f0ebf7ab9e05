#include "tests/fleet/pull/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

#include "base/check.h"

namespace noseon::testing {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

Fd listener_at(int& port) {
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = loopback(0);
  CHECK(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  CHECK(::listen(listener.get(), 64) == 0);
  socklen_t size = sizeof address;
  CHECK(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

Relay::Relay(int port, std::uint64_t bytes_per_second)
    : target_(port), bytes_per_second_(bytes_per_second), listener_(listener_at(port_)) {
  acceptor_ = std::jthread([this] { accept_all(); });
}

Relay::~Relay() {
  ended_ = true;
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  set_up(false);
  threads_.clear();
  for (const int socket : open_) ::close(socket);
}

void Relay::set_up(bool is_up) {
  const std::lock_guard lock(mutex_);
  is_up_ = is_up;
  if (is_up) return;
  for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
}

void Relay::accept_all() {
  while (!ended_) {
    const int near = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (near < 0) continue;
    const int far = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(target_);
    const std::lock_guard lock(mutex_);
    if (!is_up_ ||
        ::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(near);
      ::close(far);
      continue;
    }
    open_.push_back(near);
    open_.push_back(far);
    threads_.emplace_back([this, near, far] { pump(near, far); });
    threads_.emplace_back([this, near, far] { pump(far, near); });
  }
}

void Relay::pump(int from, int to) {
  // A hundredth of a second's worth at a time, so that little is on the way when the link is cut.
  std::vector<char> piece(
      bytes_per_second_ == 0 ? 65536 : std::max<std::size_t>(1, bytes_per_second_ / 100));
  for (;;) {
    const long size = ::recv(from, piece.data(), piece.size(), 0);
    if (size <= 0) break;
    bytes_ += static_cast<std::uint64_t>(size);
    if (::send(to, piece.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) != size) break;
    if (bytes_per_second_ > 0) {
      std::this_thread::sleep_for(
          std::chrono::microseconds{size * 1'000'000 / static_cast<long>(bytes_per_second_)});
    }
  }
  ::shutdown(from, SHUT_RDWR);
  ::shutdown(to, SHUT_RDWR);
}

}  // namespace noseon::testing
