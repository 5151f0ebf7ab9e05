#include "tests/faults/injection.h"

#include <fmt/format.h>

#include <csignal>
#include <map>

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

}  // namespace

Result<std::vector<FaultPoint>> points_of(const fs::path& folder,
                                          const std::vector<std::string>& command,
                                          Millis deadline) {
  ASSIGN_OR_RETURN(
      const TracedRun run,
      run_under_strace({"-xx", "-e", "trace=%file,%desc,syncfs,flock"}, command, deadline));
  if (run.exit_code != 0) {
    return fail(ErrorKind::crashed,
                fmt::format("{} ended with {}", command.front(), run.exit_code));
  }
  return points_in(run.log, folder);
}

Result<Injected> inject(const FaultPoint& point, const std::string& fault,
                        const std::vector<std::string>& command, Millis deadline) {
  const std::string what = fmt::format("inject={}:{}:when={}", point.call, fault, point.number);
  ASSIGN_OR_RETURN(TracedRun run,
                   run_under_strace({"-xx", "-s", "1000", "-e",
                                     fmt::format("trace=write,{}", point.call), "-e", what},
                                    command, deadline));
  Injected injected;
  injected.has_happened = run.log.find("(INJECTED)") != std::string::npos || run.signal == SIGKILL;
  injected.said = said_in(run.log);
  injected.run = std::move(run);
  return injected;
}

}  // namespace noseon::faults
