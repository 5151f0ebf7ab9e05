#include "staff/progress.h"
#include "base/say.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace noseon {

Progress::Progress(std::string what, std::size_t total)
    : what_(std::move(what)), total_(total), is_terminal_(::isatty(STDERR_FILENO) == 1) {
  show();
}

Progress::~Progress() {
  if (is_terminal_) fmt::print(stderr, "\r\033[K");
}

void Progress::step() {
  ++done_;
  show();
}

void Progress::show() const {
  if (!is_terminal_) return;
  fmt::print(stderr, "\r{}", say("{0} of {1} {2}", done_, total_, what_));
  std::fflush(stderr);
}

}  // namespace noseon
