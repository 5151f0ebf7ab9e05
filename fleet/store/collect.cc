// What Store::collect() takes away, and what all weighs.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "fleet/store/names.h"
#include "fleet/store/store.h"

namespace noseon {
namespace {

constexpr std::size_t kNamesMax = 1'000'000;

struct StoredBlob {
  Sha256 sha256;
  StoredFile file;
};

Result<std::vector<StoredBlob>> blobs_in(const Folder& folder, std::string_view folder_name) {
  ASSIGN_OR_RETURN(const auto names, folder.names(kNamesMax));
  std::vector<StoredBlob> blobs;
  for (const std::string& name : names) {
    const auto hash = sha256_from_hex(name);
    ASSIGN_OR_RETURN(const auto found, folder.find(name));
    if (hash && found && name.starts_with(folder_name)) blobs.push_back({*hash, *found});
  }
  return blobs;
}

// A folder of 00 to ff; what else lies there is none of ours.
bool is_blob_folder(std::string_view name) {
  return name.size() == 2 && name.find_first_not_of("0123456789abcdef") == name.npos;
}

Result<std::vector<StoredBlob>> all_blobs(const Folder& blobs) {
  ASSIGN_OR_RETURN(const auto names, blobs.names(kNamesMax));
  std::vector<StoredBlob> all;
  for (const std::string& name : names) {
    if (!is_blob_folder(name)) continue;
    const auto folder = blobs.enter(name);
    if (!folder && folder.error().kind == ErrorKind::bad_format) continue;
    if (!folder) return fail(folder.error());
    ASSIGN_OR_RETURN(const auto some, blobs_in(*folder, name));
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::uint64_t bytes_of(const std::vector<StoredBlob>& blobs) {
  std::uint64_t bytes = 0;
  for (const StoredBlob& blob : blobs) bytes += blob.file.bytes;
  return bytes;
}

// Marks what is needed now, or came since it was last asked, with the number of the generation.
Status mark_used(const Folder& blobs, std::vector<StoredBlob>& all, const std::set<Sha256>& needed,
                 std::int64_t now) {
  for (StoredBlob& blob : all) {
    const bool is_used = needed.contains(blob.sha256) || blob.file.mark > now;
    if (!is_used || blob.file.mark == now) continue;
    ASSIGN_OR_RETURN(const Folder folder, blobs.enter(blob_folder_name(blob.sha256)));
    TRY(folder.mark(to_hex(blob.sha256), now));
    blob.file.mark = now;
  }
  return {};
}

bool is_unused_longer(const StoredBlob& a, const StoredBlob& b) {
  if (a.file.mark != b.file.mark) return a.file.mark < b.file.mark;
  return a.sha256 < b.sha256;
}

}  // namespace

Status Store::collect_generations(Collected& collected) {
  ASSIGN_OR_RETURN(const std::uint64_t current, linked_number(Which::current));
  ASSIGN_OR_RETURN(const std::uint64_t previous, linked_number(Which::previous));
  ASSIGN_OR_RETURN(const Folder generations, root_.enter(kGenerationsFolder));
  ASSIGN_OR_RETURN(const auto names, generations.names(kNamesMax));
  for (const std::string& name : names) {
    const auto number = generation_number(name);
    if (!number || number == current || number == previous) continue;
    Status removed = generations.remove_folder(name);
    if (!removed && removed.error().kind != ErrorKind::bad_format) return removed;
    if (removed) ++collected.generations;
  }
  return {};
}

Status Store::collect_blobs(std::uint64_t bytes_max, const std::set<Sha256>& needed,
                            Collected& collected) {
  ASSIGN_OR_RETURN(const Folder blobs, root_.enter(kBlobsFolder));
  ASSIGN_OR_RETURN(auto all, all_blobs(blobs));
  ASSIGN_OR_RETURN(const std::uint64_t now, linked_number(Which::current));
  TRY(mark_used(blobs, all, needed, static_cast<std::int64_t>(now)));
  ASSIGN_OR_RETURN(std::uint64_t bytes, bytes_of_parts());
  bytes += bytes_of(all);
  std::sort(all.begin(), all.end(), is_unused_longer);
  std::set<std::string> folders;
  for (const StoredBlob& blob : all) {
    if (bytes <= bytes_max) break;
    if (needed.contains(blob.sha256)) continue;
    TRY(discard_blob(blob.sha256));
    folders.insert(std::string(blob_folder_name(blob.sha256)));
    bytes -= blob.file.bytes;
    collected.bytes += blob.file.bytes;
    ++collected.blobs;
  }
  return sync_folders_of(folders);
}

// So that what is fetched into their room does not lie beside them after a power cut.
Status Store::sync_folders_of(const std::set<std::string>& folders) const {
  ASSIGN_OR_RETURN(const Folder blobs, root_.enter(kBlobsFolder));
  for (const std::string& name : folders) {
    ASSIGN_OR_RETURN(const Folder folder, blobs.enter(name));
    TRY(folder.sync());
  }
  return {};
}

Result<Collected> Store::collect(std::uint64_t bytes_max, const std::set<Sha256>& needed) {
  Collected collected;
  TRY(collect_generations(collected));
  TRY(collect_blobs(bytes_max, needed, collected));
  return collected;
}

Result<std::uint64_t> Store::bytes_used() const {
  ASSIGN_OR_RETURN(const Folder blobs, root_.enter(kBlobsFolder));
  ASSIGN_OR_RETURN(const auto all, all_blobs(blobs));
  ASSIGN_OR_RETURN(const std::uint64_t parts, bytes_of_parts());
  return bytes_of(all) + parts;
}

Result<std::uint64_t> Store::bytes_of_parts() const {
  ASSIGN_OR_RETURN(const Folder parts, root_.enter(kPartsFolder));
  ASSIGN_OR_RETURN(const auto names, parts.names(kNamesMax));
  std::uint64_t bytes = 0;
  for (const std::string& name : names) {
    if (!part_hash(name)) continue;
    ASSIGN_OR_RETURN(const auto found, parts.find(name));
    bytes += found.value_or(StoredFile{}).bytes;
  }
  return bytes;
}

}  // namespace noseon
