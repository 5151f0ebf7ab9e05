#include "player/ticker.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "player/blend.h"
#include "player/pixels.h"
#include "player/scale.h"

namespace noseon {
namespace {

constexpr std::int64_t kSteps = kAlphaFull;  // of a pixel

// Where the band's first pixel lies in the strip: a whole pixel, and parts of kSteps beyond it.
struct Place {
  std::int64_t pixel = 0;
  int part = 0;
};

Place place_of(const Ticker& ticker, std::int64_t travel) {
  const std::int64_t width = ticker.band.width;
  const std::int64_t strip = ticker.strip->size().width;
  const std::int64_t at =
      ticker.run == Run::leftwards ? travel - width * kSteps : strip * kSteps - travel;
  const std::int64_t pixel = at >= 0 ? at / kSteps : -((-at + kSteps - 1) / kSteps);
  return {pixel, static_cast<int>(at - pixel * kSteps)};
}

// Row `y` of the strip from `first` on, the ground where the strip is not.
void take_row(const Ticker& ticker, int y, std::int64_t first, std::span<std::uint32_t> row) {
  const std::int64_t strip = ticker.strip->size().width;
  const auto count = static_cast<std::int64_t>(row.size());
  const std::int64_t begin = std::clamp<std::int64_t>(-first, 0, count);
  const std::int64_t end = std::clamp<std::int64_t>(strip - first, begin, count);
  std::fill(row.begin(), row.begin() + begin, to_word(ticker.ground));
  std::fill(row.begin() + end, row.end(), to_word(ticker.ground));
  const std::uint32_t* const pixels = ticker.strip->pixels().data() + y * strip;
  if (end > begin) std::copy(pixels + first + begin, pixels + first + end, row.begin() + begin);
}

Size turned(Size size, int rotation) {
  return rotation % 180 == 0 ? size : Size{size.height, size.width};
}

// Where an upright rectangle of a frame lies after the frame was turned clockwise.
Rect turned(const Rect& rect, Size frame, int rotation) {
  switch (rotation) {
    case 90:
      return {frame.height - rect.y - rect.height, rect.x, rect.height, rect.width};
    case 180:
      return {frame.width - rect.x - rect.width, frame.height - rect.y - rect.height, rect.width,
              rect.height};
    case 270:
      return {rect.y, frame.width - rect.x - rect.width, rect.height, rect.width};
    default:
      return rect;
  }
}

int scaled(int length, int to, int from) {
  return static_cast<int>((2 * std::int64_t{length} * to + from) / (2 * std::int64_t{from}));
}

}  // namespace

std::int64_t pass_length(const Ticker& ticker) {
  return std::int64_t{ticker.band.width} + ticker.strip->size().width;
}

Millis pass_time(Millis turn, Millis reading) {
  CHECK(turn.count() > 0 && reading.count() > 0);
  return turn / std::max<std::int64_t>(turn / reading, 1);
}

std::int64_t travel_at(const Ticker& ticker, std::chrono::nanoseconds elapsed) {
  CHECK(ticker.pass.count() > 0);
  if (elapsed.count() <= 0) return 0;
  // In microseconds, so that a pass of an hour over a million pixels stays far inside 64 bits.
  const auto pass = std::chrono::microseconds(ticker.pass).count();
  const auto into = std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count() % pass;
  return pass_length(ticker) * kSteps * into / pass;
}

Rect area_of(const Ticker& ticker) {
  Rect area = turned(ticker.band, ticker.frame, ticker.rotation);
  area.x += ticker.origin.x;
  area.y += ticker.origin.y;
  return area;
}

void TickerPainter::paint(const Ticker& ticker, std::int64_t travel, std::span<std::uint32_t> out) {
  const auto width = static_cast<std::size_t>(ticker.band.width);
  const auto height = static_cast<std::size_t>(ticker.band.height);
  CHECK(out.size() == width * height && ticker.strip->size().height == ticker.band.height);
  const Place place = place_of(ticker, travel);
  std::span<std::uint32_t> upright = out;
  if (ticker.rotation != 0) {
    upright_.resize(out.size());
    upright = upright_;
  }
  row_.resize(width + 1);
  for (std::size_t y = 0; y < height; ++y) {
    take_row(ticker, static_cast<int>(y), place.pixel, row_);
    blend(std::span(row_).first(width), std::span(row_).last(width),
          upright.subspan(y * width, width), place.part);
  }
  if (ticker.rotation != 0) {
    turn(upright_.data(), ticker.band.width, ticker.band.height, ticker.rotation, out.data());
  }
}

TickerPtr fit_to(const TickerPtr& ticker, Size glass) {
  const Size whole = turned(ticker->frame, ticker->rotation);
  if (whole == glass && ticker->origin == Point{}) return ticker;
  const Rect shown = fitted(whole, glass);
  auto fit = std::make_shared<Ticker>(*ticker);
  fit->origin = {shown.x, shown.y};
  fit->frame = turned(Size{shown.width, shown.height}, ticker->rotation);
  // Edges are rounded, not lengths: the band is where it lies in the scaled picture.
  const auto x = [&](int at) { return scaled(at, fit->frame.width, ticker->frame.width); };
  const auto y = [&](int at) { return scaled(at, fit->frame.height, ticker->frame.height); };
  const Rect& band = ticker->band;
  fit->band = {x(band.x), y(band.y), x(band.x + band.width) - x(band.x),
               y(band.y + band.height) - y(band.y)};
  fit->band.height = std::max(fit->band.height, 1);
  fit->band.width = std::max(fit->band.width, 1);
  fit->strip =
      scale_to(ticker->strip, {std::max(1, x(ticker->strip->size().width)), fit->band.height});
  return fit;
}

}  // namespace noseon
