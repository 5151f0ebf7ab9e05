#include "player/journal/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "base/files.h"
#include "base/handle.h"
#include "base/say.h"
#include "player/journal/disk.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// STRICT: a number that was made a text is no longer the same row.
constexpr const char* kRowsTable =
    "CREATE TABLE rows (sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, display TEXT NOT NULL, "
    "boot TEXT NOT NULL, agency TEXT NOT NULL, campaign TEXT NOT NULL, item TEXT NOT NULL, "
    "generation INTEGER NOT NULL, blobs TEXT NOT NULL, start INTEGER NOT NULL, "
    "grade TEXT NOT NULL, steady INTEGER NOT NULL, shown INTEGER NOT NULL, "
    "complete INTEGER NOT NULL, route TEXT NOT NULL, places TEXT NOT NULL, "
    "count INTEGER NOT NULL, note TEXT NOT NULL, previous BLOB NOT NULL) STRICT";
constexpr const char* kCheckpointsTable =
    "CREATE TABLE checkpoints (number INTEGER PRIMARY KEY, first INTEGER NOT NULL, sequence "
    "INTEGER NOT NULL, "
    "hash BLOB NOT NULL, time INTEGER NOT NULL, grade TEXT NOT NULL, key BLOB NOT NULL, "
    "signature BLOB NOT NULL) STRICT";

constexpr const char* kInsertRow =
    "INSERT INTO rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* kInsertCheckpoint = "INSERT INTO checkpoints VALUES (?,?,?,?,?,?,?,?)";

Error error_of(const SQLite::Exception& thrown, const fs::path& file) {
  const int code = thrown.getErrorCode();
  const bool is_damage = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR ||
                         code == SQLITE_TOOBIG || code == SQLITE_CONSTRAINT ||
                         code == SQLITE_MISMATCH || code == SQLITE_FORMAT;
  return {is_damage ? ErrorKind::bad_format : ErrorKind::disk,
          file.string() + ": " + thrown.what()};
}

Failure damaged(const fs::path& file, const std::string& what) {
  return fail(ErrorKind::bad_format, say("{}: is damaged, or no journal: {}", file.string(), what));
}

// Where SQLite is called and may throw.
template <class Call>
auto guarded(const fs::path& file, const Call& call) -> decltype(call()) {
  try {
    return call();
  } catch (const SQLite::Exception& thrown) {
    return fail(error_of(thrown, file));
  }
}

// As many rows as are read, each of these, add up to a number that there is.
constexpr Millis kLengthMax = std::chrono::days{5000};
static_assert(kLengthMax.count() <= INT64_MAX / kRowsMax && kSequenceMax <= INT64_MAX / kRowsMax);

// ---- Values to columns and back --------------------------------------------------------------

template <std::size_t N>
void bind_bytes(SQLite::Statement& statement, int at, const std::array<std::uint8_t, N>& bytes) {
  statement.bind(at, static_cast<const void*>(bytes.data()), static_cast<int>(N));
}

void bind_row(SQLite::Statement& statement, const Row& row) {
  int at = 0;
  statement.bind(++at, row.sequence);
  statement.bind(++at, std::string(kRecordKindWords[static_cast<std::size_t>(row.kind)]));
  for (const std::string* text : {&row.display, &row.boot, &row.agency, &row.campaign, &row.item}) {
    statement.bind(++at, *text);
  }
  statement.bind(++at, row.generation);
  statement.bind(++at, row.blobs);
  statement.bind(++at, static_cast<std::int64_t>(row.start.time_since_epoch().count()));
  statement.bind(++at, std::string(kGradeWords[static_cast<std::size_t>(row.grade)]));
  statement.bind(++at, static_cast<std::int64_t>(row.steady.count()));
  statement.bind(++at, static_cast<std::int64_t>(row.shown.count()));
  statement.bind(++at, row.complete ? 1 : 0);
  statement.bind(++at, row.route);
  statement.bind(++at, row.places);
  statement.bind(++at, row.count);
  statement.bind(++at, row.note);
  bind_bytes(statement, ++at, row.previous);
}

