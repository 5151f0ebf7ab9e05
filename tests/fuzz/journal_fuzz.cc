// A journal as it comes from a bus: any bytes as a database, and any text as the note that names an
// archive. Whatever is read has its rows and checkpoints by number and within the caps, and can be
// judged and told as a table.
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/check.h"
#include "player/journal/database.h"
#include "player/journal/verify.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace noseon;

void check_note(std::string_view text) {
  const auto note = parse_archive_note(text);
  if (note) CHECK(to_string(*note) == text);
}

void check_row(const Row& row) {
  for (const std::string* text : {&row.display, &row.boot, &row.agency, &row.campaign, &row.item,
                                  &row.blobs, &row.route, &row.places, &row.note}) {
    CHECK(text->size() <= kRowTextBytesMax);
  }
  CHECK(row.start >= kBeginningOfTime && row.start <= kEndOfTime && row.shown >= Millis{0});
  CHECK(to_rfc3339(row.start + row.shown, std::chrono::seconds{0}).size() > 20);
  CHECK(hash_of(row) == sha256(canonical(row)));
}

void check_journal(const JournalFile& journal) {
  std::optional<std::int64_t> last;
  const Status rows = journal.each_row([&](const Row& row) {
    CHECK(!last || row.sequence > *last);
    last = row.sequence;
    check_row(row);
    return true;
  });
  last.reset();
  const Status checkpoints = journal.each_checkpoint([&](const Checkpoint& checkpoint) {
    CHECK(!last || checkpoint.number > *last);
    last = checkpoint.number;
    return true;
  });
  const auto found = verify(journal, std::nullopt);
  if (found && found->is_good()) {
    CHECK(rows && checkpoints);
    CHECK(journal.first_row().value()->sequence == found->first);
    CHECK(journal.last_row().value()->sequence == found->last);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TemporaryFolder folder;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_note(bytes);
  const auto file = folder.write("plays.db", bytes);
  const auto journal = JournalFile::open(file);
  if (journal) {
    check_journal(*journal);
  } else {
    CHECK(!journal.error().message.empty());
  }
  return 0;
}
