// What goes onto the glass at a moment, when it is known what was decided and when: a scene, two
// scenes fading one into the other, a ticker on its way. Pure: time is an argument, so that a
// recording of an hour takes no hour.
#pragma once

#include <optional>

#include "player/blend.h"
#include "player/ticker.h"
#include "playlist/model.h"

namespace noseon {

/// What stands: a picture, and over it a ticker where there is one.
struct Scene {
  PicturePtr picture;
  TickerPtr ticker;  ///< null: nothing moves
  /// Where `picture` has panels of the preview over it, the same without them, of any size: the
  /// ticker runs beneath the panels. Null: there are none.
  PicturePtr plain;
  friend bool operator==(const Scene&, const Scene&) = default;
};

/// How a scene's time runs: so far into its turn at `at`, and so much a second from then on.
struct Pace {
  Steady at;
  std::chrono::nanoseconds elapsed{0};
  double speed = 1;  ///< 0: it stands still

  [[nodiscard]] std::chrono::nanoseconds elapsed_at(Steady now) const;
};

/// One frame.
struct Shot {
  Scene scene;
  PicturePtr from;          ///< what fades out beneath it; null: nothing
  int alpha = kAlphaFull;   ///< of the scene over `from`
  std::int64_t travel = 0;  ///< of the ticker, where there is one
};

class Projection {
 public:
  /// The scene stands from now on. `turn`: a fade ends with the turn it came with, so that what
  /// fades out never outlives it. A fade that is broken off is at its end at once. A scene that is
  /// faded out stands still. True where the glass has to be given something new at once.
  bool show(const Scene& scene, const Pace& pace, Transition transition, std::uint64_t turn,
            Millis fade_length, Steady now);

  /// Lets go of what faded out, once it is gone.
  void settle(Steady now);

  [[nodiscard]] bool is_empty() const { return scene_.picture == nullptr; }
  [[nodiscard]] const Scene& scene() const { return scene_; }
  [[nodiscard]] bool is_fading(Steady now) const;
  /// The next frame is another one.
  [[nodiscard]] bool is_moving(Steady now) const;
  /// REQUIRES: not is_empty().
  [[nodiscard]] Shot shot(Steady now) const;

 private:
  struct Fade {
    PicturePtr from;
    std::uint64_t turn;
    Millis length;
    Steady start;
  };
  Scene scene_;
  Pace pace_;
  std::optional<Fade> fade_;
};

/// How long a fade takes into what stands for so long: at most a third of it.
[[nodiscard]] Millis fade_length(Millis stands);

/// The frame as one picture, of the size of the scene's. The scene's own where nothing moves.
[[nodiscard]] PicturePtr flatten(const Shot& shot);
/// A picture with its ticker so far on its way; the picture itself where `ticker` is null.
[[nodiscard]] PicturePtr flatten(const PicturePtr& picture, const TickerPtr& ticker,
                                 std::int64_t travel);

/// The picture with the ticker so far on its way, beneath the panels of `scene`. REQUIRES:
/// scene.ticker fits scene.picture's size, scene.plain is null or of that size; `out` has the
/// pixels of area_of(ticker).
void paint_ticker(const Scene& scene, std::int64_t travel, TickerPainter& painter,
                  std::span<std::uint32_t> out);

}  // namespace noseon
