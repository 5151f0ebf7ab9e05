// read_manifest: whatever bytes come, a manifest that is accepted is the same when written and read
// again, and every display finds an edition and pictures in it.
#include <cstdint>

#include "base/check.h"
#include "fleet/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const noseon::Result<noseon::Manifest> manifest = noseon::read_manifest(text);
  if (!manifest) {
    CHECK(!manifest.error().message.empty());
    return 0;
  }
  const noseon::Result<std::string> written = noseon::write_manifest(*manifest);
  CHECK(written);
  CHECK(noseon::read_manifest(*written).value() == *manifest);
  CHECK(noseon::is_manifest_target(noseon::manifest_target(manifest->agency, manifest->campaign)));
  const auto& edition = noseon::edition_for(*manifest, noseon::DisplayId{"bus-1"});
  const auto pictures = noseon::pictures_of(edition, {1366, 768});
  CHECK(pictures.empty() == edition.pictures.empty());
  for (const auto& one : pictures)
    CHECK(noseon::picture_for(pictures, one.written, one.box, one.fit, one.background) == &one);
  return 0;
}
