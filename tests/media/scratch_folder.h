// A folder of a test's own, gone with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace noseon::testing {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file into it and says where.
  [[nodiscard]] std::filesystem::path file(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

/// How many descriptors this process has open.
[[nodiscard]] std::size_t open_descriptors();
/// Whether this process has any child, running or dead and not reaped.
[[nodiscard]] bool has_children();

}  // namespace noseon::testing
