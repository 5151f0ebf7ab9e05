#include "fleet/trust/lookup.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/sha256.h"

namespace noseon {
namespace {

// The offset of the character after the one at `at`.
std::size_t next_character(std::string_view text, std::size_t at) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  ++at;
  while (at < text.size() && continues(text[at])) ++at;
  return at;
}

// Goes back to the last star alone: what stands between two stars of one part of a path may as well
// match as early as it can, and no star reaches into another part.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = pattern.npos;
  std::size_t after_star = 0;  // up to here the star matches
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
    } else if (p < pattern.size() && pattern[p] == '?' && text[t] != '/') {
      ++p;
      t = next_character(text, t);
    } else if (p < pattern.size() && pattern[p] != '?' && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != pattern.npos && text[after_star] != '/') {
      after_star = next_character(text, after_star);
      t = after_star;
      p = star + 1;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

// Delegations that hold for the target, in order, up to a terminating one.
struct Next {
  std::vector<RoleEdge> edges;
  bool is_last = false;  // nothing that was to be visited after them counts any more
};

Next next_of(const TargetsMetadata& role, const std::string& name, std::string_view target) {
  Next next;
  for (const Delegation& delegation : role.delegations) {
    if (!delegates(delegation, target)) continue;
    next.edges.push_back({name, delegation.name});
    next.is_last = delegation.is_terminating;
    if (next.is_last) break;
  }
  return next;
}

}  // namespace

bool delegates(const Delegation& delegation, std::string_view target) {
  if (delegation.path_hash_prefixes.empty()) {
    return std::any_of(delegation.paths.begin(), delegation.paths.end(),
                       [&](const std::string& pattern) { return matches(pattern, target); });
  }
  const std::string hash = to_hex(sha256(target));
  return std::any_of(delegation.path_hash_prefixes.begin(), delegation.path_hash_prefixes.end(),
                     [&](const std::string& prefix) { return hash.starts_with(prefix); });
}

// TUF 1.0.34, section 5.6.7. `open` is what is still to be visited, the next at its back.
Result<std::optional<FoundTarget>> find_target(const TrustedMetadata& trusted,
                                               std::string_view target,
                                               const std::function<Status(const RoleEdge&)>& load) {
  CHECK(trusted.targets() != nullptr);
  std::vector<RoleEdge> open = {{"root", "targets"}};
  std::set<std::string> visited;
  while (!open.empty()) {
    const RoleEdge edge = std::move(open.back());
    open.pop_back();
    if (visited.contains(edge.role)) continue;  // 5.6.7.1: so that cycles end
    if (visited.size() == kRolesVisitedMax) return std::nullopt;
    const bool is_top = visited.empty();
    if (!is_top) TRY(load(edge));
    const TargetsMetadata* role = is_top ? trusted.targets() : trusted.delegated(edge);
    CHECK(role != nullptr);
    visited.insert(edge.role);
    if (const auto found = role->targets.find(target); found != role->targets.end()) {
      return FoundTarget{found->first, found->second, edge.role};
    }
    Next next = next_of(*role, edge.role, target);
    if (next.is_last) open.clear();  // 5.6.7.2.1
    open.insert(open.end(), std::make_move_iterator(next.edges.rbegin()),
                std::make_move_iterator(next.edges.rend()));
  }
  return std::nullopt;
}

}  // namespace noseon
