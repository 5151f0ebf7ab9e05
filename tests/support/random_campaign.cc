#include "tests/support/random_campaign.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/unicode.h"
#include "playlist/days.h"
#include "playlist/styles.h"
#include "tests/support/random_playlist.h"

namespace noseon {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const std::vector<std::string>& pieces() {
  static const std::vector<std::string> kPieces = {
      "가",   "호잘리", "a",        "Z",      "7",      "0",      "05",         "-",       "=",
      "+",    "@",      "'",        "''",     "\"",     ",",      ";",          "\t",      "\n",
      "\r",   "\r\n",   " ",        "  ",     "#",      "\\",     "\\n",        "/",       "~",
      "～",   "｀",     "＝",       "，",     "；",     "\u00A0", "\u3000",     "\uFEFF",  "\u200B",
      "\x01", "\x7F",   "\x1B",     "\u0085", "\u2028", "\uFFFF", "\U0001F680", "e\u0301", "ə",
      "%",    "{}",     "[[item]]", "sep=;",  "월",     "일",     ".",          "5-1",     "1e5",
      "TRUE", "jan1",   "null",     "$(x)",   "\"\"\"", "''''"};
  return kPieces;
}

std::string random_text(Dice& dice, std::int64_t pieces_max) {
  std::string text;
  for (auto n = dice.between(1, pieces_max); n > 0; --n) text += dice.pick(pieces());
  if (dice.one_in(20)) text += std::string(1, '\0');
  return text;
}

Texts random_texts(Dice& dice, bool may_be_empty) {
  std::vector<std::string> languages = {"ko", "en", "az", "zh-Hant", "de-1901"};
  Texts texts;
  for (auto n = dice.between(may_be_empty ? 0 : 1, 3); n > 0; --n) {
    const auto at =
        static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(languages.size()) - 1));
    std::string text = random_text(dice, 8);
    if (text.find_first_not_of(" \t\n") == std::string::npos) text += ".";
    texts.emplace_back(languages[at], std::move(text));
    languages.erase(languages.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return texts;
}

std::string random_id(Dice& dice, std::size_t number) {
  const std::vector<std::string> kIds = {"item", "5-1",        "007",  "1e5",
                                         "jan1", "2027-02-01", "x--y", "true"};
  return fmt::format("{}{}{}", dice.one_in(2) ? dice.pick(kIds) : "a", dice.one_in(2) ? "-" : "",
                     number);
}

DayPattern random_days(Dice& dice) {
  DayPattern pattern;
  if (!dice.one_in(3)) {
    for (bool& day : pattern.weekdays) day = dice.one_in(2);
  }
  const bool any =
      std::find(pattern.weekdays.begin(), pattern.weekdays.end(), true) != pattern.weekdays.end();
  pattern.holidays = !any || dice.one_in(3);
  pattern.not_holidays = !pattern.holidays && dice.one_in(3);
  return pattern;
}

Hours random_hours(Dice& dice) {
  if (dice.one_in(6)) return {};
  const Millis start = minutes{dice.between(0, 24 * 60 - 1)};
  const Millis length = minutes{dice.between(1, 24 * 60 - 1)};
  return {start, start + length};
}

std::chrono::month_day random_month_day(Dice& dice) {
  const auto date = std::chrono::year_month_day{
      std::chrono::sys_days{std::chrono::year{2028} / 1 / 1} + days{dice.between(0, 365)}};
  return date.month() / date.day();
}

DayWindow random_window(Dice& dice) {
  DayWindow window;
  const Day start{std::chrono::local_days{std::chrono::year{2027} / 1 / 1} +
                  days{dice.between(-400, 400)}};
  if (dice.one_in(2)) window.from = start;
  if (dice.one_in(2)) window.until = start + days{dice.between(0, 900)};
  if (dice.one_in(3)) window.yearly = Yearly{random_month_day(dice), random_month_day(dice)};
  return window;
}

std::vector<std::size_t> random_choice(Dice& dice, std::size_t of) {
  std::vector<std::size_t> choice;
  for (auto n = of == 0 ? 0 : dice.between(0, 2); n > 0; --n)
    choice.push_back(static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(of) - 1)));
  return choice;
}

