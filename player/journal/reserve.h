// Room on the disk that nobody else can take: a file of its own, allocated, that gives way to the
// journal when the disk is full. Thirty days of plays fit into it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/journal_room.h"
#include "base/result.h"

namespace noseon {

/// What it gives at a time.
inline constexpr std::uint64_t kReserveStep = 4U << 20U;

/// journal/plays.reserve. One thread, except missing().
class Reserve {
 public:
  Reserve(std::filesystem::path file, std::uint64_t bytes)
      : file_(std::move(file)), bytes_(bytes) {}

  /// Takes room towards its full size, at most `most` bytes now, and leaves the disk at least
  /// kReserveStep free, for the journal itself. disk, where it cannot.
  [[nodiscard]] Status fill(std::uint64_t most) const;

  enum class Gave { room, nothing };
  /// Gives kReserveStep back to the disk, or what there is, if the disk has less than that free.
  [[nodiscard]] Gave give() const;

  /// How much is still to be taken. Whoever fills the disk (noseon-sync, before it fetches) leaves
  /// so much free.
  [[nodiscard]] std::uint64_t missing() const;

 private:
  std::filesystem::path file_;
  std::uint64_t bytes_;
};

/// How many bytes a download must leave free on the disk of the journal in `folder`: what the
/// reserve does not hold yet. Any process, any thread; all of it where there is no journal yet.
[[nodiscard]] std::uint64_t bytes_to_keep_free(const std::filesystem::path& folder);

}  // namespace noseon
