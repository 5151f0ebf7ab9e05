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

struct Header {
  Size size;
  std::uint32_t depth;
  std::uint32_t color_type;
  bool is_interlaced;
};

Result<Header> read_ihdr(const Chunk& chunk, const PictureLimits& limits) {
  if (chunk.type != "IHDR" || chunk.data.size() != kIhdrBytes) {
    return broken(say("it does not begin with a header (IHDR)"));
  }
  const std::uint32_t depth = byte_at(chunk.data, 8);
  const std::uint32_t color_type = byte_at(chunk.data, 9);
  if (!is_allowed(color_type, depth)) {
    return broken(say("colour type {} with {} bits does not exist", color_type, depth));
  }
  if (byte_at(chunk.data, 10) != 0 || byte_at(chunk.data, 11) != 0 || byte_at(chunk.data, 12) > 1) {
    return broken(say("its compression, filter or interlace method does not exist"));
  }
  ASSIGN_OR_RETURN(const Size size,
                   check_caps(big_u32(chunk.data, 0), big_u32(chunk.data, 4), limits));
  return Header{size, depth, color_type, byte_at(chunk.data, 12) == 1};
}

// What the chunks before the pixels say of colours. W3C PNG 2nd ed. 11.3.3: iCCP and sRGB stand
// above gAMA and cHRM.
struct Colors {
  bool has_profile = false;
  bool is_srgb = false;
  bool is_transparent = false;
  std::uint32_t gamma = 0;

  void take(const Chunk& chunk) {
    has_profile = has_profile || chunk.type == "iCCP";
    is_srgb = is_srgb || chunk.type == "sRGB";
    is_transparent = is_transparent || chunk.type == "tRNS";
    if (chunk.type == "gAMA" && chunk.data.size() == 4) gamma = big_u32(chunk.data, 0);
  }
  // The exponent, where it is to be applied: what is within a twentieth of sRGB's 1/2.2 was meant
  // so, and what is far outside of all that monitors had is a mistake.
  [[nodiscard]] std::uint32_t foreign_gamma() const {
    constexpr std::uint32_t kLeast = 10'000, kMost = 300'000, kFrom = 43'000, kTo = 48'000;
    if (has_profile || is_srgb || gamma < kLeast || gamma > kMost) return 0;
    return gamma >= kFrom && gamma <= kTo ? 0 : gamma;
  }
};

std::uint64_t channels_of(std::uint32_t color_type, bool is_transparent) {
  const bool is_grey = color_type == 0 || color_type == 4;
  const bool has_alpha = color_type == 4 || color_type == 6 || is_transparent;
  return (is_grey ? 1U : 3U) + (has_alpha ? 1U : 0U);
}

Result<PictureFacts> facts_of(const Header& header, const Colors& colors,
                              const PictureLimits& limits) {
  PictureFacts facts{PictureFormat::png, header.size};
  facts.gamma = colors.foreign_gamma();
  const bool has_alpha = header.color_type == 4 || header.color_type == 6 || colors.is_transparent;
  facts.is_plain = header.depth <= 8 && !has_alpha && !colors.has_profile && facts.gamma == 0;
  if (header.is_interlaced) {
    facts.held_bytes = static_cast<std::uint64_t>(header.size.width) *
                       static_cast<std::uint64_t>(header.size.height) *
                       channels_of(header.color_type, colors.is_transparent) *
                       (header.depth == 16 ? 2 : 1);
    TRY(check_held(facts.held_bytes, limits, say("an interlaced PNG"),
                   say("save it without interlacing")));
  }
  return facts;
}

}  // namespace

Result<PictureFacts> read_png_facts(std::string_view bytes, const PictureLimits& limits) {
  ASSIGN_OR_RETURN(Chunk chunk, chunk_at(bytes, kSignatureBytes));
  ASSIGN_OR_RETURN(const Header header, read_ihdr(chunk, limits));
  Colors colors;
  bool has_pixels = false;
  while (chunk.type != "IEND") {
    ASSIGN_OR_RETURN(chunk, chunk_at(bytes, chunk.end));
    colors.take(chunk);
    has_pixels = has_pixels || (chunk.type == "IDAT" && !chunk.data.empty());
  }
  if (!has_pixels) return broken(say("it holds no pixels (IDAT)"));
  return facts_of(header, colors, limits);
}

}  // namespace noseon
