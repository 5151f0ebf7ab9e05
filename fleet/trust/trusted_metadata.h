// The client's rules of TUF: bytes and a time in, an accepted state or a typed refusal out. Pure.
//
// The caller fetches and stores; this class says whether what came may be believed, in the order of
// the client workflow (TUF 1.0.34, section 5). After a refusal the state is what it was before.
//
//   begin(stored root) -> accept_root(N+1) until there is none -> finish_roots()
//   -> accept_stored_timestamp(), accept_stored_snapshot()     what an earlier run had, if any
//   -> accept_timestamp(fetched) -> accept_snapshot(fetched), unless has_current_snapshot()
//   -> accept_targets(stored; fetched, where that is refused) -> accept_delegated(...)
//
// What was accepted by an accept_ function that is not for what was stored is to be kept, byte for
// byte, a root at once.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/trust/metadata.h"

namespace noseon {

/// Whether expired metadata is refused: where it is pulled it is, where a display only opens what
/// it has it is not (its campaigns keep their own windows).
enum class Expiry { judged, ignored };

/// Whether an accepted timestamp was another than the one before.
enum class Freshness { unchanged, newer };

/// Whether other keys sign for timestamp or snapshot after it: what was accepted of them before is
/// then forgotten (5.3.11).
[[nodiscard]] bool has_rotated(const RootMetadata& before, const RootMetadata& after);

/// Which role was verified against whose delegation. A role is verified per delegator, never by
/// name alone.
struct RoleEdge {
  std::string delegator;
  std::string role;
  friend auto operator<=>(const RoleEdge&, const RoleEdge&) = default;
};

/// How many roots are followed in one run (section 5.3.3, "Y").
inline constexpr int kRootsMax = 256;

/// One thread; movable. `now` is fixed once for all (section 5.1).
class TrustedMetadata {
 public:
  /// From the trusted root, which may be expired. bad_format, signature (it does not sign itself).
  [[nodiscard]] static Result<TrustedMetadata> begin(std::string_view root, Instant now,
                                                     Expiry expiry);
  TrustedMetadata(TrustedMetadata&& other) noexcept;
  TrustedMetadata& operator=(TrustedMetadata&& other) noexcept;
  ~TrustedMetadata();

  /// Root N+1 (5.3): threshold of the old and of the new keys, exactly the next version: else
  /// rollback.
  [[nodiscard]] Status accept_root(std::string_view bytes);
  /// No more roots: the last one must not be expired (5.3.10). Where it is, nothing else can be
  /// accepted.
  [[nodiscard]] Status finish_roots();

  // REQUIRES of all that follows: finish_roots() was fine.

  /// What an earlier run accepted; it may be expired, and is for comparing with (5.4.3, 5.5.5)
  /// until accept_timestamp() has found the same version. Refused, to the caller's indifference,
  /// where it is damaged, its keys are no longer trusted, or the keys of timestamp or snapshot were
  /// rotated in this run (5.3.11), which is how a repository recovers from a fast-forward attack.
  [[nodiscard]] Status accept_stored_timestamp(std::string_view bytes);
  [[nodiscard]] Status accept_stored_snapshot(std::string_view bytes);

  /// 5.4. Of the same version the one before is kept, and judged anew. Where it is unchanged there
  /// is nothing to be stored.
  [[nodiscard]] Result<Freshness> accept_timestamp(std::string_view bytes);
  /// Whether the snapshot that was accepted, or stored, is what the timestamp asks for: then there
  /// is none to fetch. REQUIRES: a timestamp was accepted.
  [[nodiscard]] bool has_current_snapshot() const;
  /// 5.5. Hash and length first, then signature, version, and that no role left or went back.
  /// REQUIRES: a timestamp was accepted, in this run.
  [[nodiscard]] Status accept_snapshot(std::string_view bytes);
  /// 5.6 for the top-level role, 5.6.7 for delegated ones. not_found where the snapshot does not
  /// list the role, or nobody delegates to it, or its delegator is not accepted.
  /// REQUIRES: has_current_snapshot().
  [[nodiscard]] Status accept_targets(std::string_view bytes);
  [[nodiscard]] Status accept_delegated(std::string_view bytes, const RoleEdge& edge);
  /// The same of a delegated role that was accepted before, when it was fresh, and is still the one
  /// that the snapshot lists: its expiry is not asked again. Who forgets to sign anew then changes
  /// nothing of what plays, and keeps nobody else from changing it.
  [[nodiscard]] Status accept_known_delegated(std::string_view bytes, const RoleEdge& edge);

  [[nodiscard]] const RootMetadata& root() const;
  [[nodiscard]] const TimestampMetadata* timestamp() const;  ///< null until accepted, or stored
  [[nodiscard]] const SnapshotMetadata* snapshot() const;
  /// Of "targets", or of a delegated role as that delegator sees it. Null until accepted.
  [[nodiscard]] const TargetsMetadata* targets() const;
  [[nodiscard]] const TargetsMetadata* delegated(const RoleEdge& edge) const;
  /// "targets", or whoever else was accepted under that name, from whichever delegator: within a
  /// run a name stands for one file.
  [[nodiscard]] const TargetsMetadata* role(std::string_view name) const;

  /// What the snapshot says of a role's file; nothing where it does not list it.
  [[nodiscard]] std::optional<MetaFile> meta_of(std::string_view role) const;

 private:
  struct State;
  explicit TrustedMetadata(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace noseon
