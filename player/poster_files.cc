// Which files a poster may be shown from, and what is wrong with them.
#include <algorithm>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "player/folder.h"
#include "player/picture_file.h"
#include "player/poster_path.h"

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

std::optional<Complaint> complaint_of(const Campaign& campaign, const fs::path& file) {
  if (!stays_inside(campaign.folder, file)) {
    return Complaint{"outside-folder", say("a symbolic link leads out of the campaign's folder"),
                     say("copy the picture itself into the folder")};
  }
  return complaint_of_file(file, file.lexically_relative(campaign.folder));
}

// The pictures behind texts; they have no variants.
void check_backgrounds(const Campaign& campaign, Findings& findings) {
  for (const Style& style : campaign.styles) {
    if (style.picture.empty()) continue;
    auto complaint = complaint_of(campaign, fs::path(campaign.folder) / style.picture);
    if (!complaint) continue;
    findings.push_back(
        {Severity::error, campaign.file, style.picture_place, complaint->code,
         say("style {}: picture \"{}\": {}", style.name, style.picture, complaint->message),
         std::move(complaint->remedy)});
  }
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
  for (const Campaign& campaign : playlist.campaigns) check_backgrounds(campaign, findings);
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
      findings.push_back(
          {Severity::error, campaign.file, item.poster_place, complaint->code,
           say("item {}: poster \"{}\": {}", item.id.str(), name, complaint->message),
           std::move(complaint->remedy)});
    }
  }
  return findings;
}

}  // namespace noseon
