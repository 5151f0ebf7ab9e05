// What a display plays from its store: which generation, by which the player may not go back, and
// what became of blobs that are not what was signed.
//
// The store belongs to a process that talks to the network; this is where the player stops
// believing it. In this order it takes
//   1. `current`, where it is verified from the player's own root, not older than what was in use,
//      and each manifest is there and says nothing that this version does not know;
//   2. `previous`, the same, where it is later than what plays, and not older than what was in use
//      before the last;
//   3. what plays already;
//   4. at a start: of `current`, else of `previous`, the campaigns that can be read;
//   5. nothing: the operator's card stands, or the built-in one.
// A generation that the player crashed on again and again (crashes.h) is passed over: for
// `previous` where that is whole, and down on the last rung for nothing but the built-in card. That
// is another reason than a damaged blob, with another end: see ladder.h and quarantine.h. Why one
// was passed over is said on stderr once, until `current` is taken again.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "player/accepted.h"
#include "player/authenticated_time.h"
#include "player/crashes.h"
#include "player/poll_loop.h"
#include "player/quarantine.h"
#include "player/release.h"
#include "player/source.h"

namespace noseon {

struct StorePlaces {
  std::filesystem::path store;
  std::filesystem::path root = "/etc/noseon/root.json";    ///< the trusted root
  std::filesystem::path state = "/var/lib/noseon/player";  ///< the player's own
  std::filesystem::path run = "/run/noseon";               ///< where `wanted/` is
};

/// What of the store a LoadedFolder is. Immutable.
struct StoreOffer {
  std::uint64_t generation = 0;  ///< its number in the store
  AcceptedVersions versions;
  Sha256 digest{};           ///< over the generation and the display
  bool is_complete = false;  ///< of a generation that lacks nothing
  std::size_t campaigns = 0;
  std::set<Sha256> blobs;
};

class StoreSource {
 public:
  /// `display` says which display it is; it has no folder. `crashes`: which generations are to be
  /// passed over; may be null.
  StoreSource(StorePlaces places, FolderAndDisplay display, const Clock& clock,
              Crashes* crashes = nullptr);

  /// What is to play at the start. Never fails: without anything to play the playlist is empty.
  [[nodiscard]] LoadedFolder read_first();
  /// What is to play from now on; nothing where that is what plays. Before that it writes down what
  /// was reported and what is in use. On one thread at a time, which may wait for disks.
  [[nodiscard]] std::optional<LoadedFolder> read();

  /// That state is on the glass: from now on nothing older is accepted. Any thread.
  void in_use(const LoadedFolder& folder);
  /// A blob is not what was signed. Any thread.
  void report(const DamagedBlob& blob);
  /// How many blobs are known to be damaged now. Any thread.
  [[nodiscard]] std::size_t quarantined() const { return quarantined_; }
  /// The latest timestamp that was verified here. What the first read that the disk did not refuse
  /// finds lay there at the start, however late that is. Any thread.
  [[nodiscard]] std::optional<Issued> issued() const;
  /// Readable where read() has something to do: something was reported, or a bad blob, or what the
  /// disk refused, is to be looked at again. Whoever watches them calls take_errands() and then has
  /// it read.
  [[nodiscard]] int errand_fd() const { return errand_.get(); }
  [[nodiscard]] int retry_fd() const { return retry_.fd(); }
  void take_errands();

 private:
  struct Attempt {
    std::optional<StoreRelease> release;  // nothing where it is refused, or plays already
    Sha256 digest{};
    bool plays_already = false;
    [[nodiscard]] bool is_complete() const { return release && release->lacks.empty(); }
  };

  void read_state();
  void read_display_again();
  [[nodiscard]] std::optional<LoadedFolder> choose_patiently();
  [[nodiscard]] std::optional<LoadedFolder> choose();
  [[nodiscard]] bool is_avoided(Which which) const;
  [[nodiscard]] bool shows_card_alone() const;
  void note_refusal(const Error& error);
  [[nodiscard]] Attempt attempt(Which which, const AcceptedVersions& accepted);
  [[nodiscard]] Sha256 digest_of(const Generation& generation) const;
  [[nodiscard]] std::optional<LoadedFolder> offer(const Attempt& attempt);
  void learn_issued(std::optional<Instant> issued);
  void settle();
  void run_errands();
  void forget_unneeded();
  void accept(const StoreOffer& offer);
  void quarantine(const std::vector<DamagedBlob>& blobs);
  void write_quarantine();
  void ask_and_wait();
  [[nodiscard]] std::string refusal(Which which, const std::string& why) const;
  void say_once(const std::string& text);

  StorePlaces places_;
  FolderAndDisplay source_;
  const Clock& clock_;
  Crashes* crashes_;
  SystemZones zones_;
  StoreReader store_;

  // Of the thread that reads.
  AcceptedHistory history_;
  Quarantine quarantine_;
  Display display_;
  Findings display_findings_;
  std::shared_ptr<const StoreOffer> offered_;  // last: it plays, or will
  std::set<Sha256> tried_;                     // blobs of what was looked at last
  bool is_mended_ = false;        // a blob became whole: what was set aside for it comes back
  std::size_t times_healed_ = 0;  // of the crashes, as far as it was seen
  std::set<std::string> said_;
  bool has_history_ = false;  // what was accepted is known, or there was nothing
  bool is_refused_ = false;   // the disk gave an error for what there is to play
  Millis wait_{0};            // until bad blobs, or what the disk refused, are looked at again

  std::atomic<std::size_t> quarantined_ = 0;
  Fd errand_;
  Timer retry_;
  mutable std::mutex mutex_;  // guards what follows
  std::optional<Issued> issued_;
  bool has_settled_ = false;  // one read was not refused by the disk
  std::shared_ptr<const StoreOffer> in_use_;
  std::vector<DamagedBlob> reported_;
};

}  // namespace noseon
