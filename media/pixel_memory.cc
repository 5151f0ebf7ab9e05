#include "media/pixel_memory.h"

#include <sys/mman.h>

#include <cstdint>
#include <mutex>
#include <new>
#include <utility>

#include "base/check.h"

namespace noseon {
namespace {

#ifdef NOSEON_SANITIZED

// AddressSanitizer watches the rims of what it allocates itself.
char* take(std::size_t bytes) {
  return static_cast<char*>(::operator new(bytes));
}
void give_back(char* memory, std::size_t) {
  ::operator delete(memory);
}
void begin_reuse() {}  // it would watch none of what is used twice
void end_reuse() {}

#else

constexpr std::size_t kHugePage = 2U << 20U;  // of x86-64; of 64-bit ARM with pages of 4 KiB too

std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

// Whole huge pages as long as that takes up an eighth of one more: the last one of a frame is
// nearly full.
std::size_t length_for(std::size_t bytes) {
  constexpr std::size_t kPage = 4096;
  if (bytes == 0) return kPage;  // the kernel maps no nothing
  const std::size_t whole = rounded_up(bytes, kHugePage);
  return whole - bytes <= kHugePage / 8 ? whole : rounded_up(bytes, kPage);
}

// Null where the kernel has none.
char* map(std::size_t length) {
  void* const mapped =
      ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<char*>(mapped);
}

// Asked once more, for no more than is needed. Without memory for one frame there is no player.
char* take_small(std::size_t length) {
  char* const memory = map(length);
  CHECK(memory != nullptr);
  return memory;
}

// Of the whole process, as the memory is.
struct Spare {
  std::mutex mutex;
  int wanted = 0;  // PixelReuse that live
  char* memory = nullptr;
  std::size_t length = 0;
};

Spare& spare() {
  static Spare one;
  return one;
}

// Null where it is not of that length.
char* take_spare(std::size_t length) {
  const std::lock_guard lock(spare().mutex);
  return spare().length == length ? std::exchange(spare().memory, nullptr) : nullptr;
}

// Huge ones alone: small ones are as quickly had from the kernel.
bool keep_spare(char* memory, std::size_t length) {
  const std::lock_guard lock(spare().mutex);
  if (length < kHugePage || spare().wanted == 0 || spare().memory != nullptr) return false;
  spare().memory = memory;
  spare().length = length;
  return true;
}

void begin_reuse() {
  const std::lock_guard lock(spare().mutex);
  ++spare().wanted;
}

void end_reuse() {
  const std::lock_guard lock(spare().mutex);
  if (--spare().wanted > 0 || spare().memory == nullptr) return;
  ::munmap(std::exchange(spare().memory, nullptr), spare().length);
}

// Huge pages begin at multiples of their size, and before Linux 6.7 mappings anywhere: so one of
// them more is taken, and what is before and behind given back.
char* take(std::size_t bytes) {
  const std::size_t length = length_for(bytes);
  if (char* const used = take_spare(length)) return used;
  const bool may_be_huge = length >= kHugePage;
  const std::size_t more = may_be_huge ? kHugePage : 0;
  char* const memory = map(length + more);
  if (memory == nullptr) return take_small(length);
  if (!may_be_huge) return memory;
  const auto at = reinterpret_cast<std::uintptr_t>(memory);
  const std::size_t before = rounded_up(at, kHugePage) - at;
  if (before > 0) ::munmap(memory, before);
  if (before < more) ::munmap(memory + before + length, more - before);
  ::madvise(memory + before, length, MADV_HUGEPAGE);  // a wish
  return memory + before;
}

void give_back(char* memory, std::size_t bytes) {
  const std::size_t length = length_for(bytes);
  if (!keep_spare(memory, length)) ::munmap(memory, length);
}

#endif

}  // namespace

PixelMemory::PixelMemory(std::size_t bytes)
    : memory_(take(bytes), GivenBack{bytes}), bytes_(bytes) {}

void PixelMemory::GivenBack::operator()(char* memory) const {
  give_back(memory, bytes);
}

std::span<std::uint32_t> PixelMemory::words() {
  return {reinterpret_cast<std::uint32_t*>(memory_.get()), bytes_ / sizeof(std::uint32_t)};
}

std::span<const std::uint32_t> PixelMemory::words() const {
  return {reinterpret_cast<const std::uint32_t*>(memory_.get()), bytes_ / sizeof(std::uint32_t)};
}

PixelReuse::PixelReuse() {
  begin_reuse();
}

PixelReuse::~PixelReuse() {
  end_reuse();
}

}  // namespace noseon
