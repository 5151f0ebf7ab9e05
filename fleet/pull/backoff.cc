#include "fleet/pull/backoff.h"

#include <algorithm>

#include "base/check.h"
#include "base/sha256.h"

namespace noseon {

Millis Backoff::failed(std::uint64_t chance, std::optional<std::chrono::seconds> retry_after) {
  constexpr int kDoublingsMax = 8;  // 5 s * 2^8 is past 15 min
  const Millis bound = std::min(kLast, kFirst * (1 << std::min(failures_, kDoublingsMax)));
  failures_ = std::min(failures_ + 1, kDoublingsMax);
  const Millis wait{
      static_cast<std::int64_t>(chance % (static_cast<std::uint64_t>(bound.count()) + 1))};
  if (!retry_after) return wait;
  using std::chrono::seconds;
  return std::max<Millis>(wait, std::clamp(*retry_after, seconds{1}, seconds{3600}));
}

Millis until_poll(const DisplayId& display, Millis interval, Instant now) {
  CHECK(interval.count() > 0);
  const Sha256 hash = sha256(display.str());
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8U | hash[i];
  const auto length = static_cast<std::uint64_t>(interval.count());
  const auto moment = static_cast<std::int64_t>(number % length);
  const std::int64_t past =
      ((now.time_since_epoch().count() - moment) % interval.count() + interval.count()) %
      interval.count();
  return interval - Millis{past};
}

}  // namespace noseon
