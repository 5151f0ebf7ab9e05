#include "player/guarded_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Not even the operator's card: it is a file, too.
LoadedFolder card_alone(const FolderAndDisplay& source) {
  SystemZones zones;
  ParsedDisplay parsed = read_display(source, zones);
  Display display = parsed.display ? *std::move(parsed.display) : Display{};
  display.fallback.clear();
  return put_together({}, display, std::move(parsed.findings));
}

}  // namespace

Sha256 state_of(const fs::path& folder) {
  constexpr std::size_t kEntriesMax = 10'000;
  constexpr int kDepthMax = 4;
  std::vector<std::string> lines;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator() && lines.size() < kEntriesMax;
       it.increment(error)) {
    if (it.depth() >= kDepthMax) it.disable_recursion_pending();
    std::error_code gone;
    const auto size = it->is_regular_file(gone) ? it->file_size(gone) : 0;
    const auto time = it->last_write_time(gone).time_since_epoch().count();
    lines.push_back(fmt::format("{} {} {}\n", it->path().string(), size, time));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return sha256(all);
}

std::function<LoadedFolder()> guarded_reader_of(FolderAndDisplay source, Crashes* crashes) {
  auto read = reader_of(source);
  if (crashes == nullptr) return read;
  return [read = std::move(read), source = std::move(source), crashes] {
    const Sha256 state = state_of(source.folder);
    if (crashes->rung() == Rung::card && crashes->avoids(state)) return card_alone(source);
    crashes->reads(state);
    return read();
  };
}

}  // namespace noseon
