#include <fmt/format.h>

#include "base/files.h"
#include "base/say.h"
#include "fleet/store/folder.h"
#include "fleet/store/names.h"
#include "fleet/store/store.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// A generation that is collected while it is read is no longer what its link leads to: read anew.
constexpr int kReadsMax = 5;

const char* link_name(Which which) {
  return which == Which::current ? kCurrentLink : kPreviousLink;
}

Result<std::string> read_checked(const Folder& folder, const std::string& name,
                                 std::uint64_t bytes_max) {
  ASSIGN_OR_RETURN(const Fd file, folder.open_file(name));
  return read_file(file, folder.path_of(name), bytes_max);
}

Result<GenerationFiles> read_files(const Folder& folder) {
  ASSIGN_OR_RETURN(const auto names, folder.names(kGenerationFilesMax));
  GenerationFiles files;
  std::uint64_t left = kGenerationBytesMax;
  for (const std::string& name : names) {
    // A link or folder is none of ours; what leads out of the store is never followed.
    ASSIGN_OR_RETURN(const auto found, folder.find(name));
    if (!found || name.starts_with('.')) continue;
    if (found->bytes > left) {
      return fail(ErrorKind::too_large, say("{}: larger than {} bytes, which is the most that is "
                                            "read",
                                            folder.path().string(), kGenerationBytesMax));
    }
    ASSIGN_OR_RETURN(std::string bytes, read_checked(folder, name, left));
    left -= bytes.size();
    files.emplace(name, std::move(bytes));
  }
  return files;
}

Result<GenerationFiles> read_number(const fs::path& root, std::uint64_t number) {
  ASSIGN_OR_RETURN(const Folder store, Folder::open(root));
  ASSIGN_OR_RETURN(const Folder generations, store.enter(kGenerationsFolder));
  ASSIGN_OR_RETURN(const Folder folder, generations.enter(generation_name(number)));
  return read_files(folder);
}

Error damaged(const fs::path& path) {
  return {ErrorKind::bad_format,
          say("{}: is damaged; it is fetched anew where there is a source", path.string())};
}

}  // namespace

Result<std::uint64_t> StoreReader::number_of(Which which) const {
  ASSIGN_OR_RETURN(const Folder store, Folder::open(root_));
  ASSIGN_OR_RETURN(const std::string target, store.target_of(link_name(which)));
  const std::string start = std::string(kGenerationsFolder) + '/';
  std::optional<std::uint64_t> number;
  if (target.starts_with(start)) number = generation_number(target.substr(start.size()));
  if (!number) {
    return fail(ErrorKind::bad_format, say("{}: leads to {}, which is no generation of this store",
                                           store.path_of(link_name(which)).string(), target));
  }
  return *number;
}

Result<Generation> StoreReader::read(Which which) const {
  ASSIGN_OR_RETURN(std::uint64_t number, number_of(which));
  for (int reads = 1;; ++reads) {
    auto files = read_number(root_, number);
    ASSIGN_OR_RETURN(const std::uint64_t number_now, number_of(which));
    if (number_now == number || reads == kReadsMax) {
      if (!files) return fail(std::move(files).error());
      return Generation{number, *std::move(files)};
    }
    number = number_now;
  }
}

fs::path StoreReader::blob_path(const Sha256& sha256) const {
  return root_ / kBlobsFolder / blob_folder_name(sha256) / to_hex(sha256);
}

Result<std::string> StoreReader::read_blob(const BlobId& id) const {
  ASSIGN_OR_RETURN(const Folder store, Folder::open(root_));
  ASSIGN_OR_RETURN(const Folder blobs, store.enter(kBlobsFolder));
  ASSIGN_OR_RETURN(const Folder folder, blobs.enter(blob_folder_name(id.sha256)));
  const std::string name = to_hex(id.sha256);
  ASSIGN_OR_RETURN(std::string bytes,
                   read_checked(folder, name, std::min(id.bytes, kBlobBytesMax)));
  if (bytes.size() != id.bytes || sha256(bytes) != id.sha256) {
    return fail(damaged(folder.path_of(name)));
  }
  return bytes;
}

}  // namespace noseon
