#include "player/play_log.h"

#include "player/published.h"
#include "playlist/styles.h"

namespace noseon {
namespace {

// A clock that is being disciplined runs up to 500 ppm fast or slow (adjtimex(2)); more than that
// is a step.
constexpr Millis kSlack{50};
constexpr int kSlewPerMille = 1;

// Of the blobs, in the order shown: the poster, or the picture behind the words.
std::vector<Sha256> blobs_of(const Campaign& campaign, const Item& item, const Display& display) {
  if (!campaign.published) return {};
  const auto wish = item.is_poster() ? std::optional(poster_wish(campaign, item, display))
                                     : backdrop_wish(style_of(campaign, item), display);
  const PublishedPicture* const found = wish ? published_picture(campaign, *wish) : nullptr;
  if (found == nullptr) return {};
  return {found->sha256};
}

Millis since_boot(Steady time) {
  return std::chrono::floor<Millis>(time.time_since_epoch());
}

}  // namespace

std::optional<TurnOnGlass> turn_on_glass(const Decision& decision, const Show& show,
                                         std::int64_t generation,
                                         const std::optional<TurnOnGlass>& before) {
  if (!decision.picture) return before;
  const bool is_item = decision.standing == Standing::item && !decision.is_draft;
  const bool is_card_already = before && before->item.empty();
  if (decision.is_stand_in && (is_item || is_card_already)) return before;
  const Slot& slot = show.showing().slot;
  TurnOnGlass turn;
  turn.generation = generation;
  turn.route = show.context().route;
  turn.places = show.context().inside;
  turn.from = slot.from;
  turn.until = slot.until;
  if (!is_item || !slot.entry) return turn;
  const Edition& edition = show.edition();
  const Campaign& campaign = edition.playlist()->campaign_of(*slot.entry);
  const Item& item = edition.playlist()->item_of(*slot.entry);
  turn.campaign = campaign.id.str();
  turn.item = item.id.str();
  turn.agency = campaign.agency;
  turn.blobs = blobs_of(campaign, item, *edition.display());
  return turn;
}

std::optional<Play> PlayLog::stands(const TurnOnGlass& turn, const Moment& now) {
  if (turn_ == turn) return std::nullopt;
  std::optional<Play> play;
  if (turn_) play = ended(now);
  turn_ = turn;
  start_ = now;
  return play;
}

std::optional<Play> PlayLog::end(const Moment& now) {
  if (!turn_) return std::nullopt;
  Play play = ended(now);
  turn_.reset();
  return play;
}

Play PlayLog::ended(const Moment& now) const {
  Play play;
  play.campaign = turn_->campaign;
  play.item = turn_->item;
  play.agency = turn_->agency;
  play.generation = turn_->generation;
  play.blobs = turn_->blobs;
  play.route = turn_->route;
  play.places = turn_->places;
  play.start = start_;
  // Of whole milliseconds since boot, so that the lengths of plays add up.
  play.shown = since_boot(now.steady) - since_boot(start_.steady);
  // A civil clock that was set forward ends a slot early.
  const bool has_end = turn_->until != kEndOfTime && now.civil >= turn_->until;
  const Millis slack = kSlack + play.shown * kSlewPerMille / 1000;
  play.complete = has_end && play.shown + slack >= turn_->until - start_.civil;
  return play;
}

}  // namespace noseon
