#include "media/prepare_arguments.h"

#include <fmt/format.h>

namespace noseon {
namespace {

const char* word_of(const PictureFacts& facts) {
  if (facts.is_ink) return "jpeg-of-ink";
  switch (facts.format) {
    case PictureFormat::png:
      return "png";
    case PictureFormat::jpeg:
      return "jpeg";
    case PictureFormat::webp:
      return "webp";
  }
  return "";
}

}  // namespace

std::vector<std::string> prepare_arguments(const DecodeRequest& request, const PictureFacts& facts,
                                           int threads) {
  return {fmt::format("{}x{}", request.box.width, request.box.height),
          request.fit == Fit::fit ? "fit" : "fill",
          to_string(request.background),
          word_of(facts),
          fmt::format("{}x{}", facts.stored.width, facts.stored.height),
          std::to_string(facts.orientation),
          std::to_string(facts.gamma),
          std::to_string(threads)};
}

}  // namespace noseon
