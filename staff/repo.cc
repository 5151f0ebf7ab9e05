// noseon repo: who may publish, for which displays, and signing anew what expires.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "fleet/manifest.h"
#include "fleet/publish/layout.h"
#include "player/folder.h"
#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/draft.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Delegation new_delegation(const std::string& agency) {
  Delegation delegation;
  delegation.name = agency;
  delegation.paths = {agency + "/*"};
  delegation.is_terminating = true;
  return delegation;
}

// Keys that nobody is named by any more are not listed.
void drop_unused_keys(TargetsMetadata& targets) {
  std::erase_if(targets.keys, [&](const auto& key) {
    return std::none_of(
        targets.delegations.begin(), targets.delegations.end(), [&](const Delegation& one) {
          return std::find(one.keys.key_ids.begin(), one.keys.key_ids.end(), key.first) !=
                 one.keys.key_ids.end();
        });
  });
}

// An emergency is looked for before anything else.
void put_delegation(TargetsMetadata& targets, const std::string& agency, const RoleKeys& keys) {
  auto found = std::find_if(targets.delegations.begin(), targets.delegations.end(),
                            [&](const Delegation& one) { return one.name == agency; });
  if (found == targets.delegations.end()) {
    const auto where =
        agency == kEmergency ? targets.delegations.begin() : targets.delegations.end();
    found = targets.delegations.insert(where, new_delegation(agency));
  }
  found->keys = keys;
  drop_unused_keys(targets);
}

Status check_agency_name(const std::string& agency) {
  if (is_agency_name(agency)) return {};
  return fail(ErrorKind::bad_format,
              say("\"{}\" is no name of an agency: lower-case letters, digits and '-', not digits "
                  "alone, up to 40, and not root, targets, snapshot or timestamp",
                  agency));
}

// What an agency signed with keys that it no longer has is signed anew by those that it has now:
// displays refuse a release with a role that nobody vouches for.
Status take_over(RepositoryEditor& editor, const std::string& agency, const RoleKeys& keys,
                 KeyRing& ring) {
  if (!editor.state().snapshot.roles.contains(agency)) return {};
  const auto role = editor.state().roles.find(agency);
  const Result<Signers> signers = ring.signers_for(keys, agency);
  if (!signers) {
    return fail(Error{signers.error().kind,
                      say("{} has published with other keys, and its new ones have to sign that "
                          "anew: {}. Without them: name the old and the new public half, let the "
                          "agency run \"noseon repo renew {}\" with the new key, then name the new "
                          "one alone",
                          agency, signers.error().message, agency)});
  }
  return editor.set_role(
      agency, role == editor.state().roles.end() ? TargetsMetadata{} : role->second, *signers);
}

bool is_still_vouched_for(const RepositoryState& state, const std::string& agency,
                          const RoleKeys& keys) {
  const Delegation* const now = state.delegation(agency);
  if (now == nullptr) return false;
  return keys.threshold <= now->keys.threshold &&
         std::all_of(now->keys.key_ids.begin(), now->keys.key_ids.end(), [&](const auto& id) {
           return std::find(keys.key_ids.begin(), keys.key_ids.end(), id) != keys.key_ids.end();
         });
}

Status sign_targets(RepositoryEditor& editor, Site& site, TargetsMetadata targets) {
  ASSIGN_OR_RETURN(const Signers signers,
                   site.ring.signers_for(editor.state().root.targets, "targets"));
  return editor.set_role("targets", std::move(targets), signers);
}

Status commit(RepositoryEditor& editor, Site& site) {
  ASSIGN_OR_RETURN(const OnlineSigners online, site.online(editor.state().root));
  return editor.commit(online);
}

Status delegate(const DelegateOptions& options, const Clock& clock) {
  TRY(check_agency_name(options.agency));
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  TargetsMetadata targets = editor.state().targets();
  ASSIGN_OR_RETURN(RoleKeys keys, role_of_files(options.key_files, targets.keys));
  TRY(check_threshold(options.threshold, keys));
  keys.threshold = options.threshold;
  if (!is_still_vouched_for(editor.state(), options.agency, keys))
    TRY(take_over(editor, options.agency, keys, site.ring));
  put_delegation(targets, options.agency, keys);
  TRY(sign_targets(editor, site, std::move(targets)));
  TRY(commit(editor, site));
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"agency", options.agency},
                                {"keys", keys.key_ids},
                                {"threshold", keys.threshold}}));
  } else {
    fmt::print("{}\n", say("{} may publish under {}/, signed by {} of {} keys", options.agency,
                           options.agency, keys.threshold, keys.key_ids.size()));
  }
  return {};
}

Status revoke(const DelegateOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  TargetsMetadata targets = editor.state().targets();
  if (std::erase_if(targets.delegations,
                    [&](const Delegation& one) { return one.name == options.agency; }) == 0) {
    return fail(ErrorKind::not_found,
                say("there is no agency \"{}\"; \"noseon status {}\" lists them", options.agency,
                    options.site.repo));
  }
  drop_unused_keys(targets);
  TRY(sign_targets(editor, site, std::move(targets)));
  TRY(commit(editor, site));
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"agency", options.agency}, {"revoked", true}}));
  } else {
    fmt::print("{}\n",
               say("{} may no longer publish, and displays drop what it plays", options.agency));
  }
  return {};
}

