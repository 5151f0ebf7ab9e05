// What can fail returns a Result; the only file that names tl::expected.
//
// The world failing (a disk, a file, a network) is ordinary and comes back as an Error with a
// message for a person. A broken invariant of ours is a CHECK (base/check.h). Nothing of ours
// throws. Use only members that std::expected also has, so that moving there is one edit.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace noseon {

/// Only what some caller branches on.
enum class ErrorKind {
  not_found,    ///< the file, zone or name does not exist
  denied,       ///< permission refused
  too_large,    ///< a cap on something from outside was passed
  bad_format,   ///< the bytes are not what they claim to be
  out_of_time,  ///< a deadline passed
  crashed,      ///< a helper process died
  disk,         ///< the disk refused (full, EIO, read-only)
  unavailable,  ///< a device or service is not there (a display, a library)
  network,      ///< no connection, or it was cut, or what answered is no server of ours
  expired,      ///< signed metadata is past its time
  signature,    ///< not signed by whom it must be
  rollback,     ///< older than what was accepted before
};

struct Error {
  ErrorKind kind;
  std::string message;  ///< a sentence for a person: what, where, and what to do

  /// The same error seen from one level up: "playlist: item names: <message>".
  [[nodiscard]] Error with_context(std::string_view context) const {
    return {kind, std::string(context) + ": " + message};
  }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;
/// What fail() makes: becomes any Result, always without a value.
using Failure = tl::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorKind kind, std::string message) {
  return Failure(Error{kind, std::move(message)});
}
[[nodiscard]] inline Failure fail(Error error) {
  return Failure(std::move(error));
}

}  // namespace noseon

#define NOSEON_CONCAT_INNER(a, b) a##b
#define NOSEON_CONCAT(a, b) NOSEON_CONCAT_INNER(a, b)

/// TRY(expression): returns the error of a Status or Result from the enclosing function.
#define TRY(expression)                                                          \
  do {                                                                           \
    auto&& noseon_status = (expression);                                         \
    if (!noseon_status) return ::noseon::fail(std::move(noseon_status).error()); \
  } while (false)

/// ASSIGN_OR_RETURN(auto x, f()): x is the value, or the error is returned.
#define ASSIGN_OR_RETURN(lhs, expression) \
  NOSEON_ASSIGN_OR_RETURN(NOSEON_CONCAT(noseon_result_, __LINE__), lhs, expression)
#define NOSEON_ASSIGN_OR_RETURN(result, lhs, expression)         \
  auto&& result = (expression);                                  \
  if (!result) return ::noseon::fail(std::move(result).error()); \
  lhs = *std::move(result)
