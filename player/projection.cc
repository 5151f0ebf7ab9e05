#include "player/projection.h"

#include <algorithm>

#include "base/check.h"
#include "player/scale.h"

namespace noseon {
namespace {

// Where the panels changed the picture, the picture.
void keep_panels(const Scene& scene, const Rect& area, std::span<std::uint32_t> band) {
  const auto stride = static_cast<std::size_t>(scene.picture->size().width);
  const auto width = static_cast<std::size_t>(area.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(area.height); ++y) {
    const std::size_t from =
        (static_cast<std::size_t>(area.y) + y) * stride + static_cast<std::size_t>(area.x);
    const std::uint32_t* const with = scene.picture->pixels().data() + from;
    const std::uint32_t* const without = scene.plain->pixels().data() + from;
    std::uint32_t* const out = band.data() + y * width;
    for (std::size_t x = 0; x < width; ++x) out[x] = with[x] == without[x] ? out[x] : with[x];
  }
}

PicturePtr with_ticker(const Scene& scene, std::int64_t travel) {
  const Rect area = area_of(*scene.ticker);
  const auto width = static_cast<std::size_t>(area.width);
  std::vector<std::uint32_t> band(width * static_cast<std::size_t>(area.height));
  TickerPainter painter;
  paint_ticker(scene, travel, painter, band);
  const auto all = scene.picture->pixels();
  std::vector<std::uint32_t> pixels(all.begin(), all.end());
  const auto stride = static_cast<std::size_t>(scene.picture->size().width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(area.height); ++y) {
    const std::size_t to =
        (static_cast<std::size_t>(area.y) + y) * stride + static_cast<std::size_t>(area.x);
    std::copy_n(band.data() + y * width, width, pixels.data() + to);
  }
  return make_picture(scene.picture->size(), std::move(pixels));
}

// On the scene's own picture, whatever the size it was painted for.
Scene fitting(const Scene& scene) {
  Scene fit = scene;
  const Size size = scene.picture->size();
  fit.ticker = fit_to(scene.ticker, size);
  if (scene.plain) fit.plain = fit_to(scene.plain, size);
  return fit;
}

}  // namespace

std::chrono::nanoseconds Pace::elapsed_at(Steady now) const {
  const auto passed = std::chrono::duration<double, std::nano>(now - at) * speed;
  return elapsed + std::chrono::duration_cast<std::chrono::nanoseconds>(passed);
}

bool Projection::show(const Scene& scene, const Pace& pace, Transition transition,
                      std::uint64_t turn, Millis fade_length, Steady now) {
  CHECK(scene.picture != nullptr);
  if (scene == scene_) {
    const bool is_cut_short = fade_ && fade_->turn != turn && is_fading(now);
    if (is_cut_short) fade_.reset();
    const bool jumped = pace_.speed != pace.speed ||
                        std::chrono::abs(pace.elapsed_at(now) - pace_.elapsed_at(now)) > Millis{2};
    // Civil time is known to the millisecond, motion goes by finer steps: only a real change
    // counts.
    if (jumped) pace_ = pace;
    return is_cut_short || (jumped && scene_.ticker);
  }
  const bool fades = transition == Transition::fade && scene_.picture && fade_length.count() > 0;
  if (fades) {
    const Shot last{.scene = scene_, .from = nullptr, .travel = shot(now).travel};
    fade_ = Fade{flatten(last), turn, fade_length, now};
  } else {
    fade_.reset();
  }
  scene_ = scene;
  pace_ = pace;
  return !fades;
}

void Projection::settle(Steady now) {
  if (!is_fading(now)) fade_.reset();
}

bool Projection::is_fading(Steady now) const {
  return fade_ && now - fade_->start < fade_->length;
}

bool Projection::is_moving(Steady now) const {
  return is_fading(now) || (scene_.ticker && pace_.speed > 0);
}

Shot Projection::shot(Steady now) const {
  CHECK(!is_empty());
  Shot shot{.scene = scene_, .from = nullptr};
  if (scene_.ticker) shot.travel = travel_at(*scene_.ticker, pace_.elapsed_at(now));
  if (is_fading(now)) {
    shot.from = fade_->from;
    shot.alpha = fade_alpha(now - fade_->start, fade_->length);
  }
  return shot;
}

Millis fade_length(Millis stands) {
  return std::clamp(stands / 3, Millis{0}, kFadeLength);
}

PicturePtr flatten(const Shot& shot) {
  PicturePtr picture = shot.scene.picture;
  if (shot.scene.ticker) picture = with_ticker(fitting(shot.scene), shot.travel);
  if (!shot.from) return picture;
  const PicturePtr from = fit_to(shot.from, picture->size());
  std::vector<std::uint32_t> blended(picture->pixels().size());
  blend(from->pixels(), picture->pixels(), blended, shot.alpha);
  return make_picture(picture->size(), std::move(blended));
}

PicturePtr flatten(const PicturePtr& picture, const TickerPtr& ticker, std::int64_t travel) {
  return flatten({.scene = {picture, ticker, nullptr}, .from = nullptr, .travel = travel});
}

void paint_ticker(const Scene& scene, std::int64_t travel, TickerPainter& painter,
                  std::span<std::uint32_t> out) {
  painter.paint(*scene.ticker, travel, out);
  if (scene.plain && scene.plain != scene.picture) keep_panels(scene, area_of(*scene.ticker), out);
}

}  // namespace noseon
