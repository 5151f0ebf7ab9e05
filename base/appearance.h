// The words that a campaign and the code that draws it share for how things look.
#pragma once

namespace noseon {

enum class Family { sans, serif };
enum class Weight { regular, bold };
/// Where lines stand in their box. `start` is the side that reading starts from: the left, and the
/// right for Arabic.
enum class Align { left, center, right, start };

/// Where a line may end before words are torn.
enum class Wrap {
  eojeol,    ///< between spaced words alone, as a headline wants it
  syllable,  ///< between any two Hangul syllables (UAX #14), as long Korean text is set
};

/// A strip with the display's civil time.
enum class ClockStrip {
  none,
  time,  ///< 14:05
  date,  ///< the day and the time
};

/// How a poster meets a box of another aspect.
enum class Fit {
  fit,   ///< the whole poster, as large as the box allows
  fill,  ///< the box is covered, what hangs over is cut evenly
};

}  // namespace noseon
