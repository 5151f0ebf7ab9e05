#include "playlist/suggest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "base/say.h"

namespace noseon {
namespace {

constexpr std::size_t kListedMax = 24;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// Insertions, deletions, substitutions and swaps of neighbours.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view written, const std::vector<std::string>& candidates) {
  const std::string wanted = lower(written.substr(0, 64));
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t d = distance(wanted, lower(candidate));
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string suggestion(std::string_view written, const std::vector<std::string>& candidates,
                       std::string_view otherwise) {
  if (const std::string near = nearest(written, candidates); !near.empty()) {
    return say("did you mean \"{}\"?", near);
  }
  if (candidates.empty() || candidates.size() > kListedMax) return std::string(otherwise);
  return say("one of: {}", fmt::join(candidates, ", "));
}

std::string zone_suggestion(std::string_view written, const std::vector<std::string>& zones) {
  const std::string wanted = lower(written);
  std::string meant;
  if (wanted == "kst") meant = "Asia/Seoul";
  if (wanted == "jst") meant = "Asia/Tokyo";
  for (const std::string& zone : zones) {
    const std::string name = lower(zone);
    if (meant.empty() && name.ends_with("/" + wanted)) meant = zone;
  }
  if (!meant.empty()) return say("did you mean \"{}\"?", meant);
  return suggestion(written, zones, say("write for example \"Asia/Seoul\""));
}

}  // namespace noseon
