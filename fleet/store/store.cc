#include "fleet/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/files.h"
#include "base/say.h"
#include "fleet/store/names.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// A folder with more in it than this is none of ours.
constexpr std::size_t kNamesMax = 1'000'000;
constexpr std::string_view kFreshStart = ".new-";

Status lock(const Folder& root) {
  if (::flock(root.fd(), LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return fail(file_error(errno, root.path()));
  return fail(ErrorKind::unavailable,
              say("{}: another noseon-sync is writing there; end it first", root.path().string()));
}

// What a run that was cut off was about to name.
Status sweep_unnamed(const Folder& generations) {
  ASSIGN_OR_RETURN(const auto names, generations.names(kNamesMax));
  for (const std::string& name : names) {
    if (!name.starts_with(kFreshStart)) continue;
    Status removed = generations.remove_folder(name);
    if (!removed && removed.error().kind != ErrorKind::bad_format) return removed;
  }
  return {};
}

bool is_generation_file(std::string_view name) {
  constexpr std::size_t kNameMax = 255;
  return !name.empty() && name.size() <= kNameMax && !name.starts_with('.') &&
         name.find('/') == name.npos && name.find('\0') == name.npos;
}

Status check_files(const GenerationFiles& files) {
  if (files.size() > kGenerationFilesMax) {
    return fail(ErrorKind::too_large, say("a generation of {} files; {} are the most that are kept",
                                          files.size(), kGenerationFilesMax));
  }
  std::uint64_t bytes = 0;
  for (const auto& [name, content] : files) {
    if (!is_generation_file(name)) {
      return fail(ErrorKind::bad_format, say("\"{}\": is no name for a file", name));
    }
    bytes += content.size();
  }
  if (bytes <= kGenerationBytesMax) return {};
  return fail(ErrorKind::too_large, say("a generation of {} bytes; {} are the most that are kept",
                                        bytes, kGenerationBytesMax));
}

Status fill(const Folder& folder, const GenerationFiles& files) {
  for (const auto& [name, bytes] : files) TRY(folder.write_new(name, bytes));
  // Of 2,500 files each synced alone would take a card half a minute.
  return folder.sync_all();
}

// The files under a name that is no generation's, and then the name.
Status write_generation(const Folder& generations, const std::string& name,
                        const GenerationFiles& files) {
  const std::string fresh = std::string(kFreshStart) + name;
  static_cast<void>(generations.remove_folder(fresh));  // of an attempt that failed
  ASSIGN_OR_RETURN(const Folder folder, generations.make_new(fresh));
  Status written = fill(folder, files);
  if (written) written = generations.move(fresh, generations, name);
  if (!written) static_cast<void>(generations.remove_folder(fresh));
  return written;
}

std::string generation_path(std::uint64_t number) {
  return std::string(kGenerationsFolder) + '/' + generation_name(number);
}

}  // namespace

Result<Store> Store::open(fs::path root) {
  ASSIGN_OR_RETURN(Folder folder, Folder::make(root));
  TRY(lock(folder));
  for (const char* name : {kBlobsFolder, kPartsFolder, kGenerationsFolder}) {
    TRY(folder.enter_or_make(name));
  }
  ASSIGN_OR_RETURN(const Folder generations, folder.enter(kGenerationsFolder));
  TRY(sweep_unnamed(generations));
  for (const char* link : {kCurrentLink, kPreviousLink}) TRY(folder.remove(unswapped_name(link)));
  // A run that was killed may have named what it had not synced yet, and from here on what has a
  // name counts as being on the disk.
  TRY(folder.sync_all());
  Store store(StoreReader(std::move(root)), std::move(folder));
  // A power cut between the two folders of a rename can leave a blob and its part.
  TRY(store.remove_parts([&](const Sha256& hash) { return store.find_blob(hash).has_value(); }));
  return store;
}

// ---- Blobs -----------------------------------------------------------------------------------

std::optional<StoredFile> Store::find_blob(const Sha256& sha256) const {
  const auto blobs = root_.enter(kBlobsFolder);
  if (!blobs) return std::nullopt;
  const auto folder = blobs->enter(blob_folder_name(sha256));
  if (!folder) return std::nullopt;
  return folder->find(to_hex(sha256)).value_or(std::nullopt);
}

bool Store::has_blob(const BlobId& id) const {
  const auto found = find_blob(id.sha256);
  return found && found->bytes == id.bytes;
}

Result<PartialBlob> Store::continue_blob(const BlobId& id) {
  if (id.bytes > kBlobBytesMax) {
    return fail(ErrorKind::too_large, say("{}: {} bytes; {} are the most that a blob may have",
                                          to_hex(id.sha256), id.bytes, kBlobBytesMax));
  }
  ASSIGN_OR_RETURN(const Folder parts, root_.enter(kPartsFolder));
  const std::string name = part_name(id.sha256);
  // A link or pipe with that name is none of ours, and in the way.
  ASSIGN_OR_RETURN(auto found, parts.find(name));
  if (!found || found->bytes > id.bytes) {
    TRY(parts.remove(name));
    found = StoredFile{};
  }
  constexpr int kFlags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  Fd file(::openat(parts.fd(), name.c_str(), kFlags, 0644));
  if (!file.is_open()) return fail(file_error(errno, parts.path_of(name)));
  return PartialBlob(reader_.root(), id, std::move(file), found->bytes);
}

Status Store::discard_blob(const Sha256& sha256) {
  ASSIGN_OR_RETURN(const Folder blobs, root_.enter(kBlobsFolder));
  auto folder = blobs.enter(blob_folder_name(sha256));
  if (!folder && folder.error().kind == ErrorKind::not_found) return {};
  if (!folder) return fail(std::move(folder).error());
  return folder->remove(to_hex(sha256));
}

Status Store::sweep_parts(const std::set<Sha256>& wanted) {
  return remove_parts(
      [&](const Sha256& hash) { return !wanted.contains(hash) || find_blob(hash).has_value(); });
}

Status Store::remove_parts(const std::function<bool(const Sha256&)>& is_to_go) {
  ASSIGN_OR_RETURN(const Folder parts, root_.enter(kPartsFolder));
  ASSIGN_OR_RETURN(const auto names, parts.names(kNamesMax));
  bool is_removed = false;
  for (const std::string& name : names) {
    const auto hash = part_hash(name);
    if (!hash || !is_to_go(*hash)) continue;
    TRY(parts.remove(name));
    is_removed = true;
  }
  return is_removed ? parts.sync() : Status();
}

// ---- Generations -----------------------------------------------------------------------------

// Of a link that is not there, or leads nowhere that is ours: 0. That it cannot be read now says
// nothing of where it leads.
Result<std::uint64_t> Store::linked_number(Which which) const {
  const auto number = reader_.number_of(which);
  if (number) return *number;
  const ErrorKind kind = number.error().kind;
  if (kind == ErrorKind::not_found || kind == ErrorKind::bad_format) return 0;
  return fail(number.error());
}

Result<std::uint64_t> Store::next_number() const {
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  ASSIGN_OR_RETURN(const auto names, generations.names(kNamesMax));
  std::uint64_t highest = 0;
  for (const std::string& name : names) {
    highest = std::max(highest, generation_number(name).value_or(0));
  }
  // A link may lead to what is gone; its number is not given to something else.
  for (const Which which : {Which::current, Which::previous}) {
    ASSIGN_OR_RETURN(const std::uint64_t linked, linked_number(which));
    highest = std::max(highest, linked);
  }
  if (highest < kGenerationNumberMax) return highest + 1;
  return fail(ErrorKind::disk, say("{}: there is no number after {}; remove that generation",
                                   generations.path().string(), highest));
}

Result<std::uint64_t> Store::add_generation(const GenerationFiles& files) {
  TRY(check_files(files));
  ASSIGN_OR_RETURN(const std::uint64_t number, next_number());
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  TRY(write_generation(generations, generation_name(number), files));
  TRY(generations.sync());
  return number;
}

// The generation behind `current`, if it can be gone back to; else 0.
Result<std::uint64_t> Store::usable_current() const {
  ASSIGN_OR_RETURN(const std::uint64_t number, linked_number(Which::current));
  if (number == 0) return 0;
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  const auto folder = generations.enter(generation_name(number));
  if (folder) return number;
  const ErrorKind kind = folder.error().kind;
  if (kind == ErrorKind::not_found || kind == ErrorKind::bad_format) return 0;
  return fail(folder.error());
}

Status Store::make_current(std::uint64_t number) {
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  TRY(generations.enter(generation_name(number)));
  ASSIGN_OR_RETURN(const std::uint64_t before, usable_current());
  if (before != number) {
    if (before != 0) TRY(root_.point(kPreviousLink, generation_path(before)));
    TRY(root_.point(kCurrentLink, generation_path(number)));
  }
  // Also where the link was right: whether it is on the disk is another question.
  return root_.sync();
}

Status Store::renew_current(std::uint64_t number) {
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  TRY(generations.enter(generation_name(number)));
  TRY(root_.point(kCurrentLink, generation_path(number)));
  return root_.sync();
}

}  // namespace noseon
