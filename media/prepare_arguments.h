// The command line of noseon-prepare and noseon-draft, as media/prepare/options.h reads it. Private
// to media/.
#pragma once

#include <string>
#include <vector>

#include "media/decoder.h"
#include "media/facts.h"

namespace noseon {

[[nodiscard]] std::vector<std::string> prepare_arguments(const DecodeRequest& request,
                                                         const PictureFacts& facts, int threads);

}  // namespace noseon
