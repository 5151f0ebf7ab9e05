#include "tests/faults/injection.h"

#include <fmt/format.h>

#include <charconv>
#include <csignal>
#include <map>
#include <set>
#include <tuple>

#include "tests/faults/trace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

std::string hex(const std::string& text) {
  std::string written;
  for (const char c : text) written += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  return written;
}

// "123  openat(AT_..." is openat; empty for signals and ends.
std::string call_on(std::string_view line) {
  const std::size_t name = line.find_first_not_of(' ', line.find(' '));
  if (name == line.npos) return "";
  const std::size_t end = line.find('(', name);
  if (end == line.npos || line.substr(name, 5) == "<... ") return "";
  return std::string(line.substr(name, end - name));
}

std::vector<FaultPoint> points_in(std::string_view log, const fs::path& folder) {
  const std::string marker = hex(folder.string());
  std::map<std::string, std::size_t> counts;
  std::vector<FaultPoint> points;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string_view line = log.substr(at, end - at);
    at = end + 1;
    const std::string call = call_on(line);
    if (call.empty()) continue;
    const std::size_t number = ++counts[call];
    // The program's own start, with the folder among its words, cannot fail in the program.
    if (call != "execve" && line.find(marker) != line.npos) points.push_back({call, number});
  }
  return points;
}

// The first path below the folder of a call; empty where there is none.
std::string path_below(std::string_view line, const std::string& marker) {
  const std::string below = marker + hex("/");
  std::size_t at = line.find(below);
  if (at == line.npos) return "";
  std::string path;
  for (at += below.size(); at + 4 <= line.size() && line.substr(at, 2) == "\\x"; at += 4) {
    int byte = 0;
    std::from_chars(line.data() + at + 2, line.data() + at + 4, byte, 16);
    path += static_cast<char>(byte);
  }
  return path;
}

// "123  openat(AT_..." is of thread 123.
std::vector<FaultPoint> points_by_path_in(std::string_view log, const fs::path& folder) {
  const std::string marker = hex(folder.string());
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> counts;
  std::set<std::tuple<std::string, std::string, std::size_t>> seen;
  std::vector<FaultPoint> points;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string_view line = log.substr(at, end - at);
    at = end + 1;
    const std::string call = call_on(line);
    const std::string path = path_below(line, marker);
    const bool differs = path.find(".part-") != path.npos;
    if (call.empty() || call == "execve" || path.empty() || differs) continue;
    const std::string thread(line.substr(0, line.find(' ')));
    const std::size_t number = ++counts[{thread, call, path}];
    if (seen.insert({call, path, number}).second) points.push_back({call, number, path});
  }
  return points;
}

std::string said_in(const std::string& log) {
  const auto calls = parse_trace(log);
  std::string said;
  for (const TracedCall& call : calls.value_or(std::vector<TracedCall>())) {
    if (call.name != "write") continue;
    const auto descriptor = descriptor_in(call.arguments.at(0));
    if (descriptor == 1 || descriptor == 2) said += string_in(call.arguments.at(1)).value_or("");
  }
  return said;
}

// What a program that goes well calls.
Result<std::string> log_of(const std::vector<std::string>& command, const Patience& patience) {
  ASSIGN_OR_RETURN(TracedRun run, run_under_strace({"-xx", "-e", "trace=%file,%desc,syncfs,flock"},
                                                   command, patience));
  if (run.exit_code != 0) {
    return fail(ErrorKind::crashed,
                fmt::format("{} ended with {}", command.front(), run.exit_code));
  }
  return std::move(run.log);
}

}  // namespace

Result<std::vector<FaultPoint>> points_of(const fs::path& folder,
                                          const std::vector<std::string>& command,
                                          Millis deadline) {
  ASSIGN_OR_RETURN(const std::string log, log_of(command, deadline));
  return points_in(log, folder);
}

Result<std::vector<FaultPoint>> points_by_path(const fs::path& folder,
                                               const std::vector<std::string>& command,
                                               const Patience& patience) {
  ASSIGN_OR_RETURN(const std::string log, log_of(command, patience));
  return points_by_path_in(log, folder);
}

Result<Injected> inject(const FaultPoint& point, const std::string& fault,
                        const std::vector<std::string>& command, const Patience& patience) {
  const std::string what = fmt::format("inject={}:{}:when={}", point.call, fault, point.number);
  std::vector<std::string> options{"-xx", "-s", "1000"};
  if (!point.path.empty()) options.insert(options.end(), {"-P", point.path});
  options.insert(options.end(), {"-e", fmt::format("trace=write,{}", point.call), "-e", what});
  ASSIGN_OR_RETURN(TracedRun run, run_under_strace(options, command, patience));
  Injected injected;
  injected.has_happened = run.log.find("(INJECTED)") != std::string::npos || run.signal == SIGKILL;
  injected.said = said_in(run.log);
  injected.run = std::move(run);
  return injected;
}

}  // namespace noseon::faults
