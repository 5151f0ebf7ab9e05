#include "player/accepted.h"

#include <nlohmann/json.hpp>
#include <tuple>

#include "base/json.h"
#include "base/say.h"

namespace noseon {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "noseon.accepted/1";

json json_of(const AcceptedVersions& versions) {
  json roles = json::object();
  for (const auto& [role, version] : versions.roles) roles[role] = version;
  return {{"root", versions.root},
          {"timestamp", versions.timestamp},
          {"snapshot", versions.snapshot},
          {"roles", std::move(roles)}};
}

Failure wrong() {
  return fail(ErrorKind::bad_format, say("it does not say which versions were accepted"));
}

Result<std::int64_t> version_of(const json& value) {
  if (!value.is_number_integer()) return wrong();
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    return wrong();
  const auto version = value.get<std::int64_t>();
  if (version < 0) return wrong();
  return version;
}

Result<std::int64_t> version_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return wrong();
  return version_of(*found);
}

Result<AcceptedVersions> versions_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) return wrong();
  AcceptedVersions versions;
  ASSIGN_OR_RETURN(versions.root, version_at(*found, "root"));
  ASSIGN_OR_RETURN(versions.timestamp, version_at(*found, "timestamp"));
  ASSIGN_OR_RETURN(versions.snapshot, version_at(*found, "snapshot"));
  const auto roles = found->find("roles");
  if (roles == found->end() || !roles->is_object()) return wrong();
  for (const auto& [role, version] : roles->items()) {
    ASSIGN_OR_RETURN(versions.roles[role], version_of(version));
  }
  return versions;
}

}  // namespace

// The first release is its own forerunner: there is nothing older that anyone saw here.
void AcceptedHistory::accept(const AcceptedVersions& versions) {
  if (versions == last) return;
  before = is_empty() ? versions : last;
  last = versions;
}

bool is_later(const AcceptedVersions& a, const AcceptedVersions& b) {
  return std::tie(a.root, a.timestamp, a.snapshot) > std::tie(b.root, b.timestamp, b.snapshot);
}

std::string write_history(const AcceptedHistory& history) {
  const json all = {
      {"format", kFormat}, {"last", json_of(history.last)}, {"before", json_of(history.before)}};
  return all.dump() + "\n";
}

Result<AcceptedHistory> read_history(std::string_view text) {
  ASSIGN_OR_RETURN(const json all, parse_json(text, {kHistoryBytesMax, 4}));
  if (!all.is_object()) return wrong();
  const auto format = all.find("format");
  if (format == all.end() || !format->is_string() || format->get<std::string>() != kFormat)
    return wrong();
  AcceptedHistory history;
  ASSIGN_OR_RETURN(history.last, versions_at(all, "last"));
  ASSIGN_OR_RETURN(history.before, versions_at(all, "before"));
  return history;
}

}  // namespace noseon
