#include "player/source.h"

namespace noseon {

ParsedDisplay read_display(const FolderAndDisplay& source, Zones& zones) {
  ParsedDisplay parsed{Display{}, {}};
  if (source.display) parsed = load_display(*source.display, zones);
  if (!parsed.display) return parsed;
  Display& display = *parsed.display;
  if (source.size) display.size = *source.size;
  display.labels.insert(display.labels.end(), source.labels.begin(), source.labels.end());
  return parsed;
}

std::function<LoadedFolder()> reader_of(FolderAndDisplay source) {
  return [source = std::move(source), zones = std::make_shared<SystemZones>()] {
    ParsedDisplay parsed = read_display(source, *zones);
    if (!parsed.display)
      parsed.display = read_display({{}, {}, source.size, source.labels}, *zones).display;
    LoadedFolder loaded = load_folder(source.folder, *parsed.display, *zones);
    loaded.findings.insert(loaded.findings.begin(), parsed.findings.begin(), parsed.findings.end());
    return loaded;
  };
}

Result<Studio> make_studio() {
  return Studio([] { return Typesetter::open(); }, make_picture_source());
}

Result<Studio> make_keeping_studio(const std::filesystem::path& frames, ReportDamage report) {
  std::optional<FrameCache> cache;
  if (!frames.empty()) cache.emplace(PreparedCache(frames, FrameCache::kBytesMax));
  return Studio([] { return Typesetter::open(); }, make_picture_source(), std::move(cache),
                std::move(report));
}

}  // namespace noseon
