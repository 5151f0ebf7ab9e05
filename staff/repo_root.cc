// noseon repo rotate, sign, apply: the next root, from a draft through the officers to the
// displays.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/draft.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

RoleKeys* role_in(RootMetadata& root, const std::string& name) {
  if (name == "root") return &root.root;
  if (name == "targets") return &root.targets;
  if (name == "snapshot") return &root.snapshot;
  if (name == "timestamp") return &root.timestamp;
  return nullptr;
}

void drop_unused_keys(RootMetadata& root) {
  std::erase_if(root.keys, [&](const auto& key) {
    for (const char* name : {"root", "targets", "snapshot", "timestamp"}) {
      const std::vector<std::string>& ids = role_in(root, name)->key_ids;
      if (std::find(ids.begin(), ids.end(), key.first) != ids.end()) return false;
    }
    return true;
  });
}

Status change_role(const RotateOptions& options, RootMetadata& root) {
  if (options.role.empty()) return {};
  RoleKeys* const role = role_in(root, options.role);
  if (role == nullptr) {
    return fail(ErrorKind::bad_format,
                say("root names no role \"{}\"; it is root, targets, snapshot or timestamp, and an "
                    "agency's keys are changed by \"noseon repo delegate\"",
                    options.role));
  }
  const std::int64_t threshold = options.threshold.value_or(static_cast<int>(role->threshold));
  if (!options.key_files.empty()) {
    ASSIGN_OR_RETURN(*role, role_of_files(options.key_files, root.keys));
  }
  TRY(check_threshold(threshold, *role));
  role->threshold = threshold;
  drop_unused_keys(root);
  return {};
}

void print_draft(const std::string& file, const DraftState& state, bool json) {
  if (json) {
    fmt::print(
        "{}\n",
        to_text({{"file", file},
                 {"version", state.root.head.version},
                 {"signatures", {{"new", state.own}, {"before", state.before}}},
                 {"threshold",
                  {{"new", state.root.root.threshold}, {"before", state.before_threshold}}}}));
    return;
  }
  fmt::print("{}\n", say("{}: root {}, signed by {} of {} officers", file, state.root.head.version,
                         state.own, state.root.root.threshold));
  if (state.before < state.before_threshold) {
    fmt::print("{}\n", say("and by {} of {} officers of the root before it", state.before,
                           state.before_threshold));
  }
}

Status rotate(const RotateOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(const Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(const RepositoryState state, site.read());
  RootMetadata root = state.root;
  root.head = {state.root.head.version + 1,
               std::chrono::floor<std::chrono::seconds>(site.now) + kRootLifetime};
  TRY(change_role(options, root));
  const fs::path file = options.output.empty()
                            ? site.keys / fmt::format("{}.root.json", root.head.version)
                            : fs::path(options.output);
  ASSIGN_OR_RETURN(const std::string draft, write_metadata(root, {}));
  TRY(write_file(file, draft));
  ASSIGN_OR_RETURN(const DraftState drafted, state_of_draft(draft, &state.root));
  print_draft(file.string(), drafted, options.site.json);
  if (options.site.json) return {};
  fmt::print("{}\n", say("Let each of them sign it, one after the other:"));
  fmt::print("    noseon repo sign {} --key OFFICER.pem\n", file.string());
  fmt::print("{}\n", say("Then make it the root:"));
  fmt::print("    noseon repo apply {} --repo {}\n", file.string(), options.site.repo);
  return {};
}

Status sign(const SignOptions& options) {
  ASSIGN_OR_RETURN(const std::string draft, read_file(options.file, kRootBytesMax));
  TRY(parse_root(draft));
  ASSIGN_OR_RETURN(KeyRing ring,
                   KeyRing::read("", options.key, Passphrases(options.passphrase_fd)));
  ASSIGN_OR_RETURN(const PublicKey key, read_key_file(options.key));
  ASSIGN_OR_RETURN(const SigningKey signer, ring.open(*ring.find(key.id)));
  ASSIGN_OR_RETURN(const std::string file, add_signatures(draft, {signer}));
  TRY(write_file(options.file, file));
  ASSIGN_OR_RETURN(const DraftState state, state_of_draft(file, nullptr));
  if (options.json) {
    print_draft(options.file, state, true);
    return {};
  }
  fmt::print("{}\n", say("{}: signed with {}; of the officers that it names {} of {} have signed",
                         options.file, options.key, state.own, state.root.root.threshold));
  return {};
}

// Old keys and new ones, so that no moment in between is one that displays refuse.
Result<OnlineSigners> signers_of_both(KeyRing& ring, const RootMetadata& before,
                                      const RootMetadata& after) {
  const auto both = [](RoleKeys one, const RoleKeys& other) {
    for (const std::string& id : other.key_ids) {
      if (std::find(one.key_ids.begin(), one.key_ids.end(), id) == one.key_ids.end())
        one.key_ids.push_back(id);
    }
    return one;
  };
  TRY(ring.signers_for(after.snapshot, "snapshot"));
  TRY(ring.signers_for(after.timestamp, "timestamp"));
  OnlineSigners online;
  ASSIGN_OR_RETURN(online.snapshot, ring.all_signers_for(both(before.snapshot, after.snapshot)));
  ASSIGN_OR_RETURN(online.timestamp, ring.all_signers_for(both(before.timestamp, after.timestamp)));
  return online;
}

Status apply(const ApplyOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(const std::string file, read_file(options.file, kRootBytesMax));
  ASSIGN_OR_RETURN(const Signed<RootMetadata> draft, parse_root(file));
  // One that an interrupted attempt left in place is looked past.
  ASSIGN_OR_RETURN(
      RepositoryEditor editor,
      RepositoryEditor::open(site.repository, site.trusted_root, site.now, std::chrono::seconds{60},
                             {}, draft.content.head.version - 1));
  const RootMetadata before = editor.state().root;
  ASSIGN_OR_RETURN(const DraftState state, state_of_draft(file, &before));
  if (!state.is_enough()) {
    return fail(ErrorKind::signature,
                say("{}: signed by {} of {} officers, and by {} of {} of the root before it; let "
                    "the others sign it with \"noseon repo sign\"",
                    options.file, state.own, state.root.root.threshold, state.before,
                    state.before_threshold));
  }
  TRY(editor.set_root(file));
  ASSIGN_OR_RETURN(const OnlineSigners online, signers_of_both(site.ring, before, draft.content));
  if (before.targets != draft.content.targets) {
    TRY(site.ring.signers_for(draft.content.targets, "targets"));
    RoleKeys both = before.targets;
    both.key_ids.insert(both.key_ids.end(), draft.content.targets.key_ids.begin(),
                        draft.content.targets.key_ids.end());
    ASSIGN_OR_RETURN(const Signers signers, site.ring.all_signers_for(both));
    TRY(editor.set_role("targets", editor.state().targets(), signers));
  }
  TRY(editor.commit(online));
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"root", editor.state().root.head.version}}));
  } else {
    fmt::print("{}\n", say("root {} is live; displays follow it by themselves",
                           editor.state().root.head.version));
  }
  return {};
}

}  // namespace

int run_repo_rotate(const RotateOptions& options, const Clock& clock) {
  return done_or_refused(rotate(options, clock));
}

int run_repo_sign(const SignOptions& options) {
  return done_or_refused(sign(options));
}

int run_repo_apply(const ApplyOptions& options, const Clock& clock) {
  return done_or_refused(apply(options, clock));
}

}  // namespace noseon
