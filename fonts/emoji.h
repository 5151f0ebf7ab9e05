// Which grapheme clusters are emoji, to be set in colour (UTS #51).
#pragma once

#include <string_view>

namespace noseon {

/// Whether a cluster is shown as an emoji: 🙏, ❤️ (but not ❤ or ❤︎), 1️⃣, 🇰🇷,
/// 👨‍👩‍👧, and a flag of tags. REQUIRES: one grapheme cluster, not empty.
[[nodiscard]] bool is_emoji(std::u32string_view cluster);

}  // namespace noseon
