// What a display has of the world, on disk: blobs by their hash, generations of metadata, and which
// of them is current. The disk is the interface: noseon-sync writes it, noseon-player only reads.
//
//   blobs/9f/9f2c...         immutable, named by SHA-256; written part -> fsync -> rename -> fsync
//   parts/9f2c....part       what is being fetched; its length is how far it came
//   generations/000042/      the metadata files of one complete, verified release
//   current -> generations/000042, previous -> ...   symbolic links, swapped by rename
//
// After a power cut at any instant it is one complete generation or the other: everything that
// `current` needs is synced before the link is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/handle.h"
#include "base/result.h"
#include "base/sha256.h"
#include "fleet/store/folder.h"

namespace noseon {

/// By file name. At most kGenerationFilesMax files, kGenerationBytesMax bytes in all.
using GenerationFiles = std::map<std::string, std::string, std::less<>>;
inline constexpr std::size_t kGenerationFilesMax = 2'500;
inline constexpr std::uint64_t kGenerationBytesMax = 64'000'000;
/// Of one blob, since it is read into memory whole.
inline constexpr std::uint64_t kBlobBytesMax = 256'000'000;

enum class Which { current, previous };

struct Generation {
  std::uint64_t number = 0;
  GenerationFiles files;
};

struct BlobId {
  Sha256 sha256{};
  std::uint64_t bytes = 0;
  friend auto operator<=>(const BlobId&, const BlobId&) = default;
};

/// Reading; writes nothing, keeps nothing. Any thread.
class StoreReader {
 public:
  explicit StoreReader(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  /// The number behind a link; not_found where there is none, bad_format where it leads elsewhere
  /// than to generations/NNNNNN of this store.
  [[nodiscard]] Result<std::uint64_t> number_of(Which which) const;
  /// All its files, read bounded. They are what they are: nothing is verified here.
  [[nodiscard]] Result<Generation> read(Which which) const;
  [[nodiscard]] std::filesystem::path blob_path(const Sha256& sha256) const;
  /// The bytes of a blob, if it is there whole and has its hash: else not_found, too_large (longer
  /// than `id.bytes`), bad_format (it is damaged), disk.
  [[nodiscard]] Result<std::string> read_blob(const BlobId& id) const;

 private:
  std::filesystem::path root_;
};

/// A blob being fetched. Movable. Destroyed without commit() its bytes stay, to go on from there;
/// after any failure but append()'s too_large the part is gone, so that a full disk is not kept
/// full by halves, and what could not be synced is not gone on from.
class PartialBlob {
 public:
  PartialBlob(PartialBlob&&) noexcept = default;
  PartialBlob& operator=(PartialBlob&&) = delete;

  [[nodiscard]] const BlobId& id() const { return id_; }
  /// False once it was committed or given up; then nothing may be asked of it any more.
  [[nodiscard]] bool is_open() const { return file_.is_open(); }
  /// How far it came: where the next byte goes.
  [[nodiscard]] std::uint64_t length() const { return length_; }
  /// too_large past the blob's length, before a byte of it is written; disk.
  [[nodiscard]] Status append(std::string_view bytes);
  /// From the first byte again.
  [[nodiscard]] Status restart();
  /// Hash and length decide: what has not both is removed and is bad_format; disk, where it cannot
  /// be removed. Then it is synced and in its place, for good.
  [[nodiscard]] Status commit();

 private:
  friend class Store;
  PartialBlob(std::filesystem::path root, BlobId id, Fd file, std::uint64_t length)
      : root_(std::move(root)), id_(id), file_(std::move(file)), length_(length) {}

  [[nodiscard]] std::filesystem::path path() const;
  [[nodiscard]] Status give_up(Error error);

