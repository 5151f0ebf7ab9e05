// A stretch of time as frames, one after another, each as it is on the glass at that instant: cuts,
// fades and tickers on their way. The same show as on the bus, but whatever has to be made is made
// before its moment, however long it takes: what a display shows that is never late.
#pragma once

#include <memory>

#include "player/projection.h"
#include "player/show.h"

namespace noseon {

/// One thread.
class Recorder {
 public:
  /// The recording begins at `from`: what stands then stands since before, and a fade that is under
  /// way is under way. `studio` must outlive it.
  Recorder(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
           Context context, Studio& studio, Instant from);

  /// The frame at an instant; instants must not fall. An item whose picture cannot be made is out,
  /// as on the bus, and is in notes().
  [[nodiscard]] PicturePtr frame_at(Instant at);
  /// What the log of a display would say, since the last call.
  [[nodiscard]] std::vector<std::string> take_notes() { return std::exchange(notes_, {}); }
  /// Of the last frame.
  [[nodiscard]] const Showing& showing() const { return show_.showing(); }

 private:
  void decide(Instant at);
  void show(Instant at);
  [[nodiscard]] Steady steady(Instant at) const { return Steady{} + (at - origin_); }

  Studio& studio_;
  Instant origin_;
  Show show_;
  Projection projection_;
  Decision decision_;
  std::vector<std::string> notes_;
};

}  // namespace noseon
