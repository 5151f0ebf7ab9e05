#include "player/store_source.h"

#include <fmt/format.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cstdio>

#include "base/check.h"
#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "media/sniff.h"
#include "player/own_file.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Until a bad blob is looked at again: soon, since noseon-sync is asked for it, then less often.
constexpr Millis kFirstWait{1000};
constexpr Millis kLongestWait{60'000};
constexpr std::size_t kReportsMax = 100;
constexpr std::size_t kSaidMax = 1000;

// All that a playlist depends on, but for blobs: the generation and the display.
class Digest {
 public:
  void add(std::string_view name, std::string_view bytes) {
    text_ += fmt::format("{}:{} {}\n", name.size(), name, to_hex(sha256(bytes)));
  }
  [[nodiscard]] Sha256 value() const { return sha256(text_); }

 private:
  std::string text_;
};

std::string name_of(Which which) {
  return which == Which::current ? "current" : "previous";
}

}  // namespace

StoreSource::StoreSource(StorePlaces places, FolderAndDisplay display, const Clock& clock,
                         Crashes* crashes)
    : places_(std::move(places)),
      source_(std::move(display)),
      clock_(clock),
      crashes_(crashes),
      store_(places_.store),
      quarantine_(places_.state, places_.run),
      errand_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  CHECK(errand_.is_open());
}

// ---- What other threads tell ------------------------------------------------------------------

void StoreSource::in_use(const LoadedFolder& folder) {
  if (!folder.offer) return;
  const std::lock_guard lock(mutex_);
  in_use_ = folder.offer;
  CHECK(::eventfd_write(errand_.get(), 1) == 0);
}

void StoreSource::report(const DamagedBlob& blob) {
  const std::lock_guard lock(mutex_);
  if (reported_.size() < kReportsMax) reported_.push_back(blob);
  CHECK(::eventfd_write(errand_.get(), 1) == 0);
}

std::optional<Issued> StoreSource::issued() const {
  const std::lock_guard lock(mutex_);
  return issued_;
}

void StoreSource::learn_issued(std::optional<Instant> issued) {
  const std::lock_guard lock(mutex_);
  if (issued && (!issued_ || *issued > issued_->at)) issued_ = Issued{*issued, has_settled_};
}

// From now on what comes is new.
void StoreSource::settle() {
  const std::lock_guard lock(mutex_);
  has_settled_ |= !is_refused_;
}

void StoreSource::take_errands() {
  eventfd_t count = 0;
  static_cast<void>(::eventfd_read(errand_.get(), &count));  // empty where the timer called
  retry_.take();
}

// ---- Reading ----------------------------------------------------------------------------------

LoadedFolder StoreSource::read_first() {
  read_state();
  read_display_again();
  auto chosen = choose_patiently();
  settle();
  if (crashes_ != nullptr && offered_) crashes_->reads(offered_->digest);
  quarantined_ = quarantine_.size();
  if (!quarantine_.is_empty()) CHECK(::eventfd_write(errand_.get(), 1) == 0);  // later
  if (is_refused_) ask_and_wait();
  if (chosen) return *std::move(chosen);
  Display display = display_;
  if (shows_card_alone()) display.fallback.clear();  // a file, too
  return put_together({}, display, display_findings_);
}

std::optional<LoadedFolder> StoreSource::read() {
  if (!has_history_) read_state();
  run_errands();
  if (crashes_ != nullptr && crashes_->times_healed() != times_healed_) {
    times_healed_ = crashes_->times_healed();
    is_mended_ = true;
  }
  read_display_again();
  const bool was_refused = is_refused_;
  auto chosen = choose_patiently();
  settle();
  if (is_refused_ && !was_refused) wait_ = Millis{0};
  if (crashes_ != nullptr && offered_) crashes_->reads(offered_->digest);
  forget_unneeded();
  quarantined_ = quarantine_.size();
  ask_and_wait();
  return chosen;
}

// Damage to blobs that neither what plays nor what should play needs any more.
void StoreSource::forget_unneeded() {
  std::set<Sha256> needed = tried_;
  if (offered_) needed.insert(offered_->blobs.begin(), offered_->blobs.end());
  if (quarantine_.keep_only(needed)) write_quarantine();
}

