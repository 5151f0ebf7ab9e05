// The words that a campaign and the code that draws it share for how things look.
#pragma once

namespace noseon {

enum class Family { sans, serif };
enum class Weight { regular, bold };
enum class Align { left, center, right };

/// How a poster meets a box of another aspect.
enum class Fit {
  fit,   ///< the whole poster, as large as the box allows
  fill,  ///< the box is covered, what hangs over is cut evenly
};

}  // namespace noseon
