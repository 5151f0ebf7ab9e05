// Which role a target is to be asked of: the search through delegations. Pure.
//
// Source: TUF 1.0.34, section 5.6.7: pre-order, depth first, in the order of the delegations, at
// most kRolesVisitedMax roles, ended by a terminating role that matches.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/trust/trusted_metadata.h"

namespace noseon {

/// The top-level one among them.
inline constexpr std::size_t kRolesVisitedMax = 32;

/// Does the delegation hold for that path? Patterns: `*` is any number of characters, `?` one, and
/// neither matches '/'; all else stands for itself. Hash prefixes are of SHA-256 over the path.
[[nodiscard]] bool delegates(const Delegation& delegation, std::string_view target);

struct FoundTarget {
  std::string path;
  TargetFile file;
  std::string role;  ///< who signed for it
  friend bool operator==(const FoundTarget&, const FoundTarget&) = default;
};

/// `load` makes sure that a role is accepted for its delegator (by fetching, or from files), or
/// says why not, which ends the search. Nothing where no role has the target.
/// REQUIRES: the top-level targets are accepted; a role for which `load` was fine is.
[[nodiscard]] Result<std::optional<FoundTarget>> find_target(
    const TrustedMetadata& trusted, std::string_view target,
    const std::function<Status(const RoleEdge&)>& load);

}  // namespace noseon
