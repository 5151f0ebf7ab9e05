// What a display accepted of its repository, so that nobody can make it go back: the versions of
// the release in use and of the one before it. Kept in the player's own folder, where whoever
// writes the store cannot.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fleet/trust/chain.h"

namespace noseon {

struct AcceptedHistory {
  AcceptedVersions last;    ///< `current` must not be older
  AcceptedVersions before;  ///< `previous`, where it stands in, must not be older

  [[nodiscard]] bool is_empty() const { return last == AcceptedVersions{}; }
  /// A release of these versions is in use. REQUIRES: they are not older than `last`.
  void accept(const AcceptedVersions& versions);
  friend bool operator==(const AcceptedHistory&, const AcceptedHistory&) = default;
};

/// Is `a` a later release than `b`?
[[nodiscard]] bool is_later(const AcceptedVersions& a, const AcceptedVersions& b);

inline constexpr std::size_t kHistoryBytesMax = 1U << 20U;

/// Strict JSON, noseon.accepted/1.
[[nodiscard]] std::string write_history(const AcceptedHistory& history);
/// bad_format, too_large.
[[nodiscard]] Result<AcceptedHistory> read_history(std::string_view json);

}  // namespace noseon
