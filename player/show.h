// The show: what picture must stand on the stage now, how to come to it, and what to prepare next.
//
// Decide, then do: it draws nothing, waits for nothing and knows no SDL. It is asked with the time
// as an argument and answers with a whole decision; asking again changes nothing but time.
//
// The rules:
// - An item is never on the stage where it does not take turns, not for one frame. If the next
//   picture is not ready at a slot's edge, the outgoing one stands on only while its own item still
//   takes turns; otherwise the card stands in.
// - A change is a cut where the outgoing item no longer takes turns, else the incoming item's
//   transition.
// - Within its slot an item shows its pages in turn (player/pages.h), changing as it came; the page
//   before stands on while one is not ready. How many there are is known once the first is made.
// - A page is made anew for each look (player/look.h): by night the display is dimmed, which fades,
//   and a clock strip follows the minute.
// - Where nothing is eligible the operator's fallback card stands, made ahead like an item's
// picture;
//   the built-in card where there is none, or until it is made. In what follows both are "the
//   card".
// - At the start, and after jumped(), what is on the stage stays for up to start_patience while the
//   right picture is made; then the card.
// - A picture that cannot be made costs its item its turns for set_aside_for, or until the folder
//   changes; one that is not what was signed until a new state comes. A decoder that died or ran
//   out of time is tried again at once, `tries` times in all.
//   The change of the rotation takes hold at the next slot's edge, so what stands is undisturbed.
// - Where drafts are allowed, one of a poster that ought to stand and is not there may stand until
//   it is. Nothing else is made before it is. It is kept nowhere.
// - A new state of the folder takes over once its first picture is ready (or cannot be made, or
//   takeover_patience is over); until then the state before goes on. With a trial_patience each
//   item that takes turns then is tried first, for that long at most: one whose picture cannot be
//   made changes the rotation, and the item that is next then has no time left to be made if that
//   happens just before an edge.
// - With an edge_patience a state that is ready waits for the end of the slot that plays, so that
//   nobody sees a poster go while reading it, and for that long at most. It does not wait where an
//   urgent item is to show in it, where what stands has no turns in it (it was withdrawn), or where
//   a card stands. And it takes over without its first picture only when that time is over.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/check.h"
#include "player/edition.h"
#include "player/workshop.h"

namespace noseon {

struct ShowOptions {
  std::size_t cache_bytes_max =
      16U << 20U;  ///< two at 1080p; this slot's and the next's are always kept
  Millis start_patience{1000};
  Millis takeover_patience{2000};
  Millis trial_patience{0};
  Millis edge_patience{0};  ///< 0: a new state does not wait for the edge of a slot
  Millis set_aside_for = std::chrono::minutes{10};
  int tries = 3;
  Drafts drafts = Drafts::none;  ///< for a person at a desk, never on a bus
};

/// What stands on the stage.
enum class Standing { nothing, item, card };

struct Decision {
  Standing standing = Standing::nothing;
  PicturePtr picture;        ///< null only for Standing::nothing: leave the stage as it is
  TickerPtr ticker;          ///< what runs over it; null: nothing
  Sha256 made_of{};          ///< what it shows, as Finished::made_of
  Instant since;             ///< when the slot began, from which a ticker runs
  bool is_stand_in = false;  ///< for what ought to stand, which is not ready
  bool is_draft = false;     ///< that stands in: a quick look at it
  Transition transition = Transition::cut;  ///< into `picture`, where it was not there before
  std::uint64_t turn = 0;                   ///< counts slots; a transition of one turn ends with it
  PageTurn page;                            ///< of the slot's item
  Instant until;                   ///< ask again at this civil time; kEndOfTime for "no need"
  std::optional<Steady> patience;  ///< and at this steady time
  std::vector<Order> orders;       ///< to be made, most urgent first
  std::vector<std::string> notes;  ///< for the log, each said once
};

/// One thread.
class Show {
 public:
  Show(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
       ShowOptions options = {});

  /// The folder changed.
  void load(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
            Steady now);
  /// What is around the display changed.
  void set_context(Context context);
  /// Time was moved by hand rather than passing.
  void jumped(Steady now);
  /// A picture was made, or was not.
  void deliver(Delivery delivery, Steady now);

