#include "player/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "player/pixels.h"

namespace noseon {
namespace {

constexpr Px16 kPixel = 16;
constexpr int kCurveSteps = 16;

// IEEE square roots are correctly rounded, so this is the same everywhere; values stay < 2^52.
std::int64_t whole_root(std::int64_t value) {
  return static_cast<std::int64_t>(std::sqrt(static_cast<double>(value)));
}

Px16 length(Spot a, Spot b) {
  return whole_root((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
}

Spot between(Spot a, Spot b, std::int64_t part, std::int64_t whole) {
  return {a.x + (b.x - a.x) * part / whole, a.y + (b.y - a.y) * part / whole};
}

struct Segment {
  Spot a, b;
  Px16 span;

  // Distance in 1/256 pixel.
  [[nodiscard]] std::int64_t distance(Spot p) const {
    const Spot ab{b.x - a.x, b.y - a.y};
    const Spot ap{p.x - a.x, p.y - a.y};
    const std::int64_t along = ab.x * ap.x + ab.y * ap.y;
    if (span == 0 || along <= 0) return whole_root((ap.x * ap.x + ap.y * ap.y) * 256);
    if (along >= span * span) {
      const Spot bp{p.x - b.x, p.y - b.y};
      return whole_root((bp.x * bp.x + bp.y * bp.y) * 256);
    }
    return std::abs(ab.x * ap.y - ab.y * ap.x) * kPixel / span;
  }
};

std::vector<Segment> segments_of(const std::vector<Spot>& points) {
  std::vector<Segment> segments;
  if (points.size() == 1) segments.push_back({points[0], points[0], 0});
  for (std::size_t i = 1; i < points.size(); ++i) {
    segments.push_back({points[i - 1], points[i], length(points[i - 1], points[i])});
  }
  return segments;
}

struct Columns {
  int from, until;
};

// The pixels of a row that the segment may reach.
Columns reach_of(const Segment& segment, Px16 reach, int width) {
  const Px16 left = std::min(segment.a.x, segment.b.x) - reach;
  const Px16 right = std::max(segment.a.x, segment.b.x) + reach;
  const auto column = [&](Px16 x) {
    return static_cast<int>(std::clamp<Px16>(x / kPixel, 0, width));
  };
  return {column(left), column(right + kPixel)};
}

// Raises `coverage` to what the segment covers of the row.
void cover(const Segment& segment, Px16 radius, int y, std::vector<std::uint8_t>& coverage) {
  const Px16 reach = radius + kPixel;
  const Px16 middle = Px16{y} * kPixel + kPixel / 2;
  if (middle < std::min(segment.a.y, segment.b.y) - reach) return;
  if (middle > std::max(segment.a.y, segment.b.y) + reach) return;
  const Columns columns = reach_of(segment, reach, static_cast<int>(coverage.size()));
  for (int x = columns.from; x < columns.until; ++x) {
    const Spot p{Px16{x} * kPixel + kPixel / 2, middle};
    const std::int64_t inside = radius * kPixel + 128 - segment.distance(p);
    std::uint8_t& pixel = coverage[static_cast<std::size_t>(x)];
    pixel = std::max(pixel, static_cast<std::uint8_t>(std::clamp<std::int64_t>(inside, 0, 255)));
  }
}

}  // namespace

void draw_stroke(std::vector<std::uint32_t>& pixels, Size size, const Stroke& stroke) {
  const std::vector<Segment> segments = segments_of(stroke.points);
  const auto width = static_cast<std::size_t>(size.width);
  Px16 top = Px16{size.height} * kPixel;
  Px16 bottom = 0;
  for (const Spot& point : stroke.points) {
    top = std::min(top, point.y - stroke.radius - kPixel);
    bottom = std::max(bottom, point.y + stroke.radius + kPixel);
  }
  const int first = static_cast<int>(std::max<Px16>(top / kPixel, 0));
  const int last = static_cast<int>(std::min<Px16>(bottom / kPixel + 1, size.height));
  std::vector<std::uint8_t> coverage(width);
  for (int y = first; y < last; ++y) {
    std::fill(coverage.begin(), coverage.end(), std::uint8_t{0});
    for (const Segment& segment : segments) cover(segment, stroke.radius, y, coverage);
    if (stroke.opacity < 255) {
      for (std::uint8_t& pixel : coverage) {
        pixel = static_cast<std::uint8_t>(
            divided_by_255(std::uint32_t{pixel} * static_cast<std::uint32_t>(stroke.opacity)));
      }
    }
    blend_ink(pixels.data() + static_cast<std::size_t>(y) * width, coverage.data(), width,
              stroke.color);
  }
}

std::vector<Spot> rounded(const std::vector<Spot>& corners, Px16 reach) {
  if (corners.size() < 3) return corners;
  std::vector<Spot> points{corners.front()};
  for (std::size_t i = 1; i + 1 < corners.size(); ++i) {
    const Spot corner = corners[i];
    const auto leave = [&](Spot other) {
      const Px16 span = length(corner, other);
      return span == 0 ? corner : between(corner, other, std::min(reach, span / 2), span);
    };
    const Spot from = leave(corners[i - 1]);
    const Spot to = leave(corners[i + 1]);
    for (int step = 0; step <= kCurveSteps; ++step) {  // a quadratic Bézier curve
      points.push_back(between(between(from, corner, step, kCurveSteps),
                               between(corner, to, step, kCurveSteps), step, kCurveSteps));
    }
  }
  points.push_back(corners.back());
  return points;
}

void draw_gradient(std::vector<std::uint32_t>& pixels, Size size, Color top, Color bottom) {
  // Thresholds of an 8 x 8 ordered dither (Bayer), 0 to 63.
  const auto threshold = [](unsigned x, unsigned y) {
    const unsigned mixed = x ^ y;
    return (mixed & 1U) << 5U | (y & 1U) << 4U | (mixed & 2U) << 2U | (y & 2U) << 1U |
           (mixed & 4U) >> 1U | (y & 4U) >> 2U;
  };
  const auto rows = std::max(size.height - 1, 1);
  // 1/64 of a level: the dither decides between the two nearest.
  const auto level = [&](int from, int to, int y) {
    return static_cast<unsigned>(from * 64 + (to - from) * 64 * y / rows);
  };
  for (int y = 0; y < size.height; ++y) {
    const std::array<unsigned, 3> levels{level(top.blue, bottom.blue, y),
                                         level(top.green, bottom.green, y),
                                         level(top.red, bottom.red, y)};
    std::array<std::uint32_t, 8> tile{};
    for (unsigned x = 0; x < 8; ++x) {
      const unsigned above = threshold(x, static_cast<unsigned>(y) & 7U);
      tile[x] = 0xff000000U | (levels[2] + above) / 64 << 16U | (levels[1] + above) / 64 << 8U |
                (levels[0] + above) / 64;
    }
    const auto width = static_cast<std::size_t>(size.width);
    std::uint32_t* const row = pixels.data() + static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x) row[x] = tile[x & 7U];
  }
}

}  // namespace noseon
