#include "staff/site.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/say.h"
#include "playlist/parse.h"
#include "staff/commands.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr days kOnlineSoon{2};
constexpr int kSoonPart = 4;

// Without a slash at its end.
fs::path normal(const std::string& text) {
  const fs::path path = fs::path(text).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

bool is_online(std::string_view role) {
  return role == "snapshot" || role == "timestamp";
}

std::string remedy_of(const std::string& role, const std::string& repository) {
  if (role == "root")
    return say("make the next root with \"noseon repo rotate --repo {}\" and let officers sign it",
               repository);
  if (is_online(role)) return say("run \"noseon repo refresh {}\"", repository);
  return say("run \"noseon repo renew {} --repo {}\"", role, repository);
}

std::string reminder_of(const RoleExpiry& expiry, Instant now, const std::string& repository) {
  const std::string remedy = remedy_of(expiry.role, repository);
  if (due_of(expiry, now) == Due::now) {
    return say("{}: expired at {}, displays take nothing new; {}", expiry.role,
               utc_text(expiry.expires), remedy);
  }
  return say("{}: expires at {}; {}", expiry.role, utc_text(expiry.expires), remedy);
}

}  // namespace

fs::path keys_folder(const SiteOptions& options) {
  if (!options.keys.empty()) return options.keys;
  return normal(options.repo).string() + "-keys";
}

Result<RepositoryState> Site::read() const {
  return read_repository(repository, trusted_root);
}

Result<RepositoryEditor> Site::edit() const {
  return RepositoryEditor::open(repository, trusted_root, now);
}

Result<OnlineSigners> Site::online(const RootMetadata& root) {
  OnlineSigners online;
  ASSIGN_OR_RETURN(online.snapshot, ring.signers_for(root.snapshot, "snapshot"));
  ASSIGN_OR_RETURN(online.timestamp, ring.signers_for(root.timestamp, "timestamp"));
  return online;
}

Result<Site> open_site(const SiteOptions& options, const Clock& clock) {
  const fs::path keys = keys_folder(options);
  const fs::path root = options.root.empty() ? keys / "root.json" : fs::path(options.root);
  Result<std::string> trusted = read_file(root, kRootBytesMax);
  if (!trusted && trusted.error().kind == ErrorKind::not_found) {
    return fail(ErrorKind::not_found,
                say("{}: the root that displays trust is not there; name the root.json that was "
                    "installed on them with --root, or its folder with --keys",
                    root.string()));
  }
  if (!trusted) return fail(std::move(trusted).error());
  ASSIGN_OR_RETURN(KeyRing ring,
                   KeyRing::read(keys, options.key, Passphrases(options.passphrase_fd)));
  return Site{normal(options.repo), keys, *std::move(trusted), std::move(ring), clock.now()};
}

Result<std::vector<DisplayProfile>> read_profiles(const fs::path& repository, Zones& zones) {
  std::vector<DisplayProfile> profiles;
  const Result<std::vector<std::string>> names = list_folder(repository / "displays");
  if (!names && names.error().kind != ErrorKind::not_found) return fail(names.error());
  for (const std::string& name : names.value_or(std::vector<std::string>{})) {
    const fs::path file = repository / "displays" / name;
    if (file.extension() != ".toml") continue;
    ASSIGN_OR_RETURN(const std::string text, read_file(file, kCampaignBytesMax));
    ParsedDisplay parsed = parse_display(text, file.string(), zones);
    if (!parsed.display) return fail(ErrorKind::bad_format, to_string(parsed.findings.front()));
    profiles.push_back({file.stem().string(), file, *std::move(parsed.display)});
  }
  return profiles;
}

std::vector<RoleExpiry> expiries_of(const RepositoryState& state) {
  const auto of = [](std::string role, const MetadataHead& head) {
    return RoleExpiry{std::move(role), head.version, head.expires};
  };
  std::vector<RoleExpiry> all{of("root", state.root.head), of("timestamp", state.timestamp.head),
                              of("snapshot", state.snapshot.head),
                              of("targets", state.targets().head)};
  for (const auto& [name, role] : state.roles)
    if (name != "targets") all.push_back(of(name, role.head));
  return all;
}

Due due_of(const RoleExpiry& expiry, Instant now) {
  if (now >= expiry.expires) return Due::now;
  const days lifetime = expiry.role == "root" ? kRootLifetime : lifetime_of(expiry.role);
  const Millis soon = is_online(expiry.role) ? Millis{kOnlineSoon} : Millis{lifetime} / kSoonPart;
  return now + soon >= expiry.expires ? Due::soon : Due::later;
}

std::vector<std::string> reminders(const RepositoryState& state, Instant now,
                                   const std::string& repository) {
  std::vector<std::string> lines;
  for (const RoleExpiry& expiry : expiries_of(state)) {
    if (due_of(expiry, now) != Due::later) lines.push_back(reminder_of(expiry, now, repository));
  }
  return lines;
}

Status check_not_expired(const RepositoryState& state, Instant now, const std::string& repository) {
  for (const RoleExpiry& expiry : expiries_of(state)) {
    const bool is_ours = expiry.role == "root" || expiry.role == "targets";
    if (is_ours && due_of(expiry, now) == Due::now)
      return fail(ErrorKind::expired, reminder_of(expiry, now, repository));
  }
  return {};
}

std::string utc_text(Instant instant) {
  std::string text = metadata_time(instant);  // "2027-02-25T08:00:00Z"
  text[10] = ' ';
  return text.substr(0, 16) + " UTC";
}

int done_or_refused(const Status& status) {
  return status ? kDone : refused(status.error());
}

}  // namespace noseon
