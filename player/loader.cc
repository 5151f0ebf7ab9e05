#include "player/loader.h"

#include <sys/eventfd.h>

#include <algorithm>

#include "base/check.h"

namespace noseon {

Loader::Loader(std::function<std::optional<LoadedFolder>()> read)
    : read_(std::move(read)), ready_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  CHECK(ready_.is_open());
}

void Loader::start() {
  is_awaited_ = true;
  const std::lock_guard lock(mutex_);
  is_asked_again_ = is_reading_;
  if (is_reading_) return;
  is_reading_ = true;
  thread_ = std::jthread([this] { read(); });
}

void Loader::read() {
  std::optional<LoadedFolder> loaded = read_();
  const std::lock_guard lock(mutex_);
  if (loaded) loaded_ = std::move(loaded);
  is_reading_ = false;
  const std::uint64_t one = 1;
  CHECK(::write(ready_.get(), &one, sizeof one) == sizeof one);
}

std::optional<LoadedFolder> Loader::take() {
  std::uint64_t count = 0;
  if (::read(ready_.get(), &count, sizeof count) != sizeof count) return std::nullopt;
  std::optional<LoadedFolder> loaded;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    loaded.swap(loaded_);
    again = std::exchange(is_asked_again_, false);
  }
  is_awaited_ = again;
  if (again) start();
  return loaded;
}

bool may_replace(const LoadedFolder& before, const LoadedFolder& now) {
  if (!has_errors(now.findings)) return true;
  if (now.playlist->entries.empty()) return before.playlist->entries.empty();
  const auto is_lost = [&](const Campaign& campaign) {
    const bool has_error = std::any_of(
        now.findings.begin(), now.findings.end(),
        [&](const Finding& f) { return f.severity == Severity::error && f.file == campaign.file; });
    const bool is_there =
        std::any_of(now.playlist->campaigns.begin(), now.playlist->campaigns.end(),
                    [&](const Campaign& other) { return other.file == campaign.file; });
    return has_error && !is_there;
  };
  return std::none_of(before.playlist->campaigns.begin(), before.playlist->campaigns.end(),
                      is_lost);
}

}  // namespace noseon
