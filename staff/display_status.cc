#include "staff/display_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "staff/release_plan.h"
#include "staff/table.h"

namespace noseon {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kNameColumns = 10;
constexpr std::size_t kLinesMax = 25;
// A bus may stand in a garage over night.
constexpr std::chrono::hours kSyncPatience{24};
// So long a machine that has just started is left to find its network.
constexpr std::chrono::minutes kStartPatience{15};

std::size_t letter_bytes(const std::string& text, std::size_t at) {
  std::size_t bytes = 1;
  while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0U) == 0x80)
    ++bytes;
  return bytes;
}

// As much of it as has room, with an ellipsis where that is not all.
std::string cut_to(const std::string& text, std::size_t columns) {
  if (terminal_width(text) <= columns) return text;
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::string letter = text.substr(at, letter_bytes(text, at));
    if (terminal_width(kept + letter) + 1 > columns) break;
    kept += letter;
    at += letter.size();
  }
  return kept + "…";
}

// Broken between words.
std::vector<std::string> wrapped(const std::string& text, const std::string& indent) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (!line.empty() && terminal_width(line) + 1 + terminal_width(word) > kColumns) {
      lines.push_back(line);
      line = indent + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  lines.push_back(line);
  for (std::string& each : lines) each = cut_to(each, kColumns);
  return lines;
}

std::string time_text(Instant at) {
  return in_utc(at).substr(11, 8);
}

