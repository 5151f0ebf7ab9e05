// What is wrong with a picture's file, and the remedy. Private to player/.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace noseon {

/// As the fields of a Finding.
struct Complaint {
  std::string code;
  std::string message;
  std::string remedy;
};

/// Nothing, where a decoder may be given the file. Reads it whole, decodes nothing. `written` is
/// its path as the user wrote it, for a did-you-mean that can be copied.
[[nodiscard]] std::optional<Complaint> complaint_of_file(const std::filesystem::path& file,
                                                         const std::filesystem::path& written);

}  // namespace noseon
