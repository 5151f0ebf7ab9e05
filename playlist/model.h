// The campaign language as values: what staff wrote, checked, with the place each thing was
// written. Pure data. A Campaign that came from parse_campaign() without errors keeps every rule
// named here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/appearance.h"
#include "base/geometry.h"
#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "base/zone.h"
#include "playlist/holidays.h"

namespace noseon {

/// Where in the campaign file something stands; lines and columns from 1, 0 is "nowhere".
struct SourcePlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// Highest first. Only the highest tier that has an eligible item plays.
enum class Role { urgent, takeover, normal, filler };

enum class Transition { cut, fade };

/// Whether a text stands, or runs across the display as one line.
enum class Motion { still, ticker };

// How the choices of the language are written, by their value.
inline constexpr std::array<std::string_view, 4> kRoleWords{"urgent", "takeover", "normal",
                                                            "filler"};
inline constexpr std::array<std::string_view, 2> kTransitionWords{"cut", "fade"};
inline constexpr std::array<std::string_view, 2> kMotionWords{"still", "ticker"};
inline constexpr std::array<std::string_view, 3> kClockWords{"none", "time", "date"};
inline constexpr std::array<std::string_view, 2> kFitWords{"fit", "fill"};
inline constexpr std::array<std::string_view, 2> kFamilyWords{"sans", "serif"};
inline constexpr std::array<std::string_view, 2> kWeightWords{"regular", "bold"};
inline constexpr std::array<std::string_view, 4> kAlignWords{"left", "center", "right", "start"};
inline constexpr std::array<std::string_view, 2> kWrapWords{"eojeol", "syllable"};

/// One text in several languages, in the order written.
using Texts = std::vector<std::pair<std::string, std::string>>;

/// The text in a language, or null.
[[nodiscard]] const std::string* find_text(const Texts& texts, std::string_view language);
/// The first of `languages` that is there, else the first written; null where there is none.
[[nodiscard]] const std::string* best_text(const Texts& texts,
                                           const std::vector<std::string>& languages);

/// Every year from one day to another, both included; may wrap the year's end.
struct Yearly {
  std::chrono::month_day first;  ///< 29 February as a start is 1 March in common years
  std::chrono::month_day last;   ///< 29 February as an end is 28 February in common years
};

/// Civil days of the campaign's zone, both ends included; what is missing does not bound.
struct DayWindow {
  std::optional<Day> from;
  std::optional<Day> until;
  std::optional<Yearly> yearly;
  SourcePlace from_place, until_place, yearly_place;
};

/// "mon-fri,-holiday"
struct DayPattern {
  std::array<bool, 7> weekdays{true, true, true, true, true, true, true};  ///< Sunday first
  bool holidays = false;                                                   ///< holidays too
  bool not_holidays = false;  ///< but never on holidays
  [[nodiscard]] bool mentions_holidays() const { return holidays || not_holidays; }
};

/// Times of a civil day; `end` past 24 h lies on the day after. 0 <= start < 24 h,
/// start < end <= start + 24 h, in milliseconds from midnight.
struct Hours {
  Millis start{0};
  Millis end = std::chrono::hours{24};
};

struct DaypartEntry {
  DayPattern days;
  Hours hours;
};

struct Daypart {
  std::string name;
  std::vector<DaypartEntry> entries;  ///< OR-ed
  SourcePlace place;
};

struct GeoPlace {
  std::string name;
  double latitude = 0;   ///< degrees, -90 to 90
  double longitude = 0;  ///< degrees, -180 to 180
  double radius_m = 0;   ///< 10 to 100,000
  SourcePlace place;
};

/// The names of those dayparts or places, in order.
template <class Named>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<std::size_t>& indices,
                                                const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const std::size_t index : indices) names.push_back(all[index].name);
  return names;
}

/// A line around each letter, of the ink's shape, outside of it.
struct Outline {
  Color color;
  int width = 4;  ///< percent of the size, 1 to 20
  friend bool operator==(const Outline&, const Outline&) = default;
};

/// What letters throw on their background.
struct Shadow {
  Color color{0, 0, 0};
  int right = 0;     ///< percent of the size, -50 to 50
  int down = 4;      ///< percent of the size, -50 to 50
  int blur = 8;      ///< percent of the size, 0 to 50
  int opacity = 60;  ///< percent, 1 to 100
  friend bool operator==(const Shadow&, const Shadow&) = default;
};

