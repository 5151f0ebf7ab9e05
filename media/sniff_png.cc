// PNG (W3C PNG 2nd ed.): signature, IHDR, then every chunk by its length until IEND.
#include <fmt/format.h>

#include <string>

#include "base/say.h"
#include "media/byte_order.h"
#include "media/facts.h"

namespace noseon {
namespace {

constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kHeadBytes = 8;  // length and type
constexpr std::size_t kCrcBytes = 4;
constexpr std::uint32_t kLengthMax = 0x7FFFFFFF;  // 5.3
constexpr std::uint32_t kIhdrBytes = 13;

Failure broken(std::string_view what) {
  return fail(ErrorKind::bad_format,
              say("this PNG file is damaged: {}; copy or export it again", what));
}

struct Chunk {
  std::string_view type;
  std::string_view data;
  std::size_t end = 0;  // where the next one starts
};

bool is_chunk_type(std::string_view type) {
  for (const char c : type) {
    if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) return false;
  }
  return true;
}

Result<Chunk> chunk_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at < kHeadBytes) return fail(cut_short("PNG", bytes.size()));
  const std::uint32_t length = big_u32(bytes, at);
  const std::string_view type = bytes.substr(at + 4, 4);
  if (!is_chunk_type(type)) {
    return broken(say("what should be a chunk at byte {} is not one", at));
  }
  if (length > kLengthMax) {
    return broken(say("chunk {} at byte {} claims {} bytes", type, at, length));
  }
  if (bytes.size() - at - kHeadBytes < std::size_t{length} + kCrcBytes) {
    return fail(cut_short("PNG", bytes.size()));
  }
  return Chunk{type, bytes.substr(at + kHeadBytes, length), at + kHeadBytes + length + kCrcBytes};
}

// Table 11.1: which depths each colour type may have.
bool is_allowed(std::uint32_t color_type, std::uint32_t depth) {
  switch (color_type) {
    case 0:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
      return depth == 8 || depth == 16;
    default:
      return false;
  }
}

Result<Size> read_ihdr(const Chunk& chunk) {
  if (chunk.type != "IHDR" || chunk.data.size() != kIhdrBytes) {
    return broken(say("it does not begin with a header (IHDR)"));
  }
  if (!is_allowed(byte_at(chunk.data, 9), byte_at(chunk.data, 8))) {
    return broken(say("colour type {} with {} bits does not exist", byte_at(chunk.data, 9),
                      byte_at(chunk.data, 8)));
  }
  if (byte_at(chunk.data, 10) != 0 || byte_at(chunk.data, 11) != 0 || byte_at(chunk.data, 12) > 1) {
    return broken(say("its compression, filter or interlace method does not exist"));
  }
  return check_caps(big_u32(chunk.data, 0), big_u32(chunk.data, 4));
}

}  // namespace

Result<PictureFacts> read_png_facts(std::string_view bytes) {
  ASSIGN_OR_RETURN(Chunk chunk, chunk_at(bytes, kSignatureBytes));
  ASSIGN_OR_RETURN(const Size size, read_ihdr(chunk));
  bool has_pixels = false;
  while (chunk.type != "IEND") {
    ASSIGN_OR_RETURN(chunk, chunk_at(bytes, chunk.end));
    has_pixels = has_pixels || (chunk.type == "IDAT" && !chunk.data.empty());
  }
  if (!has_pixels) return broken(say("it holds no pixels (IDAT)"));
  return PictureFacts{PictureFormat::png, size, 1};
}

}  // namespace noseon
