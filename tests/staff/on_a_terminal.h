// The real `noseon` on a terminal of its own, as somebody sits before it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/handle.h"

namespace noseon::testing {

class OnATerminal {
 public:
  /// The words after "noseon"; in English.
  explicit OnATerminal(const std::vector<std::string>& arguments);
  OnATerminal(const OnATerminal&) = delete;
  OnATerminal& operator=(const OnATerminal&) = delete;
  ~OnATerminal();

  /// All that is shown, from where the last call stopped to the end of `text`; a failure of the
  /// test, and what came, where half a minute brings no such text.
  std::string read_until(const std::string& text);
  void type(const std::string& keys);
  /// Waits for its end.
  int exit_code();

 private:
  Fd terminal_;
  pid_t child_ = -1;
  std::string shown_;
};

}  // namespace noseon::testing
