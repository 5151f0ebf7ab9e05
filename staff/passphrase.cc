#include "staff/passphrase.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "base/handle.h"
#include "base/say.h"

namespace noseon {
namespace {

constexpr char kInterrupt = 3;
constexpr char kEndOfInput = 4;
constexpr char kBackspace = 8;
constexpr char kClearLine = 21;
constexpr char kDelete = 127;

Failure too_long() {
  return fail(ErrorKind::too_large, say("the passphrase is longer than {} bytes", kPassphraseMax));
}

// The terminal as it was, whatever happens.
class Hushed {
 public:
  explicit Hushed(int fd) : fd_(fd) {
    is_set_ = ::tcgetattr(fd_, &before_) == 0;
    termios quiet = before_;
    // Key by key, so that an interrupt is seen here and not while nothing is shown.
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    if (is_set_) ::tcsetattr(fd_, TCSAFLUSH, &quiet);
  }
  Hushed(const Hushed&) = delete;
  Hushed& operator=(const Hushed&) = delete;
  ~Hushed() {
    if (is_set_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }

 private:
  int fd_;
  bool is_set_ = false;
  termios before_{};
};

// A whole character, however many bytes of UTF-8 it has.
void erase_last(std::string& line) {
  const auto is_continuation = [&] {
    return (static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U;
  };
  while (line.size() > 1 && is_continuation()) line.pop_back();
  if (!line.empty()) line.pop_back();
}

// REQUIRES: the terminal is hushed.
Result<std::string> type_on(int terminal) {
  std::string line;
  char c = 0;
  while (::read(terminal, &c, 1) == 1 && c != '\n' && c != '\r') {
    if (c == kInterrupt || c == kEndOfInput)
      return fail(ErrorKind::unavailable, say("no passphrase was given"));
    if (c == kBackspace || c == kDelete) {
      erase_last(line);
    } else if (c == kClearLine) {
      line.clear();
    } else {
      line += c;
    }
    if (line.size() > kPassphraseMax) return too_long();
  }
  return line;
}

}  // namespace

// Byte by byte: what follows the line is somebody else's.
Result<std::string> Passphrases::next_line() {
  std::string line;
  char c = 0;
  ssize_t got = 0;
  while ((got = ::read(*fd_, &c, 1)) != 0 && c != '\n') {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(
          ErrorKind::unavailable,
          say("descriptor {} cannot be read; open it, as in --passphrase-fd 3 3<FILE", *fd_));
    }
    line += c;
    if (line.size() > kPassphraseMax) return too_long();
  }
  if (line.empty() && got == 0) line = last_;
  if (line.empty()) {
    return fail(ErrorKind::unavailable,
                say("descriptor {} has no passphrase; write a line into it", *fd_));
  }
  last_ = line;
  return line;
}

Result<std::string> Passphrases::get(const std::string& prompt) {
  if (fd_) return next_line();
  const Fd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal.is_open()) {
    return fail(ErrorKind::unavailable,
                say("there is no terminal to ask for a passphrase on; give it by a descriptor: "
                    "--passphrase-fd 3 3<FILE"));
  }
  const auto write = [&](std::string_view text) {
    return ::write(terminal.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  };
  const Hushed hushed(terminal.get());  // before anybody is asked to type
  if (!write(prompt)) return fail(ErrorKind::unavailable, say("no passphrase was given"));
  Result<std::string> line = type_on(terminal.get());
  if (!write("\n")) return fail(ErrorKind::unavailable, say("no passphrase was given"));
  return line;
}

Result<std::string> Passphrases::ask(const std::string& whose) {
  return get(say("Passphrase of {}: ", whose));
}

Result<std::string> Passphrases::choose(const std::string& whose) {
  ASSIGN_OR_RETURN(std::string chosen, get(say("New passphrase for {}: ", whose)));
  if (chosen.size() < kPassphraseMin) {
    return fail(ErrorKind::bad_format,
                say("the passphrase has {} bytes; take at least {}, better four words or more",
                    chosen.size(), kPassphraseMin));
  }
  if (fd_) return chosen;
  ASSIGN_OR_RETURN(const std::string again, get(say("The same again: ")));
  if (again == chosen) return chosen;
  return fail(ErrorKind::bad_format, say("the two passphrases are not the same; try again"));
}

}  // namespace noseon
