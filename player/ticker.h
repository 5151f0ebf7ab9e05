// A long line that runs across a band of the display at one speed: where it is after a time, and
// what the band looks like then. Pure.
//
// The line enters at one side as the band is empty and leaves at the other: a pass. Passes follow
// one another without a jump, within a turn and from a turn to the next of the same item, since
// each begins and ends with the empty band. Positions are exact to 1/256 pixel; between pixels the
// two neighbours are blended, so the line moves by the same fraction with every frame.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/time.h"
#include "media/picture.h"

namespace noseon {

/// Towards which side a line runs: away from where its reading begins.
enum class Run {
  leftwards,
  rightwards,  ///< scripts read from the right
};

struct Ticker {
  PicturePtr strip;  ///< the line on its ground, upright
  Rect band;         ///< where it runs; of the strip's height; in a frame of `frame`, upright
  Size frame;        ///< before turning
  int rotation = 0;  ///< degrees clockwise that the finished picture is turned by
  Point origin{};    ///< of the turned frame on the glass
  Color ground;      ///< of the band where the strip is not
  Run run = Run::leftwards;
  Millis pass{1};  ///< from empty band to empty band; > 0
};

using TickerPtr = std::shared_ptr<const Ticker>;

/// A pass in pixels: the band's width and the strip's.
[[nodiscard]] std::int64_t pass_length(const Ticker& ticker);

/// How long a pass takes in a turn of an item whose line takes `reading` to read: as many whole
/// passes as fit the turn without haste, at least one. REQUIRES: both > 0.
[[nodiscard]] Millis pass_time(Millis turn, Millis reading);

/// How far the line has come of its pass, in 1/256 pixel: 0 to 256 * pass_length() - 1. Before the
/// turn it stands at 0.
[[nodiscard]] std::int64_t travel_at(const Ticker& ticker, std::chrono::nanoseconds elapsed);

/// The band on the glass, after turning.
[[nodiscard]] Rect area_of(const Ticker& ticker);

/// The pixels of area_of() with the line so far on its way. REQUIRES: `out` has as many.
/// One object, for the memory it keeps; one thread.
class TickerPainter {
 public:
  void paint(const Ticker& ticker, std::int64_t travel, std::span<std::uint32_t> out);

 private:
  std::vector<std::uint32_t> row_;
  std::vector<std::uint32_t> upright_;
};

/// The same for a glass that shows the finished picture at another size (player/scale.h, fit_to()).
/// The same ticker where it is of the glass's size.
[[nodiscard]] TickerPtr fit_to(const TickerPtr& ticker, Size glass);

}  // namespace noseon
