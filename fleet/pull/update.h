// One pass of noseon-sync: from what the repository says to a complete generation in the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/zone.h"
#include "fleet/pull/blobs.h"
#include "fleet/pull/budget.h"
#include "fleet/pull/plan.h"
#include "fleet/pull/refresh.h"

namespace noseon {

/// What is missing of the release that was accepted last.
struct Missing {
  std::size_t blobs = 0;
  std::uint64_t bytes = 0;
  std::size_t waiting_blobs = 0;  ///< of them, for tomorrow's budget
};

struct PassReport {
  std::optional<Error> error;         ///< why the pass came to nothing, or to less
  std::vector<std::string> problems;  ///< what else people should know
  Missing missing;
  bool is_complete = false;         ///< `current` is what the repository says
  bool has_new_generation = false;  ///< it became so in this pass
  bool made_progress = false;       ///< something came
  std::optional<std::chrono::seconds> retry_after;
};

struct UpdateLimits {
  std::uint64_t quota = 4'000'000'000;
  std::uint64_t disk_reserved = 100'000'000;
  std::uint64_t bytes_per_second = 0;
  /// A pass hands over after so long, so that something newer is heard of; what is half fetched
  /// goes on in the next.
  Millis pass_max{std::chrono::minutes{30}};
};

/// One thread. What is named must outlive it.
class Updater {
 public:
  struct Parts {
    Http& http;
    Store& store;
    const KeptMetadata& kept;
    const std::vector<Source>& sources;
    const std::string& trusted_root;
    const Display& display;
    Zones& zones;
    DayBudget& budget;
    const Stop& stop;
    const Clock& clock;
    UpdateLimits limits;
    /// Bytes that others may still write where the store is.
    std::function<std::uint64_t()> disk_free;
    /// How many of them are left free for the player's journal, asked once a pass; empty: none.
    std::function<std::uint64_t()> journal_room{};
    Instant build_time;
    /// Called with each blob that is looked at on the disk; empty: nothing is.
    std::function<void()> on_look{};
  };
  explicit Updater(Parts parts);

  /// Fetches, verifies, makes current, collects. `broken`: blobs that somebody found to be not
  /// what they should be; those that are needed are looked at, and fetched anew.
  [[nodiscard]] PassReport pass(Depth depth, const std::set<Sha256>& broken,
                                const std::function<void(const Missing&)>& on_progress);

  /// The latest of the build and of what the repository last signed: no time before it is believed.
  [[nodiscard]] Instant floor() const { return floor_; }
  /// The number of `current`, and the time at which the repository signed it.
  [[nodiscard]] std::optional<std::uint64_t> generation() const;
  [[nodiscard]] std::optional<Instant> issued() const { return issued_; }

 private:
  struct Needs;
  class Pass;
  [[nodiscard]] Instant now() const;
  void learn(const VerifiedRelease& release);

  Parts parts_;
  Refresher refresher_;
  Instant floor_;
  std::optional<Instant> issued_;
  bool is_complete_ = false;
  std::set<Sha256> verified_;  ///< blobs whose bytes were seen to be right, since the start
};

}  // namespace noseon
