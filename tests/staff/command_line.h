// Runs the real `noseon`, as its user does.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace noseon::testing {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// The words after "noseon". Nothing is interpreted by a shell.
[[nodiscard]] Ran run_noseon(const std::vector<std::string>& arguments);

/// The demonstration campaigns.
[[nodiscard]] std::string demo();

/// A folder that vanishes with its object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// Writes a file, making its folders. Returns its path.
  std::string write(const std::string& name, const std::string& bytes) const;
  [[nodiscard]] std::string path(const std::string& name = "") const;

 private:
  std::filesystem::path path_;
};

}  // namespace noseon::testing
