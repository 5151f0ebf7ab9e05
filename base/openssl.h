// What every file that calls OpenSSL's envelope functions needs of them: the handles, and texts as
// the bytes they take. For sources alone: no public header includes it.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <string>
#include <string_view>

#include "base/check.h"
#include "base/handle.h"

namespace noseon::openssl {

using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using Digest = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using Bio = Handle<BIO, BIO_free_all>;

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Reads `text`, which must outlive it and be shorter than 2 GB.
inline Bio reader_of(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  CHECK(bio);
  return bio;
}

/// To be written to.
inline Bio writer() {
  Bio bio(BIO_new(BIO_s_mem()));
  CHECK(bio);
  return bio;
}

/// The same, in memory that is wiped when it is given back.
inline Bio secret_writer() {
  Bio bio(BIO_new(BIO_s_secmem()));
  CHECK(bio);
  return bio;
}

/// What was written to it.
inline std::string text_of(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// What OpenSSL has to say about bad input while this lives is of no use to the next caller.
class QuietErrors {
 public:
  QuietErrors() { ERR_set_mark(); }
  ~QuietErrors() { ERR_pop_to_mark(); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
};

}  // namespace noseon::openssl
