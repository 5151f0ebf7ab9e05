// noseon keys: private halves for their holders, public halves for whoever lets them sign.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// "keys/city", "keys/city.pem" and "keys/city.pub" are one key.
fs::path pem_of(const std::string& name) {
  fs::path path = name;
  const bool is_half = path.extension() == ".pem" || path.extension() == ".pub";
  return is_half ? path.replace_extension(".pem") : fs::path(name + ".pem");
}

void print_key(const KeyFile& file, bool is_encrypted, bool json) {
  if (json) {
    fmt::print("{}\n", to_text({{"private", file.pem.string()},
                                {"public", public_half(file.pem).string()},
                                {"id", file.key.id},
                                {"type", file.key.type},
                                {"passphrase", is_encrypted}}));
    return;
  }
  fmt::print("{}\n",
             say("{}: the private half, for its holder alone, {}", file.pem.string(),
                 is_encrypted ? say("protected by a passphrase") : say("without a passphrase")));
  fmt::print("{}\n",
             say("{}: the public half, for whoever lets it sign", public_half(file.pem).string()));
  fmt::print("{}\n", say("key id {}, {}", file.key.id, file.key.type));
}

Result<bool> is_protected(const fs::path& pem) {
  ASSIGN_OR_RETURN(const std::string text, read_file(pem, kKeyFileBytesMax));
  return is_encrypted_key(text);
}

Status make(const KeysOptions& options) {
  const fs::path pem = pem_of(options.name);
  std::optional<std::string> passphrase;
  if (!options.no_passphrase) {
    ASSIGN_OR_RETURN(passphrase, Passphrases(options.passphrase_fd).choose(pem.string()));
  }
  ASSIGN_OR_RETURN(const SigningKey key, make_key(pem, passphrase));
  print_key({pem, key.public_key()}, passphrase.has_value(), options.json);
  return {};
}

Status show(const KeysOptions& options) {
  const fs::path pem = pem_of(options.name);
  ASSIGN_OR_RETURN(const PublicKey key, read_key_file(pem));
  const Result<bool> is_encrypted = is_protected(pem);
  if (is_encrypted) {
    print_key({pem, key}, *is_encrypted, options.json);
  } else if (options.json) {
    fmt::print("{}\n", to_text({{"private", nullptr},
                                {"public", public_half(pem).string()},
                                {"id", key.id},
                                {"type", key.type},
                                {"passphrase", nullptr}}));
  } else {
    fmt::print("{}\n",
               say("{}: the public half; the private half is not here", public_half(pem).string()));
    fmt::print("{}\n", say("key id {}, {}", key.id, key.type));
  }
  return {};
}

Status change_passphrase(const KeysOptions& options) {
  const fs::path pem = pem_of(options.name);
  ASSIGN_OR_RETURN(const std::string text, read_file(pem, kKeyFileBytesMax));
  Passphrases passphrases(options.passphrase_fd);
  std::optional<std::string> before;
  if (is_encrypted_key(text)) {
    ASSIGN_OR_RETURN(before, passphrases.ask(pem.string()));
  }
  Result<SigningKey> key = SigningKey::read(text, before);
  if (!key) return fail(key.error().with_context(pem.string()));
  std::optional<std::string> after;
  if (!options.no_passphrase) {
    ASSIGN_OR_RETURN(after, passphrases.choose(pem.string()));
  }
  ASSIGN_OR_RETURN(const std::string fresh, key->to_pem(after));
  TRY(rewrite_key(pem, fresh));
  print_key({pem, key->public_key()}, after.has_value(), options.json);
  return {};
}

}  // namespace

int run_keys_new(const KeysOptions& options) {
  return done_or_refused(make(options));
}

int run_keys_show(const KeysOptions& options) {
  return done_or_refused(show(options));
}

int run_keys_passphrase(const KeysOptions& options) {
  return done_or_refused(change_passphrase(options));
}

}  // namespace noseon
