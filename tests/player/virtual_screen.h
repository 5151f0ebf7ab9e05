// An X server without a screen (Xvfb), and a look at its glass: the file it keeps its pixels in,
// mapped, is what a monitor would show.
#pragma once

#include <sys/types.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "media/picture.h"
#include "tests/support/temporary_folder.h"

namespace noseon {

/// A program that is ended, by its pid, with the object.
class Program {
 public:
  /// `environment` ("NAME=value") is added to ours. What it says on stderr goes to `log`.
  Program(std::vector<std::string> arguments, std::vector<std::string> environment,
          const std::filesystem::path& log, std::vector<int> kept_fds = {});
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool is_running();
  void signal(int number) const;
  /// Its exit code, or 128 and the signal that ended it; nothing if it still runs after a while.
  [[nodiscard]] std::optional<int> wait_for_end(int milliseconds);
  [[nodiscard]] std::string said() const;

 private:
  pid_t pid_ = -1;
  std::optional<int> ended_;
  std::filesystem::path log_;
};

class VirtualScreen {
 public:
  /// Why there is none, where there is none.
  [[nodiscard]] static std::optional<std::string> missing();

  explicit VirtualScreen(Size size, int depth = 24);
  ~VirtualScreen();
  VirtualScreen(const VirtualScreen&) = delete;
  VirtualScreen& operator=(const VirtualScreen&) = delete;

  /// "DISPLAY=:7"
  [[nodiscard]] std::string display() const { return "DISPLAY=:" + display_; }
  [[nodiscard]] pid_t server_pid() const { return server_->pid(); }
  [[nodiscard]] Color at(int x, int y) const;
  [[nodiscard]] PicturePtr picture() const;
  /// The same into memory that is kept, fast enough for a thousand looks a second. 24 bits only.
  void look(std::vector<std::uint32_t>& pixels) const;

  /// Why the screen's mode cannot be changed, where it cannot.
  [[nodiscard]] static std::optional<std::string> missing_modes();
  /// Gives the screen another mode, no larger than the first; false where the server refuses.
  [[nodiscard]] bool set_mode(Size size);

 private:
  Size size_;
  Size largest_;
  std::set<std::string> modes_;
  int depth_;
  TemporaryFolder folder_;
  std::string display_;
  std::optional<Program> server_;
  const unsigned char* map_ = nullptr;
  std::size_t map_bytes_ = 0;
};

}  // namespace noseon
