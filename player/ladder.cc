#include "player/ladder.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json.h"
#include "base/say.h"

namespace noseon {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr std::string_view kFormat = "noseon.crashes/1";
constexpr std::array<std::string_view, 3> kRungWords{"everything", "previous", "card"};

// Of one crash, the likeliest first.
std::vector<Work> suspects(const Crash& crash) {
  std::vector<Work> likely;
  if (crash.shown && !crash.was_brought) likely.push_back(*crash.shown);
  if (crash.made) likely.push_back(*crash.made);
  if (crash.shown && crash.was_brought) likely.push_back(*crash.shown);
  return likely;
}

bool was_there(const Crash& crash, const Work& work) {
  const auto is_it = [&](const std::optional<Work>& other) {
    return other && other->content == work.content;
  };
  return is_it(crash.shown) || is_it(crash.made);
}

// REQUIRES: there are crashes.
std::optional<Work> to_blame(const std::vector<Crash>& crashes) {
  const std::vector<Work> likely = suspects(crashes.back());
  if (likely.empty()) return std::nullopt;
  for (const Work& work : likely) {
    const auto there = [&](const Crash& crash) { return was_there(crash, work); };
    if (std::all_of(crashes.begin(), crashes.end(), there)) return work;
  }
  return likely.front();
}

// The oldest go where there is no room: a display that had a hundred of them has seen better days.
template <class T>
void add_capped(std::vector<T>& all, const T& one, std::size_t count_max) {
  std::erase(all, one);
  all.push_back(one);
  if (all.size() > count_max) all.erase(all.begin());
}

void step_down(Ladder& ladder) {
  if (const auto work = to_blame(ladder.crashes)) add_capped(ladder.left_out, *work, kLeftOutMax);
  if (const auto& generation = ladder.crashes.back().generation)
    add_capped(ladder.avoided, *generation, kAvoidedMax);
  ladder.rung = ladder.rung == Rung::everything ? Rung::previous : Rung::card;
  ladder.crashes.clear();
  ladder.suspects.clear();
}

void forget(Ladder& ladder, const Sha256& content) {
  std::erase_if(ladder.suspects, [&](const Suspect& s) { return s.work.content == content; });
}

// What was newly there, the likeliest first, each once: what stands may be in the making as well.
std::vector<Work> newly_there(Crash crash) {
  if (crash.at - crash.shown_at > kNewlyShown) crash.shown.reset();
  const bool is_same = crash.shown && crash.made && crash.shown->content == crash.made->content;
  if (is_same) crash.made.reset();
  return suspects(crash);
}

// How often that was there within an hour, this time included.
std::size_t suspect(Ladder& ladder, const Work& work, seconds now) {
  Suspect suspected{work, {}};
  for (const Suspect& before : ladder.suspects)
    if (before.work.content == work.content) suspected.at = before.at;
  std::erase_if(suspected.at, [&](seconds at) { return at > now || now - at > kSuspectWindow; });
  suspected.at.push_back(now);
  forget(ladder, work.content);
  add_capped(ladder.suspects, suspected, kSuspectsMax);
  return suspected.at.size();
}

// By being left out the crash is explained, and nobody else is suspected of it.
void leave_out(Ladder& ladder, const Work& work, const std::vector<Work>& there) {
  add_capped(ladder.left_out, work, kLeftOutMax);
  if (ladder.rung == Rung::everything) ladder.rung = Rung::previous;
  ladder.crashes.clear();
  for (const Work& each : there) forget(ladder, each.content);
}

void suspect_what_was_there(Ladder& ladder, const Crash& crash) {
  const std::vector<Work> there = newly_there(crash);
  std::optional<Work> to_leave_out;
  for (const Work& work : there) {
    const bool is_enough = suspect(ladder, work, crash.at) >= kCrashesToLeaveOut;
    if (is_enough && !to_leave_out) to_leave_out = work;
  }
  if (to_leave_out) leave_out(ladder, *to_leave_out, there);
}

void step_up(Ladder& ladder) {
  ladder.calm = seconds{0};
  if (ladder.rung == Rung::previous) {
    ladder.rung = Rung::everything;
    ladder.left_out.clear();
    ladder.avoided.clear();
    return;
  }
  ladder.rung = Rung::previous;
  // The release before may be tried again, the one that began it not yet.
  if (ladder.avoided.size() > 1) ladder.avoided.pop_back();
}

json json_of_crash(const Crash& crash) {
  return {{"at_seconds", crash.at.count()},
          {"shown", json_of(crash.shown)},
          {"shown_at_seconds", crash.shown_at.count()},
          {"was_brought", crash.was_brought},
          {"made", json_of(crash.made)},
          {"generation", json_of(crash.generation)}};
}

json json_of_suspect(const Suspect& suspect) {
  json at = json::array();
  for (const seconds each : suspect.at) at.push_back(each.count());
  return {{"work", json_of(suspect.work)}, {"at_seconds", std::move(at)}};
}

Failure wrong() {
  return fail(ErrorKind::bad_format, say("it does not say how the player crashed"));
}

Result<seconds> read_seconds(const json& number) {
  constexpr std::int64_t kMax = 100LL * 365 * 24 * 3600;
  if (!number.is_number_unsigned()) return wrong();
  const auto count = number.get<std::uint64_t>();
  if (count > kMax) return wrong();
  return seconds{count};
}

Result<seconds> seconds_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return wrong();
  return read_seconds(*found);
}

