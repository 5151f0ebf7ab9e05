#include "fleet/pull/update.h"

#include <algorithm>
#include <iterator>

#include "base/files.h"
#include "base/say.h"

namespace noseon {
namespace {

std::uint64_t part_bytes(const Store& store, const Sha256& hash) {
  std::error_code error;
  const auto size =
      std::filesystem::file_size(store.reader().root() / "parts" / (to_hex(hash) + ".part"), error);
  return error ? 0 : size;
}

}  // namespace

// What a release needs of the store.
struct Updater::Needs {
  std::vector<Need> manifests;
  std::vector<Need> pictures;
  std::vector<std::string> problems;

  [[nodiscard]] std::map<Sha256, std::uint64_t> by_hash() const {
    std::map<Sha256, std::uint64_t> all;
    for (const auto* needs : {&manifests, &pictures}) {
      for (const Need& need : *needs) all[need.id.sha256] = need.id.bytes;
    }
    return all;
  }
};

Updater::Updater(Parts parts)
    : parts_(std::move(parts)),
      refresher_({parts_.http, parts_.sources, parts_.kept, parts_.trusted_root, parts_.stop,
                  parts_.clock}),
      floor_(parts_.build_time) {
  if (const auto known = refresher_.recall(floor_, Expiry::ignored)) learn(*known->release);
}

Instant Updater::now() const {
  return std::max(parts_.clock.now(), floor_);
}

void Updater::learn(const VerifiedRelease& release) {
  issued_ = release.issued;
  if (release.issued) floor_ = std::max(floor_, *release.issued);
}

std::optional<std::uint64_t> Updater::generation() const {
  const auto number = parts_.store.reader().number_of(Which::current);
  return number ? std::optional(*number) : std::nullopt;
}

// One pass, step by step; each leaves in the report what came of it.
class Updater::Pass {
 public:
  Pass(Updater& updater, const std::set<Sha256>& broken,
       const std::function<void(const Missing&)>& on_progress)
      : updater_(updater),
        parts_(updater.parts_),
        broken_(broken),
        on_progress_(on_progress),
        now_(updater.now()),
        ends_at_(parts_.clock.steady_now() + parts_.limits.pass_max),
        journal_room_(parts_.journal_room ? parts_.journal_room() : 0) {}

  PassReport run(Depth depth) {
    const Status status = all_steps(depth);
    if (!status) {
      report_.error = status.error();
      // A full disk is not to be kept full by halves.
      if (status.error().kind == ErrorKind::disk) static_cast<void>(parts_.store.sweep_parts({}));
    }
    parts_.budget.add(notes_.metered_bytes - counted_, now_);
    parts_.budget.save();
    report_.retry_after = notes_.retry_after;
    add_problems(notes_.failures);
    return std::move(report_);
  }

 private:
  Status all_steps(Depth depth) {
    ASSIGN_OR_RETURN(Refreshed refreshed, updater_.refresher_.refresh(depth, now_, notes_));
    report_.made_progress = refreshed.is_changed;
    if (refreshed.files.empty()) {
      if (updater_.is_complete_ && broken_.empty()) {
        report_.is_complete = true;
        return {};
      }
      // What is kept is not whole where an earlier run was cut between two files.
      auto recalled = updater_.refresher_.recall(now_, Expiry::ignored);
      if (!recalled) recalled = updater_.refresher_.refresh(Depth::full, now_, notes_);
      ASSIGN_OR_RETURN(refreshed, std::move(recalled));
    }
    updater_.is_complete_ = false;
    updater_.learn(*refreshed.release);
    return complete(refreshed);
  }

  Status complete(const Refreshed& refreshed) {
    ASSIGN_OR_RETURN(const auto in_use, needs_in_use());
    TRY(look_at_broken(in_use));
    Needs needs;
    needs.manifests = manifests_of(*refreshed.release);
    TRY(fetch_manifests(needs, in_use));
    if (report_.missing.blobs > 0) return {};
    TRY(add_pictures(needs, Order::by_play));
    add_problems(needs.problems);
    TRY(fetch_pictures(needs, in_use));
    if (report_.missing.blobs > 0) return {};
    TRY(make_current(needs, refreshed.files));
    updater_.is_complete_ = true;
    report_.is_complete = true;
    return {};
  }

