// The metadata that was accepted last, whether or not its playlist is complete: what the next run
// goes on from, and may not go behind. In the store, beside the generations:
//
//   roots/7.root.json       every root after the trusted one, kept at once (TUF 1.0.34, 5.3.8)
//   metadata/snapshot.json  and the others, as served
//
// Nothing here is believed for lying here: it is verified from the trusted root at each start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fleet/trust/chain.h"

namespace noseon {

/// One thread. Each change is on the disk when it returns.
class KeptMetadata {
 public:
  /// `store`: the root of the store.
  explicit KeptMetadata(const std::filesystem::path& store)
      : roots_(store / "roots"), files_(store / "metadata") {}

  /// disk, denied.
  [[nodiscard]] Status prepare() const;
  [[nodiscard]] Result<std::string> root(std::int64_t version) const;
  [[nodiscard]] Status keep_root(std::int64_t version, std::string_view bytes) const;
  /// A later root that an earlier one does not lead to is of no use.
  [[nodiscard]] Status drop_root(std::int64_t version) const;

  /// By name, as "timestamp.json". not_found, disk, too_large.
  [[nodiscard]] Result<std::string> file(const std::string& name) const;
  [[nodiscard]] Status keep(const std::string& name, std::string_view bytes) const;
  [[nodiscard]] Status drop(const std::string& name) const;
  [[nodiscard]] Status drop_all_but(const std::set<std::string>& names) const;

 private:
  std::filesystem::path roots_;
  std::filesystem::path files_;
};

}  // namespace noseon
