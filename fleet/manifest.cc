#include "fleet/manifest.h"

namespace noseon {

std::string manifest_target(std::string_view agency, std::string_view campaign) {
  return std::string(agency) + "/campaign-" + std::string(campaign) + ".json";
}

}  // namespace noseon
