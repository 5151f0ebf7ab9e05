// The options of the commands that bring campaigns to displays.
#include <tuple>

#include "base/say.h"
#include "staff/command_line.h"
#include "staff/delivery.h"
#include "staff/world.h"

namespace noseon {
namespace {

void add_passphrase(CLI::App& command, std::optional<int>& fd) {
  command
      .add_option("--passphrase-fd", fd,
                  say("Read passphrases from this descriptor, a line for each, instead of asking"))
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
}

CLI::Option* add_json_flag(CLI::App& command, bool& json) {
  return command.add_flag("--json", json, say("Print JSON for machines"));
}

// The keys at hand, and the root that is trusted.
void add_keys(CLI::App& command, SiteOptions& site) {
  command
      .add_option("--keys", site.keys,
                  say("The folder of the keys and of root.json; else REPO-keys"))
      ->type_name("DIR");
  command.add_option("--root", site.root, say("The root.json that displays trust"))
      ->type_name("FILE");
  command.add_option("--key", site.key, say("A private key besides those of the folder"))
      ->type_name("FILE");
  add_passphrase(command, site.passphrase_fd);
  add_json_flag(command, site.json);
}

void add_repo_here(CLI::App& command, SiteOptions& site) {
  command.add_option("REPO", site.repo, say("The repository's folder"))->required();
  add_keys(command, site);
}

void add_repo_option(CLI::App& command, SiteOptions& site) {
  command.add_option("--repo", site.repo, say("The repository's folder"))
      ->required()
      ->type_name("REPO");
  add_keys(command, site);
}

// As the commands with a clock are run.
template <class Options, int (*Run)(const Options&, const Clock&)>
int run_now(const Options& options) {
  return Run(options, SystemClock());
}

// ---- keys ---------------------------------------------------------------------------------------

void add_key_command(CommandLine& line, CLI::App& keys, const char* name, const std::string& help,
                     int (*run)(const KeysOptions&)) {
  const auto options = std::make_shared<KeysOptions>();
  CLI::App& command = line.add_to(keys, name, help, options, run);
  command.add_option("NAME", options->name, say("The key: NAME.pem and NAME.pub"))->required();
  if (run != run_keys_show) {
    command.add_flag(
        "--no-passphrase", options->no_passphrase,
        say("Leave the private half unprotected, for machines that sign by themselves"));
    add_passphrase(command, options->passphrase_fd);
  }
  add_json_flag(command, options->json);
}

void add_keys_commands(CommandLine& line) {
  CLI::App& keys = line.add_group(line.app, "keys", say("Make keys, look at them, protect them"));
  keys.require_subcommand(1);
  add_key_command(line, keys, "new", say("Make a key"), run_keys_new);
  add_key_command(line, keys, "show", say("What a key is"), run_keys_show);
  add_key_command(line, keys, "passphrase", say("Give a key another passphrase"),
                  run_keys_passphrase);
}

// ---- repo ---------------------------------------------------------------------------------------

void add_init(CommandLine& line, CLI::App& repo) {
  const auto init = std::make_shared<InitOptions>();
  CLI::App& command = line.add_to(repo, "init", say("Make a repository and the keys it needs"),
                                  init, run_now<InitOptions, run_repo_init>);
  add_repo_here(command, init->site);
  command
      .add_option("--root-key", init->root_keys,
                  say("The public half of an officer's key (repeatable); else one is made"))
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_option("--threshold", init->root_threshold, say("How many officers have to sign"))
      ->check(CLI::Range(1, 100));
  command.add_flag("--no-passphrase", init->no_passphrase,
                   say("Leave the private half unprotected, for machines that sign by themselves"));
}

void add_delegate(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<DelegateOptions>();
  CLI::App& command = line.add_to(repo, "delegate", say("Let an agency publish, with these keys"),
                                  options, run_now<DelegateOptions, run_repo_delegate>);
  command.add_option("AGENCY", options->agency, say("The agency's name"))->required();
  command.add_option("KEY", options->key_files, say("Public halves of its keys"))->required();
  command.add_option("--threshold", options->threshold, say("How many of them have to sign"))
      ->check(CLI::Range(1, 100));
  add_repo_option(command, options->site);
}

void add_revoke(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<DelegateOptions>();
  CLI::App& command = line.add_to(repo, "revoke", say("Let an agency publish no longer"), options,
                                  run_now<DelegateOptions, run_repo_revoke>);
  command.add_option("AGENCY", options->agency, say("The agency's name"))->required();
  add_repo_option(command, options->site);
}

void add_refresh(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<SiteOptions>();
  CLI::App& command =
      line.add_to(repo, "refresh",
                  say("Sign snapshot and timestamp anew, as a timer does each day; exit code "
                      "3 where something expires soon"),
                  options, run_now<SiteOptions, run_repo_refresh>);
  add_repo_here(command, *options);
}

void add_renew(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<RenewOptions>();
  CLI::App& command =
      line.add_to(repo, "renew", say("Sign a role anew as it is, before it expires"), options,
                  run_now<RenewOptions, run_repo_renew>);
  command.add_option("ROLE", options->role, say("targets, or an agency"))->required();
  add_repo_option(command, options->site);
}

void add_display(CommandLine& line, CLI::App& repo) {
  CLI::App& display =
      line.add_group(repo, "display", say("For which displays pictures are prepared"));
  display.require_subcommand(1);
  const auto added = std::make_shared<DisplayOptions>();
  CLI::App& add =
      line.add_to(display, "add", say("Prepare pictures for a display"), added, run_display_add);
  add.add_option("FILE", added->file, say("The display's profile (display.toml)"))->required();
  add.add_option("--name", added->name, say("What it is called; else as the file"))
      ->type_name("NAME");
  add.add_option("--repo", added->repo, say("The repository's folder"))
      ->required()
      ->type_name("REPO");
  add_json_flag(add, added->json);
  const auto removed = std::make_shared<DisplayOptions>();
  CLI::App& remove = line.add_to(display, "remove", say("Prepare none for it any more"), removed,
                                 run_display_remove);
  remove.add_option("NAME", removed->name, say("What it is called"))->required();
  remove.add_option("--repo", removed->repo, say("The repository's folder"))
      ->required()
      ->type_name("REPO");
  add_json_flag(remove, removed->json);
}

void add_rotate(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<RotateOptions>();
  CLI::App& command =
      line.add_to(repo, "rotate", say("Draft the next root: for another year, or with other keys"),
                  options, run_now<RotateOptions, run_repo_rotate>);
  CLI::Option* role = command
                          .add_option("--role", options->role,
                                      say("Whose keys change: root, targets, snapshot "
                                          "or timestamp"))
                          ->type_name("ROLE");
  command
      .add_option("--set-key", options->key_files,
                  say("The public half of a key that the role has from now on (repeatable)"))
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->needs(role);
  command.add_option("--threshold", options->threshold, say("How many of them have to sign"))
      ->check(CLI::Range(1, 100))
      ->needs(role);
  command.add_option("-o,--output", options->output, say("The draft; else among the keys"))
      ->type_name("FILE");
  add_repo_option(command, options->site);
}

void add_sign(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<SignOptions>();
  CLI::App& command = line.add_to(repo, "sign", say("Sign a draft of the root, as an officer"),
                                  options, run_repo_sign);
  command.add_option("DRAFT", options->file, say("The draft"))->required();
  command.add_option("--key", options->key, say("The officer's private key"))
      ->required()
      ->type_name("FILE");
  add_passphrase(command, options->passphrase_fd);
  add_json_flag(command, options->json);
}

void add_apply(CommandLine& line, CLI::App& repo) {
  const auto options = std::make_shared<ApplyOptions>();
  CLI::App& command = line.add_to(repo, "apply", say("Make a signed draft the root"), options,
                                  run_now<ApplyOptions, run_repo_apply>);
  command.add_option("DRAFT", options->file, say("The draft"))->required();
  add_repo_option(command, options->site);
}

void add_repo_commands(CommandLine& line) {
  CLI::App& repo = line.add_group(line.app, "repo", say("A repository, its roles and its keys"));
  repo.require_subcommand(1);
  add_init(line, repo);
  add_delegate(line, repo);
  add_revoke(line, repo);
  add_refresh(line, repo);
  add_renew(line, repo);
  add_display(line, repo);
  add_rotate(line, repo);
  add_sign(line, repo);
  add_apply(line, repo);
}

// ---- Campaigns ----------------------------------------------------------------------------------

void add_agency(CLI::App& command, std::string& agency) {
  command.add_option("--agency", agency, say("Whose it is, where that is not clear"))
      ->type_name("A");
}

void add_yes(CLI::App& command, bool& yes) {
  command.add_flag("--yes", yes, say("Do it without asking"));
}

void add_publish(CommandLine& line) {
  const auto options = std::make_shared<PublishOptions>();
  CLI::App& command = line.add("publish", say("Check, prepare and sign campaigns for displays"),
                               options, run_now<PublishOptions, run_publish>);
  command.add_option("DIR", options->dir, say("A campaign folder, or a folder of them"))
      ->required();
  add_agency(command, options->agency);
  command.add_option("--share", options->share, say("Try it on this share of the displays first"))
      ->type_name("5%");
  add_yes(command, options->yes);
  add_repo_option(command, options->site);
}

void add_rollback(CommandLine& line) {
  const auto options = std::make_shared<RollbackOptions>();
  CLI::App& command = line.add("rollback", say("Bring an old release of a campaign back"), options,
                               run_now<RollbackOptions, run_rollback>);
  command.add_option("CAMPAIGN", options->campaign, say("The campaign's id"))->required();
  command.add_option("--to", options->release, say("The release to bring back"))
      ->required()
      ->type_name("RELEASE");
  add_agency(command, options->agency);
  add_yes(command, options->yes);
  add_repo_option(command, options->site);
}

void add_withdraw(CommandLine& line) {
  const auto options = std::make_shared<RollbackOptions>();
  CLI::App& command = line.add("withdraw", say("Take a campaign off all displays"), options,
                               run_now<RollbackOptions, run_withdraw>);
  command.add_option("CAMPAIGN", options->campaign, say("The campaign's id"))->required();
  add_agency(command, options->agency);
  add_yes(command, options->yes);
  add_repo_option(command, options->site);
}

int start_status(const StatusOptions& options) {
  const SystemClock clock;
  if (options.is_of_display) {
    DisplayStatusOptions display = options.display;
    display.json = options.site.json;
    return run_display_status(display, clock);
  }
  if (options.site.repo.empty())
    return wrong_usage({ErrorKind::bad_format,
                        say("name the repository's folder, or ask with --display how this display "
                            "fares")});
  return run_status(options.site, clock);
}

void add_status(CommandLine& line) {
  const auto options = std::make_shared<StatusOptions>();
  CLI::App& command =
      line.add("status", say("How a repository stands; with --display, how this display fares"),
               options, start_status);
  auto* const repo = command.add_option("REPO", options->site.repo, say("The repository's folder"));
  add_keys(command, options->site);
  auto* const display = command
                            .add_flag("--display", options->is_of_display,
                                      say("How this display fares, on one screen"))
                            ->excludes(repo);
  for (const auto& [name, place, help] :
       {std::tuple("--run", &options->display.run, say("Where its programs tell of themselves")),
        std::tuple("--store", &options->display.store, say("What noseon-sync fetched")),
        std::tuple("--journal", &options->display.journal, say("Its proof of play"))}) {
    command.add_option(name, *place, help)->type_name("DIR")->capture_default_str()->needs(display);
  }
}

}  // namespace

void add_delivery(CommandLine& line) {
  add_publish(line);
  add_rollback(line);
  add_withdraw(line);
  add_status(line);
  add_repo_commands(line);
  add_keys_commands(line);
}

}  // namespace noseon
