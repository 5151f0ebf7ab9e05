// The journal's file: an SQLite database of rows and checkpoints, and nothing else. Every statement
// and every exception of SQLite's stays in database.cc.
//
// Errors, for whoever branches: bad_format, the file is damaged or no journal; not_found, there is
// none; disk, the disk refuses for now (full, I/O, read-only, locked), which may pass.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "player/journal/row.h"

namespace noseon {

/// A journal is never this long on a display; of a longer one no more is read.
inline constexpr std::int64_t kRowsMax = 20'000'000;

/// Reading: of a journal that is being written, of a copy, of an archive. Changes nothing in the
/// file, and takes no word of its schema: a file that has any other table, index, view or trigger
/// is no journal. One thread at a time.
class JournalFile {
 public:
  [[nodiscard]] static Result<JournalFile> open(const std::filesystem::path& file);
  JournalFile(JournalFile&&) noexcept;
  JournalFile& operator=(JournalFile&&) noexcept;
  ~JournalFile();

  /// Every row by sequence, each once, until `see` says false. bad_format also for a value that no
  /// journal writes: a time that is not within kBeginningOfTime and kEndOfTime, a steady one below
  /// 0 or beyond that end, a length below 0 or of more than 5000 days, a count below 0 or above
  /// kSequenceMax, a number beyond either side of that.
  [[nodiscard]] Status each_row(const std::function<bool(const Row&)>& see) const;
  [[nodiscard]] Status each_checkpoint(const std::function<bool(const Checkpoint&)>& see) const;
  [[nodiscard]] Result<std::optional<Row>> first_row() const;
  [[nodiscard]] Result<std::optional<Row>> last_row() const;
  [[nodiscard]] Result<std::optional<Row>> row(std::int64_t sequence) const;

 private:
  [[nodiscard]] Result<std::optional<Row>> one_row(const char* query,
                                                   std::optional<std::int64_t> sequence = {}) const;
  friend class JournalWriter;
  struct Impl;
  explicit JournalFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Writing: WAL, synchronous=FULL, the one connection that writes. What a function reports as done
/// is on the disk. One thread.
class JournalWriter {
 public:
  /// Opens `file`, or makes it, its folder and its tables.
  [[nodiscard]] static Result<JournalWriter> open(const std::filesystem::path& file);

  /// All of it or nothing of it. `rows` follow each other and the last row there is.
  [[nodiscard]] Status append(const std::vector<Row>& rows,
                              const std::optional<Checkpoint>& checkpoint);

  /// In one step: rows and checkpoints up to the note's are gone, and `rows` (the one that says so)
  /// are there with their checkpoint.
  [[nodiscard]] Status replace_archived(const ArchiveNote& note, const std::vector<Row>& rows,
                                        const Checkpoint& checkpoint);

  [[nodiscard]] Result<std::optional<Checkpoint>> last_checkpoint() const;

  /// What is in the log goes into the database, as far as no reader is in the way, and the log
  /// begins anew with the next row. After an error it is where it was, and is lost nowhere.
  [[nodiscard]] Status empty_log();
  [[nodiscard]] const JournalFile& file() const { return file_; }

 private:
  explicit JournalWriter(JournalFile file) : file_(std::move(file)) {}
  JournalFile file_;
};

/// A new file with these rows and checkpoints alone, whole and on the disk or not there; what
/// stands under that name goes.
[[nodiscard]] Status write_sealed(const std::filesystem::path& file, const std::vector<Row>& rows,
                                  const std::vector<Checkpoint>& checkpoints);

}  // namespace noseon
