#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/say.h"
#include "player/source.h"
#include "playlist/lint.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/lint_look.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

void print_json(const Findings& findings) {
  fmt::print("{}\n", to_text({{"findings", findings_json(findings)}}));
}

// What was looked at, for the last line.
struct Looked {
  Findings findings;
  std::size_t campaigns = 0;
  std::size_t items = 0;
};

void print_for_people(const Looked& looked) {
  for (const Finding& finding : looked.findings) fmt::print("{}\n", to_string(finding));
  const auto errors = std::count_if(looked.findings.begin(), looked.findings.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
  const auto warnings = static_cast<std::ptrdiff_t>(looked.findings.size()) - errors;
  fmt::print("{}, {}: {}, {}\n",
             looked.campaigns == 1 ? say("1 campaign") : say("{} campaigns", looked.campaigns),
             looked.items == 1 ? say("1 item") : say("{} items", looked.items),
             errors == 1 ? say("1 error") : say("{} errors", errors),
             warnings == 1 ? say("1 warning") : say("{} warnings", warnings));
}

// By file, then by line: a person works through a file from its top. What two displays have in
// common is said once.
void sort_by_place(Findings& findings) {
  const auto order = [](const Finding& f) {
    return std::tie(f.file, f.place.line, f.place.column);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return order(a) < order(b); });
  const auto same = [&](const Finding& a, const Finding& b) {
    return order(a) == order(b) && a.code == b.code && a.message == b.message;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

// What seems unused or empty where items were left out for their errors is probably not.
void drop_what_errors_explain(Findings& findings) {
  std::set<std::string> with_errors;
  for (const Finding& finding : findings)
    if (finding.severity == Severity::error) with_errors.insert(finding.file);
  std::erase_if(findings, [&](const Finding& finding) {
    return (finding.code == "unused" || finding.code == "gap") &&
           with_errors.contains(finding.file);
  });
}

Status look_at(const World& world, Instant today, Looked& looked) {
  const auto add = [&](const Findings& more) {
    looked.findings.insert(looked.findings.end(), more.begin(), more.end());
  };
  looked.campaigns = world.playlist->campaigns.size();
  looked.items = world.playlist->entries.size();
  add(world.findings);
  add(lint(*world.playlist, *world.display, today));
  add(lint_posters(*world.playlist, *world.display));
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  add(lint_texts(*world.playlist, *world.display, studio));
  return {};
}

// kDone, or the exit code of what the options do not allow.
int look_at_all(const CheckOptions& options, Looked& looked) {
  std::vector<std::string> displays = options.displays;
  if (displays.empty()) displays.emplace_back();
  for (const std::string& display : displays) {
    WorldOptions one = options.world;
    one.display_file = display;
    const int done = with_world(one, [&](World& world) {
      const auto today = moment_or_now(options.at, world.zone());
      if (!today) return wrong_usage(today.error());
      const Status status = look_at(world, *today, looked);
      return status ? kDone : refused(status.error());
    });
    if (done != kDone) return done;
  }
  drop_what_errors_explain(looked.findings);
  sort_by_place(looked.findings);
  return kDone;
}

}  // namespace

int run_check(const CheckOptions& options) {
  Looked looked;
  if (const int done = look_at_all(options, looked); done != kDone) return done;
  options.world.json ? print_json(looked.findings) : print_for_people(looked);
  const bool fails = has_errors(looked.findings) || (options.strict && !looked.findings.empty());
  return fails ? kRefused : kDone;
}

Result<Findings> findings_of(const CheckOptions& options) {
  Looked looked;
  if (look_at_all(options, looked) == kDone) return std::move(looked.findings);
  return fail(ErrorKind::bad_format, say("{}: cannot be checked", options.world.dir));
}

}  // namespace noseon
