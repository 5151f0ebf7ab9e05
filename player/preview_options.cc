#include <fmt/format.h>

#include <charconv>

#include "player/preview.h"

#include "base/say.h"

namespace noseon {
namespace {

// All of `text` as a number, or nothing.
template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

}  // namespace

Result<Size> parse_size(std::string_view text) {
  const auto cross = text.find('x');
  const auto width = number<int>(text.substr(0, cross));
  const auto height =
      cross == std::string_view::npos ? std::nullopt : number<int>(text.substr(cross + 1));
  const auto is_side = [](std::optional<int> side) { return side && *side >= 16 && *side <= 8192; };
  if (!is_side(width) || !is_side(height))
    return fail(ErrorKind::bad_format,
                say("'{}' is no size; write 1920x1080, each side 16 to 8192", text));
  return Size{*width, *height};
}

Result<Position> parse_position(std::string_view text) {
  const auto comma = text.find(',');
  const auto latitude = number<double>(text.substr(0, comma));
  const auto longitude =
      comma == std::string_view::npos ? std::nullopt : number<double>(text.substr(comma + 1));
  if (!latitude || !longitude || !(*latitude >= -90 && *latitude <= 90) ||
      !(*longitude >= -180 && *longitude <= 180))
    return fail(ErrorKind::bad_format,
                say("'{}' is no position; write 37.5547,126.9707, latitude and longitude "
                    "in degrees",
                    text));
  return Position{*latitude, *longitude};
}

}  // namespace noseon
