// Keys from outside: public halves as JSON, and private ones as PEM. Whatever opens can be written,
// read again, and signed with.
#include "base/check.h"
#include "fleet/publish/signing_key.h"
#include "fleet/trust/keys.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noseon;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto key = read_public_key(bytes)) {
    CHECK(is_usable(*key));
    CHECK(read_public_key(write_public_key(*key)).value() == *key);
  }
  // A passphrase is not given: scrypt is there to take its time.
  if (const auto key = SigningKey::read(bytes, std::nullopt)) {
    CHECK(verifies(key->public_key(), "x", key->sign("x").value().hex));
  }
  return 0;
}
