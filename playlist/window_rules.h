// What must hold between a campaign's window and those of its items: an item narrows the campaign's
// days, it never widens them.
#pragma once

#include "playlist/fields.h"
#include "playlist/model.h"

namespace noseon {

/// from after until.
void check_window(const DayWindow& window, const std::string& where, Reporter& reporter);

/// A bound outside the campaign's days, an occurrence that crosses its edge, no day at all: errors.
/// Only `from` in a yearly campaign: a warning.
void check_item_window(const Campaign& campaign, const Item& item, Reporter& reporter);

}  // namespace noseon
