#include "player/journal/scribe.h"

#include <fmt/format.h>

#include <utility>

#include "player/journal/archive.h"
#include "player/journal/set_aside.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kArchiveEvery{24};

// As far as the damaged file can be read.
std::optional<JournalEnd> last_known(const fs::path& file) {
  const auto journal = JournalFile::open(file);
  if (!journal) return std::nullopt;
  const auto row = journal->last_row();
  if (!row || !*row) return std::nullopt;
  return JournalEnd{(*row)->sequence, hash_of(**row)};
}

}  // namespace

Scribe::Scribe(JournalOptions options)
    : options_(std::move(options)),
      file_(options_.folder / "plays.db"),
      reserve_(options_.folder / kReserveFile, options_.reserve_bytes),
      last_seal_(options_.begun.steady) {
  if (options_.key_file.empty()) options_.key_file = options_.folder / "device.key";
}

// A file that turns out to be damaged is set aside, and the next one is begun; twice is not damage.
Status Scribe::write(const std::vector<Row>& rows, const Moment& now, Seal when) {
  const auto attempt = [&]() -> Status {
    TRY(ensure_open());
    // What was written without an answer, and was there when the file was opened again.
    const bool is_there = !rows.empty() && unsure_ && *unsure_ == hash_;
    unsure_.reset();
    std::vector<Row> fresh = is_there ? std::vector<Row>{} : rows;
    const bool begins = sequence_ == 0;
    if (begins) fresh.insert(fresh.begin(), begin_row());
    fresh = chain(std::move(fresh));
    const bool is_due =
        begins || when == Seal::now || now.steady - last_seal_ >= options_.seal_every;
    const auto checkpoint = is_due ? seal(fresh, now) : std::nullopt;
    if (fresh.empty() && !checkpoint) return {};
    return append(fresh, checkpoint);
  };
  const auto is_damaged = [](const Status& done) {
    return !done && done.error().kind == ErrorKind::bad_format;
  };
  Status done = attempt();
  if (is_damaged(done)) {
    // A read that fails with EIO is damage to SQLite too; one that fails once must not cost a
    // journal its place.
    writer_.reset();
    done = attempt();
  }
  if (!is_damaged(done)) return done;
  TRY(put_aside(now));
  return attempt();
}

Status Scribe::ensure_open() {
  if (writer_) return {};
  Status opened = open();
  while (!opened && opened.error().kind == ErrorKind::disk &&
         reserve_.give() == Reserve::Gave::room) {
    opened = open();
  }
  return opened;
}

Status Scribe::open() {
  TRY(put_log_aside());
  auto writer = JournalWriter::open(file_);
  if (!writer) return fail(std::move(writer).error());
  writer_ = *std::move(writer);
  Status read = read_end();
  if (!read) writer_.reset();
  return read;
}

Status Scribe::read_end() {
  ASSIGN_OR_RETURN(const auto first, writer_->file().first_row());
  ASSIGN_OR_RETURN(const auto row, writer_->file().last_row());
  ASSIGN_OR_RETURN(const auto checkpoint, writer_->last_checkpoint());
  first_ = first ? first->sequence : 1;
  sequence_ = row ? row->sequence : 0;
  hash_ = row ? hash_of(*row) : begin_previous_;
  checkpoint_ = checkpoint ? checkpoint->number : 0;
  sealed_ = checkpoint ? checkpoint->sequence : 0;
  return {};
}

Status Scribe::put_aside(const Moment& now) {
  writer_.reset();
  const fs::path aside = free_name(file_, now.civil);
  const auto end = last_known(file_);
  TRY(move_aside(file_, aside));
  begin_after(aside, end);
  return {};
}

// SQLite would delete it with the first row of a new database, and the plays that it has.
Status Scribe::put_log_aside() {
  const auto aside = place_of_log_alone(file_, options_.begun.civil);
  if (!aside) return {};
  TRY(move_aside(file_, *aside));
  begin_after(*aside, last_known(*aside));
  return {};
}

void Scribe::begin_after(const fs::path& aside, const std::optional<JournalEnd>& end) {
  begin_previous_ = end ? end->hash : Sha256{};
  begin_note_ = fmt::format("after {}, {}", aside.filename().string(),
                            end ? fmt::format("whose last known row is {}", end->sequence)
                                : "of which no row can be read");
  sequence_ = 0;
  unsure_.reset();
  set_aside_ = aside;
}

