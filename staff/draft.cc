#include "staff/draft.h"

#include <algorithm>

#include "base/say.h"
#include "fleet/trust/keys.h"
#include "staff/key_ring.h"

namespace noseon {

Result<DraftState> state_of_draft(std::string_view file, const RootMetadata* before) {
  ASSIGN_OR_RETURN(Signed<RootMetadata> draft, parse_root(file));
  DraftState state;
  state.own =
      count_valid(draft.content.keys, draft.content.root, draft.canonical, draft.signatures);
  if (before != nullptr) {
    state.before_threshold = before->root.threshold;
    state.before = count_valid(before->keys, before->root, draft.canonical, draft.signatures);
  }
  state.root = std::move(draft.content);
  return state;
}

Result<RoleKeys> role_of_files(const std::vector<std::string>& files, KeysById& keys) {
  RoleKeys role;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(PublicKey key, read_key_file(file));
    if (std::find(role.key_ids.begin(), role.key_ids.end(), key.id) != role.key_ids.end())
      return fail(ErrorKind::bad_format, say("{}: this key is named twice", file));
    role.key_ids.push_back(key.id);
    keys.emplace(key.id, std::move(key));
  }
  return role;
}

Status check_threshold(std::int64_t threshold, const RoleKeys& role) {
  if (threshold >= 1 && threshold <= std::ssize(role.key_ids)) return {};
  return fail(ErrorKind::bad_format, say("{} of {} keys cannot sign; take a threshold from 1 to {}",
                                         threshold, role.key_ids.size(), role.key_ids.size()));
}

}  // namespace noseon
