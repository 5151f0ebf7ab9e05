// The files of a report: each verified with the key of its display, the bad ones named with what is
// wrong and the remedy.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "staff/proof_delivery.h"

namespace noseon {

/// A display's public key (device.pub).
struct NamedKey {
  std::string file;  ///< its name, without a folder
  KeyBytes key;
};
/// not_found, bad_format, too_large: the first that is no key.
[[nodiscard]] Result<std::vector<NamedKey>> read_keys(const std::vector<std::string>& files);

struct ReadJournals {
  std::vector<Proved> journals;  ///< those that can be counted, related to each other
  std::vector<LeftOut> bad;      ///< those that cannot
  int exit_code = 0;             ///< kDone; kTampered or, for a file that cannot be read, kRefused
};
/// Prints on stderr all that is wrong. A journal is bad that cannot be read, is not what its
/// display wrote, is signed with none of `keys` (none: any is taken), or parted from another one.
[[nodiscard]] ReadJournals read_journals(const std::vector<std::string>& files,
                                         const std::vector<NamedKey>& keys);

/// Row by row what is wrong with a journal, on stderr.
void print_findings(const std::string& file, const Verification& found);

}  // namespace noseon
