// Which finished pages are worth a place on the disk, from what was asked for in this run. Pure: it
// knows no disk and no clock.
//
// A page has megabytes, and a display's flash wears with each one that is written, for years. What
// is shown once is not worth that. And of a loop that is longer than what may be kept, whoever
// keeps each new page in the place of the oldest writes one with every slot, for ever, and finds
// none: each goes just before its turn comes. So:
//
// - The first page that a run asks for is kept: a start waited for it, and the next one will not.
// - Any other is kept when it has to be made for the second time.
// - Where there is no room for it, it takes the place only of pages that nobody asked for during
//   twice the time that it was away itself. While a loop goes on, none of its pages gives way to
//   another of it, unless that comes twice as often; what is no longer in it gives way to what is,
//   within three rounds.
//
// Time is counted in pages asked for. Pages do not push each other out in a circle as long as each
// one's longest time away is less than twice its shortest: then it is also less than that of
// whatever gave way to it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/sha256.h"

namespace noseon {

/// A page on the disk.
struct KeptPage {
  Sha256 key{};
  std::uint64_t bytes = 0;
};

class FrameUse {
 public:
  /// So many pages are remembered; of more, what was asked for last.
  static constexpr std::size_t kRememberedMax = 1024;

  /// It is asked for now, whether it is on the disk or has to be made. Is it the first time in this
  /// run?
  bool ask(const Sha256& key);

  /// Is the page that was asked for last worth a place at all? REQUIRES: something was asked for.
  [[nodiscard]] bool is_worth_keeping() const { return asked_ == 1 || before_ > 0; }

  /// What has to go for `bytes` of the page that was asked for last and had to be made, where
  /// `bytes_max` may be kept in all; nothing: it is not to be kept. `kept`: what is on the disk,
  /// the least recently used in earlier runs first. REQUIRES: something was asked for.
  [[nodiscard]] std::optional<std::vector<Sha256>> places_for(std::uint64_t bytes,
                                                              const std::vector<KeptPage>& kept,
                                                              std::uint64_t bytes_max) const;

 private:
  [[nodiscard]] std::uint64_t idle(const Sha256& key) const;
  void forget_oldest();

  std::uint64_t asked_ = 0;               // pages in all
  std::map<Sha256, std::uint64_t> last_;  // of each, what asked_ was when it was asked for
  Sha256 now_{};                          // asked for last
  std::uint64_t before_ = 0;              // and what last_ said of it then; 0: nothing
};

}  // namespace noseon
