#include "staff/romanise.h"

#include <unicode/translit.h>

#include <memory>

#include "base/check.h"
#include "base/unicode.h"

namespace noseon {

std::string romanised(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> to_latin(
      icu::Transliterator::createInstance("NFC; Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status));
  auto latin = icu::UnicodeString::fromUTF8(repair_utf8(text));
  to_latin->transliterate(latin);
  std::string ascii;
  for (std::int32_t i = 0; i < latin.length(); ++i)
    if (latin[i] < 0x80) ascii += static_cast<char>(latin[i]);
  return ascii;
}

}  // namespace noseon
