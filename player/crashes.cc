#include "player/crashes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/files.h"
#include "base/say.h"
#include "player/frame_cache.h"
#include "player/own_file.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

// How often calm is written down while there is something to heal: of an ignition that a power cut
// ends, what comes after the last of these does not count.
constexpr Millis kCountEvery = std::chrono::minutes{10};

std::string words_of(const std::optional<Work>& work) {
  return work ? work->name : say("nothing");
}

void print(const std::string& line) {
  fmt::print(stderr, "{}\n", line);
}

}  // namespace

Crashes::Crashes(const fs::path& state, const fs::path& run, std::string boot, const Clock& clock)
    : file_(state / "crashes.json"), clock_(clock), boot_(boot), trail_(run, std::move(boot)) {}

void Crashes::count() {
  take(read_own_file(file_, kLadderBytesMax).and_then(read_ladder));
  Trail::Past past = trail_.before();
  Ladder before;
  {
    const std::lock_guard lock(mutex_);
    for (const Sha256& each : past.went_well) ladder_ = after_going_well(std::move(ladder_), each);
    before = ladder_;
    if (past.crash) {
      past.crash->at = now();
      ladder_ = after_crash(ladder_, boot_, *past.crash);
    }
  }
  if (past.crash) say_what_came_of(*past.crash, before);
  save();
  if (const Status begun = trail_.begin(); !begun)
    print(say(
        "{}; what the player is at when it crashes is not known, and nothing is left out for it",
        begun.error().message));
}

void Crashes::take(Result<Ladder> read) {
  if (!read && read.error().kind != ErrorKind::not_found) {
    print(say("{}: {}; crashes are counted anew", file_.string(), read.error().message));
    std::error_code ignored;
    // What the disk does not give may be good.
    if (read.error().kind != ErrorKind::disk) fs::rename(file_, fs::path(file_) += ".bad", ignored);
  }
  const std::lock_guard lock(mutex_);
  if (read) ladder_ = saved_ = *std::move(read);
}

seconds Crashes::now() const {
  return std::chrono::floor<seconds>(clock_.steady_now().time_since_epoch());
}

void Crashes::say_what_came_of(const Crash& crash, const Ladder& before) const {
  const std::lock_guard lock(mutex_);
  print(say("the player crashed: on the glass was {}, in the making {}", words_of(crash.shown),
            words_of(crash.made)));
  for (const Work& work : ladder_.left_out) {
    if (is_left_out(before, work.content)) continue;
    print(
        say("{} is left out, since the player crashed on it three times; it comes back with other "
            "content, or when the player has played for {} h without a crash",
            work.name, ladder_.rung == Rung::card ? 2 : 1));
  }
  if (ladder_.rung == before.rung) return;
  if (ladder_.rung == Rung::previous) {
    if (ladder_.avoided.empty()) return;  // for one item a release is not given up
    print(
        say("the release before is played, where there is one, until there is a later release or "
            "the player has played for an hour without a crash"));
  } else {
    print(
        say("the player crashed three times more: the built-in card alone is shown, until there is "
            "a later release or the player has stood for an hour without a crash"));
  }
}

Rung Crashes::rung() const {
  const std::lock_guard lock(mutex_);
  return ladder_.rung;
}

bool Crashes::avoids(const Sha256& generation) const {
  const std::lock_guard lock(mutex_);
  return is_avoided(ladder_, generation);
}

void Crashes::reads(const Sha256& generation) {
  {
    const std::lock_guard lock(mutex_);
    playing_ = generation;
  }
  trail_.reads(generation);
}

Result<Sha256> Crashes::begin(const Order& order) {
  const Sha256 content = content_key(*order.playlist, order.page.entry, *order.display);
  const std::string name = name_of(*order.playlist, order.page.entry);
  {
    const std::lock_guard lock(mutex_);
    if (is_left_out(ladder_, content))
      return fail(ErrorKind::denied, say("the player crashed on it again and again"));
  }
  trail_.makes(Work{content, name});
  return content;
}

void Crashes::end() {
  trail_.makes(std::nullopt);
}

void Crashes::shows(const Sha256& content, const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    if (content == shown_) return;
    if (was_brought_ && is_suspected(ladder_, shown_)) {
      trail_.went_well(shown_);
      ladder_ = after_going_well(std::move(ladder_), shown_);
    }
    shown_ = content;
    was_brought_ = false;
  }
  trail_.shows(content == Sha256{} ? std::nullopt : std::optional(Work{content, name}), now());
}

void Crashes::was_brought() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(was_brought_, true) || shown_ == Sha256{}) return;
  }
  trail_.was_brought();
}

void Crashes::ends() {
  trail_.ends();
}

std::optional<Millis> Crashes::next_count() const {
  const std::lock_guard lock(mutex_);
  if (ladder_.rung == Rung::everything) return std::nullopt;
  return std::clamp<Millis>(kCalm - ladder_.calm, seconds{1}, kCountEvery);
}

void Crashes::played(Millis time) {
  const std::lock_guard lock(mutex_);
  const Rung before = ladder_.rung;
  ladder_ = after_calm(std::move(ladder_), std::chrono::floor<seconds>(time));
  if (ladder_.rung == before) return;
  ++times_healed_;
  if (ladder_.rung == Rung::previous) {
    print(say("an hour without a crash: the release before the one that crashed is tried again"));
  } else {
    print(say("an hour without a crash: everything is played again"));
  }
}

void Crashes::save() {
  Ladder now;
  {
    const std::lock_guard lock(mutex_);
    if (ladder_ == saved_) return;
    now = ladder_;
  }
  Status written = make_folders(file_.parent_path());
  if (written) written = write_file(file_, write_ladder(now));
  if (!written) {
    if (!std::exchange(has_complained_, true))
      print(say("{}; crashes of the player cannot be counted, and nothing is left out for them",
                written.error().message));
    return;
  }
  const std::lock_guard lock(mutex_);
  saved_ = std::move(now);
}

std::size_t Crashes::times_healed() const {
  const std::lock_guard lock(mutex_);
  return times_healed_;
}

CrashRemark Crashes::remark() const {
  using Cost = CrashRemark::Cost;
  const std::lock_guard lock(mutex_);
  const bool plays_another = playing_ && !noseon::is_avoided(ladder_, *playing_);
  if (ladder_.rung == Rung::card && !plays_another) return {.cost = Cost::card_alone, .names = {}};
  std::string names;
  for (const Work& work : ladder_.left_out) names += (names.empty() ? "" : ", ") + work.name;
  if (!names.empty()) return {.cost = Cost::left_out, .names = std::move(names)};
  if (ladder_.rung == Rung::everything || !plays_another) return {};
  return {.cost = Cost::earlier_release, .names = {}};
}

}  // namespace noseon
