// A folder whose power can fail at any change of it, in this process: what the code under test does
// to it passes by a model of the disk (tests/faults/disk.h), and what is found after the power went
// is what the model says can be found, no more.
//
// How: the program defines open(), write(), fsync(), rename() and the like itself, so that the
// linker gives these to everybody instead of libc's. They do what libc's do, and tell the folder
// that is being used. What the model does not have (mapped writes, links) is not used by the code
// that runs here; whoever does is found out, as the model then refuses what follows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>

#include "tests/faults/disk.h"

namespace noseon::month {

enum class Syncs {
  kept,
  dropped,  ///< a bug: as if the code under test did not sync anything
};

/// One thread.
class PoweredDisk {
 public:
  /// The folder is made.
  explicit PoweredDisk(std::filesystem::path folder, Syncs syncs = Syncs::kept);
  PoweredDisk(const PoweredDisk&) = delete;
  PoweredDisk& operator=(const PoweredDisk&) = delete;

  /// While it lives, what this thread does to the folder counts. Not two at once.
  class InUse {
   public:
    explicit InUse(PoweredDisk& disk);
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    ~InUse();
  };

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// After so many further changes the power is gone: each call fails and does nothing.
  void fail_after(std::uint64_t changes) { fails_at_ = changes_ + changes; }
  /// The power does not fail of itself.
  void hold() { fails_at_ = UINT64_MAX; }
  [[nodiscard]] bool is_off() const { return is_off_; }
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  /// The power goes, if it did not yet, and comes back: the folder is what is found then. How much
  /// of what was written was not on the disk. REQUIRES: nobody has a file of it open.
  std::size_t cut(std::mt19937_64& random);
  /// Something else than the code under test changed the folder.
  void reload();

  // For the calls.
  [[nodiscard]] bool takes();  ///< false: the power is gone
  void apply(const faults::DiskCall& call);
  [[nodiscard]] bool has(const std::string& path) const { return disk_.has(path); }

 private:
  std::filesystem::path folder_;
  Syncs syncs_;
  faults::Disk disk_;
  std::uint64_t changes_ = 0;
  std::uint64_t fails_at_ = UINT64_MAX;
  bool is_off_ = false;
};

}  // namespace noseon::month
