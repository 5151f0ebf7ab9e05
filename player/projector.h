// Brings the scene that was decided on to the stage: at once, or by a fade; and keeps moving what
// moves, paced by a timer at the display's rate. Frames that would be late are dropped, not queued.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "player/dark_time.h"
#include "player/frame_times.h"
#include "player/poll_loop.h"
#include "player/projection.h"
#include "player/stage.h"

namespace noseon {

/// When what stands is read back from the glass: in each turn a moment after it began, and at least
/// so often, however short turns are.
struct ReadBack {
  /// Half of the shortest turn, and no less than the longest fade.
  Millis after{500};
  Millis every = std::chrono::minutes{1};
};

/// The loop's thread. A stage that fails stops the loop with the error.
class Projector {
 public:
  /// Without `read_back` the glass is not looked at.
  Projector(Stage& stage, PollLoop& loop, std::optional<ReadBack> read_back = {});

  /// What became of a scene that was to be shown: it is on the glass; its first frame comes with
  /// the next tick, as a fade's does; or the stage failed.
  enum class Shown { on_glass, awaited, refused };
  /// As Projection::show(). `stands`: whether it is what ought to stand.
  Shown show(const Scene& scene, const Pace& pace, Transition transition, std::uint64_t turn,
             Millis fade_length = kFadeLength, DarkTime::Stands stands = DarkTime::Stands::right);
  /// What stands, once more: the glass lost it.
  void show_again();
  /// Calls `proven` from where a frame was seen to come to the glass and the display's end of the
  /// connection to answer: what stands, brought once more; where something moves, its next frame.
  /// Not where the last look at the glass found it wrong, before one finds it right. Asked again
  /// meanwhile, the last one asked is called. Nothing stands: never.
  void prove(std::function<void()> proven);

  /// Called after each frame that the glass took.
  void on_frame(std::function<void()> told) { told_frame_ = std::move(told); }
  /// Called each time that the glass was read back.
  void on_read_back(std::function<void()> told) { told_read_back_ = std::move(told); }

  [[nodiscard]] bool is_fading() const;
  [[nodiscard]] const FrameTimes& frame_times() const { return frame_times_; }
  [[nodiscard]] const DarkTime& dark_time() const { return dark_time_; }
  /// Frames handed to the glass in all.
  [[nodiscard]] std::uint64_t presents() const { return presents_; }
  /// The frame times and the dark time, as a table for a person.
  [[nodiscard]] std::string report() const;

 private:
  // The scene on the glass as it is now: fitted, with the memory that a frame of a ticker needs.
  struct OnGlass {
    Scene of;
    Size glass;
    Scene scene;
    std::vector<std::uint32_t> band;
  };
  void present_now();
  [[nodiscard]] Status present(const Shot& shot);
  [[nodiscard]] Status present_ticker(const Shot& shot);
  void run_frames(Steady now);
  void next_frame();
  void read_back_in_turn(std::uint64_t turn, Steady now);
  void read_back();
  void count(const Status& status);
  void tell_proven();

  Stage& stage_;
  PollLoop& loop_;
  std::optional<ReadBack> read_back_;
  Timer frame_timer_;
  Timer read_back_timer_;
  std::optional<std::uint64_t> turn_;  // that the timer was set for
  std::optional<Steady> read_at_;      // the last time; at first when the first turn began
  Projection projection_;
  bool is_running_ = false;    // the frame timer
  bool was_fading_ = false;    // at the last frame
  bool awaits_first_ = false;  // no frame of the scene was handed over yet
  bool is_refused_ = false;    // by the stage
  std::function<void()> told_frame_;
  std::function<void()> told_read_back_;
  std::optional<Steady> last_frame_;
  std::optional<OnGlass> on_glass_;
  TickerPainter ticker_painter_;
  FrameTimes frame_times_;
  DarkTime dark_time_;
  std::function<void()> proven_;  // whoever waits for a frame; empty: nobody
  bool is_proving_ = false;       // somebody asked at one time
  bool was_right_ = true;         // the glass, when it was looked at
  std::uint64_t presents_ = 0;
};

}  // namespace noseon
