// The client's rules of TUF: bytes and a time in, an accepted state or a typed refusal out. Pure.
//
// The caller fetches and stores; this class says whether what came may be believed, in the order of
// the client workflow (TUF 1.0.34, section 5). After a refusal the state is what it was before.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/trust/metadata.h"

namespace noseon {

/// Whether expired metadata is refused: where it is pulled it is, where a display only opens what
/// it has it is not (its campaigns keep their own windows).
enum class Expiry { judged, ignored };

/// Whether an accepted timestamp was another than the one before.
enum class Freshness { unchanged, newer };

/// Which role was verified against whose delegation. A role is verified per delegator, never by
/// name alone.
struct RoleEdge {
  std::string delegator;
  std::string role;
  friend auto operator<=>(const RoleEdge&, const RoleEdge&) = default;
};

/// One thread. `now` is fixed once for all (section 5.1).
class TrustedMetadata {
 public:
  /// From the trusted root, which may be expired. bad_format, signature (it does not sign itself).
  [[nodiscard]] static Result<TrustedMetadata> begin(std::string_view root, Instant now,
                                                     Expiry expiry);

  /// Root N+1 (5.3): threshold of the old and of the new keys, exactly the next version.
  [[nodiscard]] Status accept_root(std::string_view bytes);
  /// No more roots: the last one must not be expired (5.3.10).
  [[nodiscard]] Status finish_roots();

  /// 5.4. A timestamp that was accepted before is given first, as `stored`, and may be expired or
  /// no longer be signed (then it is refused, which the caller ignores). A refusal for expiry of a
  /// newer one still counts its versions against rollback.
  [[nodiscard]] Result<Freshness> accept_timestamp(std::string_view bytes);
  [[nodiscard]] Status accept_stored_timestamp(std::string_view bytes);
  /// 5.5. Hash and length first, then signature, version, and that no role left or went back.
  [[nodiscard]] Status accept_snapshot(std::string_view bytes);
  [[nodiscard]] Status accept_stored_snapshot(std::string_view bytes);
  /// 5.6 for the top-level role, 5.6.7 for delegated ones; `edge.delegator` must be accepted.
  [[nodiscard]] Status accept_targets(std::string_view bytes);
  [[nodiscard]] Status accept_delegated(std::string_view bytes, const RoleEdge& edge);

  [[nodiscard]] const RootMetadata& root() const;
  [[nodiscard]] const TimestampMetadata* timestamp() const;  ///< null until accepted
  [[nodiscard]] const SnapshotMetadata* snapshot() const;
  /// Of "targets", or of a delegated role as that delegator sees it.
  [[nodiscard]] const TargetsMetadata* targets() const;
  [[nodiscard]] const TargetsMetadata* delegated(const RoleEdge& edge) const;

  /// What the snapshot says of a role's file; nothing where it does not list it.
  [[nodiscard]] std::optional<MetaFile> meta_of(std::string_view role) const;

 private:
  struct State;
  explicit TrustedMetadata(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace noseon
