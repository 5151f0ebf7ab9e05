// What journals of displays say was delivered, added up as a sponsor asks for it. Decided here, as
// values; staff/proof_page.h and staff/proof_tables.h print them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "base/zone.h"
#include "player/journal/row.h"
#include "player/journal/verify.h"

namespace noseon {

/// Plays under a trusted clock; apart from them those under any other, since nobody knows when they
/// were.
struct Tally {
  std::int64_t plays = 0;
  std::int64_t cut_short = 0;  ///< of them, those that did not stand to their end
  Millis shown{0};
  std::int64_t doubtful = 0;  ///< none of `plays`
  Millis doubtful_shown{0};
  void add(const Row& row);
  void add(const Tally& other);
};

struct DeliveredItem {
  std::string agency, campaign, item;
  Tally total;
  std::map<Day, Tally> days;  ///< by the day, hour, route and display at which plays began
  std::array<Tally, 24> hours{};
  std::map<std::string, Tally> routes;  ///< "": none
  std::map<std::string, Tally> displays;

  /// By the campaigns' plan, over the time that the displays were on with a trusted clock; nothing
  /// without a plan.
  std::optional<double> contracted;  ///< part of that time
  std::optional<double> weight;      ///< part of its turns
  Millis planned{0};
  std::int64_t planned_plays = 0;
};

/// A stretch over which one display played without a pause, in one context and one boot, by a clock
/// that was trusted all the time, or never.
struct PlayRun {
  std::string display, boot, route, places;
  bool is_doubtful = false;
  Span span;
  std::int64_t plays = 0;
};

enum class GapKind {
  off,       ///< the display started anew after it
  stopped,   ///< it did not: the player stood still, or its plays were lost
  outside,   ///< before the first play or after the last one; all of the range where there is none
  lost,      ///< the disk refused; `plays` of them were shown and not recorded
  doubtful,  ///< `plays` of them, and pauses next to them, by a clock that was not trusted
};
struct Gap {
  std::string display;
  GapKind kind = GapKind::off;
  Span span;
  std::int64_t plays = 0;
};

/// Shorter pauses are none.
inline constexpr std::chrono::seconds kGapMin{60};

/// Rows of one journal, the last one included.
struct RowRange {
  std::int64_t first = 1, last = 0;
  [[nodiscard]] bool is_empty() const { return last < first; }
  [[nodiscard]] bool contains(std::int64_t row) const { return first <= row && row <= last; }
  friend bool operator==(const RowRange&, const RowRange&) = default;
};

/// Rows that another journal of the report has too.
struct Overlap {
  std::string other;
  RowRange rows;
  bool is_all = false;  ///< this journal is a part of the other one
};

struct Proved {
  std::string path;      ///< as it was given
  std::string file;      ///< what the report calls it
  std::string key_file;  ///< of the keys that were given, the one that signed it; empty: none was
  Verification found;
  std::vector<Overlap> overlaps{};
  std::vector<RowRange> counted_elsewhere{};  ///< with other journals of the report

  /// Rows that came since it was verified do not.
  [[nodiscard]] bool counts(const Row& row) const;
};

/// A journal that cannot be counted.
struct LeftOut {
  std::string file;
  std::string why;  ///< a sentence for people
};

struct DeliveryReport {
  Span range;
  std::vector<Proved> journals;
  std::vector<LeftOut> left_out;
  std::set<std::string> displays;    ///< those without a play in the range too
  std::vector<DeliveredItem> items;  ///< by agency, campaign and item
  Tally all;                         ///< the cards included
  Tally cards;                       ///< plays of no item
  std::int64_t unsealed = 0;         ///< plays in `all`, the doubtful too, that no checkpoint seals
  std::int64_t lost = 0;
  std::vector<PlayRun> runs;  ///< by display and time
  std::vector<Gap> gaps;      ///< by display and time

  /// Of all that was shown under a trusted clock.
  [[nodiscard]] double share_of(const DeliveredItem& item) const;
};

/// Takes rows one by one; those whose play began within the range count, whole.
class DeliveryBuilder {
 public:
  DeliveryBuilder(Span range, const Zone& zone) : range_(range), zone_(zone) {
    delivery_.range = range;
  }
  /// Before the rows of a journal.
  void begin_journal(Proved proved);
  void see(const Row& row);
  [[nodiscard]] DeliveryReport take();

 private:
  void add_play(const Row& row);
  void add_run(const Row& row);
  void end_journal();
  void add_gaps();

  using Name = std::array<std::string, 3>;
  Span range_;
  const Zone& zone_;
  DeliveryReport delivery_;
  std::map<Name, DeliveredItem> items_;
  std::int64_t sealed_ = 0;
  std::string display_;  ///< of the journal's last row
};

}  // namespace noseon
