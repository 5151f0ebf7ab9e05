// Room on the disk that nobody else can take: a file of its own, allocated, that gives way to the
// journal when the disk is full. Thirty days of plays fit into it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <utility>

#include "base/journal_room.h"
#include "base/result.h"

namespace noseon {

/// What it gives at a time.
inline constexpr std::uint64_t kReserveStep = 4U << 20U;

/// How many bytes this user could still write to the disk that a file is on or would be on; 0 where
/// it cannot be known.
[[nodiscard]] std::uint64_t available_beside(const std::filesystem::path& file);

/// journal/plays.reserve. One thread, except missing().
class Reserve {
 public:
  using Available = std::function<std::uint64_t(const std::filesystem::path& file)>;

  /// `available` is another disk than the one that is there, for tests.
  Reserve(std::filesystem::path file, std::uint64_t bytes, Available available = available_beside)
      : file_(std::move(file)), bytes_(bytes), available_(std::move(available)) {}

  /// Takes room towards its full size, at most `most` bytes now, and leaves the disk at least
  /// kReserveStep free, for the journal itself. disk, where it cannot.
  [[nodiscard]] Status fill(std::uint64_t most) const;

  enum class Gave { room, nothing };
  /// Gives kReserveStep back to the disk, or what there is, if the disk has less than that free.
  /// Where root has eaten into the share that ext4 keeps for root, what is given goes to that share
  /// and helps nobody: one step shows it, and no more is given until something is free again.
  [[nodiscard]] Gave give();

  /// How much is still to be taken. Whoever fills the disk (noseon-sync, before it fetches) leaves
  /// so much free.
  [[nodiscard]] std::uint64_t missing() const;

 private:
  std::filesystem::path file_;
  std::uint64_t bytes_;
  Available available_;
  bool helped_nobody_ = false;  // the last step, and nothing has been free since
};

}  // namespace noseon
