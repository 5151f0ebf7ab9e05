#include "media/prepare/original.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "media/cage/input.h"
#include "media/prepare/profile.h"

namespace noseon {
namespace {

void unref_source(VipsSourceCustom* source) {
  g_object_unref(source);
}
using Source = Handle<VipsSourceCustom, unref_source>;

// The file by pread(), so that nothing of it stays in memory. One for the process: it reads one
// file.
struct Position {
  std::int64_t at = 0;
  std::int64_t size = 0;
};

gint64 on_read(VipsSourceCustom*, void* buffer, gint64 length, void* data) {
  auto& position = *static_cast<Position*>(data);
  const std::ptrdiff_t got =
      read_picture({static_cast<char*>(buffer), static_cast<std::size_t>(length)},
                   static_cast<std::uint64_t>(position.at));
  if (got > 0) position.at += got;
  return got;
}

gint64 on_seek(VipsSourceCustom*, gint64 offset, int whence, void* data) {
  auto& position = *static_cast<Position*>(data);
  const std::int64_t from =
      whence == SEEK_SET ? 0 : (whence == SEEK_CUR ? position.at : position.size);
  if (from + offset < 0) return -1;
  position.at = from + offset;
  return position.at;
}

Source open_source(Position& position) {
  Source source(vips_source_custom_new());
  g_signal_connect(source.get(), "read", G_CALLBACK(on_read), &position);
  g_signal_connect(source.get(), "seek", G_CALLBACK(on_seek), &position);
  return source;
}

Failure refuse(PictureFormat format, std::string_view why) {
  return fail(ErrorKind::bad_format,
              fmt::format("this {} file cannot be decoded: {}; save it again in the program that "
                          "made it",
                          name_of(format), why));
}

// Errors of the data are errors; warnings are not, since good cameras cause them.
Image load(VipsSource* source, PictureFormat format, int shrink) {
  VipsImage* image = nullptr;
  const auto access = VIPS_ACCESS_SEQUENTIAL;
  const auto fail_on = VIPS_FAIL_ON_ERROR;
  switch (format) {
    case PictureFormat::png:
      vips_pngload_source(source, &image, "access", access, "fail_on", fail_on, nullptr);
      break;
    case PictureFormat::jpeg:
      vips_jpegload_source(source, &image, "access", access, "fail_on", fail_on, "shrink", shrink,
                           nullptr);
      break;
    case PictureFormat::webp:
      vips_webpload_source(source, &image, "access", access, "fail_on", fail_on, nullptr);
      break;
  }
  return Image(image);
}

// libvips takes every CMYK JPEG for one of Adobe's.
Image inverted(const Image& image) {
  VipsImage* out = nullptr;
  vips_invert(image.get(), &out, nullptr);
  return Image(out);
}

// libvips leaves out a last column or row that would be made of fewer pixels.
bool is_of_size(const VipsImage& image, Size stored, int shrink) {
  const auto shrunk = [shrink](int side) { return std::max(side / shrink, 1); };
  return image.Xsize == shrunk(stored.width) && image.Ysize == shrunk(stored.height);
}

}  // namespace

Result<Original> open_original(const PictureFacts& facts, std::int64_t file_bytes, int shrink_max) {
  static Position position;  // the image reads on after this call
  position = {0, file_bytes};
  const Source source = open_source(position);
  const int shrink = facts.format == PictureFormat::jpeg ? shrink_max : 1;
  Image image = load(VIPS_SOURCE(source.get()), facts.format, shrink);
  if (!image) return refuse(facts.format, vips_complaint());
  if (!is_of_size(*image, facts.stored, shrink)) {
    return refuse(facts.format,
                  fmt::format("its header says {} x {} pixels, its data {} x {}",
                              facts.stored.width, facts.stored.height, image->Xsize, image->Ysize));
  }
  if (facts.is_ink) image = inverted(image);
  if (!image) return refuse(facts.format, vips_complaint());
  Image colored = to_srgb(std::move(image), facts.gamma);
  if (!colored) return refuse(facts.format, vips_complaint());
  return Original{std::move(colored), shrink};
}

}  // namespace noseon
