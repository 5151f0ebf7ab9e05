#include "player/frame_use.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace noseon {

bool FrameUse::ask(const Sha256& key) {
  ++asked_;
  now_ = key;
  std::uint64_t& last = last_[key];
  before_ = std::exchange(last, asked_);
  if (last_.size() > kRememberedMax) forget_oldest();
  return before_ == 0;
}

void FrameUse::forget_oldest() {
  last_.erase(std::min_element(last_.begin(), last_.end(),
                               [](const auto& a, const auto& b) { return a.second < b.second; }));
}

// What this run did not ask for may have been asked for just before it began.
std::uint64_t FrameUse::idle(const Sha256& key) const {
  const auto found = last_.find(key);
  return asked_ - (found == last_.end() ? 0 : found->second);
}

std::optional<std::vector<Sha256>> FrameUse::places_for(std::uint64_t bytes,
                                                        const std::vector<KeptPage>& kept,
                                                        std::uint64_t bytes_max) const {
  CHECK(asked_ > 0);
  const bool is_first = asked_ == 1;
  if (bytes > bytes_max || !is_worth_keeping()) return std::nullopt;
  std::uint64_t all = bytes;
  std::vector<KeptPage> others;
  for (const KeptPage& page : kept) {
    if (page.key == now_) continue;  // it is written anew
    all += page.bytes;
    others.push_back(page);
  }
  std::stable_sort(others.begin(), others.end(), [this](const KeptPage& a, const KeptPage& b) {
    return idle(a.key) > idle(b.key);
  });
  const std::uint64_t idle_min = is_first ? 0 : 2 * (asked_ - before_);
  std::vector<Sha256> places;
  for (const KeptPage& page : others) {
    if (all <= bytes_max) break;
    if (idle(page.key) < idle_min) return std::nullopt;
    places.push_back(page.key);
    all -= page.bytes;
  }
  return places;
}

}  // namespace noseon
