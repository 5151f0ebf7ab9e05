// The client's workflow of TUF over a network: from what was accepted last to what the repository
// says now. The rules are fleet/trust/'s; here is what is fetched, in which order, from where.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/pull/fetch.h"
#include "fleet/pull/kept_metadata.h"
#include "fleet/trust/chain.h"

namespace noseon {

/// A glance asks for the timestamp alone, and goes on only where that changed.
enum class Depth { glance, full };

struct Refreshed {
  bool is_changed = false;  ///< something else than before was accepted
  /// All that a generation holds. Empty after a glance that found nothing new.
  MetadataFiles files;
  std::optional<VerifiedRelease> release;  ///< there where `files` is
};

/// One thread. All that is named must outlive it.
class Refresher {
 public:
  struct Parts {
    Http& http;
    const std::vector<Source>& sources;
    const KeptMetadata& kept;
    const std::string& trusted_root;  ///< what the device was given
    const Stop& stop;
    const Clock& clock;
  };
  explicit Refresher(Parts parts) : parts_(parts) {}

  /// The sources are asked in order until one has a timestamp that is accepted; every other file is
  /// then taken from whichever has it right. What was accepted is kept at once, so that after any
  /// failure the next run goes on from there. `now` is when metadata expires.
  [[nodiscard]] Result<Refreshed> refresh(Depth depth, Instant now, FetchNotes& notes);

  /// What was accepted last, without a network. not_found where nothing was.
  [[nodiscard]] Result<Refreshed> recall(Instant now, Expiry expiry) const;

 private:
  class Run;
  [[nodiscard]] Result<Refreshed> ask(const Source& source, Depth depth, Instant now,
                                      FetchNotes& notes);
  void remember(const Source& source, const HttpAnswer& answer, Freshness freshness);

  Parts parts_;
  /// By source: the ETag of the timestamp that is kept.
  std::map<std::string, std::string> etags_;
};

}  // namespace noseon
