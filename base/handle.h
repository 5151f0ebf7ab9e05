// Handles of C libraries and of the kernel, wrapped where they are born.
#pragma once

#include <unistd.h>

#include <memory>
#include <utility>

namespace noseon {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};

/// using Window = Handle<SDL_Window, SDL_DestroyWindow>; one line per type, in the module that
/// owns the library.
template <class T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

/// Owns a file descriptor. Closed on destruction; -1 is "none". Movable, not copyable.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  /// Gives it away, to one who closes it.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

}  // namespace noseon
