// The keys that are at hand: a folder of private halves, NAME.pem, each beside its public half,
// NAME.pub. Which key is whose is said by the repository's metadata, never by a file's name.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/publish/metadata_text.h"
#include "staff/passphrase.h"

namespace noseon {

struct KeyFile {
  std::filesystem::path pem;
  PublicKey key;
};

/// "keys/city.pem" -> "keys/city.pub"
[[nodiscard]] std::filesystem::path public_half(const std::filesystem::path& pem);
/// From a public half, or from the one beside a private half. The message names the file.
[[nodiscard]] Result<PublicKey> read_key_file(const std::filesystem::path& file);

/// Makes a key and writes both halves, the private one for its owner alone; where `passphrase` is
/// nothing it is not encrypted. denied where either file is there: a key is never written over.
[[nodiscard]] Result<SigningKey> make_key(const std::filesystem::path& pem,
                                          std::optional<std::string_view> passphrase);
/// A private half anew, in place of the old one.
[[nodiscard]] Status rewrite_key(const std::filesystem::path& pem, std::string_view text);

/// One thread. Keys are opened when they are needed, and asked for once.
class KeyRing {
 public:
  /// All pairs in the folder (none where it is not there), and one more private half.
  [[nodiscard]] static Result<KeyRing> read(const std::filesystem::path& folder,
                                            const std::filesystem::path& further,
                                            Passphrases passphrases);

  /// A key that was just made, whose passphrase need not be asked for.
  void remember(const SigningKey& key) { opened_.emplace(key.public_key().id, key); }
  [[nodiscard]] const KeyFile* find(std::string_view key_id) const;
  /// denied where the passphrase is wrong.
  [[nodiscard]] Result<SigningKey> open(const KeyFile& file);
  /// As many keys of the role as it needs; not_found where there are not so many here. `role` is
  /// for the message.
  [[nodiscard]] Result<Signers> signers_for(const RoleKeys& role, const std::string& name);
  /// Every key of the role that is here, be it none.
  [[nodiscard]] Result<Signers> all_signers_for(const RoleKeys& role);

 private:
  KeyRing(std::filesystem::path folder, std::vector<KeyFile> files, Passphrases passphrases)
      : folder_(std::move(folder)),
        files_(std::move(files)),
        passphrases_(std::move(passphrases)) {}

  std::filesystem::path folder_;
  std::vector<KeyFile> files_;
  Passphrases passphrases_;
  std::map<std::string, SigningKey, std::less<>> opened_;
};

}  // namespace noseon
