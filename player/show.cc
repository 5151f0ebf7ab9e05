#include "player/show.h"

#include <algorithm>

namespace noseon {
namespace {

// One in the worker's hand and one waiting: more would make the next one wait for pictures that
// nobody wants any longer.
constexpr std::size_t kOrdersMax = 2;

// What was not what was signed comes back with a new state, when the blob is whole: trying it again
// would only have something stand in for it.
constexpr Millis kUntilMended = std::chrono::hours{24 * 365};

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
  incoming_had_first_ = false;
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
  if (delivery.made && delivery.made->is_draft) {
    draft_ = Draft{ordered.edition, ordered.page, std::move(delivery.made->finished)};
    return;
  }
  if (delivery.made) {
    failures_.erase(failures);
    edition->pictures.put(ordered.page, std::move(delivery.made->finished));
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
  edition.set_aside(
      entry, now + (error.kind == ErrorKind::signature ? kUntilMended : options_.set_aside_for));
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

// In the state that comes: is there something that may not wait, or must not stand any longer?
bool Show::may_not_wait(Instant now) {
  if (stood_.standing != Standing::item) return true;
  const Showing showing = incoming_->showing_at(context_, now);
  const auto& entry = showing.slot.entry;
  if (entry && incoming_->playlist()->entries[*entry].role == Role::urgent) return true;
  const auto standing = stood_.entry
                            ? incoming_->find(edition_->playlist()->campaign_of(*stood_.entry),
                                              edition_->playlist()->item_of(*stood_.entry))
                            : std::nullopt;
  return !standing || !incoming_->takes_turns(*standing, showing);
}

Instant Show::takeover_at(Instant now, Steady steady) {
  const Steady latest = *incoming_since_ + options_.edge_patience;
  if (steady >= latest || !turn_) return now;
  const Slot& slot = turn_->showing.slot;
  const bool is_in_slot = slot.from <= now && now < slot.until;
  if (!is_in_slot || may_not_wait(now)) return now;
  return std::min(slot.until, now + std::chrono::ceil<Millis>(latest - steady));
}

bool Show::is_incoming_ready(Instant now, Steady steady) {
  const Showing showing = incoming_->showing_at(context_, now);
  const PageId page = page_now(*incoming_, showing.slot, now);
  const bool has_first = !incoming_->lacks(page);
  // Slots go by while the others are tried: a first one that was there is not waited for anew.
  incoming_had_first_ |= has_first;
  if (steady >= *incoming_since_ + options_.edge_patience && steady >= incoming_deadline())
    return true;
  if (steady >= incoming_deadline()) return has_first;
  return has_first && (options_.trial_patience == Millis{0} || !incoming_->untried(showing));
}

Steady Show::incoming_deadline() const {
  const Millis trial = std::max(options_.trial_patience, options_.takeover_patience);
  const Millis first = std::max(options_.edge_patience, options_.takeover_patience);
  return *incoming_since_ + (incoming_had_first_ ? trial : first);
}

void Show::take_over(Instant now, Steady steady) {
  if (!incoming_) return;
  const Instant at = takeover_at(now, steady);
  if (!is_incoming_ready(at, steady) || at > now) return;
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
  const LookTurn look =
      look_at(*edition_->playlist(), slot.entry, *edition_->display(), context_, now);
  decision.until = std::min(decision.page.until, look.until);
  const PageId page{slot.entry, decision.page.page, look.look};
  choose(decision, page, steady);
  order_missing(decision, page, now, steady);
  if (!turn_->showing.slot.entry && !decision.patience) decision.patience = edition_->next_return();
  if (incoming_) {
    const Steady deadline = incoming_deadline();
    const Steady end = steady < deadline ? deadline : *incoming_since_ + options_.edge_patience;
    decision.patience = decision.patience ? std::min(*decision.patience, end) : end;
  }
  decision.notes.swap(notes_);
  return decision;
}

bool Show::follows(Instant now) const {
  const auto holds = [now](const Slot& slot) { return slot.from <= now && now < slot.until; };
  return turn_ && holds(turn_->showing.slot) && holds(edition_->afresh(context_, now).slot);
}

PicturePtr Show::card(const Look& look) {
  if (Finished own = edition_->pictures.find({.entry = {}, .page = 0, .look = look}))
    return own.picture;
  PicturePtr card = card_look_ == look ? card_.lock() : nullptr;
  if (!card) card_ = card = builtin_card(*edition_->display(), look);
  card_look_ = look;
  return card;
}

Transition Show::transition_to(const PageId& page, const Picture& picture) const {
  if (!page.entry || stood_.standing == Standing::nothing) return Transition::cut;
  if (stood_.finished.picture->size() != picture.size()) return Transition::cut;
  const Transition own = edition_->playlist()->item_of(*page.entry).transition;
  if (stood_.standing == Standing::card) return own;
  if (stood_.entry != page.entry) return turn_->outgoing_stays ? own : Transition::cut;
  if (stood_.page.page != page.page) return own;
  const bool dims = stood_.page.look.brightness != page.look.brightness;
  return dims ? Transition::fade : Transition::cut;
}

bool Show::has_draft_of(std::uint64_t edition, const PageId& page) const {
  return draft_ && draft_->edition == edition && draft_->page == page;
}

void Show::choose(Decision& decision, const PageId& page, Steady steady) {
  const auto& entry = page.entry;
  Finished finished = edition_->is_to_be_made(entry) ? edition_->pictures.find(page)
                                                     : Finished{card(page.look), nullptr};
  if (finished || !has_draft_of(edition_->number(), page)) draft_.reset();
  if (draft_) {
    finished = draft_->finished;
    decision.is_stand_in = decision.is_draft = true;
  }
  if (finished) {
    patience_.reset();
    const Transition transition = transition_to(page, *finished.picture);
    stood_.since = turn_->showing.slot.from;
    stand(decision, entry ? Standing::item : Standing::card, finished, transition);
    stood_.entry = entry;
    stood_.page = page;
    return;
  }
  decision.is_stand_in = true;
  if (patience_ && steady < *patience_) {
    decision.patience = patience_;
    stand(decision, stood_.standing, stood_.finished, Transition::cut);
    return;
  }
  patience_.reset();
  if (stood_.standing == Standing::item && (stood_.entry == entry || turn_->outgoing_stays)) {
    stand(decision, Standing::item, stood_.finished, Transition::cut);
    return;
  }
  stand(decision, Standing::card, {card(page.look), nullptr}, Transition::cut);
  stood_.entry.reset();
}

void Show::stand(Decision& decision, Standing standing, Finished finished, Transition transition) {
  decision.standing = stood_.standing = standing;
  decision.picture = finished.picture;
  decision.ticker = finished.ticker;
  decision.made_of = finished.made_of;
  decision.since = stood_.since;
  decision.transition = transition;
  stood_.finished = std::move(finished);
}

PageId Show::page_now(Edition& edition, const Slot& slot, Instant now) const {
  const PageTurn turn = page_at(edition.pages_of(slot.entry), {slot.from, slot.until}, now);
  return {slot.entry, turn.page,
          look_at(*edition.playlist(), slot.entry, *edition.display(), context_, now).look};
}

// What comes next: another page or look, or the first page of the next slot.
std::optional<PageId> Show::page_after(Instant until) const {
  const Slot& slot = turn_->showing.slot;
  if (until < slot.until) return page_now(*edition_, slot, until);
  if (!turn_->has_coming) return std::nullopt;
  return PageId{
      turn_->coming, 0,
      look_at(*edition_->playlist(), turn_->coming, *edition_->display(), context_, until).look};
}

// One by one, what was not tried yet of a state whose first picture is there.
void Show::order_trial(Decision& decision, const PageId& first, const Showing& showing) {
  if (incoming_->lacks(first)) return;
  incoming_->pictures.trim({first});
  const auto entry = incoming_->untried(showing);
  if (!entry) return;
  const Look look =
      look_at(*incoming_->playlist(), entry, *incoming_->display(), context_, showing.slot.from)
          .look;
  order(decision, *incoming_, {*entry, 0, look});
}

// Of the pages that are still to be made.
std::size_t Show::bytes_to_make(const std::vector<PageId>& pages) const {
  const Size size = edition_->display()->size;
  const auto missing = std::count_if(pages.begin(), pages.end(),
                                     [this](const PageId& page) { return edition_->lacks(page); });
  return static_cast<std::size_t>(missing) * static_cast<std::size_t>(size.width) *
         static_cast<std::size_t>(size.height) * sizeof(std::uint32_t);
}

void Show::order_missing(Decision& decision, const PageId& page, Instant now, Steady steady) {
  std::vector<PageId> pages{page};
  if (const auto next = page_after(decision.until)) pages.push_back(*next);
  // Before they are made, not after: whoever makes them may have the memory of what goes.
  edition_->pictures.trim(pages, bytes_to_make(pages));
  // What comes next is not begun before what ought to stand is there.
  if (decision.is_stand_in) pages.resize(1);
  const bool needs_something = decision.is_stand_in && !decision.is_draft;
  const Drafts drafts = needs_something ? options_.drafts : Drafts::none;
  if (!incoming_) {
    for (const PageId& each : pages) order(decision, *edition_, each, drafts);
    return;
  }
  const Instant from = takeover_at(now, steady);
  const Showing showing = incoming_->showing_at(context_, from);
  const PageId first = page_now(*incoming_, showing.slot, from);
  order(decision, *incoming_, first);
  for (const PageId& each : pages) order(decision, *edition_, each, drafts);
  if (options_.trial_patience > Millis{0}) order_trial(decision, first, showing);
}

void Show::order(Decision& decision, Edition& edition, const PageId& page, Drafts drafts) {
  if (ordered_.size() >= kOrdersMax || !edition.lacks(page)) return;
  for (const auto& [number, ordered] : ordered_)
    if (ordered.edition == edition.number() && ordered.page == page) return;
  ordered_[++last_number_] = {edition.number(), page};
  decision.orders.push_back({last_number_, edition.playlist(), edition.display(), page, drafts});
}

}  // namespace noseon
