#include "player/journal/journal.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/say.h"
#include "player/journal/ring.h"
#include "player/journal/scribe.h"

namespace noseon {
namespace {

constexpr std::size_t kRowsAtOnce = 256;

Moment end_of(const Play& play) {
  return {play.start.civil + play.shown, play.start.grade, play.start.steady + play.shown};
}

}  // namespace

struct Journal::Impl {
  explicit Impl(JournalOptions given)
      : options(std::move(given)),
        now(options.begun),
        ring(std::max<std::size_t>(options.parked_max, 1)),
        scribe(options) {
    thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  ~Impl() {
    const std::lock_guard lock(mutex);
    thread.request_stop();
    wake.notify_all();
  }

  struct Ticket {
    Ring::Kept kept;
    std::int64_t number;    ///< of the plays that were kept, from 1
    std::int64_t refusals;  ///< until now
  };

  Ticket push(const Play& play) {
    const std::lock_guard lock(mutex);
    ++state.shown;
    now = end_of(play);
    const Ring::Kept kept = keep(play);
    work = true;
    wake.notify_all();
    return {kept, kept_plays, refusals};
  }

  Ring::Kept keep(const Play& play) {
    if (is_ending) {
      ++lost_after_end;
      return Ring::Kept::no;
    }
    const Ring::Kept kept = ring.push(row_of(play, options.display, options.boot));
    if (kept == Ring::Kept::yes) ++kept_plays;
    return kept;
  }

  // What there is to do: rows, or a look at what is due.
  bool has_work() const { return work || is_ending; }

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      const bool was_last = step(lock);
      if (stop.stop_requested()) return;
      if (is_ending && (was_last || was_refused)) return finish();
      if (was_refused) {
        wake.wait_for(lock, options.retry_every,
                      [&] { return stop.stop_requested() || is_ending; });
        continue;
      }
      if (!ring.is_empty() || is_ending) continue;
      tidy(lock);
      wake.wait(lock, [&] { return stop.stop_requested() || has_work(); });
    }
  }

  // One attempt at the first rows of the ring, the lock given up meanwhile. Whether it was the last
  // one of a journal that ends, and all is sealed.
  bool step(std::unique_lock<std::mutex>& lock) {
    work = false;
    const std::vector<Row> rows = ring.begin_writing(kRowsAtOnce);
    const Moment moment = now;
    const bool is_last = is_ending && ring.is_last_batch();
    lock.unlock();
    const Status done =
        scribe.write(rows, moment, is_last ? Scribe::Seal::now : Scribe::Seal::if_due);
    lock.lock();
    was_refused = !done;
    if (done) {
      state.recorded += static_cast<std::int64_t>(ring.written());
    } else {
      ++refusals;
    }
    state.problem = done ? scribe.problem() : done.error().message;
    note_scribe();
    answered.notify_all();
    return is_last && done;
  }

  void tidy(std::unique_lock<std::mutex>& lock) {
    const Moment moment = now;
    lock.unlock();
    scribe.tidy(moment);
    lock.lock();
    state.problem = scribe.problem();
    note_scribe();
  }

  void note_scribe() {
    state.rows = scribe.rows();
    state.sealed = scribe.sealed();
    state.set_aside = scribe.set_aside();
  }

  void finish() {
    scribe.close();
    is_finished = true;
    answered.notify_all();
  }

  JournalOptions options;
  mutable std::mutex mutex;
  std::condition_variable wake;      ///< for the thread
  std::condition_variable answered;  ///< for append() and end()
  Moment now;                        ///< the last that was heard of
  Ring ring;
  JournalState state;
  std::int64_t kept_plays = 0;
  std::int64_t refusals = 0;
  std::int64_t lost_after_end = 0;
  bool work = true;
  bool was_refused = false;
  bool is_ending = false;
  bool is_finished = false;
  Scribe scribe;        ///< the thread's alone
  std::jthread thread;  ///< last: it ends first
};

Journal::Journal(JournalOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Journal::~Journal() = default;

void Journal::record(const Play& play) {
  static_cast<void>(impl_->push(play));
}

Acknowledged Journal::append(const Play& play) {
  const Impl::Ticket ticket = impl_->push(play);
  if (ticket.kept == Ring::Kept::no) return Acknowledged::lost;
  std::unique_lock lock(impl_->mutex);
  const auto is_recorded = [&] { return impl_->state.recorded >= ticket.number; };
  impl_->answered.wait(lock, [&] {
    return is_recorded() || impl_->refusals > ticket.refusals || impl_->was_refused ||
           impl_->is_finished;
  });
  return is_recorded() ? Acknowledged::recorded : Acknowledged::parked;
}

void Journal::tick(const Moment& now) {
  const std::lock_guard lock(impl_->mutex);
  impl_->now = now;
  impl_->work = true;
  impl_->wake.notify_all();
}

Status Journal::end(const Moment& now, Millis patience) {
  std::unique_lock lock(impl_->mutex);
  impl_->now = now;
  impl_->is_ending = true;
  impl_->wake.notify_all();
  impl_->answered.wait_for(lock, patience, [&] { return impl_->is_finished; });
  if (impl_->is_finished && impl_->ring.is_empty()) return {};
  return fail(ErrorKind::disk,
              say("the journal could not be ended: {} plays are not on the disk: {}",
                  impl_->ring.plays(), impl_->state.problem));
}

JournalState Journal::state() const {
  const std::lock_guard lock(impl_->mutex);
  JournalState state = impl_->state;
  state.parked = static_cast<std::int64_t>(impl_->ring.plays());
  state.lost = impl_->ring.lost() + impl_->lost_after_end;
  return state;
}

}  // namespace noseon
