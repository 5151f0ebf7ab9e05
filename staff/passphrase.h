// Passphrases of keys: typed on the terminal without being shown, or read from a descriptor. Never
// from the command line or the environment, which other users of the machine can read.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace noseon {

inline constexpr std::size_t kPassphraseMin = 8;  ///< bytes; of a new one
inline constexpr std::size_t kPassphraseMax = 1024;

class Passphrases {
 public:
  /// `fd`: a line for each passphrase that is asked for, in that order; once they are at an end the
  /// last one serves. Nothing: the terminal.
  explicit Passphrases(std::optional<int> fd) : fd_(fd) {}

  /// Of a key that is there; `whose` names its file. Errors: unavailable (no terminal, nothing to
  /// read), too_large.
  [[nodiscard]] Result<std::string> ask(const std::string& whose);
  /// For a new key, on a terminal typed twice. Errors: also bad_format (too short, or not the same
  /// twice).
  [[nodiscard]] Result<std::string> choose(const std::string& whose);

 private:
  [[nodiscard]] Result<std::string> next_line();
  [[nodiscard]] Result<std::string> get(const std::string& prompt);

  std::optional<int> fd_;
  std::string last_;
};

}  // namespace noseon
