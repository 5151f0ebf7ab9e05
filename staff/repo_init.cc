// noseon repo init: keys, a first root, and an empty repository, each step taken up where an
// interrupted one left it.
#include <fmt/format.h>
#include <sys/stat.h>

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

enum class Protection { passphrase, none };

class Beginning {
 public:
  Beginning(const InitOptions& options, Instant now)
      : options_(options),
        keys_(keys_folder(options.site)),
        now_(now),
        passphrases_(options.site.passphrase_fd) {}

  [[nodiscard]] Status run() {
    std::error_code ignored;
    if (fs::exists(fs::path(options_.site.repo) / "metadata/timestamp.json", ignored)) {
      return fail(ErrorKind::denied, say("{}: there is a repository already; choose another folder",
                                         options_.site.repo));
    }
    TRY(make_keys_folder());
    RootMetadata root;
    TRY(fill_root(root));
    ASSIGN_OR_RETURN(KeyRing ring, KeyRing::read(keys_, options_.site.key, passphrases_));
    for (const SigningKey& key : made_) ring.remember(key);
    ASSIGN_OR_RETURN(const std::string signed_root, root_file(root, ring));
    ASSIGN_OR_RETURN(const DraftState state, state_of_draft(signed_root, nullptr));
    if (!state.is_enough()) return say_what_is_missing(state);
    ASSIGN_OR_RETURN(const Signers targets, ring.signers_for(state.root.targets, "targets"));
    OnlineSigners online;
    ASSIGN_OR_RETURN(online.snapshot, ring.signers_for(state.root.snapshot, "snapshot"));
    ASSIGN_OR_RETURN(online.timestamp, ring.signers_for(state.root.timestamp, "timestamp"));
    TRY(create_repository(options_.site.repo, signed_root, targets, online, now_));
    TRY(write_file(keys_ / "root.json", signed_root));
    say_done(state.root);
    return {};
  }

 private:
  [[nodiscard]] Status make_keys_folder() const {
    if (::mkdir(keys_.c_str(), 0700) == 0 || errno == EEXIST) return {};
    return fail(file_error(errno, keys_));
  }

  // The key that is there, or a new one.
  [[nodiscard]] Result<PublicKey> key_named(const std::string& name, Protection protection) {
    const fs::path pem = keys_ / (name + ".pem");
    std::error_code ignored;
    if (fs::exists(public_half(pem), ignored)) return read_key_file(pem);
    std::optional<std::string> passphrase;
    if (protection == Protection::passphrase && !options_.no_passphrase) {
      ASSIGN_OR_RETURN(passphrase, passphrases_.choose(pem.string()));
    }
    ASSIGN_OR_RETURN(SigningKey made, make_key(pem, passphrase));
    made_.push_back(made);
    return made.public_key();
  }

  [[nodiscard]] Status add_key(const std::string& name, Protection protection, RoleKeys& role,
                               RootMetadata& root) {
    ASSIGN_OR_RETURN(PublicKey key, key_named(name, protection));
    role.key_ids.push_back(key.id);
    root.keys.emplace(key.id, std::move(key));
    return {};
  }

  [[nodiscard]] Status fill_root(RootMetadata& root) {
    root.head = {1, now_ + kRootLifetime};
    root.is_consistent_snapshot = true;
    if (options_.root_keys.empty()) {
      TRY(add_key("root", Protection::passphrase, root.root, root));
    } else {
      ASSIGN_OR_RETURN(root.root, role_of_files(options_.root_keys, root.keys));
    }
    TRY(check_threshold(options_.root_threshold, root.root));
    root.root.threshold = options_.root_threshold;
    TRY(add_key("targets", Protection::passphrase, root.targets, root));
    TRY(add_key("snapshot", Protection::none, root.snapshot, root));
    return add_key("timestamp", Protection::none, root.timestamp, root);
  }

  // The draft that officers are signing, or a new one, with the signatures that can be had here.
  [[nodiscard]] Result<std::string> root_file(const RootMetadata& root, KeyRing& ring) const {
    const fs::path draft = keys_ / "1.root.json";
    Result<std::string> drafted = read_file(draft, kRootBytesMax);
    if (drafted) return drafted;
    ASSIGN_OR_RETURN(const Signers signers, ring.all_signers_for(root.root));
    ASSIGN_OR_RETURN(const std::string file, write_metadata(root, signers));
    TRY(write_file(draft, file));
    return file;
  }

  [[nodiscard]] Status say_what_is_missing(const DraftState& state) const {
    const std::string draft = (keys_ / "1.root.json").string();
    if (options_.site.json) {
      fmt::print("{}\n", to_text({{"repository", nullptr},
                                  {"draft", draft},
                                  {"signatures", state.own},
                                  {"threshold", state.root.root.threshold}}));
      return {};
    }
    fmt::print("{}\n", say("{}: the first root, signed by {} of {} officers", draft, state.own,
                           state.root.root.threshold));
    fmt::print("{}\n", say("Let each of them sign it, one after the other:"));
    fmt::print("    noseon repo sign {} --key OFFICER.pem\n", draft);
    fmt::print("{}\n", say("Then run this command again."));
    return {};
  }

  void say_done(const RootMetadata& root) const {
    const std::string repo = options_.site.repo;
    const std::string installed = (keys_ / "root.json").string();
    if (root.root.threshold == 1) {
      fmt::print(stderr, "{}\n",
                 say("warning: one key alone is root; who steals it owns every display. Three "
                     "officers of whom two sign are safer: --root-key three times, --threshold 2"));
    }
    if (options_.site.json) {
      fmt::print("{}\n", to_text({{"repository", repo},
                                  {"keys", keys_.string()},
                                  {"root", installed},
                                  {"root_threshold", root.root.threshold}}));
      return;
    }
    fmt::print("{}\n\n", say("{}: a new repository; its keys are in {}", repo, keys_.string()));
    fmt::print("{}\n", say("Install {} on each display as /etc/noseon/root.json.", installed));
    fmt::print("{}\n", say("Keep the private halves of root and targets offline; snapshot and "
                           "timestamp stay here, without a passphrase, for the timer that signs."));
    fmt::print("{}\n", say("What to do next:"));
    fmt::print("    noseon repo display add display.toml --repo {}\n", repo);
    fmt::print("    noseon keys new {}\n", (keys_ / "city").string());
    fmt::print("    noseon repo delegate city {} --repo {}\n", (keys_ / "city.pub").string(), repo);
    fmt::print("    noseon publish DIR --repo {}\n", repo);
  }

  const InitOptions& options_;
  fs::path keys_;
  Instant now_;
  Passphrases passphrases_;
  Signers made_;
};

}  // namespace

int run_repo_init(const InitOptions& options, const Clock& clock) {
  return done_or_refused(Beginning(options, clock.now()).run());
}

}  // namespace noseon
