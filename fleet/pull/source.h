// Where a repository is: the base of a URL, and what its bytes cost. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace noseon {

/// Whether the bytes of a link count: a daily budget is of the metered ones.
enum class LinkClass { metered, free };

struct Source {
  std::string url;  ///< without a '/' at its end
  LinkClass link = LinkClass::metered;

  /// "URL/metadata/7.snapshot.json"
  [[nodiscard]] std::string metadata_url(std::string_view file) const;
  /// "URL/targets/city/<sha256>.campaign-spring.json": TUF's name of a consistent snapshot.
  [[nodiscard]] std::string target_url(std::string_view path, const Sha256& sha256) const;

  friend bool operator==(const Source&, const Source&) = default;
};

/// In order. file:// costs nothing, nor does what begins with one of `free`. bad_format for what is
/// no http://, https:// or file:// URL, or has a query.
[[nodiscard]] Result<std::vector<Source>> parse_sources(const std::vector<std::string>& urls,
                                                        const std::vector<std::string>& free);

}  // namespace noseon
