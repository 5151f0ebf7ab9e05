// Plays that are not on the disk yet, in order, and bounded. What comes while there is no room is
// counted where it would have stood. Pure; the journal guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "player/journal/row.h"

namespace noseon {

class Ring {
 public:
  /// At most `plays_max` plays wait, those being written included; REQUIRES: at least 1.
  explicit Ring(std::size_t plays_max) : plays_max_(plays_max) {}

  enum class Kept { yes, no };
  /// Of kind play, without sequence and previous. Kept::no: there is no room, and a row of kind
  /// lost stands for it, one for all that are lost on end.
  Kept push(Row play);

  /// The first `rows_max` rows, which stay until written(). Asked again before that, it gives the
  /// very same rows, since nobody knows which of them are on the disk.
  [[nodiscard]] std::vector<Row> begin_writing(std::size_t rows_max);
  /// They are on the disk, and leave the ring; how many of them were plays.
  std::size_t written();

  /// Nothing waits behind the rows that are being written.
  [[nodiscard]] bool is_last_batch() const { return in_flight_ == rows_.size(); }
  [[nodiscard]] bool is_empty() const { return rows_.empty(); }
  [[nodiscard]] std::size_t plays() const { return plays_; }  ///< that wait
  [[nodiscard]] std::int64_t lost() const { return lost_; }   ///< ever

 private:
  void count_lost(const Row& play);

  std::size_t plays_max_;
  std::deque<Row> rows_;
  std::size_t in_flight_ = 0;
  std::size_t plays_ = 0;
  std::int64_t lost_ = 0;
};

}  // namespace noseon
