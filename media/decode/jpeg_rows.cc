#include "media/decode/jpeg_rows.h"

#include <array>
#include <cstdio>
// Behind cstdio, whose FILE it uses.
#include <fmt/format.h>
#include <jpeglib.h>

#include <utility>

#include "base/check.h"

namespace noseon {

struct JpegRows::Impl {
  jpeg_decompress_struct decoder{};
  jpeg_error_mgr errors{};
  jpeg_source_mgr source{};
  Damage damage = Damage::refused;
  ReadBytes read;
  Refuse refuse;
  std::uint64_t read_to = 0;

  static Impl& of(j_common_ptr common) { return *static_cast<Impl*>(common->client_data); }
  static Impl& of(j_decompress_ptr decoder) { return *static_cast<Impl*>(decoder->client_data); }

  [[noreturn]] static void on_error(j_common_ptr common) {
    std::array<char, JMSG_LENGTH_MAX> words{};
    common->err->format_message(common, words.data());
    give_up(of(common).refuse, words.data());
  }
  static void on_message(j_common_ptr common, int level) {
    if (level < 0 && of(common).damage == Damage::refused) on_error(common);
  }
  static void on_words(j_common_ptr) {}

  static void begin(j_decompress_ptr) {}
  static boolean fill(j_decompress_ptr decoder) {
    Impl& self = of(decoder);
    const std::span<const std::uint8_t> bytes = self.read(self.read_to);
    if (bytes.empty()) give_up(self.refuse, "it ends too early");
    self.read_to += bytes.size();
    self.source.next_input_byte = bytes.data();
    self.source.bytes_in_buffer = bytes.size();
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

JpegRows::JpegRows(const PictureFacts& facts, int shrink, Damage damage, ReadBytes read,
                   Refuse refuse)
    : impl_(std::make_unique<Impl>()) {
  impl_->damage = damage;
  impl_->read = std::move(read);
  impl_->refuse = std::move(refuse);
  impl_->open();
  jpeg_decompress_struct& decoder = impl_->decoder;
  const Size says{static_cast<int>(decoder.image_width), static_cast<int>(decoder.image_height)};
  if (says != facts.stored) {
    give_up(impl_->refuse,
            fmt::format("its header says {} x {} pixels, its data {} x {}", facts.stored.width,
                        facts.stored.height, says.width, says.height));
  }
  if (decoder.num_components == 4) give_up(impl_->refuse, "it has four inks");
  decoder.scale_num = 1;
  decoder.scale_denom = static_cast<unsigned>(shrink);
  decoder.out_color_space = JCS_EXT_BGRX;
  jpeg_start_decompress(&decoder);
}

JpegRows::~JpegRows() {
  jpeg_destroy_decompress(&impl_->decoder);
}

Size JpegRows::size() const {
  return {static_cast<int>(impl_->decoder.output_width),
          static_cast<int>(impl_->decoder.output_height)};
}

void JpegRows::next(std::span<std::uint32_t> row) {
  CHECK(impl_->decoder.output_scanline < impl_->decoder.output_height);
  CHECK(row.size() == impl_->decoder.output_width);
  auto* to = reinterpret_cast<JSAMPROW>(row.data());
  if (jpeg_read_scanlines(&impl_->decoder, &to, 1) != 1)
    give_up(impl_->refuse, "a row of it is missing");
}

}  // namespace noseon
