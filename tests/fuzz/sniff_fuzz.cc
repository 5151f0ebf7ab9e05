// libFuzzer: whatever the bytes, sniff_picture() refuses them or stays within its own caps.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "media/sniff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto info = noseon::sniff_picture({reinterpret_cast<const char*>(data), size});
  if (!info) {
    CHECK(!info.error().message.empty());
    return 0;
  }
  CHECK(info->size.width >= 1 && info->size.width <= noseon::kPictureSideMax);
  CHECK(info->size.height >= 1 && info->size.height <= noseon::kPictureSideMax);
  CHECK(std::int64_t{info->size.width} * info->size.height <= noseon::kPicturePixelsMax);
  return 0;
}
