#include "tests/bench/peers/jpeg.h"

#include <fmt/format.h>

#include <csetjmp>
#include <cstdio>
// After <cstdio>, which it needs and does not include.
#include <jpeglib.h>

#include "base/files.h"
#include "base/handle.h"

namespace noseon::peers {
namespace {

using File = Handle<std::FILE, std::fclose>;

// libjpeg reports errors through a function that must not return.
struct Errors {
  jpeg_error_mgr base{};
  std::jmp_buf back{};
};

void leave(j_common_ptr jpeg) {
  std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->back, 1);  // NOLINT: as libjpeg has it
}

void catch_errors(Errors& errors) {
  ::jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
}

// No object with a destructor may live between setjmp and longjmp.
bool compress(std::FILE* file, Size size, int quality, Chroma chroma, std::uint8_t* row,
              const std::function<void(int, std::uint8_t*)>& fill) {
  jpeg_compress_struct jpeg{};
  Errors errors;
  catch_errors(errors);
  jpeg.err = &errors.base;
  if (setjmp(errors.back) != 0) {  // NOLINT: the way libjpeg reports errors
    ::jpeg_destroy_compress(&jpeg);
    return false;
  }
  jpeg_create_compress(&jpeg);
  ::jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  ::jpeg_set_defaults(&jpeg);
  ::jpeg_set_quality(&jpeg, quality, TRUE);
  if (chroma == Chroma::full) jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  ::jpeg_start_compress(&jpeg, TRUE);
  for (int y = 0; y < size.height; ++y) {
    fill(y, row);
    ::jpeg_write_scanlines(&jpeg, &row, 1);
  }
  ::jpeg_finish_compress(&jpeg);
  ::jpeg_destroy_compress(&jpeg);
  return true;
}

bool decompress(std::FILE* file, int denominator, RgbPicture& picture) {
  jpeg_decompress_struct jpeg{};
  Errors errors;
  catch_errors(errors);
  jpeg.err = &errors.base;
  if (setjmp(errors.back) != 0) {  // NOLINT: the way libjpeg reports errors
    ::jpeg_destroy_decompress(&jpeg);
    return false;
  }
  jpeg_create_decompress(&jpeg);
  ::jpeg_stdio_src(&jpeg, file);
  ::jpeg_read_header(&jpeg, TRUE);
  jpeg.out_color_space = JCS_RGB;
  jpeg.dct_method = JDCT_ISLOW;
  jpeg.scale_num = 1;
  jpeg.scale_denom = static_cast<unsigned>(denominator);
  ::jpeg_start_decompress(&jpeg);
  picture.size = {static_cast<int>(jpeg.output_width), static_cast<int>(jpeg.output_height)};
  const std::size_t pitch = std::size_t{jpeg.output_width} * 3;
  picture.bytes.resize(pitch * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = picture.bytes.data() + pitch * jpeg.output_scanline;
    ::jpeg_read_scanlines(&jpeg, &row, 1);
  }
  ::jpeg_finish_decompress(&jpeg);
  ::jpeg_destroy_decompress(&jpeg);
  return true;
}

}  // namespace

Status write_jpeg(const std::filesystem::path& file, Size size, int quality, Chroma chroma,
                  const std::function<void(int y, std::uint8_t* row)>& fill) {
  std::filesystem::path part = file;
  part += ".part";
  const auto failed = [&] {
    return fail(ErrorKind::disk,
                fmt::format("{} cannot be written; is the disk full?", part.string()));
  };
  File out(std::fopen(part.c_str(), "wb"));
  if (!out) return failed();
  std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width) * 3);
  if (!compress(out.get(), size, quality, chroma, row.data(), fill)) return failed();
  if (std::fflush(out.get()) != 0) return failed();
  std::error_code error;
  std::filesystem::rename(part, file, error);
  if (error) return failed();
  return {};
}

Result<RgbPicture> read_jpeg(const std::filesystem::path& file, int denominator) {
  const File in(std::fopen(file.c_str(), "rb"));
  if (!in) return fail(ErrorKind::not_found, fmt::format("{} cannot be opened", file.string()));
  RgbPicture picture;
  if (!decompress(in.get(), denominator, picture))
    return fail(ErrorKind::bad_format, fmt::format("{} is no good JPEG", file.string()));
  return picture;
}

}  // namespace noseon::peers
