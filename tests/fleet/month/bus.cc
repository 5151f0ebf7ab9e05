#include "tests/fleet/month/bus.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "base/check.h"
#include "base/files.h"
#include "media/picture_bytes.h"
#include "player/journal/verify.h"
#include "playlist/rotation.h"

namespace noseon::month {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSureEvery = 100;
constexpr std::uint64_t kFileBytesMax = 8'000'000;

// Nobody waits here: the month says when the next turn is.
class NoPause final : public Pause {
 public:
  void wait(Millis) override {}
};

std::optional<std::int64_t> version_of(const StoreReader& store, Which which) {
  const auto generation = store.read(which);
  if (!generation) return std::nullopt;
  const auto found = generation->files.find("timestamp.json");
  if (found == generation->files.end()) return std::nullopt;
  const auto parsed = parse_timestamp(found->second);
  return parsed ? std::optional(parsed->content.head.version) : std::nullopt;
}

// What is on the disk, by an eye that believes nobody.
bool holds(const fs::path& file, const Sha256& hash) {
  const auto bytes = read_file(file, kFileBytesMax);
  return bytes && sha256(*bytes) == hash;
}

const PublishedPicture* picture_of(const Campaign& campaign, const Item& item) {
  for (const PublishedPicture& picture : *campaign.published)
    if (picture.written == item.poster) return &picture;
  return nullptr;
}

}  // namespace

