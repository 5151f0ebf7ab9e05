// noseon-prepare: an original poster in (descriptor 3), one sealed memfd with a prepared picture
// file out (descriptor 4), and then it ends. It is started by Preparer (media/preparer.h) for each.
//
// Status 0: the answer is in the memfd, be it a file or a refusal. Anything else, or a signal:
// there is none.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "media/cage/cage.h"
#include "media/cage/input.h"
#include "media/cage/reply.h"
#include "media/decode/place.h"
#include "media/decode_answer.h"
#include "media/prepare/encode.h"
#include "media/prepare/library.h"
#include "media/prepare/options.h"
#include "media/prepare/original.h"
#include "media/prepare/reduce.h"

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

enum class Ended { answered = 0, wrong_use = 2, no_cage = 3, no_answer = 4, no_library = 5 };

struct Prepared {
  Size size;
  std::string file;
};

Result<PreparedPixels> reduce_by(int shrink, const Placement& placement,
                                 const PrepareOptions& options, std::int64_t file_bytes) {
  ASSIGN_OR_RETURN(const Original original, open_original(options.facts, file_bytes, shrink));
  return reduce(original, placement, options);
}

// Decoded smaller where that is not seen; what turns out to have letters or fine lines, where it
// is, is decoded once more as it is.
Result<PreparedPixels> reduce(const Placement& placement, const PrepareOptions& options,
                              std::int64_t file_bytes) {
  ASSIGN_OR_RETURN(PreparedPixels pixels,
                   reduce_by(shrink_for(placement), placement, options, file_bytes));
  if (!pixels.is_too_rough) return pixels;
  return reduce_by(1, placement, options, file_bytes);
}

Result<Prepared> prepare(const PrepareOptions& options, std::int64_t file_bytes) {
  const Placement placement =
      place_to_prepare(upright_size(options.facts), options.box, options.fit);
  ASSIGN_OR_RETURN(const PreparedPixels pixels, reduce(placement, options, file_bytes));
  ASSIGN_OR_RETURN(std::string file, encode_prepared(pixels));
  return Prepared{pixels.size, std::move(file)};
}

bool answer(const PrepareOptions& options, std::int64_t file_bytes, Reply& reply) {
  const auto prepared = prepare(options, file_bytes);
  if (!prepared) return reply.refuse(prepared.error());
  return reply.begin(prepared->size) && reply.write(std::as_bytes(std::span(prepared->file))) &&
         reply.seal();
}

CageLimits limits() {
  CageLimits limits;
  limits.answer_bytes_max = sizeof(AnswerHeader) + kPreparedLimits.bytes_max;
  limits.memory_bytes = 512ULL * 1024 * 1024;
  limits.address_bytes = 2048ULL * 1024 * 1024;  // a hundred libraries, and stacks
  limits.cpu_seconds = 60;
  limits.threads = CageThreads::some;
  return limits;
}

Ended run(const std::vector<std::string_view>& arguments) {
  const auto options = parse_prepare_options(arguments);
  if (!options) return Ended::wrong_use;
  if (!start_vips(options->threads)) return Ended::no_library;
  const std::int64_t file_bytes = picture_bytes();
  if (!enter_cage(limits())) return Ended::no_cage;
  Reply reply(kAnswerFd, kPreparedMagic);
  try {
    return answer(*options, file_bytes, reply) ? Ended::answered : Ended::no_answer;
  } catch (const std::bad_alloc&) {
    const Error error{ErrorKind::too_large, "preparing it takes too much memory; scale it down"};
    return reply.refuse(error) ? Ended::answered : Ended::no_answer;
  }
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  const auto ended = noseon::run({argv + std::min(argc, 1), argv + argc});
  if (ended == noseon::Ended::wrong_use) {
    std::fputs("noseon-prepare is started by noseon and noseon-player, not by hand.\n", stderr);
  }
  // As in noseon-decode: no destructor runs over what a hostile picture left.
  ::_exit(static_cast<int>(ended));
}