  // ---- What must be there --------------------------------------------------------------------

  enum class Order { by_play, any };
  Status add_pictures(Needs& needs, Order order) {
    const auto read = [&](const Need& need) { return parts_.store.reader().read_blob(need.id); };
    ASSIGN_OR_RETURN(
        PictureNeeds found,
        pictures_for(needs.manifests, read, parts_.display,
                     order == Order::by_play ? std::optional(now_) : std::nullopt, parts_.zones));
    needs.pictures = std::move(found.pictures);
    needs.problems = std::move(found.problems);
    return {};
  }

  // Of a generation on the disk; nothing of one that the player could not use either. A disk that
  // does not answer now is no such one: what it needs must not be collected.
  Result<Needs> needs_of(Which which) {
    Needs needs;
    const auto generation = parts_.store.reader().read(which);
    if (!generation) {
      const ErrorKind kind = generation.error().kind;
      const bool is_useless = kind == ErrorKind::not_found || kind == ErrorKind::bad_format ||
                              kind == ErrorKind::too_large;
      if (is_useless) return needs;
      return fail(generation.error());
    }
    const auto release = verify_release(parts_.trusted_root, generation->files, now_,
                                        Expiry::ignored, AcceptedVersions{});
    if (!release) return needs;
    needs.manifests = manifests_of(*release);
    if (!add_pictures(needs, Order::any)) needs.pictures.clear();
    return needs;
  }

  Result<std::map<Sha256, std::uint64_t>> needs_in_use() {
    ASSIGN_OR_RETURN(const Needs previous, needs_of(Which::previous));
    ASSIGN_OR_RETURN(const Needs current, needs_of(Which::current));
    auto all = previous.by_hash();
    current_ = current.by_hash();
    all.insert(current_.begin(), current_.end());
    return all;
  }

  bool is_right(const Need& need) {
    if (!parts_.store.has_blob(need.id)) return false;
    if (updater_.verified_.contains(need.id.sha256)) return true;
    if (parts_.on_look) parts_.on_look();
    const auto hash = hash_file(parts_.store.reader().blob_path(need.id.sha256));
    if (!hash || *hash != need.id.sha256) return false;
    updater_.verified_.insert(need.id.sha256);
    return true;
  }

  Status look_at_broken(const std::map<Sha256, std::uint64_t>& in_use) {
    for (const Sha256& hash : broken_) {
      updater_.verified_.erase(hash);
      const auto found = in_use.find(hash);
      const std::uint64_t bytes = found == in_use.end() ? 0 : found->second;
      if (found != in_use.end() && is_right({{hash, bytes}, "", kEndOfTime})) continue;
      TRY(parts_.store.discard_blob(hash));
    }
    return {};
  }

  // ---- Fetching --------------------------------------------------------------------------------

  [[nodiscard]] BlobLimits limits() const {
    BlobLimits limits;
    limits.bytes_per_second = parts_.limits.bytes_per_second;
    limits.fetch.until = ends_at_;
    limits.keep_free = parts_.journal_room;
    limits.disk_free = parts_.disk_free;
    return limits;
  }

  // What is known to be wrong goes, so that it is fetched.
  Result<std::vector<Need>> missing_of(const std::vector<Need>& needs) {
    std::vector<Need> missing;
    for (const Need& need : needs) {
      if (parts_.stop.is_asked()) return fail(ErrorKind::network, say("stopped"));
      if (is_right(need)) continue;
      if (parts_.store.has_blob(need.id)) TRY(parts_.store.discard_blob(need.id.sha256));
      missing.push_back(need);
    }
    return missing;
  }

