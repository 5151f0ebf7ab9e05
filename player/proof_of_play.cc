#include "player/proof_of_play.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/boot.h"
#include "base/say.h"
#include "player/store_source.h"

namespace noseon {

ProofOfPlay::ProofOfPlay(ProofPlaces places, const Clock& clock, PollLoop& loop)
    : places_(std::move(places)), clock_(clock) {
  loop.watch(seal_timer_.fd(), [this] {
    if (seal_timer_.take() > 0) seal_when_due();
  });
}

Moment ProofOfPlay::moment() const {
  Moment moment = moment_of(clock_);
  if (places_.is_simulated) moment.grade = ClockGrade::impossible;
  return moment;
}

void ProofOfPlay::loaded(const LoadedFolder& folder) {
  loaded_ = folder.playlist;
  loaded_generation_ =
      folder.offer ? static_cast<std::int64_t>(folder.offer->generation) : std::int64_t{0};
}

void ProofOfPlay::on_glass(const Player& player) {
  const Show& show = player.show();
  // Else it is on trial, and what plays is what played.
  if (show.edition().playlist() == loaded_) generation_ = loaded_generation_;
  if (places_.folder.empty()) return;
  const auto turn = turn_on_glass(player.decision(), show, generation_, log_.turn());
  if (turn) stands(*turn);
}

void ProofOfPlay::stands(const TurnOnGlass& turn) {
  const Moment now = moment();
  if (!journal_) open();
  record(log_.stands(turn, now));
}

void ProofOfPlay::open() {
  JournalOptions options;
  options.folder = places_.folder;
  options.display = places_.display;
  options.boot = boot_id();
  options.begun = moment();
  options.seal_every = places_.seal_every;
  journal_.emplace(std::move(options));
}

void ProofOfPlay::record(const std::optional<Play>& play) {
  if (!play) return;
  say_problem();
  journal_->record(*play);
  if (is_seal_set_) return;
  is_seal_set_ = true;
  seal_timer_.set(clock_.steady_now() + places_.seal_every);
}

// A poster may stand for an hour: what ended before it is not to wait for its end.
void ProofOfPlay::seal_when_due() {
  is_seal_set_ = false;
  say_problem();
  const JournalState state = journal_->state();
  if (state.sealed == state.rows && state.parked == 0) return;
  journal_->tick(moment());
  // The journal counts from its last seal: until that is there, it is asked again.
  is_seal_set_ = true;
  seal_timer_.set(clock_.steady_now() + places_.seal_again);
}

void ProofOfPlay::say_problem() {
  if (!journal_) return;
  const JournalState state = journal_->state();
  if (!state.set_aside.empty())
    say_once(
        say("{}: the journal was damaged and is set aside under this name; a new one is begun. "
            "noseon proof verify reads both",
            state.set_aside.string()));
  if (state.problem.empty()) return;
  const bool is_written = state.rows > 0 && state.parked == 0;
  say_once(
      is_written
          ? say("the journal is written, but not all of it is well: {}", state.problem)
          : say("plays cannot be written down and wait in memory: {}; give the player a folder "
                "of its own on a disk that takes writes (--journal DIR)",
                state.problem));
}

void ProofOfPlay::say_once(std::string text) {
  constexpr std::size_t kSaidMax = 100;
  if (said_.size() >= kSaidMax) return;
  const auto [said, is_new] = said_.insert(std::move(text));
  if (is_new) fmt::print(stderr, "{}\n", *said);
}

void ProofOfPlay::end() {
  if (!journal_) return;
  const Moment now = moment();
  record(log_.end(now));
  if (const Status ended = journal_->end(now); !ended)
    fmt::print(stderr, "{}\n", ended.error().message);
}

std::optional<JournalState> ProofOfPlay::state() const {
  if (!journal_) return std::nullopt;
  return journal_->state();
}

}  // namespace noseon
