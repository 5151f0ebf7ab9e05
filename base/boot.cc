#include "base/boot.h"

#include "base/files.h"

namespace noseon {

std::string boot_id() {
  std::string id = read_start("/proc/sys/kernel/random/boot_id", 64).value_or("");
  while (!id.empty() && id.back() == '\n') id.pop_back();
  return id;
}

}  // namespace noseon
