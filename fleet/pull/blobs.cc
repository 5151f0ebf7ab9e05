#include "fleet/pull/blobs.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/say.h"

namespace noseon {
namespace {

// How long a blob may take: slow links are no faults, silence is (which is watched elsewhere).
Millis deadline_for(std::uint64_t bytes, std::uint64_t bytes_per_second) {
  constexpr std::uint64_t kSlowest = 2'000;  // bytes a second
  const std::uint64_t speed =
      bytes_per_second == 0 ? kSlowest : std::min(kSlowest, bytes_per_second / 2 + 1);
  return std::chrono::seconds{60 + static_cast<std::int64_t>(bytes / speed)};
}

// What all wishes share.
struct Shared {
  Store& store;
  const BlobLimits& limits;
  const FetchNotes& notes;
  std::uint64_t metered_before;
  std::uint64_t metered_running = 0;  // of bodies that are not in the notes yet
  std::uint64_t progress = 0;

  [[nodiscard]] bool is_spent() const {
    const std::uint64_t spent = notes.metered_bytes - metered_before + metered_running;
    return limits.budget_left && spent >= *limits.budget_left;
  }

  // So many bytes more on the disk, all wishes together.
  [[nodiscard]] Status take_room(std::uint64_t bytes) {
    constexpr std::uint64_t kAskEvery = 1U << 20U;
    if (!limits.keep_free) return {};
    if (room < bytes) {
      const std::uint64_t free = limits.disk_free();
      const std::uint64_t kept = limits.keep_free();
      const std::uint64_t ours = free - std::min(free, kept);
      if (kept > 0 && ours < bytes) return fail(ErrorKind::disk, no_room(free, kept));
      room = kept > 0 ? std::min(ours, std::max(kAskEvery, bytes)) : std::max(kAskEvery, bytes);
    }
    room -= bytes;
    return {};
  }
  [[nodiscard]] std::string no_room(std::uint64_t free, std::uint64_t kept) {
    return say(
        "the disk has {} MB free, and {} MB of it are kept for proof of play; fetching stops "
        "until there is more room",
        free / 1'000'000, (kept + 999'999) / 1'000'000);
  }
  std::uint64_t room = 0;  // that was asked for, and not used yet
};

class BlobWish final : public Wish {
 public:
  BlobWish(Shared& shared, Need need, bool is_waiting)
      : shared_(shared), need_(std::move(need)), is_waiting_(is_waiting) {}

  Result<std::optional<HttpRequest>> request(const Source& source) override {
    is_metered_ = source.link == LinkClass::metered;
    if (is_there_ || (is_metered_ && (is_waiting_ || shared_.is_spent()))) return std::nullopt;
    TRY(open_part());
    // All of it came in another run, and was not looked at yet.
    if (begin_ == need_.id.bytes) {
      const Status committed = commit();
      if (committed) return std::nullopt;
      if (committed.error().kind == ErrorKind::disk) return fail(committed.error());
      TRY(open_part());
    }
    url_ = source.target_url(need_.target, need_.id.sha256);
    const bool is_text = need_.is_manifest() && begin_ == 0;
    return std::optional(HttpRequest{
        .url = url_,
        .bytes_max = need_.id.bytes,
        .from = begin_,
        .deadline = deadline_for(need_.id.bytes - begin_, shared_.limits.bytes_per_second),
        .compression = is_text ? Compression::gzip : Compression::none});
  }

  Status take(const HttpAnswer& answer, std::string_view bytes) override {
    // Who ignores Range sends what we have once more. It is passed over and not written anew: a
    // liar is not to cost us what others gave.
    if (came_ == 0) to_skip_ = begin_ - answer.from;
    came_ += bytes.size();
    if (is_metered_) {
      shared_.metered_running += bytes.size();
      if (shared_.is_spent()) {
        is_waiting_ = true;
        return fail(ErrorKind::unavailable, say("today's budget is spent"));
      }
    }
    const std::uint64_t skipped = std::min<std::uint64_t>(to_skip_, bytes.size());
    to_skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return {};
    TRY(shared_.take_room(bytes.size()));
    return part_->append(bytes);
  }

  Status finish(const HttpAnswer&) override {
    settle();
    if (part_->length() < need_.id.bytes) {
      return fail(ErrorKind::network, say("{}: it ended after {} of {} bytes", shown_url(url_),
                                          part_->length(), need_.id.bytes));
    }
    const Status status = commit();
    if (status) return {};
    return fail(status.error().with_context(shown_url(url_)));
  }

  bool may_ask_again() override {
    settle();
    part_.reset();
    // The beginning may have been another source's, and wrong: once more from the first byte.
    return std::exchange(was_wrong_, false) && begin_ > 0;
  }

  [[nodiscard]] bool is_there() const { return is_there_; }

 private:
  Status open_part() {
    part_.reset();
    ASSIGN_OR_RETURN(PartialBlob part, shared_.store.continue_blob(need_.id));
    part_.emplace(std::move(part));
    begin_ = part_->length();
    came_ = 0;
    to_skip_ = 0;
    was_wrong_ = false;
    return {};
  }
  Status commit() {
    Status status = part_->commit();
    part_.reset();
    is_there_ = status.has_value();
    was_wrong_ = !status && status.error().kind == ErrorKind::bad_format;
    return status;
  }
  // The transfer is over: from now on its bytes are in the notes.
  void settle() {
    if (is_metered_) shared_.metered_running -= came_;
    if (part_ && part_->is_open()) shared_.progress += part_->length() - begin_;
    came_ = 0;
  }

  Shared& shared_;
  Need need_;
  bool is_waiting_;
  bool is_metered_ = false;
  bool is_there_ = false;
  bool was_wrong_ = false;
  std::optional<PartialBlob> part_;
  std::string url_;
  std::uint64_t begin_ = 0;
  std::uint64_t came_ = 0;
  std::uint64_t to_skip_ = 0;
};

}  // namespace

BlobsFetched fetch_blobs(Http& http, const std::vector<Source>& sources, Store& store,
                         const std::vector<Need>& needs, const std::vector<Need>& waiting,
                         const Stop& stop, const Clock& clock, FetchNotes& notes,
                         const BlobLimits& limits) {
  Shared shared{store, limits, notes, notes.metered_bytes};
  std::vector<std::unique_ptr<BlobWish>> wishes;
  for (const Need& need : needs) wishes.push_back(std::make_unique<BlobWish>(shared, need, false));
  for (const Need& need : waiting) wishes.push_back(std::make_unique<BlobWish>(shared, need, true));
  std::vector<Wish*> all;
  for (const auto& wish : wishes) all.push_back(wish.get());
  BlobsFetched fetched{fetch_all(http, sources, all, stop, clock, notes, limits.fetch)};
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (wishes[i]->is_there()) fetched.states[i] = Status{};
  }
  fetched.progress = shared.progress;
  return fetched;
}

}  // namespace noseon
