// noseon-decode: one picture file in (descriptor 3), one sealed memfd with pixels out (descriptor
// 4), and then it ends. It is started by Decoder (media/decoder.h) for each picture.
//
// Status 0: the answer is in the memfd, be it a picture or a refusal. Anything else, or a signal:
// there is none.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <new>
#include <string_view>
#include <vector>

#include "media/cage/cage.h"
#include "media/cage/input.h"
#include "media/cage/reply.h"
#include "media/decode/load.h"
#include "media/decode/options.h"
#include "media/decode/place.h"
#include "media/decode/scale.h"
#include "media/decode_answer.h"
#include "media/facts.h"
#include "media/sniff.h"

#ifdef NOSEON_SANITIZED
// A finding must look like a crash from outside; leaks are not looked for, since that needs ptrace
// and a process that ends takes everything with it.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "abort_on_error=1:detect_leaks=0";
}
#endif

namespace noseon {
namespace {

enum class Ended { answered = 0, wrong_use = 2, no_cage = 3, no_answer = 4 };

// Bounded here too, whatever the parent saw: one byte more than may be, which read_facts refuses.
Result<std::string_view> read_picture_file(std::int64_t file_bytes) {
  const std::uint64_t bytes =
      std::min(static_cast<std::uint64_t>(file_bytes), kPreparedLimits.bytes_max + 1);
  if (bytes == 0) return std::string_view();
  const auto mapped = map_picture(bytes);
  if (!mapped) return fail(ErrorKind::disk, "the disk refuses to read it");
  return *mapped;
}

// What is neither scaled nor cut at its sides is decoded where it is sent from.
bool write_whole_rows(LoadedPicture& picture, const Placement& placement, Reply& reply) {
  const auto width = static_cast<std::size_t>(placement.output.width);
  const std::size_t bytes = width * sizeof(std::uint32_t);
  const int top = static_cast<int>(placement.y);
  for (int y = top; y < top + placement.output.height; ++y) {
    auto* const pixels = reinterpret_cast<std::uint32_t*>(reply.room(bytes).data());
    picture.read_row(y, {pixels, width});
    if (!reply.wrote(bytes)) return false;
  }
  return true;
}

bool write_picture(LoadedPicture& picture, const DecodeOptions& options, Reply& reply) {
  const Placement placement = place(picture.size(), options.box, options.fit);
  if (!reply.begin(placement.output)) return false;
  if (placement.is_copy() && placement.output.width == picture.size().width)
    return write_whole_rows(picture, placement, reply) && reply.seal();
  const ReadRow read = [&picture](int y, std::span<std::uint32_t> row) {
    picture.read_row(y, row);
  };
  const WriteRow write = [&reply](std::span<const std::uint32_t> row) {
    return reply.write(std::as_bytes(row));
  };
  return scale_rows(picture.size(), placement, read, write) && reply.seal();
}

// Of what its library cannot decode, perhaps in its middle.
Refuse refusing(PictureFormat format, Reply& reply) {
  return [format, &reply](std::string_view why) {
    const Error error{ErrorKind::bad_format,
                      fmt::format("this {} file cannot be decoded: {}; save it again in the "
                                  "program that made it",
                                  name_of(format), why)};
    ::_exit(static_cast<int>(reply.refuse(error) ? Ended::answered : Ended::no_answer));
  };
}

bool answer(std::int64_t file_bytes, const DecodeOptions& options, Reply& reply) {
  const auto bytes = read_picture_file(file_bytes);
  if (!bytes) return reply.refuse(bytes.error());
  const auto facts = read_facts(*bytes, kPreparedLimits);
  if (!facts) return reply.refuse(facts.error());
  LoadedPicture picture(*bytes, *facts, options.background, refusing(facts->format, reply));
  return write_picture(picture, options, reply);
}

CageLimits limits_for(Size box) {
  CageLimits limits;
  limits.answer_bytes_max =
      answer_bytes(static_cast<std::uint64_t>(box.width), static_cast<std::uint64_t>(box.height));
  limits.memory_bytes = 512ULL * 1024 * 1024;
  limits.address_bytes = limits.memory_bytes;  // the libraries too: they are small
  limits.cpu_seconds = 4;
  return limits;
}

Ended run(const std::vector<std::string_view>& arguments) {
  const auto options = parse_options(arguments);
  if (!options) return Ended::wrong_use;
  const std::int64_t file_bytes = picture_bytes();
  if (!enter_cage(limits_for(options->box))) return Ended::no_cage;
  Reply reply(kAnswerFd, kAnswerMagic);
  try {
    return answer(file_bytes, *options, reply) ? Ended::answered : Ended::no_answer;
  } catch (const std::bad_alloc&) {
    const Error error{ErrorKind::too_large, "decoding it takes too much memory; scale it down"};
    return reply.refuse(error) ? Ended::answered : Ended::no_answer;
  }
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  const auto ended = noseon::run({argv + std::min(argc, 1), argv + argc});
  if (ended == noseon::Ended::wrong_use) {
    std::fputs("noseon-decode is started by noseon and noseon-player, not by hand.\n", stderr);
  }
  // Nothing is taken down in order: the kernel is faster, and no destructor of a library runs over
  // what a hostile picture left.
  ::_exit(static_cast<int>(ended));
}
