// A bus and its journal: a clock that a test holds, plays that follow each other, and the file.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/sha256.h"
#include "player/journal/database.h"
#include "player/journal/device_key.h"
#include "player/journal/journal.h"
#include "player/journal/verify.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {

inline constexpr Instant kMorning = Instant{Millis{1'803'510'000'000}};  // 2027-02-24T23:00:00Z
inline constexpr Steady kSinceBoot = Steady{std::chrono::minutes{3}};

inline Play play_at(Millis after, Millis shown = std::chrono::seconds{8}) {
  Play play;
  play.campaign = "khojaly";
  play.item = "names";
  play.agency = "seoul-friends";
  play.generation = 42;
  play.blobs = {sha256("a poster")};
  play.start = {kMorning + after, ClockGrade::trusted, kSinceBoot + after};
  play.shown = shown;
  play.route = "472";
  play.places = {{"khojaly", "city-hall"}};
  return play;
}

inline Moment moment(Millis after) {
  return {kMorning + after, ClockGrade::trusted, kSinceBoot + after};
}

inline JournalOptions options_in(const std::filesystem::path& folder) {
  JournalOptions options;
  options.folder = folder;
  options.display = "bus-472-1";
  options.boot = "8d3c5a9e-0b6e-4f0f-9c2e-2f4d1f4a7b10";
  options.begun = moment(Millis{0});
  options.retry_every = Millis{5};
  options.reserve_bytes = 0;
  return options;
}

inline std::vector<Row> rows_of(const std::filesystem::path& file) {
  std::vector<Row> rows;
  const JournalFile journal = JournalFile::open(file).value();
  CHECK(journal.each_row([&](const Row& row) {
    rows.push_back(row);
    return true;
  }));
  return rows;
}

inline std::vector<Checkpoint> checkpoints_of(const std::filesystem::path& file) {
  std::vector<Checkpoint> checkpoints;
  const JournalFile journal = JournalFile::open(file).value();
  CHECK(journal.each_checkpoint([&](const Checkpoint& checkpoint) {
    checkpoints.push_back(checkpoint);
    return true;
  }));
  return checkpoints;
}

inline Verification verified(const std::filesystem::path& file,
                             const std::optional<KeyBytes>& key = std::nullopt) {
  return verify(JournalFile::open(file).value(), key).value();
}

inline std::string first_finding(const Verification& found) {
  return found.findings.empty()
             ? ""
             : fmt::format("row {}: {}", found.findings[0].sequence, found.findings[0].what);
}

/// SQLite by itself, as somebody who changes a journal has it.
class Sql {
 public:
  explicit Sql(const std::filesystem::path& file) {
    CHECK(sqlite3_open(file.c_str(), &database_) == SQLITE_OK);
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql() { sqlite3_close(database_); }

  void run(const std::string& statements) {
    char* error = nullptr;
    const int code = sqlite3_exec(database_, statements.c_str(), nullptr, nullptr, &error);
    if (code != SQLITE_OK) fmt::print(stderr, "{}: {}\n", statements, error);
    CHECK(code == SQLITE_OK);
  }
  /// The first column of the first row.
  std::size_t number(const std::string& query) {
    std::size_t found = 0;
    const auto take = [](void* to, int, char** values, char**) {
      *static_cast<std::size_t*>(to) = std::strtoull(values[0], nullptr, 10);
      return 0;
    };
    CHECK(sqlite3_exec(database_, query.c_str(), take, &found, nullptr) == SQLITE_OK);
    return found;
  }

 private:
  sqlite3* database_ = nullptr;
};

/// Waits until the journal's own thread has come so far; false after ten seconds.
template <class Condition>
bool wait_until(const Condition& condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    ::usleep(5000);
  }
  return false;
}

}  // namespace noseon::testing
