#include "player/trail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "base/json_fields.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kFormat = "noseon.trail/1";
// One page, always: a write of it is whole, whatever becomes of the process meanwhile.
constexpr std::size_t kBytes = 4096;

// A regular file that this user alone has made and can be meant by.
bool is_ours(const Fd& file) {
  struct stat info {};
  return ::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == ::geteuid() &&
         info.st_nlink == 1;
}

Fd open_ours(const fs::path& file, int flags) {
  Fd fd(::open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
  if (fd.is_open() && !is_ours(fd)) fd.reset();
  return fd;
}

std::vector<Sha256> hashes_at(const json& object, const char* name) {
  std::vector<Sha256> hashes;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return hashes;
  for (const json& each : *found)
    if (const auto hash = hash_in(each)) hashes.push_back(*hash);
  return hashes;
}

}  // namespace

Trail::Trail(const fs::path& run, std::string boot)
    : file_(run / "trail.json"), boot_(std::move(boot)) {}

Trail::Past Trail::before() const {
  const Fd file = open_ours(file_, O_RDONLY);
  if (!file.is_open()) return {};
  const Result<std::string> text = read_file(file, file_, kBytes);
  const Result<json> all = text ? parse_json(*text, {kBytes, 3}) : fail(text.error());
  if (!all || !all->is_object()) return {};
  const bool is_of_this_boot =
      all->value("format", json()) == kFormat && all->value("boot", json()) == boot_;
  if (!is_of_this_boot) return {};
  const JsonFields fields(*all);
  Past past{.crash = {}, .went_well = hashes_at(*all, "went_well")};
  if (fields.is_true("has_ended")) return past;
  Crash crash;
  crash.shown = work_at(*all, "shown");
  crash.shown_at = std::chrono::seconds{fields.whole("shown_at_seconds")};
  crash.was_brought = fields.is_true("was_brought");
  crash.made = work_at(*all, "made");
  crash.generation = hash_at(*all, "generation");
  past.crash = std::move(crash);
  return past;
}

Status Trail::begin() {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  fs::create_directories(file_.parent_path(), ignored);  // where it cannot be, opening says why
  fd_ = open_ours(file_, O_RDWR | O_CREAT);
  if (!fd_.is_open() && errno != EROFS) {
    fs::remove_all(file_, ignored);
    fd_ = open_ours(file_, O_RDWR | O_CREAT | O_EXCL);
  }
  if (!fd_.is_open()) return fail(file_error(errno, file_));
  now_.at = {};  // an end that came first stays
  write();
  return {};
}

void Trail::write() const {
  json went_well = json::array();
  for (const Sha256& hash : now_.went_well) went_well.push_back(to_hex(hash));
  const json all = {{"format", kFormat},
                    {"boot", boot_},
                    {"has_ended", now_.has_ended},
                    {"generation", json_of(now_.at.generation)},
                    {"shown", json_of(now_.at.shown)},
                    {"shown_at_seconds", now_.at.shown_at.count()},
                    {"was_brought", now_.at.was_brought},
                    {"made", json_of(now_.at.made)},
                    {"went_well", std::move(went_well)}};
  std::string text = all.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() >= kBytes) return;
  text.resize(kBytes - 1, ' ');
  text += '\n';
  // Where it cannot be written, the start after a crash knows less.
  static_cast<void>(::pwrite(fd_.get(), text.data(), text.size(), 0) < 0);
}

template <class Change>
void Trail::change(Change change_it) {
  const std::lock_guard lock(mutex_);
  if (!fd_.is_open()) return;
  change_it(now_);
  write();
}

void Trail::reads(const std::optional<Sha256>& generation) {
  change([&](Now& now) { now.at.generation = generation; });
}

void Trail::shows(const std::optional<Work>& work, std::chrono::seconds now_seconds) {
  change([&](Now& now) {
    now.at.shown = work;
    now.at.shown_at = now_seconds;
    now.at.was_brought = false;
  });
}

void Trail::was_brought() {
  change([](Now& now) { now.at.was_brought = true; });
}

void Trail::went_well(const Sha256& content) {
  change([&](Now& now) {
    const bool is_there =
        std::find(now.went_well.begin(), now.went_well.end(), content) != now.went_well.end();
    if (!is_there && now.went_well.size() < kSuspectsMax) now.went_well.push_back(content);
  });
}

void Trail::makes(const std::optional<Work>& work) {
  change([&](Now& now) { now.at.made = work; });
}

void Trail::ends() {
  const std::lock_guard lock(mutex_);
  now_.has_ended = true;
  if (fd_.is_open()) write();
}

}  // namespace noseon
