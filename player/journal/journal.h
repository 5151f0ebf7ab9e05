// The journal of one display: every play it is told of is on the disk, or waits in memory, or is
// counted as lost. Format: player/journal/format.md.
//
// The database belongs to a thread of the journal's own, so a slow disk holds up no frame: record()
// only puts a play into a bounded ring. A row is on the disk within the time that one synced write
// takes. While the disk refuses (full, I/O errors, read-only, locked) plays wait in the ring and
// are tried again; where the ring is full, one row says how many were lost. At any moment
//     shown = recorded + parked + lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "player/journal/play.h"
#include "player/journal/reserve.h"

namespace noseon {

struct JournalOptions {
  std::filesystem::path folder;    ///< plays.db, plays.reserve and archives are in it
  std::filesystem::path key_file;  ///< PEM; made where there is none. Empty: folder/device.key
  std::string display;             ///< the display's id
  std::string boot;                ///< of this boot: /proc/sys/kernel/random/boot_id
  Moment begun;                    ///< when the journal is opened
  std::size_t parked_max = 4096;   ///< plays in the ring: eleven hours at ten seconds each
  Millis seal_every = std::chrono::minutes{10};
  Millis retry_every = std::chrono::seconds{5};
  std::uint64_t reserve_bytes = kReserveBytes;  ///< 0: no reserve
};

struct JournalState {
  std::int64_t shown = 0;     ///< plays that record() and append() were given
  std::int64_t recorded = 0;  ///< on the disk
  std::int64_t parked = 0;    ///< in the ring
  std::int64_t lost = 0;
  std::int64_t rows = 0;            ///< the last row's sequence
  std::int64_t sealed = 0;          ///< the last row that a checkpoint seals
  std::string problem;              ///< why the disk or the key refuses; empty: nothing is wrong
  std::filesystem::path set_aside;  ///< a damaged database found in this run; empty: none
};

enum class Acknowledged {
  recorded,  ///< on the disk: no power cut loses it
  parked,    ///< the disk refused; it is in the ring
  lost,      ///< there was no room in the ring; it is counted
};

/// All functions may be called from any thread; none throws.
class Journal {
 public:
  /// Never fails: what the disk does not give now is asked for again.
  explicit Journal(JournalOptions options);
  /// Ends at once, as a power cut would: what is parked is gone. end() is the orderly way.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// A play that has ended. Never waits for the disk: microseconds.
  void record(const Play& play);
  /// The same, returning once the play is recorded, or the disk has refused it.
  [[nodiscard]] Acknowledged append(const Play& play);

  /// Every minute or so, for stretches in which no play ends: seals what is due. Never waits.
  void tick(const Moment& now);

  /// Writes what waits, seals all of it and closes the file; at most `patience`. The plays that are
  /// parked still are then gone, and it is the disk's error. The journal takes nothing after this.
  /// Of the five seconds that the units give a player to end, two are left for all else.
  [[nodiscard]] Status end(const Moment& now, Millis patience = std::chrono::seconds{3});

  [[nodiscard]] JournalState state() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
