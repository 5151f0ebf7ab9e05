#include "player/connectors.h"

#include <algorithm>
#include <system_error>

#include "base/files.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// card0-HDMI-A-1 -> HDMI-A-1; cards themselves and render nodes have no hyphen.
std::string connector_name(const std::string& entry) {
  const std::size_t hyphen = entry.find('-');
  if (!entry.starts_with("card") || hyphen == std::string::npos) return {};
  return entry.substr(hyphen + 1);
}

}  // namespace

std::vector<Connector> connectors(const fs::path& drm) {
  constexpr std::size_t kStatusBytesMax = 64;
  std::vector<Connector> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(drm, error)) {
    const std::string name = connector_name(entry.path().filename().string());
    if (name.empty() || name.starts_with("Writeback")) continue;
    const auto status = read_start(entry.path() / "status", kStatusBytesMax);
    // "connected", "disconnected", or "unknown" of sockets that cannot tell.
    found.push_back({name, status && !status->starts_with("disconnected")});
  }
  std::sort(found.begin(), found.end(),
            [](const Connector& a, const Connector& b) { return a.name < b.name; });
  return found;
}

bool draws_on_console(std::string_view asked, bool has_desktop,
                      const std::vector<Connector>& connectors) {
  if (asked.empty()) return !has_desktop && !connectors.empty();
  std::string name(asked);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name == "kmsdrm";
}

bool lacks_screen(const std::vector<Connector>& connectors) {
  return !connectors.empty() && std::none_of(connectors.begin(), connectors.end(),
                                             [](const Connector& c) { return c.is_connected; });
}

}  // namespace noseon
