#include "player/clock_keeper.h"

#include <fmt/format.h>

#include <cstdio>
#include <set>
#include <utility>

#include "base/files.h"
#include "base/say.h"
#include "playlist/doubt.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string in_words(const ClockReport& report) {
  if (report.grade == ClockGrade::trusted) return say("clock: trusted: {}", report.why);
  return say(
      "clock: in doubt: {}; until it is confirmed, items with days or hours wait, and one with a "
      "window plays only if it is inside from {} to {}",
      report.why, in_utc(report.floor), in_utc(report.floor + kDoubtReach));
}

// ---- The file ---------------------------------------------------------------------------------

void KeptFile::attempt(const std::string& bytes) {
  Status written = make_folders(file_.parent_path());
  if (written) written = write_file(file_, bytes);
  const std::lock_guard lock(mutex_);
  error_ = written ? std::nullopt : std::optional(written.error());
}

void KeptFile::write(std::string bytes) {
  if (is_writing_.exchange(true)) return;
  thread_ = std::jthread([this, bytes = std::move(bytes)] {
    attempt(bytes);
    is_writing_ = false;
  });
}

void KeptFile::write_now(const std::string& bytes) {
  if (thread_.joinable()) thread_.join();
  attempt(bytes);
}

std::optional<Error> KeptFile::take_error() {
  const std::lock_guard lock(mutex_);
  return std::exchange(error_, std::nullopt);
}

// ---- The keeper -------------------------------------------------------------------------------

ClockKeeper::ClockKeeper(ClockKeeperParts parts) : parts_(std::move(parts)), kept_(parts_.record) {
  learn_issued();
  parts_.clock.look();
  std::set<fs::path> folders;
  for (const fs::path& file : parts_.time_servers) folders.insert(file.parent_path());
  for (const fs::path& folder : folders)
    watchers_.emplace_back(
        folder, parts_.loop, [this] { look(); }, WatchDepth::folder);
  parts_.loop.watch(steps_.fd(), [this] {
    if (steps_.take()) look();
  });
  parts_.loop.watch(minute_.fd(), [this] {
    if (minute_.take() == 0) return;
    look();
    keep();
  });
  minute_.set_every(parts_.period);
}

ClockKeeper::~ClockKeeper() {
  if (has_record_) kept_.write_now(write_time_record(parts_.clock.record()));
}

void ClockKeeper::learn_kept(const Result<std::string>& text) {
  take_kept(text);
  look();
}

void ClockKeeper::take_kept(const Result<std::string>& text) {
  if (!text && text.error().kind == ErrorKind::disk) {
    fmt::print(stderr, "{}\n",
               say("{}; what was certain of the time is not known until the next start",
                   text.error().message));
    return;
  }
  has_record_ = true;
  if (!text && text.error().kind == ErrorKind::not_found) return;
  const Result<TimeRecord> record =
      text ? read_time_record(*text) : Result<TimeRecord>(fail(text.error()));
  if (record) return parts_.clock.learn(*record);
  fmt::print(stderr, "{}\n",
             say("{}: {}; it is begun anew, and what is certain of the time is what was signed",
                 parts_.record.string(), record.error().message));
}

void ClockKeeper::learn_issued() {
  const auto issued = parts_.issued ? parts_.issued() : std::nullopt;
  if (!issued || issued == issued_) return;
  issued_ = issued;
  parts_.clock.learn(*issued);
}

void ClockKeeper::look() {
  learn_issued();
  parts_.clock.look();
  say_what_it_is_worth();
}

void ClockKeeper::keep() {
  if (!has_record_) return;
  kept_.write(write_time_record(parts_.clock.record()));
  const auto error = kept_.take_error();
  if (!error || std::exchange(has_complained_, true)) return;
  fmt::print(stderr, "{}\n",
             say("{}; what is certain of the time cannot be written down, and after the next start "
                 "less of it is known",
                 error->message));
}

void ClockKeeper::say_what_it_is_worth() {
  const ClockReason why = parts_.clock.judged().why;
  if (why == said_) return;
  said_ = why;
  fmt::print(stderr, "{}\n", in_words(parts_.clock.report()));
  if (changed_) changed_();
}

}  // namespace noseon
