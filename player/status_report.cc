#include "player/status_report.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <fstream>

#include "base/boot.h"
#include "base/files.h"

namespace noseon {
namespace {

constexpr Millis kTellAtMostEach{1000};
// A read-back is a second after each change: by then the last play is on the disk.
constexpr Millis kTellAtReadBackAfter{500};

Millis since_boot(Steady time) {
  return std::chrono::floor<Millis>(time.time_since_epoch());
}

// Of /proc/self/statm, which costs nothing worth naming: the second number is resident pages.
std::uint64_t resident_kb() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  file >> size >> resident;
  return file ? resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024 : 0;
}

JournalStatus journal_status(const JournalState& state, const std::filesystem::path& folder) {
  return {.folder = folder.string(),
          .rows = state.rows,
          .sealed = state.sealed,
          .shown = state.shown,
          .recorded = state.recorded,
          .parked = state.parked,
          .lost = state.lost,
          .problem = state.problem,
          .set_aside = state.set_aside.string()};
}

OnDisplay on_display(const Decision& decision) {
  if (!decision.picture) return OnDisplay::nothing;
  if (decision.is_stand_in) return OnDisplay::stand_in;
  return decision.standing == Standing::item ? OnDisplay::item : OnDisplay::card;
}

void add_shows(PlayerStatus& status, const Player& player) {
  const Show& show = player.show();
  const Showing& showing = show.showing();
  const Playlist& playlist = *show.edition().playlist();
  status.shows = on_display(player.decision());
  status.reason = reason_of(showing);
  status.since = showing.slot.from;
  if (showing.slot.until != kEndOfTime) status.until = showing.slot.until;
  if (showing.slot.entry) {
    const Campaign& campaign = playlist.campaign_of(*showing.slot.entry);
    status.agency = campaign.agency;
    status.campaign = campaign.id.str();
    status.item = playlist.item_of(*showing.slot.entry).id.str();
  }
  if (!status.until) return;
  status.next_at = status.until;
  if (const auto coming = show.coming()) status.next = name_of(playlist, coming);
}

void add_frames(PlayerStatus& status, const Projector& projector, Steady now) {
  const FrameTimes& times = projector.frame_times();
  status.dark = projector.dark_time().total(now);
  status.read_backs = projector.dark_time().reads();
  status.wrong_read_backs = projector.dark_time().wrong();
  status.frames = times.frames();
  status.dropped = times.dropped();
  status.frames_per_second = times.rate();
  for (const FrameTimes::Row& row : times.rows())
    status.histogram.push_back({row.from_ms, row.work, row.gaps});
}

}  // namespace

std::optional<std::int64_t> process_start(std::int64_t pid) {
  constexpr int kField = 22;
  const auto text = read_file(fmt::format("/proc/{}/stat", pid), 4096);
  if (!text) return std::nullopt;
  // The second field is a name in parentheses, which may hold anything.
  std::size_t at = text->rfind(')');
  for (int field = 2; field < kField && at != std::string::npos; ++field)
    at = text->find(' ', at + 1);
  if (at == std::string::npos) return std::nullopt;
  std::int64_t ticks = 0;
  const char* const begin = text->data() + at + 1;
  const auto read = std::from_chars(begin, text->data() + text->size(), ticks);
  return read.ec == std::errc() ? std::optional(ticks) : std::nullopt;
}

StatusReport::StatusReport(Parts parts)
    : parts_(std::move(parts)),
      started_(parts_.clock.now() -
               std::chrono::floor<Millis>(parts_.clock.steady_now() - parts_.began)),
      process_start_(process_start(::getpid()).value_or(0)),
      boot_(boot_id()) {
  parts_.loop.watch(later_.fd(), [this] {
    if (later_.take() > 0) tell();
  });
}

void StatusReport::on_glass(const Player& player) {
  if (parts_.run.empty()) return;
  const Steady now = parts_.clock.steady_now();
  player_ = &player;
  if (!first_frame_) {
    first_frame_ = std::chrono::ceil<Millis>(now - parts_.began);
    was_first_right_ = !player.decision().is_stand_in;
  }
  if (!told_at_ || now - *told_at_ >= kTellAtMostEach) return tell();
  later_.set(*told_at_ + kTellAtMostEach);
}

void StatusReport::read_back() {
  last_read_back_ = parts_.clock.now();
  const bool is_due = told_at_ && parts_.clock.steady_now() - *told_at_ >= kTellAtReadBackAfter;
  if (is_due) tell();
}

void StatusReport::tell() {
  if (player_ == nullptr) return;
  told_at_ = parts_.clock.steady_now();
  later_.clear();
  if (!file_) file_.emplace(parts_.run);
  file_->write(status());
}

void StatusReport::end() {
  has_ended_ = true;
  tell();
  file_.reset();
}

PlayerStatus StatusReport::status() const {
  const Steady now = parts_.clock.steady_now();
  PlayerStatus status;
  status.version = NOSEON_VERSION;
  status.pid = ::getpid();
  status.process_start = process_start_;
  status.boot = boot_;
  status.display = parts_.display;
  status.stage = stage_;
  status.started = started_;
  status.written = status.civil = parts_.clock.now();
  status.written_steady = since_boot(now);
  status.due_steady = since_boot(now + kStatusOldAfter);
  status.has_ended = has_ended_;
  status.grade = parts_.clock.grade();
  status.floor = parts_.clock.floor();
  if (parts_.judge != nullptr) {
    const ClockReport report = parts_.judge->report();
    status.confirmed = report.confirmed;
    status.clock_reason = report.why;
  }
  const auto issued = parts_.issued ? parts_.issued() : std::nullopt;
  if (issued) status.issued = issued->at;
  status.generation = parts_.proof.generation();
  status.is_store = parts_.is_store;
  if (parts_.remark) status.crashes = parts_.remark();
  add_shows(status, *player_);
  status.first_frame = first_frame_;
  status.was_first_right = was_first_right_;
  status.last_read_back = last_read_back_;
  add_frames(status, player_->projector(), now);
  if (const auto state = parts_.proof.state())
    status.journal = journal_status(*state, parts_.journal);
  if (parts_.quarantined) status.quarantined = parts_.quarantined();
  status.memory_kb = resident_kb();
  return status;
}

}  // namespace noseon