// What is there while there is power. In the order in which they need each other.
struct Bus::Running {
  Running(Bus& bus, Store opened)
      : store(std::move(opened)),
        kept(bus.disk_.folder() / "store"),
        budget(bus.disk_.folder() / "store/budget.json", std::nullopt),
        updater({.http = bus.link,
                 .store = store,
                 .kept = kept,
                 .sources = bus.sources_,
                 .trusted_root = bus.root_,
                 .display = bus.display_,
                 .zones = bus.zones_,
                 .budget = budget,
                 .stop = stop,
                 .clock = bus.clock,
                 .limits = {.quota = bus.parts_.quota, .disk_reserved = 0},
                 .disk_free = [] { return 1'000'000'000ULL; },
                 .build_time = seoul_day(20'000)}),
        sync({.updater = updater,
              .budget = budget,
              .sources = bus.sources_,
              .display = bus.display_.id,
              .run_folder = bus.run_,
              .interval = kPoll,
              .clock = bus.clock,
              .pause = pause,
              .stop = stop,
              .random = std::mt19937_64(bus.random_())}),
        source({bus.disk_.folder() / "store", bus.parts_.folder / "root.json",
                bus.disk_.folder() / "state", bus.run_},
               FolderAndDisplay{{}, bus.parts_.folder / "display.toml", {}, {}}, bus.clock) {}

  Stop stop;
  NoPause pause;
  Store store;
  KeptMetadata kept;
  DayBudget budget;
  Updater updater;
  Sync sync;
  StoreSource source;

  std::optional<LoadedFolder> playing;
  std::vector<const PlainItem*> plain;  // of each entry of what plays
  std::set<EntryIndex> aside;           // their pictures are not what was signed
  std::optional<Playlist> playable;
  std::vector<EntryIndex> written;  // of each entry of `playable` the one of what plays
  std::optional<Schedule> schedule;
  std::optional<std::uint64_t> generation;
  bool is_to_be_opened = false;
  std::unique_ptr<Journal> journal;
  std::size_t unsure = 0;
};

void Tally::add(const Tally& other) {
  passes += other.passes;
  releases += other.releases;
  slots += other.slots;
  cuts += other.cuts;
  cuts_open += other.cuts_open;
  cuts_within += other.cuts_within;
  doubted += other.doubted;
  outside += other.outside;
  cards += other.cards;
  rotten += other.rotten;
  caught += other.caught;
  journal_rows += other.journal_rows;
  journal_left_out += other.journal_left_out;
  share_off = std::max(share_off, other.share_off);
}

Bus::Bus(Parts parts)
    : clock(parts.servers.now),
      link(parts.servers, random_, parts.mirror),
      parts_(std::move(parts)),
      name_(fmt::format("bus-{}", parts_.number)),
      random_(parts_.seed),
      disk_(parts_.folder / "disk",
            parts_.bug == Bug::syncs_nothing ? Syncs::dropped : Syncs::kept),
      run_(parts_.folder / "run"),
      journal_folder_(parts_.folder / "journal"),
      sources_(sources_of_a_bus()),
      root_(parts_.servers.publisher.trusted_root()),
      shown_until_(parts_.servers.now) {
  display_.id = DisplayId(name_);
  display_.zone = zones_.find("Asia/Seoul").value();
  std::ofstream(parts_.folder / "root.json") << root_;
  std::ofstream(parts_.folder / "display.toml")
      << fmt::format("id = \"{}\"\ntimezone = \"Asia/Seoul\"\n", name_);
}

Bus::~Bus() {
  // As an orderly end of the player's would; what is asked of the journal comes after.
  if (running_ && running_->journal)
    static_cast<void>(running_->journal->end({clock.now(), clock.grade(), clock.steady_now()}));
}

std::int64_t Bus::playing() const {
  return running_ && running_->playing && running_->playing->offer
             ? running_->playing->offer->versions.timestamp
             : 0;
}
std::uint64_t Bus::generation() const {
  return running_ ? running_->generation.value_or(0) : 0;
}

// ---- Power -------------------------------------------------------------------------------------

Verdict Bus::power_on() {
  clock.power_on();
  fs::remove_all(run_);
  fs::create_directories(run_);
  const PoweredDisk::InUse in_use(disk_);
  if (parts_.bug == Bug::forgets_versions) fs::remove(disk_.folder() / "state/accepted.json");
  Result<Store> store = Store::open(disk_.folder() / "store");
  if (!store) return said("the store cannot be opened: " + store.error().message);
  if (!KeptMetadata(disk_.folder() / "store").prepare()) return said("no folder for metadata");
  running_ = std::make_unique<Running>(*this, *std::move(store));
  shown_until_ = parts_.servers.now;
  ++boots_;
  if (parts_.keeps_journal) {
    running_->journal = std::make_unique<Journal>(
        JournalOptions{.folder = journal_folder_,
                       .key_file = {},
                       .display = name_,
                       .boot = fmt::format("{}-{}", name_, boots_),
                       .begun = {clock.now(), clock.grade(), clock.steady_now()},
                       .reserve_bytes = 0});
  }
  const StoreReader& reader = running_->store.reader();
  const std::int64_t current = version_of(reader, Which::current).value_or(0);
  if (current < made_current_)
    return said(fmt::format("release {} was said to be current, and after the start it is {}",
                            made_current_, current));
  if (Verdict wrong = check_store(false)) return wrong;
  running_->generation = running_->sync.report().generation;
  return take(running_->source.read_first());
}

Verdict Bus::power_cut() {
  if (Verdict wrong = show()) return wrong;
  ++tally_.cuts;
  running_.reset();
  clock.power_off();
  if (disk_.cut(random_) > 0) ++tally_.cuts_open;
  return {};
}

// ---- What noseon-sync does ---------------------------------------------------------------------

void Bus::points_first() {
  GenerationFiles files;
  for (const char* folder : {"roots", "metadata"})
    for (const auto& entry : fs::directory_iterator(disk_.folder() / "store" / folder))
      files[entry.path().filename().string()] = read_file(entry.path(), kFileBytesMax).value();
  const auto number = running_->store.add_generation(files);
  if (number) static_cast<void>(running_->store.make_current(*number));
}

Bus::Turn Bus::pull(std::optional<std::uint64_t> fails_after) {
  Turn turn;
  turn.wrong = show();
  if (turn.wrong) return turn;
  const PoweredDisk::InUse in_use(disk_);
  if (fails_after) disk_.fail_after(*fails_after);
  if (parts_.bug == Bug::forgets_versions)
    for (const auto& entry : fs::directory_iterator(disk_.folder() / "store/metadata"))
      fs::remove(entry.path());
  turn.wait = running_->sync.turn();
  ++tally_.passes;
  const SyncReport& report = running_->sync.report();
  if (parts_.bug == Bug::points_first && report.missing_blobs > 0) points_first();
  const auto finish = [&] {
    turn.lost_power = disk_.is_off();
    if (turn.lost_power) ++tally_.cuts_within;
    disk_.hold();
    return turn;
  };
  if (disk_.is_off()) return finish();
  // What is current now was acknowledged: it may not be lost.
  const auto number = running_->updater.generation();
  const bool is_new = number != running_->generation;
  if (is_new) {
    running_->generation = number;
    turn.wrong = check_store(true);
    if (turn.wrong) return turn;
  }
  if (is_new || !running_->aside.empty()) {
    running_->source.take_errands();
    turn.wrong = take(running_->source.read());
  }
  return finish();
}

// The disk as it is now, by what staff signed.
Verdict Bus::check_store(bool was_pulled) {
  const StoreReader& reader = running_->store.reader();
  const auto generation = reader.read(Which::current);
  if (!generation) {
    if (generation.error().kind == ErrorKind::not_found && made_current_ == 0) return {};
    return said("current cannot be read: " + generation.error().message);
  }
  const std::int64_t version = version_of(reader, Which::current).value_or(0);
  if (version < made_current_)
    return said(fmt::format("went back from release {} to {}", made_current_, version));
  const Release* const release = parts_.servers.publisher.release(version);
  if (release == nullptr ||
      !verify_release(root_, generation->files, clock.now(), Expiry::ignored, {}))
    return said(fmt::format("current is release {}, which nobody signed", version));
  if (was_pulled && std::max(clock.now(), running_->updater.floor()) >= release->expires)
    return said(fmt::format("release {} had expired when it was pulled", version));
  made_current_ = version;
  for (const auto& [path, manifest] : release->manifests) {
    if (!holds(reader.blob_path(manifest), manifest))
      return said(fmt::format("release {} is current and lacks {}", version, path));
    for (const PlainItem& item : parts_.servers.publisher.items_of(manifest, display_.id)) {
      std::error_code none;
      if (!rotten_.contains(item.picture) && !fs::exists(reader.blob_path(item.picture), none))
        return said(
            fmt::format("release {} is current and lacks the picture of {}", version, item.id));
    }
  }
  const auto used = running_->store.bytes_used();
  if (used && *used > parts_.quota)
    return said(fmt::format("the store holds {} bytes of {}", *used, parts_.quota));
  return {};
}

// ---- What noseon-player does -------------------------------------------------------------------

Verdict Bus::take(std::optional<LoadedFolder> loaded) {
  while (loaded) {
    if (Verdict wrong = check_release(*loaded)) return wrong;
    running_->playing = *loaded;
    running_->aside.clear();
    if (Verdict wrong = open_pictures()) return wrong;
    // It is on the glass, and written down that it was.
    running_->source.in_use(*loaded);
    running_->source.take_errands();
    loaded = running_->source.read();
    if (!disk_.is_off()) accepted_ = std::max(accepted_, playing());
  }
  return {};
}

Verdict Bus::check_release(const LoadedFolder& loaded) {
  running_->plain.clear();
  if (!loaded.offer) {
    if (ever_played_) return said("dark: after the start there is nothing to play");
    return {};
  }
  const std::int64_t version = loaded.offer->versions.timestamp;
  if (version < accepted_)
    return said(fmt::format("plays release {} after release {}", version, accepted_));
  const Publisher& publisher = parts_.servers.publisher;
  const Release* const release = publisher.release(version);
  if (release == nullptr)
    return said(fmt::format("plays release {}, which nobody signed", version));
  const Playlist& playlist = *loaded.playlist;
  if (playlist.campaigns.size() != release->manifests.size())
    return said(fmt::format("plays {} campaigns of the {} of release {}", playlist.campaigns.size(),
                            release->manifests.size(), version));
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const Campaign& campaign = playlist.campaign_of(entry);
    const Item& item = playlist.item_of(entry);
    const auto manifest =
        release->manifests.find(manifest_target(campaign.agency, campaign.id.str()));
    if (manifest == release->manifests.end())
      return said(fmt::format("plays {}, which release {} has not", item.id.str(), version));
    const auto& items = publisher.items_of(manifest->second, display_.id);
    const auto plain = std::find_if(items.begin(), items.end(), [&](const PlainItem& each) {
      return each.id == item.id.str();
    });
    const PublishedPicture* const picture = picture_of(campaign, item);
    if (items.size() != campaign.items.size() || plain == items.end() || picture == nullptr ||
        picture->sha256 != plain->picture)
      return said(
          fmt::format("plays {} of release {}, and not as it was signed", item.id.str(), version));
    running_->plain.push_back(&*plain);
  }
  // The first release of a repository has no campaign yet.
  ever_played_ = ever_played_ || !running_->plain.empty();
  ++tally_.releases;
  clock.learn(release->signed_at);
  if (clock.floor() > parts_.servers.now) return said("takes for past what is yet to come");
  return {};
}

// As the studio does: sealed, hashed, and only then used. What is not what was signed is reported.
Verdict Bus::open_pictures() {
  Running& now = *running_;
  now.is_to_be_opened = false;
  const Playlist& playlist = *now.playing->playlist;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const PublishedPicture& picture =
        *picture_of(playlist.campaign_of(entry), playlist.item_of(entry));
    const ExpectedBytes expected{picture.sha256, picture.bytes};
    const auto opened = PictureBytes::read_expected(picture.file, expected);
    if (opened || parts_.bug == Bug::trusts_files) continue;
    if (now.aside.insert(entry).second) ++tally_.caught;
    now.source.report({expected, opened.error().message});
  }
  lay_out(now.aside);
  if (!now.aside.empty()) {
    now.source.take_errands();
    static_cast<void>(now.source.read());
  }
  for (const EntryIndex entry : now.written) {
    const PublishedPicture& picture =
        *picture_of(playlist.campaign_of(entry), playlist.item_of(entry));
    if (!holds(picture.file, now.plain[entry]->picture))
      return said(fmt::format("{} would show bytes that nobody signed", now.plain[entry]->id));
  }
  return {};
}

void Bus::lay_out(const std::set<EntryIndex>& aside) {
  Running& now = *running_;
  now.schedule.reset();
  const Playlist& playlist = *now.playing->playlist;
  now.playable = without(playlist, {aside.begin(), aside.end()});
  now.written.clear();
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry)
    if (!aside.contains(entry)) now.written.push_back(entry);
  now.schedule.emplace(*now.playable, *now.playing->display);
}

void Bus::rot() {
  if (!running_ || running_->written.empty() || fault_ends_) return;
  const Playlist& playlist = *running_->playing->playlist;
  const EntryIndex entry = running_->written[random_() % running_->written.size()];
  const PublishedPicture& picture =
      *picture_of(playlist.campaign_of(entry), playlist.item_of(entry));
  const std::string bytes = read_file(picture.file, kFileBytesMax).value_or("");
  if (bytes.empty()) return;
  const std::size_t at = random_() % bytes.size();
  const char other = static_cast<char>(bytes[at] ^ 1);
  const PoweredDisk::InUse in_use(disk_);
  const Fd file(::open(picture.file.c_str(), O_WRONLY | O_CLOEXEC));
  CHECK(::pwrite(file.get(), &other, 1, static_cast<off_t>(at)) == 1);
  CHECK(::fsync(file.get()) == 0);
  ++tally_.rotten;
  rotten_.insert(picture.sha256);
  running_->is_to_be_opened = true;
}

// ---- What shows --------------------------------------------------------------------------------

Verdict Bus::show() {
  const Instant until = parts_.servers.now;
  const Instant from = std::exchange(shown_until_, until);
  if (!running_ || from >= until) return {};
  if (!running_->playing || !running_->schedule) return {};
  if (running_->is_to_be_opened) {
    const PoweredDisk::InUse in_use(disk_);
    if (Verdict wrong = open_pictures()) return wrong;
  }
  // As it was when the stretch began.
  const Millis off = clock.now() - until;
  Context context;
  if (!clock.is_right()) {
    context.clock_floor = clock.floor() - (until - from);
    context.since = from + off;
  }
  const std::vector<Slot> slots = running_->schedule->plan(context, {from + off, until + off});
  for (const Slot& slot : slots)
    if (Verdict wrong = show_slot(slot, off)) return wrong;
  return check_share(slots, context);
}

Verdict Bus::show_slot(const Slot& slot, Millis off) {
  ++tally_.slots;
  Running& now = *running_;
  if (!slot.entry) {
    ++tally_.cards;
    if (!ever_played_ || !now.aside.empty()) return {};
    return said("dark: nothing is eligible at " + to_rfc3339(slot.from, std::chrono::seconds{0}));
  }
  const PlainItem& item = *now.plain[now.written[*slot.entry]];
  const Span truly{slot.from - off, slot.until - off};
  if (!clock.is_right()) {
    if (Verdict wrong = check_doubted(item, truly.from)) return wrong;
  } else if (!item.window.contains(truly.from) || !item.window.contains(truly.until - Millis{1})) {
    return said(fmt::format("{} shows outside its window, from {} to {}", item.id,
                            to_rfc3339(truly.from, std::chrono::hours{9}),
                            to_rfc3339(truly.until, std::chrono::hours{9})));
  }
  if (now.journal) write_down(slot);
  return {};
}

// Nothing confirms the clock: only what is inside its window throughout the next three days from
// the floor, and nothing that asks for an hour. So it is wrong only where the floor is that far
// behind the truth: as long as there was no power.
Verdict Bus::check_doubted(const PlainItem& item, Instant truly) {
  ++tally_.doubted;
  constexpr std::chrono::hours kReach{72};
  const Instant floor = clock.floor() - (parts_.servers.now - truly);
  const PlainWindow& window = item.window;
  if (window.day_begins || item.is_urgent)
    return said(item.id + " asks for an hour that no clock knows, and shows");
  const bool is_certain =
      (!window.from || *window.from <= floor) && (!window.until || floor + kReach < *window.until);
  if (!is_certain) return said(item.id + " shows though it is not sure to be inside its window");
  if (window.contains(truly)) return {};
  ++tally_.outside;
  if (truly - floor > kReach) return {};
  return said(item.id + " shows outside its window, and its bound");
}

// Each stretch of whole turns of one loop: nobody is more than two turns off what is due.
Verdict Bus::check_share(const std::vector<Slot>& slots, const Context& context) {
  std::size_t at = 0;
  while (at < slots.size()) {
    const Showing showing = running_->schedule->showing_at(context, slots[at].from);
    std::map<EntryIndex, std::int64_t> given;
    std::int64_t turns = 0;
    for (; at < slots.size() && showing.segment.contains(slots[at].from); ++at) {
      const Slot& slot = slots[at];
      if (!slot.entry) continue;
      if (slot.until - slot.from != running_->playable->entries[*slot.entry].length) continue;
      ++given[*slot.entry];
      ++turns;
    }
    if (!showing.loop) continue;
    for (const EntryIndex entry : showing.loop->items) {
      const double due = static_cast<double>(turns) *
                         static_cast<double>(showing.loop->turns_of(entry)) /
                         static_cast<double>(showing.loop->turns.size());
      const double off = std::abs(static_cast<double>(given[entry]) - due);
      tally_.share_off = std::max(tally_.share_off, off);
      if (off > 2.0)
        return said(fmt::format("item {} had {} of {} turns where {:.2f} were due", entry,
                                given[entry], turns, due));
    }
  }
  return {};
}

bool Bus::shows_urgent() {
  if (!running_ || !running_->schedule) return false;
  const Showing showing = running_->schedule->showing_at({}, clock.now());
  return showing.slot.entry && running_->plain[running_->written[*showing.slot.entry]]->is_urgent;
}

// ---- The journal -------------------------------------------------------------------------------

void Bus::write_down(const Slot& slot) {
  Running& now = *running_;
  const Playlist& playlist = *now.playable;
  const Campaign& campaign = playlist.campaign_of(*slot.entry);
  Play play;
  play.campaign = campaign.id.str();
  play.item = playlist.item_of(*slot.entry).id.str();
  play.agency = campaign.agency;
  play.generation = playing();
  play.blobs = {now.plain[now.written[*slot.entry]]->picture};
  play.start = {slot.from, clock.grade(), Steady{slot.from.time_since_epoch()}};
  play.shown = slot.until - slot.from;
  shown_.push_back({slot.from, play.agency + "/" + play.campaign + "/" + play.item, false});
  ++now.unsure;
  if (parts_.bug == Bug::plays_unseen && random_() % 1'000 == 0) return;
  if (now.unsure < kSureEvery) return now.journal->record(play);
  if (now.journal->append(play) != Acknowledged::recorded) return;
  for (std::size_t i = 0; i < now.unsure; ++i) shown_[shown_.size() - 1 - i].is_sure = true;
  now.unsure = 0;
}

// Every play that was said to be on the disk is there, in order and as it was; and no other.
Verdict Bus::check_journal() {
  if (!parts_.keeps_journal) return {};
  if (running_ && running_->journal) {
    Journal& journal = *running_->journal;
    const JournalState state = journal.state();
    if (state.shown != state.recorded + state.parked + state.lost)
      return said("the journal's counters do not add up");
    if (!journal.end({clock.now(), clock.grade(), clock.steady_now()}))
      return said("the journal cannot be ended");
    running_->journal.reset();
  }
  const auto journal = JournalFile::open(journal_folder_ / "plays.db");
  if (!journal) return said("the journal cannot be opened: " + journal.error().message);
  const auto verified = verify(*journal, std::nullopt);
  if (!verified || !verified->is_good()) return said("the journal is not good");
  std::size_t next = 0;
  Verdict wrong;
  const auto leave_out = [&] {
    if (shown_[next].is_sure && !wrong)
      wrong = said(
          "a play that was said to be on the disk is not in the journal: " + shown_[next].name +
          " at " + to_rfc3339(shown_[next].start, std::chrono::seconds{0}));
    ++tally_.journal_left_out;
    ++next;
  };
  const Status read = journal->each_row([&](const Row& row) {
    if (row.kind != RecordKind::play) return true;
    const std::string name = row.agency + "/" + row.campaign + "/" + row.item;
    while (next < shown_.size() && (shown_[next].start != row.start || shown_[next].name != name))
      leave_out();
    if (next == shown_.size() && !wrong) wrong = said("the journal has a play that was not shown");
    ++next;
    ++tally_.journal_rows;
    return !wrong.has_value();
  });
  if (!read) return said("the journal cannot be read: " + read.error().message);
  while (!wrong && next < shown_.size()) leave_out();
  return wrong;
}

}  // namespace noseon::month
