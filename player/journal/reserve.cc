#include "player/journal/reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/files.h"
#include "base/handle.h"
#include "player/journal/disk.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// A file may be longer than what the disk has promised it.
std::uint64_t allocated(const fs::path& file) {
  return allocated_bytes(file).value_or(0);
}

}  // namespace

std::uint64_t available_beside(const fs::path& file) {
  const fs::path parent = file.parent_path();
  return available_bytes(parent.empty() ? "." : parent).value_or(0);
}

Status Reserve::fill(std::uint64_t most) const {
  const std::uint64_t have = allocated(file_);
  const std::uint64_t free = available_(file_);
  const std::uint64_t room = free > kReserveStep ? free - kReserveStep : 0;
  const std::uint64_t more = std::min({missing(), most, room});
  if (more == 0) return {};
  const Fd fd(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!fd.is_open()) return fail(disk_error(errno, file_));
  const int error = ::posix_fallocate(fd.get(), static_cast<off_t>(have), static_cast<off_t>(more));
  if (error != 0) return fail(disk_error(error, file_));
  return {};
}

Reserve::Gave Reserve::give() {
  const std::uint64_t have = allocated(file_);
  const std::uint64_t free = available_(file_);
  if (free > 0) helped_nobody_ = false;
  if (have == 0 || free >= kReserveStep || helped_nobody_) return Gave::nothing;
  const std::uint64_t left = have > kReserveStep ? have - kReserveStep : 0;
  if (::truncate(file_.c_str(), static_cast<off_t>(left)) != 0) return Gave::nothing;
  helped_nobody_ = available_(file_) <= free;
  return helped_nobody_ ? Gave::nothing : Gave::room;
}

std::uint64_t Reserve::missing() const {
  const std::uint64_t have = allocated(file_);
  return have < bytes_ ? bytes_ - have : 0;
}

}  // namespace noseon