  std::filesystem::path root_;
  BlobId id_;
  Fd file_;
  std::uint64_t length_;
};

/// What collect() did.
struct Collected {
  std::size_t blobs = 0;
  std::uint64_t bytes = 0;
  std::size_t generations = 0;
};

/// Writing; one process at a time, one thread.
class Store {
 public:
  /// Makes what is missing, takes the lock, and takes away what a run that was cut off had not
  /// named yet, and parts of blobs that are there. From then on what has a name is on the disk.
  /// unavailable: another process writes here; disk, denied; bad_format where something else has
  /// the name of one of its folders.
  [[nodiscard]] static Result<Store> open(std::filesystem::path root);

  [[nodiscard]] const StoreReader& reader() const { return reader_; }

  /// Whether it is there with its length; whether its bytes are right is read_blob()'s to say.
  [[nodiscard]] bool has_blob(const BlobId& id) const;
  /// From where it came to last, or from the first byte. too_large past kBlobBytesMax.
  /// REQUIRES: no other PartialBlob of that hash.
  [[nodiscard]] Result<PartialBlob> continue_blob(const BlobId& id);
  /// Removes a blob that is not what its name says, so that it is fetched anew.
  [[nodiscard]] Status discard_blob(const Sha256& sha256);
  /// Removes the parts that nobody wants, and those of blobs that are there; with nothing wanted,
  /// all, as a full disk asks.
  [[nodiscard]] Status sweep_parts(const std::set<Sha256>& wanted);

  /// Written whole and synced under the next number, which is returned; nothing leads to it yet.
  /// Names are checked: no '/', not starting with '.', at most 255 bytes (bad_format); so are the
  /// caps (too_large). On failure nothing of it is left.
  [[nodiscard]] Result<std::uint64_t> add_generation(const GenerationFiles& files);
  /// Makes it current, and what was current previous, if that is there. When it returns, a power
  /// cut finds it so; after a failure either may be current. not_found.
  /// REQUIRES: every blob that it needs is there.
  [[nodiscard]] Status make_current(std::uint64_t number);
  /// The same, but `previous` stays: for a release that plays what the current one plays, signed
  /// anew. Otherwise a repository that is signed each day would leave nothing else to fall back to.
  [[nodiscard]] Status renew_current(std::uint64_t number);

  /// Removes generations that neither link leads to and, where the blobs and parts weigh more than
  /// `bytes_max`, of the blobs that are not in `needed` the ones not needed for longest, until they
  /// do not. What was removed does not come back, after a power cut neither. REQUIRES: `needed` is
  /// all that both generations need, and what is being fetched; whoever cannot read one of them now
  /// does not collect.
  ///
  /// "Longest" is counted in generations, not by a clock, which may lie: a blob's time of change is
  /// set to the number of the last generation under which it was needed, as seconds.
  [[nodiscard]] Result<Collected> collect(std::uint64_t bytes_max, const std::set<Sha256>& needed);
  /// What all blobs and parts weigh.
  [[nodiscard]] Result<std::uint64_t> bytes_used() const;

 private:
  Store(StoreReader reader, Folder root) : reader_(std::move(reader)), root_(std::move(root)) {}

  [[nodiscard]] std::optional<StoredFile> find_blob(const Sha256& sha256) const;
  [[nodiscard]] Status remove_parts(const std::function<bool(const Sha256&)>& is_to_go);
  [[nodiscard]] Result<std::uint64_t> next_number() const;
  [[nodiscard]] Result<std::uint64_t> linked_number(Which which) const;
  [[nodiscard]] Result<std::uint64_t> usable_current() const;
  [[nodiscard]] Result<std::uint64_t> bytes_of_parts() const;
  [[nodiscard]] Status collect_generations(Collected& collected);
  [[nodiscard]] Status collect_blobs(std::uint64_t bytes_max, const std::set<Sha256>& needed,
                                     Collected& collected);
  [[nodiscard]] Status sync_folders_of(const std::set<std::string>& folders) const;

  StoreReader reader_;
  Folder root_;  ///< and the lock: flock() on the folder itself
};

}  // namespace noseon
