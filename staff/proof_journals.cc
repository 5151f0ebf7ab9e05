#include "staff/proof_journals.h"

#include <algorithm>
#include <numeric>

#include "base/say.h"
#include "player/journal/database.h"

namespace noseon {
namespace {

// The hash of a journal's row at any place, and of the one before its first.
class Hashes {
 public:
  explicit Hashes(const Proved& journal) : journal_(journal) {}

  Result<Sha256> at(std::int64_t sequence) {
    const Verification& found = journal_.found;
    if (sequence == found.first - 1) return found.before;
    if (sequence == found.first) return found.begin;
    if (sequence == found.last) return found.end;
    if (!file_) {
      ASSIGN_OR_RETURN(file_, JournalFile::open(journal_.path));
    }
    ASSIGN_OR_RETURN(const auto row, file_->row(sequence));
    if (row) return hash_of(*row);
    return fail(ErrorKind::bad_format,
                say("{}: changed while it was read; copy it first", journal_.path));
  }

 private:
  const Proved& journal_;
  std::optional<JournalFile> file_;
};

Result<bool> are_alike(Hashes& one, Hashes& other, std::int64_t sequence) {
  ASSIGN_OR_RETURN(const Sha256 a, one.at(sequence));
  ASSIGN_OR_RETURN(const Sha256 b, other.at(sequence));
  return a == b;
}

// They are alike at `last`, and no longer at `end`.
Result<std::int64_t> last_alike(Hashes& one, Hashes& other, std::int64_t last, std::int64_t end) {
  while (end - last > 1) {
    const std::int64_t middle = std::midpoint(last, end);
    ASSIGN_OR_RETURN(const bool alike, are_alike(one, other, middle));
    (alike ? last : end) = middle;
  }
  return last;
}

bool has_only(const Proved& journal, const RowRange& rows) {
  return rows == RowRange{journal.found.first, journal.found.last};
}

// Of the many copies that a journal may be a part of, one is named.
void note_part(Proved& journal, const Proved& whole, const RowRange& rows) {
  std::erase_if(journal.overlaps, [](const Overlap& overlap) { return overlap.is_all; });
  journal.overlaps.push_back({whole.file, rows, true});
}

// Of two that are the same the later one is the part.
void note_overlap(std::vector<Proved>& journals, std::size_t earlier, std::size_t later,
                  const RowRange& rows) {
  if (has_only(journals[later], rows)) {
    note_part(journals[later], journals[earlier], rows);
  } else if (has_only(journals[earlier], rows)) {
    note_part(journals[earlier], journals[later], rows);
  } else {
    journals[later].overlaps.push_back({journals[earlier].file, rows, false});
  }
}

bool is_sealed_further(const Proved& one, const Proved& other) {
  return one.found.sealed > other.found.sealed;
}

}  // namespace

Result<Kinship> compare(const Proved& one, const Proved& other) {
  const Verification& a = one.found;
  const Verification& b = other.found;
  const std::int64_t from = std::max({std::int64_t{1}, a.first - 1, b.first - 1});
  const std::int64_t until = std::min(a.last, b.last);
  if (until < from) return Kinship{};
  Hashes ones(one);
  Hashes others(other);
  ASSIGN_OR_RETURN(const bool begin_alike, are_alike(ones, others, from));
  if (!begin_alike) return Kinship{};
  ASSIGN_OR_RETURN(const bool end_alike, are_alike(ones, others, until));
  const std::int64_t first = std::max(a.first, b.first);
  if (end_alike) return Kinship{{first, until}, false};
  ASSIGN_OR_RETURN(const std::int64_t last, last_alike(ones, others, from, until));
  return Kinship{{first, last}, true};
}

Result<std::vector<Fork>> relate(std::vector<Proved>& journals) {
  for (Proved& journal : journals) {
    journal.overlaps.clear();
    journal.counted_elsewhere.clear();
  }
  std::vector<Fork> forks;
  for (std::size_t later = 1; later < journals.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      ASSIGN_OR_RETURN(const Kinship kinship, compare(journals[earlier], journals[later]));
      if (kinship.parted) forks.push_back({earlier, later, kinship.shared.last});
      if (kinship.shared.is_empty()) continue;
      note_overlap(journals, earlier, later, kinship.shared);
      const bool is_later = !is_sealed_further(journals[later], journals[earlier]);
      journals[is_later ? later : earlier].counted_elsewhere.push_back(kinship.shared);
    }
  }
  return forks;
}

}  // namespace noseon
