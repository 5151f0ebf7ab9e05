#include "tests/faults/disk.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/files.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using Kind = DiskCall::Kind;

constexpr std::uint64_t kFileBytesMax = 1'000'000'000;

std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view folder_path_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

Failure cannot_be(std::string_view what) {
  return fail(ErrorKind::bad_format,
              fmt::format("the model of the disk does not know of {}", what));
}

}  // namespace

bool is_disposable(std::string_view path) {
  return std::any_of(kDisposable.begin(), kDisposable.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

std::string to_string(const DiskCall& call) {
  static constexpr const char* kNames[] = {"make file", "make folder", "make link", "link",
                                           "write",     "set length",  "rename",    "remove",
                                           "sync file", "sync folder", "sync all",  "say"};
  std::string text = kNames[static_cast<std::size_t>(call.kind)];
  if (!call.path.empty()) text += ' ' + call.path;
  if (!call.other.empty()) text += " -> " + call.other;
  if (call.kind == Kind::write) {
    text += fmt::format(" at {}, {} bytes", call.number, call.bytes.size());
  }
  if (call.kind == Kind::set_length) text += fmt::format(" {}", call.number);
  if (call.kind == Kind::say) text += ' ' + call.bytes;
  return text;
}

Disk::Disk() {
  nodes_.emplace_back().kind = Found::Kind::folder;
}

Result<Disk> Disk::load(const fs::path& folder) {
  Disk disk;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path =
        fs::relative(entry.path().parent_path(), folder) == "."
            ? entry.path().filename().string()
            : (fs::relative(entry.path().parent_path(), folder) / entry.path().filename()).string();
    if (entry.is_symlink()) {
      TRY(disk.make(path, Found::Kind::link, fs::read_symlink(entry.path()).string()));
    } else if (entry.is_directory()) {
      TRY(disk.make(path, Found::Kind::folder, ""));
    } else {
      std::string bytes;
      if (!is_disposable(path)) {
        ASSIGN_OR_RETURN(bytes, read_file(entry.path(), kFileBytesMax));
      }
      TRY(disk.make(path, Found::Kind::file, std::move(bytes)));
    }
  }
  disk.sync_all();
  return disk;
}

// ---- Names -----------------------------------------------------------------------------------

std::optional<Disk::NodeId> Disk::find(std::string_view path) const {
  NodeId node = 0;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    const auto found = nodes_[node].names.find(name);
    if (found == nodes_[node].names.end()) return std::nullopt;
    node = found->second;
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return node;
}

Result<Disk::NodeId> Disk::at(std::string_view path) const {
  const auto node = find(path);
  if (!node) return cannot_be(path);
  return *node;
}

Result<Disk::NodeId> Disk::folder_of(std::string_view path) const {
  ASSIGN_OR_RETURN(const NodeId folder, at(folder_path_of(path)));
  if (nodes_[folder].kind != Found::Kind::folder) return cannot_be(path);
  return folder;
}

bool Disk::is_folder(std::string_view path) const {
  const auto node = find(path);
  return node && nodes_[*node].kind == Found::Kind::folder;
}

std::uint64_t Disk::length_of(std::string_view path) const {
  const auto node = find(path);
  return node ? nodes_[*node].written.size() : 0;
}

Status Disk::change(std::string_view path, std::optional<NodeId> node) {
  ASSIGN_OR_RETURN(const NodeId folder, folder_of(path));
  const std::string name(name_of(path));
  nodes_[folder].changes.push_back({name, node});
  if (node) {
    nodes_[folder].names[name] = *node;
  } else {
    nodes_[folder].names.erase(name);
  }
  return {};
}

Status Disk::make(std::string_view path, Found::Kind kind, std::string content) {
  if (find(path)) return cannot_be(fmt::format("{} being new", path));
  nodes_.emplace_back();
  nodes_.back().kind = kind;
  nodes_.back().written = std::move(content);
  // Where a symbolic link leads is part of its making.
  if (kind == Found::Kind::link) nodes_.back().synced = nodes_.back().written;
  return change(path, nodes_.size() - 1);
}

Status Disk::move(const DiskCall& call) {
  ASSIGN_OR_RETURN(const NodeId node, at(call.path));
  TRY(change(call.other, node));
  return change(call.path, std::nullopt);
}

// ---- Bytes -----------------------------------------------------------------------------------

Status Disk::write(const DiskCall& call) {
  ASSIGN_OR_RETURN(const NodeId node, at(call.path));
  std::string& bytes = nodes_[node].written;
  bytes.resize(std::max<std::size_t>(bytes.size(), call.number + call.bytes.size()));
  bytes.replace(call.number, call.bytes.size(), call.bytes);
  return {};
}

void Disk::sync(Node& node) {
  node.synced = node.written;
  node.synced_names = node.names;
  node.changes.clear();
}

void Disk::sync_all() {
  for (Node& node : nodes_) sync(node);
}

Status Disk::apply(const DiskCall& call) {
  switch (call.kind) {
    case Kind::make_file:
      return make(call.path, Found::Kind::file, "");
    case Kind::make_folder:
      return make(call.path, Found::Kind::folder, "");
    case Kind::make_link:
      return make(call.path, Found::Kind::link, call.other);
    case Kind::link: {
      ASSIGN_OR_RETURN(const NodeId node, at(call.path));
      return change(call.other, node);
    }
    case Kind::write:
      return write(call);
    case Kind::set_length: {
      ASSIGN_OR_RETURN(const NodeId node, at(call.path));
      nodes_[node].written.resize(call.number);
      return {};
    }
    case Kind::rename:
      return move(call);
    case Kind::remove:
      TRY(at(call.path));
      return change(call.path, std::nullopt);
    case Kind::sync_file:
    case Kind::sync_folder: {
      ASSIGN_OR_RETURN(const NodeId node, at(call.path));
      sync(nodes_[node]);
      return {};
    }
    case Kind::sync_all:
      sync_all();
      return {};
    case Kind::say:
      return {};
  }
  return {};
}

// ---- After the cut ---------------------------------------------------------------------------

std::size_t Disk::names_open() const {
  std::size_t count = 0;
  for (const Node& node : nodes_) count += node.changes.size();
  return count;
}

std::size_t Disk::sectors_open() const {
  std::size_t count = 0;
  for (const Node& node : nodes_) {
    if (node.kind != Found::Kind::file || node.written == node.synced) continue;
    count += 1 + std::max(node.written.size(), node.synced.size()) / kSectorBytes;
  }
  return count;
}

void Disk::find_in(NodeId folder, const std::string& path, const Chance& chance, std::size_t& asked,
                   FoundDisk& found) const {
  Names names = nodes_[folder].synced_names;
  for (const Change& change : nodes_[folder].changes) {
    if (!chance.has_name(asked++)) continue;
    if (change.node) {
      names[change.name] = *change.node;
    } else {
      names.erase(change.name);
    }
  }
  for (const auto& [name, id] : names) {
    const Node& node = nodes_[id];
    const std::string below = path.empty() ? name : path + '/' + name;
    Found& entry = found[below];
    entry.kind = node.kind;
    if (node.kind == Found::Kind::link) entry.bytes = node.written;
    if (node.kind == Found::Kind::file) {
      entry.bytes =
          node.written == node.synced ? node.synced : chance.content(node.synced, node.written);
    }
    if (node.kind == Found::Kind::folder) find_in(id, below, chance, asked, found);
  }
}

FoundDisk Disk::after_power_cut(const Chance& chance) const {
  FoundDisk found;
  std::size_t asked = 0;
  find_in(0, "", chance, asked, found);
  return found;
}

Status materialise(const FoundDisk& found, const fs::path& folder) {
  for (const auto& [path, entry] : found) {
    const fs::path target = folder / path;
    std::error_code error;
    if (entry.kind == Found::Kind::folder) fs::create_directory(target, error);
    if (entry.kind == Found::Kind::link) fs::create_symlink(entry.bytes, target, error);
    if (entry.kind == Found::Kind::file) {
      std::ofstream out(target, std::ios::binary);
      out.write(entry.bytes.data(), static_cast<std::streamsize>(entry.bytes.size()));
      if (!out.flush()) error = std::make_error_code(std::errc::io_error);
      // Modes are not followed; a key is refused where others may read it.
      if (!error) fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write, error);
    }
    if (error) return fail(file_error(error.value(), target));
  }
  return {};
}

