#include "tests/support/same_campaign.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/time.h"

namespace noseon {
namespace {

// The first difference that was found, with the path to it.
class Difference {
 public:
  template <class T>
  void compare(const std::string& where, const T& a, const T& b) {
    if (text_.empty() && !(a == b)) text_ = where + ": " + shown(a) + " and " + shown(b);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::string shown(const std::string& text) { return fmt::format("{}", std::vector{text}); }
  static std::string shown(const std::vector<std::string>& texts) {
    return fmt::format("{}", texts);
  }
  static std::string shown(const Texts& texts) { return fmt::format("{}", texts); }
  static std::string shown(int number) { return fmt::format("{}", number); }
  static std::string shown(double number) { return fmt::format("{}", number); }
  static std::string shown(std::size_t number) { return fmt::format("{}", number); }
  template <class T>
  static std::string shown(const T& /*other*/) {
    return "other";
  }

  std::string text_;
};

void compare(Difference& out, const std::string& where, const std::optional<Yearly>& a,
             const std::optional<Yearly>& b) {
  out.compare(where + " is there", a.has_value(), b.has_value());
  if (!a || !b) return;
  const auto& [first_a, last_a] = *a;
  const auto& [first_b, last_b] = *b;
  out.compare(where + " first", first_a, first_b);
  out.compare(where + " last", last_a, last_b);
}

void compare(Difference& out, const std::string& where, const DayWindow& a, const DayWindow& b) {
  const auto& [from_a, until_a, yearly_a, fp_a, up_a, yp_a] = a;
  const auto& [from_b, until_b, yearly_b, fp_b, up_b, yp_b] = b;
  out.compare(where + " from", from_a, from_b);
  out.compare(where + " until", until_a, until_b);
  compare(out, where + " yearly", yearly_a, yearly_b);
}

void compare(Difference& out, const std::string& where, const DayPattern& a, const DayPattern& b) {
  const auto& [weekdays_a, holidays_a, not_a] = a;
  const auto& [weekdays_b, holidays_b, not_b] = b;
  out.compare(where + " weekdays", weekdays_a, weekdays_b);
  out.compare(where + " holidays", holidays_a, holidays_b);
  out.compare(where + " not holidays", not_a, not_b);
}

void compare(Difference& out, const std::string& where, const Hours& a, const Hours& b) {
  const auto& [start_a, end_a] = a;
  const auto& [start_b, end_b] = b;
  out.compare(where + " start", start_a.count(), start_b.count());
  out.compare(where + " end", end_a.count(), end_b.count());
}

void compare(Difference& out, const std::string& where, const UrgentSpan& a, const UrgentSpan& b) {
  const auto& [from_a, until_a] = a;
  const auto& [from_b, until_b] = b;
  out.compare(where + " from", from_a, from_b);
  out.compare(where + " until", until_a, until_b);
}

template <class T>
void compare(Difference& out, const std::string& where, const std::optional<T>& a,
             const std::optional<T>& b) {
  out.compare(where + " is there", a.has_value(), b.has_value());
  if (a && b) compare(out, where, *a, *b);
}

void compare(Difference& out, const std::string& where, const DaypartEntry& a,
             const DaypartEntry& b) {
  const auto& [days_a, hours_a] = a;
  const auto& [days_b, hours_b] = b;
  compare(out, where + " days", days_a, days_b);
  compare(out, where + " hours", hours_a, hours_b);
}

template <class T>
void compare_all(Difference& out, const std::string& where, const std::vector<T>& a,
                 const std::vector<T>& b) {
  out.compare("number of " + where, a.size(), b.size());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    compare(out, fmt::format("{} {}", where, i), a[i], b[i]);
}

void compare(Difference& out, const std::string& where, const Daypart& a, const Daypart& b) {
  const auto& [name_a, entries_a, place_a] = a;
  const auto& [name_b, entries_b, place_b] = b;
  out.compare(where + " name", name_a, name_b);
  compare_all(out, where + " entries", entries_a, entries_b);
}

void compare(Difference& out, const std::string& where, const GeoPlace& a, const GeoPlace& b) {
  const auto& [name_a, latitude_a, longitude_a, radius_a, place_a] = a;
  const auto& [name_b, latitude_b, longitude_b, radius_b, place_b] = b;
  out.compare(where + " name", name_a, name_b);
  out.compare(where + " latitude", latitude_a, latitude_b);
  out.compare(where + " longitude", longitude_a, longitude_b);
  out.compare(where + " radius", radius_a, radius_b);
}

void compare(Difference& out, const std::string& where, const Outline& a, const Outline& b) {
  const auto& [color_a, width_a] = a;
  const auto& [color_b, width_b] = b;
  out.compare(where + " color", color_a, color_b);
  out.compare(where + " width", width_a, width_b);
}

void compare(Difference& out, const std::string& where, const Shadow& a, const Shadow& b) {
  const auto& [color_a, right_a, down_a, blur_a, opacity_a] = a;
  const auto& [color_b, right_b, down_b, blur_b, opacity_b] = b;
  out.compare(where + " color", color_a, color_b);
  out.compare(where + " right", right_a, right_b);
  out.compare(where + " down", down_a, down_b);
  out.compare(where + " blur", blur_a, blur_b);
  out.compare(where + " opacity", opacity_a, opacity_b);
}

void compare(Difference& out, const std::string& where, const Style& a, const Style& b) {
  const auto& [name_a, background_a, picture_a, picture_place_a, scrim_a, ink_a, family_a, weight_a,
               align_a, wrap_a, padding_a, size_a, line_height_a, letter_spacing_a, outline_a,
               shadow_a, clock_a, is_shipped_a, place_a] = a;
  const auto& [name_b, background_b, picture_b, picture_place_b, scrim_b, ink_b, family_b, weight_b,
               align_b, wrap_b, padding_b, size_b, line_height_b, letter_spacing_b, outline_b,
               shadow_b, clock_b, is_shipped_b, place_b] = b;
  out.compare(where + " name", name_a, name_b);
  out.compare(where + " background", background_a, background_b);
  out.compare(where + " picture", picture_a, picture_b);
  out.compare(where + " scrim", scrim_a, scrim_b);
  out.compare(where + " ink", ink_a, ink_b);
  out.compare(where + " font", family_a, family_b);
  out.compare(where + " weight", weight_a, weight_b);
  out.compare(where + " align", align_a, align_b);
  out.compare(where + " wrap", wrap_a, wrap_b);
  out.compare(where + " padding", padding_a, padding_b);
  out.compare(where + " size", size_a, size_b);
  out.compare(where + " line height", line_height_a, line_height_b);
  out.compare(where + " letter spacing", letter_spacing_a, letter_spacing_b);
  compare(out, where + " outline", outline_a, outline_b);
  compare(out, where + " shadow", shadow_a, shadow_b);
  out.compare(where + " clock", clock_a, clock_b);
  out.compare(where + " is shipped", is_shipped_a, is_shipped_b);
}

void compare(Difference& out, const std::string& where, const Item& a, const Item& b) {
  const auto& [id_a, place_a, poster_a, poster_place_a, text_a, text_place_a, alt_a, caption_a,
               caption_place_a, style_a, fit_a, transition_a, motion_a, role_a, weight_a, seconds_a,
               window_a, urgent_a, days_a, hours_a, dayparts_a, routes_a, near_a, labels_a, share_a,
               salt_a] = a;
  const auto& [id_b, place_b, poster_b, poster_place_b, text_b, text_place_b, alt_b, caption_b,
               caption_place_b, style_b, fit_b, transition_b, motion_b, role_b, weight_b, seconds_b,
               window_b, urgent_b, days_b, hours_b, dayparts_b, routes_b, near_b, labels_b, share_b,
               salt_b] = b;
  out.compare(where + " id", id_a.str(), id_b.str());
  out.compare(where + " poster", poster_a, poster_b);
  out.compare(where + " text", text_a, text_b);
  out.compare(where + " alt", alt_a, alt_b);
  out.compare(where + " caption", caption_a, caption_b);
  out.compare(where + " style", style_a, style_b);
  out.compare(where + " fit", fit_a, fit_b);
  out.compare(where + " transition", transition_a, transition_b);
  out.compare(where + " motion", motion_a, motion_b);
  out.compare(where + " role", role_a, role_b);
  out.compare(where + " weight", weight_a, weight_b);
  out.compare(where + " seconds", seconds_a, seconds_b);
  compare(out, where + " window", window_a, window_b);
  compare(out, where + " urgent", urgent_a, urgent_b);
  compare(out, where + " days", days_a, days_b);
  compare(out, where + " hours", hours_a, hours_b);
  out.compare(where + " dayparts", dayparts_a, dayparts_b);
  out.compare(where + " routes", routes_a, routes_b);
  out.compare(where + " near", near_a, near_b);
  out.compare(where + " labels", labels_a, labels_b);
  out.compare(where + " share", share_a, share_b);
  out.compare(where + " salt", salt_a, salt_b);
}

}  // namespace

std::string difference(const Campaign& a, const Campaign& b) {
  const auto& [file_a, folder_a, published_a, agency_a, id_a, title_a, zone_a, holidays_a, hp_a,
               contact_a, window_a, dayparts_a, places_a, styles_a, items_a] = a;
  const auto& [file_b, folder_b, published_b, agency_b, id_b, title_b, zone_b, holidays_b, hp_b,
               contact_b, window_b, dayparts_b, places_b, styles_b, items_b] = b;
  Difference out;
  out.compare("agency", agency_a, agency_b);
  out.compare("id", id_a.str(), id_b.str());
  out.compare("title", title_a, title_b);
  out.compare("zone", zone_a->name(), zone_b->name());
  out.compare("holidays", holidays_a ? holidays_a->id : "", holidays_b ? holidays_b->id : "");
  out.compare("contact", contact_a, contact_b);
  compare(out, "window", window_a, window_b);
  compare_all(out, "daypart", dayparts_a, dayparts_b);
  compare_all(out, "place", places_a, places_b);
  compare_all(out, "style", styles_a, styles_b);
  compare_all(out, "item", items_a, items_b);
  return out.text();
}

}  // namespace noseon
