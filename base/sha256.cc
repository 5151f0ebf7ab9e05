// The functions of SHA-256 alone, which OpenSSL 3 calls deprecated: what it would have instead
// looks for its configuration, loads its providers and registers every algorithm before it hashes
// the first byte. That is a millisecond of a start and a megabyte of memory, in a program that
// needs one hash.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/sha256.h"

#include <openssl/sha.h>

#include "base/check.h"
#include "base/hex.h"

namespace noseon {

Sha256 sha256(std::string_view bytes) {
  Sha256 hash;
  SHA256_CTX state;
  // None of them fails: they do nothing but compute.
  CHECK(SHA256_Init(&state) == 1 && SHA256_Update(&state, bytes.data(), bytes.size()) == 1 &&
        SHA256_Final(hash.data(), &state) == 1);
  return hash;
}

struct Sha256Stream::State {
  SHA256_CTX context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  CHECK(SHA256_Init(&state_->context) == 1);
}
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(std::string_view bytes) {
  CHECK(SHA256_Update(&state_->context, bytes.data(), bytes.size()) == 1);
}

Sha256 Sha256Stream::finish() {
  Sha256 hash;
  CHECK(SHA256_Final(hash.data(), &state_->context) == 1);
  return hash;
}

std::string to_hex(const Sha256& hash) {
  return bytes_to_hex(hash);
}

std::optional<Sha256> sha256_from_hex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  Sha256 hash{};
  if (text.size() != hash.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = kDigits.find(text[i]);
    if (digit == kDigits.npos) return std::nullopt;
    hash[i / 2] = static_cast<std::uint8_t>(std::size_t{hash[i / 2]} << 4U | digit);
  }
  return hash;
}

}  // namespace noseon
