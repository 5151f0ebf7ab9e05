#include "fonts/prepared_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/check.h"
#include "base/unicode.h"

namespace noseon {
namespace {

std::string with_lf_alone(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

}  // namespace

PreparedText prepare_text(std::string_view text) {
  PreparedText prepared;
  prepared.utf8 = to_nfc(with_lf_alone(text));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(prepared.utf8.data());
  const auto length = static_cast<std::int32_t>(prepared.utf8.size());
  for (std::int32_t i = 0; i < length;) {
    prepared.byte_offsets.push_back(static_cast<std::uint32_t>(i));
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    CHECK(c >= 0);  // to_nfc leaves only valid UTF-8
    prepared.points.push_back(static_cast<char32_t>(c));
  }
  prepared.byte_offsets.push_back(static_cast<std::uint32_t>(length));
  return prepared;
}

bool ends_line(char32_t point) {
  return (point >= 0x0A && point <= 0x0D) || point == 0x85 || point == 0x2028 || point == 0x2029;
}

bool is_breaking_space(char32_t point) {
  const bool is_no_break = point == 0x00A0 || point == 0x2007 || point == 0x202F;
  return !is_no_break && u_isUWhiteSpace(static_cast<UChar32>(point));
}

}  // namespace noseon
