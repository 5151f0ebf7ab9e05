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

PictureSource::PictureSource(Decoder decoder, Preparer preparer, PreparedCache cache)
    : decoder_(std::move(decoder)), preparer_(std::move(preparer)), cache_(std::move(cache)) {}

Result<PicturePtr> PictureSource::load(const DecodeRequest& request) const {
  auto picture = load_unnamed(request);
  if (!picture) return fail(picture.error().with_context(request.file.string()));
  return picture;
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
  auto file = ready(request);
  if (!file) return fail(file.error().with_context(request.file.string()));
  return file;
}

Result<PicturePtr> PictureSource::load_unnamed(const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(const PictureBytes file, ready(request));
  return decoder_.decode(file.file(), request);
}

// What noseon-decode is given.
Result<PictureBytes> PictureSource::ready(const DecodeRequest& request) const {
  ASSIGN_OR_RETURN(PictureBytes original,
                   PictureBytes::read(request.file, kOriginalLimits.bytes_max));
  if (is_prepared(original.bytes(), request)) return original;
  return prepared(original, request);
}

Result<PictureBytes> PictureSource::prepared(const PictureBytes& original,
                                             const DecodeRequest& request) const {
  TRY(read_facts(original.bytes(), kOriginalLimits));  // refused before it is hashed
  const Sha256 key = key_of(original, request);
  // Whoever wrote the cache may have been of another mind: what is in it is sniffed like any file.
  if (const auto kept = cache_.find(key); kept && is_prepared(kept->view(), request)) {
    return PictureBytes::copy(kept->view());
  }
  ASSIGN_OR_RETURN(PreparedFile made, preparer_.prepare(original, request));
  cache_.keep(key, made.file.bytes());
  return std::move(made.file);
}

PictureSource make_picture_source() {
  return {Decoder(find_decode_program()), Preparer(find_prepare_program()),
          PreparedCache(default_prepared_cache())};
}

}  // namespace noseon
