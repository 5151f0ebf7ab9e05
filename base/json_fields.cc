#include "base/json_fields.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/unicode.h"

namespace noseon {
namespace {

using nlohmann::json;

std::string printable(const json& text, std::size_t bytes_max) {
  return repair_utf8(without_controls(text.get<std::string>()).substr(0, bytes_max));
}

}  // namespace

JsonFields::JsonFields(const json& object, std::size_t text_bytes_max)
    : object_(object), text_bytes_max_(text_bytes_max) {
  CHECK(object.is_object());
}

const json* JsonFields::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

std::string JsonFields::text(const char* name) const {
  const json* const found = find(name);
  return found != nullptr && found->is_string() ? printable(*found, text_bytes_max_) : "";
}

std::vector<std::string> JsonFields::texts(const char* name) const {
  std::vector<std::string> all;
  const json* const found = list(name);
  if (found == nullptr) return all;
  for (const json& each : *found) {
    if (each.is_string()) all.push_back(printable(each, text_bytes_max_));
  }
  return all;
}

std::optional<std::uint64_t> JsonFields::number(const char* name) const {
  const json* const found = find(name);
  if (found == nullptr || !found->is_number_unsigned()) return std::nullopt;
  return found->get<std::uint64_t>();
}

std::int64_t JsonFields::whole(const char* name) const {
  const std::uint64_t value = number(name).value_or(0);
  return value > INT64_MAX ? 0 : static_cast<std::int64_t>(value);
}

std::uint64_t JsonFields::count(const char* name) const {
  return static_cast<std::uint64_t>(whole(name));
}

Millis JsonFields::millis(const char* name) const {
  constexpr std::int64_t kMax = 1'000'000'000'000'000;
  return Millis{std::min(whole(name), kMax)};
}

double JsonFields::decimal(const char* name) const {
  const json* const found = find(name);
  const double value = found != nullptr && found->is_number() ? found->get<double>() : 0;
  return std::isfinite(value) ? std::clamp(value, 0.0, 1e6) : 0;
}

std::optional<Instant> JsonFields::time(const char* name) const {
  return parse_rfc3339(text(name));
}

bool JsonFields::is_true(const char* name) const {
  const json* const found = find(name);
  return found != nullptr && found->is_boolean() && found->get<bool>();
}

const json* JsonFields::object(const char* name) const {
  const json* const found = find(name);
  return found != nullptr && found->is_object() ? found : nullptr;
}

const json* JsonFields::list(const char* name) const {
  const json* const found = find(name);
  return found != nullptr && found->is_array() ? found : nullptr;
}

}  // namespace noseon
