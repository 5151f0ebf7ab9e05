// The programs that are compared: how each is told what to show, and what it is.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "tests/bench/peers/posters.h"
#include "tests/player/virtual_screen.h"
#include "tests/support/temporary_folder.h"

namespace noseon::peers {

/// How posters follow one another. A delay of zero: the first one stands.
struct Playing {
  Millis delay{0};
  bool fades = false;  ///< each into the next, over 500 ms
  double speed = 1;    ///< Noseon's preview: delays are that much shorter than written
};

/// What a start is given.
struct Stand {
  const VirtualScreen& screen;
  const TemporaryFolder& folder;  ///< of this run alone, and empty
};

/// A program to be held against Noseon.
class Peer {
 public:
  virtual ~Peer() = default;
  [[nodiscard]] virtual std::string column() const = 0;  ///< of the table
  /// How to install it, where it is not.
  [[nodiscard]] virtual std::optional<std::string> missing() const = 0;
  [[nodiscard]] virtual std::string version() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Program> start(
      const Stand& stand, const std::vector<std::filesystem::path>& files,
      const Playing& playing) const = 0;
  /// Tells it to show the next poster now. False where there is no way to.
  [[nodiscard]] virtual bool tell_next(const Program& program, const Stand& stand) const;
  [[nodiscard]] virtual bool can_fade() const { return false; }
  /// Does it change at whole multiples of the delay by the machine's clock?
  [[nodiscard]] virtual bool follows_the_clock() const { return false; }
  /// How row 3 of the table is measured with it.
  [[nodiscard]] virtual std::string definition_of_next() const = 0;
};

[[nodiscard]] std::vector<std::unique_ptr<Peer>> all_peers();

/// Noseon itself.
inline const std::string kNoseonPlayer = NOSEON_BIN_DIR "/noseon-player";
enum class Way {
  unattended,  ///< noseon-player --playlist
  preview,     ///< noseon-player --preview
};
struct NoseonStart {
  std::filesystem::path folder;  ///< with its campaign.toml
  Way way = Way::unattended;
  std::filesystem::path cache;           ///< XDG_CACHE_HOME
  std::vector<std::string> more;         ///< options
  std::vector<std::string> environment;  ///< instead of the screen's
};
[[nodiscard]] std::unique_ptr<Program> start_noseon(const NoseonStart& start,
                                                    const VirtualScreen* screen,
                                                    const TemporaryFolder& folder);

/// Writes a campaign of these posters, "poster-00.jpg" and so on, as links to the files: each
/// `seconds` long, with `item_keys` besides. `more_items` go before them.
[[nodiscard]] std::filesystem::path write_campaign(const TemporaryFolder& folder,
                                                   const std::vector<std::filesystem::path>& files,
                                                   int seconds, const std::string& item_keys,
                                                   const std::string& more_items = "");

/// As a campaign has days and times, in UTC: "2027-02-25T08:00:00".
[[nodiscard]] std::string toml_time(std::chrono::sys_seconds time);

/// How what `program` said begins, for a message about why it did not work.
[[nodiscard]] std::string first_words(const Program& program);

}  // namespace noseon::peers
