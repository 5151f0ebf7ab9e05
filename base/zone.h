// A time zone as plain data: resolved once by whoever may read files, then passed to pure code.
//
// Source: the system's tzdata, through Howard Hinnant's date/tz (GCC 12 has no zones, ICU's copy of
// the data is years old). date/tz knows no DST after 2037; until then every transition is here.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace noseon {

/// Immutable; may be read from any thread.
class Zone {
 public:
  /// From `begin` on, civil time is UTC + offset.
  struct Period {
    Instant begin;
    std::chrono::seconds offset;
  };

  /// REQUIRES: periods ascending, not empty; the first also holds for everything before it.
  Zone(std::string name, std::vector<Period> periods);
  [[nodiscard]] static Zone utc();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::chrono::seconds offset_at(Instant instant) const;
  /// The first instant after `instant` at which the clocks are set; nothing where they stay as they
  /// are for ever.
  [[nodiscard]] std::optional<Instant> next_step(Instant instant) const;
  [[nodiscard]] Civil civil_at(Instant instant) const {
    return Civil{instant.time_since_epoch()} + offset_at(instant);
  }

  /// The instant of a civil time: one that does not exist is the first valid instant after the gap,
  /// an ambiguous one is the first of the two.
  [[nodiscard]] Instant instant_of(Civil civil) const;
  /// start(D): the first instant of a civil day, by the same rule applied to D 00:00.
  [[nodiscard]] Instant start_of(Day day) const { return instant_of(Civil{day}); }
  /// The greatest D with start(D) <= instant.
  [[nodiscard]] Day day_of(Instant instant) const;

 private:
  std::string name_;
  std::vector<Period> periods_;
};

/// The first instant after `at` whose civil minute is another than that of `at`: when a clock that
/// shows hours and minutes (with the day) is to be drawn again. At most a minute later; sooner
/// where the zone's clocks are set in between, as at 02:00 that becomes 03:00.
[[nodiscard]] Instant next_minute(const Zone& zone, Instant at);

using ZonePtr = std::shared_ptr<const Zone>;

/// Finds zones by name. Not thread-safe: one per thread, or the loader's own.
class Zones {
 public:
  virtual ~Zones() = default;
  /// not_found for a name that tzdata does not have; unavailable where there is no tzdata.
  [[nodiscard]] virtual Result<ZonePtr> find(std::string_view name) = 0;
  /// All names, for a did-you-mean.
  [[nodiscard]] virtual std::vector<std::string> names() = 0;
};

/// The machine's tzdata. Each zone is read once.
class SystemZones final : public Zones {
 public:
  [[nodiscard]] Result<ZonePtr> find(std::string_view name) override;
  [[nodiscard]] std::vector<std::string> names() override;

 private:
  std::map<std::string, ZonePtr, std::less<>> cache_;
};

}  // namespace noseon