Result<const json*> list_at(const json& object, const char* name, std::size_t count_max) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array() || found->size() > count_max) return wrong();
  return &*found;
}

Result<Crash> read_crash(const json& object) {
  if (!object.is_object()) return wrong();
  Crash crash;
  ASSIGN_OR_RETURN(crash.at, seconds_at(object, "at_seconds"));
  crash.shown = work_at(object, "shown");
  // Versions before knew neither this nor suspects: what they left out stays so.
  if (object.contains("shown_at_seconds")) {
    ASSIGN_OR_RETURN(crash.shown_at, seconds_at(object, "shown_at_seconds"));
  }
  crash.made = work_at(object, "made");
  crash.generation = hash_at(object, "generation");
  const auto brought = object.find("was_brought");
  if (brought == object.end() || !brought->is_boolean()) return wrong();
  crash.was_brought = brought->get<bool>();
  return crash;
}

Result<Suspect> read_suspect(const json& object) {
  if (!object.is_object()) return wrong();
  const auto work = work_at(object, "work");
  if (!work) return wrong();
  Suspect suspect{*work, {}};
  ASSIGN_OR_RETURN(const json* const times, list_at(object, "at_seconds", kCrashesToLeaveOut));
  for (const json& each : *times) {
    ASSIGN_OR_RETURN(const seconds at, read_seconds(each));
    suspect.at.push_back(at);
  }
  return suspect;
}

Status read_suspects(const json& all, Ladder& ladder) {
  if (!all.contains("suspects")) return {};
  ASSIGN_OR_RETURN(const json* const suspects, list_at(all, "suspects", kSuspectsMax));
  for (const json& each : *suspects) {
    ASSIGN_OR_RETURN(Suspect suspect, read_suspect(each));
    ladder.suspects.push_back(std::move(suspect));
  }
  return {};
}

Status read_lists(const json& all, Ladder& ladder) {
  ASSIGN_OR_RETURN(const json* const crashes, list_at(all, "crashes", kCrashesForAStep));
  for (const json& each : *crashes) {
    ASSIGN_OR_RETURN(Crash crash, read_crash(each));
    ladder.crashes.push_back(std::move(crash));
  }
  ASSIGN_OR_RETURN(const json* const left_out, list_at(all, "left_out", kLeftOutMax));
  for (const json& each : *left_out) {
    const auto work = work_at(json{{"work", each}}, "work");
    if (!work) return wrong();
    ladder.left_out.push_back(*work);
  }
  ASSIGN_OR_RETURN(const json* const avoided, list_at(all, "avoided", kAvoidedMax));
  for (const json& each : *avoided) {
    const auto hash = hash_in(each);
    if (!hash) return wrong();
    ladder.avoided.push_back(*hash);
  }
  return {};
}

}  // namespace