  [[nodiscard]] Decision decide(Instant now, Steady steady);

  /// Do decisions follow time? The last one was for a slot that `now` lies in, and the schedule,
  /// asked afresh, has an answer for `now`.
  [[nodiscard]] bool follows(Instant now) const;
  /// Something was ordered that was not delivered yet.
  [[nodiscard]] bool awaits_pictures() const { return !ordered_.empty(); }

  /// Of the last decision, of which there must have been one; the state of the folder it was for.
  [[nodiscard]] const Showing& showing() const {
    CHECK(turn_.has_value());
    return turn_->showing;
  }
  /// The item of the slot after it, nothing for a card; at showing().slot.until, if that ever
  /// comes.
  [[nodiscard]] std::optional<EntryIndex> coming() const {
    return turn_ ? turn_->coming : std::nullopt;
  }
  [[nodiscard]] const Edition& edition() const { return *edition_; }
  [[nodiscard]] const Context& context() const { return context_; }

 private:
  struct Turn {
    Showing showing;
    bool outgoing_stays = false;  // the item on the stage takes turns in this slot too
    bool is_coming_known = false;
    bool has_coming = false;           // there is a slot after this one
    std::optional<EntryIndex> coming;  // what it shows
  };
  struct Stood {
    Standing standing = Standing::nothing;
    std::optional<EntryIndex> entry;
    PageId page;
    Finished finished;
    Instant since;  // of the slot that it came with
  };
  struct Ordered {
    std::uint64_t edition;
    PageId page;
  };
  struct Draft {
    std::uint64_t edition;
    PageId page;
    Finished finished;
  };

  void begin_turn(Instant now, Steady steady);
  void look_ahead();
  void take_over(Instant now, Steady steady);
  [[nodiscard]] bool is_incoming_ready(Instant now, Steady steady);
  [[nodiscard]] Steady incoming_deadline() const;  // when it takes over, ready or not
  [[nodiscard]] Instant takeover_at(Instant now, Steady steady);  // now, or when the slot ends
  [[nodiscard]] bool may_not_wait(Instant now);
  void order_trial(Decision& decision, const PageId& first, const Showing& showing);
  [[nodiscard]] PicturePtr card(const Look& look);
  [[nodiscard]] Transition transition_to(const PageId& page, const Picture& picture) const;
  void choose(Decision& decision, const PageId& page, Steady steady);
  void stand(Decision& decision, Standing standing, Finished finished, Transition transition);
  [[nodiscard]] PageId page_now(Edition& edition, const Slot& slot, Instant now) const;
  [[nodiscard]] std::optional<PageId> page_after(Instant until) const;
  [[nodiscard]] std::size_t bytes_to_make(const std::vector<PageId>& pages) const;
  void order_missing(Decision& decision, const PageId& page, Instant now, Steady steady);
  void order(Decision& decision, Edition& edition, const PageId& page,
             Drafts drafts = Drafts::none);
  [[nodiscard]] bool has_draft_of(std::uint64_t edition, const PageId& page) const;
  void set_aside(Edition& edition, const std::optional<EntryIndex>& entry, const Error& error,
                 Steady now);
  [[nodiscard]] Edition* edition_of(std::uint64_t number);

  ShowOptions options_;
  std::uint64_t last_edition_ = 0;
  Context context_;
  std::unique_ptr<Edition> edition_;
  std::unique_ptr<Edition> incoming_;
  std::optional<Steady> incoming_since_;
  bool incoming_had_first_ = false;    // its first picture was there, in one slot or another
  std::weak_ptr<const Picture> card_;  // made when it is needed: a frame is megabytes
  Look card_look_;
  std::optional<Turn> turn_;
  std::uint64_t turns_ = 0;
  Stood stood_;
  std::optional<Draft> draft_;  // of what ought to stand
  std::optional<Steady> patience_;
  bool is_started_ = false;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, Ordered> ordered_;
  std::map<std::pair<std::uint64_t, std::optional<EntryIndex>>, int> failures_;
  std::set<std::string> said_;
  std::vector<std::string> notes_;
};

}  // namespace noseon
