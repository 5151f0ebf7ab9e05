// A player that does nothing but play and tell its journal; for tests that kill it. It prints the
// monotonic milliseconds of each play once that is acknowledged.
//
// usage: journal_writer FOLDER FIRST
#include <unistd.h>

#include <cstdlib>

#include "tests/player/journal_rig.h"

int main(int argc, char** argv) {
  using namespace noseon;
  if (argc != 3) return 2;
  JournalOptions options = testing::options_in(argv[1]);
  options.seal_every = Millis{80};
  Journal journal(options);
  for (std::int64_t i = std::atoll(argv[2]);; ++i) {
    if (journal.append(testing::play_at(Millis{8} * i)) != Acknowledged::recorded) return 1;
    const std::string line = fmt::format("{}\n", i);
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 1;
  }
}
