#include "player/status_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>

#include "base/files.h"
#include "base/handle.h"
#include "base/journal_room.h"
#include "base/say.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Others read it, whatever the player's mask: noseon-sync, and whoever looks after the display.
constexpr mode_t kForAll = 0644;

// As write_file(), but for the syncing. The folder's group may write there: what lies at the
// temporary name is nothing of ours and goes, unopened.
Status replace(const fs::path& file, std::string_view bytes) {
  const fs::path temporary = fs::path(file) += ".new";
  ::unlink(temporary.c_str());
  Status written = [&]() -> Status {
    const Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kForAll));
    if (!fd.is_open()) return fail(file_error(errno, file));
    TRY(write_all(fd, file, bytes));
    if (::fchmod(fd.get(), kForAll) != 0 || ::rename(temporary.c_str(), file.c_str()) != 0)
      return fail(file_error(errno, file));
    return {};
  }();
  if (!written) ::unlink(temporary.c_str());
  return written;
}

}  // namespace

struct StatusFile::Shared {
  explicit Shared(fs::path folder) : run(std::move(folder)) {}

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return waiting || is_ending; });
      if (!waiting) break;
      PlayerStatus status = *std::exchange(waiting, std::nullopt);
      lock.unlock();
      write(std::move(status));
      lock.lock();
    }
    is_done = true;
    changed.notify_all();
  }

  void write(PlayerStatus status) {
    // The journal's disk may hang; here it holds up nothing else.
    if (status.journal)
      status.journal->keep_free =
          journal_room_missing(status.journal->folder).value_or(kReserveBytes);
    std::error_code ignored;
    fs::create_directories(run, ignored);  // where it cannot be, writing says why
    const Status written = replace(run / kPlayerStatusFile, write_player_status(status));
    if (written || has_said) return;
    has_said = true;
    fmt::print(stderr, "{}\n",
               say("{}; noseon status --display will know nothing of this player: give it a folder "
                   "that it may write to (--run DIR)",
                   written.error().message));
  }

  const fs::path run;
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<PlayerStatus> waiting;
  bool is_ending = false;
  bool is_done = false;
  bool has_said = false;  // of the thread
};

StatusFile::StatusFile(fs::path run)
    : shared_(std::make_shared<Shared>(std::move(run))),
      thread_([shared = shared_] { shared->work(); }) {}

// A thread that hangs in the kernel is left to it: what it uses is its own, too.
StatusFile::~StatusFile() {
  std::unique_lock lock(shared_->mutex);
  shared_->is_ending = true;
  shared_->changed.notify_all();
  const bool is_done =
      shared_->changed.wait_for(lock, std::chrono::seconds{1}, [&] { return shared_->is_done; });
  lock.unlock();
  if (is_done) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

void StatusFile::write(const PlayerStatus& status) {
  const std::lock_guard lock(shared_->mutex);
  shared_->waiting = status;
  shared_->changed.notify_all();
}

}  // namespace noseon