Ladder after_crash(Ladder ladder, const std::string& boot, const Crash& crash) {
  ladder.calm = seconds{0};
  // Below the card there is nothing: nothing to count, and nothing to write down each second.
  if (ladder.rung == Rung::card && !crash.generation && !crash.shown && !crash.made) return ladder;
  if (ladder.boot != boot) {
    ladder.crashes.clear();
    ladder.suspects.clear();
  }
  ladder.boot = boot;
  ladder.crashes.push_back(crash);
  std::erase_if(ladder.crashes, [&](const Crash& each) {
    return each.at > crash.at || crash.at - each.at > kCrashWindow;
  });
  if (ladder.crashes.size() >= kCrashesForAStep) {
    step_down(ladder);
  } else {
    suspect_what_was_there(ladder, crash);
  }
  return ladder;
}

Ladder after_going_well(Ladder ladder, const Sha256& content) {
  forget(ladder, content);
  return ladder;
}

bool is_suspected(const Ladder& ladder, const Sha256& content) {
  return std::any_of(ladder.suspects.begin(), ladder.suspects.end(),
                     [&](const Suspect& suspect) { return suspect.work.content == content; });
}

Ladder after_calm(Ladder ladder, seconds played) {
  if (ladder.rung == Rung::everything) return ladder;
  ladder.calm += played;
  if (ladder.calm >= kCalm) step_up(ladder);
  return ladder;
}

bool is_left_out(const Ladder& ladder, const Sha256& content) {
  return std::any_of(ladder.left_out.begin(), ladder.left_out.end(),
                     [&](const Work& work) { return work.content == content; });
}

bool is_avoided(const Ladder& ladder, const Sha256& generation) {
  return std::find(ladder.avoided.begin(), ladder.avoided.end(), generation) !=
         ladder.avoided.end();
}

std::string write_ladder(const Ladder& ladder) {
  json crashes = json::array();
  for (const Crash& crash : ladder.crashes) crashes.push_back(json_of_crash(crash));
  json suspects = json::array();
  for (const Suspect& suspect : ladder.suspects) suspects.push_back(json_of_suspect(suspect));
  json left_out = json::array();
  for (const Work& work : ladder.left_out) left_out.push_back(json_of(work));
  json avoided = json::array();
  for (const Sha256& hash : ladder.avoided) avoided.push_back(to_hex(hash));
  const json all = {{"format", kFormat},
                    {"rung", kRungWords.at(static_cast<std::size_t>(ladder.rung))},
                    {"boot", ladder.boot},
                    {"crashes", std::move(crashes)},
                    {"suspects", std::move(suspects)},
                    {"left_out", std::move(left_out)},
                    {"avoided", std::move(avoided)},
                    {"calm_seconds", ladder.calm.count()}};
  return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Ladder> read_ladder(std::string_view text) {
  ASSIGN_OR_RETURN(const json all, parse_json(text, {kLadderBytesMax, 5}));
  const auto word = [&](const char* name) {
    const auto found = all.is_object() ? all.find(name) : all.end();
    return found != all.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (word("format") != kFormat) return wrong();
  const auto* const rung = std::find(kRungWords.begin(), kRungWords.end(), word("rung"));
  if (rung == kRungWords.end()) return wrong();
  Ladder ladder;
  ladder.rung = static_cast<Rung>(rung - kRungWords.begin());
  ladder.boot = word("boot");
  TRY(read_suspects(all, ladder));
  TRY(read_lists(all, ladder));
  ASSIGN_OR_RETURN(ladder.calm, seconds_at(all, "calm_seconds"));
  return ladder;
}

}  // namespace noseon
