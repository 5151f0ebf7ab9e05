// Prepared pixels to a file that noseon-decode reads.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "media/prepare/reduce.h"

namespace noseon {

/// JPEG of a quality that no eye tells from the pixels (98, or 100 where there are letters and fine
/// lines; chroma in full, 4:4:4), or PNG, which
/// is the pixels, where that is no longer. PNG is only tried on drawings and texts: where half of
/// the pixels are as their left neighbours. Grey pixels give a grey file. No metadata. The same
/// pixels give the same bytes. Errors: bad_format.
[[nodiscard]] Result<std::string> encode_prepared(const PreparedPixels& pixels);

}  // namespace noseon
