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

Result<PicturePtr> PictureSource::load_published(const DecodeRequest& request,
                                                 const ExpectedBytes& expected) const {
  const auto read = PictureBytes::read_expected(request.file, expected);
  if (!read) return fail(read.error().with_context(request.file.string()));
  auto picture = decoder_.decode(read->file(), request);
  if (!picture) return fail(picture.error().with_context(request.file.string()));
  return picture;
}

Result<PictureBytes> PictureSource::prepared_file(const DecodeRequest& request) const {
  auto file = prepared_unnamed(request);
  if (!file) return fail(file.error().with_context(request.file.string()));
  return file;
}

Result<LoadedPicture> PictureSource::load_unnamed(const DecodeRequest& request,
                                                  Drafts drafts) const {
  ASSIGN_OR_RETURN(const PictureBytes original,
                   PictureBytes::read(request.file, kOriginalLimits.bytes_max));
  if (!is_prepared(original.bytes(), request)) return load_original(original, request, drafts);
  return decoded(original, request);
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
  const Sha256 key = key_of(original, request);
  ASSIGN_OR_RETURN(const std::optional<PictureBytes> before, kept(key, request));
  if (before) {
    drafting.reset();
    return decoded(*before, request);
  }
  if (drafting) {
    if (auto draft = drafting->finish()) return LoadedPicture{*std::move(draft), true};
  }
  ASSIGN_OR_RETURN(const PictureBytes made, prepare(original, key, request));
  return decoded(made, request);
}

Result<LoadedPicture> PictureSource::decoded(const PictureBytes& file,
                                             const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(PicturePtr picture, decoder_.decode(file.file(), request));
  return LoadedPicture{std::move(picture)};
}

Result<PictureBytes> PictureSource::prepared_unnamed(const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(PictureBytes original,
                   PictureBytes::read(request.file, kOriginalLimits.bytes_max));
  if (is_prepared(original.bytes(), request)) return original;
  TRY(read_facts(original.bytes(), kOriginalLimits));  // refused before it is hashed
  const Sha256 key = key_of(original, request);
  ASSIGN_OR_RETURN(std::optional<PictureBytes> before, kept(key, request));
  if (before) return *std::move(before);
  return prepare(original, key, request);
}

// Whoever wrote the cache may have been of another mind: what is in it is sniffed like any file.
Result<std::optional<PictureBytes>> PictureSource::kept(const Sha256& key,
                                                        const DecodeRequest& request) const {
  const auto found = cache_.find(key);
  if (!found || !is_prepared(found->view(), request)) return std::nullopt;
  ASSIGN_OR_RETURN(PictureBytes file, PictureBytes::copy(found->view()));
  return std::optional<PictureBytes>(std::move(file));
}

Result<PictureBytes> PictureSource::prepare(const PictureBytes& original, const Sha256& key,
                                            const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(PreparedFile made, preparer_.prepare(original, request));
  cache_.keep(key, made.file.bytes());
  return std::move(made.file);
}

PictureSource make_picture_source() {
  return {Decoder(find_decode_program()), Preparer(find_prepare_program()),
          Drafter(find_draft_program()), PreparedCache(default_prepared_cache())};
}

}  // namespace noseon
