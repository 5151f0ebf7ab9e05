// The journals of a report: each read whole and verified, and held against the others, since copies
// of one journal have rows in common. A row's hash stands for all rows before it, so two journals
// are alike up to a row or from no row on: a few rows of them tell, and nothing is kept in memory.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "staff/proof_delivery.h"

namespace noseon {

/// How two verified journals lie to each other.
struct Kinship {
  RowRange shared;      ///< the rows that both have
  bool parted = false;  ///< alike up to the end of `shared`, and then each goes on by itself
};
/// Opens the files where their ends do not tell; the errors are those of JournalFile.
[[nodiscard]] Result<Kinship> compare(const Proved& one, const Proved& other);

/// Two journals that were one. Which of them the display wrote, nobody can tell from them.
struct Fork {
  std::size_t one, other;  ///< places in the list
  std::int64_t last;       ///< the last row that both have
};

/// Every pair's. What was noted in the journals before is forgotten. What they share is noted in
/// the journals: which is part of which, and that each row counts with one of them alone, the one
/// that is sealed the furthest.
[[nodiscard]] Result<std::vector<Fork>> relate(std::vector<Proved>& journals);

}  // namespace noseon
