// What the kernel says about a program and everything that it started.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace noseon::peers {

/// A process and all of its descendants that live, itself first.
[[nodiscard]] std::vector<pid_t> tree_of(pid_t root);

/// Computing time, user and system, of the tree, with the children that were waited for. Exact to a
/// nanosecond for what lives; to a clock tick (10 ms) for what has ended.
[[nodiscard]] std::chrono::nanoseconds cpu_of(pid_t root);

/// Proportional set size of the tree in MB of 2^20 bytes: what is shared counts in parts.
[[nodiscard]] double pss_mb_of(pid_t root);

/// The same without what is mapped from files, programs and libraries: it does not change when
/// another program that shares them ends.
[[nodiscard]] double own_pss_mb_of(pid_t root);

/// How often a thread of the tree was put aside, of its own will or not: each is a wake-up.
[[nodiscard]] std::uint64_t switches_of(pid_t root);

/// From now on whatever loses its parent below us becomes our child, so that nothing is left
/// behind. Once, at the start.
void adopt_orphans();
/// Ends our children that are not in `kept`, one by one, by their ids, and waits for each.
void end_orphans(const std::set<pid_t>& kept);
/// Ends these, by their ids, where they still live.
void end_all(const std::vector<pid_t>& processes);

/// Sleeps end within microseconds, and this thread goes before others where the system allows it.
/// What it starts afterwards does not inherit either. True where it goes before others.
bool be_punctual();

/// The first line that a program prints when asked, or nothing: "feh version 3.9.1".
[[nodiscard]] std::string first_line_of(const std::string& command);

}  // namespace noseon::peers
