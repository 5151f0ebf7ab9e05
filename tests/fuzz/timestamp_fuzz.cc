// parse_timestamp
#include "tests/fuzz/metadata_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noseon;
  check_metadata<TimestampMetadata>(
      {reinterpret_cast<const char*>(data), size}, parse_timestamp,
      [](const TimestampMetadata& timestamp) { CHECK(timestamp.snapshot.version >= 1); });
  return 0;
}
