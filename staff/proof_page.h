// Proof of play as a page to hand to a sponsor: HTML that stands alone, prints on A4, runs nothing.
#pragma once

#include <string>

#include "base/zone.h"
#include "staff/proof_delivery.h"

namespace noseon {

struct PageOptions {
  Instant generated;
  const Zone& zone;
  /// Campaign id -> its title in the reader's language; what is not here goes by its id.
  std::map<std::string, std::string> titles;
};

/// In the reader's language. Every text from outside is escaped.
[[nodiscard]] std::string proof_page(const DeliveryReport& delivery, const PageOptions& options);

}  // namespace noseon
