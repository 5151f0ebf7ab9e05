#include "player/release.h"

#include <algorithm>

#include "base/say.h"
#include "base/unicode.h"
#include "fleet/manifest.h"
#include "playlist/compiled.h"

namespace noseon {
namespace {

class Reader {
 public:
  Reader(const StoreReader& store, const Display& display, Zones& zones)
      : store_(store), display_(display), zones_(zones) {}

  // Once for each manifest; the rest is in release().
  void add(const FoundTarget& target) {
    release_.blobs.insert(target.file.sha256);
    if (target.file.length > kManifestBytesMax)
      return refuse(target, say("it is larger than {} MiB", kManifestBytesMax >> 20U));
    const Result<std::string> bytes = store_.read_blob({target.file.sha256, target.file.length});
    if (!bytes) return lack_blob(target, bytes.error());
    const Result<Manifest> manifest = read_manifest(*bytes);
    if (manifest) return add(target, *manifest);
    if (manifest.error().kind != ErrorKind::unavailable)
      return refuse(target, manifest.error().message);
    release_.lacks.push_back(manifest.error().with_context(target.path).message);
  }

  [[nodiscard]] StoreRelease& release() { return release_; }

 private:
  void add(const FoundTarget& target, const Manifest& manifest) {
    if (manifest_target(manifest.agency, manifest.campaign) != target.path)
      return refuse(target, say("it is the manifest of {}",
                                manifest_target(manifest.agency, manifest.campaign)));
    const ManifestEdition& edition = edition_for(manifest, display_.id);
    ParsedCampaign parsed = read_compiled(edition.compiled, target.path, zones_);
    release_.findings.insert(release_.findings.end(), parsed.findings.begin(),
                             parsed.findings.end());
    if (!parsed.campaign) return;
    if (parsed.campaign->id.str() != manifest.campaign)
      return refuse(target, say("it holds campaign {}", parsed.campaign->id.str()));
    parsed.campaign->agency = manifest.agency;
    parsed.campaign->published = published(edition);
    release_.campaigns.push_back(*std::move(parsed.campaign));
  }

  std::vector<PublishedPicture> published(const ManifestEdition& edition) {
    std::vector<PublishedPicture> pictures;
    for (const ManifestPicture& picture : pictures_of(edition, display_.composed_size())) {
      release_.blobs.insert(picture.sha256);
      pictures.push_back({.written = picture.written,
                          .box = picture.box,
                          .fit = picture.fit,
                          .background = picture.background,
                          .size = picture.size,
                          .file = store_.blob_path(picture.sha256).string(),
                          .bytes = picture.bytes,
                          .sha256 = picture.sha256});
    }
    return pictures;
  }

  void refuse(const FoundTarget& target, std::string why) {
    release_.findings.push_back({Severity::error,
                                 target.path,
                                 {},
                                 "bad-manifest",
                                 std::move(why),
                                 say("publish the campaign again")});
  }

  void lack_blob(const FoundTarget& target, const Error& error) {
    release_.lacks.push_back(error.with_context(target.path).message);
    release_.damaged.push_back({{target.file.sha256, target.file.length}, release_.lacks.back()});
  }

  const StoreReader& store_;
  const Display& display_;
  Zones& zones_;
  StoreRelease release_;
};

}  // namespace

Result<StoreRelease> read_release(const Generation& generation, const StoreReader& store,
                                  std::string_view trusted_root, const AcceptedVersions& accepted,
                                  const Display& display, Zones& zones, Instant now) {
  ASSIGN_OR_RETURN(VerifiedRelease verified,
                   verify_release(trusted_root, generation.files, now, Expiry::ignored, accepted));
  Reader reader(store, display, zones);
  for (const FoundTarget& target : verified.targets)
    if (is_manifest_target(target.path)) reader.add(target);
  StoreRelease& release = reader.release();
  release.generation = generation.number;
  release.versions = std::move(verified.versions);
  release.issued = verified.issued;
  return std::move(release);
}

}  // namespace noseon