std::vector<std::string> random_names(Dice& dice, bool may_be_empty) {
  std::vector<std::string> names;
  for (auto n = dice.between(0, 3); n > 0; --n) {
    std::string name = random_text(dice, 4).substr(0, 48);
    while (first_bad_utf8(name)) name.pop_back();
    if (name.empty() && !may_be_empty) name = "5-1";
    names.push_back(std::move(name));
  }
  return names;
}

std::string random_path(Dice& dice) {
  if (dice.one_in(2)) return fmt::format("posters/{}.png", dice.between(1, 99));
  std::string path = random_text(dice, 5);
  std::erase_if(path, [](char c) { return c == '/' || c == '\0'; });
  return path.empty() || path == ".." ? "p" : path;
}

// Half of the time what is usual.
int random_int(Dice& dice, int usual, int min, int max) {
  return dice.one_in(2) ? usual : static_cast<int>(dice.between(min, max));
}

Color random_color(Dice& dice) {
  const auto byte = [&] { return static_cast<std::uint8_t>(dice.between(0, 255)); };
  const auto red = byte();
  const auto green = byte();
  return {red, green, byte()};
}

Outline random_outline(Dice& dice) {
  Outline outline;
  outline.color = random_color(dice);
  outline.width = random_int(dice, outline.width, 1, 20);
  return outline;
}

Shadow random_shadow(Dice& dice) {
  Shadow shadow;
  if (dice.one_in(2)) shadow.color = random_color(dice);
  shadow.right = random_int(dice, shadow.right, -50, 50);
  shadow.down = random_int(dice, shadow.down, -50, 50);
  shadow.blur = random_int(dice, shadow.blur, 0, 50);
  shadow.opacity = random_int(dice, shadow.opacity, 1, 100);
  return shadow;
}

Style random_style(Dice& dice, std::size_t number) {
  Style style;
  style.name = random_id(dice, number);
  if (dice.one_in(2)) style.background = random_color(dice);
  if (dice.one_in(3)) style.picture = random_path(dice);
  style.scrim = random_int(dice, style.scrim, 0, 100);
  if (dice.one_in(2)) style.ink = random_color(dice);
  style.family = static_cast<Family>(dice.between(0, 1));
  style.weight = static_cast<Weight>(dice.between(0, 1));
  style.align = static_cast<Align>(dice.between(0, 3));
  style.wrap = static_cast<Wrap>(dice.between(0, 1));
  style.padding = random_int(dice, style.padding, 0, 40);
  style.size = random_int(dice, style.size, 25, 200);
  style.line_height = random_int(dice, style.line_height, 100, 200);
  style.letter_spacing = random_int(dice, style.letter_spacing, -10, 100);
  if (dice.one_in(2)) style.outline = random_outline(dice);
  if (dice.one_in(2)) style.shadow = dice.one_in(4) ? Shadow{} : random_shadow(dice);
  style.clock = static_cast<ClockStrip>(dice.between(0, 2));
  return style;
}

// One of the campaign's own or a shipped one, which joins them when the first item asks for it.
std::optional<std::size_t> random_style_of(Dice& dice, Campaign& campaign) {
  const std::size_t count = campaign.styles.size();
  if (!dice.one_in(4)) {
    const auto own = random_choice(dice, count);
    return own.empty() ? std::nullopt : std::optional(own.front());
  }
  const Style& shipped = dice.pick(shipped_styles());
  for (std::size_t i = 0; i < count; ++i)
    if (campaign.styles[i].name == shipped.name) return i;
  campaign.styles.push_back(shipped);
  return count;
}

