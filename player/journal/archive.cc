#include "player/journal/archive.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/say.h"
#include "base/sha256.h"
#include "player/journal/disk.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Journals that began anew and were archived at the same row, before anybody collected them.
constexpr int kCopiesMax = 1000;

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

std::string name_of(std::int64_t first, std::int64_t last, int copy) {
  const std::string rows = fmt::format("plays-{:08}-{:08}", first, last);
  return rows + (copy == 1 ? "" : fmt::format("-{}", copy)) + ".sealed";
}

// What stands under a name stays: a journal that began anew, after a damaged one, counts from 1
// again. Only the same file, made before the power went, is the archive.
Result<std::string> give_name(const fs::path& made, const Sha256& hash, std::int64_t first,
                              std::int64_t last) {
  for (int copy = 1; copy <= kCopiesMax; ++copy) {
    std::string name = name_of(first, last, copy);
    const fs::path file = made.parent_path() / name;
    const auto there = hash_file(file);
    const bool is_free = !there && there.error().kind == ErrorKind::not_found;
    if (!is_free && (!there || *there != hash)) continue;
    if (::rename(made.c_str(), file.c_str()) != 0) return fail(disk_error(errno, file));
    TRY(sync_folder_of(file));
    return name;
  }
  return fail(ErrorKind::disk, say("{}: too many archives of the same rows; collect them",
                                   (made.parent_path() / name_of(first, last, 1)).string()));
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
  const fs::path made = folder / "plays.sealing";
  TRY(write_sealed(made, rows, checkpoints));
  ASSIGN_OR_RETURN(const Sha256 hash, hash_file(made));
  ASSIGN_OR_RETURN(const std::string name, give_name(made, hash, first, last));
  return std::optional(ArchiveNote{name, hash, last, checkpoints.back().number});
}

}  // namespace noseon
