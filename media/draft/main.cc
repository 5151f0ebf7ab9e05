// noseon-draft: an original poster in (descriptor 3), one sealed memfd with a quick look at it out
// (descriptor 4), and then it ends. It is started by Drafter (media/drafter.h) for each.
//
// Status 0: the answer is in the memfd, be it a picture or a refusal. Anything else, or a signal:
// there is none.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <optional>
#include <string_view>
#include <vector>

#include "media/cage/cage.h"
#include "media/cage/input.h"
#include "media/cage/reply.h"
#include "media/decode/jpeg_rows.h"
#include "media/decode/place.h"
#include "media/decode/stand.h"
#include "media/decode_answer.h"
#include "media/draft/average.h"
#include "media/draft/shrink.h"
#include "media/prepare/options.h"

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

// Upright rows go out as they come; others are put where they stand, and go out at the end.
class Upright {
 public:
  Upright(Size stored, int orientation, Reply& reply)
      : stand_(stored, orientation), is_upright_(orientation == 1), reply_(reply) {
    if (!is_upright_)
      pixels_.resize(static_cast<std::size_t>(stored.width) *
                     static_cast<std::size_t>(stored.height));
  }
  bool put(std::span<const std::uint32_t> row) {
    if (is_upright_) return reply_.write(std::as_bytes(row));
    std::ptrdiff_t to = stand_.start + next_++ * stand_.down;
    for (const std::uint32_t pixel : row) {
      pixels_[static_cast<std::size_t>(to)] = pixel;
      to += stand_.right;
    }
    return true;
  }
  bool finish() { return reply_.write(std::as_bytes(std::span(pixels_))) && reply_.seal(); }

 private:
  Stand stand_;
  bool is_upright_;
  Reply& reply_;
  std::vector<std::uint32_t> pixels_;
  std::ptrdiff_t next_ = 0;
};

// An original may be larger than what may be mapped.
JpegRows::ReadBytes in_chunks(const Refuse& refuse) {
  constexpr std::size_t kChunk = 256 * 1024;
  return [chunk = std::vector<std::uint8_t>(kChunk),
          refuse](std::uint64_t at) mutable -> std::span<const std::uint8_t> {
    const std::ptrdiff_t got = read_picture({reinterpret_cast<char*>(chunk.data()), kChunk}, at);
    if (got < 0) give_up(refuse, "the disk refuses to read it");
    return std::span(chunk).first(static_cast<std::size_t>(got));
  };
}

bool answer(const PrepareOptions& options, Reply& reply) {
  const Size upright = upright_size(options.facts);
  const Placement wanted = place(upright, options.box, options.fit);
  const int shrink = draft_shrink(wanted);
  Placement stored = as_stored(wanted, upright, options.facts.orientation);
  stored.x /= shrink;
  stored.y /= shrink;
  stored.width /= shrink;
  stored.height /= shrink;

  const Refuse refuse = [&reply](std::string_view why) {
    const bool is_said =
        reply.refuse({ErrorKind::bad_format, fmt::format("there is no draft of it: {}", why)});
    ::_exit(static_cast<int>(is_said ? Ended::answered : Ended::no_answer));
  };
  JpegRows rows(options.facts, shrink, Damage::refused, in_chunks(refuse), refuse);
  if (!reply.begin(wanted.output)) return false;
  Upright out(stored.output, options.facts.orientation, reply);
  AverageScaler scaler(rows.size(), stored,
                       [&out](std::span<const std::uint32_t> row) { return out.put(row); });
  std::vector<std::uint32_t> row(static_cast<std::size_t>(rows.size().width));
  while (!scaler.is_done()) {
    rows.next(row);
    if (!scaler.take(row)) return false;
  }
  return out.finish();
}

CageLimits limits_for(Size box) {
  CageLimits limits;
  limits.answer_bytes_max =
      answer_bytes(static_cast<std::uint64_t>(box.width), static_cast<std::uint64_t>(box.height));
  limits.memory_bytes = 512ULL * 1024 * 1024;
  limits.address_bytes = limits.memory_bytes;
  limits.cpu_seconds = 2;
  return limits;
}

// Only what a draft is made of: the parent starts it for nothing else.
std::optional<PrepareOptions> options_of(const std::vector<std::string_view>& arguments) {
  auto options = parse_prepare_options(arguments);
  if (!options || options->facts.format != PictureFormat::jpeg || options->facts.is_ink)
    return std::nullopt;
  if (!is_reduced(place(upright_size(options->facts), options->box, options->fit)))
    return std::nullopt;
  return options;
}

Ended run(const std::vector<std::string_view>& arguments) {
  const auto options = options_of(arguments);
  if (!options) return Ended::wrong_use;
  if (!enter_cage(limits_for(options->box))) return Ended::no_cage;
  Reply reply(kAnswerFd, kDraftMagic);
  try {
    return answer(*options, reply) ? Ended::answered : Ended::no_answer;
  } catch (const std::bad_alloc&) {
    const Error error{ErrorKind::too_large, "a draft of it takes too much memory"};
    return reply.refuse(error) ? Ended::answered : Ended::no_answer;
  }
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  const auto ended = noseon::run({argv + std::min(argc, 1), argv + argc});
  if (ended == noseon::Ended::wrong_use) {
    std::fputs("noseon-draft is started by noseon-player, not by hand.\n", stderr);
  }
  // As in noseon-decode: no destructor runs over what a hostile picture left.
  ::_exit(static_cast<int>(ended));
}
