// The preview: exactly what a bus would show, at any date and time, in a window with keys. The same
// player as on the bus; only the clock and the context are the tester's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "player/way_choice.h"
#include "playlist/display.h"

namespace noseon {

struct PreviewOptions {
  std::filesystem::path folder;                  ///< a campaign folder or a folder of them
  std::optional<std::filesystem::path> display;  ///< display.toml
  std::optional<Size> size;                      ///< native pixels, instead of the display's
  std::vector<std::string> labels;               ///< besides the display's
  std::optional<std::string> at;  ///< as parse_when() reads it; nothing: the machine's time
  double speed = 1;               ///< 0.1 to 86,400 times as fast as time passes
  std::string clock;              ///< as in_doubt() reads it (player/when.h)
  std::optional<std::string> route;
  std::vector<std::string> near;  ///< names of places that the display is inside of
  std::optional<Position> position;
  std::filesystem::path screenshots = ".";  ///< where the key s puts them
  bool prints_stats = false;                ///< frame times on stderr at the end
  std::optional<WayKind> way{};             ///< to the glass, instead of the one that is chosen
};

/// Until the window is closed, q, Esc, SIGTERM or SIGINT. To be called before any other thread is
/// there. unavailable: there is no display; bad_format: `at` is no time; not_found: a place that no
/// campaign names.
[[nodiscard]] Status run_preview(const PreviewOptions& options);

/// "1920x540", each side 16 to 8,192.
[[nodiscard]] Result<Size> parse_size(std::string_view text);
/// "37.5547,126.9707": latitude and longitude in degrees.
[[nodiscard]] Result<Position> parse_position(std::string_view text);

}  // namespace noseon
