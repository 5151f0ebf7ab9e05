#include "media/exif.h"

#include <cstddef>
#include <cstdint>

#include "media/byte_order.h"

namespace noseon {
namespace {

constexpr std::string_view kExifMark("Exif\0\0", 6);
constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShortType = 3;

// A TIFF structure (TIFF 6.0, section 2) in either byte order.
class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), is_big_(bytes.starts_with("MM")) {}

  [[nodiscard]] bool is_tiff() const {
    return bytes_.size() >= 8 && (is_big_ || bytes_.starts_with("II")) && u16(2) == 42;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint32_t u16(std::size_t at) const {
    return is_big_ ? big_u16(bytes_, at) : little_u16(bytes_, at);
  }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const {
    return is_big_ ? big_u32(bytes_, at) : little_u32(bytes_, at);
  }

 private:
  std::string_view bytes_;
  bool is_big_;
};

}  // namespace

int exif_orientation(std::string_view app1) {
  if (!app1.starts_with(kExifMark)) return 1;
  const Tiff tiff(app1.substr(kExifMark.size()));
  if (!tiff.is_tiff()) return 1;

  const std::size_t directory = tiff.u32(4);
  if (directory > tiff.size() - 2) return 1;
  const std::size_t entries = tiff.u16(directory);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > tiff.size()) return 1;
    if (tiff.u16(entry) != kOrientationTag) continue;
    if (tiff.u16(entry + 2) != kShortType || tiff.u32(entry + 4) != 1) return 1;
    const std::uint32_t orientation = tiff.u16(entry + 8);
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace noseon
