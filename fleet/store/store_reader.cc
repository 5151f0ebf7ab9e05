#include "fleet/store/store.h"

namespace noseon {

std::filesystem::path StoreReader::blob_path(const Sha256& sha256) const {
  const std::string name = to_hex(sha256);
  return root_ / "blobs" / name.substr(0, 2) / name;
}

}  // namespace noseon