std::string length_text(Millis length) {
  using namespace std::chrono;
  const auto seconds_in = std::max(floor<seconds>(length).count(), seconds::rep{0});
  if (seconds_in < 120) return say("{} s", seconds_in);
  if (seconds_in < 7200) return say("{} min", seconds_in / 60);
  if (seconds_in < 172'800) return say("{} h", seconds_in / 3600);
  return say("{} days", seconds_in / 86'400);
}

std::string ago_text(Millis age) {
  return say("{} ago", length_text(age));
}

std::string name_of_turn(const PlayerStatus& player) {
  if (player.item.empty()) return say("the card");
  return player.campaign + "/" + player.item;
}

// ---- What is the matter -------------------------------------------------------------------------

// What keeps everything else that it says from being true now; empty: nothing.
std::string player_is_gone(const DisplayFacts& facts) {
  if (!facts.player_trouble.empty())
    return say(
        "what noseon-player says cannot be read: {}; it writes it anew within three minutes "
        "where it runs",
        facts.player_trouble);
  if (!facts.player)
    return say(
        "noseon-player does not run, or tells of itself elsewhere than in {}: systemctl "
        "status noseon-player says which; --run names another folder",
        facts.run);
  const PlayerStatus& player = *facts.player;
  if (player.boot != facts.boot)
    return say(
        "noseon-player has not started since this machine did: systemctl status "
        "noseon-player says why");
  const std::string last = ago_text(facts.now_steady - player.written_steady);
  if (player.has_ended) return say("noseon-player was ended {}: start it again", last);
  if (!facts.is_player_alive)
    return say(
        "noseon-player is dead; it last said something {}: systemctl status noseon-player "
        "says why",
        last);
  if (facts.now_steady > player.due_steady)
    return say(
        "noseon-player hangs; it last said something {}: restart it, and keep journalctl -u "
        "noseon-player for who looks into it",
        last);
  return "";
}

void add_journal_needs(const JournalStatus& journal, std::vector<std::string>& needs) {
  const std::string why = journal.problem.empty() ? say("nothing refuses now") : journal.problem;
  if (journal.lost > 0)
    needs.push_back(
        journal.lost == 1
            ? say("1 play is lost, which memory had no room for while the journal could not be "
                  "written: {}",
                  why)
            : say("{} plays are lost, which memory had no room for while the journal could not be "
                  "written: {}",
                  journal.lost, why));
  if (!journal.problem.empty() && journal.parked > 0) {
    needs.push_back(
        journal.parked == 1
            ? say("1 play waits in memory, and goes with the power, for the journal cannot be "
                  "written: {}",
                  journal.problem)
            : say("{} plays wait in memory, and go with the power, for the journal cannot be "
                  "written: {}",
                  journal.parked, journal.problem));
  } else if (!journal.problem.empty()) {
    needs.push_back(say("the journal of plays is not well: {}", journal.problem));
  }
  if (!journal.set_aside.empty())
    needs.push_back(
        say("the journal was damaged, and is kept as {}: take it along, and look at "
            "the disk",
            journal.set_aside));
}

void add_clock_needs(const PlayerStatus& player, std::vector<std::string>& needs) {
  if (player.grade == ClockGrade::trusted) return;
  needs.push_back(
      player.grade == ClockGrade::impossible
          ? say("the clock is impossible, so that items with hours or days wait: set it, or give "
                "the machine a time server (timedatectl)")
          : say("nothing confirms the clock, so that items with hours or days wait: let the "
                "machine "
                "reach a time server (timedatectl)"));
}

void add_player_needs(const DisplayFacts& facts, std::vector<std::string>& needs) {
  const PlayerStatus& player = *facts.player;
  if (player.journal) add_journal_needs(*player.journal, needs);
  if (player.quarantined > 0)
    needs.push_back(player.quarantined == 1
                        ? say("1 file of the store is damaged and asked for again: where that "
                              "stays, the disk is failing")
                        : say("{} files of the store are damaged and asked for again: where that "
                              "stays, the disk is failing",
                              player.quarantined));
  if (player.wrong_read_backs > 0)
    needs.push_back(
        player.wrong_read_backs == 1
            ? say("once the glass held something else than the picture given to it: look at the "
                  "screen, its cable and its driver")
            : say("{} times the glass held something else than the picture given to it: look at "
                  "the screen, its cable and its driver",
                  player.wrong_read_backs));
  add_clock_needs(player, needs);
  if (player.crashes.cost != CrashRemark::Cost::nothing)
    needs.push_back(
        say("{}: journalctl -u noseon-player says what it crashed on", in_words(player.crashes)));
  const bool plays_old = player.is_store && facts.current && !facts.is_current_new &&
                         static_cast<std::uint64_t>(player.generation) != *facts.current;
  if (plays_old && player.generation == 0)
    needs.push_back(
        say("nothing of the store plays, though generation {} is there: journalctl -u "
            "noseon-player says why it is not taken",
            *facts.current));
  if (plays_old && player.generation > 0)
    needs.push_back(
        say("generation {} plays, though {} is there: journalctl -u noseon-player says "
            "why it is not taken",
            player.generation, *facts.current));
}

// What noseon-sync says is forgotten with the power; when the repository signed what is here is
// not.
std::optional<Instant> last_up_to_date(const DisplayFacts& facts) {
  std::optional<Instant> last = facts.player ? facts.player->issued : std::nullopt;
  if (!facts.sync) return last;
  return std::max({last, facts.sync->issued, facts.sync->last_success});
}

// By age alone: a noseon-sync that hangs, was stopped or never started has no error to tell.
void add_age_needs(const DisplayFacts& facts, std::vector<std::string>& needs) {
  const auto last = last_up_to_date(facts);
  const bool is_late = !last || facts.now - *last > kSyncPatience;
  if (!is_late || facts.now_steady < kStartPatience) return;
  if (!facts.sync)
    return needs.push_back(
        last
            ? say("noseon-sync has not run since this machine started, and what is here was signed "
                  "{}: systemctl enable --now noseon-sync, or bring a stick",
                  ago_text(facts.now - *last))
            : say("noseon-sync has not run since this machine started: systemctl enable --now "
                  "noseon-sync, or bring a stick"));
  const std::string why = facts.sync->error.empty()
                              ? say("systemctl status noseon-sync says how it fares")
                              : facts.sync->error;
  needs.push_back(last ? say("noseon-sync has not been up to date for {}: {}",
                             length_text(facts.now - *last), why)
                       : say("noseon-sync has not been up to date yet: {}", why));
}

void add_delivery_needs(const DisplayFacts& facts, std::vector<std::string>& needs) {
  if (!facts.has_store) return;
  if (!facts.sync_trouble.empty())
    needs.push_back(say("what noseon-sync says cannot be read: {}", facts.sync_trouble));
  if (facts.is_store_hidden)
    needs.push_back(
        say("this user may not read the store: ask as root (sudo), or as a user in the group "
            "noseon"));
  if (!facts.current && !facts.is_store_hidden)
    needs.push_back(
        say("the store is empty, so nothing plays: noseon-sync has to fetch a release "
            "first"));
  if (facts.sync_trouble.empty()) add_age_needs(facts, needs);
}

// An update that was not finished, or a program that was not started anew after it.
void add_version_needs(const DisplayFacts& facts, std::vector<std::string>& needs) {
  if (!facts.player || !facts.sync) return;
  const std::string& player = facts.player->version;
  const std::string& sync = facts.sync->version;
  if (player.empty() || sync.empty() || player == sync) return;
  needs.push_back(
      say("noseon-player is of Noseon {} and noseon-sync of {}, so an update is half done: finish "
          "it (apt-get -f install), then systemctl restart noseon-player noseon-sync",
          player, sync));
}

void add_disk_needs(const DisplayFacts& facts, std::vector<std::string>& needs) {
  if (!facts.player || !facts.player->journal || !facts.disk_free) return;
  const std::uint64_t lacks = facts.player->journal->keep_free;
  if (*facts.disk_free >= lacks) return;
  needs.push_back(
      say("the disk has {} free, and the journal wants {} more for thirty days of "
          "plays: free some",
          bytes_text(*facts.disk_free), bytes_text(lacks)));
}

// ---- The screen ---------------------------------------------------------------------------------

class Screen {
 public:
  void add(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    const std::size_t width = terminal_width(name);
    const std::string gap(width < kNameColumns ? kNameColumns - width : 1, ' ');
    lines_.push_back(cut_to(name + gap + value, kColumns));
  }
  void add_line(const std::string& line) { lines_.push_back(cut_to(line, kColumns)); }

  // Beneath what is the matter, which may take lines from it but not all.
  [[nodiscard]] std::string beneath(std::vector<std::string> matter) const {
    const std::size_t room = kLinesMax - std::min(lines_.size() + 1, kLinesMax - 1);
    if (matter.size() > room) matter.resize(room);
    std::string text;
    for (const std::string& line : matter) text += line + "\n";
    text += "\n";
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }

 private:
  std::vector<std::string> lines_;
};

std::string shows_text(const PlayerStatus& player) {
  const std::string name = name_of_turn(player);
  std::string text = player.shows == OnDisplay::stand_in
                         ? say("a stand-in for {}, which is not ready", name)
                         : name;
  if (!player.agency.empty()) text += " (" + player.agency + ")";
  if (player.shows == OnDisplay::nothing) return say("nothing yet");
  if (player.since && *player.since > kBeginningOfTime)
    text += say(", since {}", time_text(*player.since));
  if (player.until) text += say(", until {}", time_text(*player.until));
  return text;
}

std::string next_text(const PlayerStatus& player) {
  if (!player.next_at) return say("the same, for ever");
  return say("{}, at {}", player.next.empty() ? say("the card") : player.next,
             time_text(*player.next_at));
}

std::string release_text(const DisplayFacts& facts) {
  const std::int64_t plays = facts.player ? facts.player->generation : 0;
  const bool is_store = facts.player && facts.player->is_store;
  std::string text = plays > 0  ? say("generation {} plays", plays)
                     : is_store ? say("nothing of the store plays")
                                : say("an unsigned folder plays");
  if (facts.current)
    text += say("; in the store: {}, before it {}", *facts.current,
                facts.previous ? std::to_string(*facts.previous) : say("none"));
  return text;
}

std::string grade_text(const PlayerStatus& player) {
  if (player.grade == ClockGrade::trusted) return say("trusted");
  return player.grade == ClockGrade::floor_only ? say("not confirmed") : say("impossible");
}

std::string clock_line(const PlayerStatus& player) {
  std::string text = fmt::format("{}, {}", in_utc(player.civil), grade_text(player));
  if (player.grade == ClockGrade::trusted && player.confirmed)
    return text + say("; confirmed {}", ago_text(player.civil - *player.confirmed));
  if (player.floor) text += say("; at least {}", in_utc(*player.floor).substr(0, 16));
  return text;
}

std::string sync_text(const DisplayFacts& facts) {
  if (!facts.sync) return facts.has_store ? say("noseon-sync has not run") : "";
  const std::string last =
      facts.sync->last_success ? ago_text(facts.now - *facts.sync->last_success) : say("never");
  std::string text = say("{}; was last up to date {}", state_words(facts.sync->state), last);
  if (facts.sync->missing_blobs > 0)
    text += say("; {} are missing", bytes_text(facts.sync->missing_bytes));
  // Last: where the line is cut, what differs is said above.
  if (!facts.sync->version.empty()) text += "; " + say("Noseon {}", facts.sync->version);
  return text;
}

std::string dark_text(const DisplayFacts& facts) {
  const PlayerStatus& player = *facts.player;
  const std::string last = player.last_read_back
                               ? say(", last {}", ago_text(player.written - *player.last_read_back))
                               : "";
  const std::string times =
      player.read_backs == 1 ? say("once") : say("{} times", player.read_backs);
  return say("{} ms since the start; read back {}{}, {} wrong", player.dark.count(), times, last,
             player.wrong_read_backs);
}

std::string first_text(const PlayerStatus& player) {
  if (!player.first_frame) return "";
  return player.was_first_right
             ? say("the right picture stood {} ms after the start", player.first_frame->count())
             : say("a stand-in stood {} ms after the start", player.first_frame->count());
}

// In at most four columns, never more than there were: "9999", "10k", "999k", "1.0M", "12M".
std::string short_count(std::uint64_t count) {
  if (count < 10'000) return std::to_string(count);
  constexpr std::string_view kUnits = "kMGTPE";
  std::size_t unit = 0;
  for (; count >= 1'000'000; count /= 1000) ++unit;
  if (count >= 10'000 || unit == 0) return fmt::format("{}{}", count / 1000, kUnits[unit]);
  return fmt::format("{}.{}{}", count / 1000, count % 1000 / 100, kUnits[unit]);
}

// Three lines: milliseconds, how many frames took so long, how many came so long after another.
void add_frames(const PlayerStatus& player, Screen& screen) {
  screen.add(say("frames"), say("{} in fades and tickers, {} dropped, {:.1f} a second",
                                player.frames, player.dropped, player.frames_per_second));
  std::string heading;
  std::string work;
  std::string gaps;
  constexpr std::size_t kRowsMax = 12;
  const std::size_t rows = std::min(player.histogram.size(), kRowsMax);
  for (std::size_t row = 0; row < rows; ++row) {
    const FrameBucket& bucket = player.histogram[row];
    heading += fmt::format("{:>5}", fmt::format("{}-", bucket.from_ms));
    work += fmt::format(" {:>4}", short_count(bucket.work));
    gaps += fmt::format(" {:>4}", short_count(bucket.gaps));
  }
  screen.add(say("  ms"), heading);
  screen.add(say("  work"), work);
  screen.add(say("  gap"), gaps);
}

std::string journal_text(const PlayerStatus& player) {
  if (!player.journal) return say("none is kept (--journal DIR)");
  const JournalStatus& journal = *player.journal;
  const std::string sealed = journal.sealed == journal.rows
                                 ? say("all sealed")
                                 : say("sealed up to row {}", journal.sealed);
  const std::string rows = journal.rows == 1 ? say("1 row") : say("{} rows", journal.rows);
  return say("{}, {}; waiting in memory: {}, lost: {}", rows, sealed, journal.parked, journal.lost);
}

std::string disk_text(const DisplayFacts& facts) {
  if (!facts.disk_free) return "";
  const std::uint64_t missing =
      facts.player && facts.player->journal ? facts.player->journal->keep_free : 0;
  if (!facts.reserved) return say("{} free", bytes_text(*facts.disk_free));
  return say("{} free; reserved for plays: {}, and {} to come", bytes_text(*facts.disk_free),
             bytes_text(*facts.reserved), bytes_text(missing));
}

std::string player_text(const DisplayFacts& facts) {
  const PlayerStatus& player = *facts.player;
  return say("Noseon {}, process {}, for {}, {} MB; said so {}", player.version, player.pid,
             length_text(player.written - player.started), (player.memory_kb + 512) / 1024,
             ago_text(facts.now_steady - player.written_steady));
}

void add_player(const DisplayFacts& facts, Screen& screen) {
  const PlayerStatus& player = *facts.player;
  screen.add(say("display"), player.display);
  screen.add(say("shows"), shows_text(player));
  screen.add(say("why"), player.reason ? in_words(*player.reason) : "");
  screen.add(say("next"), next_text(player));
  screen.add(say("release"), release_text(facts));
  screen.add(say("clock"), clock_line(player));
  screen.add(say("sync"), sync_text(facts));
  screen.add(say("start"), first_text(player));
  screen.add(say("dark"), dark_text(facts));
  add_frames(player, screen);
  screen.add(say("journal"), journal_text(player));
  screen.add(say("disk"), disk_text(facts));
  screen.add(say("stage"), player.stage);
  screen.add(say("player"), player_text(facts));
}

}  // namespace

std::vector<std::string> what_needs_a_person(const DisplayFacts& facts) {
  std::vector<std::string> needs;
  if (std::string gone = player_is_gone(facts); !gone.empty()) needs.push_back(std::move(gone));
  if (facts.player) add_player_needs(facts, needs);
  add_delivery_needs(facts, needs);
  add_version_needs(facts, needs);
  add_disk_needs(facts, needs);
  return needs;
}

std::string one_screen(const DisplayFacts& facts) {
  const std::vector<std::string> needs = what_needs_a_person(facts);
  std::vector<std::string> matter;
  if (needs.empty()) matter.push_back(say("all is well: {} plays", name_of_turn(*facts.player)));
  for (const std::string& need : needs) {
    const auto lines = wrapped(needs.size() == 1 ? need : "- " + need, "  ");
    matter.insert(matter.end(), lines.begin(), lines.end());
  }
  Screen screen;
  if (facts.player) {
    add_player(facts, screen);
  } else {
    screen.add(say("sync"), sync_text(facts));
    screen.add(say("disk"), disk_text(facts));
  }
  return screen.beneath(std::move(matter));
}

nlohmann::ordered_json display_json(const DisplayFacts& facts) {
  using nlohmann::ordered_json;
  const auto or_null = [](const std::optional<std::uint64_t>& number) {
    return number ? ordered_json(*number) : ordered_json(nullptr);
  };
  const std::vector<std::string> needs = what_needs_a_person(facts);
  ordered_json json = {{"well", needs.empty()}, {"needs", needs}};
  json["player"] = facts.player ? ordered_json::parse(write_player_status(*facts.player))
                                : ordered_json(nullptr);
  json["player_is_alive"] = facts.is_player_alive;
  json["sync"] =
      facts.sync ? ordered_json::parse(write_report(*facts.sync)) : ordered_json(nullptr);
  json["store"] = {{"current", or_null(facts.current)}, {"previous", or_null(facts.previous)}};
  json["disk"] = {{"free", or_null(facts.disk_free)}, {"reserved", or_null(facts.reserved)}};
  return json;
}

}  // namespace noseon
