// noseon publish: check, prepare, say what changes, ask, sign, write.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/say.h"
#include "fleet/publish/releases.h"
#include "playlist/compiled.h"
#include "staff/commands.h"
#include "staff/confirm.h"
#include "staff/delivery.h"
#include "staff/json_text.h"
#include "staff/prepare.h"
#include "staff/release_plan.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// A campaign with its pictures and what is to become of it.
struct Prepared {
  std::vector<ReadyPicture> pictures;
  CampaignPlan plan;
};

// "5%", "5 %", "0.5" in percent.
Result<int> parse_share(const std::string& text) {
  if (text.empty()) return kShareWhole;
  std::string number = text;
  while (number.ends_with('%') || number.ends_with(' ')) number.pop_back();
  std::size_t read = 0;
  double percent = 0;
  try {
    percent = std::stod(number, &read);
  } catch (const std::exception&) {
    read = 0;
  }
  const double parts = std::round(percent * 100);
  if (read == number.size() && read > 0 && parts >= 1 && parts <= kShareWhole)
    return static_cast<int>(parts);
  return fail(ErrorKind::bad_format,
              say("\"{}\" is no share of the displays; write one from 0.01% to 100%", text));
}

// The profiles, or the one display that all commands take where none is named.
Result<std::vector<DisplayProfile>> profiles_of(const Site& site, Zones& zones) {
  ASSIGN_OR_RETURN(std::vector<DisplayProfile> profiles, read_profiles(site.repository, zones));
  if (!profiles.empty()) return profiles;
  fmt::print(stderr, "{}\n",
             say("{} has no display profile, so pictures are prepared for 1920 x 1080; add yours "
                 "with \"noseon repo display add display.toml --repo {}\"",
                 site.repository.string(), site.repository.string()));
  return std::vector<DisplayProfile>{{"1920x1080", "", Display{}}};
}

// Warnings are for people to see; errors end it.
Status check(const std::string& dir, const std::vector<DisplayProfile>& profiles) {
  CheckOptions options;
  options.world.dir = dir;
  for (const DisplayProfile& profile : profiles)
    if (!profile.file.empty()) options.displays.push_back(profile.file.string());
  ASSIGN_OR_RETURN(const Findings findings, findings_of(options));
  for (const Finding& finding : findings) fmt::print(stderr, "{}\n", to_string(finding));
  if (!has_errors(findings)) return {};
  return fail(ErrorKind::bad_format,
              say("{}: nothing is published while there are errors; correct them first", dir));
}

Result<std::vector<Campaign>> campaigns_in(const std::string& dir) {
  SystemZones zones;
  LoadedFolder folder = load_folder(dir, Display{}, zones);
  if (!folder.playlist->campaigns.empty()) return folder.playlist->campaigns;
  return fail(ErrorKind::not_found,
              say("{}: there is no campaign; it is a folder with a campaign.toml, or a folder of "
                  "such folders",
                  dir));
}

/// Whose campaigns they are: the agency that was named, or the only one whose keys are here.
Result<std::string> agency_of(const std::string& named, const RepositoryState& state,
                              const KeyRing& ring) {
  std::vector<std::string> all;
  std::vector<std::string> ours;
  for (const Delegation& delegation : state.targets().delegations) {
    all.push_back(delegation.name);
    const bool is_ours =
        std::any_of(delegation.keys.key_ids.begin(), delegation.keys.key_ids.end(),
                    [&](const std::string& id) { return ring.find(id) != nullptr; });
    if (is_ours) ours.push_back(delegation.name);
  }
  const auto list = [](const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
  };
  if (all.empty()) {
    return fail(ErrorKind::not_found,
                say("nobody may publish here yet; let an agency, with \"noseon repo delegate\""));
  }
  if (!named.empty()) {
    if (std::find(all.begin(), all.end(), named) != all.end()) return named;
    return fail(ErrorKind::not_found,
                say("there is no agency \"{}\"; there is {}", named, list(all)));
  }
  if (ours.size() == 1) return ours.front();
  if (ours.empty()) {
    return fail(
        ErrorKind::not_found,
        say("none of the keys here may publish; name the agency's key with --key (agencies: "
            "{})",
            list(all)));
  }
  return fail(
      ErrorKind::bad_format,
      say("the keys here are those of {}; say which agency publishes, with --agency", list(ours)));
}

