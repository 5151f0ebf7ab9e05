#include "player/authenticated_time.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/say.h"
#include "base/sha256.h"

namespace noseon {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "noseon.time/1";
constexpr std::size_t kBootBytesMax = 64;

json steady_json(Steady steady) {
  return std::chrono::floor<Millis>(steady.time_since_epoch()).count();
}

std::string instant_text(Instant instant) {
  return to_rfc3339(instant, std::chrono::seconds{0});
}

// Of all that the file says besides.
std::string check_of(const json& all) {
  return to_hex(sha256(all.dump()));
}

Failure wrong() {
  return fail(ErrorKind::bad_format, say("it is not what the player wrote down of the time"));
}

Result<std::string> text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return wrong();
  return found->get<std::string>();
}

Result<Instant> instant_at(const json& object, const char* name) {
  ASSIGN_OR_RETURN(const std::string text, text_at(object, name));
  const auto instant = parse_rfc3339(text);
  if (!instant) return wrong();
  return *instant;
}

Result<Steady> steady_at(const json& object) {
  constexpr Millis kLongest = std::chrono::hours{24 * 365 * 200};  // that nanoseconds can count
  const auto found = object.find("steady_ms");
  if (found == object.end() || !found->is_number_integer()) return wrong();
  const auto milliseconds = found->get<std::int64_t>();
  if (milliseconds < 0 || milliseconds > kLongest.count()) return wrong();
  return Steady{Millis{milliseconds}};
}

Result<std::string> boot_at(const json& object) {
  ASSIGN_OR_RETURN(std::string boot, text_at(object, "boot"));
  if (boot.size() > kBootBytesMax) return wrong();
  return boot;
}

Result<Confirmation> confirmation_of(const json& object) {
  if (!object.is_object()) return wrong();
  Confirmation confirmed;
  ASSIGN_OR_RETURN(confirmed.at, instant_at(object, "at"));
  ASSIGN_OR_RETURN(confirmed.boot, boot_at(object));
  ASSIGN_OR_RETURN(confirmed.steady, steady_at(object));
  return confirmed;
}

}  // namespace

std::string write_time_record(const TimeRecord& record) {
  json all = {{"format", kFormat},
              {"floor", instant_text(record.floor)},
              {"boot", record.boot},
              {"steady_ms", steady_json(record.steady)},
              {"confirmed", nullptr}};
  if (record.confirmed)
    all["confirmed"] = {{"at", instant_text(record.confirmed->at)},
                        {"boot", record.confirmed->boot},
                        {"steady_ms", steady_json(record.confirmed->steady)}};
  all["check"] = check_of(all);
  return all.dump() + "\n";
}

Result<TimeRecord> read_time_record(std::string_view text) {
  ASSIGN_OR_RETURN(json all, parse_json(text, {kTimeRecordBytesMax, 4}));
  if (!all.is_object()) return wrong();
  ASSIGN_OR_RETURN(const std::string check, text_at(all, "check"));
  all.erase("check");
  ASSIGN_OR_RETURN(const std::string format, text_at(all, "format"));
  if (format != kFormat || check != check_of(all)) return wrong();
  TimeRecord record;
  ASSIGN_OR_RETURN(record.floor, instant_at(all, "floor"));
  ASSIGN_OR_RETURN(record.boot, boot_at(all));
  ASSIGN_OR_RETURN(record.steady, steady_at(all));
  const auto confirmed = all.find("confirmed");
  if (confirmed == all.end()) return wrong();
  if (!confirmed->is_null()) {
    ASSIGN_OR_RETURN(record.confirmed, confirmation_of(*confirmed));
  }
  return record;
}

void AuthenticatedTime::learn(Instant at, Steady steady) {
  if (at <= floor_at(steady)) return;
  at_ = at;
  steady_ = steady;
}

void AuthenticatedTime::learn(const TimeRecord& record, std::string_view boot, Steady steady) {
  Instant floor = record.floor;
  const bool ran_on = !boot.empty() && record.boot == boot && steady >= record.steady;
  if (ran_on) floor += std::chrono::floor<Millis>(steady - record.steady);
  learn(floor, steady);
}

}  // namespace noseon
