#include "tests/faults/display.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/files.h"
#include "player/accepted.h"
#include "tests/faults/journal_judge.h"
#include "tests/media/picture_files.h"
#include "tests/support/signed_store.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFileBytesMax = 1U << 20U;
constexpr Size kGlass{320, 180};

std::string plain_png(std::uint32_t color) {
  const std::vector<std::uint32_t> pixels(
      static_cast<std::size_t>(kGlass.width) * static_cast<std::size_t>(kGlass.height), color);
  return testing::rgba_png(kGlass, pixels);
}

}  // namespace

void make_display(const fs::path& folder) {
  TestRepository repository;
  std::string items;
  std::map<std::string, std::string> pictures;
  for (const auto& [id, color] : std::map<std::string, std::uint32_t>{
           {"blue", 0xFF1020C8}, {"green", 0xFF10A040}, {"red", 0xFFC81020}}) {
    items += fmt::format(
        "[[item]]\nid = \"{0}\"\nposter = \"{0}.png\"\nseconds = 1\ntransition = \"cut\"\n", id);
    pictures[id + ".png"] = plain_png(color);
  }
  repository.set_campaign("seoul", "spring", items, pictures);
  for (const char* name : {"state", "run", "cache", "journal", "etc"}) {
    fs::create_directories(folder / name);
  }
  SignedStore store(folder / "store");
  store.publish(repository);
  std::ofstream(folder / "etc/root.json") << repository.root();
  std::ofstream(folder / "etc/display.toml")
      << "id = \"bus-1\"\nsize = [320, 180]\ntimezone = \"UTC\"\n";
}

std::vector<std::string> player_on(const fs::path& folder) {
  std::vector<std::string> words{NOSEON_BIN_DIR "/noseon-player"};
  const std::pair<const char*, const char*> places[] = {{"--store", "store"},
                                                        {"--state", "state"},
                                                        {"--run", "run"},
                                                        {"--cache", "cache"},
                                                        {"--journal", "journal"},
                                                        {"--root", "etc/root.json"},
                                                        {"--display", "etc/display.toml"}};
  for (const auto& [option, place] : places) {
    words.insert(words.end(), {option, (folder / place).string()});
  }
  return words;
}

Result<std::optional<Played>> played_on(const fs::path& folder) {
  const auto text = read_file(folder / "run/player.json", kFileBytesMax);
  if (!text && text.error().kind == ErrorKind::not_found) return std::optional<Played>();
  if (!text) return fail(text.error());
  const auto status = nlohmann::json::parse(*text, nullptr, false);
  if (status.is_discarded()) return fail(ErrorKind::bad_format, "player.json is torn");
  Played played;
  played.has_ended = status.value("ended", false);
  played.dark_ms = status.value("dark_ms", std::int64_t{0});
  played.read_backs = status.value("read_backs", std::int64_t{0});
  if (const auto journal = status.find("journal");
      journal != status.end() && journal->is_object()) {
    played.shown = journal->value("shown", std::int64_t{0});
    played.recorded = journal->value("recorded", std::int64_t{0});
    played.parked = journal->value("parked", std::int64_t{0});
    played.lost = journal->value("lost", std::int64_t{0});
  }
  return std::optional(played);
}

std::optional<std::string> wrong_with_display(const fs::path& folder, std::int64_t recorded) {
  const auto accepted = read_file(folder / "state/accepted.json", kHistoryBytesMax);
  if (!accepted && accepted.error().kind != ErrorKind::not_found) return accepted.error().message;
  if (accepted && !read_history(*accepted)) return "accepted.json is torn";
  if (const auto played = played_on(folder); !played) return played.error().message;
  return wrong_with_journal(folder / "journal", recorded);
}

}  // namespace noseon::faults
