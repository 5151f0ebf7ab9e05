// Pulls a pretended release into a store, as noseon-sync does it, for the fault tests to watch.
// usage: store_writer STORE RELEASE [BUG]     what is there for good is said, a line each
// With a BUG, for tests that want to see it found: says-early, swallows-errors (pretend_release.h).
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/faults/pretend_release.h"

namespace {

void say(const std::string& line) {
  // One call a line: each may be the last.
  if (::write(1, line.data(), line.size()) < 0) std::_Exit(1);
}

int run(const char* root, int release, noseon::faults::PullBug bug) {
  auto store = noseon::Store::open(root);
  if (!store) {
    say(store.error().message + "\n");
    return 1;
  }
  const auto pulled = noseon::faults::pull_release(*store, release, say, bug);
  if (!pulled) say(pulled.error().message + "\n");
  return pulled ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  return run(argv[1], std::atoi(argv[2]), noseon::faults::pull_bug_named(argc == 4 ? argv[3] : ""));
}
