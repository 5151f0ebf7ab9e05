#include "player/pages.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace noseon {

std::size_t pages_with_room(std::size_t pages, Millis length) {
  const auto room = static_cast<std::size_t>(std::max<std::int64_t>(length / kPageMin, 1));
  return std::min(pages, room);
}

PageTurn page_at(const PageWeights& weights, Span slot, Instant now) {
  CHECK(!weights.empty());
  if (weights.size() == 1) return {.page = 0, .count = 1, .until = slot.until};
  const Millis length = slot.until - slot.from;
  CHECK(length <= std::chrono::days{1});
  const std::size_t count = pages_with_room(weights.size(), length);
  if (count == 1) return {.page = 0, .count = 1, .until = slot.until};
  const auto end = weights.begin() + static_cast<std::ptrdiff_t>(count);
  const std::int64_t all = std::accumulate(weights.begin(), end, std::int64_t{0});
  const Millis shared = length - kPageMin * static_cast<std::int64_t>(count);
  std::int64_t read = 0;
  for (std::size_t page = 0;; ++page) {
    read += weights[page];
    const Instant until =
        slot.from + kPageMin * static_cast<std::int64_t>(page + 1) + shared * read / all;
    if (now < until || page + 1 == count) return {.page = page, .count = count, .until = until};
  }
}

}  // namespace noseon