  // Small, and nothing can be planned without them: no budget holds them back. Of what is to go for
  // them it is not known yet whether this release needs it.
  Status fetch_manifests(const Needs& needs, const std::map<Sha256, std::uint64_t>& in_use) {
    ASSIGN_OR_RETURN(const auto missing, missing_of(needs.manifests));
    if (missing.empty()) return {};
    std::uint64_t bytes = 0;
    for (const Need& need : missing) bytes += need.id.bytes;
    const std::uint64_t quota = parts_.limits.quota;
    TRY(collect(quota - std::min(quota, bytes), needs, in_use));
    const BlobsFetched fetched = fetch_blobs(parts_.http, parts_.sources, parts_.store, missing, {},
                                             parts_.stop, parts_.clock, notes_, limits());
    return settle(missing, fetched);
  }

  Status fetch_pictures(const Needs& needs, const std::map<Sha256, std::uint64_t>& in_use) {
    ASSIGN_OR_RETURN(const auto missing, missing_of(needs.pictures));
    ASSIGN_OR_RETURN(const PullPlan plan, plan_for(needs, missing, in_use));
    if (missing.empty()) return {};
    report_.missing = {plan.missing_blobs, plan.missing_bytes, plan.wait.size()};
    TRY(make_room(plan, needs, in_use));
    BlobLimits limited = limits();
    limited.budget_left = parts_.budget.left(now_);
    limited.fetch.on_progress = [&] { tell(missing); };
    const auto needs_of_plan = [](const std::vector<Wanted>& wanted) {
      std::vector<Need> all;
      for (const Wanted& each : wanted) all.push_back(each.need);
      return all;
    };
    const auto fetch = needs_of_plan(plan.fetch);
    const auto wait = needs_of_plan(plan.wait);
    const BlobsFetched fetched = fetch_blobs(parts_.http, parts_.sources, parts_.store, fetch, wait,
                                             parts_.stop, parts_.clock, notes_, limited);
    std::vector<Need> all = fetch;
    all.insert(all.end(), wait.begin(), wait.end());
    TRY(settle(all, fetched));
    const std::uint64_t spent = notes_.metered_bytes - counted_;
    const bool is_spent = parts_.budget.left(now_) && spent >= *parts_.budget.left(now_);
    report_.missing.waiting_blobs = is_spent ? report_.missing.blobs : 0;
    return {};
  }

  Result<PullPlan> plan_for(const Needs& needs, const std::vector<Need>& missing,
                            const std::map<Sha256, std::uint64_t>& in_use) {
    std::set<Sha256> is_missing;
    for (const Need& need : missing) is_missing.insert(need.id.sha256);
    std::vector<Wanted> wanted;
    for (const auto* list : {&needs.manifests, &needs.pictures}) {
      for (const Need& need : *list) {
        const bool is_there = !is_missing.contains(need.id.sha256);
        wanted.push_back({need, is_there, is_there ? 0 : part_bytes(parts_.store, need.id.sha256)});
      }
    }
    Room room;
    room.budget_left = parts_.budget.left(now_);
    room.quota = parts_.limits.quota;
    const auto all = needs.by_hash();
    for (const auto& [hash, bytes] : in_use) {
      if (!all.contains(hash) && parts_.store.has_blob({hash, bytes})) room.must_stay += bytes;
    }
    ASSIGN_OR_RETURN(room.used, parts_.store.bytes_used());
    room.disk_free = parts_.disk_free();
    room.disk_reserved = parts_.limits.disk_reserved;
    room.for_journal = journal_room_;
    return plan_pull(std::move(wanted), room);
  }

  Status make_room(const PullPlan& plan, const Needs& needs,
                   const std::map<Sha256, std::uint64_t>& in_use) {
    std::set<Sha256> wanted;
    for (const auto* list : {&plan.fetch, &plan.wait}) {
      for (const Wanted& each : *list) wanted.insert(each.need.id.sha256);
    }
    TRY(parts_.store.sweep_parts(wanted));
    return collect(plan.keep_at_most, needs, in_use);
  }

