#include "fleet/pull/refresh.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <set>

#include "base/say.h"

namespace noseon {
namespace {

// Files whose size nobody knows, on links that may be slow; silence ends them sooner.
Millis deadline_for(std::uint64_t bytes_max) {
  return bytes_max <= kTimestampBytesMax ? Millis{30'000} : Millis{300'000};
}
constexpr const char* kTimestampFile = "timestamp.json";
constexpr const char* kSnapshotFile = "snapshot.json";
constexpr const char* kTargetsFile = "targets.json";

std::string file_of_role(std::string_view role) {
  return encode_role_name(role) + ".json";
}

// A metadata file, whole in memory, and what is to be made of it.
class FileWish final : public Wish {
 public:
  using Accept = std::function<Status(const std::string& bytes)>;

  FileWish(std::string name, std::uint64_t bytes_max, Compression compression, Accept accept)
      : name_(std::move(name)),
        bytes_max_(bytes_max),
        compression_(compression),
        accept_(std::move(accept)) {}

  Result<std::optional<HttpRequest>> request(const Source& source) override {
    bytes_.clear();
    url_ = source.metadata_url(name_);
    return std::optional(HttpRequest{.url = url_,
                                     .bytes_max = bytes_max_,
                                     .etag = etag_,
                                     .deadline = deadline_for(bytes_max_),
                                     .compression = compression_});
  }
  Status take(const HttpAnswer&, std::string_view bytes) override {
    bytes_ += bytes;
    return {};
  }
  Status finish(const HttpAnswer& answer) override {
    answer_ = answer;
    if (answer.status == 304) return {};
    const Status status = accept_(bytes_);
    if (status) return {};
    return fail(status.error().with_context(shown_url(url_)));
  }

  void ask_if_changed(std::string etag) { etag_ = std::move(etag); }
  [[nodiscard]] const HttpAnswer& answer() const { return answer_; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string name_;
  std::uint64_t bytes_max_;
  Compression compression_;
  Accept accept_;
  std::string etag_;
  std::string url_;
  std::string bytes_;
  HttpAnswer answer_;
};

}  // namespace

// One run of the workflow; it has one `now` (5.1).
class Refresher::Run {
 public:
  Run(const Parts& parts, Instant now, Expiry expiry, FetchNotes& notes)
      : parts_(parts), now_(now), expiry_(expiry), notes_(notes) {}

  // From the trusted root along the roots that were kept. Then anew from the last of them, so that
  // only what is rotated from now on counts as rotated in this run.
  Status begin() {
    std::string last = parts_.trusted_root;
    ASSIGN_OR_RETURN(TrustedMetadata chain, TrustedMetadata::begin(last, now_, Expiry::ignored));
    for (int i = 0; i < kRootsMax; ++i) {
      const std::int64_t version = chain.root().head.version + 1;
      Result<std::string> next = parts_.kept.root(version);
      if (!next) break;
      if (!chain.accept_root(*next)) {
        TRY(parts_.kept.drop_root(version));
        break;
      }
      last = *std::move(next);
      roots_[fmt::format("{}.root.json", version)] = last;
    }
    ASSIGN_OR_RETURN(TrustedMetadata trusted, TrustedMetadata::begin(last, now_, expiry_));
    trusted_ = std::make_unique<TrustedMetadata>(std::move(trusted));
    return {};
  }

  // 5.3: one after the other until there is none.
  Status follow_roots(const Source& source) {
    for (int i = 0; i < kRootsMax; ++i) {
      const std::int64_t version = trusted_->root().head.version + 1;
      const std::string name = fmt::format("{}.root.json", version);
      FileWish wish(name, kRootBytesMax, Compression::gzip,
                    [&](const std::string& bytes) { return take_root(version, name, bytes); });
      // That there is no next one is no failure, and not to be said.
      FetchNotes own;
      const Status status =
          fetch_all(parts_.http, {source}, {&wish}, parts_.stop, parts_.clock, own).front();
      notes_.metered_bytes += own.metered_bytes;
      notes_.retry_after = std::max(notes_.retry_after, own.retry_after);
      if (!status && status.error().kind == ErrorKind::not_found) break;
      TRY(status);
    }
    return {};
  }

