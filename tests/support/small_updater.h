// The client workflow of TUF (1.0.34, section 5) over TrustedMetadata, and nothing besides: no
// retries, no ETags, one file at a time. What is fetched and what is kept are seams.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/trust/lookup.h"

namespace noseon {

/// What a client keeps from run to run: "root.json", "timestamp.json", "snapshot.json",
/// encode_role_name(role) + ".json".
using KeptFiles = std::map<std::string, std::string, std::less<>>;

class SmallUpdater {
 public:
  /// The file of that name under the repository's metadata, "2.root.json"; not_found for none.
  using Fetch =
      std::function<Result<std::string>(const std::string& name, std::uint64_t bytes_max)>;
  /// Called for each file that was accepted, before the next is asked for.
  using Keep = std::function<Status(const std::string& name, std::string_view bytes)>;

  /// `kept` has root.json, and is only read.
  SmallUpdater(const KeptFiles& kept, Fetch fetch, Keep keep)
      : kept_(kept), fetch_(std::move(fetch)), keep_(std::move(keep)) {}

  /// 5.1 to 5.6.6. The first error ends it; what was accepted until then is kept.
  [[nodiscard]] Status refresh(Instant now);
  /// 5.6.7; nothing where no role has it. REQUIRES: refresh() was fine.
  [[nodiscard]] Result<std::optional<FoundTarget>> find(std::string_view target);
  /// "a/<hash>.b.png", or "a/b.png" where the repository has no consistent snapshots.
  [[nodiscard]] std::string served_name(const FoundTarget& target) const;

 private:
  [[nodiscard]] Status follow_roots();
  [[nodiscard]] Status update_timestamp();
  [[nodiscard]] Status update_snapshot();
  [[nodiscard]] Status update_role(const std::string& role,
                                   const std::function<Status(std::string_view)>& accept);
  [[nodiscard]] std::string versioned(const std::string& role, std::int64_t version) const;
  [[nodiscard]] const std::string* kept(const std::string& name) const;

  const KeptFiles& kept_;
  Fetch fetch_;
  Keep keep_;
  std::optional<TrustedMetadata> trusted_;
};

}  // namespace noseon