void StoreSource::read_state() {
  sweep_parts(places_.state);
  const fs::path file = places_.state / "accepted.json";
  const Result<std::string> text = read_own_file(file, kHistoryBytesMax);
  if (!text && text.error().kind == ErrorKind::disk) {
    say_once(say("{}; which release was in use is not known until it can be read",
                 text.error().message));
    return;
  }
  has_history_ = true;
  if (!text && text.error().kind == ErrorKind::not_found) return;
  const Result<AcceptedHistory> history =
      text ? read_history(*text) : Result<AcceptedHistory>(fail(text.error()));
  if (history) {
    history_ = *history;
    return;
  }
  std::error_code ignored;
  fs::rename(file, fs::path(file) += ".bad", ignored);
  say_once(say("{}: {}; it is begun anew, and this once an older release would be taken",
               file.string(), history.error().message));
}

// One that became unreadable leaves the display as it was.
void StoreSource::read_display_again() {
  ParsedDisplay parsed = read_display(source_, zones_);
  if (!parsed.display) parsed = read_display(source_, zones_);  // it may have been refused once
  if (parsed.display) display_ = *std::move(parsed.display);
  display_findings_ = std::move(parsed.findings);
}

bool StoreSource::shows_card_alone() const {
  return crashes_ != nullptr && crashes_->rung() == Rung::card;
}

// By its bytes, before anything is made of them.
bool StoreSource::is_avoided(Which which) const {
  if (crashes_ == nullptr || crashes_->rung() == Rung::everything) return false;
  const Result<Generation> generation = store_.read(which);
  return generation && crashes_->avoids(digest_of(*generation));
}

// A call that fails once costs nothing.
std::optional<LoadedFolder> StoreSource::choose_patiently() {
  auto chosen = choose();
  if (!is_refused_) return chosen;
  auto again = choose();
  return again ? std::move(again) : std::move(chosen);
}

// What the disk refuses now, or what the machine has too little of, it may give soon; nobody would
// tell.
void StoreSource::note_refusal(const Error& error) {
  is_refused_ |= error.kind == ErrorKind::disk;
}

std::optional<LoadedFolder> StoreSource::choose() {
  tried_.clear();
  is_refused_ = !has_history_;
  if (is_avoided(Which::current)) {
    say_once(refusal(Which::current, say("the player crashed on it again and again")));
    if (!is_avoided(Which::previous)) {
      const Attempt before = attempt(Which::previous, history_.before);
      if (before.plays_already) return std::nullopt;
      if (before.is_complete()) return offer(before);
    }
    if (shows_card_alone()) return std::nullopt;
  }
  const Attempt current = attempt(Which::current, history_.last);
  if (current.plays_already) return std::nullopt;
  if (current.is_complete()) {
    said_.clear();
    return offer(current);
  }
  const Attempt previous = attempt(Which::previous, history_.before);
  const bool leads_on =
      !offered_ || (previous.release && is_later(previous.release->versions, offered_->versions));
  if (previous.is_complete() && leads_on) return offer(previous);
  if (!offered_) return current.release ? offer(current) : offer(previous);
  // What plays may be one of the two, and be more by now than it was.
  for (const Attempt* const each : {&current, &previous})
    if (each->release && each->digest == offered_->digest) return offer(*each);
  say_once(say("{}: the last good state plays on", places_.store.string()));
  return std::nullopt;
}

StoreSource::Attempt StoreSource::attempt(Which which, const AcceptedVersions& accepted) {
  Attempt attempt;
  const Result<std::string> root = read_file(places_.root, kRootBytesMax);
  const Result<Generation> generation = root ? store_.read(which) : fail(root.error());
  if (!generation) {
    note_refusal(generation.error());
    const bool is_absent = root && generation.error().kind == ErrorKind::not_found;
    if (!root) {
      say_once(
          say("there is no trusted root, so nothing of the store is played: {}; install the "
              "root.json of your repository there",
              root.error().message));
    } else if (!is_absent) {
      say_once(refusal(which, generation.error().message));
    } else if (which == Which::current) {
      say_once(say("{}: there is nothing in the store yet", places_.store.string()));
    }
    return attempt;
  }
  attempt.digest = digest_of(*generation);
  attempt.plays_already =
      offered_ && offered_->is_complete && !is_mended_ && offered_->digest == attempt.digest;
  if (attempt.plays_already) return attempt;
  if (crashes_ != nullptr) crashes_->reads(attempt.digest);
  Result<StoreRelease> release =
      read_release(*generation, store_, *root, accepted, display_, zones_, clock_.now());
  if (!release) {
    note_refusal(release.error());
    say_once(refusal(which, release.error().message));
    return attempt;
  }
  learn_issued(release->issued);
  for (const std::string& lack : release->lacks) say_once(refusal(which, lack));
  tried_.insert(release->blobs.begin(), release->blobs.end());
  quarantine(release->damaged);
  attempt.release = *std::move(release);
  return attempt;
}

