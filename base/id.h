// Ids are types, so that a campaign's id cannot be passed where an item's is meant.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace noseon {

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& str() const { return text_; }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string text_;
};

using CampaignId = Id<struct CampaignTag>;
using ItemId = Id<struct ItemTag>;
using DisplayId = Id<struct DisplayTag>;

}  // namespace noseon

template <class Tag>
struct std::hash<noseon::Id<Tag>> {
  std::size_t operator()(const noseon::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
