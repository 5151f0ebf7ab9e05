// Metadata as bytes to publish: values in, signed JSON out. What fleet/trust/ reads, this writes.
// Pure.
//
// Source: The Update Framework Specification, version 1.0.34, section 4. The text is compact JSON
// with sorted names; what is signed is its OLPC canonical form (fleet/trust/canonical.h).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/publish/signing_key.h"
#include "fleet/trust/metadata.h"

namespace noseon {

/// Each signs; none is a file without signatures, for others to add theirs.
using Signers = std::vector<SigningKey>;

/// The `signed` part. Fields of one's own ("x-issued" is written from TimestampMetadata::issued)
/// may be added before sign_metadata(): clients keep and ignore what they do not know.
[[nodiscard]] nlohmann::json metadata_json(const RootMetadata& root);
[[nodiscard]] nlohmann::json metadata_json(const TimestampMetadata& timestamp);
[[nodiscard]] nlohmann::json metadata_json(const SnapshotMetadata& snapshot);
[[nodiscard]] nlohmann::json metadata_json(const TargetsMetadata& targets);

/// The whole file. bad_format where `content` has a number that is no integer.
[[nodiscard]] Result<std::string> sign_metadata(const nlohmann::json& content,
                                                const Signers& signers);

/// sign_metadata(metadata_json(value), signers)
[[nodiscard]] Result<std::string> write_metadata(const RootMetadata& root, const Signers& signers);
[[nodiscard]] Result<std::string> write_metadata(const TimestampMetadata& timestamp,
                                                 const Signers& signers);
[[nodiscard]] Result<std::string> write_metadata(const SnapshotMetadata& snapshot,
                                                 const Signers& signers);
[[nodiscard]] Result<std::string> write_metadata(const TargetsMetadata& targets,
                                                 const Signers& signers);

/// The same file with more signatures; one of the same key is replaced. For officers who sign one
/// after the other. bad_format, too_large.
[[nodiscard]] Result<std::string> add_signatures(std::string_view file, const Signers& signers);

/// How a file of these bytes is listed by its parent, with hash and length.
[[nodiscard]] MetaFile meta_file_for(std::int64_t version, std::string_view bytes);

/// "2027-02-25T08:00:00Z", whole seconds (section 4.2); a part of a second is dropped.
[[nodiscard]] std::string metadata_time(Instant instant);

}  // namespace noseon
