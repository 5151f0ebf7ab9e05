#include "media/decoder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/files.h"
#include "base/say.h"
#include "media/answer.h"
#include "media/child.h"
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

Result<PicturePtr> decode_by(const fs::path& program, Steady deadline, const DecodeRequest& request,
                             const Fd& file) {
  TRY(check_bytes(file));
  ASSIGN_OR_RETURN(const Fd answer, make_answer_file());
  ASSIGN_OR_RETURN(Child child, Child::start(program, arguments_of(request), file, answer));
  TRY(child.wait_until(deadline));
  return read_answer(answer, request.box);
}

}  // namespace

Decoder::Decoder(fs::path program, std::chrono::milliseconds deadline)
    : program_(std::move(program)), deadline_(deadline) {}

Result<PicturePtr> Decoder::decode(const DecodeRequest& request) const {
  CHECK(request.box.width >= 1 && request.box.width <= kPictureSideMax);
  CHECK(request.box.height >= 1 && request.box.height <= kPictureSideMax);
  const Steady deadline = std::chrono::steady_clock::now() + deadline_;
  ASSIGN_OR_RETURN(const Fd file, open_file(request.file));
  auto picture = decode_by(program_, deadline, request, file);
  if (!picture) return fail(picture.error().with_context(request.file.string()));
  return picture;
}

fs::path find_decode_program() {
  const char* const named = std::getenv("NOSEON_DECODE");
  if (named != nullptr && *named != '\0') return named;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path("noseon-decode") : self.parent_path() / "noseon-decode";
}

}  // namespace noseon
