#include "playlist/words.h"

#include <fmt/format.h>

namespace noseon {

std::string in_words(Millis length) {
  using namespace std::chrono;
  const auto ms = length.count();
  if (ms % 1000 != 0 && ms < 60'000) return fmt::format("{} s", static_cast<double>(ms) / 1000.0);
  const hh_mm_ss<Millis> fields{length};
  const auto h = fields.hours().count();
  const auto m = fields.minutes().count();
  const auto s = fields.seconds().count();
  if (h > 0) return m > 0 ? fmt::format("{} h {} min", h, m) : fmt::format("{} h", h);
  if (m > 0) return s > 0 ? fmt::format("{} min {} s", m, s) : fmt::format("{} min", m);
  return fmt::format("{} s", s);
}

std::string in_words(const DayWindow& window) {
  std::string text;
  if (window.yearly) {
    const auto& [first, last] = *window.yearly;
    text = fmt::format("{:02}-{:02}/{:02}-{:02} every year", static_cast<unsigned>(first.month()),
                       static_cast<unsigned>(first.day()), static_cast<unsigned>(last.month()),
                       static_cast<unsigned>(last.day()));
  }
  if (window.from) {
    text += fmt::format("{}from {}", text.empty() ? "" : " ", to_string(*window.from));
  }
  if (window.until) {
    text += fmt::format("{}until {}", text.empty() ? "" : " ", to_string(*window.until));
  }
  return text;
}

std::string in_words(const Hours& hours) {
  const auto clock = [](Millis time) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  };
  constexpr Millis kDay = std::chrono::hours{24};
  return clock(hours.start) + "-" + clock(hours.end > kDay ? hours.end - kDay : hours.end);
}

}  // namespace noseon