// ---- The ways of chance ----------------------------------------------------------------------

namespace {

std::string synced_bytes(const std::string& synced, const std::string& /*written*/) {
  return synced;
}

std::string written_bytes(const std::string& /*synced*/, const std::string& written) {
  return written;
}

std::string zeros(const std::string& synced, const std::string& written) {
  std::string bytes = synced;
  bytes.resize(written.size());
  return bytes;
}

bool always(std::size_t /*number*/) {
  return true;
}

bool never(std::size_t /*number*/) {
  return false;
}

// Up to any length between the two, each sector as it was, is, or not written at all.
std::string torn(const std::string& synced, const std::string& written, std::mt19937_64& random) {
  const auto pick = [&](std::size_t from, std::size_t to) {
    return std::uniform_int_distribution<std::size_t>(from, to)(random);
  };
  const auto [shorter, longer] = std::minmax({synced.size(), written.size()});
  const std::size_t lengths[] = {synced.size(), written.size(), pick(shorter, longer),
                                 std::max(shorter, longer / kSectorBytes * kSectorBytes)};
  std::string bytes = synced;
  bytes.resize(lengths[pick(0, 3)]);
  for (std::size_t at = 0; at < bytes.size(); at += kSectorBytes) {
    const std::size_t size = std::min(kSectorBytes, bytes.size() - at);
    if (pick(0, 1) == 0 || at >= written.size()) continue;
    std::string sector = written.substr(at, size);
    sector.resize(size);
    bytes.replace(at, size, sector);
  }
  return bytes;
}

}  // namespace

Chance only_synced() {
  return {never, synced_bytes};
}

Chance all_names_and_synced_bytes() {
  return {always, synced_bytes};
}

Chance synced_names_and_all_bytes() {
  return {never, written_bytes};
}

Chance everything() {
  return {always, written_bytes};
}

Chance all_names_and_zeros() {
  return {always, zeros};
}

Chance one_name(std::size_t number) {
  return {[=](std::size_t asked) { return asked == number; }, written_bytes};
}

Chance all_names_but(std::size_t number) {
  return {[=](std::size_t asked) { return asked != number; }, written_bytes};
}

Chance any(std::mt19937_64& random) {
  return {[&](std::size_t /*number*/) { return std::bernoulli_distribution(0.5)(random); },
          [&](const std::string& synced, const std::string& written) {
            return torn(synced, written, random);
          }};
}

}  // namespace noseon::faults
