// The commands that bring campaigns to displays, each a function from its options to an exit code
// (staff/commands.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "staff/site.h"

namespace noseon {

/// Of `repo refresh`: something expires soon.
inline constexpr int kExpiresSoon = 3;

struct KeysOptions {
  std::string name;                  ///< NAME or NAME.pem, with its folder
  bool no_passphrase = false;        ///< --no-passphrase
  std::optional<int> passphrase_fd;  ///< --passphrase-fd N
  bool json = false;
};
/// A key: NAME.pem for its holder, NAME.pub for others.
[[nodiscard]] int run_keys_new(const KeysOptions& options);
/// What a key is: its id, and whether a passphrase protects it.
[[nodiscard]] int run_keys_show(const KeysOptions& options);
/// Another passphrase; of descriptors the old one comes first.
[[nodiscard]] int run_keys_passphrase(const KeysOptions& options);

struct InitOptions {
  SiteOptions site;
  std::vector<std::string> root_keys;  ///< --root-key FILE: public halves of officers
  int root_threshold = 1;              ///< --threshold N of them must sign
  bool no_passphrase = false;          ///< --no-passphrase, for targets and a root made here
};
/// A repository. Keys that are there are taken, others are made. Where officers have to sign the
/// root first, it says so, and is run again afterwards.
[[nodiscard]] int run_repo_init(const InitOptions& options, const Clock& clock);

struct DelegateOptions {
  SiteOptions site;
  std::string agency;
  std::vector<std::string> key_files;  ///< public halves, or private ones beside them
  int threshold = 1;
};
/// Lets an agency publish; its keys are then these, in place of those from before.
[[nodiscard]] int run_repo_delegate(const DelegateOptions& options, const Clock& clock);
/// Takes that away again, and with it all that the agency plays. No key files.
[[nodiscard]] int run_repo_revoke(const DelegateOptions& options, const Clock& clock);

/// Signs snapshot and timestamp anew; says what expires soon, then kExpiresSoon.
[[nodiscard]] int run_repo_refresh(const SiteOptions& options, const Clock& clock);

struct RenewOptions {
  SiteOptions site;
  std::string role;  ///< "targets" or an agency
};
/// Signs a role anew as it is, for another lifetime.
[[nodiscard]] int run_repo_renew(const RenewOptions& options, const Clock& clock);

struct DisplayOptions {
  std::string repo;
  std::string file;  ///< display.toml
  std::string name;  ///< --name; empty: the file's, or for `remove` the one to remove
  bool json = false;
};
[[nodiscard]] int run_display_add(const DisplayOptions& options);
[[nodiscard]] int run_display_remove(const DisplayOptions& options);

struct RotateOptions {
  SiteOptions site;
  std::string role;  ///< --role: root, targets, snapshot or timestamp
  std::vector<std::string>
      key_files;  ///< --set-key FILE: the role's keys from now on; none: as now
  std::optional<int> threshold;
  std::string output;  ///< -o FILE
};
/// Drafts the next root, for officers to sign.
[[nodiscard]] int run_repo_rotate(const RotateOptions& options, const Clock& clock);

struct SignOptions {
  std::string file;
  std::string key;  ///< the officer's private half
  std::optional<int> passphrase_fd;
  bool json = false;
};
/// Adds a signature to a draft. Needs neither network nor repository.
[[nodiscard]] int run_repo_sign(const SignOptions& options);

struct ApplyOptions {
  SiteOptions site;
  std::string file;
};
/// Makes a draft that is signed enough the root.
[[nodiscard]] int run_repo_apply(const ApplyOptions& options, const Clock& clock);

struct PublishOptions {
  SiteOptions site;
  std::string dir;
  std::string agency;  ///< --agency; empty: whose key is here
  std::string share;   ///< --share 5%; empty: all displays
  bool yes = false;    ///< --yes
};
/// Checks, prepares, says what changes, asks, publishes.
[[nodiscard]] int run_publish(const PublishOptions& options, const Clock& clock);

struct RollbackOptions {
  SiteOptions site;
  std::string campaign;
  std::string agency;
  std::int64_t release = 0;  ///< --to RELEASE
  bool yes = false;
};
/// An old release's content as a new release.
[[nodiscard]] int run_rollback(const RollbackOptions& options, const Clock& clock);
/// Takes a campaign off all displays; its releases stay, for a rollback.
[[nodiscard]] int run_withdraw(const RollbackOptions& options, const Clock& clock);

struct DisplayStatusOptions {
  std::string run = "/run/noseon";  ///< player.json and sync.json
  std::string store = "/var/lib/noseon/store";
  std::string journal = "/var/lib/noseon/journal";
  bool json = false;
};
/// How the display at which it is asked fares, on one screen. kDone: all is well; kRefused:
/// something needs a person, which the first line says.
[[nodiscard]] int run_display_status(const DisplayStatusOptions& options, const Clock& clock);

struct StatusOptions {
  SiteOptions site;
  bool is_of_display = false;
  DisplayStatusOptions display;
};

/// Roles, agencies, campaigns and displays of a repository. Signs nothing.
[[nodiscard]] int run_status(const SiteOptions& options, const Clock& clock);

}  // namespace noseon
