#include "media/picture.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace noseon {
namespace {

std::span<const std::uint32_t> words_of(const std::vector<std::uint32_t>& pixels) {
  return pixels;
}
std::span<const std::uint32_t> words_of(const PixelMemory& pixels) {
  return pixels.words();
}

template <class Pixels>
class MemoryPicture final : public Picture {
 public:
  MemoryPicture(Size size, Pixels pixels) : size_(size), pixels_(std::move(pixels)) {}
  [[nodiscard]] Size size() const override { return size_; }
  [[nodiscard]] std::span<const std::uint32_t> pixels() const override { return words_of(pixels_); }

 private:
  Size size_;
  Pixels pixels_;
};

template <class Pixels>
PicturePtr picture_over(Size size, Pixels pixels) {
  CHECK(size.width > 0 && size.height > 0);
  CHECK(words_of(pixels).size() ==
        static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
  return std::make_shared<MemoryPicture<Pixels>>(size, std::move(pixels));
}

class Mean {
 public:
  void add(std::uint32_t pixel) {
    red_ += pixel >> 16U & 0xFFU;
    green_ += pixel >> 8U & 0xFFU;
    blue_ += pixel & 0xFFU;
    ++count_;
  }
  [[nodiscard]] Color color() const { return {rounded(red_), rounded(green_), rounded(blue_)}; }

 private:
  [[nodiscard]] std::uint8_t rounded(std::uint64_t sum) const {
    return static_cast<std::uint8_t>((sum + count_ / 2) / count_);
  }
  std::uint64_t red_ = 0, green_ = 0, blue_ = 0, count_ = 0;
};

}  // namespace

Color edge_color(const Picture& picture) {
  const auto width = static_cast<std::size_t>(picture.size().width);
  const auto height = static_cast<std::size_t>(picture.size().height);
  const std::span<const std::uint32_t> pixels = picture.pixels();
  CHECK(!pixels.empty());

  // Each pixel of the rim once, corners too, also where the picture is one row or column.
  Mean mean;
  for (std::size_t x = 0; x < width; ++x) {
    mean.add(pixels[x]);
    if (height > 1) mean.add(pixels[(height - 1) * width + x]);
  }
  for (std::size_t y = 1; y + 1 < height; ++y) {
    mean.add(pixels[y * width]);
    if (width > 1) mean.add(pixels[y * width + width - 1]);
  }
  return mean.color();
}

PicturePtr make_picture(Size size, std::vector<std::uint32_t> pixels) {
  return picture_over(size, std::move(pixels));
}

PicturePtr make_frame(Size size, PixelMemory pixels) {
  return picture_over(size, std::move(pixels));
}

}  // namespace noseon
