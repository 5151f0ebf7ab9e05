// A bus's plays, one by one, and what they add up to.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "staff/proof_delivery.h"

namespace noseon::testing {

inline constexpr Instant kNoon = Instant{Millis{1'803'524'400'000}};  // 2027-02-25 12:00 in Seoul

inline Zone seoul() {
  return Zone("Asia/Seoul", {{Instant{}, std::chrono::hours{9}}});
}

inline Row play(Millis after, const char* item = "names", const char* boot = "a") {
  Row row;
  row.sequence = 1;
  row.display = "bus-1";
  row.boot = boot;
  row.agency = "friends";
  row.campaign = "khojaly";
  row.item = item;
  row.start = kNoon + after;
  row.shown = std::chrono::seconds{10};
  row.route = "472";
  return row;
}

class DeliveryRig : public ::testing::Test {
 protected:
  /// Of the day from noon on.
  DeliveryReport deliver(const std::vector<Row>& rows) {
    DeliveryBuilder builder({kNoon, kNoon + std::chrono::hours{24}}, zone_);
    for (const Row& row : rows) builder.see(row);
    return builder.take();
  }
  Zone zone_ = seoul();
};

}  // namespace noseon::testing
