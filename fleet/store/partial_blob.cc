#include <unistd.h>

#include <cerrno>

#include "base/check.h"
#include "base/files.h"
#include "base/say.h"
#include "fleet/store/folder.h"
#include "fleet/store/names.h"
#include "fleet/store/store.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Result<Folder> parts_of(const fs::path& root) {
  ASSIGN_OR_RETURN(const Folder store, Folder::open(root));
  return store.enter(kPartsFolder);
}

// Into its place, and on the disk with every folder above it.
Status put_in_place(const fs::path& root, const Sha256& sha256) {
  ASSIGN_OR_RETURN(const Folder store, Folder::open(root));
  ASSIGN_OR_RETURN(const Folder parts, store.enter(kPartsFolder));
  ASSIGN_OR_RETURN(const Folder blobs, store.enter(kBlobsFolder));
  ASSIGN_OR_RETURN(const Folder folder, blobs.enter_or_make(blob_folder_name(sha256)));
  const std::string name = to_hex(sha256);
  TRY(parts.move(part_name(sha256), folder, name));
  Status synced = folder.sync();
  // Else it is taken for one that is on the disk.
  if (!synced) static_cast<void>(folder.remove(name));
  return synced;
}

}  // namespace

// What the disk refused is not gone on from: a full disk is not kept full by halves of blobs, and
// bytes that could not be synced are in memory alone, whatever is read back.
Status PartialBlob::give_up(Error error) {
  length_ = 0;
  file_.reset();
  const auto parts = parts_of(root_);
  Status removed = parts ? parts->remove(part_name(id_.sha256)) : Status(fail(parts.error()));
  // Whoever is told that it is wrong fetches it anew, and would find it as it is again and again.
  if (!removed && error.kind == ErrorKind::bad_format) return removed;
  return fail(std::move(error));
}

fs::path PartialBlob::path() const {
  return root_ / kPartsFolder / part_name(id_.sha256);
}

Status PartialBlob::append(std::string_view bytes) {
  CHECK(is_open());
  if (bytes.size() > id_.bytes - length_) {
    return fail(ErrorKind::too_large, say("{}: more than the {} bytes that were announced came",
                                          path().string(), id_.bytes));
  }
  if (auto written = write_at(file_, length_, bytes, path()); !written) {
    return give_up(std::move(written).error());
  }
  length_ += bytes.size();
  return {};
}

Status PartialBlob::restart() {
  CHECK(is_open());
  if (::ftruncate(file_.get(), 0) != 0) return give_up(file_error(errno, path()));
  length_ = 0;
  return {};
}

Status PartialBlob::commit() {
  CHECK(is_open());
  const auto hash = hash_file(file_, path());
  if (!hash) return give_up(hash.error());
  if (length_ != id_.bytes || *hash != id_.sha256) {
    return give_up(
        {ErrorKind::bad_format,
         say("{}: what came is not what was announced; it is fetched anew", path().string())});
  }
  Status placed = sync_file(file_, path());
  if (placed) placed = put_in_place(root_, id_.sha256);
  if (!placed) return give_up(std::move(placed).error());
  file_.reset();
  return {};
}

}  // namespace noseon
