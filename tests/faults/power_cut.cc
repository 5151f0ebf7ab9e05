#include "tests/faults/power_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/sha256.h"
#include "tests/faults/memory_folder.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

std::string key_of(const FoundDisk& found, const std::string& said) {
  Sha256Stream hash;
  for (const auto& [path, entry] : found) {
    hash.add(fmt::format("{} {} {} ", path, static_cast<int>(entry.kind), entry.bytes.size()));
    hash.add(entry.bytes);
  }
  hash.add(said);
  return to_hex(hash.finish());
}

struct Cut {
  std::string how;
  Chance chance;
};

// The regular ways, and every change of a name by itself.
std::vector<Cut> regular_cuts(const Disk& disk) {
  std::vector<Cut> cuts = {
      {"only what is synced", only_synced()},
      {"all names, synced bytes", all_names_and_synced_bytes()},
      {"synced names, all bytes", synced_names_and_all_bytes()},
      {"all names, zeros for bytes", all_names_and_zeros()},
      {"everything", everything()},
  };
  for (std::size_t number = 0; number < disk.names_open(); ++number) {
    cuts.push_back(
        {fmt::format("all bytes, of the names change {} alone", number), one_name(number)});
    cuts.push_back(
        {fmt::format("all bytes, of the names all but change {}", number), all_names_but(number)});
  }
  return cuts;
}

class Bench {
 public:
  Bench(const Judge& judge, const Cuts& cuts) : judge_(judge), cuts_(cuts), random_(cuts.seed) {}

  Status cut_after(const Disk& disk, const std::string& said, const std::string& call) {
    ++tally_.calls;
    for (const Cut& cut : regular_cuts(disk)) TRY(try_one(disk, said, call, cut));
    for (std::size_t i = 0; i < random_disks(disk); ++i) {
      TRY(try_one(disk, said, call,
                  {fmt::format("chance {} of seed {}", i, cuts_.seed), any(random_)}));
    }
    return {};
  }
  Tally tally() const { return tally_; }

 private:
  // Where little is open chance soon repeats itself; the regular ways have had most of it.
  std::size_t random_disks(const Disk& disk) const {
    const std::size_t choices = disk.names_open() + 2 * disk.sectors_open();
    if (choices >= 10) return cuts_.random_disks;
    return std::min(cuts_.random_disks, (std::size_t{1} << choices) - 1);
  }

  Status try_one(const Disk& disk, const std::string& said, const std::string& call,
                 const Cut& cut) {
    const FoundDisk found = disk.after_power_cut(cut.chance);
    if (!seen_.insert(key_of(found, said)).second) {
      ++tally_.same;
      return {};
    }
    ++tally_.disks;
    if (found != disk.after_power_cut(everything())) ++tally_.lost;
    const fs::path target = folder_ / "disk";
    fs::create_directory(target);
    TRY(materialise(found, target));
    const auto wrong = judge_(target, said);
    fs::remove_all(target);
    if (!wrong) return {};
    if (tally_.bad++ == 0) {
      tally_.first_bad =
          fmt::format("after call {} ({}), {}: {}", tally_.calls, call, cut.how, *wrong);
    }
    return {};
  }

  const Judge& judge_;
  Cuts cuts_;
  std::mt19937_64 random_;
  MemoryFolder folder_;
  std::set<std::string> seen_;
  Tally tally_;
};

}  // namespace

std::string to_string(const Tally& tally) {
  std::string text = fmt::format(
      "{} calls, {} disks tried ({} of them lost something, {} more were alike), {} bad",
      tally.calls, tally.disks, tally.lost, tally.same, tally.bad);
  if (tally.bad > 0) text += "; the first: " + tally.first_bad;
  return text;
}

Result<Tally> cut_power(const Disk& before, const Calls& calls, const Judge& judge,
                        const Cuts& cuts) {
  Disk disk = before;
  std::string said;
  Bench bench(judge, cuts);
  for (const DiskCall& call : calls) {
    TRY(disk.apply(call));
    if (call.kind == DiskCall::Kind::say) said += call.bytes;
    TRY(bench.cut_after(disk, said, to_string(call)));
    if (cuts.until == Until::first_bad && bench.tally().bad > 0) break;
  }
  return bench.tally();
}

}  // namespace noseon::faults
