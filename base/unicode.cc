#include "base/unicode.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <memory>

#include "base/check.h"

namespace noseon {
namespace {

bool counts_half(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return u_isspace(c) || u_isdigit(c) || uscript_getScript(c, &status) == USCRIPT_LATIN;
}

}  // namespace

std::optional<std::size_t> first_bad_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    const std::int64_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return static_cast<std::size_t>(start);
  }
  return std::nullopt;
}

std::string repair_utf8(std::string_view text) {
  if (!first_bad_utf8(text)) return std::string(text);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  std::string repaired;
  for (std::int64_t i = 0; i < length;) {
    const std::int64_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) {
      repaired += "\xEF\xBF\xBD";
    } else {
      repaired.append(text, static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
    }
  }
  return repaired;
}

std::string without_controls(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    // Terminal escapes, too, and of two bytes.
    const bool is_c1 = byte == 0xc2 && next >= 0x80 && next < 0xa0;
    if (is_c1) ++i;
    kept += is_c1 || byte < 0x20 || byte == 0x7f ? ' ' : text[i];
  }
  return kept;
}

std::string to_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));
  const std::string valid = repair_utf8(text);
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  nfc->normalizeUTF8(0, icu::StringPiece(valid), sink, nullptr, status);
  CHECK(U_SUCCESS(status));
  return normal;
}

std::size_t reading_half_characters(std::string_view text) {
  const icu::UnicodeString normal = icu::UnicodeString::fromUTF8(to_nfc(text));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> clusters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  CHECK(U_SUCCESS(status));
  clusters->setText(normal);
  std::size_t halves = 0;
  for (std::int32_t start = clusters->first(), end = clusters->next();
       end != icu::BreakIterator::DONE; start = end, end = clusters->next()) {
    halves += counts_half(normal.char32At(start)) ? 1 : 2;
  }
  return halves;
}

}  // namespace noseon
