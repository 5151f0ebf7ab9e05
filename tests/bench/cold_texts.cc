// Short Korean texts at one second each, faded one into the next on a virtual screen, with the font
// files out of the page cache at the start: does finding a glyph on the disk ever cost a frame?
// Asked for: 99.9 % of frames within 20 ms of the one before. Run it alone, in a release build:
//
//     build/release/bin/cold_texts [TEXTS, 200 where not given]
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/files.h"
#include "fonts/chain.h"
#include "tests/player/virtual_screen.h"

namespace noseon {
namespace {

constexpr Size kGlass{1920, 1080};

// "뵨갚 휼쉐": four syllables anywhere in Unicode's 11,172, so anywhere in the font.
std::string random_text(std::mt19937& random) {
  std::uniform_int_distribution<char32_t> syllable(0xac00, 0xd7a3);
  std::string text;
  for (int i = 0; i < 4; ++i) {
    if (i == 2) text += ' ';
    const char32_t point = syllable(random);
    text += static_cast<char>(0xe0 | point >> 12);
    text += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (point & 0x3f));
  }
  return text;
}

void write_campaign(const TemporaryFolder& folder, int texts) {
  constexpr unsigned kSeed = 7;
  fmt::print("{} texts, seed {}\n", texts, kSeed);
  std::mt19937 random(kSeed);
  std::string toml = "format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"UTC\"\n";
  for (int i = 0; i < texts; ++i) {
    toml += fmt::format("[[item]]\nid = \"t{}\"\nseconds = 1\ntext = {{ ko = \"{}\" }}\n", i,
                        random_text(random));
  }
  folder.write("c/campaign.toml", toml);
}

struct Pages {
  std::size_t resident = 0;
  std::size_t all = 0;
};

// Of a font file, after asking the kernel to drop it where `drops`.
Pages pages_of(const std::string& path, bool drops) {
  const Result<Fd> file = open_file(path);
  if (!file) return {};
  if (drops) ::posix_fadvise(file->get(), 0, 0, POSIX_FADV_DONTNEED);
  const auto size = static_cast<std::size_t>(std::filesystem::file_size(path));
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  Pages pages{0, (size + page - 1) / page};
  void* const map = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file->get(), 0);
  if (map == MAP_FAILED) return {};
  std::vector<unsigned char> resident(pages.all);
  if (::mincore(map, size, resident.data()) == 0)
    for (const unsigned char each : resident) pages.resident += each & 1U;
  ::munmap(map, size);
  return pages;
}

void print_residency(const char* when, bool drops) {
  Pages sum;
  const std::vector<ChainFont> chain = shipped_chain().value();
  for (const ChainFont& font : chain) {
    const Pages pages = pages_of(font.file.path, drops);
    sum.resident += pages.resident;
    sum.all += pages.all;
  }
  fmt::print("{}: {} of {} pages of the fonts are in memory\n", when, sum.resident, sum.all);
}

int run(int texts) {
  if (const auto why = VirtualScreen::missing()) {
    std::cerr << *why << "\n";
    return 1;
  }
  const TemporaryFolder folder;
  write_campaign(folder, texts);
  VirtualScreen screen(kGlass);
  print_residency("before", true);
  Program player({NOSEON_BIN_DIR "/noseon-player", "--playlist", folder.path().string(), "--size",
                  fmt::format("{}x{}", kGlass.width, kGlass.height), "--stats", "--cache", ""},
                 {screen.display(), "SDL_VIDEODRIVER=x11"}, folder / "log");
  std::this_thread::sleep_for(std::chrono::seconds{texts + 1});
  player.signal(SIGTERM);
  const auto ended = player.wait_for_end(10'000);
  print_residency("after", false);
  fmt::print("{}", player.said());
  return ended.value_or(1);
}

}  // namespace
}  // namespace noseon

int main(int count, char** arguments) {
  int texts = 200;
  if (count > 1) {
    const std::string_view given = arguments[1];
    const auto read = std::from_chars(given.data(), given.data() + given.size(), texts);
    if (read.ec != std::errc{} || texts < 2 || texts > 1000) {
      std::cerr << "usage: cold_texts [TEXTS, 2 to 1000]\n";
      return 2;
    }
  }
  return noseon::run(texts);
}
