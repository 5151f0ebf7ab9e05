// parse_root: whatever it accepts has keys under their own ids, and counts no signature that is
// none.
#include "tests/fuzz/metadata_fuzz.h"

namespace noseon {
namespace {

void check_root(const RootMetadata& root) {
  for (const RoleKeys* role : {&root.root, &root.timestamp, &root.snapshot, &root.targets}) {
    check_role_keys(*role);
  }
  for (const auto& [id, key] : root.keys) CHECK(id == key.id && id.size() == 64);
}

}  // namespace
}  // namespace noseon

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // A field that a repository added to a key goes, and with it the id: such a root is not written
  // again.
  const auto root = noseon::parse_root(bytes);
  if (root) {
    const auto& [content, canonical, signatures] = *root;
    const auto valid = noseon::count_valid(content.keys, content.root, canonical, signatures);
    CHECK(valid >= 0 && valid <= static_cast<std::int64_t>(content.root.key_ids.size()));
    for (const auto& [id, key] : content.keys) {
      if (id != noseon::key_id_of(key)) return 0;
    }
  }
  noseon::check_metadata(bytes, noseon::parse_root, noseon::check_root);
  return 0;
}
