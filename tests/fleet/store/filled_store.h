// What the tests of the store say again and again.
#pragma once

#include <string>
#include <string_view>

#include "base/check.h"
#include "fleet/store/store.h"

namespace noseon {

[[nodiscard]] inline BlobId id_of(std::string_view bytes) {
  return {sha256(bytes), bytes.size()};
}

/// Into the store in one piece.
inline BlobId put_blob(Store& store, std::string_view bytes) {
  PartialBlob part = store.continue_blob(id_of(bytes)).value();
  CHECK(part.restart());
  CHECK(part.append(bytes));
  CHECK(part.commit());
  return part.id();
}

inline std::uint64_t put_generation(Store& store, const GenerationFiles& files) {
  const std::uint64_t number = store.add_generation(files).value();
  CHECK(store.make_current(number));
  return number;
}

}  // namespace noseon
