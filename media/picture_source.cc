#include "media/picture_source.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/sha256.h"
#include "media/facts.h"

namespace noseon {
namespace {

// Everything that a prepared file depends on.
Sha256 key_of(const PictureBytes& original, const DecodeRequest& request) {
  return sha256(fmt::format("noseon prepared {}\n{}\n{}x{} {} {}\n", kPrepareRecipe,
                            to_hex(sha256(original.bytes())), request.box.width, request.box.height,
                            request.fit == Fit::fit ? "fit" : "fill",
                            to_string(request.background)));
}

}  // namespace

PictureSource::PictureSource(Decoder decoder, Preparer preparer, Drafter drafter,
                             PreparedCache cache)
    : decoder_(std::move(decoder)),
      preparer_(std::move(preparer)),
      drafter_(std::move(drafter)),
      cache_(std::move(cache)) {}

Result<PicturePtr> PictureSource::load(const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(LoadedPicture loaded, load(request, Drafts::none));
  return std::move(loaded.picture);
}

Result<LoadedPicture> PictureSource::load(const DecodeRequest& request, Drafts drafts) const {
  auto loaded = load_unnamed(request, drafts);
  if (!loaded) return fail(loaded.error().with_context(request.file.string()));
  return loaded;
}

Result<LoadedPicture> PictureSource::load_unnamed(const DecodeRequest& request,
                                                  Drafts drafts) const {
  ASSIGN_OR_RETURN(const PictureBytes original,
                   PictureBytes::read(request.file, kOriginalLimits.bytes_max));
  if (!is_prepared(original.bytes(), request)) return load_original(original, request, drafts);
  ASSIGN_OR_RETURN(PicturePtr picture, decoder_.decode(original.file(), request));
  return LoadedPicture{std::move(picture)};
}

Result<LoadedPicture> PictureSource::load_original(const PictureBytes& original,
                                                   const DecodeRequest& request,
                                                   Drafts drafts) const {
  // Refused before it is hashed.
  ASSIGN_OR_RETURN(const PictureFacts facts, read_facts(original.bytes(), kOriginalLimits));
  // It works while the original is hashed; what the cache has is better.
  std::optional<Drafting> drafting;
  if (drafts == Drafts::allowed && Drafter::can_draft(facts, request)) {
    if (auto started = drafter_.start(original, facts, request))
      drafting.emplace(*std::move(started));
  }
  const auto decoded = [&](const PictureBytes& prepared) -> Result<LoadedPicture> {
    ASSIGN_OR_RETURN(PicturePtr picture, decoder_.decode(prepared.file(), request));
    return LoadedPicture{std::move(picture)};
  };
  const Sha256 key = key_of(original, request);
  // Whoever wrote the cache may have been of another mind: what is in it is sniffed like any file.
  if (const auto kept = cache_.find(key); kept && is_prepared(kept->view(), request)) {
    drafting.reset();
    ASSIGN_OR_RETURN(const PictureBytes prepared, PictureBytes::copy(kept->view()));
    return decoded(prepared);
  }
  if (drafting) {
    if (auto draft = drafting->finish()) return LoadedPicture{*std::move(draft), true};
  }
  ASSIGN_OR_RETURN(const PreparedFile made, preparer_.prepare(original, request));
  cache_.keep(key, made.file.bytes());
  return decoded(made.file);
}

PictureSource make_picture_source() {
  return {Decoder(find_decode_program()), Preparer(find_prepare_program()),
          Drafter(find_draft_program()), PreparedCache(default_prepared_cache())};
}

}  // namespace noseon
