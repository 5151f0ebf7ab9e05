#include "player/edition.h"

#include <algorithm>

#include "base/check.h"
#include "playlist/rotation.h"

namespace noseon {

Edition::Edition(std::uint64_t number, std::shared_ptr<const Playlist> playlist,
                 std::shared_ptr<const Display> display, std::size_t cache_bytes_max)
    : pictures(cache_bytes_max),
      number_(number),
      written_(std::move(playlist)),
      display_(std::move(display)) {
  lay_out();
}

void Edition::lay_out() {
  now_.reset();
  coming_.reset();
  std::vector<EntryIndex> left_out;
  for (const auto& [entry, until] : aside_)
    if (entry) left_out.push_back(*entry);
  playable_ = without(*written_, left_out);
  written_index_.clear();
  for (EntryIndex entry = 0; entry < written_->entries.size(); ++entry)
    if (!aside_.contains(entry)) written_index_.push_back(entry);
  CHECK(written_index_.size() == playable_.entries.size());
  now_.emplace(playable_, *display_);
  coming_.emplace(playable_, *display_);
}

Showing Edition::as_written(Showing showing) const {
  if (showing.slot.entry) showing.slot.entry = written_index_[*showing.slot.entry];
  return showing;
}

Showing Edition::showing_at(const Context& context, Instant at) {
  return as_written(now_->showing_at(context, at));
}

Showing Edition::coming_at(const Context& context, Instant at) {
  return as_written(coming_->showing_at(context, at));
}

Showing Edition::afresh(const Context& context, Instant at) const {
  Schedule schedule(playable_, *display_);
  return as_written(schedule.showing_at(context, at));
}

bool Edition::takes_turns(EntryIndex entry, const Showing& showing) const {
  if (showing.loop == nullptr) return false;
  const auto& items = showing.loop->items;
  return std::any_of(items.begin(), items.end(),
                     [&](EntryIndex item) { return written_index_[item] == entry; });
}

std::optional<EntryIndex> Edition::untried(const Showing& showing) const {
  if (showing.loop == nullptr) return std::nullopt;
  for (const EntryIndex item : showing.loop->items)
    if (!pages_.contains(written_index_[item])) return written_index_[item];
  return std::nullopt;
}

bool Edition::lacks(const PageId& page) {
  return is_to_be_made(page.entry) && !pictures.find(page);
}

bool Edition::is_to_be_made(const std::optional<EntryIndex>& entry) const {
  return entry || (!display_->fallback.empty() && !aside_.contains(entry));
}

const PageWeights& Edition::pages_of(const std::optional<EntryIndex>& entry) const {
  static const PageWeights one{1};
  const auto found = pages_.find(entry);
  return found == pages_.end() ? one : found->second;
}

void Edition::learn_pages(const std::optional<EntryIndex>& entry, PageWeights weights) {
  CHECK(!weights.empty());
  pages_[entry] = std::move(weights);
}

void Edition::set_aside(const std::optional<EntryIndex>& entry, Steady until) {
  aside_[entry] = until;
  lay_out();
}

bool Edition::take_back(Steady now) {
  const std::size_t count = std::erase_if(aside_, [&](const auto& a) { return a.second <= now; });
  if (count > 0) lay_out();
  return count > 0;
}

std::optional<Steady> Edition::next_return() const {
  std::optional<Steady> next;
  for (const auto& [entry, until] : aside_) next = next ? std::min(*next, until) : until;
  return next;
}

std::optional<EntryIndex> Edition::find(const Campaign& campaign, const Item& item) const {
  for (EntryIndex entry = 0; entry < written_->entries.size(); ++entry) {
    const Campaign& other = written_->campaign_of(entry);
    if (other.agency == campaign.agency && other.id == campaign.id &&
        written_->item_of(entry).id == item.id)
      return entry;
  }
  return std::nullopt;
}

}  // namespace noseon
