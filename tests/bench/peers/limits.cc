// What this machine can do at best: against these the table is to be read.
#include <fmt/format.h>
#include <sys/mman.h>

#include <cstring>

#include "player/blend.h"
#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/jpeg.h"
#include "tests/bench/peers/xlib.h"

namespace noseon::peers {
namespace {

constexpr std::size_t kPixels = std::size_t{1920} * 1080;

template <class Work>
double median_ms(int times, Work work) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    all.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  return statistic(Statistic::median, all);
}

// Straight from the kernel: each page is a fault.
void copy_into_fresh_memory(const std::vector<std::uint32_t>& frame) {
  const std::size_t bytes = frame.size() * sizeof(std::uint32_t);
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  std::memcpy(memory, frame.data(), bytes);
  ::munmap(memory, bytes);
}

double put_image_ms(const VirtualScreen& screen, std::vector<std::uint32_t>& frame) {
  std::vector<double> all;
  for (const auto time : put_image_times(display_name(screen), frame, 15))
    all.push_back(std::chrono::duration<double, std::milli>(time).count());
  return all.empty() ? 0 : statistic(Statistic::median, all);
}

}  // namespace

std::string limits_of_machine(const VirtualScreen& screen,
                              const std::filesystem::path& print_poster) {
  std::vector<std::uint32_t> from(kPixels, 0x00123456U), to(kPixels, 0x00fedcbaU), out(kPixels);
  const double copy =
      median_ms(31, [&] { std::memcpy(out.data(), from.data(), kPixels * sizeof(std::uint32_t)); });
  const double fresh = median_ms(15, [&] { copy_into_fresh_memory(from); });
  const double mix = median_ms(31, [&] { blend(from, to, out, 100); });
  const double whole = median_ms(3, [&] { static_cast<void>(read_jpeg(print_poster)); });
  const double half = median_ms(3, [&] { static_cast<void>(read_jpeg(print_poster, 2)); });
  return fmt::format(
      "this machine at best: memcpy of a frame {:.2f} ms (into fresh memory {:.1f}), blend of two "
      "{:.2f}, XPutImage of one {:.1f}; libjpeg over one print poster {:.0f} ms, at half scale "
      "{:.0f}",
      copy, fresh, mix, put_image_ms(screen, from), whole, half);
}

}  // namespace noseon::peers
