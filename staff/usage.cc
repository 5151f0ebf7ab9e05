#include "staff/usage.h"

#include <fmt/args.h>

#include <optional>

#include "base/say.h"
#include "base/unicode.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

// What CLI11 2.1 says of a wrong command line, a {} for each word of it, and how it is said here.
// The particular ones come before those that are nearly all holes.
struct Sentence {
  std::string_view theirs;
  const char* ours;
};

constexpr Sentence kSentences[] = {
    {"A subcommand is required", to_say("a command is missing")},
    {"{} is required", to_say("{} is missing")},
    {"{}: {} required {} missing", to_say("{0}: its {2} is missing")},
    {"{}: Value {} not in range {} to {}", to_say("{0}: {1} is not between {2} and {3}")},
    {"{}: Should be true/false or a number", to_say("{}: takes no value")},
    {"{}: too many inputs for a flag", to_say("{}: takes no value")},
    {"Could not convert: {} = {}", to_say("{0}: \"{1}\" is no number")},
    {"The following argument was not expected: {}", to_say("unknown, or one too many: {}")},
    {"The following arguments were not expected: {}", to_say("unknown, or too much: {}")},
    {"{} requires {}", to_say("{} needs {} beside it")},
    {"{} excludes {}", to_say("{} and {} exclude each other")},
};

constexpr std::string_view kHole = "{}";

// What stands in the holes of `pattern`, where `text` is made from it.
std::optional<std::vector<std::string>> fillings(std::string_view text, std::string_view pattern) {
  std::vector<std::string> found;
  while (true) {
    const std::size_t hole = pattern.find(kHole);
    const std::string_view before = pattern.substr(0, hole);
    if (text.substr(0, before.size()) != before) return std::nullopt;
    text.remove_prefix(before.size());
    if (hole == std::string_view::npos) break;
    pattern.remove_prefix(hole + kHole.size());
    const std::string_view next = pattern.substr(0, pattern.find(kHole));
    const std::size_t end = next.empty() ? text.size() : text.find(next);
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    found.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (!text.empty()) return std::nullopt;
  return found;
}

std::string in_our_words(std::string_view theirs) {
  for (const Sentence& sentence : kSentences) {
    const auto found = fillings(theirs, sentence.theirs);
    if (!found) continue;
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const std::string& one : *found) arguments.push_back(one);
    return say_args(sentence.ours, arguments);
  }
  return std::string(theirs);
}

}  // namespace

std::string usage_message(std::string_view theirs) {
  return say("{}; --help says what there is", in_our_words(theirs));
}

std::string unknown_command(std::string_view written, const std::vector<std::string>& commands) {
  return say("there is no command \"{}\"; {}", repair_utf8(written),
             suggestion(written, {commands.begin(), commands.end()}, ""));
}

}  // namespace noseon
