// Whether a journal is what the display wrote: every row in its place, no byte changed, sealed by
// the device's key up to the last checkpoint. Nothing but the file and the key is believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "player/journal/database.h"

namespace noseon {

struct Tampering {
  std::int64_t sequence = 0;  ///< the row at which it shows; 0: the file as a whole
  std::string what;           ///< a sentence for people
};

/// More than these are counted only.
inline constexpr std::size_t kTamperingsListed = 100;

struct Verification {
  std::int64_t rows = 0;
  std::int64_t first = 0, last = 0;  ///< sequences; 0 where there is no row
  std::int64_t checkpoints = 0;
  std::int64_t sealed = 0;    ///< the last row that a good checkpoint seals; 0: none
  std::int64_t unsealed = 0;  ///< rows after it, for which nobody vouches yet
  std::optional<Instant> sealed_at;
  std::optional<KeyBytes> key;  ///< that made the checkpoints
  Sha256 before{};              ///< hash of the row before the first one
  Sha256 begin{};               ///< hash of the first row
  Sha256 end{};                 ///< hash of the last row
  std::string after;            ///< of a journal that began after a damaged one: its note
  std::string archive;          ///< where the rows before the first are: the file's name
  std::int64_t tamperings = 0;
  std::vector<Tampering> findings;  ///< the first of them

  /// Nothing is wrong, and something is sealed.
  [[nodiscard]] bool is_good() const { return tamperings == 0 && sealed > 0; }
};

/// Reads the whole file once. `key`: the device's public half; none: the key that the checkpoints
/// themselves name is taken, so that anybody with a key of his own could have made them.
/// Finds any row that was removed, added, altered or moved up to the last checkpoint, any altered
/// checkpoint, and any removed one but those at the end: a journal cut back to an earlier
/// checkpoint is that earlier journal, which only somebody who saw the later one can tell. Errors
/// are those of the file: not_found, denied, bad_format, disk.
[[nodiscard]] Result<Verification> verify(const JournalFile& journal,
                                          const std::optional<KeyBytes>& key);

}  // namespace noseon
