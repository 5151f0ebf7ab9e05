// noseon-city DIR [COUNT]: writes a city's repository as a folder (DIR/repo), and what a display
// needs to pull it (DIR/root.json, DIR/display.toml).
#include <fmt/format.h>

#include <cstdlib>

#include "base/files.h"
#include "tests/fleet/pull/city.h"

int main(int argc, char** argv) {
  using namespace noseon;
  if (argc < 2) {
    fmt::print(stderr, "usage: noseon-city DIR [COUNT]\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const int count = argc > 2 ? std::atoi(argv[2]) : 3;
  testing::City city(SystemClock().now());
  for (int i = 0; i < count; ++i) {
    city.put_poster(fmt::format("p{}", i),
                    testing::picture_bytes(static_cast<std::uint32_t>(i), 100'000));
  }
  city.publish();
  city.write_to(folder / "repo");
  const bool is_written =
      write_file(folder / "root.json", city.repository.first_root()) &&
      write_file(folder / "display.toml", "id = \"bus-7\"\nsize = [1920, 1080]\n");
  return is_written ? 0 : 1;
}
