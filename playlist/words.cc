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

}  // namespace noseon
