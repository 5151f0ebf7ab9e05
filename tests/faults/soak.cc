#include "tests/faults/soak.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "base/check.h"
#include "base/files.h"
#include "fleet/trust/chain.h"
#include "player/journal/verify.h"
#include "tests/media/picture_files.h"
#include "tests/support/signed_store.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Size kScreen{640, 360};
constexpr std::size_t kWrongsKept = 10;
constexpr int kKinds = 9;  // of faults
const Instant kBegin = *parse_rfc3339("2027-02-01T00:00:00Z");

// ---- The display -------------------------------------------------------------------------------

struct Answer {
  std::map<std::string, std::int64_t> numbers;
  [[nodiscard]] std::int64_t operator[](const std::string& name) const {
    const auto found = numbers.find(name);
    return found == numbers.end() ? 0 : found->second;
  }
};

class DisplayProcess {
 public:
  DisplayProcess(const fs::path& folder, Instant start, const std::string& bug) {
    int to_child[2];
    int from_child[2];
    CHECK(::pipe2(to_child, O_CLOEXEC) == 0 && ::pipe2(from_child, O_CLOEXEC) == 0);
    const std::string program = NOSEON_BIN_DIR "/soak_display";
    const std::string at = std::to_string(start.time_since_epoch().count());
    pid_ = ::fork();
    CHECK(pid_ >= 0);
    if (pid_ == 0) {
      ::dup2(to_child[0], 0);
      ::dup2(from_child[1], 1);
      const int log = ::open((folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      ::dup2(log, 2);
      ::close(log);
      if (!bug.empty()) ::setenv("NOSEON_SOAK_BUG", bug.c_str(), 1);
      ::execl(program.c_str(), program.c_str(), folder.c_str(), at.c_str(), nullptr);
      ::_exit(127);
    }
    to_ = Fd(to_child[1]);
    from_ = ::fdopen(from_child[0], "r");
    ::close(to_child[0]);
    ::close(from_child[1]);
  }
  DisplayProcess(const DisplayProcess&) = delete;
  DisplayProcess& operator=(const DisplayProcess&) = delete;
  ~DisplayProcess() {
    kill();
    std::fclose(from_);
  }

  void tell(const std::string& command) const {
    const std::string line = command + "\n";
    CHECK(::write(to_.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  }
  /// Nothing where it died.
  std::optional<Answer> ask(const std::string& command) {
    tell(command);
    char* line = nullptr;
    std::size_t size = 0;
    const ssize_t length = ::getline(&line, &size, from_);
    std::istringstream words(length < 0 ? "" : line);
    std::free(line);
    if (length < 0) return std::nullopt;
    Answer answer;
    std::string name;
    for (std::int64_t number = 0; words >> name >> number;) answer.numbers[name] = number;
    return answer;
  }
  void kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  [[nodiscard]] SoakSample measure() const {
    SoakSample sample;
    const std::string proc = fmt::format("/proc/{}/", pid_);
    std::ifstream memory(proc + "smaps_rollup");
    for (std::string line; std::getline(memory, line);) {
      std::istringstream words(line);
      std::string name;
      std::int64_t number = 0;
      words >> name >> number;
      if (name == "Rss:") sample.rss_kb = number;
      if (name == "Pss:") sample.pss_kb = number;
    }
    sample.descriptors = entries(proc + "fd");
    sample.threads = entries(proc + "task");
    return sample;
  }

 private:
  static std::int64_t entries(const fs::path& folder) {
    const auto names = list_folder(folder);
    return names ? static_cast<std::int64_t>(names->size()) : -1;
  }
  pid_t pid_ = 0;
  Fd to_;
  std::FILE* from_ = nullptr;
};

// ---- The world around it -----------------------------------------------------------------------

// As large as a photograph of this size, and each another.
std::string poster(std::uint32_t seed) {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(kScreen.width) *
                                    static_cast<std::size_t>(kScreen.height));
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const auto x = static_cast<std::uint32_t>(i % 640);
    const auto y = static_cast<std::uint32_t>(i / 640);
    pixels[i] = 0xff000000U | ((x * seed + y) & 0xffU) << 16U | ((y * seed) & 0xffU) << 8U |
                ((x / 5 + seed) & 0xffU);
  }
  return testing::rgba_png(kScreen, pixels);
}

struct TraceLine {
  std::int64_t start = 0, length = 0;
  std::string name;
};

std::vector<TraceLine> read_trace(const fs::path& file) {
  std::vector<TraceLine> lines;
  std::ifstream in(file);
  for (std::string text; std::getline(in, text);) {
    std::istringstream words(text);
    TraceLine line;
    words >> line.start >> line.length >> line.name;  // no name: the card
    lines.push_back(line);
  }
  return lines;
}

class Soak {
 public:
  Soak(const SoakPlan& plan, fs::path folder, std::optional<fs::path> journal_disk)
      : plan_(plan), folder_(std::move(folder)), disk_(std::move(journal_disk)), dice_(plan.seed) {
    for (const char* name : {"state", "run", "watched"}) fs::create_directories(folder_ / name);
    fs::create_directories(folder_ / "run/wanted");
    if (disk_) {
      fs::create_directory_symlink(*disk_, folder_ / "journal");
    } else {
      fs::create_directories(folder_ / "journal");
    }
    std::ofstream(folder_ / "root.json") << repository_.root();
    std::ofstream(folder_ / "display.toml")
        << "id = \"bus-1\"\nsize = [640, 360]\ntimezone = \"UTC\"\n"
           "night = { hours = \"22:00-05:00\", brightness = 0.6 }\n";
    for (int i = 0; i < 6; ++i) fresh_poster();
    store_.emplace(folder_ / "store");
    publish();
  }

  SoakOutcome run() {
    start(kBegin);
    for (int day = 0; day < plan_.days && outcome_.wrong.empty(); ++day) pass_day(day);
    if (!outcome_.wrong.empty()) return std::move(outcome_);
    const auto last = ask("end");
    display_.reset();
    if (last && last->numbers.at("shown") != (*last)["recorded"] + (*last)["lost"] &&
        !plan_.is_killed)
      wrong(fmt::format("shown {}, recorded {}, lost {}", (*last)["shown"], (*last)["recorded"],
                        (*last)["lost"]));
    compare();
    return std::move(outcome_);
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return dice_() % bound; }
  void wrong(std::string what) {
    if (outcome_.wrong.size() < kWrongsKept) outcome_.wrong.push_back(std::move(what));
  }
  void start(Instant at) {
    display_.emplace(folder_, at, plan_.bug);
    now_ = at;
  }
  // Whatever it says is looked at.
  std::optional<Answer> ask(const std::string& command) {
    auto answer = display_->ask(command);
    if (!answer) {
      wrong("the display died at \"" + command + "\"");
      return std::nullopt;
    }
    now_ = Instant{Millis{(*answer)["at"]}};
    if ((*answer)["wrong"] != wrongs_) {
      wrongs_ = (*answer)["wrong"];
      wrong(
          fmt::format("{} times something else showed than the schedule says, or than was "
                      "given to the glass (see log)",
                      wrongs_));
    }
    return answer;
  }
  void play(Millis length) { static_cast<void>(ask(fmt::format("run {}", length.count()))); }

  // ---- Days ----------------------------------------------------------------------------------

  void pass_day(int day) {
    const Millis piece = plan_.day / (plan_.faults_a_day + 1);
    for (int i = 0; i < plan_.faults_a_day && outcome_.wrong.empty(); ++i) {
      play(piece);
      if (!outcome_.wrong.empty()) return;
      inject();
    }
    if (plan_.full_disk_once && day == plan_.days / 2) {
      ++outcome_.injected;
      fill_disk(*plan_.full_disk_once);
    }
    play(piece);
    if (!outcome_.wrong.empty()) return;
    const auto answer = ask("settle");
    if (!answer) return;
    SoakSample sample = display_->measure();
    // The journal's thread may have a file open just now.
    for (int i = 0; i < 5; ++i) {
      ::usleep(20'000);
      const SoakSample again = display_->measure();
      sample.descriptors = std::min(sample.descriptors, again.descriptors);
      sample.threads = std::min(sample.threads, again.threads);
    }
    sample.kept_kb = (*answer)["kept"] / 1024;
    sample.shown = (*answer)["shown"];
    sample.recorded = (*answer)["recorded"];
    sample.lost = (*answer)["lost"];
    if (!plan_.is_killed && plan_.faults_a_day > 0 && kinds_ < kKinds)
      outcome_.judged_from = outcome_.samples.size() + 1;
    outcome_.samples.push_back(sample);
  }

  void inject() {
    if (plan_.is_killed) return be_killed();
    ++outcome_.injected;
    // Each kind comes in turn, so that a short run has them all.
    switch (kinds_++ % kKinds) {
      case 0:
        return new_release();
      case 1:
        return decoder_killed();
      case 2:
        return blob_damaged();
      case 3:
        return store_broken();
      case 4:
        return forged();
      case 5:
        return clock_stepped();
      case 6:
        return restarted();
      case 7:
        return fill_disk(plan_.full_disk);
      default:
        return display_unreadable();
    }
  }
  void prove(bool is_there, const char* what) {
    if (is_there) {
      ++outcome_.proven;
    } else {
      ++outcome_.unproven[what];
    }
  }

  // ---- Releases --------------------------------------------------------------------------------

  void fresh_poster() {
    posters_.push_back(fmt::format("poster-{}", ++posters_made_));
    pictures_[posters_.back()] = poster(posters_made_);
  }
  [[nodiscard]] std::string items() const {
    std::string items =
        "[[item]]\nid = \"words\"\ntext = { ko = \"손잡이를 꼭 잡아 주세요\", en = \"Hold on\" }\n"
        "seconds = 10\ntransition = \"cut\"\n";
    for (std::size_t i = 0; i < posters_.size(); ++i) {
      items +=
          fmt::format("[[item]]\nid = \"{0}\"\nposter = \"{0}.png\"\nseconds = 10\n", posters_[i]);
      items += i == 0 ? "transition = \"fade\"\n" : "transition = \"cut\"\nweight = 3\n";
      if (i == 1) items += "hours = \"06:30-09:30\"\n";
      if (i == 2) items += "days = \"mon-fri\"\n";
    }
    return items;
  }
  void publish() {
    std::map<std::string, std::string> pictures;
    for (const std::string& name : posters_) pictures[name + ".png"] = pictures_.at(name);
    repository_.set_campaign("seoul", "spring", items(), pictures, kScreen);
    store_->put_blobs(repository_);
    last_ = repository_.release();
    store_->put(last_);
  }
  void next_release() {
    fresh_poster();
    pictures_.erase(posters_.front());
    posters_.erase(posters_.begin());
  }

  void new_release() {
    next_release();
    publish();
    static_cast<void>(ask("reload"));
    play(minutes{2});
    prove(accepted(), "release");
  }
  // Its version is what the player wrote down as in use.
  [[nodiscard]] bool accepted() const {
    const auto history = read_file(folder_ / "state/accepted.json", 1U << 20U);
    const auto version = parse_timestamp(last_.at("timestamp.json"));
    return history && version &&
           history->find(fmt::format("\"timestamp\":{}", version->content.head.version)) !=
               std::string::npos;
  }

  void decoder_killed() {
    next_release();
    publish();
    const auto before = ask("kill");
    static_cast<void>(ask("reload"));
    play(minutes{2});
    const auto after = ask("settle");
    prove(before && after && (*after)["kills"] > (*before)["kills"], "killed decoder");
  }

  void blob_damaged() {
    next_release();
    std::map<std::string, std::string> pictures;
    for (const std::string& name : posters_) pictures[name + ".png"] = pictures_.at(name);
    repository_.set_campaign("seoul", "spring", items(), pictures, kScreen);
    store_->put_blobs(repository_);
    const std::string& bytes = pictures_.at(posters_.back());
    std::string damaged = bytes;
    damaged[below(damaged.size())] ^= 1;
    overwrite(store_->blob(bytes), damaged);
    last_ = repository_.release();
    store_->put(last_);
    static_cast<void>(ask("reload"));
    play(minutes{20});
    const fs::path wanted = folder_ / "run/wanted" / to_hex(sha256(bytes));
    const bool was_asked_for = fs::exists(wanted);
    overwrite(store_->blob(bytes), bytes);
    play(minutes{5});
    prove(was_asked_for && !fs::exists(wanted), "damaged blob");
  }
  static void overwrite(const fs::path& file, const std::string& bytes) {
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << bytes;
  }

  [[nodiscard]] bool current_is_good() const {
    const auto generation = StoreReader(folder_ / "store").read(Which::current);
    return generation &&
           verify_release(repository_.root(), generation->files, kBegin, Expiry::ignored, {});
  }

  // Ten minutes with what `current` was made to lead to, and then as before.
  void play_and_put_back(const fs::path& link, const fs::path& target, const char* fault) {
    const bool is_bad = !current_is_good();
    static_cast<void>(ask("reload"));
    play(minutes{10});
    fs::remove(link);
    fs::create_symlink(target, link);
    static_cast<void>(ask("reload"));
    play(minutes{1});
    prove(is_bad, fault);
  }

  void store_broken() {
    const fs::path link = folder_ / "store/current";
    const fs::path target = fs::read_symlink(link);
    fs::remove(link);
    if (below(2) == 0) fs::create_symlink("generations/nowhere", link);
    play_and_put_back(link, target, "broken store");
  }

  void forged() {
    TestRepository attacker;
    attacker.set_campaign("seoul", "spring", "[[item]]\nid = \"evil\"\ntext = { en = \"evil\" }\n");
    GenerationFiles files = attacker.release();
    const fs::path link = folder_ / "store/current";
    const fs::path target = fs::read_symlink(link);
    store_->put_blobs(attacker);
    store_->put(files);
    play_and_put_back(link, target, "forgery");
  }

  void display_unreadable() {
    const fs::path file = folder_ / "display.toml";
    const std::string text = read_file(file, 1U << 20U).value();
    std::ofstream(file) << "size = [";
    static_cast<void>(ask("reload"));
    play(minutes{5});
    std::ofstream(file) << text;
    static_cast<void>(ask("reload"));
    play(minutes{1});
    prove(true, "unreadable display.toml");
  }

  void clock_stepped() {
    constexpr std::array<std::int64_t, 4> kSteps{8'000, -8'000, 3'600'000, -3'600'000};
    const std::int64_t step = kSteps[below(kSteps.size())];
    const Instant before = now_;
    static_cast<void>(ask(fmt::format("step {}", step)));
    prove(now_ - before == Millis{step}, "set clock");
    play(minutes{3});
  }

  void restarted() {
    const auto answer = ask("restart");
    prove(answer && (*answer)["shown"] == (*answer)["recorded"] + (*answer)["lost"], "restart");
    play(minutes{1});
  }

  // ---- The disk --------------------------------------------------------------------------------

  void fill_disk(Millis length) {
    if (!disk_) {
      --outcome_.injected;
      return;
    }
    // As if the room that the journal keeps had been used up before, and its log just emptied: with
    // either it goes on for hours, and nobody can tell that the disk was full.
    static_cast<void>(ask("settle"));
    std::error_code none;
    fs::resize_file(*disk_ / "plays.reserve", 0, none);
    empty_log(*disk_ / "plays.db");
    const fs::path filler = *disk_ / "filler";
    {
      struct statvfs space {};
      ::statvfs(disk_->c_str(), &space);
      const Fd file(::open(filler.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
      const auto bytes = static_cast<off_t>(space.f_bavail * space.f_bsize);
      if (bytes > 0) static_cast<void>(::posix_fallocate(file.get(), 0, bytes));
    }
    play(length);
    const auto full = ask("settle");
    fs::remove(filler);
    const auto after = ask("settle");
    prove(full && after && (*full)["parked"] > 0 && (*after)["parked"] == 0, "full disk");
  }

  static void empty_log(const fs::path& database) {
    sqlite3* journal = nullptr;
    CHECK(::sqlite3_open(database.c_str(), &journal) == SQLITE_OK);
    CHECK(::sqlite3_exec(journal, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
    ::sqlite3_close(journal);
  }

  // ---- Kills -----------------------------------------------------------------------------------

  void be_killed() {
    ++outcome_.injected;
    const auto sure = ask("settle");
    if (!sure) return;
    const std::size_t lines_sure =
        (*sure)["parked"] == 0 ? read_trace(folder_ / "trace").size() : 0;
    display_->tell("run 36000000");
    ::usleep(static_cast<useconds_t>(below(300'000)));
    display_->kill();
    const auto lines = read_trace(folder_ / "trace");
    unsure_.emplace_back(lines_sure, lines.size());
    if (!lines.empty())
      now_ = std::max(now_, Instant{Millis{lines.back().start + lines.back().length}});
    wrongs_ = 0;
    start(now_ + minutes{2});
    play(minutes{1});
    ++outcome_.proven;
  }

  // ---- The end ---------------------------------------------------------------------------------

  [[nodiscard]] bool may_be_missing(std::size_t line) const {
    return std::any_of(unsure_.begin(), unsure_.end(), [&](const auto& range) {
      return range.first <= line && line < range.second;
    });
  }

  // The journal, play by play, beside what was on the glass.
  void compare() {
    const auto lines = read_trace(folder_ / "trace");
    const auto journal = JournalFile::open(folder_ / "journal/plays.db");
    if (!journal) return wrong("the journal cannot be opened: " + journal.error().message);
    const auto verified = verify(*journal, std::nullopt);
    if (!verified || !verified->is_good()) wrong("the journal is not good");
    std::size_t next = 0;
    std::int64_t strange = 0;
    const Status read = journal->each_row([&](const Row& row) {
      if (row.kind == RecordKind::lost) {
        outcome_.lost += row.count;
        next += static_cast<std::size_t>(row.count);
      }
      if (row.kind != RecordKind::play || row.shown == Millis{0}) return true;
      const std::string name = row.campaign.empty() ? "" : row.campaign + "/" + row.item;
      const std::int64_t at = row.start.time_since_epoch().count();
      const auto is_row = [&](const TraceLine& line) {
        return line.start == at && line.length == row.shown.count() && line.name == name;
      };
      const std::size_t before = next;
      while (next < lines.size() && !is_row(lines[next]) && may_be_missing(next)) ++next;
      if (next < lines.size() && is_row(lines[next])) {
        outcome_.cut_short += static_cast<std::int64_t>(next - before);
        ++outcome_.plays;
        ++next;
      } else if (plan_.is_killed && !unsure_.empty() && strange < std::ssize(unsure_)) {
        // On the disk, and killed before it was in the trace.
        next = before;
        ++strange;
      } else {
        wrong(fmt::format("row {}: {} at {} for {} ms; on the glass was {}", row.sequence, name, at,
                          row.shown.count(),
                          next < lines.size() ? fmt::format("{} at {} for {} ms", lines[next].name,
                                                            lines[next].start, lines[next].length)
                                              : "nothing"));
      }
      return outcome_.wrong.size() < 3;
    });
    if (!read) wrong("the journal cannot be read: " + read.error().message);
    while (outcome_.wrong.empty() && next < lines.size()) {
      if (!may_be_missing(next))
        wrong(fmt::format("{} at {} is not in the journal", lines[next].name, lines[next].start));
      ++outcome_.cut_short;
      ++next;
    }
  }

  SoakPlan plan_;
  fs::path folder_;
  std::optional<fs::path> disk_;
  std::mt19937_64 dice_;
  TestRepository repository_;
  std::optional<SignedStore> store_;
  GenerationFiles last_;
  std::vector<std::string> posters_;
  std::map<std::string, std::string> pictures_;
  std::uint32_t posters_made_ = 0;
  int kinds_ = 0;
  std::optional<DisplayProcess> display_;
  Instant now_;
  std::int64_t wrongs_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> unsure_;  // lines around kills
  SoakOutcome outcome_;
};

}  // namespace

std::int64_t SoakOutcome::growth_kb() const {
  if (samples.size() <= judged_from) return 0;
  const auto own = [](const SoakSample& sample) { return sample.rss_kb - sample.kept_kb; };
  return own(samples.back()) - own(samples[judged_from]);
}

SoakOutcome run_soak(const SoakPlan& plan, const fs::path& folder,
                     const std::optional<fs::path>& journal_disk) {
  return Soak(plan, folder, journal_disk).run();
}

std::string table_of(const SoakOutcome& outcome) {
  std::string table =
      "day  RSS kB  PSS kB  pictures kB  descriptors  threads    shown  recorded  lost\n";
  for (std::size_t day = 0; day < outcome.samples.size(); ++day) {
    const SoakSample& s = outcome.samples[day];
    table +=
        fmt::format("{:3}  {:6}  {:6}  {:11}  {:11}  {:7}  {:7}  {:8}  {:4}\n", day + 1, s.rss_kb,
                    s.pss_kb, s.kept_kb, s.descriptors, s.threads, s.shown, s.recorded, s.lost);
  }
  return table;
}

}  // namespace noseon::faults
