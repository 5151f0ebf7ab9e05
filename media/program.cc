#include "media/program.h"

#include <cstdlib>
#include <system_error>

namespace noseon {

namespace fs = std::filesystem;

fs::path find_caged_program(const char* name, const char* variable) {
  const char* const named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return named;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path(name) : self.parent_path() / name;
}

}  // namespace noseon