void bind_checkpoint(SQLite::Statement& statement, const Checkpoint& checkpoint) {
  statement.bind(1, checkpoint.number);
  statement.bind(2, checkpoint.first);
  statement.bind(3, checkpoint.sequence);
  bind_bytes(statement, 4, checkpoint.hash);
  statement.bind(5, static_cast<std::int64_t>(checkpoint.time.time_since_epoch().count()));
  statement.bind(6, std::string(kGradeWords[static_cast<std::size_t>(checkpoint.grade)]));
  bind_bytes(statement, 7, checkpoint.key);
  bind_bytes(statement, 8, checkpoint.signature);
}

// The columns of one row of an answer, in order; what does not fit is remembered.
class Columns {
 public:
  explicit Columns(SQLite::Statement& statement) : statement_(statement) {}

  [[nodiscard]] bool are_good() const { return are_good_; }
  std::int64_t number() { return statement_.getColumn(at_++).getInt64(); }
  std::int64_t number_within(std::int64_t least, std::int64_t most) {
    const std::int64_t value = number();
    return value < least || value > most ? spoil<std::int64_t>() : value;
  }
  // One below 1 is for verify() to judge.
  std::int64_t sequence() { return number_within(-kSequenceMax, kSequenceMax); }
  std::int64_t count() { return number_within(0, kSequenceMax); }
  Millis length() { return Millis{number_within(0, kLengthMax.count())}; }
  // Never added up: whatever a machine's steady clock counts from.
  Millis since_boot() { return Millis{number_within(0, kEndOfTime.time_since_epoch().count())}; }
  Instant instant() {
    return Instant{Millis{number_within(kBeginningOfTime.time_since_epoch().count(),
                                        kEndOfTime.time_since_epoch().count())}};
  }
  std::string text() {
    const SQLite::Column column = statement_.getColumn(at_++);
    if (static_cast<std::size_t>(column.getBytes()) > kRowTextBytesMax) return spoil<std::string>();
    return column.getString();
  }
  template <std::size_t N>
  std::array<std::uint8_t, N> bytes() {
    const SQLite::Column column = statement_.getColumn(at_++);
    std::array<std::uint8_t, N> value{};
    if (column.getBytes() != static_cast<int>(N)) return spoil<std::array<std::uint8_t, N>>();
    const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
    std::copy(bytes, bytes + N, value.begin());
    return value;
  }
  template <class Enum, std::size_t N>
  Enum one_of(const std::array<std::string_view, N>& words) {
    const std::string word = text();
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return spoil<Enum>();
    return static_cast<Enum>(found - words.begin());
  }
  bool yes_or_no() {
    const std::int64_t value = number();
    if (value != 0 && value != 1) return spoil<bool>();
    return value == 1;
  }

 private:
  template <class T>
  T spoil() {
    are_good_ = false;
    return {};
  }

  SQLite::Statement& statement_;
  int at_ = 0;
  bool are_good_ = true;
};

std::optional<Row> row_in(SQLite::Statement& statement) {
  Columns columns(statement);
  Row row;
  row.sequence = columns.sequence();
  row.kind = columns.one_of<RecordKind>(kRecordKindWords);
  for (std::string* text : {&row.display, &row.boot, &row.agency, &row.campaign, &row.item}) {
    *text = columns.text();
  }
  row.generation = columns.number();
  row.blobs = columns.text();
  row.start = columns.instant();
  row.grade = columns.one_of<ClockGrade>(kGradeWords);
  row.steady = columns.since_boot();
  row.shown = columns.length();
  row.complete = columns.yes_or_no();
  row.route = columns.text();
  row.places = columns.text();
  row.count = columns.count();
  row.note = columns.text();
  row.previous = columns.bytes<32>();
  return columns.are_good() ? std::optional(std::move(row)) : std::nullopt;
}

std::optional<Checkpoint> checkpoint_in(SQLite::Statement& statement) {
  Columns columns(statement);
  Checkpoint checkpoint;
  checkpoint.number = columns.sequence();
  checkpoint.first = columns.sequence();
  checkpoint.sequence = columns.sequence();
  checkpoint.hash = columns.bytes<32>();
  checkpoint.time = columns.instant();
  checkpoint.grade = columns.one_of<ClockGrade>(kGradeWords);
  checkpoint.key = columns.bytes<32>();
  checkpoint.signature = columns.bytes<64>();
  return columns.are_good() ? std::optional(checkpoint) : std::nullopt;
}

