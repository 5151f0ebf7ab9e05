// What holds of any metadata that a parser accepts, whoever made it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "base/check.h"
#include "fleet/publish/metadata_text.h"
#include "fleet/trust/keys.h"
#include "fleet/trust/metadata.h"

namespace noseon {

inline void check_head(const MetadataHead& head) {
  CHECK(head.version >= 1);
  CHECK(head.expires >= kBeginningOfTime && head.expires < kEndOfTime + std::chrono::days{1});
}

inline void check_role_keys(const RoleKeys& role) {
  CHECK(role.threshold >= 1);
  CHECK(std::set<std::string>(role.key_ids.begin(), role.key_ids.end()).size() ==
        role.key_ids.size());
}

// What we write of it is read again, and means the same. Unknown fields, which the values do not
// have, are left behind, and the second writing is the same as the first.
template <class T>
void check_metadata(std::string_view bytes, Result<Signed<T>> (*parse)(std::string_view),
                    void (*check_content)(const T&)) {
  const auto read = parse(bytes);
  if (!read) {
    CHECK(!read.error().message.empty());
    return;
  }
  check_head(read->content.head);
  check_content(read->content);
  const std::string written = write_metadata(read->content, {}).value();
  const auto again = parse(written);
  CHECK(again);
  CHECK(write_metadata(again->content, {}).value() == written);
}

}  // namespace noseon
