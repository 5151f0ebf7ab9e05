// A parser with a bug that was put in: after its magic it reads one byte too far. A fuzzer that
// does not find it would find none in ours. tests/fuzz/find_planted runs it.
#include <cstddef>
#include <cstdint>

namespace {

// The kind, and nothing checks whether it is there.
[[gnu::noinline]] std::uint8_t after_magic(const std::uint8_t* data, std::size_t size) {
  return data[size];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool is_ours = size >= 3 && data[0] == 'N' && data[1] == 'S' && data[2] == 'N';
  return is_ours && after_magic(data, size) == 0 ? 1 : 0;
}
