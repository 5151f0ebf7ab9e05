#include "playlist/words.h"

#include <fmt/format.h>

#include "base/say.h"
#include "playlist/patterns.h"

namespace noseon {

std::string in_words(Role role) {
  switch (role) {
    case Role::urgent:
      return say("urgent");
    case Role::takeover:
      return say("takeover");
    case Role::normal:
      return say("normal");
    case Role::filler:
      return say("filler");
  }
  return "";
}

std::string in_words(Millis length) {
  using namespace std::chrono;
  const auto ms = length.count();
  if (ms % 1000 != 0 && ms < 60'000) return say("{} s", static_cast<double>(ms) / 1000.0);
  const hh_mm_ss<Millis> fields{length};
  const auto h = fields.hours().count();
  const auto m = fields.minutes().count();
  const auto s = fields.seconds().count();
  if (h > 0) return m > 0 ? say("{} h {} min", h, m) : say("{} h", h);
  if (m > 0) return s > 0 ? say("{} min {} s", m, s) : say("{} min", m);
  return say("{} s", s);
}

std::string in_words(const DayWindow& window) {
  std::string text;
  if (window.yearly) {
    text = say("{} every year", to_string(*window.yearly));
  }
  if (window.from) {
    text += (text.empty() ? "" : " ") + say("from {}", to_string(*window.from));
  }
  if (window.until) {
    text += (text.empty() ? "" : " ") + say("until {}", to_string(*window.until));
  }
  return text;
}

}  // namespace noseon
