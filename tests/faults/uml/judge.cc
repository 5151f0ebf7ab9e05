// What a power cut of the guest left on its disk.
// usage: uml_judge JOURNAL STORE SAID      SAID: a file of all that both writers had said until
// then
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/files.h"
#include "tests/faults/journal_judge.h"
#include "tests/faults/pretend_release.h"

namespace noseon::faults {
namespace {

constexpr std::uint64_t kSaidBytesMax = 1U << 26U;

struct Words {
  std::string of_store;  ///< the last release, and the blobs said since
  int release = 0;
};

// Blobs of releases before the last may have been collected.
Words words_of_store(const std::string& said) {
  Words words;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("release ")) {
      words.release = std::atoi(line.c_str() + 8);
      words.of_store = line + "\n";
    } else if (line.starts_with("blob ")) {
      words.of_store += line + "\n";
    }
  }
  return words;
}

int run(const char* journal, const char* store, const char* said_file) {
  const auto said = read_file(said_file, kSaidBytesMax);
  if (!said) {
    std::printf("judge: %s\n", said.error().message.c_str());
    return 2;
  }
  const auto plays = plays_said(*said);
  if (const auto wrong = wrong_with_journal_as_it_lies(journal, plays)) {
    std::printf("judge: WRONG: the journal: %s\n", wrong->c_str());
    return 1;
  }
  const Words words = words_of_store(*said);
  if (const auto wrong =
          wrong_with_store(store, words.of_store, words.release, words.release + 1)) {
    std::printf("judge: WRONG: the store: %s\n", wrong->c_str());
    return 1;
  }
  std::printf("judge: right: %zu plays, release %d\n", plays.size(), words.release);
  return 0;
}

}  // namespace
}  // namespace noseon::faults

int main(int argc, char** argv) {
  return argc == 4 ? noseon::faults::run(argv[1], argv[2], argv[3]) : 2;
}
