// A drawing as SVG 1.1: text that a browser opens and a printer scales.
#pragma once

#include <string>

#include "staff/drawing.h"

namespace noseon {

/// A whole file, well-formed whatever the labels hold. Fonts are named by family and come from the
/// reader's machine.
[[nodiscard]] std::string svg_of(const Drawing& drawing);

}  // namespace noseon
