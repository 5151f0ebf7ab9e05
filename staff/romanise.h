// Names in Latin letters, for ids.
#pragma once

#include <string>
#include <string_view>

namespace noseon {

/// `text` in ASCII, by ICU's transliterations: "봄 2027" -> "bom 2027", "Xocalı" -> "Xocali". What
/// has no sound is left out. Bad UTF-8 is repaired first.
[[nodiscard]] std::string romanised(std::string_view text);

}  // namespace noseon
