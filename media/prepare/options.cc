#include "media/prepare/options.h"

#include <charconv>
#include <system_error>

#include "media/decode/options.h"

namespace noseon {
namespace {

std::optional<int> parse_number(std::string_view text, int least, int most) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end || number < least || number > most)
    return std::nullopt;
  return number;
}

std::optional<Size> parse_size(std::string_view text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const auto width = parse_number(text.substr(0, cross), 1, kOriginalLimits.side_max);
  const auto height = parse_number(text.substr(cross + 1), 1, kOriginalLimits.side_max);
  if (!width || !height) return std::nullopt;
  return Size{*width, *height};
}

std::optional<PictureFormat> parse_format(std::string_view text) {
  if (text == "png") return PictureFormat::png;
  if (text == "jpeg" || text == "jpeg-of-ink") return PictureFormat::jpeg;
  if (text == "webp") return PictureFormat::webp;
  return std::nullopt;
}

}  // namespace

std::optional<PrepareOptions> parse_prepare_options(std::span<const std::string_view> arguments) {
  if (arguments.size() != 8) return std::nullopt;
  const auto wanted = parse_options(arguments.first(3));
  const auto format = parse_format(arguments[3]);
  const auto stored = parse_size(arguments[4]);
  const auto orientation = parse_number(arguments[5], 1, 8);
  const auto gamma = parse_number(arguments[6], 0, 1'000'000);
  const auto threads = parse_number(arguments[7], 1, 16);
  if (!wanted || !format || !stored || !orientation || !gamma || !threads) return std::nullopt;
  PictureFacts facts{*format, *stored, *orientation};
  facts.is_ink = arguments[3] == "jpeg-of-ink";
  facts.gamma = static_cast<std::uint32_t>(*gamma);
  return PrepareOptions{wanted->box, wanted->fit, wanted->background, facts, *threads};
}

}  // namespace noseon
