// What the programs of a display keep of their own, which rots with its disk. What is read is the
// same when written and read again, and what follows from it can be written, too. The first byte
// says which file it is.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/check.h"
#include "base/json.h"
#include "base/sha256.h"
#include "fleet/pull/budget.h"
#include "player/accepted.h"
#include "player/authenticated_time.h"
#include "player/ladder.h"
#include "player/quarantine.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace noseon;

// A checksum that no mutation would meet.
std::string with_check(std::string_view text) {
  auto all = parse_json(text, {kTimeRecordBytesMax, 4});
  if (!all || !all->is_object()) return std::string(text);
  all->erase("check");
  (*all)["check"] = to_hex(sha256(all->dump()));
  return all->dump();
}

void check_time(const std::string& text) {
  const auto record = read_time_record(text);
  if (!record) return CHECK(!record.error().message.empty());
  const std::string written = write_time_record(*record);
  CHECK(written.size() <= kTimeRecordBytesMax);
  CHECK(read_time_record(written).value() == *record);
  AuthenticatedTime time(Instant{}, Steady{});
  time.learn(*record, record->boot, record->steady);
  CHECK(time.floor_at(record->steady) >= record->floor);
}

void check_crashes(std::string_view text) {
  const auto ladder = read_ladder(text);
  if (!ladder) return CHECK(!ladder.error().message.empty());
  const auto survives = [](const Ladder& each) {
    const std::string written = write_ladder(each);
    CHECK(written.size() <= kLadderBytesMax);
    CHECK(read_ladder(written).value() == each);
  };
  survives(*ladder);
  Crash crash{.at = std::chrono::seconds{60}, .generation = sha256("a release")};
  crash.shown = Work{sha256("a poster"), "spring/poster"};
  Ladder next = *ladder;
  for (int i = 0; i < 4; ++i) survives(next = after_crash(next, ladder->boot, crash));
  survives(after_calm(next, kCalm));
  survives(after_going_well(*ladder, crash.shown->content));
}

void check_accepted(std::string_view text) {
  const auto history = read_history(text);
  if (!history) return CHECK(!history.error().message.empty());
  CHECK(read_history(write_history(*history)).value() == *history);
}

void check_quarantine(std::string_view text) {
  static const TemporaryFolder folder;
  folder.write("quarantine.json", text);
  const Quarantine read(folder.path(), folder.path());
  CHECK(read.size() <= Quarantine::kBlobsMax);
  if (read.is_empty()) return;
  CHECK(read.write());
  CHECK(Quarantine(folder.path(), folder.path()).size() == read.size());
}

void check_budget(std::string_view text) {
  static const TemporaryFolder folder;
  const auto file = folder.write("budget.json", text);
  constexpr std::uint64_t kADay = 1'000'000;
  const Instant now{std::chrono::days{20'000}};
  DayBudget budget(file, kADay);
  CHECK(budget.left(now) <= kADay);
  budget.add(1, now);
  CHECK(budget.left(now) <= kADay);
  CHECK(budget.left(now + std::chrono::days{1}) == kADay);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 't':
      check_time(std::string(text));
      check_time(with_check(text));
      break;
    case 'c':
      check_crashes(text);
      break;
    case 'a':
      check_accepted(text);
      break;
    case 'q':
      check_quarantine(text);
      break;
    case 'b':
      check_budget(text);
      break;
    default:
      break;
  }
  return 0;
}
