#include "player/source.h"

namespace noseon {

std::function<LoadedFolder()> reader_of(Source source) {
  return [source = std::move(source), zones = std::make_shared<SystemZones>()] {
    Display display;
    Findings findings;
    if (source.display) {
      ParsedDisplay parsed = load_display(*source.display, *zones);
      if (parsed.display) display = std::move(*parsed.display);
      findings = std::move(parsed.findings);
    }
    if (source.size) display.size = *source.size;
    display.labels.insert(display.labels.end(), source.labels.begin(), source.labels.end());
    LoadedFolder loaded = load_folder(source.folder, display, *zones);
    loaded.findings.insert(loaded.findings.begin(), findings.begin(), findings.end());
    return loaded;
  };
}

Result<Studio> make_studio() {
  return Studio([] { return Typesetter::open(); }, make_picture_source());
}

Result<Studio> make_keeping_studio(const std::filesystem::path& frames) {
  if (frames.empty()) return make_studio();
  return Studio([] { return Typesetter::open(); }, make_picture_source(),
                FrameCache(PreparedCache(frames, FrameCache::kBytesMax)));
}

}  // namespace noseon
