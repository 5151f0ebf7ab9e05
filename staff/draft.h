// A root on its way from officer to officer.
#pragma once

#include <string>
#include <vector>

#include "fleet/trust/metadata.h"

namespace noseon {

struct DraftState {
  RootMetadata root;
  std::int64_t own = 0;     ///< valid signatures by the keys that it names itself
  std::int64_t before = 0;  ///< and by those of the root that it follows
  std::int64_t before_threshold = 0;
  [[nodiscard]] bool is_enough() const {
    return own >= root.root.threshold && before >= before_threshold;
  }
};

/// `before`: the root that it follows; null for the first. bad_format where it is no root.
[[nodiscard]] Result<DraftState> state_of_draft(std::string_view file, const RootMetadata* before);

/// The keys of files, as a role; each is added to `keys`. Threshold 1. bad_format for one twice.
[[nodiscard]] Result<RoleKeys> role_of_files(const std::vector<std::string>& files, KeysById& keys);

/// bad_format where so many could never sign.
[[nodiscard]] Status check_threshold(std::int64_t threshold, const RoleKeys& role);

}  // namespace noseon
