// Releases that stand for signed ones where only the store is tried: blobs of odd sizes, and
// metadata that says which of them it needs and what itself must be.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fleet/store/store.h"

namespace noseon::faults {

/// The blobs of release 1, 2, 3 ...: each shares half of them with the one before.
[[nodiscard]] std::vector<std::string> blobs_of_release(int release);
[[nodiscard]] GenerationFiles files_of_release(int release);

/// As noseon-sync does it: sweeps, fetches what is missing, adds the generation, makes it current,
/// collects. `say` hears "blob <hash>\n" for each that is there for good, and "release <number>\n"
/// when it is current.
[[nodiscard]] Status pull_release(Store& store, int release,
                                  const std::function<void(const std::string&)>& say);

/// Which release a generation of a store is, if it is one whole release and all its blobs are there
/// and right.
[[nodiscard]] Result<int> release_in(const StoreReader& reader, Which which);

/// What is wrong with a store after a cut, a kill or an error: `current` is a release of at least
/// `least` (0: or none) and at most `most`, `previous` is whole if it is there, every blob is what
/// its name says, everything that was said ("blob ...", "release ...") is so, and pulling `most`
/// leads to it with nothing left over.
[[nodiscard]] std::optional<std::string> wrong_with_store(const std::filesystem::path& root,
                                                          const std::string& said, int least,
                                                          int most);

}  // namespace noseon::faults
