// Releases that stand for signed ones where only the store is tried: blobs of odd sizes, and
// metadata that says which of them it needs and what itself must be.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/store/store.h"

namespace noseon::faults {

/// The blobs of release 1, 2, 3 ...: each shares half of them with the one before.
[[nodiscard]] std::vector<std::string> blobs_of_release(int release);
[[nodiscard]] GenerationFiles files_of_release(int release);

/// Planted in a pull, to see that it is found.
enum class PullBug {
  none,
  says_early,       ///< a blob is said to be there before it is fetched
  swallows_errors,  ///< a blob that could not be fetched is said to be there too
  leaves_its_half,  ///< what could not be written whole is left where it lies
};
/// The names of these; none for any other.
[[nodiscard]] PullBug pull_bug_named(std::string_view name);

/// As noseon-sync does it: sweeps, fetches what is missing, adds the generation, makes it current,
/// collects. `say` hears "blob <hash>\n" for each that is there for good, and "release <number>\n"
/// when it is current.
[[nodiscard]] Status pull_release(Store& store, int release,
                                  const std::function<void(const std::string&)>& say,
                                  PullBug bug = PullBug::none);

/// Whether the bytes of a blob are held against its name; by their number alone is a bug planted.
enum class Reads { hashed, by_length };
/// Which release a generation of a store is, if it is one whole release and all its blobs are there
/// and right.
[[nodiscard]] Result<int> release_in(const StoreReader& reader, Which which,
                                     Reads how = Reads::hashed);

/// What is wrong with a store after a cut, a kill or an error: `current` is a release of at least
/// `least` (0: or none) and at most `most`, `previous` is whole if it is there, every blob is what
/// its name says, everything that was said ("blob ...", "release ...") is so, and pulling `most`
/// leads to it with nothing left over.
[[nodiscard]] std::optional<std::string> wrong_with_store(const std::filesystem::path& root,
                                                          const std::string& said, int least,
                                                          int most);

}  // namespace noseon::faults
