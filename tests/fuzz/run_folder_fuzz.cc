// The files of the run folder, in which each program of a display tells of itself: whoever took
// over noseon-sync may write what it likes there. What is read is no command to a terminal, can be
// written, and is the same when read again. The first byte says which file it is.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/unicode.h"
#include "fleet/pull/report.h"
#include "player/player_status.h"
#include "player/trail.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace noseon;

void check_words(std::string_view words) {
  CHECK(!first_bad_utf8(words));
  CHECK(without_controls(words) == words);
}

void check_player(std::string_view text) {
  const auto status = read_player_status(text);
  if (!status) return CHECK(!status.error().message.empty());
  for (const std::string* words : {&status->version, &status->display, &status->stage,
                                   &status->campaign, &status->item, &status->next}) {
    check_words(*words);
  }
  const auto again = read_player_status(write_player_status(*status));
  CHECK(again);
  CHECK(*again == *status);
}

void check_sync(std::string_view text) {
  const auto report = read_report(text);
  if (!report) return CHECK(!report.error().message.empty());
  check_words(report->version + report->display + report->error);
  for (const std::string& problem : report->problems) check_words(problem);
  // Parts of a second are not written.
  const std::string written = write_report(*report);
  const auto again = read_report(written);
  CHECK(again);
  CHECK(write_report(*again) == written);
  CHECK(!words_of(*report, Instant{}).empty());
}

// Of the boot "this".
void check_trail(std::string_view text) {
  static const TemporaryFolder folder;
  folder.write("trail.json", text);
  const Trail::Past past = Trail(folder.path(), "this").before();
  if (!past.crash) return;
  for (const auto* work : {&past.crash->shown, &past.crash->made})
    CHECK(!*work || (*work)->name.size() <= kWorkNameMax);
  // What a crash left is counted, and that is written down.
  const Ladder ladder = after_crash({}, "this", *past.crash);
  CHECK(read_ladder(write_ladder(ladder)).value() == ladder);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'p':
      check_player(text);
      break;
    case 's':
      check_sync(text);
      break;
    case 't':
      check_trail(text);
      break;
    default:
      break;
  }
  return 0;
}
