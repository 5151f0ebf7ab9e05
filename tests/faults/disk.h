// A model of a disk and of the memory before it: what was written, and what of it is certain to be
// there after the power went.
//
// Stricter than any file system that we know: until a folder is synced each change of a name in it
// may be there or not, whatever came before or after, a rename between folders as two changes;
// until a file is synced each 512 bytes of it may be the new, the old, or zeros, and it may be as
// long as it was or is, or anything between. As in "All File Systems Are Not Created Equal" (Pillai
// and others, OSDI 2014).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace noseon::faults {

inline constexpr std::size_t kSectorBytes = 512;

/// Files whose bytes nobody relies on, by the end of their names: SQLite's index of a log, which it
/// maps, and makes anew when it is the first to open it; and room that is held in reserve. Of them
/// the names alone are followed; a judge may put anything in them.
inline constexpr std::array<std::string_view, 2> kDisposable{"-shm", ".reserve"};

[[nodiscard]] bool is_disposable(std::string_view path);

/// What a program did to a disk. Paths are below its top, without a '/' before.
struct DiskCall {
  enum class Kind {
    make_file,    ///< that is not there yet
    make_folder,  ///<
    make_link,    ///< symbolic, to `other`
    link,         ///< `other` is another name of the file `path`
    write,        ///< `bytes` at `number`
    set_length,   ///< to `number`
    rename,       ///< to `other`
    remove,       ///< a file, link or folder
    sync_file,    ///<
    sync_folder,  ///<
    sync_all,     ///<
    say,          ///< `bytes`, to whoever started the program
  };
  Kind kind;
  std::string path;
  std::string other;
  std::uint64_t number = 0;
  std::string bytes;
};
[[nodiscard]] std::string to_string(const DiskCall& call);

/// A disk as it can be found: everything by its path, parents before what is in them.
struct Found {
  enum class Kind { file, folder, link };
  Kind kind;
  std::string bytes;  ///< of a file, or where a link leads
  friend bool operator==(const Found&, const Found&) = default;
};
using FoundDisk = std::map<std::string, Found, std::less<>>;

/// How the power cut chose.
struct Chance {
  /// Is this change of a name on the disk? Asked in order, each with its running number.
  std::function<bool(std::size_t)> has_name;
  /// What a file holds that was `synced` and then became `written`.
  std::function<std::string(const std::string& synced, const std::string& written)> content;
};

class Disk {
 public:
  Disk();
  /// Everything in a folder, as synced long ago.
  [[nodiscard]] static Result<Disk> load(const std::filesystem::path& folder);

  /// bad_format where the call cannot have succeeded on this disk.
  [[nodiscard]] Status apply(const DiskCall& call);

  [[nodiscard]] bool has(std::string_view path) const { return find(path).has_value(); }
  [[nodiscard]] bool is_folder(std::string_view path) const;
  /// As the program sees it.
  [[nodiscard]] std::uint64_t length_of(std::string_view path) const;

  /// How many changes of names are not synced, and how many sectors of files.
  [[nodiscard]] std::size_t names_open() const;
  [[nodiscard]] std::size_t sectors_open() const;
  [[nodiscard]] FoundDisk after_power_cut(const Chance& chance) const;

 private:
  using NodeId = std::size_t;
  struct Change {
    std::string name;
    std::optional<NodeId> node;  ///< nothing: the name is gone
  };
  using Names = std::map<std::string, NodeId, std::less<>>;
  struct Node {
    Found::Kind kind = Found::Kind::file;
    std::string written, synced;  ///< of a file; where a link leads
    Names names, synced_names;    ///< of a folder
    std::vector<Change> changes;  ///< of names, since the folder was synced
  };

  [[nodiscard]] std::optional<NodeId> find(std::string_view path) const;
  [[nodiscard]] Result<NodeId> at(std::string_view path) const;
  [[nodiscard]] Result<NodeId> folder_of(std::string_view path) const;
  [[nodiscard]] Status change(std::string_view path, std::optional<NodeId> node);
  [[nodiscard]] Status make(std::string_view path, Found::Kind kind, std::string content);
  [[nodiscard]] Status move(const DiskCall& call);
  [[nodiscard]] Status write(const DiskCall& call);
  void sync(Node& node);
  void sync_all();
  void find_in(NodeId folder, const std::string& path, const Chance& chance, std::size_t& asked,
               FoundDisk& found) const;

  std::vector<Node> nodes_;  ///< the first is the top
};

/// Puts it into an empty folder.
[[nodiscard]] Status materialise(const FoundDisk& found, const std::filesystem::path& folder);

// ---- The ways of chance ------------------------------------------------------------------------

[[nodiscard]] Chance only_synced();
[[nodiscard]] Chance all_names_and_synced_bytes();
[[nodiscard]] Chance synced_names_and_all_bytes();
/// What a program that is killed leaves: the disk lost nothing.
[[nodiscard]] Chance everything();
/// All names, all lengths, zeros where nothing was synced: as delayed allocation does it.
[[nodiscard]] Chance all_names_and_zeros();
/// All bytes, and of the names' changes this one alone, or all but this one.
[[nodiscard]] Chance one_name(std::size_t number);
[[nodiscard]] Chance all_names_but(std::size_t number);
/// Each change and each sector by itself. `random` must outlive it.
[[nodiscard]] Chance any(std::mt19937_64& random);

}  // namespace noseon::faults
