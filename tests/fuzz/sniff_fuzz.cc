// libFuzzer: whatever the bytes, a picture is refused or stays within the caps it was held against,
// and what displays decode is an original too.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "media/sniff.h"

namespace {

bool is_taken(std::string_view bytes, const noseon::PictureLimits& limits) {
  const auto info = noseon::sniff_picture(bytes, limits);
  if (!info) {
    CHECK(!info.error().message.empty());
    return false;
  }
  CHECK(info->size.width >= 1 && info->size.width <= limits.side_max);
  CHECK(info->size.height >= 1 && info->size.height <= limits.side_max);
  CHECK(std::int64_t{info->size.width} * info->size.height <= limits.pixels_max);
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool is_original = is_taken(bytes, noseon::kOriginalLimits);
  CHECK(!is_taken(bytes, noseon::kPreparedLimits) || is_original);
  return 0;
}