  Status collect(std::uint64_t bytes_max, const Needs& needs,
                 const std::map<Sha256, std::uint64_t>& in_use) {
    std::set<Sha256> needed;
    for (const auto& [hash, bytes] : in_use) needed.insert(hash);
    for (const auto& [hash, bytes] : needs.by_hash()) needed.insert(hash);
    TRY(parts_.store.collect(bytes_max, needed));
    return {};
  }

  // What came was hashed as it was put in its place; what did not is missing.
  Status settle(const std::vector<Need>& wanted, const BlobsFetched& fetched) {
    report_.made_progress = report_.made_progress || fetched.progress > 0;
    report_.missing = {};
    std::optional<Error> first;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (fetched.states[i]) {
        updater_.verified_.insert(wanted[i].id.sha256);
        continue;
      }
      add_missing(wanted[i]);
      const Error& error = fetched.states[i].error();
      if (error.kind == ErrorKind::disk) return fail(error);
      if (!first) first = error;
    }
    // Why, where nobody has said so yet.
    if (first && notes_.failures.empty() && !parts_.stop.is_asked() &&
        parts_.clock.steady_now() < ends_at_ && parts_.budget.left(now_) != 0U) {
      notes_.add_failure(first->message);
    }
    return {};
  }

  void add_missing(const Need& need) {
    ++report_.missing.blobs;
    const std::uint64_t part = part_bytes(parts_.store, need.id.sha256);
    report_.missing.bytes += need.id.bytes - std::min(part, need.id.bytes);
  }

  void tell(const std::vector<Need>& wanted) {
    constexpr Millis kEvery{2'000};
    const Steady now = parts_.clock.steady_now();
    if (told_at_ && now - *told_at_ < kEvery) return;
    told_at_ = now;
    parts_.budget.add(notes_.metered_bytes - counted_, now_);
    counted_ = notes_.metered_bytes;
    parts_.budget.save();
    Missing missing;
    for (const Need& need : wanted) {
      if (parts_.store.has_blob(need.id)) continue;
      ++missing.blobs;
      missing.bytes +=
          need.id.bytes - std::min(part_bytes(parts_.store, need.id.sha256), need.id.bytes);
    }
    on_progress_(missing);
  }

  // ---- The generation --------------------------------------------------------------------------

  Status make_current(const Needs& needs, const MetadataFiles& files) {
    const auto current = parts_.store.reader().read(Which::current);
    if (!current || current->files != files) {
      ASSIGN_OR_RETURN(const std::uint64_t number, parts_.store.add_generation(files));
      const bool plays_the_same = current && current_ == needs.by_hash();
      TRY(plays_the_same ? parts_.store.renew_current(number) : parts_.store.make_current(number));
      report_.has_new_generation = true;
    }
    TRY(parts_.store.sweep_parts({}));
    ASSIGN_OR_RETURN(const Needs before, needs_of(Which::previous));
    const auto previous = before.by_hash();
    return collect(parts_.limits.quota, needs, previous);
  }

  void add_problems(const std::vector<std::string>& problems) {
    report_.problems.insert(report_.problems.end(), problems.begin(), problems.end());
  }

  Updater& updater_;
  Parts& parts_;
  const std::set<Sha256>& broken_;
  const std::function<void(const Missing&)>& on_progress_;
  Instant now_;
  Steady ends_at_;
  FetchNotes notes_;
  std::uint64_t counted_ = 0;  // of notes_.metered_bytes, in the budget already
  std::uint64_t journal_room_;
  std::optional<Steady> told_at_;
  std::map<Sha256, std::uint64_t> current_;
  PassReport report_;
};

PassReport Updater::pass(Depth depth, const std::set<Sha256>& broken,
                         const std::function<void(const Missing&)>& on_progress) {
  return Pass(*this, broken, on_progress).run(depth);
}

}  // namespace noseon
