// Memory for the pixels of a frame, which has megabytes and is written once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace noseon {

/// Bytes taken from the kernel for themselves, and given back whole. Where the kernel has huge
/// pages to give (madvise(2), MADV_HUGEPAGE), what is first written to a frame of 1920 x 1080 meets
/// four faults instead of two thousand, which take longer than the writing; elsewhere it is memory
/// like any other. What is in it before it is written is not said. Movable, not copyable.
class PixelMemory {
 public:
  explicit PixelMemory(std::size_t bytes);

  [[nodiscard]] std::size_t size() const { return bytes_; }
  [[nodiscard]] char* data() { return memory_.get(); }
  [[nodiscard]] const char* data() const { return memory_.get(); }
  /// As words of pixels; what is left of less than one is not among them.
  [[nodiscard]] std::span<std::uint32_t> words();
  [[nodiscard]] std::span<const std::uint32_t> words() const;

 private:
  struct GivenBack {
    std::size_t bytes = 0;
    void operator()(char* memory) const;
  };
  std::unique_ptr<char[], GivenBack> memory_;
  std::size_t bytes_;
};

/// While one of these lives, on whatever thread, the memory of one frame that is given back waits
/// for the next PixelMemory of as many bytes, and so costs it no faults and no clearing: whoever
/// lets go of a frame and is about to have another made holds one until that is made. With the last
/// of them goes what nobody took. Thread-safe.
class PixelReuse {
 public:
  PixelReuse();
  PixelReuse(const PixelReuse&) : PixelReuse() {}
  PixelReuse& operator=(const PixelReuse&) { return *this; }
  ~PixelReuse();
};

}  // namespace noseon