Row Scribe::begin_row() const {
  Row row;
  row.kind = RecordKind::begin;
  row.display = options_.display;
  row.boot = options_.boot;
  row.start = options_.begun.civil;
  row.grade = options_.begun.grade;
  row.steady = std::chrono::floor<Millis>(options_.begun.steady.time_since_epoch());
  row.note = begin_note_;
  return row;
}

std::vector<Row> Scribe::chain(std::vector<Row> rows) const {
  std::int64_t sequence = sequence_;
  Sha256 hash = hash_;
  for (Row& row : rows) {
    row.sequence = ++sequence;
    row.previous = hash;
    hash = hash_of(row);
  }
  return rows;
}

// Nothing where all is sealed already, or there is no key to do it with.
std::optional<Checkpoint> Scribe::seal(const std::vector<Row>& rows, const Moment& now) {
  const std::int64_t last = rows.empty() ? sequence_ : rows.back().sequence;
  if (last == sealed_ || !has_key()) return std::nullopt;
  Checkpoint checkpoint;
  checkpoint.number = checkpoint_ + 1;
  checkpoint.first = first_;
  checkpoint.sequence = last;
  checkpoint.hash = rows.empty() ? hash_ : hash_of(rows.back());
  checkpoint.time = now.civil;
  checkpoint.grade = now.grade;
  checkpoint.key = key_->public_half();
  checkpoint.signature = key_->sign(canonical(checkpoint));
  last_seal_ = now.steady;
  return checkpoint;
}

bool Scribe::has_key() {
  if (key_) return true;
  auto key = DeviceKey::open_or_make(options_.key_file);
  problem_ = key ? "" : key.error().message;
  if (key) key_ = *std::move(key);
  return key_.has_value();
}

// A full disk gets room from the reserve, step by step; any other refusal, and a reserve that has
// nothing left, closes the file: it is opened anew, and read, before it is written again.
Status Scribe::append(const std::vector<Row>& rows, const std::optional<Checkpoint>& checkpoint) {
  Status done = writer_->append(rows, checkpoint);
  while (!done && done.error().kind == ErrorKind::disk && reserve_.give() == Reserve::Gave::room) {
    done = writer_->append(rows, checkpoint);
  }
  if (!done) {
    if (!rows.empty()) unsure_ = hash_of(rows.back());
    writer_.reset();
    return done;
  }
  if (!rows.empty()) {
    sequence_ = rows.back().sequence;
    hash_ = hash_of(rows.back());
  }
  if (checkpoint) {
    checkpoint_ = checkpoint->number;
    sealed_ = checkpoint->sequence;
    is_seal_in_log_ = true;
  }
  return {};
}

void Scribe::tidy(const Moment& now) {
  if (!writer_) return;
  move_sealed_rows();
  const Status filled = reserve_.fill(kReserveStep);
  if (key_) problem_ = filled ? "" : filled.error().message;
  const bool is_due = !last_archive_ || now.steady - *last_archive_ >= kArchiveEvery;
  if (now.grade == ClockGrade::trusted && is_due) archive(now);
}

// A flipped bit in the log ends it there, for SQLite, as a power cut does, and nobody can tell: so
// no row stays in it for long once it is sealed. A disk that refuses is asked again at the next
// seal.
void Scribe::move_sealed_rows() {
  if (!std::exchange(is_seal_in_log_, false)) return;
  static_cast<void>(writer_->empty_log());
}

// One file at a time; the next with the next call, until there is none.
void Scribe::archive(const Moment& now) {
  if (!has_key()) return;
  const auto note = archive_oldest(writer_->file(), *key_, options_.folder, now.civil);
  if (!note) problem_ = note.error().message;
  if (!note || !*note) {
    last_archive_ = now.steady;
    return;
  }
  first_ = (*note)->last_sequence + 1;
  Row row = begin_row();
  row.kind = RecordKind::archived;
  row.start = now.civil;
  row.grade = now.grade;
  row.steady = std::chrono::floor<Millis>(now.steady.time_since_epoch());
  row.note = to_string(**note);
  row.count = (*note)->last_sequence;
  const std::vector<Row> rows = chain({row});
  const auto checkpoint = seal(rows, now);
  const Status done = writer_->replace_archived(**note, rows, *checkpoint);
  if (!done) {
    problem_ = done.error().message;
    last_archive_ = now.steady;
    writer_.reset();  // what is there is read when it is opened again
    return;
  }
  sequence_ = rows.back().sequence;
  hash_ = hash_of(rows.back());
  checkpoint_ = checkpoint->number;
  sealed_ = checkpoint->sequence;
}

}  // namespace noseon
