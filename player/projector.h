// Brings the picture that was decided on to the stage: at once, or by a fade paced by a timer at
// the display's rate. Frames that would be late are dropped, not queued.
#pragma once

#include <optional>

#include "player/blend.h"
#include "player/frame_times.h"
#include "player/poll_loop.h"
#include "player/stage.h"
#include "playlist/model.h"

namespace noseon {

/// The loop's thread. A stage that fails stops the loop with the error.
class Projector {
 public:
  Projector(Stage& stage, PollLoop& loop);

  /// The picture stands from now on. `turn`: a fade ends with the turn it came with, so that what
  /// fades out never outlives it. A fade that is broken off is at its end at once.
  void show(const PicturePtr& picture, Transition transition, std::uint64_t turn,
            Millis fade_length = kFadeLength);
  /// What stands, once more: the glass lost it.
  void show_again();

  [[nodiscard]] bool is_fading() const { return fade_.has_value(); }
  [[nodiscard]] const FrameTimes& frame_times() const { return frame_times_; }
  /// Frames handed to the glass in all.
  [[nodiscard]] std::uint64_t presents() const { return presents_; }

 private:
  struct Fade {
    PicturePtr from;
    std::uint64_t turn;
    Millis length;
    Steady start;
    Steady last_frame;
    bool is_first_frame = true;
  };
  void cut_to_standing();
  void next_frame();
  void count(const Status& status);

  Stage& stage_;
  PollLoop& loop_;
  Timer frame_timer_;
  PicturePtr standing_;  // what the fade leads to, where there is one
  std::optional<Fade> fade_;
  FrameTimes frame_times_;
  std::uint64_t presents_ = 0;
};

}  // namespace noseon
