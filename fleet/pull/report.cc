#include "fleet/pull/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json.h"
#include "base/json_fields.h"
#include "base/say.h"
#include "base/unicode.h"

namespace noseon {
namespace {

using nlohmann::json;

constexpr std::size_t kTextBytesMax = 2000;  // an error may name a path and a remedy

struct StateName {
  SyncState state;
  const char* name;   // in the file
  const char* words;  // for people
};
constexpr std::array kStates = {
    StateName{SyncState::starting, "starting", to_say("starting")},
    StateName{SyncState::fetching, "fetching", to_say("fetching")},
    StateName{SyncState::up_to_date, "up-to-date", to_say("up to date")},
    StateName{SyncState::incomplete, "incomplete", to_say("something is missing; trying again")},
    StateName{SyncState::waiting, "waiting", to_say("waiting for tomorrow's budget")},
    StateName{SyncState::failing, "failing", to_say("failing; what plays goes on playing")},
    StateName{SyncState::stopped, "stopped", to_say("stopped")},
};

const StateName& names_of(SyncState state) {
  return *std::find_if(kStates.begin(), kStates.end(),
                       [&](const StateName& each) { return each.state == state; });
}

std::string utc(Instant at) {
  return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at), std::chrono::seconds{0});
}
json time_or_null(const std::optional<Instant>& at) {
  return at ? json(utc(*at)) : json(nullptr);
}

std::string ago(std::optional<Instant> at, Instant now) {
  if (!at) return say("never");
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - *at).count();
  if (minutes < 1) return say("{} (just now)", in_utc(*at));
  if (minutes < 120) return say("{} ({} minutes ago)", in_utc(*at), minutes);
  return say("{} ({} hours ago)", in_utc(*at), minutes / 60);
}

std::string size_of(std::uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} B", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", (bytes + 500) / 1000);
  return fmt::format("{} MB", (bytes + 500'000) / 1'000'000);
}

}  // namespace

std::string write_report(const SyncReport& report) {
  const json object = {
      {"format", kSyncReportFormat},
      {"version", report.version},
      {"state", names_of(report.state).name},
      {"display", repair_utf8(report.display)},
      {"sources", report.sources},
      {"generation", report.generation ? json(*report.generation) : json(nullptr)},
      {"issued", time_or_null(report.issued)},
      {"last_try", time_or_null(report.last_try)},
      {"last_success", time_or_null(report.last_success)},
      {"next_try", time_or_null(report.next_try)},
      {"missing_blobs", report.missing_blobs},
      {"missing_bytes", report.missing_bytes},
      {"budget", report.budget ? json(*report.budget) : json(nullptr)},
      {"spent_today", report.spent_today},
      {"error", report.error},
      {"problems", report.problems},
  };
  return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<SyncReport> read_report(std::string_view text) {
  ASSIGN_OR_RETURN(const json object, parse_json(text));
  const auto refuse = [] {
    return fail(ErrorKind::bad_format, say("this is no report of noseon-sync"));
  };
  if (!object.is_object()) return refuse();
  const JsonFields fields(object, kTextBytesMax);
  const std::string state = fields.text("state");
  const auto known = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const StateName& each) { return each.name == state; });
  if (fields.text("format") != kSyncReportFormat || known == kStates.end()) return refuse();
  return SyncReport{.state = known->state,
                    .version = fields.text("version"),
                    .display = fields.text("display"),
                    .sources = fields.texts("sources"),
                    .generation = fields.number("generation"),
                    .issued = fields.time("issued"),
                    .last_try = fields.time("last_try"),
                    .last_success = fields.time("last_success"),
                    .next_try = fields.time("next_try"),
                    .missing_blobs = fields.number("missing_blobs").value_or(0),
                    .missing_bytes = fields.number("missing_bytes").value_or(0),
                    .budget = fields.number("budget"),
                    .spent_today = fields.number("spent_today").value_or(0),
                    .error = fields.text("error"),
                    .problems = fields.texts("problems")};
}

std::string state_words(SyncState state) {
  return said(names_of(state).words);
}

std::string words_of(const SyncReport& report, Instant now) {
  std::string words;
  const auto line = [&](const std::string& name, const std::string& value) {
    words += fmt::format("{:<14} {}\n", name, value);
  };
  line(say("display"), report.display);
  if (!report.version.empty()) line(say("version"), say("Noseon {}", report.version));
  line(say("state"), state_words(report.state));
  line(say("plays"),
       report.generation ? say("generation {}", *report.generation) : say("nothing yet"));
  line(say("signed"), report.issued ? in_utc(*report.issued) : say("not known yet"));
  line(say("last success"), ago(report.last_success, now));
  line(say("last try"), ago(report.last_try, now));
  line(say("next try"), report.next_try ? in_utc(*report.next_try) : say("not planned"));
  if (report.missing_blobs > 0) {
    line(say("missing"),
         say("{} in {} files", size_of(report.missing_bytes), report.missing_blobs));
  }
  line(say("today"), report.budget ? say("{} of {} over metered links", size_of(report.spent_today),
                                         size_of(*report.budget))
                                   : say("{} over metered links", size_of(report.spent_today)));
  for (const std::string& source : report.sources) line(say("source"), source);
  if (!report.error.empty()) line(say("error"), report.error);
  for (const std::string& problem : report.problems) {
    if (problem != report.error) line(say("problem"), problem);
  }
  return words;
}

}  // namespace noseon
