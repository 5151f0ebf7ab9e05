// What the campaigns' plan promised for the time that displays were on.
#pragma once

#include "staff/proof_delivery.h"
#include "staff/world.h"

namespace noseon {

/// Puts each item's contracted share, and the time that the plan gave it, beside what was
/// delivered: planned over the very runs of the journals, each in the context it was recorded with.
/// Items that were planned and never shown are added, with nothing delivered.
void add_contract(DeliveryReport& delivery, const World& world);

}  // namespace noseon
