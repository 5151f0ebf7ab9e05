#include "player/journal/device_key.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/files.h"
#include "base/handle.h"
#include "base/openssl.h"
#include "base/say.h"
#include "player/journal/disk.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

using openssl::bytes_of;
using openssl::Digest;
using openssl::Key;
using openssl::reader_of;

constexpr std::uint64_t kPemBytesMax = 16 * 1024;

// Of a key that wants a passphrase: nobody is there to give one.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) {
  return 0;
}

template <class Write>
std::string pem_of(const Write& write) {
  const openssl::Bio bio = openssl::secret_writer();
  CHECK(write(bio.get()) == 1);
  return openssl::text_of(bio);
}

Status refuse_if_open_to_others(const fs::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return fail(disk_error(errno, file));
  if ((facts.st_mode & 0007U) == 0) return {};
  return fail(ErrorKind::denied, say("{}: everybody may read this key; make it chmod 600, or put "
                                     "another in its place",
                                     file.string()));
}

Result<Key> read_key(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string pem, read_file(file, kPemBytesMax));
  TRY(refuse_if_open_to_others(file));
  Key key(PEM_read_bio_PrivateKey(reader_of(pem).get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return fail(ErrorKind::bad_format,
                say("{}: is no Ed25519 key in PEM without a passphrase", file.string()));
  }
  return key;
}

// link() never takes the place of what is there: of two who begin, both use the first one's key.
Status write_key(const fs::path& file, const std::string& pem) {
  const std::string temporary = file.string() + ".new";
  ::unlink(temporary.c_str());
  const Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd.is_open()) return fail(disk_error(errno, file));
  const Status written = write_and_sync(fd.get(), pem, file);
  const bool is_there =
      written && (::link(temporary.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  ::unlink(temporary.c_str());
  TRY(written);
  if (!is_there) return fail(disk_error(error, file));
  return sync_folder_of(file);
}

Status make_key(const fs::path& file) {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) {
    ERR_clear_error();
    return fail(ErrorKind::unavailable, say("OpenSSL could not make an Ed25519 key"));
  }
  return write_key(file, pem_of([&](BIO* bio) {
                     return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0,
                                                          nullptr, nullptr);
                   }));
}

KeyBytes public_bytes(EVP_PKEY* key) {
  KeyBytes bytes{};
  std::size_t length = bytes.size();
  CHECK(EVP_PKEY_get_raw_public_key(key, bytes.data(), &length) == 1 && length == bytes.size());
  return bytes;
}

// Beside the key; an old one with other bytes is put right.
Status export_public(const fs::path& file, EVP_PKEY* key) {
  const std::string pem = pem_of([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key); });
  fs::path beside = file;
  beside.replace_extension(".pub");
  const auto there = read_file(beside, kPemBytesMax);
  if (there && *there == pem) return {};
  return write_file(beside, pem);
}

}  // namespace

struct DeviceKey::Impl {
  Key key;
};

DeviceKey::DeviceKey(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)), public_half_(public_bytes(impl_->key.get())) {}
DeviceKey::DeviceKey(DeviceKey&&) noexcept = default;
DeviceKey& DeviceKey::operator=(DeviceKey&&) noexcept = default;
DeviceKey::~DeviceKey() = default;

Result<DeviceKey> DeviceKey::open_or_make(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(file, ignored))) TRY(make_key(file));
  ASSIGN_OR_RETURN(Key key, read_key(file));
  // A provisioned key may lie where nobody writes; its public half is then the provisioner's.
  const Status exported = export_public(file, key.get());
  static_cast<void>(exported);
  return DeviceKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

Signature DeviceKey::sign(std::string_view message) const {
  const Digest context(EVP_MD_CTX_new());
  Signature signature{};
  std::size_t length = signature.size();
  CHECK(context &&
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1);
  CHECK(EVP_DigestSign(context.get(), signature.data(), &length, bytes_of(message),
                       message.size()) == 1 &&
        length == signature.size());
  return signature;
}

Result<KeyBytes> read_public_half(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string pem, read_file(file, kPemBytesMax));
  const Key key(PEM_read_bio_PUBKEY(reader_of(pem).get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return fail(ErrorKind::bad_format,
                say("{}: is no public Ed25519 key in PEM; a display writes its own as device.pub",
                    file.string()));
  }
  return public_bytes(key.get());
}

std::string fingerprint(const KeyBytes& key) {
  const std::string hex =
      to_hex(sha256({reinterpret_cast<const char*>(key.data()), key.size()})).substr(0, 32);
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += 4) {
    text += (at > 0 ? " " : "") + hex.substr(at, 4);
  }
  return text;
}

bool verifies(const KeyBytes& key, std::string_view message, const Signature& signature) {
  const Key pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const Digest context(EVP_MD_CTX_new());
  const bool is_good =
      pkey && context &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pkey.get()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(message),
                       message.size()) == 1;
  ERR_clear_error();
  return is_good;
}

}  // namespace noseon
