#include "base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "base/say.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Of a temporary, before what makes its name its own.
constexpr std::string_view kPart = ".part-";

std::string words_for(int error) {
  return std::generic_category().message(error);
}

// Up to `bytes_max` bytes from where the descriptor stands.
Result<std::string> read_up_to(const Fd& fd, const fs::path& path, std::uint64_t bytes_max) {
  constexpr std::size_t kChunk = 64 * 1024;
  std::string bytes;
  while (bytes.size() < bytes_max) {
    const std::size_t had = bytes.size();
    bytes.resize(had + static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, bytes_max - had)));
    const ssize_t got = ::read(fd.get(), bytes.data() + had, bytes.size() - had);
    if (got < 0 && errno != EINTR) return fail(file_error(errno, path));
    bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
  }
  return bytes;
}

Status sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.is_open() || ::fsync(fd.get()) != 0) return fail(file_error(errno, folder));
  return {};
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// A device or pipe takes bytes as they come: renaming over it would put a file in its place.
bool is_written_through(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

Error file_error(int error_number, const fs::path& path) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorKind::not_found, say("{}: does not exist", path.string())};
    case EACCES:
    case EPERM:
      return {ErrorKind::denied, say("{}: permission denied for this user", path.string())};
    default:
      return {ErrorKind::disk, fmt::format("{}: {}", path.string(), words_for(error_number))};
  }
}

Result<Fd> open_file(const fs::path& path) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd.is_open()) return fail(file_error(errno, path));
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return fail(file_error(errno, path));
  if (!S_ISREG(info.st_mode)) {
    return fail(ErrorKind::bad_format, say("{}: is not a regular file", path.string()));
  }
  return fd;
}

Result<std::string> read_file(const fs::path& path, std::uint64_t bytes_max) {
  ASSIGN_OR_RETURN(const Fd fd, open_file(path));
  return read_file(fd, path, bytes_max);
}

Result<std::string> read_file(const Fd& file, const fs::path& path, std::uint64_t bytes_max) {
  // One byte more tells a file of exactly the cap from a larger one; no file has 2^64 bytes.
  ASSIGN_OR_RETURN(std::string bytes, read_up_to(file, path, std::max(bytes_max, bytes_max + 1)));
  if (bytes.size() > bytes_max) {
    return fail(
        ErrorKind::too_large,
        say("{}: larger than {} bytes, which is the most that is read", path.string(), bytes_max));
  }
  return bytes;
}

Result<std::string> read_start(const fs::path& path, std::uint64_t bytes_max) {
  ASSIGN_OR_RETURN(const Fd fd, open_file(path));
  return read_up_to(fd, path, bytes_max);
}

Result<Sha256> hash_file(const Fd& file, const fs::path& path) {
  std::array<char, 64 * 1024> chunk;
  Sha256Stream hash;
  for (off_t offset = 0;;) {
    const ssize_t got = ::pread(file.get(), chunk.data(), chunk.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(file_error(errno, path));
    if (got == 0) return hash.finish();
    hash.add({chunk.data(), static_cast<std::size_t>(got)});
    offset += got;
  }
}

Result<Sha256> hash_file(const fs::path& path) {
  ASSIGN_OR_RETURN(const Fd file, open_file(path));
  return hash_file(file, path);
}

Result<std::vector<std::string>> list_folder(const fs::path& path) {
  const Handle<DIR, ::closedir> folder(::opendir(path.c_str()));
  if (!folder) return fail(file_error(errno, path));
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return fail(file_error(errno, path));
  std::sort(names.begin(), names.end());
  return names;
}

Status write_file(const fs::path& path, std::string_view bytes) {
  ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::create(path));
  TRY(file.append(bytes));
  return file.commit();
}

Result<AtomicFile> AtomicFile::create(fs::path path) {
  if (is_written_through(path)) {
    // Without waiting for a reader that a pipe may not have.
    Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.is_open()) return fail(file_error(errno, path));
    ::fcntl(fd.get(), F_SETFL, 0);
    return AtomicFile(std::move(path), "", std::move(fd));
  }
  std::string temporary = path.string() + std::string(kPart) + "XXXXXX";
  Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd.is_open() && errno == ENOENT)
    return fail(ErrorKind::not_found,
                say("{}: its folder does not exist; make it first", path.string()));
  if (!fd.is_open()) return fail(file_error(errno, path));
  AtomicFile file(std::move(path), temporary, std::move(fd));
  if (::fchmod(file.fd_.get(), 0644) != 0) return fail(file_error(errno, file.path_));
  return file;
}

AtomicFile::AtomicFile(fs::path path, fs::path temporary, Fd fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(std::move(fd)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::move(other.fd_)) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status write_all(const Fd& file, const fs::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file.get(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return fail(file_error(errno, path));
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Status AtomicFile::append(std::string_view bytes) {
  return write_all(fd_, path_, bytes);
}

Status AtomicFile::commit() {
  if (temporary_.empty()) return {};
  if (::fsync(fd_.get()) != 0) return fail(file_error(errno, path_));
  fd_.reset();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return fail(file_error(errno, path_));
  temporary_.clear();
  return sync_folder(folder_of(path_));
}

void sweep_parts(const fs::path& folder) {
  const Result<std::vector<std::string>> names = list_folder(folder);
  if (!names) return;
  for (const std::string& name : *names) {
    std::error_code ignored;
    if (name.find(kPart) != std::string::npos) fs::remove(folder / name, ignored);
  }
}

Status make_folders(const fs::path& path) {
  std::error_code error;
  if (path.empty() || fs::is_directory(path, error)) return {};
  TRY(make_folders(path.parent_path()));
  if (!fs::create_directory(path, error) && error) return fail(file_error(error.value(), path));
  return sync_folder(folder_of(path));
}

std::optional<std::uint64_t> available_bytes(const fs::path& folder) {
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  return error ? std::nullopt : std::optional<std::uint64_t>(space.available);
}

Status create_empty_file(const fs::path& path) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!fd.is_open() && errno != EEXIST) return fail(file_error(errno, path));
  return {};
}

}  // namespace noseon
