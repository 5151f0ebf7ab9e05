// The form that is hashed and signed, as player/journal/format.md shows it.
#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/player/journal_rig.h"

namespace noseon::testing {
namespace {

// The row of the page's example.
Row example() {
  Row row = row_of(play_at(std::chrono::seconds{8}), "bus-472-1", "8d3c5a9e");
  row.sequence = 2;
  row.previous = Sha256{};
  return row;
}

std::string page() {
  return read_file(std::string(NOSEON_SOURCE_DIR) + "/player/journal/format.md", 1U << 20U).value();
}

TEST(JournalRow, TheWorkedExampleOfThePageIsTrue) {
  std::string text = canonical(example());
  text.replace(text.find('\n'), 1, "\\n");
  EXPECT_NE(page().find(text), std::string::npos) << text;
  EXPECT_NE(page().find(to_hex(hash_of(example()))), std::string::npos)
      << to_hex(hash_of(example()));
}

TEST(JournalRow, NoTwoRowsHaveOneForm) {
  Row a = example();
  Row b = example();
  a.campaign = "ab";
  a.item = "c";
  b.campaign = "a";
  b.item = "bc";
  EXPECT_NE(canonical(a), canonical(b));
  a = example();
  b = example();
  a.route = "1,2:47";
  b.places = "1,2:47" + b.places;
  EXPECT_NE(canonical(a), canonical(b));
}

TEST(JournalRow, TextsAreCutAndMadeGood) {
  Play play = play_at(Millis{0});
  play.route = "\xff" + std::string(100'000, 'x');
  play.blobs = std::vector<Sha256>(1000);
  const Row row = row_of(play, "d", "b");
  EXPECT_LE(row.route.size(), kRowTextBytesMax);
  EXPECT_TRUE(row.route.starts_with("\xef\xbf\xbd"));
  EXPECT_LE(row.blobs.size(), kRowTextBytesMax);
}

TEST(JournalRow, AnArchivesNoteComesBackAsItWas) {
  const ArchiveNote note{"plays-00000001-00000009.sealed", sha256("x"), 9, 3};
  EXPECT_EQ(to_string(parse_archive_note(to_string(note)).value()), to_string(note));
  for (const char* bad : {"", "a b", "f sha256 00 rows to 9 checkpoints to 3"}) {
    EXPECT_FALSE(parse_archive_note(bad)) << bad;
  }
  EXPECT_FALSE(parse_archive_note(to_string(note) + " "));
  const auto of_row = [&](std::int64_t last) {
    return parse_archive_note(to_string({note.file, note.sha256, last, 3}));
  };
  EXPECT_TRUE(of_row(1) && of_row(kSequenceMax));
  EXPECT_FALSE(of_row(0) || of_row(kSequenceMax + 1));
}

}  // namespace
}  // namespace noseon::testing
