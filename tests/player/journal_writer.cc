// A player that does nothing but play and tell its journal; for tests that kill it or its machine.
// It prints the number of each play, one a line, once that is acknowledged.
//
// usage: journal_writer FOLDER FIRST [COUNT]     with COUNT it ends in an orderly way after so many
//
// In the environment, for tests that want to see a bug found, or a log that goes round:
//   JOURNAL_WRITER_SYNCHRONOUS=NORMAL   SQLite syncs as little as that, whatever the journal asks
//   for JOURNAL_WRITER_SAYS=early           a play is acknowledged before it is on the disk
//   JOURNAL_WRITER_LOG_PAGES=8          the log goes into the database at that length
//   JOURNAL_WRITER_BESIDE="BEGIN; ..."  said by somebody who has the database open all the time, so
//   that its log stays
//   JOURNAL_WRITER_AFTER="CREATE ..."   and by somebody after the last play; neither closes it
#include <unistd.h>

#include <cstdlib>

#include "tests/player/journal_rig.h"

namespace {

using namespace noseon;

std::string asked(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// From then on the connection turns a deaf ear to who wants it otherwise.
int ignore_synchronous(void* /*unused*/, int action, const char* pragma, const char* value,
                       const char* /*schema*/, const char* /*trigger*/) {
  const bool is_it = action == SQLITE_PRAGMA && pragma != nullptr && value != nullptr &&
                     std::string_view(pragma) == "synchronous";
  return is_it ? SQLITE_IGNORE : SQLITE_OK;
}

// Of each connection that the journal opens.
int plant(sqlite3* database, const char** /*error*/, const sqlite3_api_routines* /*api*/) {
  const std::string synchronous = asked("JOURNAL_WRITER_SYNCHRONOUS");
  const std::string pages = asked("JOURNAL_WRITER_LOG_PAGES");
  const auto run = [&](const std::string& pragma) {
    return sqlite3_exec(database, ("PRAGMA " + pragma).c_str(), nullptr, nullptr, nullptr);
  };
  if (!pages.empty() && run("wal_autocheckpoint = " + pages) != SQLITE_OK) return SQLITE_ERROR;
  if (synchronous.empty()) return SQLITE_OK;
  if (run("synchronous = " + synchronous) != SQLITE_OK) return SQLITE_ERROR;
  return sqlite3_set_authorizer(database, ignore_synchronous, nullptr);
}

// As a program that is killed with the file open: nothing is moved out of its log.
void say_to_database(const std::filesystem::path& folder, const char* name) {
  static std::vector<noseon::testing::Sql*> never_closed;
  const std::string statements = asked(name);
  if (statements.empty()) return;
  never_closed.push_back(new noseon::testing::Sql(folder / "plays.db"));
  never_closed.back()->run(statements);
}

bool say_number(std::int64_t number) {
  const std::string line = fmt::format("{}\n", number);
  return ::write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  // Of SQLite's types for an extension's start only this one can be handed over.
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(plant));
  const bool is_early = asked("JOURNAL_WRITER_SAYS") == "early";
  JournalOptions options = noseon::testing::options_in(argv[1]);
  options.seal_every = Millis{80};
  say_to_database(options.folder, "JOURNAL_WRITER_BESIDE");
  Journal journal(options);
  const std::int64_t first = std::atoll(argv[2]);
  const std::int64_t count = argc == 4 ? std::atoll(argv[3]) : 0;
  for (std::int64_t i = first; count == 0 || i < first + count; ++i) {
    if (is_early && !say_number(i)) return 1;
    const Play play = noseon::testing::play_at(Millis{8} * i, Millis{8});
    if (journal.append(play) != Acknowledged::recorded) return 1;
    if (!is_early && !say_number(i)) return 1;
  }
  const Status ended = journal.end(noseon::testing::moment(Millis{8} * (first + count)));
  say_to_database(options.folder, "JOURNAL_WRITER_AFTER");
  return ended ? 0 : 1;
}
