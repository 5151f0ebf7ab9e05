// What lies over the picture in a preview's window: panels, and the errors of the folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/overlay.h"

namespace noseon {

/// One thread, with a typesetter of its own.
class PreviewOverlays {
 public:
  /// Without a typesetter nothing ever lies over the picture.
  explicit PreviewOverlays(std::optional<Typesetter> typesetter)
      : typesetter_(std::move(typesetter)) {}

  /// The error card over the picture, dimmed; no lines: none.
  void set_errors(std::string title, std::vector<std::string> lines);
  [[nodiscard]] bool has_errors() const { return !errors_.empty(); }

  /// The picture for the glass with all that lies over it; the picture itself where nothing does.
  /// The same again is the same picture, not a copy, so that the glass is left alone.
  [[nodiscard]] PicturePtr over(const PicturePtr& picture, Size glass, bool shows_errors,
                                const std::vector<Panel>& panels);

 private:
  std::optional<Typesetter> typesetter_;
  std::string error_title_;
  std::vector<std::string> errors_;
  PicturePtr below_;  // keeps the address in key_ from being another picture's
  std::string key_;
  PicturePtr painted_;
};

}  // namespace noseon
