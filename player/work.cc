#include "player/work.h"

#include <nlohmann/json.hpp>

#include "base/unicode.h"

namespace noseon {

using nlohmann::json;

json json_of(const std::optional<Work>& work) {
  if (!work) return nullptr;
  return {{"content", to_hex(work->content)},
          {"item", repair_utf8(work->name.substr(0, kWorkNameMax))}};
}

json json_of(const std::optional<Sha256>& hash) {
  return hash ? json(to_hex(*hash)) : json(nullptr);
}

std::optional<Work> work_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) return std::nullopt;
  const auto content = hash_at(*found, "content");
  const auto item = found->find("item");
  if (!content || item == found->end() || !item->is_string()) return std::nullopt;
  return Work{*content, item->get<std::string>().substr(0, kWorkNameMax)};
}

std::optional<Sha256> hash_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? std::nullopt : hash_in(*found);
}

std::optional<Sha256> hash_in(const json& value) {
  return value.is_string() ? sha256_from_hex(value.get<std::string>()) : std::nullopt;
}

}  // namespace noseon
