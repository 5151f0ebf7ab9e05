#include "player/remote_screen.h"

namespace noseon {

bool is_over_network(std::string_view display) {
  const std::size_t colon = display.rfind(':');
  if (colon == std::string_view::npos || display.starts_with('/')) return false;
  const std::string_view host = display.substr(0, colon);
  return !host.empty() && host != "unix" && !host.starts_with("unix/") &&
         !host.starts_with("local/");
}

}  // namespace noseon