// ---- Opening ---------------------------------------------------------------------------------

// A schema of somebody else's could make a row of anything.
Status check_schema(SQLite::Database& database, const fs::path& file) {
  SQLite::Statement schema(database, "SELECT sql FROM sqlite_schema ORDER BY name");
  std::vector<std::string> found;
  while (schema.executeStep() && found.size() <= 2)
    found.push_back(schema.getColumn(0).getString());
  if (found == std::vector<std::string>{kCheckpointsTable, kRowsTable}) return {};
  return damaged(file, say("it has other tables than a journal"));
}

// SQLite's own guards for files that come from somewhere.
void be_careful(SQLite::Database& database) {
  sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, 1 << 20);
  sqlite3_limit(database.getHandle(), SQLITE_LIMIT_ATTACHED, 0);
  database.exec("PRAGMA trusted_schema = OFF");
  database.exec("PRAGMA cell_size_check = ON");
}

// SQLite asks a hundred times for a lock that it is refused, with pauses that grow to a third of a
// second: ten seconds in all (walTryBeginRead() in its wal.c), for which no bus waits. These are
// its own files, but for the pauses: with them it is a second. Its own are those of that time:
// tests have others.
constexpr int kLongestPauseMicroseconds = 10'000;

int pause_briefly(sqlite3_vfs* /*ours*/, int microseconds) {
  sqlite3_vfs* const own = sqlite3_vfs_find(nullptr);
  return own->xSleep(own, std::min(microseconds, kLongestPauseMicroseconds));
}

int open_own(sqlite3_vfs* /*ours*/, const char* name, sqlite3_file* file, int flags, int* got) {
  sqlite3_vfs* const own = sqlite3_vfs_find(nullptr);
  return own->xOpen(own, name, file, flags, got);
}

// The name under which SQLite knows them; empty, its own, where it has no room for another.
std::string brief_pauses() {
  static sqlite3_vfs files = [] {
    sqlite3_vfs own = *sqlite3_vfs_find(nullptr);
    own.zName = "noseon-brief-pauses";
    own.xOpen = &open_own;
    own.xSleep = &pause_briefly;
    return own;
  }();
  static const bool is_known = sqlite3_vfs_register(&files, 0) == SQLITE_OK;
  return is_known ? files.zName : "";
}

// A name for "file:" that SQLite reads as it is.
std::string uri_of(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri;
}

std::unique_ptr<SQLite::Database> open_to_read(const fs::path& file) {
  const int flags = SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
  const auto try_open = [&](const std::string& name, int more) {
    auto database = std::make_unique<SQLite::Database>(name, flags | more, 1000);
    be_careful(*database);
    database->execAndGet("SELECT count(*) FROM sqlite_schema");
    return database;
  };
  const auto try_as_it_stands = [&] {
    return try_open(uri_of(file) + "?immutable=1", SQLite::OPEN_URI);
  };
  // Without a log nobody writes, and no log is to be left behind beside somebody's file.
  std::error_code ignored;
  if (!fs::exists(file.string() + "-wal", ignored)) return try_as_it_stands();
  try {
    return try_open(file.string(), 0);
  } catch (const SQLite::Exception& thrown) {
    // In a folder that nobody may write there is no place for the log's index: as it stands, then.
    const int code = thrown.getErrorCode();
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) throw;
    return try_as_it_stands();
  }
}

void make_tables(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  database.exec(kRowsTable);
  database.exec(kCheckpointsTable);
  transaction.commit();
}

bool is_new(SQLite::Database& database) {
  return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

}  // namespace

struct JournalFile::Impl {
  fs::path file;
  std::unique_ptr<SQLite::Database> database;

  /// Statements are made once for a writer that lasts a year.
  void insert(const std::vector<Row>& rows, const std::vector<Checkpoint>& checkpoints) {
    if (!insert_row) insert_row = std::make_unique<SQLite::Statement>(*database, kInsertRow);
    if (!insert_checkpoint) {
      insert_checkpoint = std::make_unique<SQLite::Statement>(*database, kInsertCheckpoint);
    }
    for (const Row& row : rows) {
      bind_row(*insert_row, row);
      insert_row->exec();
      insert_row->reset();
    }
    for (const Checkpoint& checkpoint : checkpoints) {
      bind_checkpoint(*insert_checkpoint, checkpoint);
      insert_checkpoint->exec();
      insert_checkpoint->reset();
    }
  }