class Publication {
 public:
  Publication(const PublishOptions& options, Site& site, PictureSource source, int share)
      : options_(options), site_(site), source_(std::move(source)), share_(share) {}

  [[nodiscard]] Status prepare() {
    ASSIGN_OR_RETURN(state_, site_.read());
    TRY(check_not_expired(*state_, site_.now, options_.site.repo));
    ASSIGN_OR_RETURN(agency_, agency_of(options_.agency, *state_, site_.ring));
    ASSIGN_OR_RETURN(const std::vector<DisplayProfile> profiles, profiles_of(site_, zones_));
    TRY(check(options_.dir, profiles));
    ASSIGN_OR_RETURN(const std::vector<Campaign> campaigns, campaigns_in(options_.dir));
    for (const Campaign& campaign : campaigns) TRY(prepare_one(campaign, profiles));
    return {};
  }

  [[nodiscard]] bool is_change() const {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Prepared& one) { return one.plan.is_change(); });
  }

  void print_plan() const {
    for (const Prepared& one : all_) {
      if (!one.plan.is_change()) {
        fmt::print("{}\n", say("{} ({}): nothing has changed since release {}",
                               one.plan.manifest.campaign, agency_, one.plan.live->release));
        continue;
      }
      for (const std::string& line : plan_lines(one.plan)) fmt::print("{}\n", line);
    }
  }

  [[nodiscard]] ordered_json json() const {
    ordered_json campaigns = ordered_json::array();
    for (const Prepared& one : all_)
      if (one.plan.is_change()) campaigns.push_back(plan_json(one.plan));
    return campaigns;
  }

  [[nodiscard]] Status publish() {
    const Delegation& delegation = *state_->delegation(agency_);
    ASSIGN_OR_RETURN(const Signers signers, site_.ring.signers_for(delegation.keys, agency_));
    ASSIGN_OR_RETURN(const OnlineSigners online, site_.online(state_->root));
    ASSIGN_OR_RETURN(RepositoryEditor editor, site_.edit());
    AgencyChange change;
    for (const Prepared& one : all_) {
      if (!one.plan.is_change()) continue;
      TRY(check_still_live(editor.state(), one.plan));
      for (const ReadyPicture& picture : one.pictures) TRY(put(editor, picture));
      change.published.push_back(one.plan.manifest);
    }
    TRY(change_agency(editor, agency_, change, signers));
    return editor.commit(online);
  }

  [[nodiscard]] const std::string& agency() const { return agency_; }

 private:
  [[nodiscard]] Status prepare_one(const Campaign& campaign,
                                   const std::vector<DisplayProfile>& profiles) {
    Prepared prepared;
    ASSIGN_OR_RETURN(prepared.pictures, prepare_pictures(campaign, profiles, source_));
    const auto releases = releases_of(*state_, agency_);
    const auto found = releases.find(campaign.id.str());
    std::optional<Manifest> live;
    if (found != releases.end() && found->second.live) {
      // A damaged one is made good by publishing; then all is new.
      Result<Manifest> read =
          read_live_manifest(site_.repository, agency_, campaign.id.str(), *found->second.live);
      if (!read) fmt::print(stderr, "{}\n", read.error().message);
      if (read) live = *std::move(read);
    }
    Manifest manifest;
    manifest.agency = agency_;
    manifest.campaign = campaign.id.str();
    ManifestEdition edition;
    edition.release = found == releases.end() ? 1 : found->second.next_release();
    edition.published = std::chrono::floor<std::chrono::seconds>(site_.now);
    edition.compiled = write_compiled(campaign);
    name_targets(prepared.pictures);
    for (const ReadyPicture& picture : prepared.pictures)
      edition.pictures.push_back(picture.picture);
    manifest.editions.push_back(std::move(edition));
    TRY(share_out(manifest, live));
    TRY(write_manifest(manifest));  // said before anybody is asked
    prepared.plan = plan_of(std::move(manifest), live ? &*live : nullptr, profiles);
    all_.push_back(std::move(prepared));
    return {};
  }

  // The displays that try one release try the next one too, and more of them as the share grows.
  [[nodiscard]] Status share_out(Manifest& manifest, const std::optional<Manifest>& live) const {
    if (share_ == kShareWhole) return {};
    if (!live) {
      return fail(ErrorKind::bad_format,
                  say("{}: nothing is live that the other displays could keep; publish it without "
                      "--share",
                      manifest.campaign));
    }
    manifest.editions.front().share = share_;
    manifest.editions.front().salt =
        "try/" + manifest.campaign.substr(0, 60);  // as long as a salt may be
    manifest.editions.push_back(live->editions.back());
    return {};
  }

  // Equal bytes are one blob: that of the agency's that is there, or the first of these.
  void name_targets(std::vector<ReadyPicture>& pictures) {
    const auto role = state_->roles.find(agency_);
    if (known_.empty() && role != state_->roles.end()) {
      for (const auto& [path, file] : role->second.targets)
        if (!path.ends_with(".json")) known_.emplace(file.sha256, path);
    }
    for (ReadyPicture& picture : pictures) {
      const std::string path = fmt::format(
          "{}/{}.{}", agency_, to_hex(picture.picture.sha256).substr(0, 16), picture.name);
      picture.picture.target = known_.emplace(picture.picture.sha256, path).first->second;
    }
  }

  // What was shown and agreed to is what is written, or nothing is.
  [[nodiscard]] Status check_still_live(const RepositoryState& now,
                                        const CampaignPlan& plan) const {
    const std::string& campaign = plan.manifest.campaign;
    const auto of = [&](const RepositoryState& state) {
      const auto releases = releases_of(state, agency_);
      const auto found = releases.find(campaign);
      return found == releases.end() ? CampaignReleases{} : found->second;
    };
    if (of(now).live == of(*state_).live && of(now).next_release() == of(*state_).next_release())
      return {};
    return fail(ErrorKind::rollback,
                say("{}: somebody else has published release {} meanwhile; look at what changes "
                    "now, by publishing again",
                    campaign, of(now).next_release() - 1));
  }

  [[nodiscard]] Status put(RepositoryEditor& editor, const ReadyPicture& picture) const {
    const TargetFile file{picture.picture.bytes, picture.picture.sha256};
    if (read_target(editor.folder(), picture.picture.target, file)) return {};
    ASSIGN_OR_RETURN(const std::string bytes, bytes_of(picture, source_));
    TRY(editor.add_target(picture.picture.target, bytes));
    return {};
  }

  const PublishOptions& options_;
  Site& site_;
  PictureSource source_;
  int share_;
  SystemZones zones_;
  std::optional<RepositoryState> state_;
  std::string agency_;
  std::map<Sha256, std::string> known_;
  std::vector<Prepared> all_;
};

Result<bool> publish(const PublishOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(const int share, parse_share(options.share));
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  Publication publication(options, site, make_picture_source(), share);
  TRY(publication.prepare());
  if (!options.site.json) publication.print_plan();
  if (publication.is_change()) {
    ASSIGN_OR_RETURN(const bool is_agreed,
                     confirm(say("Publish this?"), options.yes, options.site.json));
    if (!is_agreed) return false;
    TRY(publication.publish());
  }
  if (options.site.json) {
    fmt::print("{}\n",
               to_text({{"agency", publication.agency()}, {"published", publication.json()}}));
  } else if (publication.is_change()) {
    fmt::print("{}\n", say("published; displays take it when they ask next"));
  }
  ASSIGN_OR_RETURN(const RepositoryState state, site.read());
  for (const std::string& line : reminders(state, site.now, options.site.repo))
    fmt::print(stderr, "{}\n", line);
  return true;
}

}  // namespace

int run_publish(const PublishOptions& options, const Clock& clock) {
  const Result<bool> done = publish(options, clock);
  if (!done) return refused(done.error());
  return *done ? kDone : kRefused;
}

}  // namespace noseon
