#include "staff/confirm.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

#include "base/say.h"

namespace noseon {
namespace {

constexpr std::array<std::string_view, 6> kYes{"y", "Y", "yes", "네", "예", "ㅛ"};

}  // namespace

Result<bool> confirm(const std::string& question, bool yes, bool json) {
  if (yes) return true;
  std::fflush(stdout);  // what is asked about comes before what is said of it
  if (json || ::isatty(STDIN_FILENO) != 1) {
    return fail(ErrorKind::unavailable,
                say("nothing is done without being asked; there is no terminal to ask on, so agree "
                    "to it with --yes"));
  }
  fmt::print("{} {} ", question, say("[y/N]"));
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  if (std::find(kYes.begin(), kYes.end(), answer) != kYes.end()) return true;
  fmt::print("{}\n", say("nothing was done"));
  return false;
}

}  // namespace noseon
