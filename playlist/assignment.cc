#include "playlist/assignment.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>

#include "base/check.h"

namespace noseon {
namespace {

std::int64_t sum(const std::vector<std::int64_t>& weights) {
  return std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
}

std::int64_t gcd_of(const std::vector<std::int64_t>& weights) {
  return std::accumulate(weights.begin(), weights.end(), std::int64_t{0},
                         [](std::int64_t a, std::int64_t b) { return std::gcd(a, b); });
}

// One item waiting for its next turn. With m = 2n-2, x turns given and weight w:
//   it may have turn t once  w*t/W - x >= 1/m,   which is  t >= (x*m + 1) * W / (m*w);
//   its deadline             (x + 1 - 1/m) * W/w, which is ((x+1)*m - 1) / w  in units of W/m.
struct Claim {
  std::int64_t deadline;  // numerator over weight
  std::int64_t weight;
  std::uint32_t item;
  [[nodiscard]] bool is_after(const Claim& other) const {
    const std::int64_t mine = deadline * other.weight;
    const std::int64_t theirs = other.deadline * weight;
    return mine != theirs ? mine > theirs : item > other.item;
  }
};

struct LaterClaim {
  bool operator()(const Claim& a, const Claim& b) const { return a.is_after(b); }
};

class Assignment {
 public:
  explicit Assignment(const std::vector<std::int64_t>& weights)
      : weights_(weights),
        turns_(sum(weights)),
        unit_(2 * static_cast<std::int64_t>(weights.size()) - 2),
        given_(weights.size(), 0),
        releases_(static_cast<std::size_t>(turns_) + 1) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t item = 0; item < weights_.size(); ++item) release_later(item);
    std::vector<std::uint32_t> order;
    order.reserve(static_cast<std::size_t>(turns_));
    for (std::int64_t turn = 1; turn <= turns_; ++turn) {
      for (const std::uint32_t item : releases_[static_cast<std::size_t>(turn)]) claim(item);
      CHECK(!claims_.empty());  // Tijdeman's theorem: somebody may always have the turn
      const std::uint32_t winner = claims_.top().item;
      claims_.pop();
      order.push_back(winner);
      ++given_[winner];
      if (given_[winner] < weights_[winner]) release_later(winner, turn + 1);
    }
    return order;
  }

 private:
  // Puts an item where the first turn that it may have will find it.
  void release_later(std::uint32_t item, std::int64_t earliest = 1) {
    const std::int64_t divisor = unit_ * weights_[item];
    const std::int64_t first = ((given_[item] * unit_ + 1) * turns_ + divisor - 1) / divisor;
    releases_[static_cast<std::size_t>(std::max(first, earliest))].push_back(item);
  }

  void claim(std::uint32_t item) {
    claims_.push({(given_[item] + 1) * unit_ - 1, weights_[item], item});
  }

  const std::vector<std::int64_t>& weights_;
  std::int64_t turns_;  // W
  std::int64_t unit_;   // 2n - 2
  std::vector<std::int64_t> given_;
  std::vector<std::vector<std::uint32_t>> releases_;  // by turn
  std::priority_queue<Claim, std::vector<Claim>, LaterClaim> claims_;
};

}  // namespace

std::vector<std::uint32_t> assign_turns(const std::vector<std::int64_t>& weights) {
  CHECK(!weights.empty());
  if (weights.size() == 1)
    return std::vector<std::uint32_t>(static_cast<std::size_t>(weights[0]), 0);
  return Assignment(weights).run();
}

std::vector<std::int64_t> loop_weights(std::vector<std::int64_t> weights) {
  while (sum(weights) / gcd_of(weights) > kLoopTurnsMax &&
         std::any_of(weights.begin(), weights.end(), [](std::int64_t w) { return w > 1; })) {
    for (std::int64_t& weight : weights) weight = (weight + 1) / 2;
  }
  const std::int64_t divisor = gcd_of(weights);
  for (std::int64_t& weight : weights) weight /= divisor;
  return weights;
}

}  // namespace noseon
