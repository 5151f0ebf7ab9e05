// A resolver whose questions are never answered, without touching the machine's: this program's own
// getaddrinfo() stands before the C library's, and waits for a minute where that name is asked for.
#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "tests/fleet/pull/hostile_servers.h"

namespace {
std::atomic<int> g_lookups = 0;
}

namespace noseon::testing {
int black_hole_lookups() {
  return g_lookups;
}
}  // namespace noseon::testing

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  if (name != nullptr && std::strcmp(name, noseon::testing::kBlackHoleName) == 0) {
    ++g_lookups;
    std::this_thread::sleep_for(std::chrono::minutes{1});
    return EAI_AGAIN;
  }
  using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(name, service, hints, found);
}