struct Style {
  std::string name;
  Color background{0x10, 0x14, 0x18};
  std::string picture;  ///< behind the text, relative to the campaign folder; empty: none
  SourcePlace picture_place;
  /// Of the background over the picture, percent, 0 to 100, at the least: as much more as contrast
  /// needs.
  int scrim = 0;
  Color ink{0xf4, 0xf1, 0xea};
  Family family = Family::sans;
  Weight weight = Weight::bold;
  Align align = Align::center;
  Wrap wrap = Wrap::eojeol;
  int padding = 8;         ///< percent of the display's shorter side, 0 to 40
  int size = 100;          ///< percent of the usual headline, 25 to 200, to be tried first
  int line_height = 125;   ///< percent of the size, 100 to 200
  int letter_spacing = 0;  ///< percent of the size, -10 to 100
  std::optional<Outline> outline;
  std::optional<Shadow> shadow;
  ClockStrip clock = ClockStrip::none;
  bool is_shipped = false;  ///< one of ours (playlist/styles.h), not written in the campaign
  SourcePlace place;
};

/// From `from` to `until` as instants: urgent items alone.
struct UrgentSpan {
  Instant from;
  Instant until;  ///< at most 24 h later
};

struct Item {
  ItemId id;
  SourcePlace place;

  // What is shown: a poster or a text, never both.
  std::string poster;  ///< path relative to the campaign folder; empty for a text
  SourcePlace poster_place;
  Texts text;
  SourcePlace text_place;
  Texts alt;
  Texts caption;  ///< in a strip under the poster; empty for a text, and where there is none
  SourcePlace caption_place;
  std::optional<std::size_t> style;  ///< index into Campaign::styles
  Fit fit = Fit::fit;
  Transition transition = Transition::fade;
  Motion motion = Motion::still;  ///< of a text; a poster is still

  // How often and how long.
  Role role = Role::normal;
  int weight = 1;                 ///< 1 to 1,000
  std::optional<Millis> seconds;  ///< 1 s to 1 h; else by reading time (playlist/playlist.h)

  // When.
  DayWindow window;
  std::optional<UrgentSpan> urgent;
  std::optional<DayPattern> days;
  std::optional<Hours> hours;
  std::vector<std::size_t> dayparts;  ///< indices into Campaign::dayparts, OR-ed

  // Where.
  std::vector<std::string> routes;
  std::vector<std::size_t> near;  ///< indices into Campaign::places, OR-ed
  std::vector<std::string> labels;
  std::optional<int> share;  ///< in ten-thousandths, 0 to 10,000
  std::string salt;          ///< empty: the campaign's id

  [[nodiscard]] bool is_poster() const { return !poster.empty(); }
  /// What people read of it: its text, or the caption of a poster; empty where there is nothing.
  [[nodiscard]] const Texts& words() const { return is_poster() ? caption : text; }
  [[nodiscard]] SourcePlace words_place() const { return is_poster() ? caption_place : text_place; }
};

/// A picture as publishing prepared it for the displays in use: which file shows `written` where a
/// display asks for it in `box`.
struct PublishedPicture {
  std::string written;  ///< as an item or a style names it, "posters/a.png"
  Size box;             ///< what it was prepared for, with `fit` on `background`
  Fit fit = Fit::fit;
  Color background;
  Size size;                ///< pixels
  std::string file;         ///< where its bytes lie
  std::uint64_t bytes = 0;  ///< how many there are
  Sha256 sha256{};          ///< and what their hash has to be
};

struct Campaign {
  std::string file;    ///< as named in messages
  std::string folder;  ///< where `poster` paths start; set by who read the file
  /// Of a published campaign, whose pictures are looked for here alone; none: in `folder`.
  std::optional<std::vector<PublishedPicture>> published;
  std::string agency;  ///< who signed it; empty for a folder
  CampaignId id;
  Texts title;
  ZonePtr zone;          ///< never null
  HolidaysPtr holidays;  ///< null: no day counts as one
  SourcePlace holidays_place;
  std::string contact;
  DayWindow window;
  std::vector<Daypart> dayparts;
  std::vector<GeoPlace> places;
  std::vector<Style> styles;
  std::vector<Item> items;
};

[[nodiscard]] std::string_view to_string(Role role);

}  // namespace noseon
