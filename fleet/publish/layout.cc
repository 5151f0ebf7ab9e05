#include "fleet/publish/layout.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/files.h"
#include "base/handle.h"
#include "fleet/trust/metadata.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPart = ".part-";

Status sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.is_open() || ::fsync(fd.get()) != 0) return fail(file_error(errno, folder));
  return {};
}

}  // namespace

fs::path role_path(const fs::path& repository, std::string_view role, std::int64_t version) {
  return repository / "metadata" / fmt::format("{}.{}.json", version, encode_role_name(role));
}

fs::path timestamp_path(const fs::path& repository) {
  return repository / "metadata" / "timestamp.json";
}

Status make_folders(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) return {};
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  TRY(make_folders(parent));
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return fail(file_error(errno, folder));
  return sync_folder(parent);
}

void sweep_parts(const fs::path& folder) {
  const Result<std::vector<std::string>> names = list_folder(folder);
  if (!names) return;
  for (const std::string& name : *names) {
    if (name.find(kPart) != std::string::npos) ::unlink((folder / name).c_str());
  }
}

}  // namespace noseon
