// What the player is at when it crashes: an item, by the hash of what it is made of (content_key()
// in frame_cache.h). By name it is known to people alone: the same content under another name is
// the same work, and another content under the same name is not.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/sha256.h"

namespace noseon {

struct Work {
  Sha256 content{};
  std::string name;  ///< for people: "khojaly/remember"
  friend bool operator==(const Work&, const Work&) = default;
};

inline constexpr std::size_t kWorkNameMax = 200;

/// null for nothing.
[[nodiscard]] nlohmann::json json_of(const std::optional<Work>& work);
[[nodiscard]] nlohmann::json json_of(const std::optional<Sha256>& hash);
/// What is there under a name and reads as it was written; nothing for all else.
[[nodiscard]] std::optional<Work> work_at(const nlohmann::json& object, const char* name);
[[nodiscard]] std::optional<Sha256> hash_at(const nlohmann::json& object, const char* name);
/// The same of a value by itself, such as one of a list.
[[nodiscard]] std::optional<Sha256> hash_in(const nlohmann::json& value);

}  // namespace noseon
