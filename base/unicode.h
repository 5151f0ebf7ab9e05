// Text as Unicode, by ICU: validity, NFC (UAX #15), and how much there is to read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

/// The offset of the first byte that is not UTF-8, or nothing where all of it is.
[[nodiscard]] std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// Every maximal bad sequence replaced by U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);

/// Every control character (C0, DEL, and C1 as UTF-8 has it) a blank: a terminal takes it for no
/// command, and it is one line. What is no UTF-8 stays.
[[nodiscard]] std::string without_controls(std::string_view text);

/// Normalization Form C. Bad UTF-8 is repaired first.
[[nodiscard]] std::string to_nfc(std::string_view text);

/// What there is to read, in half characters, over the NFC form: Latin letters, digits and
/// spaces count one, every other grapheme cluster two.
[[nodiscard]] std::size_t reading_half_characters(std::string_view text);

}  // namespace noseon
