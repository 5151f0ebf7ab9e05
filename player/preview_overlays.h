// What lies over the picture in a preview's window: panels, and the errors of the folder.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "player/overlay.h"

namespace noseon {

/// One thread, with a typesetter of its own.
class PreviewOverlays {
 public:
  /// `open_fonts` is called when there is something to write for the first time. Where it fails,
  /// which is said once on stderr, nothing ever lies over the picture.
  explicit PreviewOverlays(std::function<Result<Typesetter>()> open_fonts)
      : open_fonts_(std::move(open_fonts)) {}

  /// The error card over the picture, dimmed; no lines: none.
  void set_errors(std::string title, std::vector<std::string> lines);
  [[nodiscard]] bool has_errors() const { return !errors_.empty(); }

  /// The picture for the glass with all that lies over it; the picture itself where nothing does.
  /// The same again is the same picture, not a copy, so that the glass is left alone.
  [[nodiscard]] PicturePtr over(const PicturePtr& picture, Size glass, bool shows_errors,
                                const std::vector<Panel>& panels);

 private:
  [[nodiscard]] Typesetter* fonts();

  std::function<Result<Typesetter>()> open_fonts_;  // empty once it was called
  std::optional<Typesetter> typesetter_;
  std::string error_title_;
  std::vector<std::string> errors_;
  PicturePtr below_;  // keeps the address in key_ from being another picture's
  std::string key_;
  PicturePtr painted_;
};

}  // namespace noseon
