#include "base/encoding.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>

#include <optional>

#include "base/check.h"
#include "base/handle.h"
#include "base/say.h"
#include "base/unicode.h"

namespace noseon {
namespace {

using Converter = Handle<UConverter, ucnv_close>;
using Units = std::u16string;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kLittleMark = "\xFF\xFE";
constexpr std::string_view kBigMark = "\xFE\xFF";

std::optional<std::string> to_utf8(const Units& units) {
  std::string text(units.size() * 3, '\0');
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8(text.data(), static_cast<std::int32_t>(text.size()), &length, units.data(),
              static_cast<std::int32_t>(units.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;  // a surrogate without its other half
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<std::string> from_utf16(std::string_view bytes, TextEncoding encoding) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const std::size_t high = encoding == TextEncoding::utf16_be ? 0 : 1;
  Units units;
  units.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const auto unit = static_cast<unsigned>(static_cast<unsigned char>(bytes[at + high])) << 8U |
                      static_cast<unsigned char>(bytes[at + 1 - high]);
    units.push_back(static_cast<char16_t>(unit));
  }
  return to_utf8(units);
}

// Bytes that the table gives no character that anybody writes are a sign of another encoding.
bool is_written(char16_t unit) {
  const auto type = u_charType(unit);
  return type != U_PRIVATE_USE_CHAR && type != U_SURROGATE && unit != 0xFFFD &&
         !(unit >= 0x80 && unit < 0xA0);
}

std::optional<std::string> from_windows_949(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open("windows-949", &status));
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  CHECK(U_SUCCESS(status));
  Units units(bytes.size(), u'\0');
  const auto length =
      ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()),
                    bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  units.resize(static_cast<std::size_t>(length));
  for (const char16_t unit : units) {
    if (!is_written(unit)) return std::nullopt;
  }
  return to_utf8(units);
}

}  // namespace

Result<DecodedText> decode_text(std::string_view bytes) {
  for (const auto& [mark, encoding] : {std::pair{kLittleMark, TextEncoding::utf16_le},
                                       std::pair{kBigMark, TextEncoding::utf16_be}}) {
    if (!bytes.starts_with(mark)) continue;
    auto text = from_utf16(bytes.substr(mark.size()), encoding);
    if (text) return DecodedText{*std::move(text), encoding};
    return fail(ErrorKind::bad_format, say("the text is UTF-16 that breaks off inside a character; "
                                           "save the file as UTF-8"));
  }
  const bool is_marked = bytes.starts_with(kUtf8Mark);
  if (is_marked) bytes.remove_prefix(kUtf8Mark.size());
  const auto bad = first_bad_utf8(bytes);
  if (!bad) return DecodedText{std::string(bytes), TextEncoding::utf8};
  auto text = is_marked ? std::nullopt : from_windows_949(bytes);
  if (text) return DecodedText{*std::move(text), TextEncoding::windows_949};
  return fail(ErrorKind::bad_format,
              say("the byte 0x{:02x} is neither UTF-8 nor Korean text (windows-949); save the file "
                  "as UTF-8",
                  static_cast<unsigned>(static_cast<unsigned char>(bytes[*bad]))));
}

}  // namespace noseon
