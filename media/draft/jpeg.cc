#include "media/draft/jpeg.h"

#include <unistd.h>

#include <array>
#include <cstdio>
// Behind cstdio, whose FILE it uses.
#include <jpeglib.h>

#include <utility>
#include <vector>

#include "base/check.h"
#include "media/cage/input.h"

namespace noseon {
namespace {

constexpr std::size_t kChunk = 256 * 1024;

}  // namespace

struct JpegRows::Impl {
  jpeg_decompress_struct decoder{};
  jpeg_error_mgr errors{};
  jpeg_source_mgr source{};
  Refuse refuse;
  std::vector<JOCTET> chunk = std::vector<JOCTET>(kChunk);
  std::uint64_t read_to = 0;
  std::vector<std::uint32_t> row;

  static Impl& of(j_common_ptr common) { return *static_cast<Impl*>(common->client_data); }
  static Impl& of(j_decompress_ptr decoder) { return *static_cast<Impl*>(decoder->client_data); }

  [[noreturn]] void give_up(std::string_view why) {
    refuse(why);
    ::_exit(EXIT_FAILURE);
  }

  [[noreturn]] static void on_error(j_common_ptr common) {
    std::array<char, JMSG_LENGTH_MAX> words{};
    common->err->format_message(common, words.data());
    of(common).give_up(words.data());
  }
  // A draft of damaged data could be anything; whether it can be shown is for others to say.
  static void on_message(j_common_ptr common, int level) {
    if (level < 0) on_error(common);
  }
  static void on_words(j_common_ptr) {}

  static void begin(j_decompress_ptr) {}
  static boolean fill(j_decompress_ptr decoder) {
    Impl& self = of(decoder);
    const std::ptrdiff_t got =
        read_picture({reinterpret_cast<char*>(self.chunk.data()), kChunk}, self.read_to);
    if (got <= 0) self.give_up(got < 0 ? "the disk refuses to read it" : "it ends too early");
    self.read_to += static_cast<std::uint64_t>(got);
    self.source.next_input_byte = self.chunk.data();
    self.source.bytes_in_buffer = static_cast<std::size_t>(got);
    return TRUE;
  }
  static void skip(j_decompress_ptr decoder, long count) {
    if (count <= 0) return;
    Impl& self = of(decoder);
    const auto bytes = static_cast<std::size_t>(count);
    if (bytes <= self.source.bytes_in_buffer) {
      self.source.next_input_byte += bytes;
      self.source.bytes_in_buffer -= bytes;
      return;
    }
    self.read_to += bytes - self.source.bytes_in_buffer;
    self.source.bytes_in_buffer = 0;
  }
  static void end(j_decompress_ptr) {}

  void open() {
    decoder.err = jpeg_std_error(&errors);
    errors.error_exit = on_error;
    errors.emit_message = on_message;
    errors.output_message = on_words;
    decoder.client_data = this;
    jpeg_create_decompress(&decoder);
    decoder.client_data = this;  // which that cleared
    source.init_source = begin;
    source.fill_input_buffer = fill;
    source.skip_input_data = skip;
    source.resync_to_restart = jpeg_resync_to_restart;
    source.term_source = end;
    decoder.src = &source;
    jpeg_read_header(&decoder, TRUE);
  }
};

JpegRows::JpegRows(const PictureFacts& facts, int shrink, Refuse refuse)
    : impl_(std::make_unique<Impl>()) {
  impl_->refuse = std::move(refuse);
  impl_->open();
  jpeg_decompress_struct& decoder = impl_->decoder;
  const Size says{static_cast<int>(decoder.image_width), static_cast<int>(decoder.image_height)};
  if (says != facts.stored) impl_->give_up("its size is another one than its header's");
  if (decoder.num_components == 4) impl_->give_up("it has four inks");
  decoder.scale_num = 1;
  decoder.scale_denom = static_cast<unsigned>(shrink);
  decoder.out_color_space = JCS_EXT_BGRX;
  jpeg_start_decompress(&decoder);
  impl_->row.resize(decoder.output_width);
}

JpegRows::~JpegRows() {
  jpeg_destroy_decompress(&impl_->decoder);
}

Size JpegRows::size() const {
  return {static_cast<int>(impl_->decoder.output_width),
          static_cast<int>(impl_->decoder.output_height)};
}

std::span<const std::uint32_t> JpegRows::next() {
  CHECK(impl_->decoder.output_scanline < impl_->decoder.output_height);
  JSAMPROW row = reinterpret_cast<JSAMPROW>(impl_->row.data());
  if (jpeg_read_scanlines(&impl_->decoder, &row, 1) != 1) impl_->give_up("a row of it is missing");
  return impl_->row;
}

}  // namespace noseon
