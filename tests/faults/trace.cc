#include "tests/faults/trace.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace noseon::faults {
namespace {

// "\x61\x62" is "ab".
std::optional<std::string> unhex(std::string_view text) {
  std::string bytes;
  if (text.size() % 4 != 0) return std::nullopt;
  for (std::size_t at = 0; at < text.size(); at += 4) {
    unsigned value = 0;
    const char* digits = text.data() + at + 2;
    const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
    if (text.substr(at, 2) != "\\x" || error != std::errc() || end != digits + 2) {
      return std::nullopt;
    }
    bytes += static_cast<char>(value);
  }
  return bytes;
}

// At commas outside brackets; strings and paths are hexadecimal and hold none.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> arguments;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool is_end = at == text.size();
    if (!is_end && (text[at] == '[' || text[at] == '{')) ++depth;
    if (!is_end && (text[at] == ']' || text[at] == '}')) --depth;
    if (!is_end && (text[at] != ',' || depth > 0)) continue;
    std::string_view argument = text.substr(begin, at - begin);
    argument.remove_prefix(std::min(argument.find_first_not_of(' '), argument.size()));
    if (!argument.empty()) arguments.emplace_back(argument);
    begin = at + 1;
  }
  return arguments;
}

Failure unread(std::string_view line) {
  return fail(ErrorKind::bad_format, fmt::format("no line of strace's: {}", line.substr(0, 200)));
}

// "name(arguments) = result<path>"; nothing for a call that failed.
Result<std::optional<TracedCall>> parse_call(std::string_view line) {
  const std::size_t open = line.find('(');
  const std::size_t equals = line.rfind(" = ");
  if (open == line.npos || equals == line.npos || equals < open) return unread(line);
  const std::size_t close = line.rfind(')', equals);
  if (close == line.npos || close < open) return unread(line);
  TracedCall call;
  call.name = line.substr(0, open);
  call.arguments = split(line.substr(open + 1, close - open - 1));
  const std::string_view result = line.substr(equals + 3);
  // An address is 0x... and is of no interest; "?" never returned.
  const auto [end, error] =
      std::from_chars(result.data(), result.data() + result.size(), call.result);
  if (error != std::errc() || call.result < 0) return std::nullopt;
  call.result_path = path_in(result);
  return call;
}

}  // namespace

Result<std::vector<TracedCall>> parse_trace(std::string_view text) {
  constexpr std::string_view kUnfinished = " <unfinished ...>";
  std::vector<TracedCall> calls;
  std::map<std::string, std::string, std::less<>> unfinished;  // by process
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line(text.substr(at, end - at));
    at = end + 1;
    const std::size_t blank = line.find(' ');
    if (blank == line.npos) return unread(line);
    const std::string process = line.substr(0, blank);
    line.erase(0, std::min(line.find_first_not_of(' ', blank), line.size()));
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.ends_with(kUnfinished)) {
      unfinished[process] = line.substr(0, line.size() - kUnfinished.size());
      continue;
    }
    if (line.starts_with("<... ")) {
      const std::size_t rest = line.find('>');
      if (rest == line.npos) return unread(line);
      line = unfinished[process] + line.substr(rest + 1);
    }
    ASSIGN_OR_RETURN(auto call, parse_call(line));
    if (call) calls.push_back(*std::move(call));
  }
  return calls;
}

std::optional<std::string> string_in(std::string_view argument) {
  if (argument.size() < 2 || !argument.starts_with('"') || !argument.ends_with('"')) {
    return std::nullopt;
  }
  return unhex(argument.substr(1, argument.size() - 2));
}

std::optional<int> descriptor_in(std::string_view argument) {
  int number = 0;
  const auto [end, error] =
      std::from_chars(argument.data(), argument.data() + argument.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

std::string path_in(std::string_view argument) {
  const std::size_t open = argument.find('<');
  const std::size_t close = argument.rfind('>');
  if (open == argument.npos || close == argument.npos) return "";
  if (argument.substr(close) == ">(deleted)") return "";
  return unhex(argument.substr(open + 1, close - open - 1)).value_or("");
}

}  // namespace noseon::faults
