#include "player/journal/archive.h"

#include <fmt/format.h>

#include <vector>

#include "base/files.h"
#include "base/sha256.h"

namespace noseon {
namespace {

// A file of kArchiveRowsMax rows with the longest texts that are written.
constexpr std::uint64_t kArchiveBytesMax = 1U << 30U;

// The rows up to the last old one, at most `rows_max`.
Result<std::vector<Row>> old_rows(const JournalFile& journal, Instant cutoff,
                                  std::size_t rows_max) {
  std::vector<Row> rows;
  std::size_t old = 0;
  TRY(journal.each_row([&](const Row& row) {
    const bool is_trusted = row.grade == ClockGrade::trusted;
    if ((is_trusted && row.start >= cutoff) || rows.size() == rows_max) return false;
    rows.push_back(row);
    if (is_trusted) old = rows.size();
    return true;
  }));
  rows.resize(old);
  return rows;
}

Result<std::vector<Checkpoint>> checkpoints_to(const JournalFile& journal, std::int64_t sequence) {
  std::vector<Checkpoint> checkpoints;
  TRY(journal.each_checkpoint([&](const Checkpoint& checkpoint) {
    if (checkpoint.sequence > sequence) return false;
    checkpoints.push_back(checkpoint);
    return true;
  }));
  return checkpoints;
}

}  // namespace

Result<std::optional<ArchiveNote>> archive_oldest(const JournalFile& journal, const DeviceKey& key,
                                                  const std::filesystem::path& folder, Instant now,
                                                  std::size_t rows_max) {
  ASSIGN_OR_RETURN(std::vector<Row> rows, old_rows(journal, now - kKeptInJournal, rows_max));
  if (rows.empty()) return std::optional<ArchiveNote>();
  ASSIGN_OR_RETURN(auto checkpoints, checkpoints_to(journal, rows.back().sequence));
  if (checkpoints.empty()) return std::optional<ArchiveNote>();
  const std::int64_t first = rows.front().sequence;
  const std::int64_t last = checkpoints.back().sequence;
  if (last < first) return std::optional<ArchiveNote>();
  rows.resize(static_cast<std::size_t>(last - first + 1));
  Checkpoint& seal = checkpoints.back();
  seal.first = first;
  seal.key = key.public_half();
  seal.signature = key.sign(canonical(seal));
  const std::string name = fmt::format("plays-{:08}-{:08}.sealed", first, last);
  TRY(write_sealed(folder / name, rows, checkpoints));
  ASSIGN_OR_RETURN(const std::string bytes, read_file(folder / name, kArchiveBytesMax));
  return std::optional(ArchiveNote{name, sha256(bytes), last, checkpoints.back().number});
}

}  // namespace noseon
