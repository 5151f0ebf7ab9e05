#include "media/decode/options.h"

#include <charconv>
#include <system_error>

#include "media/sniff.h"

namespace noseon {
namespace {

std::optional<int> parse_side(std::string_view text) {
  int side = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, side);
  if (error != std::errc{} || stopped != end || text.starts_with('0')) return std::nullopt;
  if (side < 1 || side > kPictureSideMax) return std::nullopt;
  return side;
}

std::optional<Size> parse_box(std::string_view text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const std::optional<int> width = parse_side(text.substr(0, cross));
  const std::optional<int> height = parse_side(text.substr(cross + 1));
  if (!width || !height) return std::nullopt;
  return Size{*width, *height};
}

std::optional<Fit> parse_fit(std::string_view text) {
  if (text == "fit") return Fit::fit;
  if (text == "fill") return Fit::fill;
  return std::nullopt;
}

}  // namespace

std::optional<DecodeOptions> parse_options(std::span<const std::string_view> arguments) {
  if (arguments.size() != 3) return std::nullopt;
  const std::optional<Size> box = parse_box(arguments[0]);
  const std::optional<Fit> fit = parse_fit(arguments[1]);
  const std::optional<Color> background = parse_color(arguments[2]);
  if (!box || !fit || !background) return std::nullopt;
  return DecodeOptions{*box, *fit, *background};
}

}  // namespace noseon
