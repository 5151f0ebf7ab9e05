// Whether what is composed can be read: the contrast of ink with the pixels behind it, and how much
// of a scrim it takes.
//
// Contrast is WCAG 2.2's ratio (success criterion 1.4.3). Where the pixels behind a text differ,
// the worst hundredth of them is left out: a few bright specks under a letter hide nothing.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "media/picture.h"

namespace noseon {

/// What most people can read: WCAG 2.2, success criterion 1.4.3.
inline constexpr double kContrastMin = 4.5;

/// The contrast of `ink` with the pixels of `behind` inside `areas`, 1 to 21, after `veil` has been
/// laid over them with `percent` of opacity. Areas are clipped; of none at all, 21.
[[nodiscard]] double contrast_with(const Picture& behind, const std::vector<Rect>& areas, Color ink,
                                   Color veil = {}, int percent = 0);

/// The least percentage from `least` to 100 at which the veil gives kContrastMin; 100 where none
/// does. REQUIRES: 0 <= least <= 100.
[[nodiscard]] int scrim_needed(const Picture& behind, const std::vector<Rect>& areas, Color ink,
                               Color veil, int least);

/// The opacity, 0 to 255, of that many percent.
[[nodiscard]] int opacity_of(int percent);

}  // namespace noseon
