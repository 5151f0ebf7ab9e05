#include "fleet/pull/kept_metadata.h"

#include <fmt/format.h>

#include <system_error>

#include "base/files.h"
#include "base/say.h"
#include "fleet/trust/metadata.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return {};
  return fail(ErrorKind::disk, say("{}: cannot be made: {}", folder.string(), error.message()));
}

Status remove_file(const fs::path& file) {
  std::error_code error;
  fs::remove(file, error);
  if (!error) return {};
  return fail(ErrorKind::disk, say("{}: cannot be removed: {}", file.string(), error.message()));
}

std::string root_name(std::int64_t version) {
  return fmt::format("{}.root.json", version);
}

}  // namespace

Status KeptMetadata::prepare() const {
  TRY(make_folder(roots_));
  return make_folder(files_);
}

Result<std::string> KeptMetadata::root(std::int64_t version) const {
  return read_file(roots_ / root_name(version), kRootBytesMax);
}
Status KeptMetadata::keep_root(std::int64_t version, std::string_view bytes) const {
  return write_file(roots_ / root_name(version), bytes);
}
Status KeptMetadata::drop_root(std::int64_t version) const {
  return remove_file(roots_ / root_name(version));
}

Result<std::string> KeptMetadata::file(const std::string& name) const {
  return read_file(files_ / name, kTargetsBytesMax);
}
Status KeptMetadata::keep(const std::string& name, std::string_view bytes) const {
  return write_file(files_ / name, bytes);
}
Status KeptMetadata::drop(const std::string& name) const {
  return remove_file(files_ / name);
}

Status KeptMetadata::drop_all_but(const std::set<std::string>& names) const {
  ASSIGN_OR_RETURN(const auto there, list_folder(files_));
  for (const std::string& name : there) {
    if (!names.contains(name)) TRY(remove_file(files_ / name));
  }
  return {};
}

}  // namespace noseon