  Status finish_roots() {
    TRY(trusted_->finish_roots());
    // What does not hold any more, or is damaged, is as if it were not there.
    for (const char* const name : {kTimestampFile, kSnapshotFile}) {
      const Result<std::string> bytes = parts_.kept.file(name);
      if (!bytes) continue;
      const Status status = name == kTimestampFile ? trusted_->accept_stored_timestamp(*bytes)
                                                   : trusted_->accept_stored_snapshot(*bytes);
      if (status) files_[name] = *bytes;
    }
    return {};
  }

  // 5.4. `bytes`: a timestamp, perhaps the one that is kept.
  Result<Freshness> take_timestamp(const std::string& bytes) {
    ASSIGN_OR_RETURN(const Freshness freshness, trusted_->accept_timestamp(bytes));
    if (freshness == Freshness::unchanged) return freshness;
    is_changed_ = true;
    files_[kTimestampFile] = bytes;
    TRY(parts_.kept.keep(kTimestampFile, bytes));
    return freshness;
  }

  // 5.5 and 5.6: what is kept is taken where it is what the timestamp asks for.
  Status complete(const std::vector<Source>& sources) {
    TRY(complete_snapshot(sources));
    TRY(complete_targets(sources));
    return complete_roles(sources);
  }

  Result<Refreshed> result() {
    Refreshed refreshed;
    refreshed.is_changed = is_changed_;
    for (auto& [name, bytes] : roots_) files_[name] = std::move(bytes);
    refreshed.files = std::move(files_);
    ASSIGN_OR_RETURN(refreshed.release, verify_release(parts_.trusted_root, refreshed.files, now_,
                                                       expiry_, AcceptedVersions{}));
    return refreshed;
  }

  Status forget_the_rest() {
    std::set<std::string> names;
    for (const auto& [name, bytes] : files_) names.insert(name);
    return parts_.kept.drop_all_but(names);
  }

  [[nodiscard]] const std::string* kept_timestamp() const {
    const auto found = files_.find(kTimestampFile);
    return found == files_.end() ? nullptr : &found->second;
  }

  Status fetch_one(Wish& wish, const std::vector<Source>& sources) {
    return fetch_all(parts_.http, sources, {&wish}, parts_.stop, parts_.clock, notes_).front();
  }

 private:
  // 5.3.8: kept at once. 5.3.11: what rotated keys signed is forgotten first, so that a power cut
  // between both leaves nothing that the old keys could have made.
  Status take_root(std::int64_t version, const std::string& name, const std::string& bytes) {
    const RootMetadata before = trusted_->root();
    TRY(trusted_->accept_root(bytes));
    is_changed_ = true;
    if (has_rotated(before, trusted_->root())) {
      TRY(parts_.kept.drop(kTimestampFile));
      TRY(parts_.kept.drop(kSnapshotFile));
    }
    TRY(parts_.kept.keep_root(version, bytes));
    roots_[name] = bytes;
    return {};
  }

  // The name that the repository gives to a file of a version.
  [[nodiscard]] std::string served_name(std::string_view role, const std::string& file) const {
    const auto meta = trusted_->meta_of(role);
    const bool has_versions = trusted_->root().is_consistent_snapshot && meta;
    return has_versions ? fmt::format("{}.{}", meta->version, file) : file;
  }

  Status accept_and_keep(const std::string& name, const std::string& bytes,
                         const Status& accepted) {
    TRY(accepted);
    is_changed_ = true;
    files_[name] = bytes;
    return parts_.kept.keep(name, bytes);
  }

  Status complete_snapshot(const std::vector<Source>& sources) {
    if (trusted_->has_current_snapshot()) return {};
    const std::string name =
        trusted_->root().is_consistent_snapshot
            ? fmt::format("{}.{}", trusted_->timestamp()->snapshot.version, kSnapshotFile)
            : kSnapshotFile;
    FileWish wish(name, kSnapshotBytesMax, Compression::gzip, [this](const std::string& bytes) {
      return accept_and_keep(kSnapshotFile, bytes, trusted_->accept_snapshot(bytes));
    });
    return fetch_one(wish, sources);
  }

