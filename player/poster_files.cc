// Which files a poster may be shown from, and what is wrong with them.
#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "media/sniff.h"
#include "player/folder.h"
#include "player/poster_path.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// remember.png -> remember.bar.png, but not remember..png or another poster's remember2.png.
bool is_variant(std::string_view name, std::string_view stem, std::string_view extension) {
  return name.size() > stem.size() + 1 + extension.size() && name.starts_with(stem) &&
         name[stem.size()] == '.' && name.ends_with(extension);
}

std::vector<fs::path> variants_of(const fs::path& poster) {
  const std::string stem = poster.stem().string();
  const std::string extension = poster.extension().string();
  std::vector<fs::path> variants;
  const Result<std::vector<std::string>> names = list_folder(poster.parent_path());
  if (!names || extension.empty()) return variants;
  for (const std::string& name : *names) {
    if (is_variant(name, stem, extension)) variants.push_back(poster.parent_path() / name);
  }
  return variants;
}

// The name in the poster's folder that was probably meant; empty where there is none.
std::string similar_name(const fs::path& poster) {
  const std::string wanted = poster.filename().string();
  const Result<std::vector<std::string>> names = list_folder(poster.parent_path());
  if (!names) return {};
  const std::string composed = to_nfc(wanted);
  for (const std::string& name : *names) {
    if (to_nfc(name) == composed) return name;  // macOS leaves NFD in file names
  }
  return nearest(wanted, *names);
}

struct Complaint {
  std::string code;
  std::string message;
  std::string remedy;
};

std::string remedy_for_missing(const fs::path& file) {
  const std::string similar = similar_name(file);
  if (similar.empty()) return say("copy the picture there or correct the path");
  return say("did you mean \"{}\", which is there?", repair_utf8(similar));
}

Complaint complaint_of_reading(const Error& error, const fs::path& file) {
  switch (error.kind) {
    case ErrorKind::not_found:
      return {"missing-file", say("there is no such file"), remedy_for_missing(file)};
    case ErrorKind::denied:
      return {"no-permission", say("it may not be read"),
              say("let this user read it, as with chmod a+r")};
    case ErrorKind::too_large:
      return {"picture-too-large", say("it is larger than {} MiB", kPictureBytesMax >> 20U),
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

std::optional<Complaint> complaint_of(const Campaign& campaign, const fs::path& file) {
  if (!stays_inside(campaign.folder, file)) {
    return Complaint{"outside-folder", say("a symbolic link leads out of the campaign's folder"),
                     say("copy the picture itself into the folder")};
  }
  const Result<std::string> bytes = read_file(file, kPictureBytesMax);
  if (!bytes) return complaint_of_reading(bytes.error(), file);
  const Result<PictureInfo> info = sniff_picture(*bytes);
  if (!info) return complaint_of_picture(info.error());
  return std::nullopt;
}

}  // namespace

bool stays_inside(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const fs::path home = fs::weakly_canonical(folder, error);
  if (error) return true;  // whoever reads it will say why it cannot be read
  const fs::path real = fs::weakly_canonical(file, error);
  if (error) return true;
  return std::mismatch(home.begin(), home.end(), real.begin(), real.end()).first == home.end();
}

std::vector<fs::path> poster_files(const Campaign& campaign, const Item& item) {
  const fs::path poster = fs::path(campaign.folder) / item.poster;
  std::vector<fs::path> files{poster};
  for (fs::path& variant : variants_of(poster)) {
    if (stays_inside(campaign.folder, variant)) files.push_back(std::move(variant));
  }
  return files;
}

Findings check_posters(const Playlist& playlist) {
  Findings findings;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const Campaign& campaign = playlist.campaign_of(entry);
    const Item& item = playlist.item_of(entry);
    if (!item.is_poster()) continue;
    const fs::path poster = fs::path(campaign.folder) / item.poster;
    std::vector<fs::path> files = variants_of(poster);
    files.insert(files.begin(), poster);
    for (const fs::path& file : files) {
      std::optional<Complaint> complaint = complaint_of(campaign, file);
      if (!complaint) continue;
      const std::string name = repair_utf8(file.lexically_relative(campaign.folder).string());
      findings.push_back({Severity::error, campaign.file, item.poster_place, complaint->code,
                          say("poster \"{}\": {}", name, complaint->message),
                          std::move(complaint->remedy)});
    }
  }
  return findings;
}

}  // namespace noseon