Status refresh(const SiteOptions& options, const Clock& clock, bool& is_due) {
  ASSIGN_OR_RETURN(Site site, open_site(options, clock));
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  TRY(commit(editor, site));
  const RepositoryState& state = editor.state();
  const std::vector<std::string> due = reminders(state, site.now, options.repo);
  is_due = !due.empty();
  for (const std::string& line : due) fmt::print(stderr, "{}\n", line);
  if (options.json) {
    nlohmann::ordered_json roles = nlohmann::ordered_json::array();
    for (const RoleExpiry& expiry : expiries_of(state)) {
      roles.push_back({{"role", expiry.role},
                       {"version", expiry.version},
                       {"expires", metadata_time(expiry.expires)},
                       {"due", due_of(expiry, site.now) != Due::later}});
    }
    fmt::print("{}\n", to_text({{"timestamp", state.timestamp.head.version}, {"roles", roles}}));
  } else {
    fmt::print("{}\n", say("{}: snapshot and timestamp signed anew, they hold until {}",
                           options.repo, utc_text(state.timestamp.head.expires)));
  }
  return {};
}

Status renew(const RenewOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  const auto role = editor.state().roles.find(options.role);
  if (role == editor.state().roles.end()) {
    return fail(ErrorKind::not_found,
                say("\"{}\" has signed nothing; it is \"targets\", or an agency that has published",
                    options.role));
  }
  if (options.role == "targets") {
    TRY(sign_targets(editor, site, role->second));
  } else {
    const RoleKeys keys = editor.state().delegation(options.role)->keys;
    ASSIGN_OR_RETURN(const Signers signers, site.ring.signers_for(keys, options.role));
    TRY(editor.set_role(options.role, role->second, signers));
  }
  TRY(commit(editor, site));
  const MetadataHead head = editor.state().roles.at(options.role).head;
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"role", options.role},
                                {"version", head.version},
                                {"expires", metadata_time(head.expires)}}));
  } else {
    fmt::print("{}\n",
               say("{}: signed anew, it holds until {}", options.role, utc_text(head.expires)));
  }
  return {};
}

// ---- Displays -----------------------------------------------------------------------------------

// What says how pictures and texts are composed; all else of a display.toml is its bus's own.
std::string profile_text(const Display& display, const std::string& name) {
  std::string languages;
  for (const std::string& language : display.languages)
    languages += fmt::format("{}\"{}\"", languages.empty() ? "" : ", ", language);
  std::string text = fmt::format(
      "id = \"{}\"\nsize = [{}, {}]\nrotation = {}\nlanguages = [{}]\ndiagonal_inch = {}\n"
      "distance_m = {}\n",
      name, display.size.width, display.size.height, display.rotation, languages,
      display.diagonal_inch, display.distance_m);
  if (display.zone) text += fmt::format("timezone = \"{}\"\n", display.zone->name());
  return text;
}

Result<fs::path> profile_path(const DisplayOptions& options, const std::string& name) {
  std::error_code ignored;
  if (!fs::exists(fs::path(options.repo) / "metadata/timestamp.json", ignored)) {
    return fail(ErrorKind::not_found,
                say("{}: is no repository (it has no metadata/timestamp.json); make one with "
                    "\"noseon repo init\"",
                    options.repo));
  }
  if (!is_agency_name(name)) {
    return fail(ErrorKind::bad_format,
                say("\"{}\" is no name for a display profile: lower-case letters, digits and '-'; "
                    "choose one with --name",
                    name));
  }
  return fs::path(options.repo) / "displays" / (name + ".toml");
}

Status add_display(const DisplayOptions& options) {
  const std::string name =
      options.name.empty() ? fs::path(options.file).stem().string() : options.name;
  ASSIGN_OR_RETURN(const fs::path path, profile_path(options, name));
  SystemZones zones;
  const ParsedDisplay parsed = load_display(options.file, zones);
  if (!parsed.display || has_errors(parsed.findings)) {
    for (const Finding& finding : parsed.findings) fmt::print(stderr, "{}\n", to_string(finding));
    return fail(ErrorKind::bad_format, say("{}: cannot be used as it is", options.file));
  }
  TRY(make_folders(path.parent_path()));
  TRY(write_file(path, profile_text(*parsed.display, name)));
  const Size size = parsed.display->composed_size();
  if (options.json) {
    fmt::print("{}\n", to_text({{"display", name}, {"size", {size.width, size.height}}}));
  } else {
    fmt::print("{}\n", say("{}: pictures are prepared for {} x {} from the next publish on", name,
                           size.width, size.height));
  }
  return {};
}

Status remove_display(const DisplayOptions& options) {
  ASSIGN_OR_RETURN(const fs::path path, profile_path(options, options.name));
  std::error_code error;
  if (!fs::remove(path, error)) {
    return fail(ErrorKind::not_found,
                say("there is no display profile \"{}\"; \"noseon status {}\" lists them",
                    options.name, options.repo));
  }
  if (options.json) {
    fmt::print("{}\n", to_text({{"display", options.name}, {"removed", true}}));
  } else {
    fmt::print("{}\n",
               say("{}: no pictures are prepared for it from the next publish on", options.name));
  }
  return {};
}

}  // namespace

int run_repo_delegate(const DelegateOptions& options, const Clock& clock) {
  return done_or_refused(delegate(options, clock));
}

int run_repo_revoke(const DelegateOptions& options, const Clock& clock) {
  return done_or_refused(revoke(options, clock));
}

int run_repo_refresh(const SiteOptions& options, const Clock& clock) {
  bool is_due = false;
  const Status done = refresh(options, clock, is_due);
  if (!done) return refused(done.error());
  return is_due ? kExpiresSoon : kDone;
}

int run_repo_renew(const RenewOptions& options, const Clock& clock) {
  return done_or_refused(renew(options, clock));
}

int run_display_add(const DisplayOptions& options) {
  return done_or_refused(add_display(options));
}

int run_display_remove(const DisplayOptions& options) {
  return done_or_refused(remove_display(options));
}

}  // namespace noseon
