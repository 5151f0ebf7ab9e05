#include "fleet/pull/sync.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/check.h"
#include "base/files.h"
#include "base/say.h"

namespace noseon {

namespace fs = std::filesystem;

WatchingPause::WatchingPause(const fs::path& folder, const Stop& stop, const Clock& clock,
                             Pulse& pulse)
    : stop_(stop),
      clock_(clock),
      pulse_(pulse),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  // Where it cannot be watched, what is wanted is found at the next poll.
  if (inotify_.is_open()) {
    ::inotify_add_watch(inotify_.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
  }
}

bool WatchingPause::is_woken_within(Millis time) const {
  std::array<pollfd, 2> awaited{{{stop_.fd(), POLLIN, 0}, {inotify_.get(), POLLIN, 0}}};
  constexpr Millis kLongest{std::chrono::hours{24}};
  const auto length = static_cast<int>(std::clamp(time, Millis{0}, kLongest).count());
  return ::poll(awaited.data(), awaited.size(), length) != 0;
}

void WatchingPause::wait(Millis at_most) {
  const Steady begin = clock_.steady_now();
  for (Millis left = at_most; left > Millis{0};
       left = at_most - std::chrono::floor<Millis>(clock_.steady_now() - begin)) {
    pulse_.beat();
    if (is_woken_within(std::min(left, pulse_.between_beats()))) break;
  }
  std::array<char, 4096> events;
  while (inotify_.is_open() && ::read(inotify_.get(), events.data(), events.size()) > 0) {
  }
}

std::set<Sha256> WantedFolder::read() const {
  std::set<Sha256> wanted;
  const auto names = list_folder(folder_);
  if (!names) return wanted;
  for (const std::string& name : *names) {
    const auto hash = sha256_from_hex(name);
    if (hash && wanted.size() < kWantedMax) {
      wanted.insert(*hash);
    } else if (!hash && !name.starts_with('.')) {
      std::error_code ignored;
      fs::remove(folder_ / name, ignored);
    }
  }
  return wanted;
}

void WantedFolder::remove(const std::set<Sha256>& hashes) const {
  for (const Sha256& hash : hashes) {
    std::error_code ignored;
    fs::remove(folder_ / to_hex(hash), ignored);
  }
}

Sync::Sync(Parts parts) : parts_(std::move(parts)), wanted_(parts_.run_folder / "wanted") {
  report_.version = NOSEON_VERSION;
  report_.display = parts_.display.str();
  for (const Source& source : parts_.sources) report_.sources.push_back(shown_url(source.url));
  report_.generation = parts_.updater.generation();
  report_.issued = parts_.updater.issued();
  report_.budget = parts_.budget.bytes_a_day();
  // What was known before a restart is still known.
  const auto text = read_file(parts_.run_folder / kSyncReportFile, 1U << 20U);
  const auto before = text ? read_report(*text) : fail(text.error());
  if (before) report_.last_success = before->last_success;
  write();
}

PassReport Sync::pass() {
  const Steady now = parts_.clock.steady_now();
  const bool is_full = !last_full_ || now - *last_full_ >= kFullEvery;
  report_.state = SyncState::fetching;
  report_.last_try = parts_.clock.now();
  report_.next_try.reset();
  write();
  const std::set<Sha256> broken = wanted_.read();
  PassReport pass = parts_.updater.pass(is_full ? Depth::full : Depth::glance, broken,
                                        [this](const Missing& missing) {
                                          report_.missing_blobs = missing.blobs;
                                          report_.missing_bytes = missing.bytes;
                                          write();
                                        });
  if (pass.is_complete) wanted_.remove(broken);
  if (!pass.error) last_full_ = is_full ? now : last_full_;
  return pass;
}

Millis Sync::wait_after(const PassReport& pass) {
  const bool waits_for_tomorrow =
      pass.missing.blobs > 0 && pass.missing.blobs == pass.missing.waiting_blobs;
  if (pass.made_progress || pass.is_complete) backoff_.succeeded();
  if (pass.is_complete || waits_for_tomorrow) {
    const Millis poll = until_poll(parts_.display, parts_.interval, parts_.clock.now());
    return pass.retry_after ? std::max(poll, Backoff().failed(0, pass.retry_after)) : poll;
  }
  return backoff_.failed(parts_.random(), pass.retry_after);
}

void Sync::tell(const PassReport& pass) {
  report_.generation = parts_.updater.generation();
  report_.issued = parts_.updater.issued();
  report_.missing_blobs = pass.missing.blobs;
  report_.missing_bytes = pass.missing.bytes;
  report_.spent_today = parts_.budget.spent(parts_.clock.now());
  report_.error = pass.error ? pass.error->message : "";
  report_.problems = pass.problems;
  if (pass.is_complete) report_.last_success = parts_.clock.now();
  const bool waits = pass.missing.blobs > 0 && pass.missing.blobs == pass.missing.waiting_blobs;
  report_.state = pass.error         ? SyncState::failing
                  : pass.is_complete ? SyncState::up_to_date
                  : waits            ? SyncState::waiting
                                     : SyncState::incomplete;
}

void Sync::write() const {
  const Status written = write_file(parts_.run_folder / kSyncReportFile, write_report(report_));
  if (!written) fmt::print(stderr, "noseon-sync: {}\n", written.error().message);
}

Status Sync::run_once() {
  const PassReport result = pass();
  tell(result);
  write();
  if (result.error) return fail(*result.error);
  if (result.is_complete) return {};
  std::string why;
  for (const std::string& problem : result.problems) why += "\n  " + problem;
  return fail(ErrorKind::network, say("{} files ({} bytes) are missing; what plays goes on playing",
                                      result.missing.blobs, result.missing.bytes) +
                                      why);
}

Millis Sync::turn() {
  const PassReport result = pass();
  if (parts_.stop.is_asked()) return Millis{0};
  tell(result);
  const Millis wait = wait_after(result);
  report_.next_try = parts_.clock.now() + wait;
  write();
  // The log has what changes; all else is in the report.
  if (result.has_new_generation) {
    fmt::print(stderr, "{}\n", say("generation {} is current", report_.generation.value_or(0)));
  }
  if (!report_.error.empty() && report_.error != said_last_) {
    fmt::print(stderr, "{}\n", report_.error);
  }
  said_last_ = report_.error;
  return wait;
}

void Sync::run() {
  while (!parts_.stop.is_asked()) {
    const Millis wait = turn();
    if (!parts_.stop.is_asked()) parts_.pause.wait(wait);
  }
  report_.state = SyncState::stopped;
  report_.next_try.reset();
  write();
}

}  // namespace noseon