  Status complete_targets(const std::vector<Source>& sources) {
    const Result<std::string> kept = parts_.kept.file(kTargetsFile);
    if (kept && trusted_->accept_targets(*kept)) {
      files_[kTargetsFile] = *kept;
      return {};
    }
    FileWish wish(served_name("targets", kTargetsFile), kTargetsBytesMax, Compression::gzip,
                  [this](const std::string& bytes) {
                    return accept_and_keep(kTargetsFile, bytes, trusted_->accept_targets(bytes));
                  });
    return fetch_one(wish, sources);
  }

  // Every role, from whatever depth, level by level; those of a level several at once.
  Status complete_roles(const std::vector<Source>& sources) {
    std::set<RoleEdge> seen;
    std::vector<RoleEdge> level = edges_of("targets", trusted_->targets(), seen);
    while (!level.empty()) {
      if (seen.size() > kDelegationsMax) {
        return fail(ErrorKind::too_large,
                    say("the repository delegates to more than {} roles", kDelegationsMax));
      }
      TRY(complete_level(level, sources));
      std::vector<RoleEdge> next;
      for (const RoleEdge& edge : level) {
        const auto below = edges_of(edge.role, trusted_->delegated(edge), seen);
        next.insert(next.end(), below.begin(), below.end());
      }
      level = std::move(next);
    }
    return {};
  }

  static std::vector<RoleEdge> edges_of(const std::string& delegator,
                                        const TargetsMetadata* metadata, std::set<RoleEdge>& seen) {
    std::vector<RoleEdge> edges;
    if (metadata == nullptr) return edges;
    for (const Delegation& delegation : metadata->delegations) {
      const RoleEdge edge{delegator, delegation.name};
      if (seen.insert(edge).second) edges.push_back(edge);
    }
    return edges;
  }

  Status complete_level(const std::vector<RoleEdge>& edges, const std::vector<Source>& sources) {
    std::vector<std::unique_ptr<FileWish>> wishes;
    std::vector<std::string> wished;  // the files of them
    std::vector<RoleEdge> later;      // the same file for another delegator
    std::set<std::string> asked;
    for (const RoleEdge& edge : edges) {
      if (!trusted_->meta_of(edge.role) || take_kept(edge)) continue;
      const std::string file = file_of_role(edge.role);
      if (!asked.insert(file).second) {
        later.push_back(edge);
        continue;
      }
      wishes.push_back(std::make_unique<FileWish>(
          served_name(edge.role, file), kTargetsBytesMax, Compression::gzip,
          [this, edge, file](const std::string& bytes) {
            return accept_and_keep(file, bytes, trusted_->accept_delegated(bytes, edge));
          }));
      wished.push_back(file);
    }
    std::vector<Wish*> all;
    for (const auto& wish : wishes) all.push_back(wish.get());
    const auto results = fetch_all(parts_.http, sources, all, parts_.stop, parts_.clock, notes_);
    for (std::size_t i = 0; i < results.size(); ++i) TRY(take_or_leave_out(wished[i], results[i]));
    for (const RoleEdge& edge : later) {
      const std::string& bytes = files_[file_of_role(edge.role)];
      if (!bytes.empty()) TRY(trusted_->accept_known_delegated(bytes, edge));
    }
    return {};
  }

  // A role that has expired before this display ever saw it is left out, and said: one agency that
  // forgot to sign anew does not keep the others' campaigns from coming.
  Status take_or_leave_out(const std::string& file, const Status& fetched) {
    if (fetched || fetched.error().kind != ErrorKind::expired) return fetched;
    notes_.add_failure(fetched.error().message);
    files_[file] = "";
    return {};
  }

  bool take_kept(const RoleEdge& edge) {
    const std::string file = file_of_role(edge.role);
    const auto had = files_.find(file);
    const Result<std::string> bytes =
        had == files_.end() ? parts_.kept.file(file) : Result<std::string>(had->second);
    if (!bytes || !trusted_->accept_known_delegated(*bytes, edge)) return false;
    files_[file] = *bytes;
    return true;
  }

