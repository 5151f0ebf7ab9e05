#include "fleet/pull/plan.h"

#include <algorithm>
#include <tuple>

#include "base/say.h"

namespace noseon {
namespace {

std::uint64_t left_of(const Wanted& wanted) {
  return wanted.need.id.bytes - std::min(wanted.part_bytes, wanted.need.id.bytes);
}

constexpr std::uint64_t kMegabyte = 1'000'000;
std::uint64_t megabytes(std::uint64_t bytes) {
  return (bytes + kMegabyte - 1) / kMegabyte;
}

// What of the store may stay, so that the missing bytes fit; nothing where even the needed does
// not.
Result<std::uint64_t> room_for(const PullPlan& plan, std::uint64_t needed_there, const Room& room) {
  const std::uint64_t all = needed_there + plan.missing_bytes;
  if (all > room.quota) {
    return fail(ErrorKind::too_large,
                say("the playlist needs {} MB with what plays now, and the quota is {} MB; raise "
                    "--quota, or publish less",
                    megabytes(all), megabytes(room.quota)));
  }
  // What the journal lacks is given back to it, from what nobody needs of ours.
  const std::uint64_t lacking = room.for_journal - std::min(room.for_journal, room.disk_free);
  const std::uint64_t free = room.disk_free - std::min(room.disk_free, room.for_journal);
  const std::uint64_t disk_for_us =
      room.used - std::min(room.used, lacking) + (free - std::min(free, room.disk_reserved));
  if (plan.missing_bytes > 0 && all > disk_for_us && room.for_journal > 0) {
    return fail(
        ErrorKind::disk,
        say("{} MB more are needed on the disk, where {} MB are kept free for proof of play; "
            "free them, or publish less",
            megabytes(all - disk_for_us), megabytes(room.for_journal)));
  }
  if (plan.missing_bytes > 0 && all > disk_for_us) {
    return fail(ErrorKind::disk,
                say("{} MB more are needed on the disk; free them, or publish less",
                    megabytes(all - disk_for_us)));
  }
  const std::uint64_t space =
      plan.missing_bytes > 0 ? std::min(room.quota, disk_for_us) : room.quota;
  return space - plan.missing_bytes;
}

}  // namespace

Result<PullPlan> plan_pull(std::vector<Wanted> wanted, const Room& room) {
  std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) {
    return a.need.plays_at < b.need.plays_at;
  });
  PullPlan plan;
  std::uint64_t there = room.must_stay;
  std::uint64_t planned = 0;
  for (Wanted& each : wanted) {
    if (each.is_there) {
      there += each.need.id.bytes;
      continue;
    }
    ++plan.missing_blobs;
    plan.missing_bytes += left_of(each);
    there += each.need.id.bytes - left_of(each);
    const bool waits = room.budget_left && planned >= *room.budget_left;
    planned += left_of(each);
    (waits ? plan.wait : plan.fetch).push_back(std::move(each));
  }
  ASSIGN_OR_RETURN(plan.keep_at_most, room_for(plan, there, room));
  return plan;
}

}  // namespace noseon
