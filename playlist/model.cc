#include "playlist/model.h"

#include <algorithm>

namespace noseon {

const std::string* find_text(const Texts& texts, std::string_view language) {
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const auto& text) { return text.first == language; });
  return found == texts.end() ? nullptr : &found->second;
}

const std::string* best_text(const Texts& texts, const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    if (const std::string* text = find_text(texts, language)) return text;
  }
  return texts.empty() ? nullptr : &texts.front().second;
}

std::string_view to_string(Role role) {
  return kRoleWords.at(static_cast<std::size_t>(role));
}

}  // namespace noseon
