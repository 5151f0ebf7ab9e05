#include "player/player_status.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/json_fields.h"
#include "base/say.h"

namespace noseon {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array<const char*, 4> kShows{"nothing", "item", "card", "stand-in"};
constexpr std::array<const char*, 3> kGrades{"trusted", "floor-only", "impossible"};
constexpr std::array<const char*, 4> kRoles{"urgent", "takeover", "normal", "filler"};
constexpr std::array<const char*, 4> kCosts{"nothing", "card-alone", "earlier-release", "left-out"};
constexpr std::size_t kBucketsMax = 32;

ordered_json time_or_null(const std::optional<Instant>& at) {
  return at ? ordered_json(to_rfc3339(*at, std::chrono::seconds{0})) : ordered_json(nullptr);
}

template <class Enum, std::size_t Count>
const char* name_of(const std::array<const char*, Count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

// Beside the words, for whoever says it in another language.
ordered_json reason_json(const Reason& reason) {
  return {{"card", reason.is_card}, {"role", name_of(kRoles, reason.role)},
          {"turns", reason.turns},  {"loop_turns", reason.loop_turns},
          {"items", reason.items},  {"loop_ms", reason.loop_length.count()}};
}

ordered_json crashes_json(const CrashRemark& crashes) {
  return {{"what", name_of(kCosts, crashes.cost)}, {"names", crashes.names}};
}

ordered_json journal_json(const JournalStatus& journal) {
  return {{"folder", journal.folder},       {"rows", journal.rows},
          {"sealed", journal.sealed},       {"shown", journal.shown},
          {"recorded", journal.recorded},   {"parked", journal.parked},
          {"lost", journal.lost},           {"problem", journal.problem},
          {"set_aside", journal.set_aside}, {"keep_free", journal.keep_free}};
}

ordered_json frames_json(const PlayerStatus& status) {
  ordered_json histogram = ordered_json::array();
  for (const FrameBucket& each : status.histogram)
    histogram.push_back({{"from_ms", each.from_ms}, {"work", each.work}, {"gaps", each.gaps}});
  return {{"count", status.frames},
          {"dropped", status.dropped},
          {"per_second", status.frames_per_second},
          {"histogram", std::move(histogram)}};
}

template <class Enum, std::size_t Count>
Enum one_of(const std::array<const char*, Count>& names, const std::string& name, Enum otherwise) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? otherwise : static_cast<Enum>(found - names.begin());
}

JournalStatus read_journal(const JsonFields& fields) {
  return {.folder = fields.text("folder"),
          .rows = fields.whole("rows"),
          .sealed = fields.whole("sealed"),
          .shown = fields.whole("shown"),
          .recorded = fields.whole("recorded"),
          .parked = fields.whole("parked"),
          .lost = fields.whole("lost"),
          .problem = fields.text("problem"),
          .set_aside = fields.text("set_aside"),
          .keep_free = fields.count("keep_free")};
}

void read_frames(const JsonFields& fields, PlayerStatus& status) {
  status.frames = fields.count("count");
  status.dropped = fields.count("dropped");
  status.frames_per_second = fields.decimal("per_second");
  const json* const histogram = fields.list("histogram");
  if (histogram == nullptr) return;
  for (const json& each : *histogram) {
    if (!each.is_object() || status.histogram.size() == kBucketsMax) continue;
    const JsonFields bucket(each);
    status.histogram.push_back(
        {static_cast<int>(std::min<std::int64_t>(bucket.whole("from_ms"), 100'000)),
         bucket.count("work"), bucket.count("gaps")});
  }
}

Reason read_reason(const JsonFields& fields) {
  return {.is_card = fields.is_true("card"),
          .role = one_of(kRoles, fields.text("role"), Role::filler),
          .turns = fields.whole("turns"),
          .loop_turns = fields.whole("loop_turns"),
          .items = fields.whole("items"),
          .loop_length = fields.millis("loop_ms")};
}

CrashRemark read_crashes(const JsonFields& fields) {
  return {.cost = one_of(kCosts, fields.text("what"), CrashRemark::Cost::nothing),
          .names = fields.text("names")};
}

void read_shows(const JsonFields& fields, PlayerStatus& status) {
  status.shows = one_of(kShows, fields.text("what"), OnDisplay::nothing);
  status.agency = fields.text("agency");
  status.campaign = fields.text("campaign");
  status.item = fields.text("item");
  if (const json* const turn = fields.object("turn"))
    status.reason = read_reason(JsonFields(*turn));
  status.since = fields.time("since");
  status.until = fields.time("until");
  status.generation = fields.whole("generation");
  status.next_at = fields.time("next_at");
  status.next = fields.text("next");
}

}  // namespace

std::string write_player_status(const PlayerStatus& status) {
  const ordered_json object = {
      {"format", kPlayerStatusFormat},
      {"version", status.version},
      {"pid", status.pid},
      {"process_start", status.process_start},
      {"boot", status.boot},
      {"display", status.display},
      {"stage", status.stage},
      {"started", time_or_null(status.started)},
      {"written", time_or_null(status.written)},
      {"written_steady_ms", status.written_steady.count()},
      {"due_steady_ms", status.due_steady.count()},
      {"ended", status.has_ended},
      {"shows",
       {{"what", name_of(kShows, status.shows)},
        {"agency", status.agency},
        {"campaign", status.campaign},
        {"item", status.item},
        {"reason", status.reason ? in_words(*status.reason) : ""},
        {"turn", status.reason ? reason_json(*status.reason) : ordered_json(nullptr)},
        {"since", time_or_null(status.since)},
        {"until", time_or_null(status.until)},
        {"generation", status.generation},
        {"next_at", time_or_null(status.next_at)},
        {"next", status.next}}},
      {"clock",
       {{"civil", time_or_null(status.civil)},
        {"grade", name_of(kGrades, status.grade)},
        {"floor", time_or_null(status.floor)},
        {"confirmed", time_or_null(status.confirmed)},
        {"issued", time_or_null(status.issued)},
        {"reason", status.clock_reason}}},
      {"store", status.is_store},
      {"crashes", in_words(status.crashes)},
      {"crash_cost", crashes_json(status.crashes)},
      {"first_frame_ms",
       status.first_frame ? ordered_json(status.first_frame->count()) : ordered_json(nullptr)},
      {"first_was_right", status.was_first_right},
      {"dark_ms", status.dark.count()},
      {"read_backs", status.read_backs},
      {"wrong_read_backs", status.wrong_read_backs},
      {"last_read_back", time_or_null(status.last_read_back)},
      {"frames", frames_json(status)},
      {"journal", status.journal ? journal_json(*status.journal) : ordered_json(nullptr)},
      {"quarantined", status.quarantined},
      {"memory_kb", status.memory_kb},
  };
  return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<PlayerStatus> read_player_status(std::string_view text) {
  ASSIGN_OR_RETURN(const json object, parse_json(text, {.bytes_max = kPlayerStatusBytesMax}));
  const auto refuse = [] {
    return fail(ErrorKind::bad_format, say("this is no status of noseon-player"));
  };
  if (!object.is_object()) return refuse();
  const JsonFields fields(object);
  if (fields.text("format") != kPlayerStatusFormat) return refuse();
  PlayerStatus status;
  status.version = fields.text("version");
  status.pid = fields.whole("pid");
  status.process_start = fields.whole("process_start");
  status.boot = fields.text("boot");
  status.display = fields.text("display");
  status.stage = fields.text("stage");
  status.started = fields.time("started").value_or(Instant{});
  status.written = fields.time("written").value_or(Instant{});
  status.written_steady = fields.millis("written_steady_ms");
  status.due_steady = fields.millis("due_steady_ms");
  status.has_ended = fields.is_true("ended");
  if (const json* const shows = fields.object("shows")) read_shows(JsonFields(*shows), status);
  if (const json* const clock = fields.object("clock")) {
    status.civil = JsonFields(*clock).time("civil").value_or(Instant{});
    // A grade that is not known here is none to trust.
    status.grade = one_of(kGrades, JsonFields(*clock).text("grade"), ClockGrade::impossible);
    status.floor = JsonFields(*clock).time("floor");
    status.confirmed = JsonFields(*clock).time("confirmed");
    status.issued = JsonFields(*clock).time("issued");
    status.clock_reason = JsonFields(*clock).text("reason");
  }
  status.is_store = fields.is_true("store");
  if (const json* const crashes = fields.object("crash_cost"))
    status.crashes = read_crashes(JsonFields(*crashes));
  const auto first = object.find("first_frame_ms");
  if (first != object.end() && first->is_number_unsigned())
    status.first_frame = fields.millis("first_frame_ms");
  status.was_first_right = fields.is_true("first_was_right");
  status.dark = fields.millis("dark_ms");
  status.read_backs = fields.count("read_backs");
  status.wrong_read_backs = fields.count("wrong_read_backs");
  status.last_read_back = fields.time("last_read_back");
  if (const json* const frames = fields.object("frames")) read_frames(JsonFields(*frames), status);
  if (const json* const journal = fields.object("journal"))
    status.journal = read_journal(JsonFields(*journal));
  status.quarantined = fields.count("quarantined");
  status.memory_kb = fields.count("memory_kb");
  return status;
}

}  // namespace noseon
