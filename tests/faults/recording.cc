#include "tests/faults/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "tests/faults/strace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using Kind = DiskCall::Kind;

// One trace being read. Offsets of descriptors are followed by number: a program that writes one
// file through two descriptors of the same number in two processes is not understood.
class Reader {
 public:
  Reader(Disk disk, const fs::path& folder)
      : disk_(std::move(disk)), top_(fs::weakly_canonical(folder).string()) {}

  Status read(const TracedCall& call) {
    const auto rule = kRules.find(call.name);
    if (rule == kRules.end()) return refused(call);
    return (this->*rule->second)(call);
  }
  std::vector<DiskCall> take() { return std::move(calls_); }

 private:
  using Rule = Status (Reader::*)(const TracedCall&);

  // ---- Paths ----

  // Below the top; nothing for what lies elsewhere. The top itself is "".
  std::optional<std::string> inside(std::string_view path) const {
    if (path == top_) return "";
    if (!path.starts_with(top_ + '/')) return std::nullopt;
    return std::string(path.substr(top_.size() + 1));
  }
  // Of a name argument, below the folder argument before it.
  static std::string named(const TracedCall& call, std::size_t folder, std::size_t name) {
    const std::string written = string_in(call.arguments.at(name)).value_or("");
    if (written.starts_with('/')) return fs::path(written).lexically_normal();
    return (fs::path(path_in(call.arguments.at(folder))) / written).lexically_normal();
  }
  // Of a name argument alone.
  static std::string named(const TracedCall& call, std::size_t name) {
    return fs::path(string_in(call.arguments.at(name)).value_or("")).lexically_normal();
  }
  // The same, but for those of which only the name counts.
  std::optional<std::string> kept(std::string_view path) const {
    return is_disposable(path) ? std::nullopt : inside(path);
  }
  static std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

  // ---- What comes of it ----

  static Failure refused(const TracedCall& call) {
    return fail(ErrorKind::bad_format,
                fmt::format("{}({}): not a call that the model of the disk has", call.name,
                            fmt::join(call.arguments, ", ")));
  }
  Status add(DiskCall call) {
    TRY(disk_.apply(call));
    calls_.push_back(std::move(call));
    return {};
  }
  Status change(Kind kind, const std::string& path) {
    const auto below = inside(path);
    if (!below) return {};
    return add({kind, *below, "", 0, ""});
  }
  Status between(Kind kind, const TracedCall& call, const std::string& from,
                 const std::string& to) {
    const auto from_below = inside(from);
    const auto to_below = inside(to);
    if (!from_below && !to_below) return {};
    if (!from_below || !to_below) return refused(call);
    if (*from_below == *to_below) return {};
    return add({kind, *from_below, *to_below, 0, ""});
  }

  // ---- Files ----

  Status opened(const TracedCall& call, std::string_view flags) {
    const auto path = inside(call.result_path);
    if (!path) return {};
    if (flags.find("O_TMPFILE") != flags.npos || flags.find("O_DIRECT|") != flags.npos) {
      return refused(call);
    }
    if (!disk_.has(*path)) {
      TRY(add({Kind::make_file, *path, "", 0, ""}));
    } else if (flags.find("O_TRUNC") != flags.npos && kept(call.result_path)) {
      TRY(add({Kind::set_length, *path, "", 0, ""}));
    }
    const bool at_end = flags.find("O_APPEND") != flags.npos;
    offsets_[static_cast<int>(call.result)] = at_end ? disk_.length_of(*path) : 0;
    return {};
  }
  Status openat(const TracedCall& call) { return opened(call, call.arguments.at(2)); }
  Status open(const TracedCall& call) { return opened(call, call.arguments.at(1)); }
  Status creat(const TracedCall& call) { return opened(call, "O_TRUNC"); }

