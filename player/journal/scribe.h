// Who writes the journal: puts rows into the chain, seals it, sets a damaged file aside, takes the
// reserve's room when the disk is full, moves old rows to archives. One thread; the journal's own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "player/journal/database.h"
#include "player/journal/device_key.h"
#include "player/journal/journal.h"
#include "player/journal/reserve.h"

namespace noseon {

/// The last row of a journal.
struct JournalEnd {
  std::int64_t sequence;
  Sha256 hash;
};

class Scribe {
 public:
  explicit Scribe(JournalOptions options);

  enum class Seal { if_due, now };
  /// Rows from the ring, without sequence and previous, on the disk as one step; empty ones only
  /// open the journal and seal what is due. After an error nothing of them is known to be there,
  /// and the same rows are to be given again: those that were there after all are not written
  /// twice.
  [[nodiscard]] Status write(const std::vector<Row>& rows, const Moment& now, Seal seal);

  /// What has time: rows that are sealed leave the log for the database, the reserve grows by a
  /// step, a file of old rows is made. Asked for when nothing waits to be written.
  void tidy(const Moment& now);

  /// The log goes into the database, and the file is closed.
  void close() { writer_.reset(); }

  [[nodiscard]] std::int64_t rows() const { return sequence_; }
  [[nodiscard]] std::int64_t sealed() const { return sealed_; }
  [[nodiscard]] const std::filesystem::path& set_aside() const { return set_aside_; }
  /// Why checkpoints cannot be made, or room cannot be reserved; empty: they can.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] Status ensure_open();
  [[nodiscard]] Status open();
  [[nodiscard]] Status read_end();
  [[nodiscard]] Status put_aside(const Moment& now);
  [[nodiscard]] Status put_log_aside();
  void begin_after(const std::filesystem::path& aside, const std::optional<JournalEnd>& end);
  [[nodiscard]] Status append(const std::vector<Row>& rows,
                              const std::optional<Checkpoint>& checkpoint);
  [[nodiscard]] std::vector<Row> chain(std::vector<Row> rows) const;
  [[nodiscard]] Row begin_row() const;
  [[nodiscard]] std::optional<Checkpoint> seal(const std::vector<Row>& rows, const Moment& now);
  [[nodiscard]] bool has_key();
  void move_sealed_rows();
  void archive(const Moment& now);

  JournalOptions options_;
  std::filesystem::path file_;
  Reserve reserve_;
  std::optional<DeviceKey> key_;
  std::optional<JournalWriter> writer_;

  // The end of the chain, as on the disk.
  std::int64_t first_ = 1;
  std::int64_t sequence_ = 0;
  Sha256 hash_{};
  std::int64_t checkpoint_ = 0;
  std::int64_t sealed_ = 0;

  std::optional<Sha256> unsure_;  ///< last hash of what was written without an answer
  std::string begin_note_;        ///< for the first row of a journal after a damaged one
  Sha256 begin_previous_{};
  Steady last_seal_;
  bool is_seal_in_log_ = false;
  std::optional<Steady> last_archive_;
  std::filesystem::path set_aside_;
  std::string problem_;
};

}  // namespace noseon
