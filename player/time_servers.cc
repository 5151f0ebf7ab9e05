#include "player/time_servers.h"

#include <sys/stat.h>

#include <algorithm>

namespace noseon {

std::optional<Instant> last_synchronised(const std::vector<std::filesystem::path>& files) {
  std::optional<Instant> last;
  for (const auto& file : files) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) continue;
    const auto touched =
        Instant{std::chrono::floor<Millis>(std::chrono::seconds{status.st_mtim.tv_sec} +
                                           std::chrono::nanoseconds{status.st_mtim.tv_nsec})};
    last = last ? std::max(*last, touched) : touched;
  }
  return last;
}

}  // namespace noseon
