#include "fleet/pull/budget.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/files.h"
#include "base/json.h"

namespace noseon {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

sys_days day_of(Instant now) {
  return std::chrono::floor<days>(now);
}

}  // namespace

DayBudget::DayBudget(std::filesystem::path file, std::optional<std::uint64_t> bytes_a_day)
    : file_(std::move(file)), bytes_a_day_(bytes_a_day) {
  const auto text = read_file(file_, 1000);
  const auto json = text ? parse_json(*text) : fail(text.error());
  if (!json || !json->is_object()) return;
  const auto day = json->find("day");
  const auto bytes = json->find("bytes");
  if (day == json->end() || bytes == json->end()) return;
  if (!day->is_number_integer() || !bytes->is_number_unsigned()) return;
  day_ = sys_days{days{day->get<std::int32_t>()}};
  bytes_ = bytes->get<std::uint64_t>();
}

void DayBudget::add(std::uint64_t bytes, Instant now) {
  if (day_of(now) != day_) bytes_ = 0;
  day_ = day_of(now);
  bytes_ += bytes;
}

std::uint64_t DayBudget::spent(Instant now) const {
  return day_of(now) == day_ ? bytes_ : 0;
}

std::optional<std::uint64_t> DayBudget::left(Instant now) const {
  if (!bytes_a_day_) return std::nullopt;
  return *bytes_a_day_ - std::min(*bytes_a_day_, spent(now));
}

void DayBudget::save() const {
  const nlohmann::json json = {{"day", day_.time_since_epoch().count()}, {"bytes", bytes_}};
  static_cast<void>(write_file(file_, json.dump()));
}

}  // namespace noseon
