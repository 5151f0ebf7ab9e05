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
  ASSIGN_OR_RETURN(Typesetter typesetter, Typesetter::open());
  return Studio(std::move(typesetter), make_picture_source());
}

}  // namespace noseon
