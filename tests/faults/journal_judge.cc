#include "tests/faults/journal_judge.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <random>

#include "base/files.h"
#include "tests/player/journal_rig.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNextPlay = 1'000'000;

void fill_with_noise(const fs::path& index) {
  std::minstd_rand random(7);
  std::string noise(32'768, '\0');
  for (char& byte : noise) byte = static_cast<char>(random());
  std::ofstream(index, std::ios::binary) << noise;
}

struct Read {
  std::set<std::int64_t> plays;
  std::int64_t count = 0;
  std::string last_item;
  KeyBytes key{};
};

// The number that journal_writer gave it.
std::int64_t number_of(const Row& row) {
  return (row.start - testing::kMorning).count() / 8;
}

Result<Read> read_plays(const fs::path& file) {
  ASSIGN_OR_RETURN(const JournalFile journal, JournalFile::open(file));
  ASSIGN_OR_RETURN(const Verification found, verify(journal, std::nullopt));
  if (!found.is_good()) {
    return fail(ErrorKind::bad_format, "not verified: " + testing::first_finding(found));
  }
  Read read;
  read.key = *found.key;
  TRY(journal.each_row([&](const Row& row) {
    if (row.kind != RecordKind::play) return true;
    ++read.count;
    read.plays.insert(number_of(row));
    read.last_item = row.item;
    return true;
  }));
  return read;
}

// A start after it: the journal is taken as it is, and goes on.
std::optional<std::string> wrong_with_next_start(const fs::path& folder, std::int64_t plays_least) {
  {
    Journal journal(testing::options_in(folder));
    const Acknowledged answer = journal.append(testing::play_at(Millis{8} * kNextPlay));
    const JournalState state = journal.state();
    if (!state.set_aside.empty()) return "the next start found it damaged";
    if (answer != Acknowledged::recorded) return "the next play was refused: " + state.problem;
  }
  const auto read = read_plays(folder / "plays.db");
  if (!read) return "after the next start: " + read.error().message;
  if (read->count < plays_least + 1) return "the next start lost a play";
  const auto key = DeviceKey::open_or_make(folder / "device.key");
  if (!key) return "after the next start: " + key.error().message;
  if (key->public_half() != read->key) return "the key is another one after the next start";
  return std::nullopt;
}

std::optional<std::string> wrong_as_it_lies(const fs::path& folder, std::int64_t plays_least,
                                            const std::set<std::int64_t>& acknowledged) {
  const auto read = read_plays(folder / "plays.db");
  if (!read) return read.error().message;
  if (read->count < plays_least) {
    return fmt::format("{} plays are there, not {}", read->count, plays_least);
  }
  for (const std::int64_t play : acknowledged) {
    if (!read->plays.contains(play)) return fmt::format("play {} is lost", play);
  }
  if (static_cast<std::int64_t>(read->plays.size()) != read->count) return "a play is there twice";
  const auto key = DeviceKey::open_or_make(folder / "device.key");
  if (!key) return key.error().message;
  if (key->public_half() != read->key) return "the journal is sealed with another key";
  return std::nullopt;
}

// Nothing may be there where nothing was acknowledged.
std::optional<std::string> wrong(const fs::path& folder, std::int64_t plays_least,
                                 const std::set<std::int64_t>& acknowledged) {
  std::error_code ignored;
  const fs::path index = folder / "plays.db-shm";
  if (fs::exists(index, ignored)) fill_with_noise(index);
  if (plays_least > 0) {
    if (auto lies = wrong_as_it_lies(folder, plays_least, acknowledged)) return lies;
  }
  return wrong_with_next_start(folder, plays_least);
}

bool is_index(const fs::path& file) {
  return file.string().ends_with("-shm");
}

// A journal of ours, or no longer: whatever plays SQLite can read.
void add_plays_by_sqlite(const fs::path& file, std::set<std::int64_t>& plays) {
  sqlite3* database = nullptr;
  if (sqlite3_open(file.c_str(), &database) == SQLITE_OK) {
    const auto add = [](void* all, int /*columns*/, char** values, char** /*names*/) {
      const std::int64_t start =
          std::atoll(values[0]) - testing::kMorning.time_since_epoch().count();
      static_cast<std::set<std::int64_t>*>(all)->insert(start / 8);
      return 0;
    };
    sqlite3_exec(database, "SELECT start FROM rows WHERE kind = 'play'", add, &plays, nullptr);
  }
  sqlite3_close(database);
}

}  // namespace

std::optional<std::string> wrong_with_what_was_set_aside(
    const fs::path& folder, const std::set<std::int64_t>& acknowledged) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (is_index(entry.path())) fill_with_noise(entry.path());
  }
  {
    Journal journal(testing::options_in(folder));
    const Acknowledged answer = journal.append(testing::play_at(Millis{8} * kNextPlay));
    if (answer != Acknowledged::recorded) {
      return "the next play was refused: " + journal.state().problem;
    }
  }
  if (const auto read = read_plays(folder / "plays.db"); !read) return read.error().message;
  std::set<std::int64_t> plays;
  std::vector<fs::path> databases;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_part = name.ends_with("-wal") || name.ends_with("-shm");
    if (name.starts_with("plays.db") && !is_part) databases.push_back(entry.path());
  }
  for (const fs::path& database : databases) add_plays_by_sqlite(database, plays);
  for (const std::int64_t play : acknowledged) {
    if (!plays.contains(play)) return fmt::format("play {} is lost", play);
  }
  return std::nullopt;
}

std::set<std::int64_t> plays_said(const std::string& said) {
  std::set<std::int64_t> plays;
  for (std::size_t at = 0, end = 0; (end = said.find('\n', at)) != said.npos; at = end + 1) {
    std::int64_t number = 0;
    const char* const begin = said.data() + at;
    const auto [parsed, error] = std::from_chars(begin, said.data() + end, number);
    if (error == std::errc() && parsed == said.data() + end) plays.insert(number);
  }
  return plays;
}

std::optional<std::string> wrong_with_journal(const fs::path& folder,
                                              const std::set<std::int64_t>& acknowledged) {
  return wrong(folder, static_cast<std::int64_t>(acknowledged.size()), acknowledged);
}

bool ends_with_item(const fs::path& folder) {
  const auto read = read_plays(folder / "plays.db");
  return read && !read->last_item.empty();
}

std::int64_t plays_in(const fs::path& folder) {
  const auto read = read_plays(folder / "plays.db");
  return read ? read->count : 0;
}

std::optional<std::string> wrong_with_journal_as_it_lies(
    const fs::path& folder, const std::set<std::int64_t>& acknowledged) {
  if (acknowledged.empty()) return std::nullopt;
  return wrong_as_it_lies(folder, static_cast<std::int64_t>(acknowledged.size()), acknowledged);
}

std::optional<std::string> wrong_with_journal(const fs::path& folder, std::int64_t plays_least) {
  return wrong(folder, plays_least, {});
}

}  // namespace noseon::faults
