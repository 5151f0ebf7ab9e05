#include "tests/fleet/month/publisher.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/files.h"
#include "playlist/compiled.h"
#include "playlist/parse.h"

namespace noseon::month {
namespace {

constexpr std::chrono::hours kSeoul{9};
constexpr std::uint64_t kFileBytesMax = 8'000'000;
constexpr Size kScreen{1920, 1080};

RoleKeys held_by(const SigningKey& key) {
  return {{key.public_key().id}, 1};
}

SigningKey new_key() {
  return SigningKey::generate().value();
}

// "2027-02-25" of an instant that begins a day in Seoul.
std::string day_text(Instant begins) {
  return to_rfc3339(begins, kSeoul).substr(0, 10);
}

std::string time_text(Minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string toml_of(const PlainItem& item) {
  std::string toml = fmt::format(
      "[[item]]\nid = \"{0}\"\nposter = \"posters/{0}.png\"\nseconds = 10\nweight = {1}\n", item.id,
      item.weight);
  const PlainWindow& window = item.window;
  if (item.is_urgent) {
    toml += fmt::format("role = \"urgent\"\nfrom = {}\nuntil = {}\n",
                        to_rfc3339(*window.from, kSeoul).substr(0, 19),
                        to_rfc3339(*window.until, kSeoul).substr(0, 19));
    return toml;
  }
  if (window.from) toml += "from = " + day_text(*window.from) + "\n";
  if (window.until) toml += "until = " + day_text(*window.until - std::chrono::hours{24}) + "\n";
  if (window.day_begins)
    toml += fmt::format("hours = \"{}-{}\"\n", time_text(*window.day_begins),
                        time_text(*window.day_ends));
  return toml;
}

}  // namespace

Instant seoul_day(std::int64_t days) {
  return Instant{std::chrono::hours{24 * days} - kSeoul};
}

bool PlainWindow::contains(Instant now) const {
  if (from && now < *from) return false;
  if (until && now >= *until) return false;
  if (!day_begins) return true;
  const auto in_day = (now + kSeoul).time_since_epoch() % std::chrono::hours{24};
  return *day_begins <= in_day && in_day < *day_ends;
}

Publisher::Publisher(std::filesystem::path folder, std::uint64_t seed, Instant now)
    : folder_(std::move(folder)),
      seed_(seed),
      root_(new_key()),
      targets_(new_key()),
      snapshot_(new_key()),
      timestamp_(new_key()) {
  root_metadata_.head = {1, now + kRootLifetime};
  root_metadata_.is_consistent_snapshot = true;
  for (const SigningKey& key : {root_, targets_, snapshot_, timestamp_})
    root_metadata_.keys[key.public_key().id] = key.public_key();
  root_metadata_.root = held_by(root_);
  root_metadata_.targets = held_by(targets_);
  root_metadata_.snapshot = held_by(snapshot_);
  root_metadata_.timestamp = held_by(timestamp_);
  trusted_root_ = write_metadata(root_metadata_, {root_}).value();
  CHECK(create_repository(folder_, trusted_root_, {targets_}, online(), now).has_value());
  RepositoryEditor editor = edit(now);
  TargetsMetadata top = editor.state().targets();
  for (const char* name : {"emergency", "city", "metro", "festival"}) {
    const SigningKey& key = agencies_.emplace(name, new_key()).first->second;
    top.keys[key.public_key().id] = key.public_key();
    Delegation& delegation = top.delegations.emplace_back();
    delegation.name = name;
    delegation.keys = held_by(key);
    delegation.paths = {std::string(name) + "/*"};
    delegation.is_terminating = true;
  }
  CHECK(editor.set_role("targets", top, {targets_}).has_value());
  commit(editor, now);
}

RepositoryEditor Publisher::edit(Instant now) const {
  return RepositoryEditor::open(folder_, trusted_root_, now).value();
}

void Publisher::commit(RepositoryEditor& editor, Instant now) {
  CHECK(editor.commit(online()).has_value());
  const RepositoryState state = read_repository(folder_, trusted_root_).value();
  Release release;
  release.version = state.versions.timestamp;
  release.signed_at = std::chrono::floor<std::chrono::seconds>(now);
  release.expires = state.timestamp.head.expires;
  for (const auto& [role, content] : state.roles)
    for (const auto& [path, file] : content.targets)
      if (is_manifest_target(path)) release.manifests[path] = file.sha256;
  releases_[release.version] = release;
  signed_.emplace_back(now, timestamps_.size());
  timestamps_.push_back(file("metadata/timestamp.json").value());
}

std::string Publisher::compiled_of(const std::string& campaign, const Draft& draft) {
  std::string toml = fmt::format(
      "format = \"noseon.campaign/1\"\nid = \"{}\"\ntimezone = \"Asia/Seoul\"\n", campaign);
  for (const PlainItem& item : draft.items) toml += toml_of(item);
  const ParsedCampaign parsed = parse_campaign(toml, "campaign.toml", zones_);
  for (const Finding& finding : parsed.findings)
    if (finding.severity == Severity::error) fmt::print("{}\n", to_string(finding));
  CHECK(parsed.campaign.has_value() && !has_errors(parsed.findings));
  std::string compiled = write_compiled(*parsed.campaign);
  items_[compiled] = draft.items;
  return compiled;
}

std::int64_t Publisher::next_release(const std::string& agency, const std::string& campaign,
                                     const RepositoryEditor& editor) const {
  const auto releases = releases_of(editor.state(), agency);
  const auto found = releases.find(campaign);
  return found == releases.end() ? 1 : found->second.next_release();
}

std::optional<Manifest> Publisher::live(const std::string& agency,
                                        const std::string& campaign) const {
  const auto found = latest().manifests.find(manifest_target(agency, campaign));
  if (found == latest().manifests.end()) return std::nullopt;
  return manifests_.at(found->second);
}

void Publisher::change(const std::string& agency, const AgencyChange& change,
                       RepositoryEditor& editor, Instant now) {
  for (const Manifest& manifest : change.published)
    manifests_[sha256(write_manifest(manifest).value())] = manifest;
  CHECK(change_agency(editor, agency, change, {agencies_.at(agency)}).has_value());
  commit(editor, now);
}

void Publisher::publish(const std::string& agency, const std::string& campaign, const Draft& draft,
                        Instant now, int share) {
  RepositoryEditor editor = edit(now);
  ManifestEdition edition;
  edition.release = next_release(agency, campaign, editor);
  edition.published = std::chrono::floor<std::chrono::seconds>(now);
  edition.compiled = compiled_of(campaign, draft);
  for (const auto& [id, bytes] : draft.pictures) {
    ManifestPicture picture;
    picture.written = fmt::format("posters/{}.png", id);
    picture.box = picture.size = kScreen;
    picture.background = Style{}.background;
    picture.sha256 = sha256(bytes);
    picture.target = fmt::format("{}/{}.{}.png", agency, to_hex(picture.sha256).substr(0, 16), id);
    picture.bytes = bytes.size();
    picture.type = "image/png";
    picture.displays = {kScreen};
    CHECK(editor.add_target(picture.target, bytes).has_value());
    edition.pictures.push_back(std::move(picture));
  }
  Manifest manifest{agency, campaign, {}, {}};
  const auto before = live(agency, campaign);
  if (share < kShareWhole && before) {
    edition.share = share;
    edition.salt = fmt::format("{}-{}", campaign, edition.release);
    manifest.editions = {edition, before->editions.back()};
  } else {
    manifest.editions = {edition};
  }
  change(agency, {{manifest}, {}}, editor, now);
}

void Publisher::finish_trial(const std::string& agency, const std::string& campaign, Instant now) {
  auto manifest = live(agency, campaign);
  if (!manifest || manifest->editions.size() < 2) return;
  RepositoryEditor editor = edit(now);
  ManifestEdition whole = manifest->editions.front();
  whole.release = next_release(agency, campaign, editor);
  whole.share = kShareWhole;
  whole.salt.clear();
  manifest->editions = {whole};
  change(agency, {{*manifest}, {}}, editor, now);
}

bool Publisher::roll_back(const std::string& agency, const std::string& campaign, Instant now) {
  RepositoryEditor editor = edit(now);
  const auto releases = releases_of(editor.state(), agency);
  const auto found = releases.find(campaign);
  if (found == releases.end() || !found->second.live_release()) return false;
  const auto at = found->second.kept.find(*found->second.live_release());
  if (at == found->second.kept.begin() || at == found->second.kept.end()) return false;
  const auto earlier = std::prev(at);
  Manifest manifest =
      read_kept_manifest(folder_, agency, campaign, earlier->first, earlier->second).value();
  ManifestEdition back = manifest.editions.back();
  back.release = found->second.next_release();
  back.published = std::chrono::floor<std::chrono::seconds>(now);
  manifest.editions = {back};
  change(agency, {{manifest}, {}}, editor, now);
  return true;
}

void Publisher::withdraw(const std::string& agency, const std::string& campaign, Instant now) {
  RepositoryEditor editor = edit(now);
  change(agency, {{}, {campaign}}, editor, now);
}

void Publisher::sign_again(Instant now) {
  RepositoryEditor editor = edit(now);
  commit(editor, now);
}

void Publisher::replace_online_keys(Instant now) {
  RepositoryEditor editor = edit(now);
  timestamp_ = new_key();
  snapshot_ = new_key();
  ++root_metadata_.head.version;
  for (const SigningKey& key : {timestamp_, snapshot_})
    root_metadata_.keys[key.public_key().id] = key.public_key();
  root_metadata_.snapshot = held_by(snapshot_);
  root_metadata_.timestamp = held_by(timestamp_);
  CHECK(editor.set_root(write_metadata(root_metadata_, {root_}).value()).has_value());
  commit(editor, now);
}

std::optional<std::string> Publisher::file(const std::string& path) const {
  auto bytes = read_file(folder_ / path, kFileBytesMax);
  return bytes ? std::optional(*std::move(bytes)) : std::nullopt;
}

std::string Publisher::timestamp_at(Instant at) const {
  const auto after = std::upper_bound(signed_.begin(), signed_.end(), at,
                                      [](Instant t, const auto& each) { return t < each.first; });
  return timestamps_[after == signed_.begin() ? 0 : std::prev(after)->second];
}

const Release* Publisher::release(std::int64_t version) const {
  const auto found = releases_.find(version);
  return found == releases_.end() ? nullptr : &found->second;
}

const std::vector<PlainItem>& Publisher::items_of(const Sha256& manifest,
                                                  const DisplayId& display) const {
  return items_.at(edition_for(manifests_.at(manifest), display).compiled);
}

}  // namespace noseon::month
