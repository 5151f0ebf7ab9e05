// What was used last, up to a number of bytes: a cache that lets the least recently used go first.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <unordered_map>
#include <utility>

#include "base/check.h"

namespace noseon {

/// One thread.
template <class Key, class Value, class Hash = std::hash<Key>>
class Recent {
 public:
  explicit Recent(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// Null where it is not kept. Finding it is using it.
  [[nodiscard]] const Value* find(const Key& key) {
    const auto place = places_.find(key);
    if (place == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, place->second);
    return &place->second->value;
  }

  /// Keeps it, at least until the next put(), however large it is. `bytes`: what it takes with all
  /// that it owns. REQUIRES: it is not kept already.
  const Value& put(Key key, Value value, std::size_t bytes) {
    entries_.push_front({key, std::move(value), bytes + kEntryBytes});
    CHECK(places_.emplace(std::move(key), entries_.begin()).second);
    bytes_ += entries_.front().bytes;
    while (bytes_ > bytes_max_ && entries_.size() > 1) drop_oldest();
    return entries_.front().value;
  }

  void clear() {
    places_.clear();
    entries_.clear();
    bytes_ = 0;
  }

  /// What is kept, with what it takes to keep it.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t count() const { return entries_.size(); }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t bytes;
  };
  static constexpr std::size_t kEntryBytes = sizeof(Entry) + sizeof(Key) + 64;  // and two nodes

  void drop_oldest() {
    bytes_ -= entries_.back().bytes;
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // the last one used in front
  std::unordered_map<Key, typename std::list<Entry>::iterator, Hash> places_;
};

}  // namespace noseon