Sha256 StoreSource::digest_of(const Generation& generation) const {
  Digest digest;
  for (const auto& [name, bytes] : generation.files) digest.add(name, bytes);
  if (source_.display)
    digest.add("display", read_file(*source_.display, kCampaignBytesMax).value_or(""));
  if (!display_.fallback.empty())
    digest.add("card", read_file(display_.fallback, kOriginalLimits.bytes_max).value_or(""));
  return digest.value();
}

// Nothing where that is what plays, or less.
std::optional<LoadedFolder> StoreSource::offer(const Attempt& attempt) {
  if (!attempt.release) return std::nullopt;
  const StoreRelease& release = *attempt.release;
  const bool is_same = offered_ && offered_->digest == attempt.digest;
  if (is_same && release.campaigns.size() < offered_->campaigns) return std::nullopt;
  const bool is_more = is_same && (release.campaigns.size() > offered_->campaigns ||
                                   attempt.is_complete() != offered_->is_complete);
  if (is_same && !is_more && !is_mended_) return std::nullopt;
  is_mended_ = false;
  offered_ = std::make_shared<const StoreOffer>(
      StoreOffer{release.generation, release.versions, attempt.digest, attempt.is_complete(),
                 release.campaigns.size(), release.blobs});
  Findings findings = display_findings_;
  findings.insert(findings.end(), release.findings.begin(), release.findings.end());
  LoadedFolder loaded = put_together(release.campaigns, display_, std::move(findings));
  loaded.offer = offered_;
  return loaded;
}

// ---- What was reported ------------------------------------------------------------------------

void StoreSource::run_errands() {
  std::shared_ptr<const StoreOffer> used;
  std::vector<DamagedBlob> reported;
  {
    const std::lock_guard lock(mutex_);
    used.swap(in_use_);
    reported.swap(reported_);
  }
  if (used) accept(*used);
  quarantine(reported);
  if (quarantine_.is_empty()) return;
  const std::size_t mended = quarantine_.recheck(store_);
  is_mended_ |= mended > 0;
  if (mended > 0) write_quarantine();
}

void StoreSource::accept(const StoreOffer& offer) {
  if (!has_history_) return;  // it is not to be written over unread
  if (!history_.is_empty() && !is_later(offer.versions, history_.last)) return;
  history_.accept(offer.versions);
  Status written = make_folders(places_.state);
  if (written) written = write_file(places_.state / "accepted.json", write_history(history_));
  if (written) return;
  say_once(
      say("{}; which release is in use cannot be written down, and after the next start an "
          "older one would be taken",
          written.error().message));
}

void StoreSource::quarantine(const std::vector<DamagedBlob>& blobs) {
  bool is_longer = false;
  for (const DamagedBlob& blob : blobs) {
    if (!quarantine_.add(blob, clock_.now())) continue;
    is_longer = true;
    wait_ = kFirstWait;
    say_once(say("{}; it is asked for again", repair_utf8(blob.reason)));
  }
  if (is_longer) write_quarantine();
}

void StoreSource::write_quarantine() {
  if (const Status written = quarantine_.write(); !written)
    say_once(say("{}; the list of damaged blobs cannot be written down", written.error().message));
}

void StoreSource::ask_and_wait() {
  if (quarantine_.is_empty() && !is_refused_) return retry_.clear();
  if (const Status asked = quarantine_.ask(); !asked)
    say_once(say("{}; damaged blobs cannot be asked for", asked.error().message));
  retry_.set(clock_.steady_now() + wait_);
  wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
}

std::string StoreSource::refusal(Which which, const std::string& why) const {
  const std::string link = (places_.store / name_of(which)).string();
  return say("{} is not played: {}", link, repair_utf8(why));
}

void StoreSource::say_once(const std::string& text) {
  if (said_.size() < kSaidMax && said_.insert(text).second) fmt::print(stderr, "{}\n", text);
}

}  // namespace noseon
