// Proof of play for machines and spreadsheets; their columns: staff/README.md, "proof".
#pragma once

#include <string>

#include "base/zone.h"
#include "player/journal/row.h"
#include "staff/proof_delivery.h"

namespace noseon {

/// One record or object a play (or row of loss), in the order of the DPAA's guidelines for proof of
/// performance: campaign, agency, dates, then what was delivered, where and when, creative by
/// creative; after that what proves it.
[[nodiscard]] std::string play_csv_heading();
[[nodiscard]] std::string play_csv(const Row& row, const Zone& zone);
[[nodiscard]] std::string play_json(const Row& row, const Zone& zone);

/// A record an item, and below it one for each of its days, hours, routes and displays that has
/// plays; then a record a gap, and a journal
/// that was left out.
[[nodiscard]] std::string delivery_csv(const DeliveryReport& delivery, const Zone& zone);
[[nodiscard]] std::string delivery_json(const DeliveryReport& delivery, const Zone& zone,
                                        Instant generated);

}  // namespace noseon