GeoPlace random_place(Dice& dice, std::size_t number) {
  GeoPlace place;
  place.name = random_id(dice, number);
  const auto decimal = [&](std::int64_t size) {
    const std::int64_t parts =
        dice.one_in(3) ? 1 : dice.pick(std::vector<std::int64_t>{10, 7, 1'000'000});
    return static_cast<double>(dice.between(-size * parts, size * parts)) /
           static_cast<double>(parts);
  };
  place.latitude = decimal(90);
  place.longitude = decimal(180);
  place.radius_m = dice.one_in(2) ? 600 : 10 + std::abs(decimal(99'000));
  return place;
}

// An instant of the campaign's days, where there is one.
std::optional<Instant> random_instant(Dice& dice, const Campaign& campaign) {
  Instant at = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1} +
               Millis{dice.between(0, 2'000'000'000)};
  for (int day = 0; day < 2000; ++day, at += days{1})
    if (contains(campaign.window, campaign.zone->day_of(at))) return at;
  return std::nullopt;
}

void random_when(Dice& dice, const Campaign& campaign, Item& item) {
  if (item.role == Role::urgent) {
    if (const auto from = random_instant(dice, campaign)) {
      item.urgent = UrgentSpan{*from, *from + Millis{dice.between(1, 86'400'000)}};
    } else {
      item.role = Role::normal;
    }
  } else if (!campaign.window.from && !campaign.window.until && !campaign.window.yearly &&
             dice.one_in(2)) {
    item.window = random_window(dice);
    // Bounds and a yearly span may leave no day between them, which is refused.
    if (item.window.from && item.window.until) item.window.yearly.reset();
  }
  const bool may_choose = !item.window.from && !item.window.until && !item.window.yearly &&
                          !campaign.window.from && !campaign.window.until;
  if (may_choose && dice.one_in(2)) item.days = random_days(dice);
  if (dice.one_in(2)) item.hours = random_hours(dice);
  item.dayparts = random_choice(dice, campaign.dayparts.size());
}

Item random_item(Dice& dice, Campaign& campaign, std::size_t number) {
  Item item;
  item.id = ItemId{random_id(dice, number)};
  item.role = static_cast<Role>(dice.between(0, 3));
  if (dice.one_in(2)) {
    item.poster = random_path(dice);
    item.caption = random_texts(dice, true);
  } else {
    item.text = random_texts(dice, false);
    item.motion = static_cast<Motion>(dice.between(0, 1));
  }
  item.alt = random_texts(dice, true);
  item.style = random_style_of(dice, campaign);
  item.fit = static_cast<Fit>(dice.between(0, 1));
  item.transition = static_cast<Transition>(dice.between(0, 1));
  item.weight = static_cast<int>(dice.one_in(2) ? 1 : dice.between(1, 1000));
  if (dice.one_in(2)) item.seconds = std::chrono::seconds{dice.between(1, 3600)};
  random_when(dice, campaign, item);
  item.routes = random_names(dice, false);
  item.near = random_choice(dice, campaign.places.size());
  item.labels = random_names(dice, true);
  if (dice.one_in(3)) item.share = static_cast<int>(dice.between(0, 10'000));
  if (dice.one_in(3)) item.salt = random_text(dice, 4);
  return item;
}

Daypart random_daypart(Dice& dice, std::size_t number) {
  Daypart daypart{random_id(dice, number), {}, {}};
  for (auto n = dice.between(1, 3); n > 0; --n)
    daypart.entries.push_back({random_days(dice), random_hours(dice)});
  return daypart;
}

}  // namespace

Campaign random_campaign(std::uint64_t seed, Zones& zones) {
  Dice dice{seed};
  Campaign campaign;
  campaign.id = CampaignId{random_id(dice, 0)};
  campaign.title = random_texts(dice, true);
  campaign.zone = zones
                      .find(dice.pick(std::vector<std::string>{
                          "Asia/Seoul", "UTC", "America/New_York", "Asia/Kathmandu"}))
                      .value();
  if (dice.one_in(2)) campaign.holidays = holidays_of("kr");
  if (dice.one_in(2)) campaign.contact = random_text(dice, 6);
  if (dice.one_in(3)) campaign.window = random_window(dice);
  if (campaign.window.from || campaign.window.until) campaign.window.yearly.reset();
  for (auto n = dice.between(0, 3); n > 0; --n)
    campaign.dayparts.push_back(random_daypart(dice, campaign.dayparts.size()));
  for (auto n = dice.between(0, 3); n > 0; --n)
    campaign.places.push_back(random_place(dice, campaign.places.size()));
  for (auto n = dice.between(0, 3); n > 0; --n)
    campaign.styles.push_back(random_style(dice, campaign.styles.size()));
  if (!campaign.styles.empty() && dice.one_in(4))
    campaign.styles.front().name = dice.pick(shipped_style_names());
  for (auto n = dice.between(1, 6); n > 0; --n)
    campaign.items.push_back(random_item(dice, campaign, campaign.items.size()));
  return campaign;
}

}  // namespace noseon
