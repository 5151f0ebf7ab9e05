// Pulls a pretended release into a store, as noseon-sync does it, for the fault tests to watch.
// usage: store_writer STORE RELEASE        what is there for good is said, a line each
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/faults/pretend_release.h"

namespace {

void say(const std::string& line) {
  // One call a line: each may be the last.
  if (::write(1, line.data(), line.size()) < 0) std::_Exit(1);
}

int run(const char* root, int release) {
  auto store = noseon::Store::open(root);
  if (!store) {
    say(store.error().message + "\n");
    return 1;
  }
  const auto pulled = noseon::faults::pull_release(*store, release, say);
  if (!pulled) say(pulled.error().message + "\n");
  return pulled ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return argc == 3 ? run(argv[1], std::atoi(argv[2])) : 2;
}
