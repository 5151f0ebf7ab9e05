// What a program that reads hostile pictures gives up before it looks at the first byte: resources
// by rlimits, files by Landlock, system calls by seccomp. noseon-decode, noseon-draft and
// noseon-prepare share it.
//
// Each of the three holds without the others. What is left inside is computing on memory, reading
// the picture (descriptor 3), writing the answer (descriptor 4), and ending.
#pragma once

#include <cstdint>

namespace noseon {

/// Whether the program may start threads of its own. Processes it may never start.
enum class CageThreads { none, some };

struct CageLimits {
  std::uint64_t answer_bytes_max = 0;  ///< no file grows past it
  std::uint64_t memory_bytes = 0;      ///< private, writable memory (RLIMIT_DATA)
  std::uint64_t address_bytes = 0;     ///< address space, libraries among it (RLIMIT_AS)
  std::uint64_t cpu_seconds = 0;       ///< of all threads together; SIGXCPU
  CageThreads threads = CageThreads::none;
};

/// All of the cage, at once and for good. False where the kernel refuses any of it, except that a
/// kernel without Landlock (before 5.13, or booted without it) goes on with the other two.
///
/// A system call that is not on the list ends the process by SIGSYS. Sanitized builds have no
/// limits of memory and descriptors (AddressSanitizer reserves terabytes) and may read files, as
/// reports need /proc; writing, sockets and other programs are closed to them as well.
///
/// REQUIRES: one thread; everything that is loaded late has been loaded.
[[nodiscard]] bool enter_cage(const CageLimits& limits);

// The parts, apart for the tests.

/// Dies with its parent, gains no privileges, cannot be traced or dumped. Landlock and seccomp need
/// it.
[[nodiscard]] bool give_up_privileges();

[[nodiscard]] bool limit_resources(const CageLimits& limits);

enum class Landlocked { yes, not_in_this_kernel, failed };
/// No path can be opened, made, removed or run any more; no TCP, where the kernel knows of it
/// (ABI 4), no signal and no abstract socket that leads out (ABI 6). landlock(7).
[[nodiscard]] Landlocked deny_files();

/// The list of system calls. seccomp(2), by libseccomp.
[[nodiscard]] bool deny_system_calls(CageThreads threads);

}  // namespace noseon