  std::unique_ptr<SQLite::Statement> insert_row;
  std::unique_ptr<SQLite::Statement> insert_checkpoint;
};

JournalFile::JournalFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JournalFile::JournalFile(JournalFile&&) noexcept = default;
JournalFile& JournalFile::operator=(JournalFile&&) noexcept = default;
JournalFile::~JournalFile() = default;

Result<JournalFile> JournalFile::open(const fs::path& file) {
  ASSIGN_OR_RETURN(const Fd there, open_file(file));
  return guarded(file, [&]() -> Result<JournalFile> {
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->database = open_to_read(file);
    TRY(check_schema(*impl->database, file));
    return JournalFile(std::move(impl));
  });
}

Status JournalFile::each_row(const std::function<bool(const Row&)>& see) const {
  return guarded(impl_->file, [&]() -> Status {
    SQLite::Statement select(*impl_->database, "SELECT * FROM rows ORDER BY sequence");
    std::optional<std::int64_t> last;
    for (std::int64_t count = 0; select.executeStep(); ++count) {
      if (count == kRowsMax) {
        return fail(ErrorKind::too_large, say("{}: has more than {} rows, which is the most that "
                                              "is read",
                                              impl_->file.string(), kRowsMax));
      }
      const auto row = row_in(select);
      if (!row) {
        return damaged(impl_->file, say("row {} has a value that no journal writes",
                                        select.getColumn(0).getInt64()));
      }
      // A damaged tree may hold its rows more than once.
      if (last && row->sequence <= *last) return damaged(impl_->file, say("its rows repeat"));
      last = row->sequence;
      if (!see(*row)) return {};
    }
    return {};
  });
}

Status JournalFile::each_checkpoint(const std::function<bool(const Checkpoint&)>& see) const {
  return guarded(impl_->file, [&]() -> Status {
    SQLite::Statement select(*impl_->database, "SELECT * FROM checkpoints ORDER BY number");
    std::optional<std::int64_t> last;
    for (std::int64_t count = 0; count < kRowsMax && select.executeStep(); ++count) {
      const auto checkpoint = checkpoint_in(select);
      if (!checkpoint) {
        return damaged(impl_->file, say("checkpoint {} has a value that no journal writes",
                                        select.getColumn(0).getInt64()));
      }
      if (last && checkpoint->number <= *last)
        return damaged(impl_->file, say("its checkpoints repeat"));
      last = checkpoint->number;
      if (!see(*checkpoint)) return {};
    }
    return {};
  });
}

Result<std::optional<Row>> JournalFile::one_row(const char* query,
                                                std::optional<std::int64_t> sequence) const {
  return guarded(impl_->file, [&]() -> Result<std::optional<Row>> {
    SQLite::Statement select(*impl_->database, query);
    if (sequence) select.bind(1, *sequence);
    if (!select.executeStep()) return std::optional<Row>();
    auto row = row_in(select);
    if (!row) {
      return damaged(impl_->file, say("row {} has a value that no journal writes",
                                      select.getColumn(0).getInt64()));
    }
    return row;
  });
}

Result<std::optional<Row>> JournalFile::first_row() const {
  return one_row("SELECT * FROM rows ORDER BY sequence LIMIT 1");
}

Result<std::optional<Row>> JournalFile::last_row() const {
  return one_row("SELECT * FROM rows ORDER BY sequence DESC LIMIT 1");
}

Result<std::optional<Row>> JournalFile::row(std::int64_t sequence) const {
  return one_row("SELECT * FROM rows WHERE sequence = ?", sequence);
}

Result<JournalWriter> JournalWriter::open(const fs::path& file) {
  TRY(make_folders(file.parent_path()));
  return guarded(file, [&]() -> Result<JournalWriter> {
    auto impl = std::make_unique<JournalFile::Impl>();
    impl->file = file;
    impl->database = std::make_unique<SQLite::Database>(
        file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, 0,
        brief_pauses());
    SQLite::Database& database = *impl->database;
    be_careful(database);
    database.exec("PRAGMA synchronous = FULL");
    if (database.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
      return fail(ErrorKind::disk,
                  say("{}: the file system allows no write-ahead log", file.string()));
    }
    database.execAndGet("PRAGMA journal_size_limit = 4194304");
    if (is_new(database)) make_tables(database);
    TRY(check_schema(database, file));
    TRY(sync_folder_of(file));
    return JournalWriter(JournalFile(std::move(impl)));
  });
}

