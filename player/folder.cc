#include "player/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "player/picture_file.h"
#include "player/poster_path.h"
#include "playlist/compiled.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCampaignFile = "campaign.toml";
constexpr std::string_view kCompiledFile = "campaign.json";  // where there is no campaign.toml

std::string shown(const fs::path& path) {
  return repair_utf8(path.lexically_normal().string());
}

Finding error_at(const fs::path& file, std::string code, std::string message, std::string remedy) {
  return {Severity::error, shown(file), {}, std::move(code), std::move(message), std::move(remedy)};
}

// What reading a campaign or display file, or listing a folder, failed of.
Finding finding_of(const Error& error, const fs::path& file) {
  switch (error.kind) {
    case ErrorKind::not_found:
      return error_at(file, "missing-file", say("there is no such file"), say("correct the path"));
    case ErrorKind::denied:
      return error_at(file, "no-permission", say("it may not be read"),
                      say("let this user read it, as with chmod a+rX"));
    case ErrorKind::too_large:
      return error_at(file, "file-too-large",
                      say("it is larger than {} MiB", kCampaignBytesMax >> 20U),
                      say("split the campaign into several folders"));
    case ErrorKind::bad_format:
      return error_at(file, "not-a-file", say("it is no ordinary file"),
                      say("put a text file there"));
    default:
      return error_at(file, "unreadable-file", repair_utf8(error.message),
                      say("look at the disk, or copy it again"));
  }
}

Finding finding_of_folder(const Error& error, const fs::path& dir) {
  if (error.kind != ErrorKind::not_found) return finding_of(error, dir);
  std::error_code ignored;
  if (fs::exists(dir, ignored)) {
    return error_at(dir, "not-a-folder", say("this is no folder"),
                    say("name the folder that has the campaign.toml"));
  }
  return error_at(dir, "missing-folder", say("there is no such folder"), say("correct the path"));
}

Finding empty_folder(const fs::path& dir) {
  return error_at(dir, "empty-folder",
                  say("neither this folder nor a folder in it has a campaign.toml"),
                  say("`noseon new {}` makes a campaign that plays as it is", shown(dir)));
}

class Loader {
 public:
  explicit Loader(Zones& zones) : zones_(zones) {}

  void load(const fs::path& dir) {
    if (add_campaign(dir)) return;
    const Result<std::vector<std::string>> names = list_folder(dir);
    if (!names) {
      findings_.push_back(finding_of_folder(names.error(), dir));
      return;
    }
    bool has_campaigns = false;
    for (const std::string& name : *names) has_campaigns |= add_campaign(dir / name);
    if (!has_campaigns) findings_.push_back(empty_folder(dir));
  }

  [[nodiscard]] LoadedFolder finish(const Display& display) {
    return put_together(std::move(campaigns_), display, std::move(findings_));
  }

 private:
  // Whether the folder has a campaign, readable or not.
  bool add_campaign(const fs::path& dir) {
    const fs::path written = dir / kCampaignFile;
    const fs::path compiled = dir / kCompiledFile;
    std::error_code ignored;
    const bool is_compiled = !fs::exists(written, ignored) && fs::exists(compiled, ignored);
    const fs::path& file = is_compiled ? compiled : written;
    const Result<std::string> bytes =
        read_file(file, is_compiled ? kCompiledBytesMax : kCampaignBytesMax);
    if (!bytes) {
      if (bytes.error().kind == ErrorKind::not_found) return false;
      findings_.push_back(finding_of(bytes.error(), file));
      return true;
    }
    ParsedCampaign parsed = is_compiled ? read_compiled(*bytes, shown(file), zones_)
                                        : parse_campaign(*bytes, shown(file), zones_);
    std::move(parsed.findings.begin(), parsed.findings.end(), std::back_inserter(findings_));
    if (!parsed.campaign) return true;
    parsed.campaign->folder = dir.string();
    drop_strays(*parsed.campaign);
    campaigns_.push_back(*std::move(parsed.campaign));
    return true;
  }

  // Items whose poster lies outside of the folder: it is never opened. The parser refuses paths
  // that climb; what is left are symbolic links.
  void drop_strays(Campaign& campaign) {
    std::erase_if(campaign.items, [&](const Item& item) {
      if (!item.is_poster()) return false;
      if (stays_inside(campaign.folder, fs::path(campaign.folder) / item.poster)) return false;
      findings_.push_back(
          {Severity::error, campaign.file, item.poster_place, "outside-folder",
           say("poster \"{}\": a symbolic link leads out of the campaign's folder", item.poster),
           say("copy the picture itself into the folder")});
      return true;
    });
    for (Style& style : campaign.styles) drop_stray(campaign, style);
  }

  // The same for the picture of a style, which goes on without it.
  void drop_stray(const Campaign& campaign, Style& style) {
    if (style.picture.empty()) return;
    if (stays_inside(campaign.folder, fs::path(campaign.folder) / style.picture)) return;
    findings_.push_back(
        {Severity::error, campaign.file, style.picture_place, "outside-folder",
         say("style {}: picture \"{}\": a symbolic link leads out of the campaign's folder",
             style.name, style.picture),
         say("copy the picture itself into the folder")});
    style.picture.clear();
  }

  Zones& zones_;
  std::vector<Campaign> campaigns_;
  Findings findings_;
};

// In the order of the playlist, which does not depend on the names of folders.
ZonePtr zone_of_first(const std::vector<Campaign>& campaigns) {
  const auto first = std::min_element(
      campaigns.begin(), campaigns.end(), [](const Campaign& a, const Campaign& b) {
        return std::tie(a.agency, a.id.str()) < std::tie(b.agency, b.id.str());
      });
  return first == campaigns.end() ? std::make_shared<const Zone>(Zone::utc()) : first->zone;
}

// The operator's card, looked at where it lies.
ParsedDisplay with_fallback(ParsedDisplay parsed, const fs::path& file) {
  if (!parsed.display || parsed.display->fallback.empty()) return parsed;
  Display& display = *parsed.display;
  const std::string written = display.fallback;
  const fs::path picture = file.parent_path() / written;
  display.fallback = picture.string();
  if (auto complaint = complaint_of_file(picture, written)) {
    parsed.findings.push_back({Severity::error, shown(file), display.fallback_place,
                               complaint->code,
                               say("fallback \"{}\": {}", repair_utf8(written), complaint->message),
                               std::move(complaint->remedy)});
  }
  return parsed;
}

}  // namespace

LoadedFolder put_together(std::vector<Campaign> campaigns, const Display& display,
                          Findings findings) {
  auto own = std::make_shared<Display>(display);
  if (!own->zone) own->zone = zone_of_first(campaigns);
  Playlist playlist = compile(std::move(campaigns), *own, findings);
  return {std::make_shared<const Playlist>(std::move(playlist)), std::move(own),
          std::move(findings)};
}

LoadedFolder load_folder(const fs::path& dir, const Display& display, Zones& zones) {
  Loader loader(zones);
  loader.load(dir);
  return loader.finish(display);
}

ParsedDisplay load_display(const fs::path& file, Zones& zones) {
  const Result<std::string> bytes = read_file(file, kCampaignBytesMax);
  if (bytes) return with_fallback(parse_display(*bytes, shown(file), zones), file);
  Finding finding = finding_of(bytes.error(), file);
  if (finding.code == "file-too-large") finding.remedy = say("a display.toml has a few lines");
  return {std::nullopt, {std::move(finding)}};
}

}  // namespace noseon
