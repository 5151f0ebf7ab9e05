// A row of the journal and its hash: what is chained, and what is signed. Pure. The form on disk
// and a worked example: player/journal/format.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "player/journal/play.h"

namespace noseon {

/// What a row says.
enum class RecordKind {
  play,      ///< an item was shown
  lost,      ///< plays that no room was left for while the disk refused; `count` of them
  begin,     ///< a journal begins; `note` says after which one that was set aside
  archived,  ///< rows up to sequence `count` are in files; `note` names the last one
};
inline constexpr std::array<std::string_view, 4> kRecordKindWords{"play", "lost", "begin",
                                                                  "archived"};
inline constexpr std::array<std::string_view, 3> kGradeWords{"trusted", "floor-only", "impossible"};

struct Row {
  std::int64_t sequence = 0;  ///< from 1, without a gap
  RecordKind kind = RecordKind::play;
  std::string display;  ///< the display's id
  std::string boot;     ///< the kernel's boot id
  std::string agency, campaign, item;
  std::int64_t generation = 0;
  std::string blobs;  ///< hexadecimal hashes with a blank between them
  Instant start;
  ClockGrade grade = ClockGrade::trusted;
  Millis steady{0};  ///< monotonic start, within the boot
  Millis shown{0};
  bool complete = true;
  std::string route;   ///< empty: none
  std::string places;  ///< "campaign/place" each, with a blank between them
  std::int64_t count = 0;
  std::string note;
  Sha256 previous{};  ///< hash of the row before; of the first row zeros, or see RecordKind::begin

  friend bool operator==(const Row&, const Row&) = default;
};

/// Longer texts are cut when a row is made, and no longer ones are read.
inline constexpr std::size_t kRowTextBytesMax = 8192;
inline constexpr std::size_t kBlobsMax = 64;
/// No row or checkpoint has a higher number: three thousand years of a play a second.
inline constexpr std::int64_t kSequenceMax = 100'000'000'000;

[[nodiscard]] Row row_of(const Play& play, std::string_view display, std::string_view boot);

/// "noseon-row-1\n", then each field in the order above as a netstring (D. J. Bernstein, 1997).
[[nodiscard]] std::string canonical(const Row& row);
[[nodiscard]] Sha256 hash_of(const Row& row);

using KeyBytes = std::array<std::uint8_t, 32>;   ///< Ed25519 public key (RFC 8032)
using Signature = std::array<std::uint8_t, 64>;  ///< Ed25519 signature

/// The device's word that the chain up to a row is its own.
struct Checkpoint {
  std::int64_t number = 0;    ///< from 1, without a gap
  std::int64_t first = 0;     ///< the first row of the file that it is in
  std::int64_t sequence = 0;  ///< the last row that it seals
  Sha256 hash{};              ///< of that row
  Instant time;               ///< when that row ended
  ClockGrade grade = ClockGrade::trusted;
  KeyBytes key{};
  Signature signature{};  ///< by `key`, over canonical()

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// "noseon-checkpoint-1\n", then number, first, sequence, hash, time, grade and key as netstrings.
[[nodiscard]] std::string canonical(const Checkpoint& checkpoint);

/// What is said in the note of an `archived` row, and read from it.
struct ArchiveNote {
  std::string file;  ///< its name, without a folder
  Sha256 sha256{};   ///< of the file's bytes
  std::int64_t last_sequence = 0;
  std::int64_t last_checkpoint = 0;
};
[[nodiscard]] std::string to_string(const ArchiveNote& note);
/// bad_format for any other text.
[[nodiscard]] Result<ArchiveNote> parse_archive_note(std::string_view text);

}  // namespace noseon
