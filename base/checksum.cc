#include "base/checksum.h"

#include <xxhash.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "base/handle.h"

namespace noseon {

Checksum checksum(std::initializer_list<std::string_view> parts) {
  const Handle<XXH3_state_t, XXH3_freeState> state(XXH3_createState());
  CHECK(state != nullptr && XXH3_128bits_reset(state.get()) == XXH_OK);
  for (const std::string_view part : parts) {
    CHECK(XXH3_128bits_update(state.get(), part.data(), part.size()) == XXH_OK);
  }
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
  Checksum sum{};
  static_assert(sizeof canonical.digest == sizeof(Checksum));
  std::copy(std::begin(canonical.digest), std::end(canonical.digest), sum.begin());
  return sum;
}

}  // namespace noseon
