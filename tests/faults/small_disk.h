// A disk of a test's own that is soon full: a tmpfs in a mount namespace of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace noseon::faults {

/// Only root, or whoever may make user namespaces, can mount.
inline constexpr int kCannotMount = 77;

/// Runs `body` in a process of its own, for which `folder` is an empty disk of `size` ("600k"); the
/// exit code that it returns, or kCannotMount.
int with_small_disk(const std::filesystem::path& folder, const std::string& size,
                    const std::function<int()>& body);

[[nodiscard]] std::uint64_t bytes_free(const std::filesystem::path& folder);

/// A file there, "filler", that leaves exactly so much room. Again: it is made longer.
void fill(const std::filesystem::path& folder, std::uint64_t bytes_left);

}  // namespace noseon::faults
