#include "media/decode/png_rows.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace noseon {

struct PngRows::Impl {
  png_structp png = nullptr;
  png_infop info = nullptr;
  Refuse refuse;
  std::string_view left;  // of the file
  Color background;
  std::vector<std::uint32_t> held;  // an interlaced picture's pixels
  std::size_t next_held = 0;

  [[noreturn]] static void on_error(png_structp png, png_const_charp words) {
    give_up(static_cast<Impl*>(png_get_error_ptr(png))->refuse, words);
  }
  static void on_warning(png_structp, png_const_charp) {}

  static void read(png_structp png, png_bytep into, std::size_t count) {
    std::string_view& left = static_cast<Impl*>(png_get_io_ptr(png))->left;
    if (left.size() < count) png_error(png, "it ends too early");
    std::copy_n(left.begin(), count, into);
    left.remove_prefix(count);
  }

  // Every kind of pixel to blue, green, red and alpha, of 8 bits each: of 16 the upper half.
  void ask_for_bgra() {
    png_set_strip_16(png);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_set_bgr(png);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
  }

  void open(const PictureFacts& facts) {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
    if (png == nullptr) give_up(refuse, "no memory left");
    info = png_create_info_struct(png);
    if (info == nullptr) give_up(refuse, "no memory left");
    png_set_read_fn(png, this, read);
    png_read_info(png, info);
    const Size says{static_cast<int>(png_get_image_width(png, info)),
                    static_cast<int>(png_get_image_height(png, info))};
    if (says != facts.stored) {
      give_up(refuse,
              fmt::format("its header says {} x {} pixels, its data {} x {}", facts.stored.width,
                          facts.stored.height, says.width, says.height));
    }
    ask_for_bgra();
    const bool is_interlaced = png_set_interlace_handling(png) > 1;
    png_read_update_info(png, info);
    if (is_interlaced) hold(says);
  }

  void hold(Size size) {
    const auto width = static_cast<std::size_t>(size.width);
    held.resize(width * static_cast<std::size_t>(size.height));
    std::vector<png_bytep> rows;
    for (std::size_t at = 0; at < held.size(); at += width)
      rows.push_back(reinterpret_cast<png_bytep>(held.data() + at));
    png_read_image(png, rows.data());
  }
};

PngRows::PngRows(std::string_view bytes, const PictureFacts& facts, Color background, Refuse refuse)
    : impl_(std::make_unique<Impl>()) {
  impl_->refuse = std::move(refuse);
  impl_->left = bytes;
  impl_->background = background;
  impl_->open(facts);
}

PngRows::~PngRows() {
  png_destroy_read_struct(&impl_->png, &impl_->info, nullptr);
}

void PngRows::next(std::span<std::uint32_t> row) {
  if (impl_->held.empty()) {
    png_read_row(impl_->png, reinterpret_cast<png_bytep>(row.data()), nullptr);
  } else {
    std::copy_n(impl_->held.begin() + static_cast<std::ptrdiff_t>(impl_->next_held), row.size(),
                row.begin());
    impl_->next_held += row.size();
  }
  put_on(impl_->background, row);
}

}  // namespace noseon
