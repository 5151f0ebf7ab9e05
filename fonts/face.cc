#include "fonts/face.h"

#include <hb-ot.h>

#include <utility>

#include "base/files.h"
#include "base/say.h"

namespace noseon {
namespace {

/// That the file is there, with the remedy where it is not.
Status check_present(const FontFile& file) {
  const Result<Fd> fd = open_file(file.path);
  if (fd) return {};
  if (file.package.empty()) return fail(fd.error());
  return fail(fd.error().kind,
              say("{}; the Debian package {} has this font", fd.error().message, file.package));
}

}  // namespace

Face::Face(HbBlob blob, HbFace face, HbFont font, int face_index)
    : blob_(std::move(blob)),
      face_(std::move(face)),
      font_(std::move(font)),
      face_index_(face_index),
      units_per_em_(static_cast<std::int32_t>(hb_face_get_upem(face_.get()))) {}

Result<Face> Face::open(const FontFile& file) {
  TRY(check_present(file));
  HbBlob blob(hb_blob_create_from_file_or_fail(file.path.c_str()));
  if (!blob) return fail(ErrorKind::disk, say("{}: cannot be mapped", file.path));
  const auto index = static_cast<unsigned>(file.face_index);
  HbFace face;
  if (index < hb_face_count(blob.get())) face.reset(hb_face_create(blob.get(), index));
  if (!face || hb_face_get_glyph_count(face.get()) == 0) {
    const std::string what = say("{}: has no font number {}", file.path, index);
    if (file.package.empty()) return fail(ErrorKind::bad_format, what);
    return fail(ErrorKind::bad_format,
                say("{}; install the Debian package {} again", what, file.package));
  }
  HbFont font(hb_font_create(face.get()));
  return Face(std::move(blob), std::move(face), std::move(font), file.face_index);
}

bool Face::has(char32_t point) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(font_.get(), point, &glyph) != 0 && glyph != 0;
}

Ink Face::ink(std::uint32_t glyph) const {
  const auto [entry, is_new] = inks_.try_emplace(glyph);
  hb_glyph_extents_t extents{};
  if (is_new && hb_font_get_glyph_extents(font_.get(), glyph, &extents) != 0) {
    entry->second = {.left = extents.x_bearing,
                     .right = extents.x_bearing + extents.width,
                     .top = extents.y_bearing,
                     .bottom = extents.y_bearing + extents.height};
  }
  return entry->second;
}

bool Face::is_in_colour() const {
  return hb_ot_color_has_png(face_.get()) != 0;
}

std::string_view Face::bytes() const {
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob_.get(), &length);
  return {data, length};
}

}  // namespace noseon
