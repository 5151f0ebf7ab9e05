#include "staff/key_ring.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/files.h"
#include "base/handle.h"
#include "base/say.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// For its owner alone from its first moment on.
Status write_new_private(const fs::path& path, std::string_view bytes) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd.is_open() && errno == EEXIST) {
    return fail(ErrorKind::denied,
                say("{}: is there already, and a key is never written over; choose another name",
                    path.string()));
  }
  if (!fd.is_open()) return fail(file_error(errno, path));
  TRY(write_all(fd, path, bytes));
  if (::fsync(fd.get()) != 0) return fail(file_error(errno, path));
  return {};
}

}  // namespace

fs::path public_half(const fs::path& pem) {
  return fs::path(pem).replace_extension(".pub");
}

Result<PublicKey> read_key_file(const fs::path& file) {
  const fs::path where = file.extension() == ".pem" ? public_half(file) : file;
  ASSIGN_OR_RETURN(const std::string bytes, read_file(where, kKeyFileBytesMax));
  Result<PublicKey> key = read_public_key(bytes);
  if (!key) return fail(key.error().with_context(where.string()));
  return key;
}

Result<SigningKey> make_key(const fs::path& pem, std::optional<std::string_view> passphrase) {
  std::error_code ignored;
  if (fs::exists(public_half(pem), ignored)) {
    return fail(ErrorKind::denied,
                say("{}: is there already, and a key is never written over; choose another name",
                    public_half(pem).string()));
  }
  ASSIGN_OR_RETURN(SigningKey key, SigningKey::generate());
  ASSIGN_OR_RETURN(const std::string text, key.to_pem(passphrase));
  TRY(write_new_private(pem, text));
  TRY(write_file(public_half(pem), write_public_key(key.public_key())));
  return key;
}

Status rewrite_key(const fs::path& pem, std::string_view text) {
  const fs::path fresh = pem.string() + ".new";
  ::unlink(fresh.c_str());
  TRY(write_new_private(fresh, text));
  if (::rename(fresh.c_str(), pem.c_str()) != 0) return fail(file_error(errno, pem));
  return {};
}

Result<KeyRing> KeyRing::read(const fs::path& folder, const fs::path& further,
                              Passphrases passphrases) {
  std::vector<KeyFile> files;
  if (!further.empty()) {
    ASSIGN_OR_RETURN(PublicKey key, read_key_file(further));
    files.push_back({fs::path(further).replace_extension(".pem"), std::move(key)});
  }
  const Result<std::vector<std::string>> names = list_folder(folder);
  if (!names && names.error().kind != ErrorKind::not_found) return fail(names.error());
  for (const std::string& name : names.value_or(std::vector<std::string>{})) {
    const fs::path pem = folder / name;
    std::error_code ignored;
    if (pem.extension() != ".pem" || !fs::exists(public_half(pem), ignored)) continue;
    ASSIGN_OR_RETURN(PublicKey key, read_key_file(pem));
    files.push_back({pem, std::move(key)});
  }
  return KeyRing(folder, std::move(files), std::move(passphrases));
}

const KeyFile* KeyRing::find(std::string_view key_id) const {
  const auto found = std::find_if(files_.begin(), files_.end(),
                                  [&](const KeyFile& file) { return file.key.id == key_id; });
  return found == files_.end() ? nullptr : &*found;
}

Result<SigningKey> KeyRing::open(const KeyFile& file) {
  const auto opened = opened_.find(file.key.id);
  if (opened != opened_.end()) return opened->second;
  ASSIGN_OR_RETURN(const std::string text, read_file(file.pem, kKeyFileBytesMax));
  std::optional<std::string> passphrase;
  if (is_encrypted_key(text)) {
    ASSIGN_OR_RETURN(passphrase, passphrases_.ask(file.pem.string()));
  }
  Result<SigningKey> key = SigningKey::read(text, passphrase);
  if (!key) return fail(key.error().with_context(file.pem.string()));
  if (key->public_key().id != file.key.id) {
    return fail(ErrorKind::bad_format,
                say("{} and {} are not halves of one key; put the right ones side by side",
                    file.pem.string(), public_half(file.pem).filename().string()));
  }
  opened_.emplace(file.key.id, *key);
  return key;
}

Result<Signers> KeyRing::signers_for(const RoleKeys& role, const std::string& name) {
  Signers signers;
  for (const std::string& id : role.key_ids) {
    const KeyFile* const file = find(id);
    if (file == nullptr || std::ssize(signers) >= role.threshold) continue;
    ASSIGN_OR_RETURN(SigningKey key, open(*file));
    signers.push_back(std::move(key));
  }
  if (std::ssize(signers) >= role.threshold) return signers;
  return fail(
      ErrorKind::not_found,
      say("{} of {} keys for \"{}\" are here; put the private half (NAME.pem) and the public "
          "half (NAME.pub) into {}, or name it with --key",
          signers.size(), role.threshold, name, folder_.string()));
}

Result<Signers> KeyRing::all_signers_for(const RoleKeys& role) {
  Signers signers;
  for (const std::string& id : role.key_ids) {
    const KeyFile* const file = find(id);
    if (file == nullptr) continue;
    ASSIGN_OR_RETURN(SigningKey key, open(*file));
    signers.push_back(std::move(key));
  }
  return signers;
}

}  // namespace noseon
