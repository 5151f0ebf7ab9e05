#include "player/picture_file.h"

#include <algorithm>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "media/sniff.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// The name in the picture's folder that was probably meant; empty where there is none.
std::string similar_name(const fs::path& file) {
  const std::string wanted = file.filename().string();
  const Result<std::vector<std::string>> names = list_folder(file.parent_path());
  if (!names) return {};
  const std::string composed = to_nfc(wanted);
  for (const std::string& name : *names) {
    if (to_nfc(name) == composed) return name;  // macOS leaves NFD in file names
  }
  return nearest(wanted, *names);
}

std::string remedy_for_missing(const fs::path& file, const fs::path& written) {
  const std::string similar = similar_name(file);
  if (similar.empty()) return say("copy the picture there or correct the path");
  return say("did you mean \"{}\", which is there?",
             repair_utf8((written.parent_path() / similar).string()));
}

Complaint complaint_of_reading(const Error& error, const fs::path& file, const fs::path& written) {
  switch (error.kind) {
    case ErrorKind::not_found:
      return {"missing-file", say("there is no such file"), remedy_for_missing(file, written)};
    case ErrorKind::denied:
      return {"no-permission", say("it may not be read"),
              say("let this user read it, as with chmod a+r")};
    case ErrorKind::too_large:
      return {"picture-too-large",
              say("it is larger than {} MiB", kOriginalLimits.bytes_max >> 20U),
              say("scale it down or save it as JPEG")};
    case ErrorKind::bad_format:
      return {"bad-picture", say("it is no ordinary file"),
              say("put a PNG, JPEG or WebP picture there")};
    default:
      return {"unreadable-file", repair_utf8(error.message),
              say("look at the disk, or copy it again")};
  }
}

// The sniffer says what it found, then what to do.
Complaint complaint_of_picture(const Error& error) {
  Complaint complaint{error.kind == ErrorKind::too_large ? "picture-too-large" : "bad-picture",
                      error.message, say("save it as PNG, JPEG or WebP")};
  const std::size_t colon = error.message.rfind(": ");
  const std::size_t semicolon = error.message.rfind("; ");
  const std::size_t split = colon == std::string::npos       ? semicolon
                            : semicolon == std::string::npos ? colon
                                                             : std::max(colon, semicolon);
  if (split != std::string::npos) {
    complaint.message = error.message.substr(0, split);
    complaint.remedy = error.message.substr(split + 2);
  }
  return complaint;
}

}  // namespace

std::optional<Complaint> complaint_of_file(const fs::path& file, const fs::path& written) {
  const Result<std::string> bytes = read_file(file, kOriginalLimits.bytes_max);
  if (!bytes) return complaint_of_reading(bytes.error(), file, written);
  const Result<PictureInfo> info = sniff_picture(*bytes);
  if (!info) return complaint_of_picture(info.error());
  return std::nullopt;
}

}  // namespace noseon