  Status written(const TracedCall& call, std::uint64_t offset, std::string bytes) {
    const auto path = kept(path_in(call.arguments.at(0)));
    if (!path) return {};
    bytes.resize(static_cast<std::size_t>(call.result));
    return add({Kind::write, *path, "", offset, std::move(bytes)});
  }
  Status written_on(const TracedCall& call, const std::string& bytes) {
    const int descriptor = descriptor_in(call.arguments.at(0)).value_or(-1);
    if (!inside(path_in(call.arguments.at(0)))) return said(descriptor, bytes);
    std::uint64_t& offset = offsets_[descriptor];
    TRY(written(call, offset, bytes));
    offset += static_cast<std::uint64_t>(call.result);
    return {};
  }
  Status said(int descriptor, const std::string& bytes) {
    if (descriptor != 1 && descriptor != 2) return {};
    calls_.push_back({Kind::say, "", "", 0, bytes});
    return {};
  }
  Status write(const TracedCall& call) {
    const auto bytes = string_in(call.arguments.at(1));
    if (!bytes) return is_inside(call) ? Status(refused(call)) : Status();
    return written_on(call, *bytes);
  }
  Status pwrite(const TracedCall& call) {
    const auto bytes = string_in(call.arguments.at(1));
    if (!bytes) return is_inside(call) ? Status(refused(call)) : Status();
    return written(call, number_in(call.arguments.at(3)), *bytes);
  }
  // [{iov_base="...", iov_len=2}, ...]
  Status writev(const TracedCall& call) {
    constexpr std::string_view kBase = "iov_base=";
    const std::string& vector = call.arguments.at(1);
    std::string bytes;
    for (std::size_t at = vector.find(kBase); at != vector.npos; at = vector.find(kBase, at)) {
      at += kBase.size();
      const auto piece = string_in(std::string_view(vector).substr(at, vector.find(',', at) - at));
      if (!piece) return is_inside(call) ? Status(refused(call)) : Status();
      bytes += *piece;
    }
    return written_on(call, bytes);
  }
  bool is_inside(const TracedCall& call) const {
    return inside(path_in(call.arguments.at(0))).has_value();
  }
  Status lseek(const TracedCall& call) {
    if (!is_inside(call)) return {};
    offsets_[descriptor_in(call.arguments.at(0)).value_or(-1)] =
        static_cast<std::uint64_t>(call.result);
    return {};
  }
  Status ftruncate(const TracedCall& call) {
    const auto path = kept(path_in(call.arguments.at(0)));
    if (!path) return {};
    return add({Kind::set_length, *path, "", number_in(call.arguments.at(1)), ""});
  }
  Status mmap(const TracedCall& call) {
    const bool is_written = call.arguments.at(2).find("PROT_WRITE") != std::string::npos &&
                            call.arguments.at(3).find("MAP_SHARED") != std::string::npos;
    if (is_written && kept(path_in(call.arguments.at(4)))) return refused(call);
    return {};
  }
  Status fallocate(const TracedCall& call) {
    return kept(path_in(call.arguments.at(0))) ? Status(refused(call)) : Status();
  }
  Status truncate(const TracedCall& call) {
    return kept(named(call, 0)) ? Status(refused(call)) : Status();
  }

  // ---- Names ----

  Status mkdir(const TracedCall& call) { return change(Kind::make_folder, named(call, 0)); }
  Status mkdirat(const TracedCall& call) { return change(Kind::make_folder, named(call, 0, 1)); }
  Status unlink(const TracedCall& call) { return change(Kind::remove, named(call, 0)); }
  Status unlinkat(const TracedCall& call) { return change(Kind::remove, named(call, 0, 1)); }
  Status rename(const TracedCall& call) {
    return between(Kind::rename, call, named(call, 0), named(call, 1));
  }
  Status renameat(const TracedCall& call) {
    return between(Kind::rename, call, named(call, 0, 1), named(call, 2, 3));
  }
  Status renameat2(const TracedCall& call) {
    if (call.arguments.at(4).find("EXCHANGE") != std::string::npos) return refused(call);
    return renameat(call);
  }
  Status link(const TracedCall& call) {
    return between(Kind::link, call, named(call, 0), named(call, 1));
  }
  Status linkat(const TracedCall& call) {
    return between(Kind::link, call, named(call, 0, 1), named(call, 2, 3));
  }
  Status linked(const std::string& target, const std::string& path) {
    const auto below = inside(path);
    if (!below) return {};
    return add({Kind::make_link, *below, target, 0, ""});
  }
  Status symlink(const TracedCall& call) {
    return linked(string_in(call.arguments.at(0)).value_or(""), named(call, 1));
  }
  Status symlinkat(const TracedCall& call) {
    return linked(string_in(call.arguments.at(0)).value_or(""), named(call, 1, 2));
  }

  // ---- Syncing ----

  Status fsync(const TracedCall& call) {
    const auto path = kept(path_in(call.arguments.at(0)));
    if (!path) return {};
    return add({disk_.is_folder(*path) ? Kind::sync_folder : Kind::sync_file, *path, "", 0, ""});
  }
  Status syncfs(const TracedCall& /*call*/) { return add({Kind::sync_all, "", "", 0, ""}); }

  // Calls that the store has no use for: harmless elsewhere, not understood here.
  Status elsewhere(const TracedCall& call) {
    for (const std::string& argument : call.arguments) {
      const bool is_name = string_in(argument) && inside(string_in(argument).value_or(""));
      if (is_name || inside(path_in(argument))) return refused(call);
    }
    return {};
  }

  static const std::map<std::string, Rule, std::less<>> kRules;

  Disk disk_;
  std::string top_;
  std::map<int, std::uint64_t> offsets_;
  std::vector<DiskCall> calls_;
};

