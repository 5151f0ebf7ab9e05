// The metadata of The Update Framework as values: root, timestamp, snapshot, targets, read from
// bytes with every rule of form checked. Pure: no file, no clock, no network.
//
// Source: The Update Framework Specification, version 1.0.34, section 4 (document formats).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace noseon {

// What is read at most, in bytes; the caps hold before anything is parsed.
inline constexpr std::uint64_t kRootBytesMax = 512'000;
inline constexpr std::uint64_t kTimestampBytesMax = 16'384;
inline constexpr std::uint64_t kSnapshotBytesMax = 2'000'000;
inline constexpr std::uint64_t kTargetsBytesMax = 5'000'000;

/// Every reader of JSON keeps integers up to here exactly (RFC 7493, section 2.2), and one more
/// still has a next one.
inline constexpr std::int64_t kVersionMax = (std::int64_t{1} << 53) - 1;

/// A key as metadata lists it. `id` was recomputed, and is never taken on trust (section 4.3): from
/// the fields below, or from these and such as a repository has added to the key.
struct PublicKey {
  std::string id;      ///< lower-case hexadecimal of SHA-256 over the canonical form
  std::string type;    ///< "ed25519", "ecdsa" (in the specification's words, and in use too,
                       ///< "ecdsa-sha2-nistp256") or "rsa"; others are kept and verify nothing
  std::string scheme;  ///< "ed25519", "ecdsa-sha2-nistp256", "rsassa-pss-sha256"
  std::string value;   ///< hexadecimal for ed25519, PEM for the others
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};
using KeysById = std::map<std::string, PublicKey, std::less<>>;

/// Who may sign for a role, and how many of them must.
struct RoleKeys {
  std::vector<std::string> key_ids;  ///< without duplicates
  std::int64_t threshold = 1;        ///< 1 or more
  friend bool operator==(const RoleKeys&, const RoleKeys&) = default;
};

struct MetadataHead {
  std::int64_t version = 0;  ///< 1 to kVersionMax
  Instant expires;           ///< from then on it is expired
};

struct RootMetadata {
  MetadataHead head;
  bool is_consistent_snapshot = false;
  KeysById keys;
  RoleKeys root, timestamp, snapshot, targets;
};

/// How another metadata file is to be. Length and hash where they are said.
struct MetaFile {
  std::int64_t version = 0;  ///< 1 to kVersionMax
  std::optional<std::uint64_t> length;
  std::optional<Sha256> sha256;
};

struct TimestampMetadata {
  MetadataHead head;
  MetaFile snapshot;
  /// When the repository signed it: the extra field "x-issued", which a floor of time may follow.
  /// Nothing where it is not written as `expires` is: a field that is not TUF's spoils no file.
  std::optional<Instant> issued;
};

struct SnapshotMetadata {
  MetadataHead head;
  std::map<std::string, MetaFile, std::less<>> roles;  ///< by role name, without ".json"
};

struct TargetFile {
  std::uint64_t length = 0;
  Sha256 sha256{};
  friend bool operator==(const TargetFile&, const TargetFile&) = default;
};

struct Delegation {
  std::string name;
  RoleKeys keys;
  std::vector<std::string> paths;               ///< patterns; `*` and `?` never match '/'
  std::vector<std::string> path_hash_prefixes;  ///< lower-case hexadecimal; exactly one of both
  bool is_terminating = false;
};

struct TargetsMetadata {
  MetadataHead head;
  std::map<std::string, TargetFile, std::less<>> targets;  ///< by path
  KeysById keys;                                           ///< of the delegations
  std::vector<Delegation> delegations;                     ///< in the order of the search
};

struct MetadataSignature {
  std::string key_id;
  std::string hex;
};

/// What a metadata file says, and the bytes and signatures by which it can be believed.
template <class T>
struct Signed {
  T content;
  std::string canonical;  ///< the signed part as OLPC canonical JSON: what is verified
  std::vector<MetadataSignature> signatures;
};

// bad_format, with what and where: not JSON, a float, a duplicate name, another `_type`, a
// `spec_version` whose major is not 1, a version or threshold under 1, a version over
// kVersionMax, an `expires` that is not
// YYYY-MM-DDTHH:MM:SSZ, a duplicate key id or delegated name, a delegation with the name of a
// top-level role, or with both or neither of `paths` and `path_hash_prefixes`. too_large past the
// caps. Unknown fields are kept in `canonical`.
[[nodiscard]] Result<Signed<RootMetadata>> parse_root(std::string_view bytes);
[[nodiscard]] Result<Signed<TimestampMetadata>> parse_timestamp(std::string_view bytes);
[[nodiscard]] Result<Signed<SnapshotMetadata>> parse_snapshot(std::string_view bytes);
/// Top-level targets and delegated roles alike.
[[nodiscard]] Result<Signed<TargetsMetadata>> parse_targets(std::string_view bytes);

/// A key by itself, {"keytype", "scheme", "keyval": {"public"}}, its id computed. bad_format, and
/// too_large over 16,384 bytes.
[[nodiscard]] Result<PublicKey> parse_public_key(std::string_view bytes);

/// A role's name as URLs and file names have it (RFC 3986, unreserved characters stay): "a/b" is
/// "a%2Fb".
[[nodiscard]] std::string encode_role_name(std::string_view name);

}  // namespace noseon
