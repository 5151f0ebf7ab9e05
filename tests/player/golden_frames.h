// Every layout there is, made through the real studio on displays of several shapes, from posters
// that are drawn here: the same pixels wherever they are made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/projection.h"
#include "player/studio.h"
#include "tests/support/temporary_folder.h"

namespace noseon {

/// One frame as it is on the glass.
struct NamedFrame {
  std::string name;  ///< "caption", "ticker-from-right"
  PicturePtr picture;
};

/// A folder with a campaign in it, and a studio that makes its items.
class FrameMaker {
 public:
  FrameMaker();

  /// All layouts on a display of that size, in a fixed order.
  [[nodiscard]] std::vector<NamedFrame> frames(Size size);

  /// One item, in a look.
  [[nodiscard]] Finished make(const std::string& item, const Display& display,
                              const Look& look = {});
  /// The ticker of an item in the middle of its pass: how it is handed to the stage.
  [[nodiscard]] Shot ticker(const std::string& item, const Display& display);

  [[nodiscard]] static Display display(Size size);
  /// What clocks say in all frames.
  [[nodiscard]] static Look clock();

 private:
  [[nodiscard]] NamedFrame named(const std::string& item, const Display& display);
  [[nodiscard]] PicturePtr error_card(const Display& display);

  TemporaryFolder folder_;
  std::optional<Studio> studio_;
};

}  // namespace noseon
