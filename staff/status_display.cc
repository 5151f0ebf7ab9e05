// noseon status --display: gathers what is known of the display at which it runs.
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "base/boot.h"
#include "base/files.h"
#include "base/journal_room.h"
#include "base/say.h"
#include "fleet/store/store.h"
#include "player/proof_of_play.h"
#include "player/status_report.h"
#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/display_status.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// A file of a program that may not run, in a folder where others may write.
template <class Value>
void read_own_word(const fs::path& file, std::uint64_t bytes_max,
                   Result<Value> (*read)(std::string_view), std::optional<Value>& value,
                   std::string& trouble) {
  const Result<std::string> text = read_file(file, bytes_max);
  if (!text && text.error().kind == ErrorKind::not_found) return;
  Result<Value> word = text ? read(*text) : Result<Value>(fail(text.error()));
  if (word) {
    value = *std::move(word);
    return;
  }
  trouble = text ? word.error().with_context(file.string()).message : text.error().message;
}

// A process of that number that began when the status says. Who may not look at it knows at least
// that there is one.
bool is_alive(const PlayerStatus& player) {
  if (player.pid <= 0 || player.pid > INT32_MAX) return false;
  if (::kill(static_cast<pid_t>(player.pid), 0) != 0 && errno == ESRCH) return false;
  const auto start = process_start(player.pid);
  return !start || player.process_start == 0 || *start == player.process_start;
}

bool is_new(const fs::path& link, Instant now) {
  struct stat facts {};
  if (::lstat(link.c_str(), &facts) != 0) return false;
  const Instant changed{std::chrono::seconds{facts.st_mtim.tv_sec}};
  return now - changed < std::chrono::minutes{2};
}

DisplayFacts gather(const DisplayStatusOptions& options, const Clock& clock) {
  DisplayFacts facts;
  facts.now = clock.now();
  facts.now_steady = std::chrono::floor<Millis>(clock.steady_now().time_since_epoch());
  facts.boot = boot_id();
  facts.run = options.run;
  const fs::path run = options.run;
  read_own_word<PlayerStatus>(run / kPlayerStatusFile, kPlayerStatusBytesMax, read_player_status,
                              facts.player, facts.player_trouble);
  read_own_word<SyncReport>(run / kSyncReportFile, 1U << 20U, read_report, facts.sync,
                            facts.sync_trouble);
  facts.is_player_alive = facts.player && is_alive(*facts.player);
  const StoreReader store(options.store);
  std::error_code ignored;
  facts.has_store = fs::exists(options.store, ignored);
  const auto current = store.number_of(Which::current);
  const auto previous = store.number_of(Which::previous);
  if (current) facts.current = *current;
  if (previous) facts.previous = *previous;
  facts.is_store_hidden = !current && current.error().kind == ErrorKind::denied;
  facts.is_current_new = is_new(fs::path(options.store) / "current", facts.now);
  facts.disk_free = available_bytes(options.journal);
  if (!facts.disk_free) facts.disk_free = available_bytes(options.store);
  facts.reserved = allocated_bytes(fs::path(options.journal) / kReserveFile);
  return facts;
}

}  // namespace

int run_display_status(const DisplayStatusOptions& options, const Clock& clock) {
  const DisplayFacts facts = gather(options, clock);
  if (options.json) {
    fmt::print("{}\n", to_text(display_json(facts)));
  } else {
    fmt::print("{}", one_screen(facts));
  }
  return what_needs_a_person(facts).empty() ? kDone : kRefused;
}

}  // namespace noseon
