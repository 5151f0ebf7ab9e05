// parse_targets: and whatever it delegates can be asked about any path.
#include "fleet/trust/lookup.h"
#include "tests/fuzz/metadata_fuzz.h"

namespace noseon {
namespace {

void check_targets(const TargetsMetadata& targets) {
  std::set<std::string> names;
  for (const Delegation& delegation : targets.delegations) {
    check_role_keys(delegation.keys);
    CHECK(names.insert(delegation.name).second);
    CHECK(delegation.name != "root" && delegation.name != "targets" && !delegation.name.empty());
    CHECK(delegation.paths.empty() || delegation.path_hash_prefixes.empty());
    for (const auto& [path, file] : targets.targets) {
      static_cast<void>(delegates(delegation, path));
    }
    for (const std::string& pattern : delegation.paths) {
      // A pattern without wildcards is the path that it matches.
      if (pattern.find_first_of("*?") == pattern.npos) CHECK(delegates(delegation, pattern));
    }
    CHECK(encode_role_name(delegation.name).find_first_of("/\\?#") == std::string::npos);
  }
}

}  // namespace
}  // namespace noseon

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto targets = noseon::parse_targets(bytes);
  if (targets) {
    for (const auto& [id, key] : targets->content.keys) {
      if (id != noseon::key_id_of(key)) return 0;  // as in root_fuzz.cc
    }
  }
  noseon::check_metadata(bytes, noseon::parse_targets, noseon::check_targets);
  return 0;
}
