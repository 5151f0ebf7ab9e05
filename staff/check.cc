#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "staff/commands.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

void print_json(const Findings& findings) {
  fmt::print("{}\n", to_text({{"findings", findings_json(findings)}}));
}

void print_for_people(const World& world) {
  for (const Finding& finding : world.findings) fmt::print("{}\n", to_string(finding));
  const auto errors = std::count_if(world.findings.begin(), world.findings.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
  const auto warnings = static_cast<std::ptrdiff_t>(world.findings.size()) - errors;
  const std::size_t campaigns = world.playlist->campaigns.size();
  const std::size_t items = world.playlist->entries.size();
  fmt::print("{}, {}: {}, {}\n",
             campaigns == 1 ? say("1 campaign") : say("{} campaigns", campaigns),
             items == 1 ? say("1 item") : say("{} items", items),
             errors == 1 ? say("1 error") : say("{} errors", errors),
             warnings == 1 ? say("1 warning") : say("{} warnings", warnings));
}

// By file, then by line: a person works through a file from its top.
void sort_by_place(Findings& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.file, a.place.line, a.place.column) <
           std::tie(b.file, b.place.line, b.place.column);
  });
}

}  // namespace

int run_check(const WorldOptions& options) {
  return with_world(options, [&](World& world) {
    sort_by_place(world.findings);
    options.json ? print_json(world.findings) : print_for_people(world);
    return has_errors(world.findings) ? kRefused : kDone;
  });
}

}  // namespace noseon
