// CHECK: an invariant of ours. On in release too; it aborts, and the service manager restarts us.
// Input is never a reason to abort: what comes from outside gets a Result.
#pragma once

namespace noseon {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace noseon

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::noseon::check_failed(#condition, __FILE__, __LINE__))
