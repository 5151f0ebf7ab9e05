#include "player/preview_overlays.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "player/compose.h"
#include "player/painter.h"
#include "player/scale.h"

namespace noseon {

void PreviewOverlays::set_errors(std::string title, std::vector<std::string> lines) {
  error_title_ = std::move(title);
  errors_ = std::move(lines);
}

Typesetter* PreviewOverlays::fonts() {
  if (open_fonts_) {
    Result<Typesetter> opened = std::exchange(open_fonts_, nullptr)();
    if (opened) {
      typesetter_.emplace(*std::move(opened));
    } else {
      fmt::print(stderr, "no panels over the pictures: {}\n", opened.error().message);
    }
  }
  return typesetter_ ? &*typesetter_ : nullptr;
}

PicturePtr PreviewOverlays::over(const PicturePtr& picture, Size glass, bool shows_errors,
                                 const std::vector<Panel>& panels) {
  shows_errors = shows_errors && has_errors();
  if (panels.empty() && !shows_errors) return picture;
  Typesetter* const typesetter = fonts();
  if (typesetter == nullptr) return picture;
  // Composed at the window's size: the text is sharp however the display is scaled.
  const PicturePtr behind = fit_to(picture, glass);
  Frame frame{glass,
              {PictureDraw{behind, {0, 0, glass.width, glass.height}, {0, 0}, "what shows"}}};
  if (shows_errors) frame = compose_error_card(glass, error_title_, errors_, behind, *typesetter);
  for (const Panel& panel : panels) draw_panel(frame, panel, *typesetter);
  std::string key = fmt::format("{} {}", static_cast<const void*>(picture.get()), to_string(frame));
  if (key != key_) {
    key_ = std::move(key);
    below_ = picture;
    painted_ = paint(frame, *typesetter);
  }
  return painted_;
}

}  // namespace noseon
