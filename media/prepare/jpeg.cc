#include "media/prepare/jpeg.h"

#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
// Behind cstdio, whose FILE it uses.
#include <jpeglib.h>

#include "base/check.h"
#include "base/handle.h"

namespace noseon {
namespace {

constexpr unsigned kBrightnessStep = 3;
constexpr unsigned kColourStep = 2;

using Bytes = Handle<unsigned char, std::free>;

// libjpeg reports errors through a function that must not return.
struct Errors {
  jpeg_error_mgr base{};
  std::jmp_buf back{};
};

[[noreturn]] void leave(j_common_ptr jpeg) {
  std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->back, 1);  // NOLINT: as libjpeg has it
}
void say_nothing(j_common_ptr) {}

void set_step(jpeg_compress_struct& jpeg, int table, unsigned step) {
  constexpr int kAsItIs = 100;
  std::array<unsigned, DCTSIZE2> steps;
  steps.fill(step);
  jpeg_add_quant_table(&jpeg, table, steps.data(), kAsItIs, TRUE);
}

void describe(jpeg_compress_struct& jpeg, Size size, int bands) {
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = bands;
  jpeg.in_color_space = bands == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&jpeg);
  set_step(jpeg, 0, kBrightnessStep);
  set_step(jpeg, 1, kColourStep);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg.optimize_coding = TRUE;
}

// No object with a destructor may live between setjmp and longjmp.
bool compress(const std::uint8_t* pixels, Size size, int bands, unsigned char*& bytes,
              unsigned long& length) {
  jpeg_compress_struct jpeg{};
  Errors errors;
  jpeg.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.output_message = say_nothing;
  if (setjmp(errors.back) != 0) {  // NOLINT: the way libjpeg reports errors
    jpeg_destroy_compress(&jpeg);
    return false;
  }
  jpeg_create_compress(&jpeg);
  jpeg_mem_dest(&jpeg, &bytes, &length);
  describe(jpeg, size, bands);
  jpeg_start_compress(&jpeg, TRUE);
  const auto pitch = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(bands);
  while (jpeg.next_scanline < jpeg.image_height) {
    auto* row = const_cast<JSAMPROW>(pixels + jpeg.next_scanline * pitch);  // only read
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  return true;
}

}  // namespace

Result<std::string> encode_jpeg(std::span<const std::uint8_t> pixels, Size size, int bands) {
  CHECK(bands == 1 || bands == 3);
  CHECK(pixels.size() == static_cast<std::size_t>(size.width) *
                             static_cast<std::size_t>(size.height) *
                             static_cast<std::size_t>(bands));
  unsigned char* made = nullptr;
  unsigned long length = 0;
  const bool is_whole = compress(pixels.data(), size, bands, made, length);
  const Bytes bytes(made);
  if (!is_whole) {
    return fail(ErrorKind::too_large, "preparing it takes too much memory; scale it down");
  }
  return std::string(reinterpret_cast<const char*>(bytes.get()), length);
}

}  // namespace noseon
