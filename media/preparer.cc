#include "media/preparer.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/check.h"
#include "base/say.h"
#include "media/answer.h"
#include "media/child.h"
#include "media/decode/place.h"
#include "media/facts.h"
#include "media/prepare_arguments.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Placement wanted(const PictureFacts& facts, const DecodeRequest& request) {
  return place_to_prepare(upright_size(facts), request.box, request.fit);
}

bool needs_nothing(const PictureFacts& facts, const DecodeRequest& request) {
  return facts.is_plain && facts.orientation == 1 &&
         is_whole(wanted(facts, request), upright_size(facts));
}

// The file in an answer is another file from outside.
Result<PreparedFile> checked(const AnswerBytes& answer, Size size, const DecodeRequest& request) {
  const auto nonsense = [](const std::string& what) {
    return fail(ErrorKind::crashed,
                say("{}: it gave a wrong answer: {}", said(preparer_name()), what));
  };
  const Result<PictureFacts> facts = read_facts(answer.bytes(), kPreparedLimits);
  if (!facts) return nonsense(facts.error().message);
  for (const Size given : {answer.size(), facts->stored}) {
    if (given == size) continue;
    return nonsense(fmt::format("{} x {} pixels, where {} x {} were asked for", given.width,
                                given.height, size.width, size.height));
  }
  if (!needs_nothing(*facts, request)) return nonsense(say("it is not prepared"));
  ASSIGN_OR_RETURN(PictureBytes bytes, PictureBytes::copy(answer.bytes()));
  return PreparedFile{std::move(bytes), facts->format, facts->stored};
}

}  // namespace

Preparer::Preparer(fs::path program, std::chrono::milliseconds deadline, int threads)
    : program_(std::move(program)), deadline_(deadline), threads_(threads) {}

Result<PreparedFile> Preparer::prepare(const DecodeRequest& request) const {
  const auto prepared = [&]() -> Result<PreparedFile> {
    ASSIGN_OR_RETURN(const PictureBytes original,
                     PictureBytes::read(request.file, kOriginalLimits.bytes_max));
    return prepare(original, request);
  };
  auto file = prepared();
  if (!file) return fail(file.error().with_context(request.file.string()));
  return file;
}

Result<PreparedFile> Preparer::prepare(const PictureBytes& original,
                                       const DecodeRequest& request) const {
  CHECK(request.box.width >= 1 && request.box.width <= kPictureSideMax);
  CHECK(request.box.height >= 1 && request.box.height <= kPictureSideMax);
  const Steady deadline = std::chrono::steady_clock::now() + deadline_;
  ASSIGN_OR_RETURN(const PictureFacts facts, read_facts(original.bytes(), kOriginalLimits));
  ASSIGN_OR_RETURN(const Fd answer, make_answer_file());
  const CagedProgram program{program_, preparer_name(), "NOSEON_PREPARE"};
  ASSIGN_OR_RETURN(Child child, Child::start(program, prepare_arguments(request, facts, threads_),
                                             original.file(), answer));
  TRY(child.wait_until(deadline));
  ASSIGN_OR_RETURN(const AnswerBytes bytes, read_prepared_answer(answer));
  return checked(bytes, wanted(facts, request).output, request);
}

bool is_prepared(std::string_view file, const DecodeRequest& request) {
  const Result<PictureFacts> facts = read_facts(file, kPreparedLimits);
  return facts && needs_nothing(*facts, request);
}

fs::path find_prepare_program() {
  return find_caged_program("noseon-prepare", "NOSEON_PREPARE");
}

}  // namespace noseon