Status JournalWriter::append(const std::vector<Row>& rows,
                             const std::optional<Checkpoint>& checkpoint) {
  return guarded(file_.impl_->file, [&]() -> Status {
    SQLite::Transaction transaction(*file_.impl_->database, SQLite::TransactionBehavior::IMMEDIATE);
    file_.impl_->insert(
        rows, checkpoint ? std::vector<Checkpoint>{*checkpoint} : std::vector<Checkpoint>{});
    transaction.commit();
    return {};
  });
}

Status JournalWriter::replace_archived(const ArchiveNote& note, const std::vector<Row>& rows,
                                       const Checkpoint& checkpoint) {
  return guarded(file_.impl_->file, [&]() -> Status {
    SQLite::Database& database = *file_.impl_->database;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement rows_gone(database, "DELETE FROM rows WHERE sequence <= ?");
    rows_gone.bind(1, note.last_sequence);
    rows_gone.exec();
    SQLite::Statement checkpoints_gone(database, "DELETE FROM checkpoints WHERE number <= ?");
    checkpoints_gone.bind(1, note.last_checkpoint);
    checkpoints_gone.exec();
    file_.impl_->insert(rows, {checkpoint});
    transaction.commit();
    return {};
  });
}

Result<std::optional<Checkpoint>> JournalWriter::last_checkpoint() const {
  return guarded(file_.impl_->file, [&]() -> Result<std::optional<Checkpoint>> {
    SQLite::Statement select(*file_.impl_->database,
                             "SELECT * FROM checkpoints ORDER BY number DESC LIMIT 1");
    if (!select.executeStep()) return std::optional<Checkpoint>();
    const auto checkpoint = checkpoint_in(select);
    if (!checkpoint) {
      return damaged(file_.impl_->file, say("checkpoint {} has a value that no journal writes",
                                            select.getColumn(0).getInt64()));
    }
    return checkpoint;
  });
}

Status JournalWriter::empty_log() {
  return guarded(file_.impl_->file, [&]() -> Status {
    file_.impl_->database->execAndGet("PRAGMA wal_checkpoint(PASSIVE)");
    return {};
  });
}

namespace {

Status write_part(const fs::path& part, const std::vector<Row>& rows,
                  const std::vector<Checkpoint>& checkpoints) {
  return guarded(part, [&]() -> Status {
    auto database = std::make_unique<SQLite::Database>(
        part.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
    // Nobody sees the part: it is synced as a whole before it has its name.
    database->execAndGet("PRAGMA journal_mode = OFF");
    database->exec("PRAGMA synchronous = OFF");
    make_tables(*database);
    SQLite::Transaction transaction(*database);
    SQLite::Statement row_in_place(*database, kInsertRow);
    for (const Row& row : rows) {
      bind_row(row_in_place, row);
      row_in_place.exec();
      row_in_place.reset();
    }
    SQLite::Statement checkpoint_in_place(*database, kInsertCheckpoint);
    for (const Checkpoint& checkpoint : checkpoints) {
      bind_checkpoint(checkpoint_in_place, checkpoint);
      checkpoint_in_place.exec();
      checkpoint_in_place.reset();
    }
    transaction.commit();
    return {};
  });
}

Status sync_file(const fs::path& file) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.is_open() || ::fsync(fd.get()) != 0) return fail(disk_error(errno, file));
  return {};
}

}  // namespace

Status write_sealed(const fs::path& file, const std::vector<Row>& rows,
                    const std::vector<Checkpoint>& checkpoints) {
  const fs::path part = file.string() + ".part";
  ::unlink(part.c_str());
  Status done = write_part(part, rows, checkpoints);
  if (done) done = sync_file(part);
  if (done && ::rename(part.c_str(), file.c_str()) != 0) done = fail(disk_error(errno, file));
  if (!done) {
    ::unlink(part.c_str());
    return done;
  }
  return sync_folder_of(file);
}

}  // namespace noseon
