// What the files of a store are called.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.h"

namespace noseon {

inline constexpr const char* kBlobsFolder = "blobs";
inline constexpr const char* kPartsFolder = "parts";
inline constexpr const char* kGenerationsFolder = "generations";
inline constexpr const char* kCurrentLink = "current";
inline constexpr const char* kPreviousLink = "previous";

/// What a link is called until it is swapped in.
[[nodiscard]] std::string unswapped_name(std::string_view link);

/// One more would take a sixteenth digit.
inline constexpr std::uint64_t kGenerationNumberMax = 999'999'999'999'999;

/// "000042"; wider past 999999.
[[nodiscard]] std::string generation_name(std::uint64_t number);
/// Of exactly what generation_name() writes for 1 to kGenerationNumberMax.
[[nodiscard]] std::optional<std::uint64_t> generation_number(std::string_view name);

/// "9f", of a hash that begins with 9f.
[[nodiscard]] std::string blob_folder_name(const Sha256& sha256);
[[nodiscard]] std::string part_name(const Sha256& sha256);
/// Of exactly what part_name() writes.
[[nodiscard]] std::optional<Sha256> part_hash(std::string_view name);

}  // namespace noseon
