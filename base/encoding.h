// Text files as programs save them: which encoding the bytes are in, and the text as UTF-8.
//
// Sources: the byte order marks of The Unicode Standard (23.8); windows-949, Microsoft's superset
// of EUC-KR, which is what a Korean Excel calls "CSV"; its table is ICU's.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace noseon {

enum class TextEncoding {
  utf8,      ///< with or without a byte order mark
  utf16_le,  ///< by its byte order mark alone, as is the next
  utf16_be,
  windows_949,  ///< a guess: the bytes are no UTF-8, and every one of them has a meaning here
};

struct DecodedText {
  std::string text;  ///< valid UTF-8, without the byte order mark; not normalized
  TextEncoding encoding = TextEncoding::utf8;
};

/// bad_format where the bytes are none of these, also for half a UTF-16 character. The caller
/// bounds the bytes; the text is at most one and a half times as long.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes);

}  // namespace noseon
