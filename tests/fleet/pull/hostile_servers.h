// Servers that mean harm, or were badly set up. Each does its deed to whatever is asked of it, on
// the answer that a good server would have given.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/fleet/pull/loopback_server.h"

namespace noseon::testing {

/// One of them, at work.
struct Hostile {
  std::unique_ptr<LoopbackServer> server;
  std::unique_ptr<SynBlackHole> hole;
  std::string url;  ///< of what it claims to serve, without a '/' at its end
  /// How often it did its deed.
  std::function<int()> deeds;
  /// Whether it did; a server may learn a little later than its client that it is done.
  [[nodiscard]] bool is_done_soon() const;
};

struct HostileKind {
  std::string name;  ///< "a server that never answers"
  /// REQUIRES: `files` and `authority` outlive it.
  std::function<Hostile(const FileServer& files, const Authority& authority)> start;
  /// It goes wrong only where a part is asked for.
  bool needs_range = false;
  /// What it sends has the form of an answer: the hash alone tells.
  bool looks_right = false;
  /// It only ends by a deadline.
  bool hangs = false;
};

/// Every one that is known.
[[nodiscard]] const std::vector<HostileKind>& hostile_servers();

/// The name that nobody ever resolves, in this program: getaddrinfo() is replaced (see
/// black_hole_names.cc); how often it was asked for.
inline constexpr const char* kBlackHoleName = "black-hole.test";
[[nodiscard]] int black_hole_lookups();

}  // namespace noseon::testing
