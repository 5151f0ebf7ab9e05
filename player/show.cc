#include "player/show.h"

namespace noseon {
namespace {

// One in the worker's hand and one waiting: more would make the next one wait for pictures that
// nobody wants any longer.
constexpr std::size_t kOrdersMax = 2;

bool may_be_tried_again(ErrorKind kind) {
  return kind == ErrorKind::crashed || kind == ErrorKind::out_of_time;
}

}  // namespace

Show::Show(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
           ShowOptions options)
    : options_(options),
      edition_(std::make_unique<Edition>(++last_edition_, std::move(playlist), std::move(display),
                                         options.cache_bytes_max)) {}

void Show::load(std::shared_ptr<const Playlist> playlist, std::shared_ptr<const Display> display,
                Steady now) {
  incoming_ = std::make_unique<Edition>(++last_edition_, std::move(playlist), std::move(display),
                                        options_.cache_bytes_max);
  incoming_since_ = now;
}

void Show::set_context(Context context) {
  if (context == context_) return;
  context_ = std::move(context);
  turn_.reset();
}

void Show::jumped(Steady now) {
  patience_ = now + options_.start_patience;
  turn_.reset();
}

Edition* Show::edition_of(std::uint64_t number) {
  if (edition_->number() == number) return edition_.get();
  if (incoming_ && incoming_->number() == number) return incoming_.get();
  return nullptr;
}

void Show::deliver(Delivery delivery, Steady now) {
  const auto found = ordered_.find(delivery.number);
  if (found == ordered_.end()) return;
  const Ordered ordered = found->second;
  ordered_.erase(found);
  Edition* const edition = edition_of(ordered.edition);
  if (edition == nullptr) return;  // of a state of the folder that is over
  const auto failures = std::make_pair(ordered.edition, ordered.page.entry);
  if (delivery.made) {
    failures_.erase(failures);
    edition->pictures.put(ordered.page, std::move(delivery.made->picture));
    edition->learn_pages(ordered.page.entry, std::move(delivery.made->pages));
    return;
  }
  const Error& error = delivery.made.error();
  if (may_be_tried_again(error.kind) && ++failures_[failures] < options_.tries) return;
  failures_.erase(failures);
  set_aside(*edition, ordered.page.entry, error, now);
}

void Show::set_aside(Edition& edition, const std::optional<EntryIndex>& entry, const Error& error,
                     Steady now) {
  edition.set_aside(entry, now + options_.set_aside_for);
  std::string note = name_of(*edition.playlist(), entry) + " is set aside: " + error.message;
  if (said_.insert(note).second) notes_.push_back(std::move(note));
  if (&edition != edition_.get() || !turn_) return;
  turn_->is_coming_known = false;
  if (turn_->showing.slot.entry == entry) turn_.reset();
}

void Show::begin_turn(Instant now, Steady steady) {
  edition_->take_back(steady);
  Turn turn;
  turn.showing = edition_->showing_at(context_, now);
  turn.outgoing_stays = stood_.entry && edition_->takes_turns(*stood_.entry, turn.showing);
  turn_ = turn;
  ++turns_;
}

void Show::look_ahead() {
  if (turn_->is_coming_known) return;
  turn_->is_coming_known = true;
  const Instant edge = turn_->showing.slot.until;
  turn_->has_coming = edge != kEndOfTime;
  if (turn_->has_coming) turn_->coming = edition_->coming_at(context_, edge).slot.entry;
}

bool Show::is_incoming_ready(Instant now, Steady steady) {
  if (steady >= *incoming_since_ + options_.takeover_patience) return true;
  const auto entry = incoming_->showing_at(context_, now).slot.entry;
  return !incoming_->is_to_be_made(entry) || incoming_->pictures.find({entry}) != nullptr;
}

void Show::take_over(Instant now, Steady steady) {
  if (!incoming_ || !is_incoming_ready(now, steady)) return;
  if (stood_.entry)
    stood_.entry = incoming_->find(edition_->playlist()->campaign_of(*stood_.entry),
                                   edition_->playlist()->item_of(*stood_.entry));
  if (incoming_->display()->size != edition_->display()->size ||
      incoming_->display()->rotation != edition_->display()->rotation)
    card_.reset();
  edition_ = std::move(incoming_);
  said_.clear();
  std::erase_if(failures_, [&](const auto& f) { return f.first.first != edition_->number(); });
  turn_.reset();
}

Decision Show::decide(Instant now, Steady steady) {
  if (!is_started_) patience_ = steady + options_.start_patience;
  is_started_ = true;
  take_over(now, steady);
  const bool may_return = turn_ && !turn_->showing.slot.entry && edition_->next_return() &&
                          *edition_->next_return() <= steady;
  if (!turn_ || may_return || now < turn_->showing.slot.from || now >= turn_->showing.slot.until)
    begin_turn(now, steady);
  look_ahead();

  Decision decision;
  decision.turn = turns_;
  const Slot& slot = turn_->showing.slot;
  decision.page = page_at(edition_->pages_of(slot.entry), {slot.from, slot.until}, now);
  decision.until = decision.page.until;
  choose(decision, steady);
  order_missing(decision, now);
  if (!turn_->showing.slot.entry && !decision.patience) decision.patience = edition_->next_return();
  if (incoming_) {
    const Steady end = *incoming_since_ + options_.takeover_patience;
    decision.patience = decision.patience ? std::min(*decision.patience, end) : end;
  }
  decision.notes.swap(notes_);
  return decision;
}

PicturePtr Show::card() {
  if (PicturePtr own = edition_->pictures.find({})) return own;
  PicturePtr card = card_.lock();
  if (!card) card_ = card = builtin_card(*edition_->display());
  return card;
}

bool Show::may_fade_to(const PageId& page, const Picture& picture) const {
  if (!page.entry || stood_.standing == Standing::nothing) return false;
  if (stood_.picture->size() != picture.size()) return false;
  if (stood_.standing == Standing::card) return true;
  if (stood_.entry == page.entry) return stood_.page != page.page;
  return turn_->outgoing_stays;
}

void Show::choose(Decision& decision, Steady steady) {
  const auto& entry = turn_->showing.slot.entry;
  const PageId page{entry, decision.page.page};
  const PicturePtr picture =
      edition_->is_to_be_made(entry) ? edition_->pictures.find(page) : card();
  if (picture) {
    patience_.reset();
    const bool may_fade = may_fade_to(page, *picture);
    stand(decision, entry ? Standing::item : Standing::card, picture,
          may_fade ? edition_->playlist()->item_of(*entry).transition : Transition::cut);
    stood_.entry = entry;
    stood_.page = page.page;
    return;
  }
  if (patience_ && steady < *patience_) {
    decision.patience = patience_;
    stand(decision, stood_.standing, stood_.picture, Transition::cut);
    return;
  }
  patience_.reset();
  if (stood_.standing == Standing::item && (stood_.entry == entry || turn_->outgoing_stays)) {
    stand(decision, Standing::item, stood_.picture, Transition::cut);
    return;
  }
  stand(decision, Standing::card, card(), Transition::cut);
  stood_.entry.reset();
}

void Show::stand(Decision& decision, Standing standing, PicturePtr picture, Transition transition) {
  decision.standing = stood_.standing = standing;
  decision.picture = stood_.picture = std::move(picture);
  decision.transition = transition;
}

// What stands and what comes next: another page, or the first one of the next slot.
std::vector<PageId> Show::wanted(const PageTurn& page) const {
  const auto& entry = turn_->showing.slot.entry;
  std::vector<PageId> pages{{entry, page.page}};
  if (page.page + 1 < page.count) {
    pages.push_back({entry, page.page + 1});
  } else if (turn_->has_coming) {
    pages.push_back({turn_->coming});
  }
  return pages;
}

void Show::order_missing(Decision& decision, Instant now) {
  const std::vector<PageId> pages = wanted(decision.page);
  edition_->pictures.trim(pages);
  if (incoming_) order(decision, *incoming_, {incoming_->showing_at(context_, now).slot.entry});
  for (const PageId& page : pages) order(decision, *edition_, page);
}

void Show::order(Decision& decision, Edition& edition, const PageId& page) {
  if (!edition.is_to_be_made(page.entry)) return;
  if (ordered_.size() >= kOrdersMax || edition.pictures.find(page)) return;
  for (const auto& [number, ordered] : ordered_)
    if (ordered.edition == edition.number() && ordered.page == page) return;
  ordered_[++last_number_] = {edition.number(), page};
  decision.orders.push_back({last_number_, edition.playlist(), edition.display(), page});
}

}  // namespace noseon
