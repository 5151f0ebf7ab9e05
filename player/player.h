// The player: a folder, a show, a workshop, a projector and the loop, put together. The unattended
// mode and the preview are both this; only the clock and the context differ.
#pragma once

#include <functional>

#include "player/loader.h"
#include "player/paced_clock.h"
#include "player/projector.h"
#include "player/show.h"
#include "player/watcher.h"

namespace noseon {

struct PlayerParts {
  PollLoop& loop;
  const PacedClock& clock;
  std::filesystem::path folder;  ///< which is read again when something in it changes
  LoadedFolder first;            ///< what plays at first
  /// Reads folder and display again, on the loader's thread; nothing where nothing changes.
  std::function<std::optional<LoadedFolder>()> read;
  std::function<Result<Studio>()> make_studio;
  ShowOptions show;
  std::optional<ReadBack> read_back{};  ///< how often the glass is looked at; never
  WatchDepth watched = WatchDepth::tree;
};

class Player;

/// What a preview adds, a store, or the proof of play. Each may be empty.
struct PlayerHooks {
  /// What reaches the glass in place of the picture that was decided.
  std::function<PicturePtr(const PicturePtr&)> decorate{};
  /// A state of the folder was read; accepted: it will play.
  std::function<void(const LoadedFolder&, bool accepted)> loaded{};
  /// What is around the display, in a state of the folder, but for what its clock is worth. Where
  /// it says something of the clock itself, the player's clock is a trusted one.
  std::function<Context(const LoadedFolder&)> context{};
  /// A state of the folder is on the glass for the first time.
  std::function<void(const LoadedFolder&)> in_use{};
  /// What decision() says is on the glass: its first frame was handed over, or it stands already.
  /// After each decision that has a picture, unless another comes before its first frame.
  std::function<void(const Player&)> on_glass{};
};

/// The loop's thread.
class Player {
 public:
  /// Has the first picture made at once, while the caller opens the stage.
  explicit Player(PlayerParts parts, PlayerHooks hooks = {});
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// The show begins. Once; `stage` must outlive the loop's run.
  void start(Stage& stage);
  /// Asks the show and obeys; sets the timers for the next time. Whenever anything changed.
  void refresh();
  /// Reads the folder again.
  void reload() { loader_.start(); }
  /// Time was moved by hand.
  void jumped();
  /// What the stage has to say that is not the player's own business.
  void on_event(std::function<void(const StageEvent&)> handler) { handler_ = std::move(handler); }

  [[nodiscard]] const Show& show() const { return show_; }
  [[nodiscard]] const Decision& decision() const { return decision_; }
  [[nodiscard]] const LoadedFolder& folder() const { return folder_; }
  /// A picture was ordered, or the folder is being read, and the answer was not taken yet.
  [[nodiscard]] bool awaits_answers() const {
    return show_.awaits_pictures() || loader_.is_awaited();
  }
  /// After start().
  [[nodiscard]] const Projector& projector() const { return *projector_; }
  [[nodiscard]] Projector& projector() { return *projector_; }

 private:
  void follow_clock(Instant now);
  void take_events();
  void take_deliveries();
  void take_folder();
  void set_timers();
  void tell_in_use();
  void tell_on_glass();
  [[nodiscard]] Millis fade_time() const;

  PollLoop& loop_;
  std::optional<ReadBack> read_back_;
  Stage* stage_ = nullptr;
  const PacedClock& clock_;
  PlayerHooks hooks_;
  LoadedFolder folder_;
  Workshop workshop_;
  Show show_;
  Loader loader_;
  Watcher watcher_;
  Timer slot_timer_;
  Timer patience_timer_;
  ClockStepWatch clock_steps_;
  std::function<void(const StageEvent&)> handler_;
  Decision decision_;
  std::optional<Projector> projector_;
  std::string said_findings_;
  bool is_in_use_ = false;     // folder_ was on the glass
  bool awaits_frame_ = false;  // of decision_ nothing was on the glass yet
  bool is_clock_in_doubt_ = false;
};

/// Every finding on stderr, errors first.
void print_findings(const Findings& findings);

}  // namespace noseon
