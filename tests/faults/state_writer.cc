// A player that shows nothing: it reads its store, says that what it read is on the glass, and
// finds a blob damaged, for the fault tests to watch what it writes down. usage: state_writer STORE
// ROOT DISPLAY STATE RUN [HASH] It says "accepted N" of the release N and "damaged HASH", a line
// each, once that is written down.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/clock.h"
#include "player/store_source.h"

namespace {

using namespace noseon;

void say_line(const std::string& line) {
  // One call a line: each may be the last.
  if (::write(1, line.data(), line.size()) < 0) std::_Exit(1);
}

int run(const std::vector<std::string>& words) {
  const SystemClock clock;
  StoreSource source({words[0], words[1], words[3], words[4]}, {{}, words[2], {}, {}}, clock);
  const LoadedFolder first = source.read_first();
  if (!first.offer) return 1;
  source.in_use(first);
  static_cast<void>(source.read());
  say_line("accepted " + std::to_string(first.offer->versions.timestamp) + "\n");
  if (words.size() < 6) return 0;
  source.report({{*sha256_from_hex(words[5]), 7}, "it is damaged"});
  static_cast<void>(source.read());
  say_line("damaged " + words[5] + "\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return argc == 6 || argc == 7 ? run({argv + 1, argv + argc}) : 2;
}
