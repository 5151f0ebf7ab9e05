// What the parent reads of a caged program that a hostile picture may have taken over: a memfd with
// any bytes at all. Whatever is accepted lies within what was asked for and can be read to its end;
// whatever is refused has one line of words that a terminal takes for no command.
//
// The first byte says whose answer it is said to be, and whether it is sealed; the next two are the
// box that was asked for.
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <numeric>
#include <string_view>

#include "base/check.h"
#include "base/unicode.h"
#include "media/answer.h"
#include "media/decode_answer.h"
#include "media/sniff.h"

namespace {

using namespace noseon;

constexpr std::uint8_t kUnsealed = 0x80;
constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

Fd answer_of(std::string_view bytes, bool is_sealed) {
  Fd file = make_answer_file().value();
  CHECK(::pwrite(file.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  if (is_sealed) CHECK(::fcntl(file.get(), F_ADD_SEALS, kSeals) == 0);
  return file;
}

void check_refusal(const Error& error) {
  CHECK(!error.message.empty() && !first_bad_utf8(error.message));
  CHECK(without_controls(error.message) == error.message);
}

void check_pixels(const Result<PicturePtr>& picture, Size box, bool is_sealed) {
  if (!picture) return check_refusal(picture.error());
  CHECK(is_sealed);
  const Size size = (*picture)->size();
  CHECK(size.width >= 1 && size.width <= box.width);
  CHECK(size.height >= 1 && size.height <= box.height);
  const auto pixels = (*picture)->pixels();
  CHECK(static_cast<std::int64_t>(pixels.size()) == std::int64_t{size.width} * size.height);
  volatile std::uint32_t read = std::accumulate(pixels.begin(), pixels.end(), std::uint32_t{0});
  static_cast<void>(read);
}

void check_file(const Result<AnswerBytes>& answer, std::string_view given, bool is_sealed) {
  if (!answer) return check_refusal(answer.error());
  CHECK(is_sealed);
  CHECK(answer->bytes() == given.substr(sizeof(AnswerHeader)) && !answer->bytes().empty());
  CHECK(answer->size().width >= 1 && answer->size().height >= 1);
  CHECK(answer->size().width <= kPictureSideMax && answer->size().height <= kPictureSideMax);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const bool is_sealed = (data[0] & kUnsealed) == 0;
  const Size box{data[1] + 1, data[2] + 1};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const Fd file = answer_of(bytes, is_sealed);
  switch (data[0] % 3) {
    case 0:
      check_pixels(read_answer(file, box), box, is_sealed);
      break;
    case 1: {
      const auto picture = read_draft_answer(file, box);
      check_pixels(picture, box, is_sealed);
      CHECK(!picture || (*picture)->size() == box);
      break;
    }
    default:
      check_file(read_prepared_answer(file), bytes, is_sealed);
  }
  return 0;
}
