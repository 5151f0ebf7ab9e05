// parse_snapshot
#include "tests/fuzz/metadata_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noseon;
  check_metadata<SnapshotMetadata>({reinterpret_cast<const char*>(data), size}, parse_snapshot,
                                   [](const SnapshotMetadata& snapshot) {
                                     CHECK(snapshot.roles.contains("targets"));
                                     for (const auto& [name, file] : snapshot.roles) {
                                       CHECK(!name.empty() && file.version >= 1);
                                     }
                                   });
  return 0;
}
