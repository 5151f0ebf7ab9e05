// The loop of noseon-sync: ask, fetch, say how it went, wait.
#pragma once

#include <filesystem>
#include <functional>
#include <random>
#include <set>

#include "fleet/pull/backoff.h"
#include "fleet/pull/pulse.h"
#include "fleet/pull/report.h"
#include "fleet/pull/update.h"

namespace noseon {

/// Waiting, as a seam: until the time is over, somebody wants something, or we are to stop.
class Pause {
 public:
  virtual ~Pause() = default;
  virtual void wait(Millis at_most) = 0;
};

/// Wakes for files in `folder`, which is made where it is missing, by inotify(7); and for a moment
/// to tell the service manager that it waits. What is named must outlive it.
class WatchingPause final : public Pause {
 public:
  WatchingPause(const std::filesystem::path& folder, const Stop& stop, const Clock& clock,
                Pulse& pulse);
  void wait(Millis at_most) override;

 private:
  [[nodiscard]] bool is_woken_within(Millis time) const;

  const Stop& stop_;
  const Clock& clock_;
  Pulse& pulse_;
  Fd inotify_;
};

/// RUN/wanted/<sha256>: blobs that the player found to be not what was signed.
class WantedFolder {
 public:
  static constexpr std::size_t kWantedMax = 1000;
  explicit WantedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// What is asked for; files that ask for nothing are removed.
  [[nodiscard]] std::set<Sha256> read() const;
  void remove(const std::set<Sha256>& hashes) const;

 private:
  std::filesystem::path folder_;
};

/// One thread. What is named must outlive it.
class Sync {
 public:
  struct Parts {
    Updater& updater;
    const DayBudget& budget;
    const std::vector<Source>& sources;
    DisplayId display;
    std::filesystem::path run_folder;
    Millis interval;  ///< between polls
    const Clock& clock;
    Pause& pause;
    const Stop& stop;
    std::mt19937_64 random;
  };
  /// How often the full workflow is gone through where nothing changes.
  static constexpr Millis kFullEvery{std::chrono::hours{24}};

  explicit Sync(Parts parts);

  /// One pass; its error, or that something is missing.
  [[nodiscard]] Status run_once();
  /// One pass, said and written down; how long to wait until the next.
  [[nodiscard]] Millis turn();
  /// Turns and waits until we are to stop.
  void run();

  [[nodiscard]] const SyncReport& report() const { return report_; }

 private:
  [[nodiscard]] PassReport pass();
  [[nodiscard]] Millis wait_after(const PassReport& pass);
  void tell(const PassReport& pass);
  void write() const;

  Parts parts_;
  WantedFolder wanted_;
  Backoff backoff_;
  SyncReport report_;
  std::string said_last_;
  std::optional<Steady> last_full_;
};

}  // namespace noseon