const std::map<std::string, Reader::Rule, std::less<>> Reader::kRules = {
    {"open", &Reader::open},           {"openat", &Reader::openat},
    {"creat", &Reader::creat},         {"write", &Reader::write},
    {"pwrite64", &Reader::pwrite},     {"writev", &Reader::writev},
    {"lseek", &Reader::lseek},         {"ftruncate", &Reader::ftruncate},
    {"mmap", &Reader::mmap},           {"mkdir", &Reader::mkdir},
    {"mkdirat", &Reader::mkdirat},     {"unlink", &Reader::unlink},
    {"unlinkat", &Reader::unlinkat},   {"rmdir", &Reader::unlink},
    {"rename", &Reader::rename},       {"renameat", &Reader::renameat},
    {"renameat2", &Reader::renameat2}, {"link", &Reader::link},
    {"linkat", &Reader::linkat},       {"symlink", &Reader::symlink},
    {"symlinkat", &Reader::symlinkat}, {"fsync", &Reader::fsync},
    {"fdatasync", &Reader::fsync},     {"syncfs", &Reader::syncfs},
    {"sync", &Reader::syncfs},         {"sync_file_range", &Reader::elsewhere},
    {"openat2", &Reader::elsewhere},   {"pwritev", &Reader::elsewhere},
    {"pwritev2", &Reader::elsewhere},  {"mknod", &Reader::elsewhere},
    {"mknodat", &Reader::elsewhere},   {"truncate", &Reader::truncate},
    {"fallocate", &Reader::fallocate}, {"copy_file_range", &Reader::elsewhere},
    {"sendfile", &Reader::elsewhere},  {"splice", &Reader::elsewhere},
};

}  // namespace

Result<std::vector<DiskCall>> calls_on(const Disk& before, const fs::path& folder,
                                       const std::vector<TracedCall>& trace) {
  Reader reader(before, folder);
  for (const TracedCall& call : trace) TRY(reader.read(call));
  return reader.take();
}

Result<Recording> record(const fs::path& folder, const std::vector<std::string>& command,
                         const Patience& patience) {
  ASSIGN_OR_RETURN(Disk before, Disk::load(folder));
  ASSIGN_OR_RETURN(const TracedRun run, record_calls(command, patience));
  if (run.exit_code != 0) {
    return fail(ErrorKind::crashed, fmt::format("{} ended with {}, signal {}", command.front(),
                                                run.exit_code, run.signal));
  }
  ASSIGN_OR_RETURN(const auto trace, parse_trace(run.log));
  ASSIGN_OR_RETURN(Calls calls, calls_on(before, folder, trace));
  calls.push_back({Kind::say, "", "", 0, std::string(kEndedWell)});
  return Recording{std::move(before), std::move(calls)};
}

// ---- Planted bugs ------------------------------------------------------------------------------

Calls without(const Calls& calls, const std::set<Kind>& kinds, std::string_view path) {
  Calls kept;
  std::copy_if(calls.begin(), calls.end(), std::back_inserter(kept), [&](const DiskCall& call) {
    return !kinds.contains(call.kind) || !call.path.starts_with(path);
  });
  return kept;
}

Calls without_exactly(const Calls& calls, Kind kind, std::string_view path) {
  Calls kept;
  std::copy_if(calls.begin(), calls.end(), std::back_inserter(kept),
               [&](const DiskCall& call) { return call.kind != kind || call.path != path; });
  return kept;
}

Calls renamed_before_synced(const Calls& calls) {
  Calls changed = calls;
  for (std::size_t at = 0; at < changed.size(); ++at) {
    if (changed[at].kind != Kind::sync_file) continue;
    const auto begin = changed.begin() + static_cast<std::ptrdiff_t>(at);
    const auto rename = std::find_if(begin, changed.end(), [&](const DiskCall& call) {
      return call.kind == Kind::rename && call.path == begin->path;
    });
    if (rename == changed.end()) continue;
    begin->path = rename->other;
    std::rotate(begin, begin + 1, rename + 1);
  }
  return changed;
}

Calls said_too_early(const Calls& calls, std::string_view name) {
  Calls changed = calls;
  for (std::size_t at = 1; at < changed.size(); ++at) {
    if (changed[at].kind != Kind::say) continue;
    const auto said = changed.begin() + static_cast<std::ptrdiff_t>(at);
    const auto renamed = std::find_if(
        std::make_reverse_iterator(said), changed.rend(),
        [&](const DiskCall& call) { return call.kind == Kind::rename && call.other == name; });
    if (renamed == changed.rend()) continue;
    std::rotate(renamed.base(), said, said + 1);
  }
  return changed;
}

}  // namespace noseon::faults
