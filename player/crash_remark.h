// What a display's crashes have cost it, as a value that its status tells.
#pragma once

#include <string>

namespace noseon {

/// What the crashes have cost, for people.
struct CrashRemark {
  enum class Cost {
    nothing,
    card_alone,       ///< the built-in card stands
    earlier_release,  ///< another release than the latest may be played
    left_out,         ///< the items of `names`
  };
  Cost cost = Cost::nothing;
  std::string names;  ///< "campaign/item, campaign/item"
  friend bool operator==(const CrashRemark&, const CrashRemark&) = default;
};

/// "left out after crashes: ..."; empty where they cost nothing.
[[nodiscard]] std::string in_words(const CrashRemark& remark);

}  // namespace noseon
