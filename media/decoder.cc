#include "media/decoder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>
#include <vector>

#include "base/check.h"
#include "base/files.h"
#include "base/say.h"
#include "media/answer.h"
#include "media/child.h"
#include "media/program.h"
#include "media/sniff.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Status check_bytes(const Fd& file) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return fail(ErrorKind::disk, say("its size cannot be read"));
  if (static_cast<std::uint64_t>(info.st_size) > kPictureBytesMax) {
    return fail(ErrorKind::too_large,
                fmt::format("{} bytes; at most {}: scale it down or save it as JPEG", info.st_size,
                            kPictureBytesMax));
  }
  return {};
}

// As media/decode/options.h reads them.
std::vector<std::string> arguments_of(const DecodeRequest& request) {
  return {fmt::format("{}x{}", request.box.width, request.box.height),
          request.fit == Fit::fit ? "fit" : "fill", to_string(request.background)};
}

}  // namespace

Decoder::Decoder(fs::path program, std::chrono::milliseconds deadline)
    : program_(std::move(program)), deadline_(deadline) {}

Result<PicturePtr> Decoder::decode(const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(const Fd file, open_file(request.file));
  auto picture = decode(file, request);
  if (!picture) return fail(picture.error().with_context(request.file.string()));
  return picture;
}

Result<PicturePtr> Decoder::decode(const Fd& file, const DecodeRequest& request) const {
  CHECK(request.box.width >= 1 && request.box.width <= kPictureSideMax);
  CHECK(request.box.height >= 1 && request.box.height <= kPictureSideMax);
  const Steady deadline = std::chrono::steady_clock::now() + deadline_;
  TRY(check_bytes(file));
  ASSIGN_OR_RETURN(const Fd answer, make_answer_file());
  const CagedProgram program{program_, decoder_name(), "NOSEON_DECODE"};
  ASSIGN_OR_RETURN(Child child, Child::start(program, arguments_of(request), file, answer));
  TRY(child.wait_until(deadline));
  return read_answer(answer, request.box);
}

fs::path find_decode_program() {
  return find_caged_program("noseon-decode", "NOSEON_DECODE");
}

}  // namespace noseon
