#include "media/sniff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/say.h"
#include "media/facts.h"

namespace noseon {
namespace {

std::string remedy() {
  return say("save it as PNG, JPEG or WebP");
}

struct Signature {
  std::size_t at;
  std::string_view bytes;
  const char* name;
};

// What staff are likely to send instead. Order matters: "ftyp" alone is any of a family.
constexpr std::array kOthers = {
    Signature{0, "GIF8", to_say("a GIF picture")},
    Signature{0, "BM", to_say("a BMP picture")},
    Signature{0, "%PDF", to_say("a PDF document")},
    Signature{0, "%!PS", to_say("a PostScript document")},
    Signature{0, std::string_view("II*\0", 4), to_say("a TIFF picture")},
    Signature{0, std::string_view("MM\0*", 4), to_say("a TIFF picture")},
    Signature{0, "8BPS", to_say("a Photoshop document")},
    Signature{0, std::string_view("\0\0\1\0", 4), to_say("a Windows icon")},
    Signature{0, "\xFF\x0A", to_say("a JPEG XL picture")},
    Signature{4, "JXL ", to_say("a JPEG XL picture")},
    Signature{4, "jP  ", to_say("a JPEG 2000 picture")},
    Signature{4, "ftypavif", to_say("an AVIF picture")},
    Signature{4, "ftypavis", to_say("an AVIF picture")},
    Signature{4, "ftyphei", to_say("a HEIC picture")},
    Signature{4, "ftyphev", to_say("a HEIC picture")},
    Signature{4, "ftypmif1", to_say("a HEIC or AVIF picture")},
    Signature{4, "ftypmsf1", to_say("a HEIC or AVIF picture")},
    Signature{4, "ftyp", to_say("a video")},
    Signature{0, "PK\3\4", to_say("a ZIP archive or an office document")},
};

bool is_svg(std::string_view bytes) {
  constexpr std::size_t kLookInto = 1024;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view start = bytes.substr(0, kLookInto);
  if (start.starts_with(kByteOrderMark)) start.remove_prefix(kByteOrderMark.size());
  const std::size_t markup = start.find_first_not_of(" \t\r\n");
  return markup != std::string_view::npos && start[markup] == '<' &&
         start.find("<svg") != std::string_view::npos;
}

Error name_other_format(std::string_view bytes) {
  for (const Signature& other : kOthers) {
    if (bytes.size() > other.at && bytes.substr(other.at).starts_with(other.bytes)) {
      return {ErrorKind::bad_format, say("this is {}: {}", said(other.name), remedy())};
    }
  }
  if (is_svg(bytes)) {
    return {ErrorKind::bad_format, say("this is an SVG drawing: {}", remedy())};
  }
  return {ErrorKind::bad_format, say("this is not a picture that is known here: {}", remedy())};
}

// Fewer bytes than a signature has, but those the right ones.
bool begins_signature(std::string_view bytes) {
  constexpr std::string_view kPng = "\x89PNG\r\n\x1A\n";
  constexpr std::string_view kJpeg = "\xFF\xD8\xFF";
  constexpr std::string_view kRiff = "RIFF";
  return kPng.starts_with(bytes) || kJpeg.starts_with(bytes) || kRiff.starts_with(bytes) ||
         (bytes.size() < 12 && bytes.starts_with(kRiff));
}

}  // namespace

const char* name_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return "PNG";
    case PictureFormat::jpeg:
      return "JPEG";
    case PictureFormat::webp:
      return "WebP";
  }
  return "picture";
}

Result<Size> check_caps(std::int64_t width, std::int64_t height, const PictureLimits& limits) {
  if (width <= 0 || height <= 0) {
    return fail(ErrorKind::bad_format,
                say("{} x {} pixels: there is nothing to show; export it again", width, height));
  }
  if (std::max(width, height) > limits.side_max) {
    return fail(ErrorKind::too_large, say("{} x {} pixels; at most {} a side: scale it down", width,
                                          height, limits.side_max));
  }
  if (width * height > limits.pixels_max) {
    return fail(ErrorKind::too_large,
                say("{} x {} pixels, {} in all; at most {} in all: scale it down", width, height,
                    width * height, limits.pixels_max));
  }
  return Size{static_cast<int>(width), static_cast<int>(height)};
}

Status check_held(std::uint64_t held_bytes, const PictureLimits& limits, std::string_view what,
                  std::string_view remedy) {
  if (held_bytes <= limits.held_max) return {};
  constexpr std::uint64_t kMiB = 1024 * 1024;
  return fail(ErrorKind::too_large,
              say("{} of this size takes {} MiB to open, at most {}: scale it down or {}", what,
                  (held_bytes + kMiB - 1) / kMiB, limits.held_max / kMiB, remedy));
}

Error cut_short(std::string_view format, std::size_t bytes) {
  return {ErrorKind::bad_format,
          say("this {} file is cut short: it ends after {} bytes, before its picture does; "
              "copy or export it again",
              format, bytes)};
}

Result<PictureFacts> read_facts(std::string_view bytes, const PictureLimits& limits) {
  if (bytes.empty()) {
    return fail(ErrorKind::bad_format, say("the file is empty: copy or export it again"));
  }
  if (bytes.size() > limits.bytes_max) {
    return fail(ErrorKind::too_large, say("{} bytes; at most {}: scale it down or save it as JPEG",
                                          bytes.size(), limits.bytes_max));
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return read_png_facts(bytes, limits);
  if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg_facts(bytes, limits);
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) {
    return read_webp_facts(bytes, limits);
  }
  if (begins_signature(bytes)) return fail(cut_short("picture", bytes.size()));
  return fail(name_other_format(bytes));
}

Result<PictureInfo> sniff_picture(std::string_view bytes, const PictureLimits& limits) {
  ASSIGN_OR_RETURN(const PictureFacts facts, read_facts(bytes, limits));
  return PictureInfo{facts.format, upright_size(facts)};
}

}  // namespace noseon
