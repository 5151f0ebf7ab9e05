#include "media/drafter.h"

#include <utility>

#include "base/check.h"
#include "media/answer.h"
#include "media/decode/place.h"
#include "media/draft/shrink.h"
#include "media/prepare_arguments.h"
#include "media/program.h"

namespace noseon {

Result<PicturePtr> Drafting::finish() {
  TRY(child_.wait_until(deadline_));
  return read_draft_answer(answer_, size_);
}

Drafter::Drafter(std::filesystem::path program, std::chrono::milliseconds deadline)
    : program_(std::move(program)), deadline_(deadline) {}

bool Drafter::can_draft(const PictureFacts& facts, const DecodeRequest& request) {
  return facts.format == PictureFormat::jpeg && facts.is_plain &&
         is_reduced(place(upright_size(facts), request.box, request.fit));
}

Result<Drafting> Drafter::start(const PictureBytes& original, const PictureFacts& facts,
                                const DecodeRequest& request) const {
  CHECK(can_draft(facts, request));
  const Steady deadline = std::chrono::steady_clock::now() + deadline_;
  ASSIGN_OR_RETURN(Fd answer, make_answer_file());
  const CagedProgram program{program_, drafter_name(), "NOSEON_DRAFT"};
  ASSIGN_OR_RETURN(Child child, Child::start(program, prepare_arguments(request, facts, 1),
                                             original.file(), answer));
  return Drafting(std::move(child), std::move(answer),
                  place(upright_size(facts), request.box, request.fit).output, deadline);
}

std::filesystem::path find_draft_program() {
  return find_caged_program("noseon-draft", "NOSEON_DRAFT");
}

}  // namespace noseon