  const Parts& parts_;
  Instant now_;
  Expiry expiry_;
  FetchNotes& notes_;
  std::unique_ptr<TrustedMetadata> trusted_;
  MetadataFiles roots_;
  MetadataFiles files_;
  bool is_changed_ = false;
};

namespace {

// What many sources failed of, as one: what is more than a bad connection comes first.
Error worst_of(const std::vector<Error>& errors) {
  const auto is_grave = [](const Error& error) {
    return error.kind != ErrorKind::network && error.kind != ErrorKind::out_of_time &&
           error.kind != ErrorKind::not_found;
  };
  const auto grave = std::find_if(errors.begin(), errors.end(), is_grave);
  return grave == errors.end() ? errors.front() : *grave;
}

// The glance trusts what was verified when it was kept, but for time, which went on.
Status check_fresh(const std::string& timestamp, Instant now) {
  ASSIGN_OR_RETURN(const auto parsed, parse_timestamp(timestamp));
  if (now < parsed.content.head.expires) return {};
  return fail(
      ErrorKind::expired,
      say("the repository was not signed anew in time (`noseon repo refresh`), or the clock "
          "is wrong"));
}

}  // namespace

void Refresher::remember(const Source& source, const HttpAnswer& answer, Freshness freshness) {
  if (answer.status == 304) return;
  if (freshness == Freshness::newer) etags_.clear();  // they were of another timestamp
  etags_[source.url] = answer.etag;
}

Result<Refreshed> Refresher::ask(const Source& source, Depth depth, Instant now,
                                 FetchNotes& notes) {
  const Result<std::string> kept = parts_.kept.file(kTimestampFile);
  Run run(parts_, now, Expiry::judged, notes);
  FileWish timestamp(kTimestampFile, kTimestampBytesMax, Compression::gzip,
                     [](const std::string&) { return Status{}; });
  if (kept) timestamp.ask_if_changed(etags_[source.url]);
  if (depth == Depth::glance) {
    TRY(run.fetch_one(timestamp, {source}));
    if (timestamp.answer().status == 304 || (kept && timestamp.bytes() == *kept)) {
      TRY(check_fresh(*kept, now));
      remember(source, timestamp.answer(), Freshness::unchanged);
      return Refreshed{};
    }
  }
  TRY(run.begin());
  TRY(run.follow_roots(source));
  TRY(run.finish_roots());
  if (depth == Depth::full) {
    if (run.kept_timestamp() == nullptr) timestamp.ask_if_changed("");
    TRY(run.fetch_one(timestamp, {source}));
  }
  const bool is_kept = timestamp.answer().status == 304;
  ASSIGN_OR_RETURN(const Freshness freshness,
                   run.take_timestamp(is_kept ? *run.kept_timestamp() : timestamp.bytes()));
  remember(source, timestamp.answer(), freshness);
  // The source that knows the newest is asked first for the rest.
  std::vector<Source> order{source};
  std::copy_if(parts_.sources.begin(), parts_.sources.end(), std::back_inserter(order),
               [&](const Source& other) { return other != source; });
  TRY(run.complete(order));
  TRY(run.forget_the_rest());
  return run.result();
}

Result<Refreshed> Refresher::refresh(Depth depth, Instant now, FetchNotes& notes) {
  std::vector<Error> errors;
  for (const Source& source : parts_.sources) {
    if (parts_.stop.is_asked()) return fail(ErrorKind::network, say("stopped"));
    Result<Refreshed> refreshed = ask(source, depth, now, notes);
    if (refreshed || refreshed.error().kind == ErrorKind::disk) return refreshed;
    notes.add_failure(refreshed.error().message);
    errors.push_back(std::move(refreshed).error());
  }
  if (errors.empty()) {
    return fail(ErrorKind::unavailable,
                say("no source is named: --source URL, or source.urls in display.toml"));
  }
  return fail(worst_of(errors));
}

Result<Refreshed> Refresher::recall(Instant now, Expiry expiry) const {
  ASSIGN_OR_RETURN(const std::string timestamp, parts_.kept.file(kTimestampFile));
  FetchNotes none;
  Run run(parts_, now, expiry, none);
  TRY(run.begin());
  TRY(run.finish_roots());
  TRY(run.take_timestamp(timestamp));
  TRY(run.complete({}));
  return run.result();
}

}  // namespace noseon
